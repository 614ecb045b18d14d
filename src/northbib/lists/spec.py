"""How a reading list is to be made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.csl import HOUSE_STYLE
from northbib.csl.engines import DEFAULT_ENGINE
from northbib.errors import UsageError
from northbib.lists.fields import group_field, sort_field
from northbib.lists.grouping import check_order
from northbib.lists.linking import LINKS
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.lists.notes import Note
    from northbib.lists.web import Web
    from northbib.markup.tree import Form

__all__ = ["ListSpec"]

_DEEPEST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """What a reading list looks like, whatever stands in it.

    Attributes:
        style: A citation style: a name, or a path.
        locale: A language tag such as en-GB; None for the style's own, else en-US.
        engine: The citation engine's name.
        sort: Fields to sort by (`fields.FIELDS`, or any of BibLaTeX or CSL), each with a leading
            `-` to go down; without any the list stands in the style's own order.
        group: Fields to group by, the outermost first, each with a leading `-` to turn the order
            round.
        order: Groups that stand before the others, in this order, by their names or headings.
        level: Level of the outermost groups' headings, from 1 to 6.
        limit: How many records at most; the first in the list's order.
        limit_per_group: How many at most in each of the innermost groups.
        ordered: Whether the entries are numbered.
        form: What kind of list it is in LaTeX, where not the one that `ordered` says.
        intro: A paragraph before the list, with CSL-JSON's inline markup; "" for none.
        annotate: Whether the annotation of a work stands below its entry.
        notes: Notes that stand below the entries, in the place of the works' own annotations.
        links: What an entry links to (`linking.LINKS`); empty for the addresses that it shows, and
            its title where it shows none.
        oa: Whether works that all can read are marked.
        web: What the list is to carry on a web page; None where it stands on none.
        coins: Whether entries carry COinS where they stand on no web page; Markdown can hold them.
        number: Which of the lists of its page that have groups this is; the anchors of headings
            are unique by it.
        styles: Folders to look in for a style before those that are installed.

    Raises:
        UsageError: A field or a link is not known, a number is out of bounds, or an order names
            what is no group.
    """

    style: str = HOUSE_STYLE
    locale: str | None = None
    engine: str = DEFAULT_ENGINE
    sort: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    level: int = 3
    limit: int | None = None
    limit_per_group: int | None = None
    ordered: bool = False
    form: Form = ""
    intro: str = ""
    annotate: bool = False
    notes: tuple[Note, ...] = ()
    links: tuple[str, ...] = ()
    oa: bool = False
    web: Web | None = None
    coins: bool = False
    number: int = 1
    styles: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        for name in self.sort:
            sort_field(name)
        for name in self.group:
            group_field(name)
        check_order(self.group, self.order, self.locale)
        _check_links(self.links)
        self._check_numbers()

    def _check_numbers(self) -> None:
        if not 1 <= self.level <= _DEEPEST:
            raise UsageError(f"a heading has a level from 1 to 6, not {self.level}")
        if self.group and self.level + len(self.group) - 1 > _DEEPEST:
            raise UsageError(
                f"{len(self.group)} groups inside each other from level {self.level} on would"
                f" need headings below level {_DEEPEST}",
                hint=f"begin higher: level={_DEEPEST + 1 - len(self.group)}",
            )
        for limit in (self.limit, self.limit_per_group):
            if limit is not None and limit < 1:
                raise UsageError(f"a limit counts from 1, it cannot be {limit}")
        if self.limit_per_group is not None and not self.group:
            raise UsageError("a limit of groups needs groups", hint="say by what: group=type")


def _check_links(links: tuple[str, ...]) -> None:
    unknown = next((name for name in links if name not in LINKS), None)
    if unknown is not None:
        hint = did_you_mean(unknown, LINKS) or f"there are {', '.join(LINKS)}"
        raise UsageError(f"there is no {unknown!r} to link", hint=hint)
    if "none" in links and len(links) > 1:
        raise UsageError("links cannot be none and others", hint="drop none, or all others")
