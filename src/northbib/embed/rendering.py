"""The lists that sections ask for, each made once in a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from northbib import csl
from northbib.embed.cited import ALL
from northbib.embed.request import QUERY, Request
from northbib.errors import NorthbibError, NotFoundError, StyleError, UsageError
from northbib.lists import ReadingList, reading_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from northbib.embed.cited import Cited
    from northbib.library.stored import Stored
    from northbib.records import Record

__all__ = ["Fault", "Library", "ListMaker"]

_KEPT = 500
"""So many lists are kept; where each article has lists of its own, they are many."""
_STYLES = 50
"""So many styles are kept; an article may have one of its own beside it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a list from being made.

    Attributes:
        option: The option that is to blame, `QUERY` for the query.
        code: A stable name in kebab case.
        error: What is wrong.
        key: The citation key that it is about, "" for none.
        place: Where in the article that stands, None where the option does.
    """

    option: str
    code: str
    error: NorthbibError
    key: str = ""
    place: int | None = None


class Library(Protocol):
    """What a section needs of a library; `northbib.library.Store` is one."""

    def find(self, query: str, /) -> Sequence[Stored]:
        """Give the records that a query finds."""
        ...

    def get(self, key: str, /) -> Stored:
        """Give the record with a key."""
        ...


class ListMaker:
    """Makes lists from a library, and keeps some, for articles that ask for the same ones again.

    Attributes:
        styles: Folders to look in for a style before those that are installed.
    """

    def __init__(self, library: Library, styles: Sequence[Path] = ()) -> None:
        self.styles = tuple(styles)
        self._library = library
        self._found: dict[str, tuple[Record, ...]] = {}
        self._records: dict[str, Record | None] = {}
        self._styles: dict[str, csl.Style | StyleError | NotFoundError] = {}
        self._lists: dict[Request, ReadingList] = {}

    def faults(self, request: Request, cited: Iterable[Cited] = ()) -> Iterator[Fault]:
        """Look for what keeps a list from being made, without making it.

        Args:
            request: The list.
            cited: What its article cites, where the list is of that.

        Raises:
            StoreError: The library cannot be read.
        """
        for key in request.keys:
            error = self._missing(key)
            if error is not None:
                yield Fault("keys", "unknown-key", error, key)
        for cite in cited:
            error = self._missing(cite.key) if cite.sure and cite.key != ALL else None
            if error is not None:
                yield Fault("cited", "unknown-key", error, cite.key, cite.place)
        for note in request.spec.notes:
            error = self._missing(note.key)
            if error is not None:
                message = f"{request.notes}:{note.line}: {error.message}"
                yield Fault("notes", "unknown-key", NotFoundError(message, hint=error.hint))
        if request.query:
            try:
                self._find(request.query)
            except (UsageError, NotFoundError) as error:
                yield Fault(QUERY, "bad-query", error)
        style = self._style(request.spec.style)
        if not isinstance(style, csl.Style):
            yield Fault("style", "bad-style", style)

    def make(self, request: Request) -> ReadingList:
        """Make the list that is asked for.

        Raises:
            NorthbibError: A key, the style or the locale is not there, the query makes no sense,
                or the library cannot be read.
        """
        if request not in self._lists:
            if len(self._lists) == _KEPT:
                del self._lists[next(iter(self._lists))]
            records, style = self.select(request), self._style(request.spec.style)
            if not isinstance(style, csl.Style):
                raise style
            self._lists[request] = reading_list(records, request.spec, style)
        return self._lists[request]

    def select(self, request: Request) -> tuple[Record, ...]:
        """Give the records that a list is made of, before they are sorted and cut off.

        They are in the order of the keys, of the citations, or of the files.

        Raises:
            NorthbibError: A key is not there, the query makes no sense, or the library cannot be
                read.
        """
        if request.keys:
            found = tuple(self._library.get(key).record for key in request.keys)
        elif request.cited is not None:
            found = self._cited(request.cited, request.query)
        else:
            found = self._find(request.query)
        without = {key for name in request.without for key in (name, self._own_key(name))}
        return tuple(record for record in found if record.key not in without)

    def _cited(self, cited: tuple[str, ...], query: str) -> tuple[Record, ...]:
        """Give the works that are cited, of those that a query finds if there is one."""
        records = [record for key in cited if (record := self._known(key)) is not None]
        if ALL in cited:
            records += self._find("")
        if query:
            wanted = {record.key for record in self._find(query)}
            records = [record for record in records if record.key in wanted]
        return tuple({record.key: record for record in records}.values())

    def _known(self, key: str) -> Record | None:
        """Give the record of a key; looking for near keys is slow, and so done once for each."""
        if key not in self._records:
            try:
                self._records[key] = self._library.get(key).record
            except NotFoundError:
                self._records[key] = None
        return self._records[key]

    def _own_key(self, key: str) -> str:
        """Give the key of a record that is known by this one as well."""
        record = self._known(key)
        return key if record is None else record.key

    def _missing(self, key: str) -> NotFoundError | None:
        try:
            self._library.get(key)
        except NotFoundError as error:
            return error
        return None

    def _find(self, query: str) -> tuple[Record, ...]:
        if query not in self._found:
            if len(self._found) == _KEPT:
                del self._found[next(iter(self._found))]
            self._found[query] = tuple(stored.record for stored in self._library.find(query))
        return self._found[query]

    def _style(self, name: str) -> csl.Style | StyleError | NotFoundError:
        """Give a style, or what keeps it from being used; as it is when it is first asked for."""
        if name not in self._styles:
            if len(self._styles) == _STYLES:
                del self._styles[next(iter(self._styles))]
            try:
                self._styles[name] = csl.Style.load(name, self.styles)
            except (StyleError, NotFoundError) as error:
                self._styles[name] = error
        return self._styles[name]
