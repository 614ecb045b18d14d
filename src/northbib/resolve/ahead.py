"""Works that one question to Crossref brings together, asked about before they are wanted.

A list of works by `filter=doi:` has the same records as questions for single ones, and 40 of them
at a time; those that are not in it are asked about one by one. Source:
https://www.crossref.org/documentation/retrieve-metadata/rest-api/rest-api-filters/.
"""

from __future__ import annotations

import contextlib
import json
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from threading import Event, Lock
from typing import TYPE_CHECKING, Self

from northbib.errors import InputError, NorthbibError, UsageError
from northbib.records.identifiers import doi
from northbib.resolve.agencies import agency_of
from northbib.resolve.http.results import Request
from northbib.resolve.recognition import Identifier, recognise
from northbib.resolve.sources import crossref
from northbib.resolve.sources.crossref import MOST_LISTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from northbib.resolve.http.fetcher import Fetcher

__all__ = ["Ahead"]

_FEWEST = 3
_WINDOW = 400


class Ahead:
    """Asks about many works at a time, in threads of its own; a context manager.

    Args:
        fetcher: Asks, and takes in what came.
    """

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._pool = ThreadPoolExecutor(fetcher.settings.at_once, thread_name_prefix="ahead")
        self._lock = Lock()
        self._waiting: dict[str, Event] = {}
        self._crossref: list[str] = []
        self._unsorted = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._pool.shutdown()

    def stop(self) -> None:
        """Let nobody wait any longer, and begin nothing."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._let_go(self._waiting.copy())

    def over(self, sources: Iterable[str]) -> Iterator[str]:
        """Give sources as they are, having begun to ask about those that come next."""
        rest = iter(sources)
        while window := list(islice(rest, _WINDOW)):
            self._begin(window)
            yield from window

    def wait(self, identifier: Identifier) -> None:
        """Wait until what was asked about has come; not at all for what nobody asked about."""
        if (waiting := self._waiting.get(identifier.value)) is not None:
            waiting.wait()

    def _begin(self, sources: Sequence[str]) -> None:
        settings = self._fetcher.settings
        if settings.offline or not settings.url(crossref.NAME):
            return
        names = {name: None for source in sources if (name := self._unknown(source))}
        if len(names) < _FEWEST:
            return
        prefixes: defaultdict[str, list[str]] = defaultdict(list)
        for name in names:
            self._waiting[name] = Event()
            prefixes[name.partition("/")[0]].append(name)
        with self._lock:
            self._unsorted += len(prefixes)
        for each in prefixes.values():
            self._pool.submit(self._sort, each)

    def _unknown(self, source: str) -> str:
        """Give the DOI of a source that is not known yet, "" for anything else."""
        try:
            found = recognise(source)
        except UsageError:
            return ""
        if not crossref.recognises(found) or "," in found.value or found.value in self._waiting:
            return ""
        return "" if self._fetcher.knows(self._single(found.value)) else found.value

    def _sort(self, names: Sequence[str]) -> None:
        """Find out whether the DOIs of a prefix are Crossref's, and ask about those that are."""
        try:
            is_crossref = agency_of(names[0], self._fetcher) == crossref.AGENCY
        except NorthbibError:
            is_crossref = False
        if not is_crossref:
            self._let_go(names)
        for each in self._to_ask(names if is_crossref else ()):
            self._pool.submit(self._ask, each)

    def _to_ask(self, names: Sequence[str]) -> list[list[str]]:
        """Take in DOIs of Crossref, and give what makes full lists; in the end also the rest."""
        with self._lock:
            self._crossref += names
            self._unsorted -= 1
            lists: list[list[str]] = []
            while len(self._crossref) >= MOST_LISTED or (self._crossref and not self._unsorted):
                lists.append(self._crossref[:MOST_LISTED])
                del self._crossref[:MOST_LISTED]
            return lists

    def _ask(self, names: Sequence[str]) -> None:
        try:
            if len(names) >= _FEWEST:
                self._learn(names)
        finally:
            self._let_go(names)

    def _learn(self, names: Sequence[str]) -> None:
        url = crossref.address_of_list(self._fetcher.settings.url(crossref.NAME), names)
        result = self._fetcher.get(Request(url, accept="application/json", keep="never"))
        if result.outcome != "found" or result.response is None:
            return
        # Whatever is wrong with the list, single questions show.
        with contextlib.suppress(InputError):
            for work in crossref.works_in(result.response):
                name = doi(str(work.get("DOI") or ""))
                if name is not None and name in names:
                    body = json.dumps({"status": "ok", "message": work}).encode()
                    self._fetcher.learn(self._single(name), body)

    def _let_go(self, names: Iterable[str]) -> None:
        for name in names:
            self._waiting[name].set()

    def _single(self, name: str) -> Request:
        return crossref.requests(Identifier("doi", name), self._fetcher.settings.url)[0]
