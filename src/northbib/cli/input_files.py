"""Files that are converted or imported: opened, told by their content, and read in parts."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, Any, cast

from northbib.errors import InputError, NotFoundError
from northbib.exchange.recognising import HEAD, format_of
from northbib.exchange.running import parts_of
from northbib.progress import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.formats import Format
    from northbib.exchange.running import Part

__all__ = ["files_in_parts", "named_parts", "opened"]

_MEGABYTE = 20
"""Bits of the number of bytes that progress is counted in."""


def files_in_parts(files: Sequence[str], entry: Format | None) -> Iterator[Part]:
    """Give the parts of files one after the other, as `named_parts` does."""
    return (part for _, part in named_parts(files, entry, "converting, MB"))


def named_parts(
    files: Sequence[str], entry: Format | None, doing: str
) -> Iterator[tuple[str, Part]]:
    """Give the parts of files, each with the file's name, and have it seen how far that is.

    Args:
        files: Paths; `-` is standard input.
        entry: Their format, None where the content of each tells it.
        doing: What is done with them, for a person.

    Raises:
        NotFoundError: A file is not there.
        InputError: One cannot be read, or its format cannot be told.
    """
    # Names of any length, which `Path` has an error for.
    sizes = [os.path.getsize(file) if os.path.isfile(file) else 0 for file in files]  # noqa: PTH113, PTH202
    progress = iter(counted(range(sum(sizes) >> _MEGABYTE), doing))
    shown = before = 0
    for file, size in zip(files, sizes, strict=True):
        with opened(file) as stream:
            name = "<stdin>" if file == "-" else file
            head = stream.peek(HEAD)
            if not head or (len(head) >= size > 0 and not head.strip()):
                raise InputError("there is nothing in this file", where=name, line=1)
            known = entry or format_of(head, name)
            for part in parts_of(cast("BinaryIO", stream), name, known):
                yield name, part
                # Readers of text close what they have read to its end.
                place = before + (size if stream.closed else stream.tell() if size else 0)
                while shown < place >> _MEGABYTE:
                    next(progress, None)
                    shown += 1
        before += size
    for _ in progress:
        pass


def opened(file: str) -> io.BufferedReader:
    """Open a file, `-` for standard input.

    Raises:
        NotFoundError: It is not there.
        InputError: It cannot be read.
    """
    if file == "-":
        return io.BufferedReader(_StandardInput(), HEAD)
    try:
        return io.BufferedReader(io.FileIO(file), HEAD)
    except FileNotFoundError as error:
        raise NotFoundError("there is no such file", where=file) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=file) from error


class _StandardInput(io.RawIOBase):
    """Standard input, which stays open when what was read from it is closed."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        stream = cast("io.BufferedReader", sys.stdin.buffer)
        return stream.readinto1(buffer)
