"""The texts and persons of Hayagriva <-> those of records.

Source: the file format of hayagriva 0.9, "Formattable String" and "Person". In a formattable string
braces keep the case of what is in them, dollars hold mathematics, and a backslash takes the
meaning from any of these signs.
"""

from __future__ import annotations

import re
from typing import Any

from northbib.exchange.people import name_of
from northbib.records import Name, plain

__all__ = ["formattable", "person", "person_of", "text_of"]

_SIGN = re.compile(r"[\\{}$]")
_NO_CASE = re.compile(r'<span class="nocase">(.*?)</span>', re.DOTALL)
_PIECE = re.compile(r"\\([\\{}$])|(\$[^$]*\$)|([{}])|([^\\{}$]+|.)", re.DOTALL)
_PARTS = {
    "prefix": "dropping_particle",
    "name": "family",
    "suffix": "suffix",
    "given-name": "given",
}


def formattable(text: str, *, is_title: bool = False) -> str:
    r"""Write a text of a record, with braces about the words of a title that keep their case.

    >>> formattable('The <span class="nocase">DNA</span> for $5', is_title=True)
    'The {DNA} for \\$5'
    """
    if "<" not in text:
        return _SIGN.sub(r"\\\g<0>", text)
    pieces = _NO_CASE.split(text)
    written = [_SIGN.sub(r"\\\g<0>", plain(piece)) for piece in pieces]
    if is_title:
        written[1::2] = [f"{{{piece}}}" for piece in written[1::2]]
    return "".join(written)


def text_of(value: Any, *, is_title: bool = False) -> str:
    """Read a string, or the value of one in parts; what is neither is written out."""
    if isinstance(value, dict):
        inner = value.get("value", value.get("name", ""))
        if isinstance(inner, str) and _is_true(value.get("verbatim")):
            return f'<span class="nocase">{inner}</span>' if is_title else inner
        return (
            text_of(inner, is_title=is_title) if inner else ", ".join(map(text_of, value.values()))
        )
    if isinstance(value, list):
        return ", ".join(map(text_of, value))
    return _unescaped(str(value), is_title=is_title).strip()


def _is_true(value: Any) -> bool:
    return value is True or (isinstance(value, str) and value.lower() == "true")


def _unescaped(text: str, *, is_title: bool) -> str:
    if not _SIGN.search(text):
        return text
    pieces: list[str] = []
    depth = 0
    for match in _PIECE.finditer(text):
        sign, mathematics, brace, run = match.groups()
        if brace is None:
            pieces.append(sign or mathematics or run)
            continue
        depth = max(0, depth + (1 if brace == "{" else -1))
        if is_title and depth == (1 if brace == "{" else 0):
            pieces.append('<span class="nocase">' if brace == "{" else "</span>")
    return "".join(pieces) + ("</span>" if is_title and depth else "")


def person(name: Name) -> Any:
    """Write a name as one string, or in parts where that would be read as another."""
    if name.literal:
        return name.literal if person_of(name.literal) == name else {"name": name.literal}
    family = " ".join(filter(None, (name.dropping_particle, name.non_dropping_particle)))
    parts = (" ".join(filter(None, (family, name.family))), name.suffix, name.given)
    text = ", ".join(filter(None, parts))
    if person_of(text) == name:
        return text
    said = {
        "name": name.family,
        "given-name": name.given,
        "prefix": family,
        "suffix": name.suffix,
    }
    return {part: value for part, value in said.items() if value}


def person_of(value: Any) -> Name | None:
    """Read a person as a string or in parts; None for what is neither."""
    if isinstance(value, dict):
        found = {own: str(value.get(part, "")).strip() for part, own in _PARTS.items()}
        if found["family"] and not any(found[own] for own in found if own != "family"):
            return Name(literal=found["family"])
        return Name(**found) if found["family"] or found["given"] else None
    text = str(value).strip() if isinstance(value, (str, int)) else ""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 3 and all(parts):
        return _of_three(parts)
    return name_of(text) if text.strip(" ,") else None


def _of_three(parts: list[str]) -> Name:
    read = name_of(f"{parts[0]}, {parts[2]}")
    return Name(read.family, read.given, read.dropping_particle, suffix=parts[1])
