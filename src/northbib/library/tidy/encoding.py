"""The bytes of a bibliography before its entries are looked at: UTF-8, and one kind of line end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.encoding import detect

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["normalised"]

_DECLARED = re.compile(r"(?m)^(%+[ \t]*(?:File[ \t]*)?Encoding:[ \t]*)(\S+)", re.IGNORECASE)
_LINE_END = re.compile(rb"\r\n|\r|\n")
_HEAD = 1000


def normalised(data: bytes, rules: Collection[str]) -> bytes:
    """Write a file in UTF-8 without byte order mark, and with the line ends that most lines have.

    Args:
        data: The bytes of the file; those that no encoding explains stay as they are, and so does
            the file.
        rules: The names of the rules that are followed: `encoding` and `line-ends` count here.
    """
    if "encoding" in rules:
        data = _as_utf_8(data)
    if "line-ends" in rules and b"\r" in data and detect(data).unit == 1:
        data = _LINE_END.sub(_eol(data), data)
    return data


def _as_utf_8(data: bytes) -> bytes:
    encoding = detect(data)
    if encoding.name == "utf-8" and not encoding.is_mixed:
        return data.removeprefix(encoding.mark)
    body = data.removeprefix(encoding.mark)
    text = encoding.decode(body)
    if encoding.unit == 2 and text.encode(encoding.name, "replace") != body:
        return data
    head = _DECLARED.sub(lambda match: f"{match[1]}UTF-8", text[:_HEAD], count=1)
    return (head + text[_HEAD:]).encode("utf-8")


def _eol(data: bytes) -> bytes:
    """Give the line end that most lines have; LF for the CR of old systems."""
    ends = _LINE_END.findall(data)
    return b"\r\n" if ends.count(b"\r\n") * 2 > len(ends) else b"\n"
