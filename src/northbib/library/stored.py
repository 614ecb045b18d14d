"""A record and the place in the library where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from northbib.records import Record

__all__ = ["Stored"]


class Stored:
    """A record of the library; it does not change.

    Attributes:
        bibliography: The name of its bibliography.
        file: The file of that bibliography, as a path from where the library was opened.
        line: The line where its entry begins, counted from 1.
    """

    __slots__ = ("_record", "bibliography", "file", "line")

    def __init__(
        self, record: Record | Callable[[], Record], bibliography: str, file: Path, line: int
    ) -> None:
        """Take a record, or what gives it when it is first asked for, and its place."""
        self._record = record
        self.bibliography = bibliography
        self.file = file
        self.line = line

    @property
    def record(self) -> Record:
        """The record."""
        if callable(self._record):
            self._record = self._record()
        return self._record

    @property
    def key(self) -> str:
        """Its citation key."""
        return self.record.key

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Stored):
            return NotImplemented
        return self._place == other._place and self.record == other.record

    def __hash__(self) -> int:
        return hash(self._place)

    def __reduce__(self) -> tuple[type[Stored], tuple[Record, str, Path, int]]:
        """Keep the record, and not what gives it."""
        return Stored, (self.record, *self._place)

    def __repr__(self) -> str:
        return f"<Stored {self.key!r} at {self.file}:{self.line}>"

    @property
    def _place(self) -> tuple[str, Path, int]:
        return self.bibliography, self.file, self.line
