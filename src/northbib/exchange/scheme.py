"""How tagged formats name the parts of a record: one table for reading and writing each.

RIS and the formats of EndNote differ in their tags and agree in what these mean; in all of them
the type of a record gives some tags a meaning of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from northbib.bibtex.localisation import GENRES
from northbib.exchange.keeping import is_kept, with_kept
from northbib.exchange.languages import tag_of
from northbib.exchange.people import inverted, names_in
from northbib.exchange.serial_numbers import MARKED_SERIAL, serial_numbers
from northbib.exchange.shapes import is_simple
from northbib.exchange.tagged import ENTITY, Fields, grouped, one_line
from northbib.records import Record
from northbib.records.vocabulary import NAME_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from northbib.records import Name, Value

__all__ = [
    "HAS_PAGE_COUNT",
    "LONE_DOI",
    "SERIALS",
    "Scheme",
    "comes_back",
    "decoded",
    "decoded_lines",
    "encoded",
    "is_one_topic",
    "line_of",
    "type_written",
]

T = TypeVar("T")

SERIALS = frozenset(
    "article-journal article-magazine article-newspaper periodical review review-book".split()
)
"""Types that have an issue, and an ISSN."""

HAS_PAGE_COUNT = frozenset("book thesis report manuscript pamphlet classic collection".split())
"""Types whose pages, if one number, are how many there are."""

_NAMES_KEPT = 1 << 13
"""How many names are in memory as they are written: people write more than one work."""

_SETS_KEPT = 1 << 12
"""How many sets of tags are."""

_VERSIONED = frozenset({"dataset", "software"})
_HAVE_NO_SERIAL = frozenset({"patent", "standard"})
_SHARED = {"issue": "number", "number": "issue", "edition": "version", "version": "edition"}
"""Variables that share a tag."""

_MARKED_SERIAL = re.compile(MARKED_SERIAL)
_NAMED_SERIAL = re.compile(r"\bIS[BS]N\b.*\d", re.IGNORECASE)
_KIND_OF_SERIAL = re.compile(r"(?<!\s)\s*\([^()]*\)$")
_PLAIN_SERIAL = re.compile(r"(?P<ISSN>\d{4}-\d{3}[\dXx])|97[89](?:-?\d){9}-?[\dX]|\d{9}[\dXx]")
_IN_LINES = frozenset({"abstract", "annote"})
_DOI = re.compile(
    r"(?:(?:https?://)?(?:[\w-]+\.)*doi[.-]org[\w.-]*/)?(?:doi[:\s]\s*)?(.*\b10\..*)", re.IGNORECASE
)
LONE_DOI = re.compile(
    r"(?:doi[:\s]\s*)?(?:https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}(?:\.\d+)*/\S+)", re.IGNORECASE
)
"""A text that is a DOI and no more."""

_FORMS = {"DOI": _DOI, "PMCID": re.compile(r"(PMC\d+.*)", re.IGNORECASE)}
"""Variable -> the form of its value, where others have its tag as well."""

_TAG_SIGNS = re.compile(r"[^A-Za-z0-9-]")


@dataclass(frozen=True, slots=True)
class Scheme:
    """The tags of a format.

    Where two tags stand with a space between, both are written and the first is read before the
    second.

    Attributes:
        key: Tag of the citation key.
        keyword: Tag of a topic.
        note: Tag of a note, where notes of ours are kept as well.
        serial: Tag of an ISBN or ISSN.
        names: Role -> tag, a line for each name.
        texts: Variable -> tag, in the order in which they are written.
        by_type: The format's own name of a type -> role or variable -> the tag that it has there,
            "" for none. What else has that tag in other types has none in this one.
        others: Role or variable -> tags that stand for it where its own is not there.
        extras: Tag -> the field, by its BibTeX name, for what CSL has no variable for.
        passed: Tags that the format's module reads itself.
        between: What stands between topics that share a line; "" where each has its own.
        prefix: What the name of a field begins with that holds a value no other part is left for.
    """

    key: str
    keyword: str
    note: str
    serial: str
    names: Mapping[str, str]
    texts: Mapping[str, str]
    by_type: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extras: Mapping[str, str] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()
    between: str = ""
    prefix: str = ""
    _of_types: dict[tuple[str, str], _Tags] = field(default_factory=dict, repr=False, compare=False)

    def tags(self) -> frozenset[str]:
        """Give all tags that the format has."""
        several = [*self.names.values(), *self.texts.values()]
        several += [tags for own in self.by_type.values() for tags in own.values()]
        named = {tag for tags in several for tag in tags.split()}
        named.update(*self.others.values(), self.extras, self.passed)
        return frozenset(named | {self.key, self.keyword, self.note, self.serial})

    def tags_of(self, native: str, kind: str) -> _Tags:
        """Give the tags that records of a type have, by its name in the format and in CSL."""
        found = self._of_types.get((native, kind))
        if found is None:
            found = self._of_types[native, kind] = _tags(self, native, kind)
        return found


class _Plans(dict[tuple[str, ...], T]):
    """What is to be done with records by the names of what they have, made once for each set.

    Few sets are in a file, and a set is looked up without a call of Python.
    """

    def __init__(self, make: Callable[[tuple[str, ...]], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, names: tuple[str, ...]) -> T:
        if len(self) == _SETS_KEPT:
            self.clear()
        made = self[names] = self._make(names)
        return made


@dataclass(frozen=True, slots=True)
class _Tags:
    """The tags of a type.

    Attributes:
        names: Role -> the tags that are read for it.
        texts: Variable -> likewise.
        written: Role or variable -> the tags that are written.
        shares_serial: Whether numbers of the work have the tag of ISBN and ISSN.
        read: Tags that are there -> the variables, in order, that may be read of them.
        lines: Variables that are there -> those that are written, in order, and their tags.
    """

    names: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, tuple[str, ...]]
    written: Mapping[str, tuple[str, ...]]
    shares_serial: bool
    read: _Plans[tuple[str, ...]]
    lines: _Plans[tuple[tuple[str, tuple[str, ...]], ...]]


def _tags(scheme: Scheme, native: str, kind: str) -> _Tags:
    own = scheme.by_type.get(native, {})
    left = {name: tag for name, tag in scheme.texts.items() if _stands_for(name, kind)}
    names = _merged(scheme.names, own, names=True)
    texts = _merged(left, own, names=False)
    read = {
        name: tags + (() if name in own else scheme.others.get(name, ()))
        for name, tags in texts.items()
    }

    def variables(tags: tuple[str, ...]) -> tuple[str, ...]:
        there = set(tags)
        return tuple([name for name, several in read.items() if not there.isdisjoint(several)])

    def lines(variables: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        pairs = ((_source_of(name, variables, texts), tags) for name, tags in texts.items())
        return tuple([(source, tags) for source, tags in pairs if source])

    return _Tags(
        names={role: tags + scheme.others.get(role, ()) for role, tags in names.items()},
        texts=read,
        written=names | texts,
        shares_serial=scheme.serial in texts.get("number", ()),
        read=_Plans(variables),
        lines=_Plans(lines),
    )


def _source_of(variable: str, there: Container[str], tags: Container[str]) -> str:
    """Give what is written for a variable: itself, or what other types have in its tag."""
    twin = _SHARED.get(variable, "")
    if variable in there:
        return variable
    return twin if twin in there and twin not in tags else ""


def _merged(
    base: Mapping[str, str], own: Mapping[str, str], *, names: bool
) -> dict[str, tuple[str, ...]]:
    taken = {tag for tags in own.values() for tag in tags.split()}
    merged = {name: tag for name, tag in base.items() if taken.isdisjoint(tag.split())}
    merged |= {name: tag for name, tag in own.items() if (name in NAME_VARIABLES) == names}
    return {name: tuple(tag.split()) for name, tag in merged.items() if tag}


def _stands_for(variable: str, kind: str) -> bool:
    """Tell whether a type has a variable, of those that share a tag."""
    if variable in ("issue", "number"):
        return (variable == "issue") == (kind in SERIALS)
    if variable in ("edition", "version"):
        return (variable == "version") == (kind in _VERSIONED)
    return True


def decoded(
    fields: Fields, types: tuple[str, str], scheme: Scheme, more: Mapping[str, Value]
) -> Record:
    """Give the record of tagged lines.

    Args:
        fields: The lines.
        types: The type that they name, in the format's words and in those of CSL.
        scheme: The tags.
        more: What the format says in ways of its own, such as pages and dates.
    """
    return decoded_lines(grouped(fields), types, scheme, more)


def decoded_lines(
    left: dict[str, list[str]],
    types: tuple[str, str],
    scheme: Scheme,
    more: Mapping[str, Value],
) -> Record:
    """Give a record as `decoded` does.

    Args:
        left: The values of each tag, none of them empty; those that say something are taken out.
        types: As for `decoded`.
        scheme: As for `decoded`.
        more: As for `decoded`.
    """
    kind = types[1]
    tags = scheme.tags_of(*types)
    for tag in scheme.passed:
        left.pop(tag, None)
    key = _first(left, (scheme.key,))
    notes = _notes(left, scheme)
    topics = _topics(left, scheme)
    values: dict[str, Value] = {}
    for role, several in tags.names.items():
        for tag in several:
            if tag in left:
                values[role] = names_in(left.pop(tag))
                break
    values |= _serial_numbers(left, scheme.serial, kind, shared=tags.shares_serial)
    for variable in tags.read[tuple(left)]:
        several = tags.texts[variable]
        form = _FORMS.get(variable)
        if form is not None and several[0].startswith("PMC"):
            form = None
        if text := _first(left, several, form):
            values[variable] = text if variable in _IN_LINES else one_line(text)
    if language := values.get("language"):
        values["language"] = tag_of(str(language))
    values |= more
    if own_note := "\n".join([line for line in notes if not is_kept(line)]):
        values["note"] = own_note
    extra = _extras(left, scheme)
    record = Record(key, kind, values, tuple(topics), extra)
    return with_kept(record, notes) if notes else record


def _first(
    left: dict[str, list[str]], tags: tuple[str, ...], form: re.Pattern[str] | None = None
) -> str:
    """Take the first value of the first tag that has one of a form, and all that say the same."""
    found = ""
    for tag in tags:
        values = left.get(tag)
        if values is None:
            continue
        if not found:
            fitting = values if form is None else filter(form.fullmatch, values)
            found = next(iter(fitting), "")
        if found:
            if others := [value for value in values if value != found]:
                left[tag] = others
            else:
                del left[tag]
    match = form.fullmatch(found) if form is not None else None
    return match[1].replace("%2F", "/").replace("%2f", "/") if match else found


def _notes(left: dict[str, list[str]], scheme: Scheme) -> list[str]:
    tags = (scheme.note, *scheme.others.get("note", ()))
    return [line for tag in tags for text in left.pop(tag, ()) for line in text.split("\n")]


def _topics(left: dict[str, list[str]], scheme: Scheme) -> dict[str, None]:
    lines = (line for value in left.pop(scheme.keyword, ()) for line in value.split("\n"))
    sign = scheme.between.strip() or ";"
    words = [
        word.strip()
        for line in lines
        for word in (line.split(sign) if sign in line and _is_divided(line, sign) else (line,))
    ]
    return dict.fromkeys(filter(None, words))


def _is_divided(line: str, sign: str) -> bool:
    """Tell whether a sign in a line stands between topics: not at the end of an entity."""
    return sign != ";" or ENTITY.search(line) is None


def is_one_topic(text: str) -> bool:
    """Tell whether a topic is read from a line of its own as it was."""
    return ";" not in text and is_simple(text)


def _serial_numbers(
    left: dict[str, list[str]], tag: str, kind: str, *, shared: bool
) -> dict[str, Value]:
    """Take the ISBNs and ISSNs; where their tag is shared with the number, leave that."""
    if tag not in left or (shared and kind in _HAVE_NO_SERIAL):
        return {}
    numbers: dict[str, list[str]] = {}
    others = []
    for written in left.pop(tag):
        if plain := _PLAIN_SERIAL.fullmatch(written):
            numbers.setdefault(plain.lastgroup or "ISBN", []).append(written)
        elif shared and not _is_marked(written):
            others.append(written)
        else:
            for variable, number in serial_numbers(written):
                numbers.setdefault(variable, []).append(number)
    if others:
        left[tag] = others
    return {variable: " ".join(dict.fromkeys(several)) for variable, several in numbers.items()}


def _is_marked(written: str) -> bool:
    bare = _KIND_OF_SERIAL.sub("", written)
    return bool(_MARKED_SERIAL.fullmatch(bare) or _NAMED_SERIAL.search(written))


def _extras(left: Mapping[str, list[str]], scheme: Scheme) -> dict[str, str]:
    """Give what no variable has taken as fields, so that nothing a file says is lost."""
    extra: dict[str, str] = {}
    for tag, values in left.items():
        name = scheme.extras.get(tag) or scheme.prefix + _TAG_SIGNS.sub("-", tag).strip("-").lower()
        several = "; ".join(one_line(value) for value in dict.fromkeys(values))
        extra[name] = f"{extra[name]}; {several}" if name in extra else several
    return extra


def encoded(
    record: Record,
    types: tuple[str, str],
    scheme: Scheme,
    text: Callable[[Record, str], str] = Record.plain,
) -> list[tuple[str, str]]:
    """Give the tagged lines of a record, but for its type and what the format says in its own way.

    Lines without a value are among them.

    Args:
        record: The record.
        types: The type that is written for it, and the CSL type that this is read as.
        scheme: The tags.
        text: Gives the text of a variable as the format can hold it.
    """
    tags, values = scheme.tags_of(*types), record.values
    fields = [(scheme.key, record.key)]
    for role in tags.names:
        if role in values:
            fields += [(tags.written[role][0], line_of(name)) for name in record.names(role)]
    for variable, several in tags.lines[tuple(values)]:
        value = text(record, variable)
        if variable == "genre":
            value = GENRES.get(value, value)
        if value:
            line = one_line(value)
            fields += [(tag, line) for tag in several]
    fields += [
        (scheme.serial, record.plain(variable))
        for variable in ("ISBN", "ISSN")
        if variable in values
    ]
    topics = [one_line(word) for word in record.keywords]
    lines = [scheme.between.join(topics)] if scheme.between else topics
    fields += [(scheme.keyword, line) for line in lines]
    if extra := record.extra:
        fields += [
            (tag, one_line(extra[name])) for tag, name in scheme.extras.items() if name in extra
        ]
    return fields


def type_written(record: Record, named: str, book: str, edited: str) -> str:
    """Give the type that a record is written as: a book that has editors only is an edited one."""
    is_edited = named == book and record.names("editor") and not record.names("author")
    return edited if is_edited else named


@lru_cache(maxsize=_NAMES_KEPT)
def line_of(name: Name) -> str:
    """Write a name; a comma behind that of a body keeps EndNote from taking it for a person's."""
    is_body = " " in name.literal and "," not in name.literal
    return f"{name.literal}, " if is_body else one_line(inverted(name))


@lru_cache(maxsize=_NAMES_KEPT)
def comes_back(name: Name) -> bool:
    """Tell whether a name is read from its line as it was."""
    line = inverted(name)
    is_one_line = ";" not in line and line.splitlines() == [line.strip()]
    return is_one_line and names_in([line_of(name)]) == (name,)
