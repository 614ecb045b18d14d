"""A bibliography in pieces: its entries, and what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from northbib.bibtex import Document, Entry

__all__ = ["Source"]

_STRING = re.compile(rb"@[ \t]*string\s*[{(]\s*([^\s={}()\"#%,]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A bibliography in pieces.

    Attributes:
        document: The bibliography as it was read.
        gaps: What stands before the first entry, between two entries, and behind the last one.
        entries: The entries, one fewer than the gaps.
    """

    document: Document
    gaps: tuple[bytes, ...]
    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, data: bytes, name: str | None = None) -> Source:
        """Read a bibliography."""
        document = Document.parse(data, name)
        places = [0]
        for entry in document.entries:
            places += [entry.start, entry.end]
        places.append(len(data))
        gaps = [data[places[i] : places[i + 1]] for i in range(0, len(places), 2)]
        return cls(document, tuple(gaps), document.entries)

    @property
    def macros(self) -> frozenset[str]:
        """The names of the macros that it defines, in lower case."""
        decode = self.document.encoding.decode
        names = (name for gap in self.gaps for name in _STRING.findall(gap))
        return frozenset(decode(name).lower() for name in names)
