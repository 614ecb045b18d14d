"""A match that is not sure: what it may be, for a person to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.records import Record

__all__ = ["Candidate", "UncertainError"]

_LONGEST = 70
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that may be meant.

    Attributes:
        identifier: The text by which it is found for sure.
        record: What is known of it so far, with an empty key.
    """

    identifier: str
    record: Record


class UncertainError(NotFoundError):
    """Several works may be meant, or one that is not like enough: nothing was chosen.

    Attributes:
        candidates: The works, the likeliest first.
    """

    def __init__(
        self, message: str, candidates: Sequence[Candidate], *, where: str, what: str
    ) -> None:
        """Name the likeliest works in the hint.

        Args:
            message: One clause that says why nothing was chosen.
            candidates: The works, the likeliest first; one at least.
            where: What was looked for.
            what: What to give in its place, such as `the DOI of one`.
        """
        named = "; ".join(_named(each) for each in candidates[:_NAMED])
        super().__init__(message, where=where, hint=f"give {what}: {named}")
        self.candidates = tuple(candidates)


def _named(candidate: Candidate) -> str:
    title, year = candidate.record.title, candidate.record.year
    title = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
    told = year is not None and str(year) not in title
    return f"{candidate.identifier} is {title}" + (f" ({year})" if told else "")
