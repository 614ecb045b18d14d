"""Many sources in one run: several at a time, and their records in the order of the sources."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from northbib.errors import NorthbibError
from northbib.resolve.ahead import Ahead
from northbib.resolve.http.fetcher import Fetcher
from northbib.resolve.recognition import recognise
from northbib.resolve.resolver import resolved

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from northbib.resolve.claims import Resolution
    from northbib.resolve.settings import Settings

__all__ = ["Outcome", "in_order", "resolve_all"]

T = TypeVar("T")
R = TypeVar("R")

# Threads wait for a busy host without taking the place of those that could go on.
_THREADS_PER_REQUEST = 4
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one source.

    Attributes:
        source: The source, as it was given.
        resolution: The record and how it came about; None if there is none.
        error: Why there is none; None if there is one.
    """

    source: str
    resolution: Resolution | None = None
    error: NorthbibError | None = None


def resolve_all(
    sources: Iterable[str],
    *,
    settings: Settings,
    today: datetime.date | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Outcome]:
    """Resolve many sources with one set of connections, limits and cache.

    Works that are Crossref's are asked about 40 at a time, where nothing is lost by that. A source
    that fails does not hold the others up. What is left is broken off when the iterator
    is closed, and so it is at Ctrl-C.

    Args:
        sources: DOIs, addresses and whatever else is recognised; taken as they are needed.
        settings: How to reach the services.
        today: The day of access.
        fetcher: Asks in place of one made from `settings`; it is stopped, but not closed.

    Yields:
        One outcome for each source, in the order of the sources, as soon as those before it are
        there.
    """
    asker = fetcher or Fetcher(settings)
    try:
        with Ahead(asker) as ahead:
            yield from in_order(
                ahead.over(sources),
                lambda source: _outcome(source, asker, ahead, today),
                threads=settings.at_once * _THREADS_PER_REQUEST,
                stop=lambda: _stop(asker, ahead),
            )
    finally:
        if fetcher is None:
            asker.close()


def in_order(
    items: Iterable[T], work: Callable[[T], R], *, threads: int, stop: Callable[[], None]
) -> Iterator[R]:
    """Do some work on many items in threads, and give the results in the order of the items.

    Args:
        items: What to work on; taken no further ahead than keeps the threads busy.
        work: What to do with one.
        threads: The number of threads.
        stop: Is called when the results are not wanted any longer, to make work under way end.
    """
    pool = ThreadPoolExecutor(threads, thread_name_prefix="northbib")
    under_way: deque[Future[R]] = deque()
    try:
        for item in items:
            under_way.append(pool.submit(work, item))
            if len(under_way) >= threads * _AHEAD:
                yield _first(under_way)
        while under_way:
            yield _first(under_way)
    finally:
        if under_way:
            stop()
        pool.shutdown(cancel_futures=True)


def _first(under_way: deque[Future[R]]) -> R:
    # It counts as under way for as long as it is waited for.
    result = under_way[0].result()
    under_way.popleft()
    return result


def _stop(fetcher: Fetcher, ahead: Ahead) -> None:
    fetcher.stop()
    ahead.stop()


def _outcome(source: str, fetcher: Fetcher, ahead: Ahead, today: datetime.date | None) -> Outcome:
    try:
        identifier = recognise(source)
        ahead.wait(identifier)
        return Outcome(source, resolution=resolved(identifier, fetcher, today=today))
    except NorthbibError as error:
        return Outcome(source, error=error)
