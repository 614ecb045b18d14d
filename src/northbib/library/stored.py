"""A record and the place in the library where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.records import Record

__all__ = ["Stored"]


@dataclass(frozen=True, slots=True)
class Stored:
    """A record of the library.

    Attributes:
        record: The record.
        bibliography: The name of its bibliography.
        file: The file of that bibliography, as a path from where the library was opened.
        line: The line where its entry begins, counted from 1.
    """

    record: Record
    bibliography: str
    file: Path
    line: int
