"""Which entries an entry depends on: by `crossref`, `xdata`, `xref`, or as members of a set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib import bibtex
from northbib.bibtex.inheritance import part_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["lineage"]

_KEY_LISTS = ("crossref", "xdata", "entryset", "xref")


def lineage(fields: Mapping[str, str]) -> frozenset[str]:
    """Give the keys, in lower case, of all entries that an entry takes fields from, or names."""
    named = [key for name in _KEY_LISTS if name in fields for key in bibtex.keys_in(fields[name])]
    keys = [key.strip().lower() for key in (*named, *part_keys(fields))]
    return frozenset([key for key in keys if key])
