"""The works of a document: their order, their numbers, and what sets their cites apart."""

from __future__ import annotations

from operator import gt
from typing import TYPE_CHECKING

from northbib.csl.native.context import Cite, Context
from northbib.csl.native.disambiguate import Disambiguation
from northbib.csl.native.sorting import in_order, key_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from northbib.csl.native.context import Spread
    from northbib.csl.native.item import Item
    from northbib.csl.native.sorting import Values
    from northbib.csl.native.style import CompiledStyle
    from northbib.csl.native.tokens import Tokens

__all__ = ["Entry", "Registry"]


class Entry:
    """A work in a document.

    Attributes:
        item: The item.
        number: Its citation number, from 1.
        place: Where it stands in the order of registration.
        keys: The values of the bibliography's sort keys, None if they are not known yet.
        suffix: Its year suffix, "" for none.
        spread: How far its names are expanded, None for as the style has them.
        condition: How many conditions on `disambiguate` hold for it.
    """

    __slots__ = ("condition", "item", "keys", "number", "place", "spread", "suffix")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.number = 0
        self.place = 0
        self.keys: Values | None = None
        self.suffix = ""
        self.spread: Spread | None = None
        self.condition = 0

    def set_apart(self, spread: Spread | None) -> None:
        """Set its cites apart by names alone, expanded so far."""
        self.spread = spread
        self.condition = 0
        self.suffix = ""

    def state(self) -> tuple[object, ...]:
        """Give what sets its cites apart, to tell when it has changed."""
        spread = self.spread
        names = None if spread is None else (tuple(spread.shown), tuple(map(tuple, spread.given)))
        return (self.suffix, self.condition, names)


class Registry:
    """The works of a document in the order of their registration.

    Args:
        style: The compiled style.
    """

    def __init__(self, style: CompiledStyle) -> None:
        self.style = style
        self.entries: dict[str, Entry] = {}
        self._disambiguation = Disambiguation(self)
        self._order: list[Entry] | None = None

    def set_items(self, items: Sequence[Item]) -> set[str]:
        """Register these works, in this order, and no others.

        Returns:
            The ids of works that were there before and whose cites have changed.
        """
        known = self.entries
        self.entries = {item.id: known.get(item.id) or Entry(item) for item in items}
        added = [entry for id_, entry in self.entries.items() if id_ not in known]
        gone = [entry for id_, entry in known.items() if id_ not in self.entries]
        places = [entry.place for id_, entry in self.entries.items() if id_ in known]
        for place, entry in enumerate(self.entries.values()):
            entry.place = place
        reordered = any(map(gt, places, places[1:]))
        return self._changed(added, gone, reordered, renumber=True)

    def add(self, items: Iterable[Item]) -> set[str]:
        """Register further works; gives what `set_items` gives."""
        added = []
        for item in items:
            if item.id not in self.entries:
                entry = Entry(item)
                entry.place = len(self.entries)
                self.entries[item.id] = entry
                added.append(entry)
        return self._changed(added, [], reordered=False, renumber=bool(added) and self._sorts)

    def _changed(
        self, added: list[Entry], gone: list[Entry], reordered: bool, renumber: bool
    ) -> set[str]:
        renumber = renumber and self.style.numbers_cites
        numbers = {id_: entry.number for id_, entry in self.entries.items()} if renumber else {}
        self._order = None
        for entry in added:
            entry.number = entry.place + 1
        changed = self._disambiguation.update(added, gone, reordered)
        if renumber:
            self.order()
            entries = self.entries.items()
            changed |= {id_ for id_, entry in entries if numbers[id_] != entry.number}
        return changed

    @property
    def _sorts(self) -> bool:
        area = self.style.bibliography
        return area is not None and bool(area.keys)

    def order(self) -> list[Entry]:
        """Give the entries in the order of the bibliography, and number them."""
        if self._order is None:
            entries = list(self.entries.values())
            for number, entry in enumerate(entries, 1):
                entry.number = number
            self._order = self.sorted(entries)
            for number, entry in enumerate(self._order, 1):
                entry.number = number
        return self._order

    def sorted(self, entries: Sequence[Entry]) -> list[Entry]:
        """Give entries, which are in the order of registration, as the bibliography has them."""
        area = self.style.bibliography
        if area is None or not area.keys:
            return list(entries)
        for entry in entries:
            if entry.keys is None or self.style.sorts_by_number:
                context = self.context(entry, None, False)
                context.sorting = True
                entry.keys = key_values(area.keys, context)
        return in_order(entries, [entry.keys or () for entry in entries], area.keys)

    def context(self, entry: Entry, cite: Cite | None, citing: bool) -> Context:
        """Make the context for a cite or a bibliographic entry."""
        style = self.style
        context = Context(entry.item, cite, citing)
        context.is_english = style.is_english
        context.language = style.locale.language
        context.number = entry.number
        context.explicit_suffix = style.has_suffix
        context.year_suffix = entry.suffix
        context.spread = entry.spread
        context.levels = self._disambiguation.levels
        context.condition = entry.condition
        return context

    def cite_tokens(self, entry: Entry, cite: Cite) -> tuple[Tokens, Context]:
        """Render a cite without its affixes."""
        context = self.context(entry, cite, True)
        context.without_names = cite.without_author
        tokens = self.style.citation.render(context)
        if cite.author_only and context.first_names is not None:
            start, end = context.first_names
            tokens = tokens[start:end]
            context.first_names = (0, end - start)
        return tokens, context
