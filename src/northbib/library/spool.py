"""A sequence that is kept on the disk, where it is large, and not in memory."""

from __future__ import annotations

import pickle
import weakref
from array import array
from collections.abc import Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import TypeVar, overload

__all__ = ["Spool"]

_T = TypeVar("_T")

_IN_MEMORY = 1 << 22


class Spool(Sequence[_T]):
    """Things in the order in which they were put there; each is made anew when it is asked for.

    In memory are eight bytes for each, and the first of them. The file has no name, and goes with
    the spool.
    """

    def __init__(self) -> None:
        # The file is closed with the spool, and not before.
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        self._starts = array("q")
        self._end = 0
        weakref.finalize(self, self._file.close)

    def append(self, thing: _T) -> None:
        """Put a thing behind the others.

        Raises:
            OSError: The disk for temporary files is full.
        """
        data = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
        self._file.seek(self._end)
        self._file.write(data)
        self._starts.append(self._end)
        self._end += len(data)

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> _T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_T]: ...
    def __getitem__(self, index: int | slice) -> _T | Sequence[_T]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        self._file.seek(self._starts[index])
        # Nobody else has the file, which has no name.
        thing: _T = pickle.load(self._file)  # noqa: S301
        return thing

    def __iter__(self) -> Iterator[_T]:
        return (self[place] for place in range(len(self)))
