"""Asking until an answer comes, or there is no point in asking again: in turn, and not for ever."""

from __future__ import annotations

from dataclasses import replace
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from northbib.resolve.http.chain import FaultAt, follow
from northbib.resolve.http.exchange import Exchange
from northbib.resolve.http.keys import Keys
from northbib.resolve.http.limits import Lanes
from northbib.resolve.http.manners import Manners
from northbib.resolve.http.outcomes import of_fault, of_response
from northbib.resolve.http.results import Fault, Result
from northbib.resolve.http.retries import backoff, passes, retry_after
from northbib.resolve.http.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from requests.adapters import BaseAdapter

    from northbib.resolve.http.cache import Kept
    from northbib.resolve.http.chain import Hop
    from northbib.resolve.http.clock import Clock
    from northbib.resolve.http.results import Request, Response
    from northbib.resolve.settings import Settings

__all__ = ["Asker"]

_HELD_AT_MOST = 3600.0
_NOBODY_THERE = frozenset({"dns", "name-server", "connect", "unreachable"})
_NONE: frozenset[int] = frozenset()


class Asker:
    """Asks hosts, with what all requests of a run share: connections, turns and manners."""

    def __init__(
        self, settings: Settings, clock: Clock, adapters: Mapping[str, BaseAdapter]
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._session = Session(settings, adapters)
        self._keys = Keys(settings.keys, keyring=settings.keyring)
        self._manners = Manners(settings, self._keys)
        self._lanes = Lanes(clock)
        self._room = BoundedSemaphore(settings.at_once)
        self._lock = Lock()
        self._under_way: set[Exchange] = set()

    def close(self) -> None:
        """Close all connections."""
        self._session.close()

    def break_off(self) -> None:
        """End what is under way."""
        with self._lock:
            under_way = tuple(self._under_way)
        for exchange in under_way:
            exchange.break_off()

    def tells_a_key(self, response: Response) -> bool:
        """Whether a host sent a key of the user's back."""
        headers = "\n".join(response.headers.values()).encode()
        return self._keys.are_in(headers) or self._keys.are_in(response.body)

    def ask(self, request: Request, kept: Kept | None) -> Result:
        """Ask, and try again what may pass.

        Args:
            request: What to ask for.
            kept: An older answer; status 304 says that it is still right.
        """
        exchange = Exchange(self._settings)
        for attempt in range(1, self._settings.retries + 2):
            result = self._try(request, kept, exchange)
            last = attempt > self._settings.retries or self._clock.stopped
            if last or not passes(result) or not self._may_wait(request, result):
                break
            if result.retry_after is None:
                self._clock.sleep(self._backoff(attempt))
        return result

    def _may_wait(self, request: Request, result: Result) -> bool:
        if request.body and result.response is None:
            # Who knows whether it was done.
            return False
        return (result.retry_after or 0) <= self._settings.max_wait

    def _backoff(self, attempt: int) -> float:
        settings = self._settings
        return backoff(attempt, settings.backoff, settings.max_wait, self._clock.chance())

    def _try(self, request: Request, kept: Kept | None, exchange: Exchange) -> Result:
        own = self._manners.is_own(request.url)

        def ask(hop: Hop) -> Response:
            private = self._settings.allow_private or (own and self._manners.is_own(hop.url))
            return self._hop(hop, exchange, private=private)

        try:
            response = follow(request, kept, self._settings.max_redirects, ask)
        except FaultAt as at:
            where = self._manners.untold(at.url)
            if self._clock.stopped:
                return Result(outcome="stopped", url=where, reason="it was stopped")
            return of_fault(where, at.fault)
        service = self._manners.service(response.url)
        response = self._untold(response)
        return of_response(response, self._clock.wall(), service.busy if service else _NONE)

    def _untold(self, response: Response) -> Response:
        """Give an answer whose addresses say nothing that a host had been told."""
        untold = self._manners.untold
        steps = tuple(step._replace(url=untold(step.url)) for step in response.redirects)
        return replace(response, url=untold(response.url), redirects=steps)

    def _hop(self, hop: Hop, exchange: Exchange, *, private: bool) -> Response:
        """Ask for one hop when it is its turn."""
        url = hop.url
        lane = self._lanes.lane(self._manners.lane(url), lambda: self._manners.rate(url))
        lane.enter(self._settings.max_wait)
        try:
            response = self._answer(hop, exchange, private=private)
            lane.reached()
            if self._manners.service(url) is not None:
                lane.learn(response.headers)
            wait = retry_after(response.status, response.headers, self._clock.wall())
            if wait is not None:
                lane.hold(min(wait, _HELD_AT_MOST))
        except Fault as fault:
            if fault.kind in _NOBODY_THERE:
                lane.missed(fault)
            raise
        finally:
            lane.leave()
        return response

    def _answer(self, hop: Hop, exchange: Exchange, *, private: bool) -> Response:
        told, identity = self._manners.told(hop.url)
        headers = {**hop.headers, **identity}
        with self._room, exchange.running(private=private):
            with self._lock:
                if self._clock.stopped:
                    raise Fault("broken", "it was stopped")
                self._under_way.add(exchange)
            try:
                response = self._session.ask(
                    told, headers, hop.body, hop.cookies, exchange, enough=hop.enough
                )
            finally:
                with self._lock:
                    self._under_way.discard(exchange)
        # Under the address without what the host was told.
        return replace(response, url=hop.url)
