"""What a query asks, as a tree of plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["And", "Between", "Form", "Has", "Is", "Leaf", "Not", "Or", "Query", "Term", "leaves"]

Form = Literal["part", "beginning", "pattern"]
"""How a text is looked for: as a part, as the beginning of a word, as a regular expression."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase in a field; field "" is free text.

    Attributes:
        field: The name of the field in lower case.
        text: The word in the form in which the field compares it.
        form: How it is compared.
    """

    field: str
    text: str
    form: Form = "part"


@dataclass(frozen=True, slots=True)
class Between:
    """A date or number that has something in common with a span (`spans`)."""

    field: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Has:
    """That a field is set."""

    field: str


@dataclass(frozen=True, slots=True)
class Is:
    """What a record is beside others: `duplicate`."""

    state: str


@dataclass(frozen=True, slots=True)
class Not:
    """What the part does not find."""

    part: Query


@dataclass(frozen=True, slots=True)
class And:
    """What all parts find; without parts, everything."""

    parts: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """What any of the parts finds."""

    parts: tuple[Query, ...]


Leaf = Term | Between | Has | Is
Query = Leaf | Not | And | Or


def leaves(query: Query, *, wanted: bool = False) -> Iterator[Leaf]:
    """Give what a query asks for, from left to right.

    Args:
        query: The query.
        wanted: Leave out what is not to be found.
    """
    match query:
        case Not(part):
            if not wanted:
                yield from leaves(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part, wanted=wanted)
        case _:
            yield query
