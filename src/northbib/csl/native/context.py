"""What an evaluation knows: the item, the cite, and what has been rendered so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.csl.native.initials import initials
from northbib.csl.native.locators import read_locator
from northbib.csl.native.pages import first_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from northbib.csl.native.disambiguate import Levels
    from northbib.csl.native.item import Item
    from northbib.csl.native.name_options import NameOptions
    from northbib.csl.native.names import NameFormats
    from northbib.csl.native.people import Name
    from northbib.csl.native.tokens import Tokens

    Render = Callable[["Context", Tokens], None]

__all__ = ["CALLED", "FILLED", "Cite", "Context", "NamesDone", "Spread", "name_initials"]

CALLED = 1
"""Flag of `Context.calls`: a variable was called."""
FILLED = 2
"""Flag of `Context.calls`: a variable was called that is not empty."""


class Cite:
    """One work in a cluster of citations, as it was asked for, and where it stands.

    Attributes:
        id: The item's id.
        locator: Where in the work.
        label: The locator's term.
        prefix: Rich text before.
        suffix: Rich text after.
        position: `first`, `subsequent`, `ibid-with-locator` or `ibid`.
        near: Whether the same work was cited in a note close before.
        first_note: Number of the note that first cited the work, 0 for none.
        without_author: Leave the names out.
        author_only: Give the names alone.
        anchor: Name of the cite's own place; where there is one, the cite leads to its entry.
    """

    __slots__ = (
        "anchor",
        "author_only",
        "first_note",
        "id",
        "label",
        "locator",
        "near",
        "position",
        "prefix",
        "suffix",
        "without_author",
    )

    def __init__(
        self, id_: str, locator: str = "", label: str = "page", prefix: str = "", suffix: str = ""
    ) -> None:
        self.id = id_
        self.locator, self.label = read_locator(locator, label) if locator else ("", label)
        self.prefix = prefix
        self.suffix = suffix
        self.position = "first"
        self.near = False
        self.first_note = 0
        self.without_author = False
        self.author_only = False
        self.anchor = ""


class Spread:
    """How far the names of an item have been expanded to tell its cite from others.

    Attributes:
        shown: For each list of names rendered, in order, how many of them; None for the style's.
        given: For each list, for each name, 0 as the style has it, 1 initials, 2 in full.
    """

    __slots__ = ("given", "shown")

    def __init__(self) -> None:
        self.shown: list[int] = []
        self.given: list[list[int]] = []


class NamesDone:
    """A list of names that was rendered: for disambiguation and for author substitutes.

    Attributes:
        names: All of its names.
        total: How many there are.
        shown: How many of them are shown.
        options: How they are written.
        ranges: In an entry, where in the stream each of those shown begins and ends.
        end: Where the list ends.
    """

    __slots__ = ("end", "names", "options", "ranges", "shown", "total")

    def __init__(self, names: tuple[Name, ...], shown: int, options: NameOptions) -> None:
        self.names = names
        self.total = len(names)
        self.shown = shown
        self.options = options
        self.ranges: list[tuple[int, int]] = []
        self.end = 0


def name_initials(name: Name, options: NameOptions) -> str:
    """Give the initials of a name as options write them, or its given names if they do not."""
    if options.initialize_with is None:
        return name.given
    return initials(name.given, options.initialize_with, options.hyphens, True)


class Context:
    """The state of one evaluation of a cite, an entry or a sort key."""

    __slots__ = (
        "anonymous",
        "by_shorthand",
        "calls",
        "cite",
        "citing",
        "condition",
        "conditions_met",
        "date_seen",
        "explicit_suffix",
        "first_names",
        "is_english",
        "item",
        "language",
        "levels",
        "limits",
        "names_done",
        "number",
        "parts",
        "previous_names",
        "sorting",
        "spread",
        "substituted",
        "used",
        "without_names",
        "without_suffix",
        "year_suffix",
    )

    def __init__(self, item: Item, cite: Cite | None, citing: bool) -> None:
        self.item = item
        self.cite = cite
        self.citing = citing
        self.anonymous = False
        self.by_shorthand = False
        self.calls = 0
        self.condition = 0
        self.conditions_met = 0
        self.date_seen = False
        self.explicit_suffix = False
        self.first_names: tuple[int, int] | None = None
        self.is_english = True
        self.language = ""
        self.levels: Levels | None = None
        self.limits: tuple[int | None, int | None, bool | None] | None = None
        self.names_done: list[NamesDone] = []
        self.number = 0
        self.parts: NameFormats | None = None
        self.previous_names: object = None
        self.sorting = False
        self.spread: Spread | None = None
        self.substituted: set[str] | None = None
        self.used: set[str] | None = None
        self.without_names = False
        self.without_suffix = False
        self.year_suffix = ""

    def english(self) -> bool:
        """Tell whether titles of the item take title case: it is in English, as is the locale.

        By citeproc-js what belongs to a jurisdiction, as a law or a patent, is named as it stands.
        """
        if self.item.data.get("jurisdiction"):
            return False
        language = self.item.text("language")
        return language.lower().startswith("en") if language else self.is_english

    def is_foreign(self) -> bool:
        """Tell whether the item is in another language than that of the locale."""
        language = self.item.data.get("language")
        return bool(language) and not str(language).lower().startswith(self.language)

    def text_of(self, variable: str) -> str:
        """Give the text of a number variable, of the cite or of the item."""
        if variable == "locator":
            return self.cite.locator if self.cite is not None else ""
        if variable == "citation-number":
            return str(self.number) if self.number else ""
        if variable == "first-reference-note-number":
            cite = self.cite
            return str(cite.first_note) if cite is not None and cite.first_note else ""
        if variable == "page-first":
            return self.item.text("page-first") or first_page(self.item.text("page"))
        return self.item.text(variable)
