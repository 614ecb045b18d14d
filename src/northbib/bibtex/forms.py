"""What an entry says in one of several forms: its type, its language, and localisation keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.languages import LANGUAGE_ALIASES, LANGUAGES, REGIONAL
from northbib.bibtex.latex import to_rich
from northbib.bibtex.localisation import GENRE_OF_ENTRY, GENRES, STATES, series_named
from northbib.bibtex.source import escape
from northbib.bibtex.tables import (
    ENTRY_OF_TYPE,
    EVENT_FIELDS,
    ISSUE_TYPES,
    SUBTYPES,
    TYPE_ALIASES,
    TYPE_OF_ENTRY,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from northbib.bibtex.draft import Draft
    from northbib.records import Value

__all__ = [
    "keep_entry_type",
    "language_source",
    "read_forms",
    "read_type",
    "write_forms",
    "write_type",
]

_ENTRY_TYPE = re.compile(r"[a-z][a-z0-9_-]*")
_NO_WORKS = frozenset("comment control preamble set string xdata".split())
_LANGID = {tag: name for name, tag in reversed(LANGUAGES.items())}


def read_type(entry_type: str, draft: Draft) -> str:
    """Read the CSL type from the entry type and `entrysubtype`."""
    by_entry = _by_entry(entry_type, draft.fields)
    given = draft.fields.get("entrysubtype", "")
    csl_type = SUBTYPES.get(given.strip().lower()) if given else None
    if csl_type is None:
        return by_entry
    del draft.fields["entrysubtype"]
    usual, subtype = ENTRY_OF_TYPE[csl_type]
    is_usual = csl_type != by_entry and (entry_type, given) == (usual, subtype or csl_type)
    if not is_usual and given != entry_type:
        draft.extra["entrysubtype"] = given.strip()
    return csl_type


def _by_entry(entry_type: str, fields: Mapping[str, str]) -> str:
    if entry_type == "unpublished" and not EVENT_FIELDS.isdisjoint(fields):
        return "speech"
    return TYPE_OF_ENTRY.get(entry_type) or SUBTYPES.get(entry_type, "document")


def keep_entry_type(entry_type: str, draft: Draft) -> None:
    """Keep the entry type, as `entrytype`, where it is not the one for the CSL type."""
    own = TYPE_ALIASES.get(entry_type, entry_type)
    is_subtype = own not in TYPE_OF_ENTRY and own in SUBTYPES
    if is_subtype or own == _usual(draft.type, draft.values)[0]:
        return
    if own == "misc":
        # Classic BibTeX knows no other for most types: the one in `entrysubtype` is what it is.
        draft.extra.pop("entrysubtype", None)
    else:
        draft.extra["entrytype"] = own


def _usual(csl_type: str, values: Mapping[str, Value]) -> tuple[str, str]:
    """Give the entry type and `entrysubtype` for a CSL type."""
    if csl_type == "book" and "author" not in values and "editor" in values:
        return "collection", ""
    return ENTRY_OF_TYPE.get(csl_type, ("misc", csl_type))


def write_type(draft: Draft, values: Mapping[str, Value]) -> str:
    """Write `entrysubtype`, if need be, and give the entry type.

    Args:
        draft: The record, all else of which is written.
        values: All that it holds.
    """
    entry_type, subtype = _usual(draft.type, values)
    own = draft.extra.pop("entrytype", "")
    given = draft.extra.get("entrysubtype", "")
    known = SUBTYPES.get(given.lower())
    if known is not None:
        del draft.extra["entrysubtype"]
    if known != draft.type:
        given = ""
    if _ENTRY_TYPE.fullmatch(own) and own not in _NO_WORKS:
        entry_type = own if given or _by_entry(own, draft.fields) == draft.type else entry_type
    if given or _by_entry(entry_type, draft.fields) != draft.type:
        draft.fields["entrysubtype"] = given or subtype or draft.type
    return entry_type


def _genre(text: str) -> str:
    return GENRES.get(text.lower(), text)


def _state(text: str) -> str:
    return STATES.get(text.lower(), text)


_KEYS: dict[str, tuple[str, Callable[[str], str]]] = {
    "type": ("genre", _genre),
    "pubstate": ("status", _state),
    "series": ("collection-title", series_named),
}
"""Field that may hold a key -> CSL variable, and what gives the word for a key."""


def read_forms(entry_type: str, draft: Draft) -> None:
    """Read kind, state of publication, series and language of a work."""
    fields = draft.fields
    if "type" not in fields and entry_type in GENRE_OF_ENTRY:
        fields["type"] = GENRE_OF_ENTRY[entry_type]
    for name, (variable, worded) in _KEYS.items():
        if name in fields and (name != "series" or draft.type in ISSUE_TYPES):
            text = to_rich(fields.pop(name))
            draft.values[variable] = word = worded(text)
            if word != text:
                draft.extra[name] = text
    if "langid" in fields or "language" in fields:
        _read_language(draft)


def _read_language(draft: Draft) -> None:
    # `langid` chooses hyphenation and so a region; `language` only says what the work is in.
    if "langid" not in draft.fields:
        text = to_rich(draft.fields.pop("language"))
        draft.values["language"] = _tag(text, is_langid=False)
        draft.extra["language"] = text
        return
    text = to_rich(draft.fields.pop("langid"))
    tag = draft.values["language"] = _tag(text, is_langid=True)
    other = to_rich(draft.fields.get("language", ""))
    if _LANGID.get(tag, tag) != text or (other and _tag(other, is_langid=False) == tag):
        draft.extra["langid"] = text


def _tag(text: str, *, is_langid: bool) -> str:
    """Give the BCP 47 tag of a language of babel; of several in a list, that of the first."""
    name = text.split(" and ", maxsplit=1)[0].strip().lower()
    babel = LANGUAGE_ALIASES.get(name, name)
    if babel not in LANGUAGES:
        babel = babel.removeprefix("lang")
    if babel not in LANGUAGES:
        return text
    tag = LANGUAGES[babel]
    return tag if is_langid or babel in REGIONAL else tag.partition("-")[0]


def write_forms(draft: Draft) -> None:
    """Write what `read_forms` reads: as it was given, if that says the same."""
    for name, (variable, worded) in _KEYS.items() if draft.extra else ():
        value, given = draft.values.get(variable), draft.extra.pop(name, None)
        if given is not None and worded(given) == value:
            draft.fields[name] = escape(given)
            del draft.values[variable]
    _write_language(draft)


def _write_language(draft: Draft) -> None:
    tag = draft.values.pop("language", None)
    given, other = draft.extra.pop("langid", None), draft.extra.get("language")
    if not isinstance(tag, str):
        draft.extra.pop("language", None)
    elif given is not None and _tag(given, is_langid=True) == tag:
        draft.fields["langid"] = escape(given)
    elif other is None or _tag(other, is_langid=False) != tag:
        draft.fields["langid"] = language_source(tag)


def language_source(tag: str) -> str:
    """Give the source of a language: its name in babel, if it has one."""
    return _LANGID.get(tag) or escape(tag)
