"""Making the edits that put a fault right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.errors import UsageError

if TYPE_CHECKING:
    from northbib.bibtex import Entry
    from northbib.library.checking.rule import Edits

__all__ = ["make"]


def make(entry: Entry, edits: Edits) -> bool:
    """Make the edits of one fault, all or none, and tell whether they were made.

    They are not where a field would be lost that stands there twice, where the encoding of the
    file cannot hold them, or where the entry would not be read back.
    """
    names = [name for name, _ in entry.sources]
    if any(source is None and names.count(name) > 1 for name, source in edits.items()):
        return False
    before = entry.raw
    try:
        for name, source in edits.items():
            if source is not None:
                entry[name] = source
            elif name in entry:
                del entry[name]
    except UsageError:
        if entry.raw != before:
            entry.rewrite(before)
        return False
    return entry.raw != before
