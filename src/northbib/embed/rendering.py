"""The lists that sections ask for, each made once in a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from northbib import csl
from northbib.embed.request import QUERY, Request
from northbib.errors import NorthbibError, NotFoundError, StyleError, UsageError
from northbib.lists import ReadingList, reading_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from northbib.library.stored import Stored
    from northbib.records import Record

__all__ = ["Fault", "Library", "ListMaker"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a list from being made.

    Attributes:
        option: The option that is to blame, `QUERY` for the query.
        code: A stable name in kebab case.
        error: What is wrong.
        key: The citation key that it is about, "" for none.
    """

    option: str
    code: str
    error: NorthbibError
    key: str = ""


class Library(Protocol):
    """What a section needs of a library; `northbib.library.Store` is one."""

    def find(self, query: str, /) -> Sequence[Stored]:
        """Give the records that a query finds."""
        ...

    def get(self, key: str, /) -> Stored:
        """Give the record with a key."""
        ...


class ListMaker:
    """Makes lists from a library, and keeps them while articles ask for the same ones again.

    Attributes:
        styles: Folders to look in for a style before those that are installed.
    """

    def __init__(self, library: Library, styles: Sequence[Path] = ()) -> None:
        self.styles = tuple(styles)
        self._library = library
        self._found: dict[str, tuple[Record, ...]] = {}
        self._styles: dict[str, StyleError | NotFoundError | None] = {}
        self._lists: dict[Request, ReadingList] = {}

    def faults(self, request: Request) -> Iterator[Fault]:
        """Look for what keeps a list from being made, without making it.

        Raises:
            StoreError: The library cannot be read.
        """
        for key in request.keys:
            try:
                self._library.get(key)
            except NotFoundError as error:
                yield Fault("keys", "unknown-key", error, key)
        if request.query:
            try:
                self._find(request.query)
            except (UsageError, NotFoundError) as error:
                yield Fault(QUERY, "bad-query", error)
        wrong = self._style_fault(request.spec.style)
        if wrong is not None:
            yield Fault("style", "bad-style", wrong)

    def make(self, request: Request) -> ReadingList:
        """Make the list that is asked for.

        Raises:
            NorthbibError: A key, the style or the locale is not there, the query makes no sense,
                or the library cannot be read.
        """
        if request not in self._lists:
            self._lists[request] = reading_list(self._records(request), request.spec)
        return self._lists[request]

    def _records(self, request: Request) -> tuple[Record, ...]:
        if request.keys:
            return tuple(self._library.get(key).record for key in request.keys)
        return self._find(request.query)

    def _find(self, query: str) -> tuple[Record, ...]:
        if query not in self._found:
            self._found[query] = tuple(stored.record for stored in self._library.find(query))
        return self._found[query]

    def _style_fault(self, style: str) -> StyleError | NotFoundError | None:
        if style not in self._styles:
            self._styles[style] = None
            try:
                csl.Style.load(style, self.styles)
            except (StyleError, NotFoundError) as error:
                self._styles[style] = error
        return self._styles[style]
