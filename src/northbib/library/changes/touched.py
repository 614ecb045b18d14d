"""Which entries and fields a change touched, as the log says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex import Document
from northbib.library.changes.journal import Touched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.bibtex import Entry
    from northbib.library.changes.patches import Patch

__all__ = ["TYPE", "changed_fields", "entries", "summary", "touched"]

TYPE = "entrytype"
"""What the type of an entry is called among its fields."""
_MOST_SAID = 5


def touched(file: str, patches: Sequence[Patch]) -> tuple[Touched, ...]:
    """Tell what patches of one file did to its entries, in the order of the file."""
    return tuple(_touched(file, patches))


def summary(all_touched: Sequence[Touched]) -> str:
    """Say in one line what a change touched: `added lee2017; edited jones2012 (date, note)`."""
    removed = {each.key for each in all_touched if each.how == "removed"}
    moved = {each.key for each in all_touched if each.how == "added"} & removed
    said = [
        _said(each, moved=each.key in moved)
        for each in all_touched
        if each.key not in moved or each.how == "added"
    ]
    more = f"; and {len(said) - _MOST_SAID} more" if len(said) > _MOST_SAID else ""
    return "; ".join(said[:_MOST_SAID]) + more


def _said(each: Touched, *, moved: bool) -> str:
    if moved:
        return f"moved {each.key} to {each.file}"
    fields = f" ({', '.join(each.fields)})" if each.fields else ""
    return f"{each.how} {each.key}{fields}"


def entries(sides: Sequence[bytes]) -> dict[str, Entry]:
    """Give the entries of one side of patches by key, in lower case; the first of each."""
    found: dict[str, Entry] = {}
    for side in sides:
        for entry in Document.parse(side).entries:
            found.setdefault(entry.key.lower(), entry)
    return found


def changed_fields(old: Entry, new: Entry) -> tuple[str, ...]:
    """Give the names of the fields that two forms of an entry do not share, in order."""
    before, after = dict(reversed(old.sources)), dict(reversed(new.sources))
    names = dict.fromkeys(name for name, _ in (*old.sources, *new.sources))
    kind = (TYPE,) if old.type != new.type else ()
    return (*kind, *(name for name in names if before.get(name) != after.get(name)))


def _touched(file: str, patches: Sequence[Patch]) -> Iterator[Touched]:
    old = entries([patch.old for patch in patches])
    new = entries([patch.new for patch in patches])
    for key, entry in old.items():
        if key not in new:
            yield Touched(entry.key, file, "removed")
        elif entry.raw != new[key].raw:
            yield Touched(entry.key, file, "edited", changed_fields(entry, new[key]))
    for key, entry in new.items():
        if key not in old:
            yield Touched(entry.key, file, "added")
