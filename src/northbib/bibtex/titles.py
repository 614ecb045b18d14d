"""Titles: `title`, `subtitle` and `titleaddon` and their relations <-> the titles of CSL.

CSL has one string for a title, its subtitle and its addition. What followed the title is kept
beside it, so that it can be cut off again. Source: biblatex manual 3.20, section 2.2.2; where a
work stands in a volume of a whole, CSL's `volume-title` is the volume's.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from northbib.bibtex.draft import Draft
from northbib.bibtex.latex import to_rich
from northbib.bibtex.source import to_source
from northbib.bibtex.tables import ISSUE_TYPES, TITLES, container_field
from northbib.records.text import INLINE_TAG, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["cut_off", "joined", "read_titles", "write_titles"]

_FOLLOWING = {
    prefix + "title": (prefix + "subtitle", prefix + "titleaddon")
    for prefix in ("", "book", "main", "journal", "issue")
}
"""Title field -> those of its subtitle and of its addition."""

_CONTAINERS = {
    "booktitle": ("booktitle", "journaltitle", "maintitle"),
    "journaltitle": ("journaltitle", "booktitle"),
}
"""Usual field of a container -> the fields that are read for one, in order."""

_WHOLES = frozenset("book classic collection pamphlet periodical thesis".split())
"""Types of works whose `booktitle` is for the chapters that inherit it."""

_TRIES = 64
"""How many places are looked at for the one where a subtitle begins."""

_PLACES_KEPT = 1024
"""For how many types with their titles the fields are in memory: more than CSL has."""

_LEVELS = ("title", "container-title", "volume-title")


def read_titles(draft: Draft) -> None:
    """Read the titles of the work, of what it stands in and of the volume of that."""
    places = _places_read(draft)
    for variable, name in zip(_LEVELS, places, strict=True):
        if name:
            _read_one(draft, variable, name)
    title, container, volume = places
    if title == "maintitle" and "volume-title" not in draft.values:
        draft.extra["maintitle"] = plain(str(draft.values.get("title", "")))
    usual = container_field(draft.type)
    if container in _CONTAINERS[usual] and (container != "maintitle" or not volume):
        text = str(draft.values.get("container-title", ""))
        draft.keep_name(container, usual, _CONTAINERS[usual], text)


def _places_read(draft: Draft) -> tuple[str, str, str]:
    """Give the fields of the titles on the three levels, "" where there is none."""
    fields = draft.fields
    if draft.type == "periodical" and "issuetitle" in fields:
        return "issuetitle", "title", ""
    usual = container_field(draft.type)
    names = ("journaltitle",) if draft.type in _WHOLES else _CONTAINERS[usual]
    container = _first(names, fields)
    if draft.type in ISSUE_TYPES:
        return "title", container, "issuetitle" if "issuetitle" in fields else ""
    if "maintitle" not in fields or container == "maintitle":
        return "title", container, ""
    if usual == "booktitle":
        return "title", "maintitle", container
    return "maintitle", container, "title"


def _first(names: tuple[str, ...], fields: Mapping[str, str]) -> str:
    for name in names:  # a generator costs three times what it looks for
        if name in fields:
            return name
    return ""


def _read_one(draft: Draft, variable: str, name: str) -> None:
    fields = draft.fields
    head = text = to_rich(fields.pop(name, ""), protects=name in TITLES)
    subtitle, addition = _FOLLOWING[name]
    if subtitle in fields:
        text = joined(text, _read_following(draft, subtitle), is_addition=False)
    if addition in fields:
        text = joined(text, _read_following(draft, addition), is_addition=True)
    if text:
        draft.values[variable] = text
    if head != text and head and name == variable:
        _shorten(draft, head)


def _read_following(draft: Draft, name: str) -> str:
    more = to_rich(draft.fields.pop(name), protects=name in TITLES)
    draft.extra[name] = plain(more)
    return more


def _shorten(draft: Draft, head: str) -> None:
    # What biblatex takes for the label is the short title, or else the title without its subtitle.
    given = draft.fields.get("shorttitle")
    if given is None:
        draft.values["title-short"] = head
    elif to_rich(given, protects=True) == head:
        draft.extra["shorttitle"] = plain(head)


def joined(text: str, more: str, *, is_addition: bool) -> str:
    """Put a subtitle, or an addition, behind a title."""
    if not text or not more:
        return text or more
    if is_addition:
        return f"{text}{' ' if text[-1] in '?!.' else '. '}{more}"
    return f"{text}{' ' if text[-1] in '?!:' else ': '}{more}"


def cut_off(text: str, tail: str, *, is_addition: bool) -> tuple[str, str] | None:
    """Cut what `joined` put behind a title off again; None if it is not there.

    Args:
        text: The whole, in rich text.
        tail: What was put behind, as plain text.
        is_addition: As for `joined`.
    """
    if plain(text) == tail:
        return "", text
    for mark in (". " if is_addition else ": ", " "):
        end = len(text)
        for _ in range(_TRIES):
            end = text.rfind(mark, 0, end)
            head, more = text[:end], text[end + len(mark) :]
            if end <= 0 or len(plain(more)) > len(tail):
                break
            if plain(more) == tail and _is_whole(more):
                if joined(head, more, is_addition=is_addition) == text:
                    return head, more
                break
    return None


def _is_whole(text: str) -> bool:
    """Whether every tag in a text is closed in it, and every one that closes was opened there."""
    depth = 0
    for match in INLINE_TAG.finditer(text):
        depth += -1 if match[0].startswith("</") else 1
        if depth < 0:
            return False
    return depth == 0


def write_titles(draft: Draft, *, whole: bool = False) -> None:
    """Write the titles.

    Args:
        draft: The record.
        whole: Whether subtitles stay with their titles, as in classic BibTeX, which has no
            field for them.
    """
    for variable, name in _places_written(draft):
        text = draft.values.pop(variable)
        if isinstance(text, str):
            _write_one(draft, variable, name, text, whole=whole)


def _places_written(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Give the variables of titles that a record has, and the field for each."""
    there = tuple([variable for variable in _LEVELS if variable in draft.values])
    return _places(draft, there) if draft.extra else _usual_places(draft.type, there)


@lru_cache(maxsize=_PLACES_KEPT)
def _usual_places(csl_type: str, there: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    # What the titles say counts only beside what was kept of how they were written.
    return _places(Draft(csl_type, {}, dict.fromkeys(there, ""), {}), there)


def _places(draft: Draft, there: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    values, usual = draft.values, container_field(draft.type)
    title, container, volume = (variable in there for variable in _LEVELS)
    places = {}
    if title:
        others = () if draft.type in ISSUE_TYPES or usual == "booktitle" else ("maintitle",)
        places["title"] = draft.name_kept("title", others, str(values["title"]))
    if draft.type == "periodical" and title and container:
        places |= {"title": "issuetitle", "container-title": "title"}
    elif container and volume and usual == "booktitle":
        places |= {"container-title": "maintitle", "volume-title": "booktitle"}
    elif container:
        text = str(values["container-title"])
        places["container-title"] = draft.name_kept(usual, _CONTAINERS[usual], text)
    if volume and draft.type in ISSUE_TYPES and draft.type != "periodical":
        places["volume-title"] = "issuetitle"
    elif volume and title and usual != "booktitle" and draft.type != "periodical":
        places |= {"title": "maintitle", "volume-title": "title"}
    return tuple(places.items())


def _write_one(draft: Draft, variable: str, name: str, text: str, *, whole: bool) -> None:
    head = text
    subtitle, addition = _FOLLOWING[name]
    for following in (addition, subtitle) if draft.extra else ():
        tail = draft.extra.pop(following, "")
        if not tail or (whole and following == subtitle):
            continue
        parts = cut_off(head, tail, is_addition=following == addition)
        if parts is not None:
            head, more = parts
            draft.fields[following] = to_source(more, protects=following in TITLES)
    if head:
        draft.fields[name] = to_source(head, protects=name in TITLES)
    is_short = head != text and name == variable and draft.values.get("title-short") == head
    if is_short and "shorttitle" not in draft.extra:
        del draft.values["title-short"]
