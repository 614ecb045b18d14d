"""Where an entry stands, as the index tells without reading the file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Place", "digest"]

_DIGEST = 12


def digest(data: bytes) -> bytes:
    """Give the short hash by which the bytes of an entry are told from others."""
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stood when its file was last read.

    Attributes:
        file: The file, as a path from where the library was opened.
        start: Its first byte, counted from 0.
        end: The byte after its last.
        line: The line where it begins, counted from 1.
        digest: The hash of its bytes: compare `digest(data[start:end])` before the place is used.
    """

    file: Path
    start: int
    end: int
    line: int
    digest: bytes

    def holds(self, data: bytes) -> bool:
        """Tell whether the entry still stands there, given the bytes of the file."""
        return digest(data[self.start : self.end]) == self.digest
