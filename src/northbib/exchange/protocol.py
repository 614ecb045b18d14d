"""What a module of a format offers: the record in the format's own parts, and files of them.

A module reads and writes by four functions, and keeps by a fifth if the format has a place for
notes; one that only reads has no `encode` and no `write`.
One whose format spells a thing in several ways has `spelt`, which gives a record in one of them:
only what differs then is a loss.
One that says in `VALUES` (`northbib.exchange.shapes`) which values it takes as they are is fast:
not every record has to go there and back.
One whose files are cut more cheaply than they are read has `parts`: several processes then read.
Its `Native` is a record in the format's own parts: tags and values, an element, a JSON object.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from northbib.findings import Finding
from northbib.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

__all__ = ["AT_ONCE", "KeepingModule", "Module", "Native", "Read", "Reading", "Rejected", "framed"]

Native = Any

AT_ONCE = 500
"""Records of a part of a file."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record of a file that could not be read.

    Attributes:
        finding: Why, and where in the file it stands.
        data: Its own bytes, so that a person can mend it.
    """

    finding: Finding
    data: bytes = b""


Read = Record | Finding | Rejected
"""What comes out of a file: a record, something to be said about one, or one left out."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file held: its records, and what could not be read of it."""

    records: tuple[Record, ...]
    findings: tuple[Finding, ...] = ()


class Module(Protocol):
    """A module of this package that reads and writes a format."""

    def read(self, source: BinaryIO, name: str) -> Iterator[Read]:
        """Read records one after the other, in memory that does not grow with the file.

        Args:
            source: The bytes of the file, from their start.
            name: Its path as the user gave it, for findings.

        Raises:
            InputError: The file as a whole is not of this format.
        """
        ...

    def decode(self, native: Native) -> Record:
        """Give the record that the format's parts make, with what was kept in notes."""
        ...

    def encode(self, record: Record) -> Native:
        """Give the format's parts for a record."""
        ...

    def write(self, natives: Iterable[Native]) -> Iterator[bytes]:
        """Write a file of records, piece by piece."""
        ...


class KeepingModule(Module, Protocol):
    """A module of a format that has a place for what it has no part for."""

    def keep(self, native: Native, lines: Sequence[str]) -> Native:
        """Put notes (`northbib.exchange.keeping`) where the format's readers keep and show them."""
        ...


def framed(pieces: Iterable[bytes], head: bytes, between: bytes, foot: bytes) -> Iterator[bytes]:
    """Give the pieces of a file: what stands before, between and behind its records."""
    yield head
    is_first = True
    for piece in pieces:
        yield piece if is_first else between + piece
        is_first = False
    yield foot
