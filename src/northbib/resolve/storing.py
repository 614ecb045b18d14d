"""A record that was resolved, as a library of BibLaTeX keeps it.

CSL has no type for press releases and the news of authorities, and resolvers commonly give them as
`article`, its type for what stands alone. Of those a library makes `@online` with the kind in the
field `type`, which reads back as a web page of that genre: `@article` would be of a journal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.records import Record

__all__ = ["as_stored"]

_ONLINE = frozenset({"press release", "news story", "government response"})


def as_stored(record: Record) -> Record:
    """Give a record in the type under which a library keeps it."""
    is_online = record.type == "article" and record.plain("genre").lower() in _ONLINE
    return record.replace(type="webpage") if is_online else record
