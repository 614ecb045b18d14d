"""What a section asks for: its words, read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from northbib.embed.options import value_of
from northbib.errors import NotFoundError, UsageError
from northbib.lists import ListSpec
from northbib.lists.fields import GIVEN

if TYPE_CHECKING:
    from northbib.embed.article import Article
    from northbib.embed.markers import Marker, Word
    from northbib.findings import Finding

__all__ = ["QUERY", "Asked", "Request", "asked"]

QUERY = ""
"""The name under which the query's place stands among those of the options."""

_OPTION = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9_-]*+)=(?P<value>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Request:
    """A list that sections ask for; sections that ask for the same have equal requests.

    Attributes:
        query: The query, "" where keys are given.
        keys: Citation keys in the order of the list.
        spec: What the list looks like.
    """

    query: str
    keys: tuple[str, ...]
    spec: ListSpec


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and where in the article its parts stand.

    Attributes:
        request: The request, as far as it could be read.
        places: Offset of each option that is given, by its name, and of the query as `QUERY`.
        faults: What is wrong with it.
    """

    request: Request
    places: dict[str, int]
    faults: tuple[Finding, ...]


def asked(article: Article, marker: Marker, styles: tuple[Path, ...] = ()) -> Asked:
    """Read the words of a begin marker.

    Args:
        article: The article, beside which a style that is a path is looked for first.
        marker: The begin marker.
        styles: Folders to look in for a style.
    """
    faults: list[Finding] = []
    values: dict[str, Any] = {}
    places: dict[str, int] = {}
    query: list[str] = []
    for word in marker.words:
        match = _OPTION.fullmatch(word.text)
        if match is None:
            places.setdefault(QUERY, word.offset)
            query.append(word.text)
        elif match["name"] in places:
            faults.append(_fault(article, word, f"the option {match['name']} is given twice"))
        else:
            places[match["name"]] = word.offset
            _read(article, word, match, values, faults)
    keys: tuple[str, ...] = values.pop("keys", ())
    faults += _without_choice(article, marker, places)
    request = Request(" ".join(query), keys, _spec(article, values, keys, styles))
    return Asked(request, places, tuple(faults))


def _read(
    article: Article,
    word: Word,
    match: re.Match[str],
    values: dict[str, Any],
    faults: list[Finding],
) -> None:
    name, value = match["name"], match["value"].replace('"', "").strip()
    try:
        values[name] = value_of(name, value)
    except (UsageError, NotFoundError) as error:
        faults.append(_fault(article, word, error.message, error.hint))


def _fault(article: Article, word: Word, message: str, fix: str | None = None) -> Finding:
    return article.fault(word.offset, "bad-option", message, fix)


def _without_choice(
    article: Article, marker: Marker, places: dict[str, int]
) -> tuple[Finding, ...]:
    """Say so where a section has neither a query nor keys, or both."""
    if QUERY in places and "keys" in places:
        message = "a section lists what a query finds or what keys name, not both"
        fix = "drop one; in keys=A,B no space follows the comma"
        return (article.fault(places[QUERY], "query-and-keys", message, fix),)
    if QUERY in places or "keys" in places:
        return ()
    message = "the section does not say what to list"
    fix = "add a query such as topic:NAME or in:BIBLIOGRAPHY, or keys=KEY,KEY"
    return (article.fault(marker.comment.start, "empty-request", message, fix),)


def _spec(
    article: Article, values: dict[str, Any], keys: tuple[str, ...], styles: tuple[Path, ...]
) -> ListSpec:
    if keys:
        values.setdefault("sort", (GIVEN,))
    if "style" in values:
        values["style"] = _beside(article, values["style"])
    return ListSpec(styles=styles, **values)


def _beside(article: Article, style: str) -> str:
    """Give the path of a style that lies where the article is, whatever folder we are run in."""
    path = Path(article.name).parent / style
    return str(path) if path.suffix == ".csl" and path.is_file() else style
