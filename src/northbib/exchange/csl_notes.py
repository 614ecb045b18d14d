"""Variables that stand in the note of an item: `original-date: 1988`, a line each, on top of it.

With braces, `{:original-date: 1988}`, they mean the same. citeproc-js, pandoc and Zotero take such
lines as variables of the item, where it has none of that name yet; a type and dates count more
there than in the item. Zotero writes so what its user has put into Extra. The lines end at the
first that is none; one line of text may stand before them. Better BibTeX's `tex.urn: …` and
`Citation Key: …` are read as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.exchange.keeping import is_kept, with_kept
from northbib.records.vocabulary import DATE_VARIABLES

if TYPE_CHECKING:
    from northbib.records import Record

__all__ = ["PLAIN", "note_of", "with_variables"]

_LINE = re.compile(
    r"(?P<name>[-_a-z]+|[A-Z]+|tex\.[A-Za-z][\w.+-]*|Citation Key): *(?P<value>\S.*)"
)
PLAIN = re.compile(r"[^:]*")
"""A note that has no such lines for sure."""

_KEY, _KEY_LABEL = "citation-key", "Citation Key"
_TOPICS, _BETWEEN = "keyword", re.compile(r", *")


def note_of(line: str) -> tuple[str, list[str]]:
    """Give the name that a line of a note tells, and the notes of ours for it; none: "" and [].

    >>> note_of("keyword: a, b")
    ('keyword', ['{:keyword: a}', '{:keyword: b}'])
    """
    bare = line[2:-1] if line.startswith("{:") and line.endswith("}") else line
    match = _LINE.fullmatch(bare)
    if match is None:
        return "", []
    name = _KEY if match["name"] == _KEY_LABEL else match["name"]
    values = _BETWEEN.split(match["value"]) if name == _TOPICS else [match["value"]]
    notes = [f"{{:{name}: {value}}}" for value in values]
    return (name, notes) if is_kept(notes[0]) else ("", [])


def with_variables(record: Record) -> Record:
    """Give a record with the variables that stand in its note, and the note without these."""
    note = record.text("note")
    if PLAIN.fullmatch(note):
        return record
    lines = note.split("\n")
    place = 0 if note_of(lines[0])[0] else 1
    kept, notes = lines[:place], []
    for line in lines[place:]:
        place += 1
        name, found = note_of(line)
        if not name:
            kept += lines[place - 1 :]
            break
        if _counts(name, record):
            notes += found
        else:
            kept.append(line)
    if not notes:
        return record
    rest = {"note": "\n".join(kept)} if kept else {}
    others = {name: value for name, value in record.values.items() if name != "note"}
    return with_kept(record.replace(values={**others, **rest}), notes)


def _counts(name: str, record: Record) -> bool:
    if name == _TOPICS:
        return not record.keywords
    if name.startswith("tex."):
        return name.removeprefix("tex.") not in record.extra
    return name in DATE_VARIABLES or name in ("type", _KEY) or name not in record.values
