"""One request for all who ask for the same at the same time."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Flights"]

T = TypeVar("T")


class Flights(Generic[T]):
    """Calls under way, by key."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._under_way: dict[str, Future[T]] = {}

    def share(self, key: str, call: Callable[[], T]) -> T:
        """Give what `call` gives, or what another thread's call for the same key is about to."""
        with self._lock:
            future = self._under_way.get(key)
            if future is None:
                mine = self._under_way[key] = Future()
        if future is not None:
            return future.result()
        try:
            mine.set_result(call())
        except BaseException as error:
            mine.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._under_way[key]
        return mine.result()
