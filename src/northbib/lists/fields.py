"""What a reading list can be sorted and grouped by: one table for both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.errors import UsageError
from northbib.lists.labels import LANGUAGES, OTHER, TYPES, UNDATED, topic_label
from northbib.records import fold
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from northbib.records import Record

__all__ = ["FIELDS", "GIVEN", "GROUPS", "Field", "Group", "direction", "group_field", "sort_field"]

SortKey = tuple[int | str, ...]

GIVEN = "given"
"""The sort field that keeps the order in which the records came."""

_ARTICLES = frozenset({"a", "an", "the"})
_CREATORS = ("author", "editor", "director", "composer", "translator", "collection-editor")


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a list: what orders it among the others, and what its heading says."""

    rank: SortKey
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field to sort or group by.

    Attributes:
        sort_key: What orders a record; None where the record has no such thing.
        groups: The groups that a record stands in; None where nothing is grouped by this field.
        rest: Heading of the group of those that stand in none.
    """

    sort_key: Callable[[Record], SortKey | None]
    groups: Callable[[Record], tuple[Group, ...]] | None = None
    rest: str = OTHER


def direction(name: str) -> tuple[str, bool]:
    """Split a leading minus off: the field's name, and whether the order is descending."""
    return name.removeprefix("-"), name.startswith("-")


def sort_field(name: str) -> Field:
    """Give the field to sort by, which may have a leading minus.

    Raises:
        UsageError: There is no such field.
    """
    return _known(direction(name)[0], FIELDS, "sort by")


def group_field(name: str) -> Field:
    """Give the field to group by, which may have a leading minus.

    Raises:
        UsageError: There is no such field, or it makes no groups.
    """
    return _known(direction(name)[0], GROUPS, "group by")


def _known(name: str, table: dict[str, Field], purpose: str) -> Field:
    if name in table:
        return table[name]
    hint = did_you_mean(name, table) or f"known are {', '.join(table)}"
    raise UsageError(f"there is no field {name!r} to {purpose}", hint=hint)


def _collated(text: str) -> SortKey | None:
    """Give a key without case, accents or leading punctuation; the same in every locale."""
    return (_from_first_letter(" ".join(fold(text).split())),) if text else None


def _filed(text: str) -> SortKey | None:
    """Give the key of a title, which is filed without its leading article."""
    key = _collated(text)
    if key is None:
        return None
    first, _, rest = str(key[0]).partition(" ")
    return (_from_first_letter(rest),) if first in _ARTICLES and rest else key


def _from_first_letter(text: str) -> str:
    return text[next((i for i, c in enumerate(text) if c.isalnum()), 0) :]


def _creator(record: Record) -> str:
    names = next((names for role in _CREATORS if (names := record.names(role))), ())
    return names[0].sort_form if names else ""


def _creators_key(record: Record) -> SortKey | None:
    names = next((names for role in _CREATORS if (names := record.names(role))), ())
    keys = (_collated(name.sort_form) for name in names)
    return tuple(str(key[0]) for key in keys if key) or None


def _date_key(record: Record) -> SortKey | None:
    issued = record.date("issued")
    return None if issued is None or issued.year is None else issued.sort_key


def _year_key(record: Record) -> SortKey | None:
    return None if record.year is None else (record.year,)


def _year(record: Record) -> tuple[Group, ...]:
    year = record.year
    if year is None:
        return ()
    return (Group((year,), str(year) if year > 0 else f"{1 - year} BC"),)


def _decade_key(record: Record) -> SortKey | None:
    year = record.year
    if year is None:
        return None
    return (year // 10 * 10,) if year > 0 else (-((1 - year) // 10 * 10) - 1,)


def _decade(record: Record) -> tuple[Group, ...]:
    key = _decade_key(record)
    if key is None:
        return ()
    decade = int(key[0])
    return (Group(key, f"{decade}s" if decade >= 0 else f"{-decade - 1}s BC"),)


def _type_key(record: Record) -> SortKey | None:
    return (_TYPE_ORDER[record.type],) if record.type in _TYPE_ORDER else None


def _type(record: Record) -> tuple[Group, ...]:
    key = _type_key(record)
    return () if key is None else (Group(key, TYPES[record.type]),)


def _topic_key(record: Record) -> SortKey | None:
    return _collated(record.keywords[0]) if record.keywords else None


def _topics(record: Record) -> tuple[Group, ...]:
    labels = dict.fromkeys(topic_label(topic) for topic in record.keywords)
    return tuple(group for label in labels for group in _group(label, _collated))


def _language_key(record: Record) -> SortKey | None:
    return _collated(_language(record))


def _language(record: Record) -> str:
    tag = record.plain("language").strip()
    return LANGUAGES.get(tag.replace("_", "-").partition("-")[0].lower(), tag)


def _group(label: str, key: Callable[[str], SortKey | None]) -> tuple[Group, ...]:
    rank = key(label)
    return () if rank is None else (Group((*rank, label), label),)


_TYPE_ORDER = {type_: place for place, type_ in enumerate(TYPES)}

FIELDS: dict[str, Field] = {
    "author": Field(_creators_key, lambda record: _group(_creator(record), _collated)),
    "title": Field(lambda record: _filed(record.title)),
    "date": Field(_date_key),
    "year": Field(_year_key, _year, UNDATED),
    "decade": Field(_decade_key, _decade, UNDATED),
    "type": Field(_type_key, _type),
    "topic": Field(_topic_key, _topics),
    "container": Field(
        lambda record: _filed(record.plain("container-title")),
        lambda record: _group(record.plain("container-title"), _filed),
    ),
    "publisher": Field(
        lambda record: _filed(record.plain("publisher")),
        lambda record: _group(record.plain("publisher"), _filed),
    ),
    "language": Field(_language_key, lambda record: _group(_language(record), _collated)),
    "key": Field(lambda record: (*(_collated(record.key) or ("",)), record.key)),
    GIVEN: Field(lambda _record: ()),
}
"""Name -> field. `author` is the first who is named: an author, else an editor."""

GROUPS: dict[str, Field] = {name: field for name, field in FIELDS.items() if field.groups}
"""The fields that make groups."""
