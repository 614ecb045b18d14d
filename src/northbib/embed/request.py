"""What a section asks for: its words, read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from northbib.embed.cited import Cited, cited_in
from northbib.embed.options import CHOICES, OPTIONS, value_of
from northbib.errors import InputError, NorthbibError, NotFoundError, UsageError
from northbib.library.searching.fields import FIELDS
from northbib.lists import ListSpec, list_spec
from northbib.lists.fields import GIVEN
from northbib.lists.notes import read_notes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.embed.article import Article
    from northbib.embed.markers import Marker, Word
    from northbib.findings import Finding

__all__ = ["QUERY", "Asked", "Request", "asked"]

QUERY = ""
"""The name under which the query's place stands among those of the options."""

_OPTION = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9_-]*+)=(?P<value>.*)", re.DOTALL)
_DEPENDENT = ("order", "limit-per-group", "level", "group")
"""Options that may not fit the others, the first of which is to blame."""


@dataclass(frozen=True, slots=True)
class Request:
    """A list that sections ask for; sections that ask for the same have equal requests.

    Attributes:
        query: The query, "" for none.
        keys: Citation keys in the order of the list.
        spec: What the list looks like.
        cited: The keys that the article cites, which alone are listed, in this order; None where
            it does not matter what it cites.
        without: Keys that are left out.
        notes: The path of the file that the notes of `spec` are from, "" for none.
    """

    query: str
    keys: tuple[str, ...]
    spec: ListSpec
    cited: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and where in the article its parts stand.

    Attributes:
        request: The request, as far as it could be read.
        places: Offset of each option that is given, by its name, and of the query as `QUERY`.
        faults: What is wrong with it.
        cited: What the article cites, where the request is for that.
    """

    request: Request
    places: dict[str, int]
    faults: tuple[Finding, ...]
    cited: tuple[Cited, ...] = ()


def asked(
    article: Article,
    marker: Marker,
    styles: tuple[Path, ...] = (),
    listed: Iterable[str] = (),
    grouped: int = 0,
) -> Asked:
    """Read the words of a begin marker.

    Args:
        article: The article, beside which a style that is a path is looked for first, and notes.
        marker: The begin marker.
        styles: Folders to look in for a style.
        listed: The keys that earlier sections of the article list.
        grouped: How many of them have groups.
    """
    return _Reading(article, marker).asked(styles, listed, grouped + 1)


class _Reading:
    """The reading of one marker."""

    def __init__(self, article: Article, marker: Marker) -> None:
        self._article = article
        self._marker = marker
        self._faults: list[Finding] = []
        self._values: dict[str, Any] = {}
        self._places: dict[str, int] = {}
        self._query: list[str] = []
        for word in marker.words:
            self._read(word)

    def asked(self, styles: tuple[Path, ...], listed: Iterable[str], number: int) -> Asked:
        chosen = {name: self._values.pop(name, None) for name in CHOICES}
        self._check_choice(chosen)
        cited = cited_in(self._article) if chosen["cited"] is not None else ()
        in_text = tuple(one.key for one in cited)
        without = [*(listed if chosen["unlisted"] else ())]
        if chosen["cited"] is False:
            without += in_text
        notes = self._beside(chosen["notes"]) if chosen["notes"] else ""
        is_ordered = bool(chosen["keys"]) or chosen["cited"] is True
        request = Request(
            " ".join(self._query),
            chosen["keys"] or (),
            self._spec(notes, styles, number, is_ordered=is_ordered),
            in_text if chosen["cited"] else None,
            tuple(sorted(set(without))),
            notes,
        )
        sought = cited if chosen["cited"] else ()
        return Asked(request, self._places, tuple(self._faults), sought)

    def _read(self, word: Word) -> None:
        match = _OPTION.fullmatch(word.text)
        if match is None:
            self._places.setdefault(QUERY, word.offset)
            self._query.append(word.text)
            return
        name, value = match["name"], match["value"].replace('"', "").strip()
        if name in self._places:
            self._fault(word.offset, UsageError(f"the option {name} is given twice"))
            return
        self._places[name] = word.offset
        if name not in OPTIONS and name in FIELDS:
            hint = f"a query has a colon: {name}:{match['value']}"
            self._fault(word.offset, UsageError(f"there is no option {name}", hint=hint))
            return
        try:
            self._values[name] = value_of(name, value)
        except (UsageError, NotFoundError) as error:
            self._fault(word.offset, error)

    def _spec(
        self, notes: str, styles: tuple[Path, ...], number: int, *, is_ordered: bool
    ) -> ListSpec:
        values = self._values
        if is_ordered:
            values.setdefault("sort", (GIVEN,))
        if "style" in values and values["style"].endswith(".csl"):
            path = self._beside(values["style"])
            values["style"] = path if Path(path).is_file() else values["style"]
        if notes:
            values["notes"] = self._notes(notes)
        is_web = self._article.markup == "html"
        try:
            return list_spec(values, is_web=is_web, styles=styles, number=number)
        except UsageError as error:
            to_blame = next((name for name in _DEPENDENT if name in self._places), QUERY)
            self._fault(self._places.get(to_blame, self._marker.comment.start), error)
            return ListSpec()

    def _notes(self, path: str) -> tuple[Any, ...]:
        try:
            return read_notes(Path(path))
        except (NotFoundError, InputError) as error:
            self._fault(self._places["notes"], error)
            return ()

    def _beside(self, path: str) -> str:
        """Give the path of a file that lies by the article, whatever folder we are run in."""
        return str(Path(self._article.name).parent / path)

    def _check_choice(self, chosen: dict[str, Any]) -> None:
        """Say so where a section has a query and keys, or neither and no other fault."""
        places = self._places
        if "keys" in places and (QUERY in places or chosen["cited"]):
            place = places.get(QUERY, places.get("cited", 0))
            message = "a section lists what a query finds or what keys name, not both"
            fix = "drop one; in keys=A,B no space follows the comma"
            self._faults.append(self._article.fault(place, "query-and-keys", message, fix))
        elif not ("keys" in places or QUERY in places or chosen["cited"] or self._faults):
            message = "the section does not say what to list"
            fix = "add a query such as topic:NAME or in:BIBLIOGRAPHY, keys=KEY,KEY or cited=yes"
            place = self._marker.comment.start
            self._faults.append(self._article.fault(place, "empty-request", message, fix))

    def _fault(self, place: int, error: NorthbibError) -> None:
        where = "" if error.where is None else f"{error.where}: "
        if error.where is not None and error.line is not None:
            where = f"{error.where}:{error.line}: "
        message = f"{where}{error.message}"
        self._faults.append(self._article.fault(place, "bad-option", message, error.hint))
