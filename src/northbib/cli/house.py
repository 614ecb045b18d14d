"""Records as a reader will see them: in the house style, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex import Document, entry_source
from northbib.cli.short import in_short
from northbib.cli.terminal import safe
from northbib.library.checking.subject import Sheet, Shelf
from northbib.library.rules.missing_field import RULE
from northbib.lists import ListSpec, reading_list
from northbib.markup import writer
from northbib.markup.tree import ItemList

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from northbib.records import Record

__all__ = ["as_seen", "missing"]


def as_seen(records: Sequence[Record], styles: Sequence[Path] = ()) -> list[str]:
    """Give records as the house style shows them, in their order, without what makes terminals act.

    Args:
        records: The records; their keys do not count.
        styles: Folders of the user's own styles.
    """
    numbered = [record.replace(key=f"n{place}") for place, record in enumerate(records)]
    blocks = reading_list(numbered, ListSpec(styles=tuple(styles))).blocks
    write = writer("text").write_inline
    seen = {
        item.key: write(item.content)
        for block in blocks
        if isinstance(block, ItemList)
        for item in block.items
    }
    return [safe(seen.get(each.key) or in_short(each)) for each in numbered]


def missing(record: Record) -> str:
    """Say which fields a record of its type cannot do without and lacks, "" if none."""
    document = Document.parse(entry_source(record.replace(key=record.key or "x")))
    (subject,) = Shelf([Sheet("", document)]).subjects
    faults = RULE.entry(subject) if RULE.entry is not None else ()
    return "; ".join(fault.message for fault in faults)
