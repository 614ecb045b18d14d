"""The one way to the network: `Fetcher.get` takes a request and gives a result, and never raises.

Safe for many threads; one fetcher for one run, so that its connections, limits and cache are
shared.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Self
from urllib.parse import urldefrag

from northbib.errors import UsageError
from northbib.resolve.addresses import fit_address
from northbib.resolve.http.asking import Asker
from northbib.resolve.http.cache import Cache, Kept, lifetime
from northbib.resolve.http.clock import Clock
from northbib.resolve.http.flights import Flights
from northbib.resolve.http.manners import without_secrets
from northbib.resolve.http.outcomes import of_fault, of_response
from northbib.resolve.http.results import Fault, Request, Response, Result

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from requests.adapters import BaseAdapter

    from northbib.findings import Finding
    from northbib.resolve.settings import Settings

__all__ = ["Fetcher"]

_NOT_MODIFIED = 304
_NO_ANSWER = frozenset({"blocked", "rate_limited", "error"})
_NONE: frozenset[int] = frozenset()


class Fetcher:
    """Asks for things; a context manager.

    Args:
        settings: Whom to ask, how fast, and how much is too much.
        clock: Time and chance.
        adapters: Further adapters of requests, by the beginning of the addresses that they serve.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        adapters: Mapping[str, BaseAdapter] | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock or Clock()
        self._asker = Asker(settings, self._clock, adapters or {})
        self._flights: Flights[Result] = Flights()
        self._lock = Lock()
        self._notices: list[Finding] = []
        self._cache = Cache(settings.cache, self._notices.append)
        self._has_kept = False
        self._agencies: dict[str, Result] = {}
        self._learnt: dict[str, Result] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def settings(self) -> Settings:
        """What this fetcher was made with."""
        return self._settings

    def notices(self) -> tuple[Finding, ...]:
        """Give what a person should know of this run and has not been told: once each."""
        with self._lock:
            said = tuple(self._notices)
            self._notices.clear()
            return said

    def stop(self) -> None:
        """Break off whatever is under way; what is asked for from now on is `stopped`."""
        self._clock.stop()
        self._asker.break_off()

    def close(self) -> None:
        """Close connections and cache."""
        if self._has_kept:
            self._cache.forget(self._clock.wall())
        self._cache.close()
        self._asker.close()

    def get(self, request: Request | str) -> Result:
        """Ask for something, and say what came of it.

        Redirects are followed, and what may pass is tried again. An answer that is kept is given
        without asking as long as its time is not over.

        Args:
            request: What to ask for; a string is the address of a page.
        """
        asked = Request(request) if isinstance(request, str) else request
        try:
            asked = replace(asked, url=fit_address(asked.url))
        except UsageError as error:
            return of_fault(asked.url, Fault("address", error.message, error.hint or ""))
        key = self._key(asked)
        if key in self._agencies:
            return self._agencies[key]
        # Given once: many of them are large, and they are in the cache, too.
        if (learnt := self._learnt.pop(key, None)) is not None:
            return learnt
        result = self._flights.share(key, lambda: self._known_or_asked(asked, key))
        if asked.keep == "agency" and result.outcome == "found":
            # Asked for with every DOI, and kept for the run where there is no cache on disk.
            self._agencies[key] = result
        return result

    def knows(self, request: Request) -> bool:
        """Whether an answer is at hand, so that nobody would be asked."""
        key = self._key(replace(request, url=fit_address(request.url)))
        if key in self._learnt or self._settings.offline:
            return True
        kept = None if self._settings.refresh else self._cache.get(key)
        return kept is not None and self._clock.wall() < kept.expires

    def learn(self, request: Request, body: bytes) -> None:
        """Take in the answer to a request that came as a part of another answer.

        Args:
            request: What it would have been asked for by.
            body: What the answer would have been, in a media type that the request accepts.
        """
        request = replace(request, url=fit_address(request.url))
        headers = {"content-type": request.accept}
        response = Response(without_secrets(request.url), 200, body, headers)
        key = self._key(request)
        result = of_response(response, self._clock.wall(), _NONE)
        self._learnt[key] = self._keep(key, request, result)

    def _known_or_asked(self, request: Request, key: str) -> Result:
        settings = self._settings
        kept = self._cache.get(key) if request.keep != "never" else None
        if kept is not None:
            is_fresh = self._clock.wall() < kept.expires
            if settings.offline or (is_fresh and not settings.refresh):
                return _from_cache(kept, stale=not is_fresh)
        if settings.offline:
            return Result(
                outcome="offline_miss",
                url=without_secrets(request.url),
                reason="it is not in the cache, and nothing is asked for offline",
                hint="run it again without --offline",
            )
        result = self._asker.ask(request, kept)
        return self._keep(key, request, result if kept is None else self._renewed(result, kept))

    def _renewed(self, result: Result, kept: Kept) -> Result:
        """Give the kept answer where it is still right, or where no better one came."""
        if kept.response.status >= 300:
            return result
        response = result.response
        if response is not None and response.status == _NOT_MODIFIED:
            # The way there may be another one than it was.
            same = replace(kept.response, redirects=response.redirects)
            return of_response(same, self._clock.wall(), _NONE)
        if result.outcome in _NO_ANSWER:
            return replace(_from_cache(kept, stale=True), reason=result.reason)
        return result

    def _keep(self, key: str, request: Request, result: Result) -> Result:
        response = result.response
        if result.kept or response is None or result.outcome not in ("found", "not_found", "gone"):
            return result
        seconds = lifetime(request.keep, response.status)
        if seconds > 0 and result.fetched is not None and not self._asker.tells_a_key(response):
            self._cache.put(key, Kept(response, result.fetched, result.fetched + seconds))
            self._has_kept = True
        return result

    def _key(self, request: Request) -> str:
        where = "private" if self._settings.allow_private else "public"
        url = without_secrets(urldefrag(request.url)[0])
        further = [str(request.enough)] if request.enough else []
        further += [f"{name}: {value}" for name, value in request.headers]
        head = "\n".join((request.method, url, request.accept, where, *further))
        return sha256(head.encode() + b"\n" + request.body).hexdigest()


def _from_cache(kept: Kept, *, stale: bool) -> Result:
    result = of_response(kept.response, kept.fetched, _NONE)
    return replace(result, kept=True, stale=stale, retry_after=None)
