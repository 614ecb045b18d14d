"""BibLaTeX: the format of the library's own files.

Source: the biblatex manual, "Database Guide".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex import Document, entry_source, is_binary, records
from northbib.errors import InputError
from northbib.exchange.protocol import framed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.records import Record

__all__ = ["decode", "encode", "read", "write"]


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read BibTeX or BibLaTeX; an entry that is broken costs no other and is a finding.

    Raises:
        InputError: It is not text.
    """
    data = source.read()
    if is_binary(data):
        raise InputError("this is not a text file, nor BibTeX", where=name)
    document = Document.parse(data, name)
    yield from (record for _, record in records(document))
    yield from document.problems


def decode(native: str) -> Record:
    """Give the record of an entry's text."""
    ((_, record),) = records(Document.parse(native))
    return record


def encode(record: Record) -> str:
    """Give the text of an entry; it holds all of a record."""
    return entry_source(record)


def write(natives: Iterable[str]) -> Iterator[bytes]:
    """Write BibLaTeX in UTF-8, a blank line between entries."""
    return framed((native.encode() for native in natives), b"", b"\n\n", b"\n")
