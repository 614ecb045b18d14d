"""CSL-JSON as Zotero takes it: items of its types, with what it has fields for.

Of a name it reads `family` and `given` alone, and divides particles and suffixes from these again
where it cites; of a date it reads the first day. What it has no field for goes into Extra, which it
reads from `note`, in the lines that Zotero and Better BibTeX take as variables of an item:
`original-title: …`, `tex.howpublished: …`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from northbib.exchange.csl_notes import note_of
from northbib.exchange.keeping import EXTRA, with_kept
from northbib.exchange.people import name_of
from northbib.exchange.zotero.members import members_of, type_made, types_for
from northbib.records import Date, Name, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from northbib.exchange.protocol import Module
    from northbib.records import Value

__all__ = ["decoded", "encoded", "kept"]

Item = dict[str, Any]

_MEMBER_OF = {"container-title-short": "journalAbbreviation"}
"""CSL variable -> the member that Zotero reads it from."""

_KEY, _KEY_LABEL = "citation-key", "Citation Key"
_TOPICS = "keyword"
_ISSUED = "issued"
_SUFFIX = _BETWEEN = ", "
_NOTE = re.compile(r"\{:(?P<name>[\w.+-]+): ?(?P<value>.*)\}", re.DOTALL)


def encoded(record: Record, native: Item) -> Item:
    """Give the item that Zotero takes whole."""
    item = _at_court({_MEMBER_OF.get(name, name): value for name, value in native.items()})
    written, made = types_for(item)
    members = members_of(made, item) | {_KEY}
    taken = {name: _value(name, value, record) for name, value in item.items() if name in members}
    return {**taken, "type": written}


def _at_court(item: Item) -> Item:
    """Give a case with its court where Zotero looks for it; it has no publisher of one."""
    if item.get("type") != "legal_case" or "authority" in item:
        return item
    return {"authority" if name == "publisher" else name: value for name, value in item.items()}


def _by_court(item: Item) -> Item:
    if item.get("type") != "legal_case":
        return item
    return {"publisher" if name == "authority" else name: value for name, value in item.items()}


def _value(name: str, value: Any, record: Record) -> Any:
    return [_name(each) for each in record.names(name)] if isinstance(value, list) else value


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
    made = type_made(native)
    members = members_of(made, native)
    lines = str(native.get("note", "")).split("\n")
    extra = {line: notes for line in lines if (notes := _notes_of(line, members))}
    item = {name: value for name, value in native.items() if name in members and name != "id"}
    item |= {"type": made, "note": "\n".join(line for line in lines if line not in extra)}
    record = module.decode(_by_court(item))
    values = {name: _as_seen(value) for name, value in record.values.items()}
    kept_notes = (note for notes in extra.values() for note in notes)
    return with_kept(record.replace(values=values), kept_notes)


def _as_seen(value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(map(_read, value))
    return Date(value.start, literal=value.literal) if isinstance(value, Date) else value


def _read(name: Name) -> Name:
    if name.literal or not name.given:
        return name
    given, _, suffix = name.given.partition(_SUFFIX)
    given, dropping = _divided(given)
    divided = name_of(f"{name.family}, x")
    return Name(divided.family, given, dropping, divided.dropping_particle, suffix)


def _divided(given: str) -> tuple[str, str]:
    """Divide the particles behind a given name from it."""
    words = given.split(" ")
    cut = len(words)
    while cut > 1 and words[cut - 1][:1].islower():
        cut -= 1
    return " ".join(words[:cut]), " ".join(words[cut:])


def _is_extra(name: str, members: frozenset[str]) -> bool:
    return name in ("type", _ISSUED) or _MEMBER_OF.get(name, name) not in members


def _notes_of(line: str, members: frozenset[str]) -> list[str]:
    """Give the notes of ours that a line of Extra stands for."""
    name, notes = note_of(line)
    return notes if name in (_KEY, _TOPICS) or (name and _is_extra(name, members)) else []


def kept(native: Item, lines: Sequence[str]) -> Item:
    """Put into Extra what Zotero has no field for; what it has one for is left as it is.

    citeproc-js reads the variables on top, up to the first line that is none of CSL.
    """
    found = [(match["name"], match["value"]) for match in map(_NOTE.fullmatch, lines) if match]
    more = sorted(_extra_lines(found, members_of(type_made(native), native)), key=_place)
    return {**native, "note": "\n".join(filter(None, (*more, str(native.get("note", "")))))}


def _place(line: str) -> int:
    return 2 if line.startswith(EXTRA) else int(line.startswith(_KEY_LABEL))


def _extra_lines(found: Sequence[tuple[str, str]], members: frozenset[str]) -> Iterator[str]:
    for name, value in found:
        if name == _KEY:
            yield f"{_KEY_LABEL}: {value}"
        elif value and name != _TOPICS and _is_extra(name, members):
            yield f"{name}: {value}"
    if topics := _BETWEEN.join(value for name, value in found if name == _TOPICS):
        yield f"{_TOPICS}: {topics}"
