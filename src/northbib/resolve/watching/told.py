"""What registries tell of works, and the few words that all who ask them share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from northbib.resolve.http.results import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from northbib.resolve.http.fetcher import Fetcher
    from northbib.resolve.http.results import Result
    from northbib.resolve.settings import Settings

__all__ = ["Hearing", "Told", "Update", "batches", "gap_of"]

_LONGEST = 6000
"""Characters of an address: with 8 kB, some servers take no more."""


@dataclass(frozen=True, slots=True)
class Update:
    """Something that has happened to a work.

    Attributes:
        code: The code of the rule that tells of it.
        message: What it is, as a clause.
        leads_to: The DOI of what was published instead or about it, "" if there is none.
        isbn: The ISBN of a newer edition, "" if it is none.
    """

    code: str
    message: str
    leads_to: str = ""
    isbn: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a registry tells of a work.

    Attributes:
        updates: What has happened to it.
        gap: Why that may not be all; "" if it is.
    """

    updates: tuple[Update, ...] = ()
    gap: str = ""


@dataclass(slots=True)
class Hearing:
    """Asks, and remembers what came, for whoever wants to know whether anybody answered.

    Attributes:
        fetcher: Asks.
        results: What came so far.
    """

    fetcher: Fetcher
    results: list[Result] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        """How hosts are reached."""
        return self.fetcher.settings

    def get(self, address: str, accept: str = "application/json") -> Result:
        """Ask for something, and remember what came."""
        result = self.fetcher.get(Request(address, accept=accept, keep="news"))
        self.results.append(result)
        return result


def gap_of(result: Result, who: str) -> str:
    """Say why an answer tells nothing, "" if it does."""
    if result.stale:
        return f"{who} could not be asked now, and what is kept is old"
    if result.outcome != "found" or result.response is None:
        return f"{who}: {result.reason}"
    return ""


def batches(
    names: Iterable[str], most: int, written: Callable[[str], str] = str
) -> Iterator[Sequence[str]]:
    """Part names into lists that one address can hold.

    Args:
        names: The names.
        most: The most names in one list.
        written: Gives a name as it stands in the address.
    """
    batch: list[str] = []
    length = 0
    for name in names:
        size = len(written(name))
        if batch and (len(batch) == most or length + size > _LONGEST):
            yield batch
            batch, length = [], 0
        batch.append(name)
        length += size
    if batch:
        yield batch
