"""Entries that have got another key, recognised by what they say."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import TYPE_CHECKING

from northbib.bibtex.values import split_at_commas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.bibtex.entry import Entry

__all__ = ["renamed"]

Likeness = Callable[["Entry"], Iterator[Hashable]]
"""Gives signs by which an entry is recognised, the same for the same work."""

_IDS = "ids"
_DOI = "doi"


def renamed(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> dict[str, str]:
    """Find entries that have got another key.

    An entry that is gone and one that is new are the same where the new one has the old key as an
    alias (`ids`), where all their fields are the same, or their DOI, or title and people.

    Args:
        before: The entries of a version by their keys in lower case.
        after: Those of a later version.

    Returns:
        New key -> old key, in lower case; each is there once.
    """
    gone = {key: entry for key, entry in before.items() if key not in after}
    new = {key: entry for key, entry in after.items() if key not in before}
    found: dict[str, str] = {}
    for old_sign, new_sign in ((_key, _aliases), *((each, each) for each in _SIGNS)):
        if not gone or not new:
            break
        olds, news = _unique(gone, old_sign), _unique(new, new_sign)
        for sign in (sign for sign in news if sign in olds):
            if news[sign] in new and olds[sign] in gone:
                found[news[sign]] = olds[sign]
                del new[news[sign]], gone[olds[sign]]
    return found


def _unique(entries: Mapping[str, Entry], signs: Likeness) -> dict[Hashable, str]:
    """Give the keys of entries by signs that only one of them has."""
    keys: dict[Hashable, set[str]] = {}
    for key, entry in entries.items():
        for sign in signs(entry):
            keys.setdefault(sign, set()).add(key)
    return {sign: min(found) for sign, found in keys.items() if len(found) == 1}


def _key(entry: Entry) -> Iterator[Hashable]:
    yield entry.key.lower()


def _aliases(entry: Entry) -> Iterator[Hashable]:
    for alias in split_at_commas(entry.get(_IDS, "")):
        if alias.strip():
            yield alias.strip().lower()


def _content(entry: Entry) -> Iterator[Hashable]:
    fields = frozenset((name, value) for name, value in entry.items() if name != _IDS)
    if fields:
        yield entry.type, fields


def _doi(entry: Entry) -> Iterator[Hashable]:
    if doi := entry.get(_DOI, "").strip():
        yield doi.lower()


def _title(entry: Entry) -> Iterator[Hashable]:
    people = entry.get("author", "") or entry.get("editor", "")
    if people and entry.get("title", ""):
        yield people, entry["title"]


_SIGNS: tuple[Likeness, ...] = (_content, _doi, _title)
