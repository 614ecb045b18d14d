"""What an entry takes from others: `crossref`, `xdata` and, for a set, its first member.

Sources: biblatex manual 3.20, appendix B (default inheritance setup), and sections 2.4.1 and 3.13
(cross-references, data containers); that of BibTeX (`crossref`: every field that is missing) is a
part of it. `xref` names a parent without taking anything from it.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from northbib.bibtex.names import split_list
from northbib.bibtex.tables import ALIASES, DATE_PARTS
from northbib.bibtex.values import keys_in
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from northbib.bibtex.document import Document, Entry

__all__ = ["Inherited", "circles", "names_parents", "part_keys", "problems"]

_NEVER = frozenset(
    """
    ids crossref xref xdata entryset entrysubtype execute label options presort related
    relatedoptions relatedstring relatedtype shorthand shorthandintro sortkey
    """.split()
)
_TITLES = ("title", "subtitle", "titleaddon")
_OWN_TITLES = frozenset("shorttitle sorttitle indextitle indexsorttitle".split())
_DATES = tuple(
    frozenset((name, *parts, *(part.replace(name[:-4], name[:-4] + "end", 1) for part in parts)))
    for name, parts in DATE_PARTS.items()
)
"""The fields of one date each: a child that has one of them takes none from its parent."""

_DEEPEST = 100
"""Generations that are followed; a chain longer than this is no bibliography but an attack."""

_LONGEST = 1 << 17
"""Characters of a value that is put together from others, which could double with each one."""

_PARENTS = ("crossref", "xdata", "xref")
"""Fields that name an entry which is to be there."""

_IN_BOOK = frozenset({"inbook", "bookinbook", "suppbook"})
_IN_COLLECTION = frozenset({"incollection", "inreference", "suppcollection"})
_IN_PROCEEDINGS = frozenset({"inproceedings", "conference"})
_PREFIXES = (
    ({"mvbook"}, _IN_BOOK | {"book"}, "main"),
    (
        {"mvcollection", "mvreference"},
        _IN_COLLECTION | {"collection", "reference"},
        "main",
    ),
    ({"mvproceedings"}, _IN_PROCEEDINGS | {"proceedings"}, "main"),
    ({"book"}, _IN_BOOK, "book"),
    ({"collection", "reference"}, _IN_COLLECTION, "book"),
    ({"proceedings"}, _IN_PROCEEDINGS, "book"),
    ({"periodical"}, {"article", "suppperiodical"}, "journal"),
)
"""Types of the parent, types of the child, and the prefix that the parent's title takes there."""

_PART_OF_XDATA = re.compile(r"xdata=(.+)-([a-z]+)(?:-(\d+))?")


class Inherited:
    """The fields of entries together with what they inherit, each entry worked out once."""

    def __init__(
        self, document: Document, parents: Callable[[str], Entry | None] | None = None
    ) -> None:
        """Work in one document.

        Args:
            document: The document whose entries are asked for.
            parents: Finds the entry of a key that is not in the document, in the other files of
                the library; None if there is none.
        """
        self._document = document
        self._elsewhere = parents
        self._by_alias: dict[str, Entry] | None = None
        self._known: dict[Entry, dict[str, str]] = {}
        self._depth: dict[Entry, int] = {}

    def fields(self, entry: Entry) -> dict[str, str]:
        """Give the fields of an entry by their biblatex names.

        What it inherits depends on the entries alone: nobody inherits from a member of a circle
        that they are in themselves.
        """
        own = _canonical(entry)
        if not (_is_child(own) or (self._has_containers and _has_parts(own))):
            return own
        if entry not in self._known:
            self._work_out(entry)
        return dict(self._known[entry])

    def _work_out(self, first: Entry) -> None:
        """Work out an entry, behind all that it inherits from.

        The entries of a circle come at once (Tarjan 1972, strongly connected components), so that
        what each inherits does not depend on which of them is asked for first.
        """
        path = [first]
        place, reach = {first: 0}, {first: 0}
        ways = [(first, iter(self._parents(first)))]
        while ways:
            entry, parents = ways[-1]
            parent = next((each for each in parents if each not in self._known), None)
            if parent is None:
                ways.pop()
                if reach[entry] == place[entry]:
                    circle = path[place[entry] :]
                    del path[place[entry] :]
                    self._known |= {each: self._merged(each) for each in circle}
                else:
                    reach[ways[-1][0]] = min(reach[ways[-1][0]], reach[entry])
            elif parent in place:
                reach[entry] = min(reach[entry], place[parent])
            else:
                place[parent] = reach[parent] = len(path)
                path.append(parent)
                ways.append((parent, iter(self._parents(parent))))

    @cached_property
    def _has_containers(self) -> bool:
        entries = self._document.entries
        return self._elsewhere is not None or any(entry.type == "xdata" for entry in entries)

    def find(self, key: str) -> Entry | None:
        """Give the entry of a key, in this document or another one; `ids` are keys as well."""
        found = self._document.get(key)
        if found is None:
            found = self._aliases().get(key.lower())
        if found is None and self._elsewhere is not None:
            found = self._elsewhere(key)
        return found

    def _aliases(self) -> dict[str, Entry]:
        if self._by_alias is None:
            self._by_alias = {}
            for entry in self._document.entries:
                for alias in keys_in(entry.get("ids", "")):
                    self._by_alias.setdefault(alias.lower(), entry)
        return self._by_alias

    def _parents(self, entry: Entry) -> list[Entry]:
        fields = _canonical(entry)
        return self._found([*_parent_keys(entry.type, fields), *part_keys(fields)])

    def _found(self, keys: list[str]) -> list[Entry]:
        return [parent for parent in map(self.find, keys) if parent is not None]

    def _merged(self, entry: Entry) -> dict[str, str]:
        fields = _canonical(entry)
        parents = [one for one in self._parents(entry) if one in self._known]
        depth = 1 + max((self._depth.get(parent, 0) for parent in parents), default=0)
        if depth > _DEEPEST:
            return fields
        self._depth[entry] = depth
        for name, value in fields.items():
            if "xdata=" in value:
                fields[name] = self._with_parts(value)
        for parent in self._found(_parent_keys(entry.type, fields)):
            taken = self._known.get(parent, {})
            if parent.type == "xdata":
                for name, value in taken.items():
                    fields.setdefault(name, value)
            else:
                _take_over(fields, entry.type, taken, parent.type)
        return fields

    def _with_parts(self, value: str) -> str:
        """Put in what a value names of data containers: `xdata=KEY-FIELD` or `…-POSITION`.

        What names nothing stays as it is written.
        """
        items, length = [], 0
        for item in split_list(value):
            items.append(self._part(item) or item)
            length += len(items[-1])
            if length > _LONGEST:
                return value
        return " and ".join(items)

    def _part(self, item: str) -> str | None:
        match = _PART_OF_XDATA.fullmatch(item)
        if match is None:
            return None
        parent = self.find(match[1])
        fields = {} if parent is None or parent.type != "xdata" else self._known.get(parent, {})
        value = fields.get(ALIASES.get(match[2], match[2]))
        if value is None or not match[3]:
            return value
        items = split_list(value)
        return items[int(match[3]) - 1] if 0 < int(match[3]) <= len(items) else None


def names_parents(fields: Mapping[str, str]) -> bool:
    """Tell whether an entry names parents, be they there or not."""
    return "crossref" in fields or "xdata" in fields or "xref" in fields


def part_keys(fields: Mapping[str, str]) -> list[str]:
    """Give the keys of the data containers that single values name."""
    items = (item for value in fields.values() if "xdata=" in value for item in split_list(value))
    return [match[1] for match in map(_PART_OF_XDATA.fullmatch, items) if match is not None]


def _is_child(fields: Mapping[str, str]) -> bool:
    return "crossref" in fields or "xdata" in fields or "entryset" in fields


def _has_parts(fields: Mapping[str, str]) -> bool:
    return any("xdata=" in value for value in fields.values())


def _parent_keys(entry_type: str, fields: Mapping[str, str]) -> list[str]:
    """Give the keys of those that everything is taken from, in the order in which they count."""
    first = keys_in(fields.get("entryset", ""))[:1] if entry_type == "set" else []
    return [*keys_in(fields.get("xdata", "")), *first, *keys_in(fields.get("crossref", ""))[:1]]


def problems(document: Document, own: str, fields: Mapping[str, str]) -> Iterator[Finding]:
    """Give a finding for each parent of an entry, which has this key, that is not there."""
    for name in _PARENTS:
        for key in keys_in(fields[name]) if name in fields else ():
            if key not in document:
                yield Finding(
                    code="missing-parent",
                    severity="error",
                    message=f"{name} of {own} names {key}, which is not in this file",
                    key=own,
                    fix="add that entry, or correct the key",
                )


def circles(document: Document, heirs: Iterable[Entry]) -> Iterator[tuple[Entry, Finding]]:
    """Give a finding for each circle of parents, at the entry that closes it.

    Args:
        document: The file.
        heirs: Those of its entries, in order, that name any parents.
    """
    done: set[Entry] = set()
    for start in heirs:
        if start in done or not _parents_in(document, start):
            continue
        under_way: set[Entry] = set()
        stack = [(start, False)]
        while stack:
            entry, leaving = stack.pop()
            if leaving:
                under_way.discard(entry)
                done.add(entry)
            elif entry in under_way:
                yield entry, _circle(entry)
            elif entry not in done:
                under_way.add(entry)
                stack.append((entry, True))
                stack += [(parent, False) for parent in _parents_in(document, entry)]


def _parents_in(document: Document, entry: Entry) -> list[Entry]:
    if "crossref" not in entry and "xdata" not in entry:
        return []
    names = [*keys_in(entry.get("xdata", "")), *keys_in(entry.get("crossref", ""))[:1]]
    return [parent for parent in map(document.get, names) if parent is not None]


def _circle(entry: Entry) -> Finding:
    return Finding(
        code="circular-crossref",
        severity="error",
        message=f"{entry.key} inherits from itself",
        key=entry.key,
        fix="take one crossref or xdata of the circle out",
    )


def _canonical(entry: Entry) -> dict[str, str]:
    """Give an entry's fields by their biblatex names; one that is there under both keeps both."""
    own = entry.as_dict()
    if _ALIASED.isdisjoint(own):
        return own
    fields = {ALIASES.get(name, name): value for name, value in own.items()}
    if len(fields) < len(own):
        fields = {}
        for name, value in own.items():
            other = ALIASES.get(name, name)
            fields[name if other in own or other in fields else other] = value
    return fields


_ALIASED = frozenset(ALIASES)


def _take_over(
    fields: dict[str, str], child_type: str, parent: Mapping[str, str], parent_type: str
) -> None:
    prefix = next(
        (
            prefix
            for parents, children, prefix in _PREFIXES
            if parent_type in parents and child_type in children
        ),
        "",
    )
    dated = {name for names in _DATES if not names.isdisjoint(fields) for name in names}
    for name, value in parent.items():
        if name in _NEVER or name in dated or (prefix and name in _OWN_TITLES):
            continue
        if prefix and name in _TITLES:
            fields.setdefault(prefix + name, value)
        else:
            fields.setdefault(name, value)
        if name == "author" and child_type in _IN_BOOK and parent_type in ("book", "mvbook"):
            fields.setdefault("bookauthor", value)
