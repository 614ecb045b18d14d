"""Whom to ask about what: one module for each source, behind one protocol.

A source is a module, or any other object, that offers what `Source` says. Its `read` is a pure
function of an answer, so that every recorded answer is a test. Other distributions add sources by
an entry point of the group `northbib.sources`; theirs are asked before ours.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from northbib.resolve.claims import Answer
    from northbib.resolve.http.results import Request, Response
    from northbib.resolve.recognition import Identifier

    AddressOf = Callable[[str], str]
    """The name of a service -> its base address, with a slash at its end, "" if there is none."""

__all__ = ["GROUP", "SOURCES", "Source", "load", "sources_for"]

GROUP = "northbib.sources"


class Source(Protocol):
    """What a source offers.

    Attributes:
        NAME: Its name, in claims and messages.
        SURE: How often what it says is right, 0 to 1.

    A source that serves one registration agency of DOIs alone names it as `AGENCY`.
    """

    NAME: str
    SURE: float

    def recognises(self, identifier: Identifier) -> bool:
        """Whether this source knows something about `identifier`; costs nothing."""
        ...

    def requests(self, identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
        """Give what to ask, the next one where the one before gave no record; () for nothing."""
        ...

    def read(self, response: Response, identifier: Identifier) -> Answer:
        """Read an answer with status 2xx.

        Raises:
            NotFoundError: The source says that there is no such thing.
            InputError: What it answered is not a record of a work.
        """
        ...


SOURCES: tuple[str, ...] = (
    "crossref",
    "datacite",
    "medra",
    "agency",
    "arxiv",
    "ncbi",
    "pubmed",
    "idconv",
    "openlibrary",
    "sru.LOC",
    "sru.K10PLUS",
    "google_books",
    "issn",
    "openalex",
    "wikidata",
    "handle",
    "legislation",
    "legislation_by_title",
    "crossref_match",
    "govuk",
    "bills",
    "committees",
    "hansard",
    "zenodo",
    "oai",
    "eprints",
    "web",
    "translation",
    "citoid",
)
"""Our sources, in the order in which they are asked about what several of them know: a module each,
or an object in one.

`unpaywall` and `semantic_scholar` can be loaded, too; no identifier is theirs alone, and what they
know of a DOI its registry knows better.
"""


@cache
def load(name: str) -> Source:
    """Give one of our sources by the name of its module, or of that and the object in it."""
    module, _, member = name.partition(".")
    source = import_module(f"{__name__}.{module}")
    return cast("Source", getattr(source, member) if member else source)


def sources_for(identifier: Identifier) -> tuple[Source, ...]:
    """Give the sources that know something about `identifier`, in the order to ask them."""
    known = (*_added(), *(load(name) for name in SOURCES))
    return tuple(source for source in known if source.recognises(identifier))


@cache
def _added() -> tuple[Source, ...]:
    """Give the sources of other distributions, by the names of their entry points."""
    return tuple(
        cast("Source", entry.load())
        for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    )
