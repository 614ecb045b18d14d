"""Time and chance, in one place, so that tests can have their own."""

from __future__ import annotations

import time
from random import SystemRandom
from threading import Event

__all__ = ["Clock"]


class Clock:
    """The clock of this machine; waiting ends at once when it is stopped."""

    def __init__(self) -> None:
        self._stopped = Event()
        self._random = SystemRandom()

    @property
    def stopped(self) -> bool:
        """Whether nobody is to wait any longer."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """End all waiting, for good."""
        self._stopped.set()

    def now(self) -> float:
        """Give seconds since some moment, which only grow."""
        return time.monotonic()

    def wall(self) -> float:
        """Give seconds since 1970."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._stopped.wait(seconds)

    def chance(self) -> float:
        """Give a random number from 0 up to 1."""
        return self._random.random()
