"""Records that arrive in a library, and what each of them is to it."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args, overload

from northbib.library.spool import Spool

if TYPE_CHECKING:
    from northbib.bibtex import Entry
    from northbib.library.stored import Stored
    from northbib.records import Record

__all__ = ["Arriving", "Difference", "Incoming", "Plan", "Status", "counts"]

Status = Literal["new", "same", "changed", "duplicate"]

_STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Arriving:
    """A record of a file, and where it stands there.

    Attributes:
        record: The record; its key may be empty.
        file: The file as the user named it.
        line: The line where it begins, 0 where that is not known.
        entry: The entry that it is, in a file of BibTeX; its text is kept.
        text: That text, with the meaning of macros in their place, in place of the entry.
    """

    record: Record
    file: str = ""
    line: int = 0
    entry: Entry | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which a record that arrives differs from the one that is there.

    Attributes:
        field: A CSL variable, `type`, `keyword`, or the name of a field that CSL has none for.
        ours: What is there, "" if nothing is.
        theirs: What arrives.
    """

    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A record that arrives, and what it is to the library.

    Attributes:
        record: The record, under the key that it would have.
        status: `new`; `same` as the record of its key, or less; `changed`, if it says other things
            than that; `duplicate` of a record with another key.
        there: The record that is there, or that arrived before; None for what is new.
        reasons: Why it is taken for a duplicate, or has another key than it came with.
        differences: In what it differs from the record that is there.
        arriving: It as it arrived.
    """

    record: Record
    status: Status
    there: Stored | None = None
    reasons: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    arriving: Arriving | None = field(default=None, compare=False)


class Plan(Sequence[Incoming]):
    """Incoming records in their order; they are kept on the disk, where they are many.

    Attributes:
        renamed: The file and the key in lower case that records arrived with, and the key that
            their work has in the library, where that is another one.
    """

    def __init__(self, incoming: Iterable[Incoming] = ()) -> None:
        self._spool: Spool[Incoming] = Spool()
        self._statuses = array("b")
        self.renamed: dict[tuple[str, str], str] = {}
        for each in incoming:
            self.append(each)

    def append(self, incoming: Incoming) -> None:
        """Put a record behind the others."""
        self._spool.append(incoming)
        self._statuses.append(_STATUSES.index(incoming.status))
        arriving, key = incoming.arriving, incoming.record.key
        if incoming.status == "duplicate" and incoming.there is not None:
            key = incoming.there.key
        if arriving is not None and arriving.record.key not in ("", key):
            self.renamed.setdefault((arriving.file, arriving.record.key.lower()), key)

    @property
    def counts(self) -> Counter[Status]:
        """How many records have each status."""
        return Counter(map(_STATUSES.__getitem__, self._statuses))

    def places(self, status: Status) -> list[int]:
        """Give the places of the records of a status."""
        wanted = _STATUSES.index(status)
        return [place for place, own in enumerate(self._statuses) if own == wanted]

    def of(self, status: Status) -> Iterator[Incoming]:
        """Give the records of a status."""
        return map(self._spool.__getitem__, self.places(status))

    def __len__(self) -> int:
        return len(self._spool)

    @overload
    def __getitem__(self, index: int) -> Incoming: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Incoming]: ...
    def __getitem__(self, index: int | slice) -> Incoming | Sequence[Incoming]:
        return self._spool[index]

    def __iter__(self) -> Iterator[Incoming]:
        return iter(self._spool)


def counts(incoming: Iterable[Incoming]) -> Counter[Status]:
    """Count records by their status."""
    if isinstance(incoming, Plan):
        return incoming.counts
    return Counter(each.status for each in incoming)
