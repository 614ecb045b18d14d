"""Text was read in the encoding that it was written in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE", "mended"]

_BYTE_OF = {bytes([byte]).decode("latin-1"): byte for byte in range(0x80, 0x100)}
for _byte in range(0x80, 0xA0):
    try:
        _BYTE_OF[bytes([_byte]).decode("cp1252")] = _byte
    except UnicodeDecodeError:
        continue
_TAIL = "".join(char for char, byte in _BYTE_OF.items() if 0x80 <= byte < 0xC0)
_TAIL = re.escape(_TAIL)
_RUN = re.compile(
    rf"(?:[ÂÃ][{_TAIL}]|[ÄÅÎÏÐÑ][{_TAIL}]|[âáàãï][{_TAIL}][{_TAIL}]|ð[{_TAIL}]{{3}})+"
)
_SURE = re.compile(
    rf"[ÂÃ][{_TAIL}]|[âáàãï][{_TAIL}][{_TAIL}]|ð[{_TAIL}]{{3}}|(?:[ÎÏÐÑ][{_TAIL}]){{2}}"
)
_CLOSING = "»”’›…"
_DEEPEST = 4


def _find(subject: Subject) -> Iterator[Fault]:
    if subject.is_ascii:
        return
    for name, value in subject.values.items():
        if value.isascii() or (right := mended(value)) == value:
            continue
        wrong = _RUN.search(value)
        shown = wrong[0] if wrong else value
        is_lost = "\N{REPLACEMENT CHARACTER}" in right
        edits = {} if is_lost else subject.rewritten(name, mended)
        message = f"{name} has {shown!r}, which was {mended(shown)!r} in UTF-8"
        yield Fault(message, name, f"write {right if len(right) < 60 else mended(shown)}", edits)


def mended(text: str) -> str:
    """Give a text with its UTF-8 read again where it was read as Windows-1252 or Latin-1."""
    for _ in range(_DEEPEST):
        again = _RUN.sub(_decoded, text)
        if again == text:
            break
        text = again
    return text


def _decoded(match: re.Match[str]) -> str:
    run = match[0]
    before = match.string[: match.start()][-1:]
    # «CAFÉ» and “IRMÔ end in capitals before a quotation mark, and are as they should be.
    in_capitals = before.isupper() and len(run) == 2 and run[1] in _CLOSING
    if in_capitals or not _SURE.search(run):
        return run
    try:
        return bytes(_BYTE_OF[char] for char in run).decode("utf-8")
    except UnicodeDecodeError:
        return run


RULE = Rule(
    code="mojibake",
    severity="error",
    sentence="Text was read in the encoding that it was written in.",
    reason="Letters with accents and quotation marks have become two or three strange signs each.",
    bad="@book{note, author = {RodrÃ­guez-Pose, AndrÃ©s}}",
    good="@book{note, author = {Rodríguez-Pose, Andrés}}",
    fix="reads the signs again as UTF-8, where that gives text",
    entry=_find,
)
