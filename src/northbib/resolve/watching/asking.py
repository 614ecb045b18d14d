"""Asking for each address once, and for a made-up one beside it where that is needed."""

from __future__ import annotations

import re
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from northbib.progress import counted
from northbib.resolve.batch import in_order
from northbib.resolve.http.results import Request
from northbib.resolve.watching.judging import needs_sibling
from northbib.resolve.watching.links import is_persistent
from northbib.resolve.watching.missing import made_up_address

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
    from typing import TypeVar

    from northbib.resolve.http.fetcher import Fetcher
    from northbib.resolve.http.results import Result

    T = TypeVar("T")
    R = TypeVar("R")

__all__ = ["Asked", "ask_all", "each_once", "is_online", "page_request", "told_in_lists"]

_ENOUGH = 262_144
"""The bytes of a page that tell what it is: title, headings, and the first screens of text."""
_THREADS_PER_REQUEST = 4
_NOBODY_THERE = frozenset({"dns", "name-server", "connect", "unreachable"})
_ALWAYS_THERE = ("doi", "crossref", "wayback")
_NUMBER = re.compile(r"[\d.]+|[0-9a-f:.]*:[0-9a-f:.]*")


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of an address.

    Attributes:
        result: What came.
        sibling: What came of a made-up address beside it; None if that was not asked for.
    """

    result: Result
    sibling: Result | None = None


def page_request(address: str) -> Request:
    """Give the request for a page, of which the beginning is enough."""
    return Request(address, enough=_ENOUGH)


def ask_all(titles: Mapping[str, Sequence[str]], fetcher: Fetcher, doing: str) -> dict[str, Asked]:
    """Ask for addresses, each once, and each host for one made-up address at most.

    Args:
        titles: Address -> the titles of the works that have it as a link.
        fetcher: Asks.
        doing: What is done, for a person.
    """
    siblings = _Siblings(fetcher)

    def ask(address: str) -> Asked:
        result = fetcher.get(page_request(address))
        if is_persistent(address) or not needs_sibling(address, result, titles[address]):
            return Asked(result)
        return Asked(result, siblings.of(result.url))

    return each_once(list(titles), ask, fetcher, doing)


def each_once(
    items: Sequence[T], work: Callable[[T], R], fetcher: Fetcher, doing: str
) -> dict[T, R]:
    """Do some work on many items at a time, and show how far it is; Ctrl-C breaks it off."""
    found: dict[T, R] = {}
    threads = fetcher.settings.at_once * _THREADS_PER_REQUEST
    with closing(_results(items, work, fetcher, threads)) as results:
        for item in counted(items, doing):
            found[item] = next(results)
    return found


def told_in_lists(
    lists: Sequence[Sequence[T]],
    ask: Callable[[Sequence[T]], Mapping[T, R]],
    fetcher: Fetcher,
    doing: str,
) -> dict[T, R]:
    """Ask about works list by list, and give what came of each of them."""
    answers = each_once([tuple(each) for each in lists], ask, fetcher, doing)
    return {name: told for each in answers.values() for name, told in each.items()}


def _results(
    items: Sequence[T], work: Callable[[T], R], fetcher: Fetcher, threads: int
) -> Generator[R, None, None]:
    yield from in_order(items, work, threads=threads, stop=fetcher.stop)


def is_online(results: Iterable[Result], fetcher: Fetcher, *, by_name: bool = False) -> bool:
    """Whether this machine reaches anything at all.

    Args:
        results: What came in this run; one host that was reached settles it.
        fetcher: Asks services that are always there, if need be.
        by_name: Whether it has to be known that the names of hosts can be looked up.
    """
    asked = [each for each in results if not each.kept and each.outcome != "offline_miss"]
    if not asked or any(_was_reached(each, by_name=by_name) for each in asked):
        return True
    bases = (fetcher.settings.url(name) for name in _ALWAYS_THERE)
    probes = (fetcher.get(Request(base, keep="never", enough=1)) for base in bases if base)
    return any(probe.kind not in _NOBODY_THERE for probe in probes)


def _was_reached(result: Result, *, by_name: bool) -> bool:
    # That a number answers says nothing of names.
    is_number = _NUMBER.fullmatch(urlsplit(result.url).hostname or "") is not None
    return result.kind not in _NOBODY_THERE and not (by_name and is_number)


class _Siblings:
    """What hosts say of an address that cannot be; each is asked once."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._lock = Lock()
        self._known: dict[str, Future[Result]] = {}

    def of(self, url: str) -> Result:
        host = urlsplit(url).netloc
        with self._lock:
            future = self._known.get(host)
            if future is None:
                mine = self._known[host] = Future()
        if future is not None:
            return future.result()
        try:
            mine.set_result(self._fetcher.get(page_request(made_up_address(url))))
        except BaseException as error:
            mine.set_exception(error)
            raise
        return mine.result()
