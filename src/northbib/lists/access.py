"""Whether all can read a work, by what its record says of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.records import Record

__all__ = ["FIELDS", "is_open_access"]

FIELDS = ("oa", "openaccess", "access", "accesstype", "oa_status")
"""Fields of an entry that say whether all can read the work."""

# The colours of OpenAlex and Unpaywall; bronze is free to read, without a licence that says so.
_OPEN = frozenset("yes true 1 open openaccess free gold green hybrid bronze diamond".split())
_OPEN_ADDRESS = re.compile(r"https?://(?:[\w.-]+\.)?creativecommons\.org/", re.IGNORECASE)
_OPEN_NAME = re.compile(
    r"\bCC[ -]?(?:0|BY)\b|creative commons|public domain|open government licen[cs]e",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[^a-z0-9]")


def is_open_access(record: Record) -> bool:
    """Tell whether a record says that all can read the work.

    That is a field of `FIELDS` with `yes`, `open access`, `gold` or the like, or a licence that is
    open: of Creative Commons, the public domain, or the Open Government Licence. A record that
    says nothing is not held to be open.
    """
    said = [record.extra[name] for name in FIELDS if name in record.extra]
    if said:
        return any(_SIGNS.sub("", text.lower()) in _OPEN for text in said)
    licence = record.plain("license")
    return bool(_OPEN_ADDRESS.match(licence) or _OPEN_NAME.search(licence))
