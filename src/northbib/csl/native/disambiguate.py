"""Cites that look the same and mean different works are set apart.

Source: CSL 1.0.2, "Disambiguation". Works whose cites read the same make a set. Each set alone goes
through the methods in turn: given names, more names, year suffixes, the `disambiguate` condition.
A method splits a set by what the cites then read; a part of one is done, the others go on. Only
names at which the works of a set differ are tried, so the cost is that of the names to be shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.csl.native.context import Cite, Spread, name_initials
from northbib.csl.native.numbers import year_suffix
from northbib.csl.native.tokens import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from northbib.csl.native.context import Context, NamesDone
    from northbib.csl.native.name_options import NameOptions
    from northbib.csl.native.people import Name
    from northbib.csl.native.registry import Entry, Registry

__all__ = ["Disambiguation", "Levels"]


class Disambiguation:
    """Keeps the cites of a document apart while works come and go.

    Attributes:
        levels: Which names are expanded for themselves, None under the rule `by-cite`.
    """

    def __init__(self, registry: Registry) -> None:
        area = registry.style.citation
        rule = area.options.get("givenname-disambiguation-rule", "by-cite")
        given = area.flag("disambiguate-add-givenname")
        self._registry = registry
        self._names = area.flag("disambiguate-add-names")
        self._by_cite = given and rule == "by-cite"
        self._suffixes = area.flag("disambiguate-add-year-suffix")
        self._active = self._names or given or self._suffixes or area.has_condition
        self._rule = rule
        self.levels: Levels | None = None
        if given and rule != "by-cite":
            self.levels = Levels(rule)
        # Cites are compared in the form that they have when they come again.
        self._cite = Cite("")
        self._cite.position = "subsequent"
        self._sets: dict[str, dict[str, Entry]] = {}
        self._base: dict[str, _Base] = {}
        self._bearers: dict[str, dict[str, Entry]] = {}

    def update(
        self, added: Sequence[Entry], gone: Sequence[Entry], reordered: bool = False
    ) -> set[str]:
        """Take works in and out.

        Args:
            added: Works that are new.
            gone: Works that are there no more.
            reordered: Whether the order of those that stay has changed.

        Returns:
            The ids of works whose cites have changed.
        """
        if not self._active:
            return set()
        touched: dict[str, None] = dict.fromkeys(self._sets if reordered else ())
        moved = list(gone)
        levels = self.levels
        if levels is not None and gone:
            # Names are not forgotten one by one: all are learnt anew.
            levels.clear()
            self._bearers.clear()
            new = set(added)
            remaining = [entry for entry in self._registry.entries.values() if entry not in new]
            moved += remaining
            added = [*remaining, *added]
        before = {entry.item.id: entry.state() for entry in added}
        for entry in moved:
            base = self._base.pop(entry.item.id)
            del self._sets[base.text][entry.item.id]
            touched[base.text] = None
        for entry in self._with_namesakes(added) if levels is not None else added:
            before.setdefault(entry.item.id, entry.state())
            touched.update(dict.fromkeys(self._join(entry)))
        return self._separate_all(touched, before)

    def _with_namesakes(self, added: Sequence[Entry]) -> list[Entry]:
        """Learn the names of new works, and give with these all whose own names look anew."""
        levels = self.levels
        if levels is None:
            return list(added)
        found = {entry.item.id: entry for entry in added}
        borne: list[tuple[str, Entry]] = []
        news: dict[str, None] = {}
        for entry in added:
            base = self._base[entry.item.id] = self._plain(entry)
            for short, is_news in levels.learn(base.lists):
                borne.append((short, entry))
                if is_news:
                    news[short] = None
        for short in news:
            found.update(
                (id_, bearer)
                for id_, bearer in self._bearers.get(short, {}).items()
                if self._given(bearer) != _given_of(bearer.spread)
            )
        for short, entry in borne:
            self._bearers.setdefault(short, {})[entry.item.id] = entry
        return list(found.values())

    def _given(self, entry: Entry) -> list[list[int]]:
        """Give how far the names of a work are to be expanded now, for themselves."""
        if self.levels is None or entry.item.id not in self._base:
            return []
        return _given_of(self.levels.spread(self._base[entry.item.id].lists))

    def _plain(self, entry: Entry) -> _Base:
        """Render the cite of a work as the style has it."""
        entry.set_apart(None)
        text, context = self._render(entry)
        return _Base(text, context.names_done)

    def _join(self, entry: Entry) -> list[str]:
        """Put a work among those whose cites read like its own; give the sets it touches."""
        touched = []
        id_ = entry.item.id
        base = self._base.get(id_)
        if base is None:
            base = self._base[id_] = self._plain(entry)
        elif self._sets.get(base.text, {}).pop(id_, None) is not None:
            touched.append(base.text)
        spread = None if self.levels is None else self.levels.spread(base.lists)
        if _given_of(spread) != _given_of(base.spread):
            base.spread = spread
            entry.set_apart(spread)
            base.text, _ = self._render(entry)
        self._sets.setdefault(base.text, {})[id_] = entry
        return [*touched, base.text]

    def _separate_all(
        self, touched: Iterable[str], before: dict[str, tuple[object, ...]]
    ) -> set[str]:
        """Set the works of some sets apart; give those whose state is not what it was before."""
        changed: set[str] = set()
        for text in touched:
            entries = list(self._sets[text].values())
            for entry in entries:
                before.setdefault(entry.item.id, entry.state())
                entry.set_apart(self._base[entry.item.id].spread)
            if len(entries) > 1:
                self._separate(entries, self.levels)
            ids = (entry.item.id for entry in entries if entry.state() != before[entry.item.id])
            changed.update(ids)
        return changed

    def _render(self, entry: Entry) -> tuple[str, Context]:
        tokens, context = self._registry.cite_tokens(entry, self._cite)
        return plain_text(tokens), context

    def _separate(self, entries: list[Entry], levels: Levels | None) -> None:
        remaining = [entries]
        if self._by_cite or self._names:
            remaining = self._by_names(entries, levels)
        if self._suffixes:
            for part in remaining:
                for index, entry in enumerate(self._in_order(part)):
                    entry.suffix = year_suffix(index)
        elif self._registry.style.citation.has_condition:
            # CSL has the condition before the suffixes; citeproc-js, as the official suite,
            # gives suffixes to all that names leave alike, and needs no condition beside them.
            for part in remaining:
                self._by_condition(part)

    def _in_order(self, entries: list[Entry]) -> list[Entry]:
        """Give entries in the order of the bibliography, which is that of the suffixes."""
        return self._registry.sorted(sorted(entries, key=_place))

    def _by_condition(self, entries: list[Entry]) -> None:
        """Let conditions come true, one after the other, until the cites differ."""
        waiting = [entries]
        while waiting:
            part = waiting.pop(0)
            before = part[0].condition
            most = self._render(part[0])[1].conditions_met
            parts = [part]
            while len(parts) == 1 and part[0].condition < most:
                for entry in part:
                    entry.condition += 1
                parts = self._split(part)
                most = max(most, self._render(part[0])[1].conditions_met)
            if len(parts) > 1:
                waiting.extend(each for each in parts if len(each) > 1)
                continue
            for entry in part:
                entry.condition = before

    def _split(self, entries: Iterable[Entry]) -> list[list[Entry]]:
        parts: dict[str, list[Entry]] = {}
        for entry in entries:
            parts.setdefault(self._render(entry)[0], []).append(entry)
        return list(parts.values())

    def _by_names(self, entries: list[Entry], levels: Levels | None) -> list[list[Entry]]:
        """Expand names until the cites differ; give the sets that still do not."""
        waiting = [_NameSet(entries)]
        unsolved = []
        while waiting:
            current = waiting.pop(0)
            parts = self._next_split(current, levels)
            if parts is None:
                unsolved.append(current.entries)
            else:
                waiting.extend(part for part in parts if len(part.entries) > 1)
        return unsolved

    def _next_split(self, current: _NameSet, levels: Levels | None) -> list[_NameSet] | None:
        """Try one expansion after the other until one splits the set."""
        entries = current.entries
        before = [entry.spread for entry in entries]
        contexts = [self._render(entry)[1] for entry in entries]
        lists = [context.names_done for context in contexts]
        for number in range(current.list, max(map(len, lists), default=0)):
            columns = [done[number] if number < len(done) else None for done in lists]
            longest = max((column.total if column else 0) for column in columns)
            shown = max((column.shown if column else 0) for column in columns)
            start = current.position if number == current.list else 0
            for position in range(start, longest):
                if position >= shown and not self._names:
                    break
                if position >= shown:
                    self._show(entries, lists, number, position + 1, levels)
                    if _differ(columns, position, full=False):
                        parts = self._split(entries)
                        if len(parts) > 1:
                            return [_NameSet(part, number, position) for part in parts]
                if not self._by_cite or not _differ(columns, position, full=True):
                    continue
                for level in (1, 2):
                    kept = [_copy(entry.spread) for entry in entries]
                    _give(entries, lists, number, position, level)
                    parts = self._split(entries)
                    if len(parts) > 1:
                        return [_NameSet(part, number, position) for part in parts]
                    for entry, spread in zip(entries, kept, strict=True):
                        entry.spread = spread
        for entry, spread in zip(entries, before, strict=True):
            entry.spread = spread
        return None

    def _show(
        self,
        entries: Sequence[Entry],
        lists: Sequence[Sequence[NamesDone]],
        number: int,
        shown: int,
        levels: Levels | None,
    ) -> None:
        for entry, done in zip(entries, lists, strict=True):
            spread = entry.spread = _copy(entry.spread) or Spread()
            while len(spread.shown) <= number:
                spread.shown.append(0)
            spread.shown[number] = shown
            if levels is not None and number < len(done):
                _set_levels(spread, number, levels.of(done[number], shown))


class _Base:
    """The cite of a work before it is set apart from those that read the same.

    Attributes:
        text: How it reads.
        spread: How far its names are expanded for themselves.
        lists: Its names.
    """

    __slots__ = ("lists", "spread", "text")

    def __init__(self, text: str, lists: list[NamesDone]) -> None:
        self.text = text
        self.spread: Spread | None = None
        self.lists = lists


class _NameSet:
    """Entries with equal cites, and the name from which on expansion has not been tried."""

    __slots__ = ("entries", "list", "position")

    def __init__(self, entries: list[Entry], number: int = 0, position: int = 0) -> None:
        self.entries = entries
        self.list = number
        self.position = position


class _Namesakes:
    """The people who share a short name: which of them look alike in which form."""

    __slots__ = ("by_initials", "given", "people")

    def __init__(self) -> None:
        self.people: set[tuple[str, ...]] = set()
        self.given: set[str] = set()
        self.by_initials: dict[str, dict[str, int]] = {}

    def add(self, name: Name, initials: str) -> bool:
        if name.key in self.people:
            return False
        self.people.add(name.key)
        self.given.add(name.given)
        given = self.by_initials.setdefault(initials, {})
        given[name.given] = given.get(name.given, 0) + 1
        return True


class Levels:
    """Which names need initials or given names for themselves, whatever the cites.

    Source: CSL 1.0.2, "Given Name Disambiguation Rules", all-names and primary-name.
    """

    def __init__(self, rule: str) -> None:
        self._initials_only = rule.endswith("-with-initials")
        self._primary = rule.startswith("primary-name")
        self._namesakes: dict[str, _Namesakes] = {}

    def clear(self) -> None:
        """Forget all names."""
        self._namesakes.clear()

    def learn(self, lists: Sequence[NamesDone]) -> Iterator[tuple[str, bool]]:
        """Take in the names of a cite; give their short forms, and if somebody new has one."""
        for done in lists:
            for name in done.names[:1] if self._primary else done.names:
                if not name.literal:
                    short = _short(name)
                    namesakes = self._namesakes.get(short)
                    if namesakes is None:
                        namesakes = self._namesakes[short] = _Namesakes()
                    is_news = namesakes.add(name, name_initials(name, done.options))
                    yield short, is_news

    def of(self, done: NamesDone, shown: int) -> list[int]:
        """Give how far each name of a list must be expanded."""
        return [
            self.level(name, position, done.options)
            for position, name in enumerate(done.names[:shown])
        ]

    def spread(self, lists: Sequence[NamesDone]) -> Spread | None:
        """Give how far the names of a cite must be expanded, None if none of them must be."""
        spread = Spread()
        for number, done in enumerate(lists):
            _set_levels(spread, number, self.of(done, done.shown))
        return spread if any(map(any, spread.given)) else None

    def level(self, name: Name, position: int, options: NameOptions) -> int:
        """Give how far a name must be expanded where the options are those given."""
        namesakes = self._namesakes.get(_short(name))
        if namesakes is None or len(namesakes.people) < 2 or (position and self._primary):
            return 0
        has_initials = options.initialize_with is not None and options.initialize
        if not has_initials:
            full = not self._initials_only and options.form == "short"
            return 2 if full and len(namesakes.given) > 1 else 0
        initials = name_initials(name, options)
        alike = namesakes.by_initials.get(initials, {})
        alone = sum(alike.values()) < 2
        if options.form != "short":
            return 2 if len(alike) > 1 and not self._initials_only else 0
        if alone or self._initials_only:
            return 1 if len(namesakes.by_initials) > 1 else 0
        return 2 if len(namesakes.given) > 1 else 0


def _given_of(spread: Spread | None) -> list[list[int]]:
    return [] if spread is None else spread.given


def _place(entry: Entry) -> int:
    return entry.place


def _short(name: Name) -> str:
    return f"{name.particle} {name.family}"


def _set_levels(spread: Spread, number: int, levels: list[int]) -> None:
    while len(spread.given) <= number:
        spread.given.append([])
    spread.given[number] = levels


def _differ(columns: Sequence[NamesDone | None], position: int, full: bool) -> bool:
    """Tell whether the works have different names at a position."""
    found: set[object] = set()
    for column in columns:
        if column is None or position >= len(column.names):
            found.add(None)
        else:
            name = column.names[position]
            found.add(name.key if full else (_short(name), name.literal, name.given))
    return len(found) > 1


def _give(
    entries: Sequence[Entry],
    lists: Sequence[Sequence[NamesDone]],
    number: int,
    position: int,
    level: int,
) -> None:
    for entry, done in zip(entries, lists, strict=True):
        if number >= len(done) or position >= done[number].total:
            continue
        spread = entry.spread = _copy(entry.spread) or Spread()
        while len(spread.given) <= number:
            spread.given.append([])
        levels = spread.given[number]
        while len(levels) <= position:
            levels.append(0)
        # Where cites have no initials a given name is in full, and so it is in the bibliography.
        levels[position] = level if done[number].options.initialize_with is not None else 2


def _copy(spread: Spread | None) -> Spread | None:
    if spread is None:
        return None
    copy = Spread()
    copy.shown = list(spread.shown)
    copy.given = [list(levels) for levels in spread.given]
    return copy
