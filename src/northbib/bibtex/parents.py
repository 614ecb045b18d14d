"""The entries that others take fields from, kept on the disk while a large file is gone through."""

from __future__ import annotations

import os
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Parents"]

_IN_MEMORY = 1 << 19
_LENGTH = 4


class Parents:
    """Entries by the keys that others name them by; the first of a key counts.

    What stays in memory of each, in a large file, is its key and its place.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        self._places: dict[str, int] = {}

    def __enter__(self) -> Self:
        """Close it at the end."""
        return self

    def __exit__(self, *error: object) -> None:
        """Forget the entries."""
        self._file.close()

    def __iter__(self) -> Iterator[str]:
        """Give the keys."""
        return iter(self._places)

    def __len__(self) -> int:
        """Give the number of keys."""
        return len(self._places)

    def __contains__(self, key: str) -> bool:
        """Tell whether there is an entry of a key."""
        return key in self._places

    def __getitem__(self, key: str) -> bytes:
        """Give the bytes of the entry of a key."""
        self._file.seek(self._places[key])
        return self._file.read(int.from_bytes(self._file.read(_LENGTH), "big"))

    def add(self, key: str, data: bytes) -> None:
        """Take the bytes of an entry, unless there is one of its key."""
        if key in self._places:
            return
        self._file.seek(0, os.SEEK_END)
        self._places[key] = self._file.tell()
        self._file.write(len(data).to_bytes(_LENGTH, "big") + data)
