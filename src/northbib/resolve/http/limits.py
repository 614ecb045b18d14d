"""How fast each host is asked: so many requests at once, and so many a second."""

from __future__ import annotations

import re
from threading import Condition, Lock
from typing import TYPE_CHECKING

from northbib.resolve.http.results import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from northbib.resolve.http.clock import Clock
    from northbib.resolve.http.services import Rate

__all__ = ["Lane", "Lanes"]

_FASTEST, _SLOWEST = 50.0, 1 / 60
_MOST_AT_ONCE = 8
_DOWN_FOR = 30.0
_CHANCES, _CHANCES_OF_KNOWN = 2, 8
_LOOK_AGAIN = 0.5
_AT_ONCE = 1e-6
_INTEGER = re.compile(r"\d{1,12}")


class Lane:
    """The requests to one host, or to one service with several.

    Tokens are counted by the moment at which the next one is due (the generic cell rate algorithm),
    so a lane that nobody uses costs nothing.
    """

    def __init__(self, rate: Rate, clock: Clock) -> None:
        self._clock = clock
        self._changed = Condition()
        self._at_once = rate.at_once
        self._active = 0
        self._interval = 1 / rate.per_second if rate.per_second else 0.0
        self._burst = rate.burst
        self._due = clock.now()
        self._held_until = self._due
        self._down: tuple[float, Fault] | None = None
        self._chances = _CHANCES

    def enter(self, longest: float) -> None:
        """Wait for one's turn.

        Args:
            longest: Seconds that are waited for a host which asked to be left alone.

        Raises:
            Fault: The host asked to be left alone for longer, or nobody is there.
        """
        with self._changed:
            while self._active >= self._at_once and not self._clock.stopped:
                self._changed.wait(_LOOK_AGAIN)
            self._active += 1
        try:
            self._take_token(longest)
        except Fault:
            self.leave()
            raise

    def leave(self) -> None:
        """Make room for the next one."""
        with self._changed:
            self._active -= 1
            self._changed.notify()

    def hold(self, seconds: float) -> None:
        """Let nobody in for so long."""
        with self._changed:
            self._held_until = max(self._held_until, self._clock.now() + seconds)

    def reached(self) -> None:
        """Note that the host is there; now and then, one that is may miss a connection."""
        self._chances = _CHANCES_OF_KNOWN

    def missed(self, fault: Fault) -> None:
        """Note that nobody is there; in the end, nobody is let in for a while."""
        with self._changed:
            self._chances -= 1
            if self._chances <= 0 or fault.kind == "dns":
                self._down = (self._clock.now() + _DOWN_FOR, fault)
                self._chances = 1

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take over the limits that a service states with its answers."""
        for prefix in ("x-rate-limit", "x-ratelimit"):
            most = _first_integer(headers.get(f"{prefix}-limit"))
            seconds = _first_integer(headers.get(f"{prefix}-interval"))
            if most and seconds:
                self._interval = 1 / min(_FASTEST, max(_SLOWEST, most / seconds))
            reset = _first_integer(headers.get(f"{prefix}-reset"))
            if reset and _first_integer(headers.get(f"{prefix}-remaining")) == 0:
                # Some count from now, some from 1970.
                self.hold(reset - self._clock.wall() if reset > 1e9 else reset)
        if at_once := _first_integer(headers.get("x-concurrency-limit")):
            with self._changed:
                self._at_once = min(at_once, _MOST_AT_ONCE)
                self._changed.notify_all()

    def _take_token(self, longest: float) -> None:
        # No more wait here than may go in, so it does not matter who of them is first.
        while (wait := self._token_in(longest)) > _AT_ONCE and not self._clock.stopped:
            self._clock.sleep(wait)

    def _token_in(self, longest: float) -> float:
        """Take a token if there is one; else give the seconds until there may be one."""
        with self._changed:
            now = self._clock.now()
            if self._down is not None and now < self._down[0]:
                raise self._down[1]
            held = self._held_until - now
            if held > longest:
                raise Fault(
                    "status",
                    "the host asked to be left alone for a while",
                    f"try again in {held:.0f} seconds",
                    retry_after=held,
                )
            wait = max(held, self._due - (self._burst - 1) * self._interval - now)
            if wait <= _AT_ONCE:
                self._due = max(now, self._due) + self._interval
            return wait


class Lanes:
    """All lanes of a fetcher, by name."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._lanes: dict[str, Lane] = {}

    def lane(self, name: str, rate: Callable[[], Rate]) -> Lane:
        """Give the lane of that name; `rate` says how fast it is when it is new."""
        with self._lock:
            if name not in self._lanes:
                self._lanes[name] = Lane(rate(), self._clock)
            return self._lanes[name]


def _first_integer(text: str | None) -> int | None:
    # Crossref once sent each limit twice in one header: "50, 50".
    match = _INTEGER.search(text or "")
    return int(match.group()) if match else None
