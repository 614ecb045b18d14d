"""What a reading list can be sorted and grouped by: one table for both, and any field besides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from northbib.bibtex.tables import ENTRY_OF_TYPE
from northbib.errors import UsageError
from northbib.library.searching.fields import field as field_of_query
from northbib.library.searching.fields import known_names
from northbib.lists.filing import filed, name_key
from northbib.lists.labels import TYPES, topic_label
from northbib.records import Date, plain
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from northbib.lists.filing import SortKey
    from northbib.lists.words import Words
    from northbib.records import Name, Record

__all__ = ["FIELDS", "GIVEN", "GROUPS", "Field", "Group", "direction", "group_field", "sort_field"]

GIVEN = "given"
"""The sort field that keeps the order in which the records came."""

_CREATORS = ("author", "editor", "director", "composer", "translator", "collection-editor")
_ONE_EACH = frozenset({"title", "date", "key", GIVEN, "abstract", "annotation", "doi", "url"})
_SAME = {
    "container-title": "container",
    "keyword": "topic",
    "language": "language",
    "publisher": "publisher",
    "publisher-place": "place",
}
"""CSL variable -> the field of our own that it is."""

"""Fields by which nothing is grouped, since hardly two works have the same."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a list.

    Attributes:
        rank: What orders it among the others.
        label: What its heading says.
        names: By what else it can be called where the order of groups is stated.
    """

    rank: SortKey
    label: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field to sort or group by.

    Attributes:
        sort_key: What orders a record; None where the record has no such thing.
        groups: The groups that a record stands in; None where nothing is grouped by this field.
        is_time: Whether what has none is undated.
    """

    sort_key: Callable[[Record, Words], SortKey | None]
    groups: Callable[[Record, Words], tuple[Group, ...]] | None = None
    is_time: bool = False

    def rest(self, words: Words) -> str:
        """Give the heading of those that stand in no group."""
        return words.undated if self.is_time else words.other


def direction(name: str) -> tuple[str, bool]:
    """Split a leading minus off: the field's name, and whether the order is descending."""
    return name.removeprefix("-"), name.startswith("-")


def sort_field(name: str) -> Field:
    """Give the field to sort by, which may have a leading minus.

    Raises:
        UsageError: There is no such field.
    """
    wanted = direction(name)[0]
    found = FIELDS.get(wanted) or _any_field(wanted)
    return found or _unknown(wanted, FIELDS, "sort by")


def group_field(name: str) -> Field:
    """Give the field to group by, which may have a leading minus.

    Raises:
        UsageError: There is no such field, or it makes no groups.
    """
    wanted = direction(name)[0]
    is_one_each = wanted.lower() in _ONE_EACH
    found = GROUPS.get(wanted) or (None if is_one_each else _any_field(wanted))
    return found or _unknown(wanted, GROUPS, "group by")


def _unknown(name: str, table: dict[str, Field], purpose: str) -> Field:
    hint = did_you_mean(name, table)
    if hint is None and name.lower() not in _ONE_EACH:
        hint = did_you_mean(name, known_names() - _ONE_EACH)
    if hint is None:
        hint = f"known are {', '.join(table)}, and every field of BibLaTeX or CSL"
    raise UsageError(f"there is no field {name!r} to {purpose}", hint=hint)


@lru_cache(maxsize=64)
def _any_field(name: str) -> Field | None:
    """Give the field of a name of BibLaTeX or CSL; None if there is none."""
    found = field_of_query(name.lower()) if name else None
    if found is None:
        return None
    sources = found.sources
    if sources and sources[0] in _SAME:
        return FIELDS[_SAME[sources[0]]]
    if found.kind == "names" and sources:
        return _names_field(lambda record: record.names(sources[0]))
    if found.kind == "time":
        return _time_field(sources[0])
    if found.kind in ("text", "number", "address"):
        return _text_field(lambda record: _text(record, sources))
    return None


def _text(record: Record, sources: tuple[str, ...]) -> str:
    texts = (record.plain(source) or record.extra.get(source, "") for source in sources)
    return " ".join(plain(next(filter(None, texts), "")).split())


def _text_field(text: Callable[[Record], str]) -> Field:
    def sort_key(record: Record, words: Words) -> SortKey | None:
        return filed(text(record), record, words)

    def groups(record: Record, words: Words) -> tuple[Group, ...]:
        label = text(record)
        rank = filed(label, record, words)
        return () if rank is None else (Group((*rank, label), label),)

    return Field(sort_key, groups)


def _names_field(names: Callable[[Record], tuple[Name, ...]]) -> Field:
    def sort_key(record: Record, words: Words) -> SortKey | None:
        return tuple(filter(None, (name_key(name, words) for name in names(record)))) or None

    def groups(record: Record, words: Words) -> tuple[Group, ...]:
        first = next(iter(names(record)), None)
        rank = name_key(first, words) if first else ""
        if first is None or not rank:
            return ()
        return (Group((rank, first.sort_form), first.sort_form, (str(first), first.family)),)

    return Field(sort_key, groups)


def _time_field(variable: str) -> Field:
    def date(record: Record) -> Date | None:
        found = record.date(variable)
        return None if found is None or found.year is None else found

    def sort_key(record: Record, _: Words) -> SortKey | None:
        found = date(record)
        return None if found is None else found.sort_key

    def groups(record: Record, words: Words) -> tuple[Group, ...]:
        found = date(record)
        return () if found is None else _of_year(found.year, words)

    return Field(sort_key, groups, is_time=True)


def _of_year(year: int | None, words: Words) -> tuple[Group, ...]:
    return () if year is None else (Group((year,), words.year(year), (str(year),)),)


def _creators(record: Record) -> tuple[Name, ...]:
    return next((names for role in _CREATORS if (names := record.names(role))), ())


def _year_key(record: Record, _: Words) -> SortKey | None:
    return None if record.year is None else (record.year,)


def _decade_key(record: Record, _: Words) -> SortKey | None:
    year = record.year
    if year is None:
        return None
    return (year // 10 * 10,) if year > 0 else (-((1 - year) // 10 * 10) - 1,)


def _decade(record: Record, words: Words) -> tuple[Group, ...]:
    key = _decade_key(record, words)
    if key is None:
        return ()
    decade = int(key[0])
    label = words.decade(decade) if decade >= 0 else words.decade(-decade - 1, is_before=True)
    return (Group(key, label, (str(decade), f"{decade}s")),)


def _type_key(record: Record, _: Words) -> SortKey | None:
    return (_TYPE_ORDER[record.type],) if record.type in _TYPE_ORDER else None


def _type(record: Record, words: Words) -> tuple[Group, ...]:
    if record.type not in _TYPE_ORDER:
        return ()
    names = (record.type, TYPES[record.type], *ENTRY_OF_TYPE[record.type])
    return (Group((_TYPE_ORDER[record.type],), words.type(record.type), names),)


def _topic_key(record: Record, words: Words) -> SortKey | None:
    return filed(record.keywords[0], None, words) if record.keywords else None


def _topics(record: Record, words: Words) -> tuple[Group, ...]:
    found: dict[str, Group] = {}
    for topic in record.keywords:
        label = topic_label(topic)
        rank = filed(label, None, words)
        if rank is not None:
            found.setdefault(label, Group((*rank, label), label, (topic,)))
    return tuple(found.values())


def _language_key(record: Record, words: Words) -> SortKey | None:
    tag = record.plain("language").strip()
    return filed(words.language(tag), None, words) if tag else None


def _language(record: Record, words: Words) -> tuple[Group, ...]:
    tag = record.plain("language").strip()
    rank = _language_key(record, words)
    if rank is None:
        return ()
    label = words.language(tag)
    return (Group((*rank, label), label, (tag, tag.partition("-")[0])),)


def _key(record: Record, words: Words) -> SortKey:
    return (words.sortable(record.key), record.key)


_TYPE_ORDER = {type_: place for place, type_ in enumerate(TYPES)}

FIELDS: dict[str, Field] = {
    "author": _names_field(_creators),
    "title": Field(lambda record, words: filed(record.title, record, words)),
    "date": Field(_time_field("issued").sort_key),
    "year": Field(_year_key, lambda record, words: _of_year(record.year, words), is_time=True),
    "decade": Field(_decade_key, _decade, is_time=True),
    "type": Field(_type_key, _type),
    "topic": Field(_topic_key, _topics),
    "container": _text_field(lambda record: record.plain("container-title")),
    "publisher": _text_field(lambda record: record.plain("publisher")),
    "place": _text_field(lambda record: record.plain("publisher-place")),
    "language": Field(_language_key, _language),
    "key": Field(_key),
    GIVEN: Field(lambda _record, _words: ()),
}
"""Name -> field. `author` is the first who is named: an author, else an editor."""

GROUPS: dict[str, Field] = {name: field for name, field in FIELDS.items() if field.groups}
"""The fields that make groups, besides those of BibLaTeX and CSL."""
