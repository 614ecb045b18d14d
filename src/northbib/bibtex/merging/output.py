"""The bytes of a merged file, and the conflicts in it between marks that git knows."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["MARKER_SIZE", "Conflict", "Output"]

MARKER_SIZE = 7
_BLANKS = b" \t"


class Conflict(NamedTuple):
    """A place where a merge needs a person.

    Attributes:
        what: What both sides changed, for people: `title of lee2017`.
        line: The line of its first mark in the merged file, counted from 1.
    """

    what: str
    line: int


class Output:
    """Takes the parts of a file in order; puts each mark of a conflict on a line of its own.

    Attributes:
        eol: The line end of the file.
        conflicts: What each is about, and at which byte its first mark stands.
    """

    def __init__(self, eol: bytes, marker_size: int = MARKER_SIZE) -> None:
        self.eol = eol
        self._size = marker_size
        self._parts: list[bytes] = []
        self._length = 0
        self._last = b""
        self._is_behind_mark = False
        self.conflicts: list[tuple[str, int]] = []

    def put(self, data: bytes) -> None:
        """Take the next bytes."""
        if not data:
            return
        if self._is_behind_mark and not data.lstrip(_BLANKS).startswith((b"\n", b"\r")):
            data = self.eol + data
        self._is_behind_mark = False
        if data.strip(_BLANKS):
            self._flush()
        self._last += data

    def conflict(self, what: str, ours: bytes, theirs: bytes) -> None:
        """Take what the two sides have at this place, either of which may be empty."""
        line = self._last.rstrip(_BLANKS)
        indent = self._last[len(line) :]
        self._last = line
        if (line or self._length) and not line.endswith((b"\n", b"\r")):
            self._last += self.eol
        self._flush()
        self.conflicts.append((what, self._length))
        self._last = b"".join(
            [
                self._mark(b"<", b"ours"),
                self._side(indent, ours),
                self._mark(b"=", b""),
                self._side(indent, theirs),
                self._mark(b">", b"theirs")[: -len(self.eol)],
            ]
        )
        self._flush()
        self._is_behind_mark = True

    def finish(self) -> bytes:
        """Give the whole file."""
        if self._is_behind_mark:
            self._last += self.eol
            self._is_behind_mark = False
        self._flush()
        return b"".join(self._parts)

    def _mark(self, sign: bytes, label: bytes) -> bytes:
        return sign * self._size + (b" " + label if label else b"") + self.eol

    def _side(self, indent: bytes, data: bytes) -> bytes:
        if not data:
            return b""
        return indent + data + (b"" if data.endswith((b"\n", b"\r")) else self.eol)

    def _flush(self) -> None:
        if self._last:
            self._parts.append(self._last)
            self._length += len(self._last)
            self._last = b""
