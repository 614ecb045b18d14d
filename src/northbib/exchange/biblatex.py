"""BibLaTeX: the format of the library's own files.

Source: the biblatex manual, "Database Guide".
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, cast

from northbib.bibtex import Document, entry_source, records
from northbib.bibtex.parts import Part, Unread
from northbib.bibtex.parts import parts as cut
from northbib.bibtex.writing import fit_key
from northbib.errors import InputError
from northbib.exchange.protocol import Rejected, framed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.records import Record

__all__ = ["Entries", "decode", "encode", "parts", "read", "with_fit_key", "write"]

_SMALL = 1 << 24
_BLOCK = re.compile(rb"@\s*[A-Za-z][\w:-]*\s*[{(]")
_TEXT = re.compile(rb"(?m)^[ \t\r]*[^%\s]")


@dataclass(frozen=True, slots=True)
class Entries:
    """Some entries of a file that stand one behind the other.

    Attributes:
        part: They as BibTeX.
    """

    part: Part

    def read(self) -> Iterator[Read]:
        """Give the records, and what was found in place of some."""
        for found in self.part.read():
            yield Rejected(found.finding, found.data) if isinstance(found, Unread) else found


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read BibTeX or BibLaTeX; an entry that is broken costs no other and is rejected.

    Raises:
        InputError: It is not text.
    """
    for part in parts(source, name):
        yield from part.read()


def parts(source: BinaryIO, name: str) -> Iterator[Entries]:
    """Cut a file into parts that are read one by one, in any process.

    Raises:
        InputError: It is not text, or there is text in it that is no comment, and no entry.
    """
    is_bibtex, has_text = False, False
    with _gone_back_in(source) as file:
        for part in cut(file, name):
            is_bibtex = is_bibtex or part.encoding.unit > 1 or bool(_BLOCK.search(part.data))
            has_text = has_text or (not is_bibtex and bool(_TEXT.search(part.data)))
            yield Entries(part)
    if has_text and not is_bibtex:
        raise InputError("there is no BibTeX entry in it", where=name, line=1)


@contextmanager
def _gone_back_in(source: BinaryIO) -> Iterator[BinaryIO]:
    """Give a source that can be gone back in: itself, or what it has, kept on the disk if large."""
    if source.seekable():
        yield source
        return
    with SpooledTemporaryFile(_SMALL) as file:
        copyfileobj(source, file)
        file.seek(0)
        yield cast("BinaryIO", file)


def decode(native: str) -> Record:
    """Give the record of an entry's text."""
    ((_, record),) = records(Document.parse(native))
    return record


def encode(record: Record) -> str:
    """Give the text of an entry; it holds all of a record but a key that BibTeX does not take."""
    return entry_source(with_fit_key(record))


def with_fit_key(record: Record) -> Record:
    """Give a record with a key that BibTeX takes, if it has one at all."""
    key = fit_key(record.key)
    return record if key == record.key else record.replace(key=key)


def write(natives: Iterable[str]) -> Iterator[bytes]:
    """Write BibLaTeX in UTF-8, a blank line between entries."""
    return framed((native.encode() for native in natives), b"", b"\n\n", b"\n")
