"""A clock on which waiting takes no time, and chance is what a test says."""

from __future__ import annotations

from threading import Lock

from northbib.resolve.http.clock import Clock

__all__ = ["TestClock"]


class TestClock(Clock):
    """Waiting moves it on; what was waited for is kept in `waits`."""

    __test__ = False

    def __init__(self, wall: float = 1_480_000_000.0, chance: float = 0.0) -> None:
        super().__init__()
        self.waits: list[float] = []
        self._wall = wall
        self._seconds = 0.0
        self._chance = chance
        self._lock = Lock()

    def now(self) -> float:
        return self._seconds

    def wall(self) -> float:
        return self._wall + self._seconds

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.waits.append(round(seconds, 6))
            self._seconds += seconds

    def chance(self) -> float:
        return self._chance
