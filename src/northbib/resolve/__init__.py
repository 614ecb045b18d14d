"""An identifier, address or title in, a whole record out, with the source of each of its fields.

The rooms, in the order in which a request walks through them: `recognition` says what was typed,
`sources` know whom to ask and read the answers (pure functions of bytes, headers and address),
`http` asks over the network, and `merge` makes one record out of their claims. `resolver` leads
through them, `batch` does so for many; `enriching` fills gaps, `provenance` keeps who said what,
and `watching` looks after links and works that are in a library already.

Importing this package costs neither requests nor lxml: they come with the first `resolve`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from northbib.resolve.claims import Claim, Resolution
from northbib.resolve.recognition import Identifier, recognise
from northbib.resolve.settings import Settings

if TYPE_CHECKING:
    import datetime

    from northbib.records import Record

__all__ = ["Claim", "Identifier", "Resolution", "Settings", "recognise", "resolve"]


def resolve(
    source: str,
    *,
    settings: Settings | None = None,
    page: bytes | None = None,
    today: datetime.date | None = None,
) -> Resolution:
    """Make a record of what an identifier, an address or a citation names.

    Args:
        source: An identifier, a web address or the words of a citation, as `recognise` takes them.
        settings: How to reach the sources; read from the environment if not given.
        page: The page at that address as a browser saved it, read in place of fetching it.
        today: The day of access, kept in the record of a web page as `accessed`; of a page from the
            cache, it is the day on which that was fetched. None to keep none.

    Returns:
        The record, with an empty key, and where each field comes from.

    Raises:
        UsageError: It is nothing of the kind.
        NotFoundError: There is no such thing, or no work that matches surely.
        NetworkError: A host could not be reached, or answered with an error.
        InputError: What came is not usable: a challenge, an error message, not a web page, too
            large.
    """
    resolver = import_module("northbib.resolve.resolver")
    resolution: Resolution = resolver.resolution_of(
        recognise(source), settings or Settings.from_environment(), page, today
    )
    return resolution


class _Callable(ModuleType):
    # `northbib.resolve` names this package and, by contract, a function that gives a record.
    def __call__(self, source: str, **options: Any) -> Record:
        return resolve(source, **options).record


sys.modules[__name__].__class__ = _Callable
