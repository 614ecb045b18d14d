"""CSL-JSON as Zotero takes it: the types it lets through, the members it has fields for.

Sources: Zotero's translator "CSL JSON" (its list of types: it refuses a whole file for one item of
another type), `itemFromCSLJSON` in its utilities (of a name it reads `family` and `given` alone)
and its schema (`csl`: types, fields, names). What it has no field for goes into Extra, which it
reads from `note`, in the lines that Zotero and Better BibTeX take as variables of an item:
`original-title: …`, `tex.howpublished: …`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from northbib.exchange.keeping import is_kept, with_kept
from northbib.exchange.people import name_of
from northbib.records import Date, Name, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from northbib.exchange.protocol import Module
    from northbib.records import Value

__all__ = ["DATES", "NAMES", "TEXTS", "TYPES", "decoded", "encoded", "kept"]

Item = dict[str, Any]

TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter dataset
    entry entry-dictionary entry-encyclopedia figure graphic interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent
    personal_communication post post-weblog report review review-book song speech thesis treaty
    webpage
    """.split()
)
"""The types that Zotero's translator knows."""

TEXTS = frozenset(
    """
    abstract archive archive_location authority call-number chapter-number collection-number
    collection-title container-title dimensions DOI edition event-place event-title genre ISBN ISSN
    issue journalAbbreviation language medium note number number-of-pages
    number-of-volumes page publisher publisher-place references scale section shortTitle source
    status title title-short URL version volume
    """.split()
)
"""The text members that Zotero has had fields for since its version 6."""

DATES = frozenset({"accessed", "issued", "submitted"})
NAMES = frozenset(
    """
    author collection-editor composer container-author contributor director editor guest
    interviewer performer producer recipient reviewed-author script-writer translator
    """.split()
)
"""The names that it has creators for; dates likewise."""

_NEAREST = {
    "classic": "book",
    "collection": "book",
    "document": "manuscript",
    "event": "speech",
    "hearing": "report",
    "performance": "speech",
    "periodical": "book",
    "regulation": "legislation",
    "software": "webpage",
    "standard": "report",
}
_TOLD_BY = (
    ("book", frozenset({"version"}), "software"),
    ("bill", frozenset({"publisher", "number-of-volumes"}), "hearing"),
)
"""Type and members from which Zotero tells another type, though it lets that one not through."""

_SHORT = "container-title-short"
_SHORT_MEMBER = "journalAbbreviation"
_MEMBERS = TEXTS | DATES | NAMES | {"id", "type"}
_KEY = "citation-key"
_KEY_LABEL = "Citation Key"
_LINE = re.compile(rf"(?P<name>(?:tex\.)?[A-Za-z][\w.+-]*|{_KEY_LABEL}): (?P<value>.+)")
_NOTE = re.compile(r"\{:(?P<name>[\w.+-]+): ?(?P<value>.*)\}", re.DOTALL)
_TOPICS = "keyword"
_SUFFIX = _BETWEEN = ", "


def encoded(record: Record, native: Item) -> Item:
    """Give the item that Zotero takes whole."""
    item = {
        _SHORT_MEMBER if name == _SHORT else name: _value(name, value, record)
        for name, value in native.items()
        if name in _MEMBERS or name in (_SHORT, _KEY)
    }
    return {**item, "type": _type(item)}


def _type(item: Item) -> str:
    kind = item["type"]
    for written, marks, meant in _TOLD_BY:
        if kind == meant and not marks.isdisjoint(item):
            return written
    return kind if kind in TYPES else _NEAREST.get(kind, "manuscript")


def _type_seen(item: Item) -> str:
    for written, marks, meant in _TOLD_BY:
        if item.get("type") == written and not marks.isdisjoint(item):
            return meant
    return str(item.get("type", ""))


def _value(name: str, value: Any, record: Record) -> Any:
    return [_name(each) for each in record.names(name)] if name in NAMES else value


def _name(name: Name) -> Mapping[str, str]:
    """Write a name in the two fields that Zotero has, as it divides them again for a citation."""
    if name.literal:
        return {"literal": name.literal}
    family = f"{name.non_dropping_particle} {name.family}".strip()
    given = f"{name.given} {name.dropping_particle}".strip()
    suffixed = f"{given}{_SUFFIX}{name.suffix}" if name.suffix else given
    return {part: text for part, text in (("family", family), ("given", suffixed)) if text}


def decoded(module: Module, native: Item) -> Record:
    """Give the record that Zotero makes of an item: without its `id`, with one day of a date."""
    lines = str(native.get("note", "")).split("\n")
    extra = {line: notes for line in lines if (notes := _notes_of(line))}
    members = {name: value for name, value in native.items() if name in _MEMBERS - {"id"}}
    note = "\n".join(line for line in lines if line not in extra)
    record = module.decode({**members, "type": _type_seen(members), "note": note})
    values = {name: _as_seen(value) for name, value in record.values.items()}
    return with_kept(
        record.replace(values=values), (note for notes in extra.values() for note in notes)
    )


def _notes_of(line: str) -> list[str]:
    """Give the notes of ours that a line of Extra stands for."""
    match = _LINE.fullmatch(line)
    if match is None:
        return []
    name, value = match["name"], match["value"]
    if name == _TOPICS:
        return [f"{{:{name}: {topic}}}" for topic in value.split(_BETWEEN)]
    note = f"{{:{_KEY if name == _KEY_LABEL else name}: {value}}}"
    return [note] if is_kept(note) and (name == _KEY_LABEL or _is_extra(name)) else []


def _as_seen(value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(map(_read, value))
    return Date(value.start, literal=value.literal) if isinstance(value, Date) else value


def _read(name: Name) -> Name:
    if name.literal or not name.given:
        return name
    given, _, suffix = name.given.partition(_SUFFIX)
    *first, last = _divided(given)
    divided = name_of(f"{name.family}, x")
    return Name(
        divided.family,
        " ".join(first) if first else last,
        dropping_particle=last if first else "",
        non_dropping_particle=divided.dropping_particle,
        suffix=suffix,
    )


def _divided(given: str) -> list[str]:
    """Divide the particles behind a given name from it."""
    words = given.split(" ")
    cut = len(words)
    while cut > 1 and words[cut - 1][:1].islower():
        cut -= 1
    behind = " ".join(words[cut:])
    return [" ".join(words[:cut]), *([behind] if behind else [])]


def _is_extra(name: str) -> bool:
    return name == "issued" or name not in TEXTS | NAMES | DATES | {_KEY, _SHORT}


def kept(native: Item, lines: Sequence[str]) -> Item:
    """Put into Extra what Zotero has no field for; what it has one for is left as it is."""
    note = str(native.get("note", ""))
    return {**native, "note": "\n".join(filter(None, (note, *_extra_lines(lines))))}


def _extra_lines(lines: Sequence[str]) -> Iterator[str]:
    found = [(match["name"], match["value"]) for match in map(_NOTE.fullmatch, lines) if match]
    for name, value in found:
        if name == _KEY:
            yield f"{_KEY_LABEL}: {value}"
        elif value and name != _TOPICS and _is_extra(name):
            yield f"{name}: {value}"
    if topics := _BETWEEN.join(value for name, value in found if name == _TOPICS):
        yield f"{_TOPICS}: {topics}"
