"""How far long work is, for whoever wants to know.

Core code goes through what takes long by `counted`, which costs nothing as long as nobody watches.
The command line watches at a terminal (`northbib.cli.progressing`).
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

__all__ = ["Watcher", "counted", "watched_by"]

T = TypeVar("T")


class Watcher(Protocol):
    """What is told of long work."""

    def __call__(self, items: Collection[T], doing: str) -> Iterable[T]:
        """Give the items one by one, as they are asked for.

        Args:
            items: What is to be gone through.
            doing: What is done with each, for a person: `indexing`.
        """


_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


def counted(items: Collection[T], doing: str) -> Iterable[T]:
    """Give some items as they are, and tell who watches how many of them have been taken.

    Args:
        items: What is to be gone through.
        doing: What is done with each, for a person.
    """
    watcher = _watcher.get()
    return items if watcher is None else watcher(items, doing)


@contextmanager
def watched_by(watcher: Watcher) -> Iterator[None]:
    """Have somebody told of the long work that the block does."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)
