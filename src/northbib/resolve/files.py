"""What a file that is no bibliography is, and what it can be asked about: a saved page, a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError, UsageError
from northbib.resolve.recognition import identifiers_in, recognise

if TYPE_CHECKING:
    from northbib.resolve.recognition import Identifier

__all__ = ["address_in_page", "identifiers_in_list", "kind_of_file"]

_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_CANONICAL = re.compile(
    rb"<link[^>]*\brel=[\"']?canonical[\"']?[^>]*\bhref=[\"']([^\"'<>]+)"
    rb"|<link[^>]*\bhref=[\"']([^\"'<>]+)[\"'][^>]*\brel=[\"']?canonical"
    rb"|<meta[^>]*\bproperty=[\"']?og:url[\"']?[^>]*\bcontent=[\"']?([^\"'<>\s]+)"
    rb"|<meta[^>]*\bcontent=[\"']?([^\"'<>\s]+)[\"']?[^>]*\bproperty=[\"']?og:url",
    re.IGNORECASE,
)


def kind_of_file(data: bytes, name: str) -> str:
    """Say whether a file is a `pdf`, a `page`, a `list` of identifiers, or none of these: ""."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return "pdf"
    if re.match(rb"<(?:!doctype html|html|head|!--)", head, re.IGNORECASE):
        return "page"
    if name.lower().endswith((".htm", ".html", ".xhtml")):
        return "page"
    return "list" if _is_list(data) else ""


def address_in_page(data: bytes, name: str) -> str:
    """Find the address that a saved page states as its own.

    Raises:
        InputError: It states none.
    """
    match = _SAVED_FROM.search(data[:4096]) or _CANONICAL.search(data[:1_000_000])
    address = next((part for part in match.groups() if part), b"") if match else b""
    try:
        found = recognise(address.decode("utf-8", "replace").replace("&amp;", "&"))
    except UsageError as error:
        raise InputError(
            "the page does not say where it comes from",
            where=name,
            hint=f"give its address: northbib add URL --from-file {name}",
        ) from error
    return found.value if found.kind == "url" else address.decode("utf-8", "replace")


def identifiers_in_list(
    data: bytes, name: str
) -> tuple[tuple[Identifier, ...], tuple[UsageError, ...]]:
    """Recognise each line of a text file; an error names its file and line."""
    found, errors = identifiers_in(data.decode("utf-8-sig", "replace"))
    for error in errors:
        error.where = name
    return found, errors


def _is_list(data: bytes) -> bool:
    """Whether the first line that says anything is an identifier or an address."""
    if b"\0" in data[:4096]:
        return False
    text = data[:65536].decode("utf-8-sig", "replace")
    lines = [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    if not lines or lines[0].lstrip().startswith(("@", "{", "[", "TY  -")):
        return False
    return any(_is_recognised(line) for line in lines[:20])


def _is_recognised(line: str) -> bool:
    found, _ = identifiers_in(line)
    return any(identifier.kind != "text" for identifier in found)
