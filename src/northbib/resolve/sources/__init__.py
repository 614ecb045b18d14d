"""Whom to ask about what: one module for each source, looked up in a table by name.

A source says which identifiers it knows something about and, asked with a fetcher, what it claims.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from northbib.resolve.claims import Answer
    from northbib.resolve.fetch import Fetcher
    from northbib.resolve.recognition import Identifier

__all__ = ["SOURCES", "Source", "source_for"]


class Source(Protocol):
    """What a module of this package offers."""

    def recognises(self, identifier: Identifier) -> bool:
        """Whether this source is the one to ask about `identifier`."""
        ...

    def ask(self, identifier: Identifier, fetcher: Fetcher) -> Answer:
        """Ask about `identifier`.

        Raises:
            NotFoundError: The source says that there is no such thing.
            NetworkError: It could not be reached, or answered with an error.
            InputError: What it answered is not a record of a work.
        """
        ...


SOURCES: tuple[str, ...] = ("northbib.resolve.sources.agency", "northbib.resolve.sources.web")
"""The sources, in the order in which they are asked whether they know an identifier."""


def source_for(identifier: Identifier) -> Source:
    """Give the first source that knows something about `identifier`."""
    modules = (cast("Source", import_module(name)) for name in SOURCES)
    return next(source for source in modules if source.recognises(identifier))
