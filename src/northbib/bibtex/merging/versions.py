"""Three versions of a file in one encoding, with one kind of line ends: those of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from northbib.bibtex.document import Document
from northbib.bibtex.encoding import Encoding
from northbib.errors import UsageError

__all__ = ["Alike", "alike"]

_LINE_END = re.compile(rb"\r\n|\r|\n")
_UTF_8 = Encoding()


@dataclass(frozen=True, slots=True)
class Alike:
    """Three versions of a file that can be compared byte by byte.

    Attributes:
        documents: Base, ours and theirs, without byte order mark; a sign of BibTeX takes one byte.
        eol: The line end of ours.
        encoding: How the merged file is to be written.
    """

    documents: tuple[Document, Document, Document]
    eol: bytes
    encoding: Encoding

    def written(self, merged: bytes) -> bytes:
        """Give the bytes of the merged file."""
        if self.encoding.unit > 1:
            merged = self.encoding.encode(_UTF_8.decode(merged))
        return self.encoding.mark + merged


def alike(base: bytes, ours: bytes, theirs: bytes) -> Alike:
    """Bring three versions of a file into the form of ours.

    If the encoding of ours cannot hold what is in the others, all becomes UTF-8.

    Raises:
        UsageError: A version is in UTF-16, and has in it what is none.
    """
    one, two, three = (Document.parse(data) for data in (base, ours, theirs))
    eol = two.eol.encode()
    encoding = two.encoding
    try:
        form = encoding if encoding.unit == 1 else _UTF_8
        documents = _in(one, form, eol), _in(two, form, eol), _in(three, form, eol)
    except UsageError:
        encoding = form = _UTF_8
        documents = _in(one, form, eol), _in(two, form, eol), _in(three, form, eol)
    return Alike(documents, eol, encoding)


def _in(document: Document, encoding: Encoding, eol: bytes) -> Document:
    """Bring a file into an encoding of single bytes, and its line ends into those of another."""
    known = document.encoding
    data = document.data[len(known.mark) :]
    if known.name != encoding.name:
        text = known.decode(data)
        if known.unit > 1 and known.encode(text) != data:
            raise UsageError(f"there are bytes here that are not {known.name}")
        data = encoding.encode(text)
    if document.eol.encode() != eol:
        data = _LINE_END.sub(eol, data)
    return Document(data, replace(encoding, mark=b""), document.name)
