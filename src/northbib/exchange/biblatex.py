"""BibLaTeX: the format of the library's own files.

Source: the biblatex manual, "Database Guide".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex import Document, entry_source, records
from northbib.bibtex.encoding import is_binary
from northbib.errors import InputError
from northbib.exchange.formats import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.records import Record

__all__ = ["read", "write"]


def read(data: bytes, name: str) -> Reading:
    """Read BibTeX or BibLaTeX; an entry that is broken costs no other and is a finding.

    Raises:
        InputError: It is not text.
    """
    if is_binary(data):
        raise InputError("this is not a text file, nor BibTeX", where=name)
    document = Document.parse(data, name)
    return Reading(tuple(record for _, record in records(document)), document.problems)


def write(items: Sequence[Record]) -> bytes:
    """Write BibLaTeX in UTF-8, a blank line between entries."""
    return "\n\n".join(entry_source(record) for record in items).encode() + b"\n"
