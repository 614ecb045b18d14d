"""Which entries an entry depends on: by `crossref`, `xdata`, `xref`, or as members of a set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib import bibtex

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["lineage"]

_XDATA = re.compile(r"xdata=(.+?)-[a-z]+(?:-\d+)?\Z")
_KEY_LISTS = ("crossref", "xdata", "entryset", "xref")


def lineage(fields: Mapping[str, str]) -> frozenset[str]:
    """Give the keys, in lower case, of all entries that an entry takes fields from, or names."""
    named = [key for name in _KEY_LISTS if name in fields for key in bibtex.keys_in(fields[name])]
    for value in fields.values():
        if "xdata=" in value:
            parts = (_XDATA.match(part.strip()) for part in re.split(r"\s+and\s+", value))
            named += [match[1] for match in parts if match]
    return frozenset([key.strip().lower() for key in named if key.strip()])
