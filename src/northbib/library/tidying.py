"""Tidying the bibliographies of a library, or the records that a query finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.errors import NotFoundError
from northbib.library.changes.change import Write
from northbib.library.tidy.file import tidied

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from northbib.library.bibliography import Bibliography
    from northbib.library.changes.journal import Logged
    from northbib.library.store import Store
    from northbib.library.tidy.file import Tidied
    from northbib.library.tidy.settings import Settings

__all__ = ["Result", "tidy"]


@dataclass(frozen=True, slots=True)
class Result:
    """What tidying did, or would do.

    Attributes:
        files: The bibliographies that change, each with its bytes before and what they become.
        change: The change as the journal has it; None if nothing was written.
        is_empty: Whether there was nothing to look at.
    """

    files: tuple[tuple[Bibliography, bytes, Tidied], ...]
    change: Logged | None = None
    is_empty: bool = False


def tidy(
    store: Store, words: Sequence[str], settings: Settings, *, dry_run: bool = False
) -> Result:
    """Tidy bibliographies whole, or the entries of the records that a query finds.

    Args:
        store: The library.
        words: The names of bibliographies, or the words of a query; none for all bibliographies.
        settings: How they are to look.
        dry_run: Write nothing; say what would be written.

    Raises:
        UsageError: The query makes no sense.
        NotFoundError: It names a bibliography that is not there.
        ConflictError: Another program changes the same entries meanwhile.
        StoreError: A file cannot be read, locked or written; all are as they were.
    """
    with store.changing("tidy", dry_run=dry_run) as change:
        wanted = _wanted(store, words)
        files = tuple(_tidied(store, wanted, settings))
        for bibliography, _, result in files:
            change.put(Write(bibliography.file, bibliography.snapshot, result.patches))
        return Result(files, change.commit(), not wanted)


def _wanted(store: Store, words: Sequence[str]) -> Mapping[str, frozenset[str] | None]:
    """Give the bibliographies to tidy, each with the keys of its entries, None for all."""
    named = [_named(store, word) for word in words]
    if all(named):
        names = [name for name in named if name] or list(store.bibliographies)
        return dict.fromkeys(names)
    keys: dict[str, set[str]] = {}
    for stored in store.find(" ".join(words)):
        keys.setdefault(stored.bibliography, set()).add(stored.record.key)
    return {name: frozenset(found) for name, found in keys.items()}


def _named(store: Store, word: str) -> str:
    try:
        return store.bibliography(word).name
    except NotFoundError:
        return ""


def _tidied(
    store: Store, wanted: Mapping[str, frozenset[str] | None], settings: Settings
) -> Iterator[tuple[Bibliography, bytes, Tidied]]:
    for name, only in wanted.items():
        bibliography = store.bibliographies[name]
        bibliography.check_editable()
        data = bibliography.data
        result = tidied(data, settings, name=str(bibliography.file), only=only)
        if result.data != data:
            yield bibliography, data, result
