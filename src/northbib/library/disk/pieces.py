"""Bytes that stand in several pieces, so that a large file with a small change is not copied."""

from __future__ import annotations

import zlib
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Pieces"]


class Pieces:
    """Bytes in pieces.

    Attributes:
        pieces: The pieces, in order.
    """

    def __init__(self, pieces: Iterable[bytes | memoryview]) -> None:
        self.pieces = tuple(pieces)
        self._ends = list(accumulate(map(len, self.pieces)))

    @classmethod
    def patched(cls, data: bytes, splices: Iterable[tuple[int, int, bytes]]) -> Pieces:
        """Give bytes with others in the place of some of them.

        Args:
            data: The bytes.
            splices: Where each change begins, how many bytes go, and what comes in their place; in
                order, without overlap.
        """
        view, end = memoryview(data), 0
        pieces: list[bytes | memoryview] = []
        for start, length, new in splices:
            pieces += [view[end:start], new]
            end = start + length
        return cls([*pieces, view[end:]])

    @cached_property
    def checksum(self) -> int:
        """The CRC-32 of all the bytes."""
        checksum = 0
        for piece in self.pieces:
            checksum = zlib.crc32(piece, checksum)
        return checksum

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def part(self, start: int, end: int) -> bytes:
        """Give the bytes from one place to another."""
        first, found = 0, []
        for piece, last in zip(self.pieces, self._ends, strict=True):
            if start < last and first < end:
                found.append(piece[max(start - first, 0) : end - first])
            first = last
        return b"".join(found)

    def __bytes__(self) -> bytes:
        return b"".join(self.pieces)
