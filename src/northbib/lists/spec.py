"""How a reading list is to be made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.csl import HOUSE_STYLE
from northbib.csl.engines import DEFAULT_ENGINE
from northbib.errors import UsageError
from northbib.lists.fields import group_field, sort_field

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ListSpec"]

_LEVELS = range(1, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """What a reading list looks like, whatever stands in it.

    Attributes:
        style: A citation style: a name, or a path.
        locale: A language tag such as en-GB; None for the style's own, else en-US.
        engine: The citation engine's name.
        sort: Fields to sort by (`fields.FIELDS`), each with a leading `-` to go down; without any
            the list stands in the style's own order.
        group: A field to group by (`fields.GROUPS`), with a leading `-` to turn the order round.
        level: Level of the groups' headings, from 1 to 6.
        limit: How many records at most; the first in the list's order.
        ordered: Whether the entries are numbered.
        styles: Folders to look in for a style before those that are installed.

    Raises:
        UsageError: A field is not known, or a number is out of bounds.
    """

    style: str = HOUSE_STYLE
    locale: str | None = None
    engine: str = DEFAULT_ENGINE
    sort: tuple[str, ...] = ()
    group: str = ""
    level: int = 3
    limit: int | None = None
    ordered: bool = False
    styles: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        for name in self.sort:
            sort_field(name)
        if self.group:
            group_field(self.group)
        if self.level not in _LEVELS:
            raise UsageError(f"a heading has a level from 1 to 6, not {self.level}")
        if self.limit is not None and self.limit < 1:
            raise UsageError(f"a limit counts from 1, it cannot be {self.limit}")
