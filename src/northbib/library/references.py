"""How entries name one another, and what becomes of that when a key changes.

Source: biblatex manual 3.20, section 2.2.3, "Special fields": `crossref` and `xref` hold a key;
`xdata`, `entryset`, `related` and `ids` a list of keys with commas.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib import bibtex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from northbib.bibtex import Entry

__all__ = ["ALIASES", "REFERENCES", "add_aliases", "aliases", "redirect", "referred"]

REFERENCES = ("crossref", "xref", "xdata", "entryset", "related")
"""Fields that name other entries."""

ALIASES = "ids"
"""The field that holds the keys by which an entry is known as well."""

_KEY = re.compile(r"[^,\s](?:[^,]*[^,\s])?")


def referred(entry: Entry) -> Iterator[str]:
    """Give the keys that an entry names, as they are written."""
    for name in REFERENCES:
        if name in entry:
            yield from bibtex.keys_in(entry[name])


def redirect(entry: Entry, renamed: Mapping[str, str]) -> bool:
    """Write the new keys of other entries into the fields of one that names them.

    Args:
        entry: The entry.
        renamed: Old keys in lower case -> new ones.

    Returns:
        Whether anything changed.
    """
    is_changed = False
    for name in REFERENCES:
        if name in entry:
            before = entry[name]
            after = _KEY.sub(lambda match: renamed.get(match[0].lower(), match[0]), before)
            if after != before:
                entry[name] = after
                is_changed = True
    return is_changed


def aliases(fields: Mapping[str, str]) -> list[str]:
    """Give the keys by which an entry is known beside its own."""
    return bibtex.keys_in(fields.get(ALIASES, ""))


def add_aliases(entry: Entry, keys: Iterable[str]) -> None:
    """Have an entry known by further keys; its own is none of them."""
    before = aliases(entry)
    known: dict[str, str] = {}
    for key in (*before, *keys):
        known.setdefault(key.lower(), key)
    known.pop(entry.key.lower(), None)
    after = list(known.values())
    if after and after != before:
        entry[ALIASES] = ", ".join(after)
    elif before and not after:
        del entry[ALIASES]
