"""A `url` is one whole web address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from northbib.bibtex.latex import to_verbatim
from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_WRAPPED = re.compile(r"\s*\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}\s*")
_HOST_FIRST = re.compile(
    r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|uk|de|fr|eu)(?=/|$))\S*"
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NO_HOST = frozenset(
    {"mailto", "urn", "doi", "hdl", "news", "info", "data", "file", "zotero", "tel"}
)


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having("url"):
        wrapped = _WRAPPED.fullmatch(value)
        if wrapped is not None:
            edits = subject.rewritten(name, lambda text: _WRAPPED.sub(r"\1", text))
            yield Fault("the address stands in a LaTeX command", name, f"write {wrapped[1]}", edits)
            continue
        address = to_verbatim(value).strip()
        if re.search(r"\s", address):
            several = address.count("://") > 1
            what = "several addresses" if several else "a blank in it"
            advice = "keep one" if several else "take it out, or write %20"
            yield Fault(f"url has {what}: {_shown(value)}", name, advice)
        elif _HOST_FIRST.fullmatch(address):
            edits = subject.replaced(name, f"https://{address}")
            yield Fault(f"url has no https://: {value}", name, f"write https://{address}", edits)
        elif not _is_address(address):
            yield Fault(
                f"url is no web address: {_shown(value)}", name, "look it up, or take it out"
            )


def _is_address(address: str) -> bool:
    if not _SCHEME.match(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.netloc) or (parts.scheme.lower() in _NO_HOST and bool(parts.path))


def _shown(value: str) -> str:
    return value if len(value) < 60 else f"{value[:57]}..."


RULE = Rule(
    code="bad-url",
    severity="error",
    sentence="A `url` is one whole web address, without blanks.",
    reason="A link that is made of it leads nowhere.",
    bad="@online{note, title = {A title}, url = {www.example.org/page}}",
    good="@online{note, title = {A title}, url = {https://www.example.org/page}}",
    fix="writes https:// before an address that begins with its host, and takes `\\url` away",
    entry=_find,
)
