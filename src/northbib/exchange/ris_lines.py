"""The tags of RIS in lines, as the specification has them and as programs write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Container

__all__ = ["LINE", "Loosely"]

LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|\s*)")
"""A tag as the specification has it; most lines of most files."""

_LOOSE = re.compile(r"\s{0,3}([A-Z][A-Z0-9])(?:\s{2,3}[-–—]\s*|\s[-–—](?:\s+|\Z))(.*)")
"""One as most others write it; a word with a hyphen in it is none."""

_TYPE = re.compile(r"\s*(TY)(\s{0,4})[-–—:](\s*)(\S.*?)\s*", re.IGNORECASE)


class Loosely:
    """Finds tags in lines that do not have them as the specification does.

    How a file writes them is told from its lines of types: without spaces around the hyphen, in
    small letters. Only tags that RIS has are found so: a text may have a hyphen, too.
    """

    __slots__ = ("_form", "_is_type", "_known")

    def __init__(self, known: Container[str], is_type: Callable[[str], object]) -> None:
        """Make one.

        Args:
            known: The tags of RIS.
            is_type: Tells whether a text names a type.
        """
        self._known = known
        self._is_type = is_type
        self._form = _LOOSE

    def found(self, line: str) -> tuple[str, str] | None:
        """Give the tag of a line and its value; None if it has none."""
        if not line:
            return None
        match = self._form.fullmatch(line) or _LOOSE.fullmatch(line)
        if match is None:
            kind = _TYPE.fullmatch(line)
            if kind is None or not self._is_type(kind[4]):
                return None
            self._form = _form_like(kind)
            return "TY", kind[4]
        tag = match[1].upper()
        return (tag, match[2]) if tag in self._known else None


def _form_like(kind: re.Match[str]) -> re.Pattern[str]:
    """Give the form of lines like one that has a type."""
    letter = "A-Za-z" if kind[1].islower() else "A-Z"
    before = r"\s{1,4}" if kind[2] else r"\s?"
    after = r"(?:\s+|\Z)" if kind[3] else ""
    return re.compile(rf"\s{{0,3}}([{letter}][{letter}0-9]){before}[-–—:]{after}(.*)")
