"""The names in a library, at a glance: for completion, which must not make anybody wait.

A small library is read; a large one is asked for by its index, which is brought up to date where
little has changed, and is never built: what is not known at once is not given.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from northbib.library.contents import SMALL
from northbib.library.index import cache, files
from northbib.library.index.packing import unpack
from northbib.library.store import Store
from northbib.records import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = ["Glance"]

_SOON = 4 * SMALL
"""Bytes of changed files that are read while somebody waits for a completion."""
_FOR_TITLES = 100
"""So many keys are shown with their titles; of more, a list of keys is easier to read."""
_AFTER_ALL = "\U0010ffff"

_KEYS = (
    "SELECT DISTINCT key FROM entry WHERE lower_key >= ? AND lower_key < ? AND type IS NOT NULL"
    " ORDER BY lower_key"
)
_TITLES = "SELECT record.json FROM record JOIN entry USING (id) WHERE entry.lower_key = ?"
_TOPICS = "SELECT name FROM topic ORDER BY name"


class Glance:
    """A library that is looked at for its names.

    Every method raises the errors of `Store`, and `sqlite3.Error` where the index is damaged.
    """

    def __init__(self, root: Path | str) -> None:
        self._store = Store(root)

    @property
    def bibliographies(self) -> list[str]:
        """The names of the bibliographies."""
        return list(self._store.bibliographies)

    def keys(self, beginning: str, most: int) -> dict[str, str]:
        """Give the keys that begin with some text, whatever its case, with the titles if few.

        Args:
            beginning: The text.
            most: Give this many and the last one, so that what all have in common shows.
        """
        if self._is_small:
            return self._read_keys(beginning, most)
        with self._asked() as db:
            if db is None:
                return {}
            span = (beginning.lower(), beginning.lower() + _AFTER_ALL)
            found = [key for (key,) in db.execute(f"{_KEYS} LIMIT {most}", span)]
            if len(found) == most:
                found += [key for (key,) in db.execute(f"{_KEYS} DESC LIMIT 1", span)]
            wanted = found if len(found) <= _FOR_TITLES else []
            titles = {key: _title(db, key) for key in wanted}
            return {key: titles.get(key, "") for key in found}

    def topics(self) -> Sequence[str]:
        """Give all topics in order."""
        if self._is_small:
            records = (stored.record for stored in self._store.all())
            return sorted({topic for record in records for topic in record.keywords})
        with self._asked() as db:
            return [] if db is None else [topic for (topic,) in db.execute(_TOPICS)]

    def _read_keys(self, beginning: str, most: int) -> dict[str, str]:
        wanted = beginning.lower()
        records = (stored.record for stored in self._store.all())
        found = {each.key: each.title for each in records if each.key.lower().startswith(wanted)}
        keys = sorted(found, key=str.lower)
        shown = keys if len(keys) <= most else [*keys[:most], keys[-1]]
        return {key: plain(found[key]) if len(shown) <= _FOR_TITLES else "" for key in shown}

    @property
    def _is_small(self) -> bool:
        return _size(self._files) < SMALL

    @property
    def _files(self) -> list[Path]:
        return [each.file for each in self._store.bibliographies.values()]

    @contextmanager
    def _asked(self) -> Iterator[sqlite3.Connection | None]:
        """Give the index as it is, or up to date if that is soon done; None if there is none."""
        try:
            db = cache.connect(cache.cache_file(self._store.root))
        except sqlite3.Error:
            yield None
            return
        with closing(db):
            if not cache.is_current(db):
                yield None
                return
            changed = [file for _, file, _ in files.changes(db, self._files).read]
            if changed and _size(changed) < _SOON:
                _ = self._store.index
            yield db


def _size(paths: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file())


def _title(db: sqlite3.Connection, key: str) -> str:
    row = db.execute(_TITLES, (key.lower(),)).fetchone()
    return "" if row is None or row[0] is None else plain(unpack(row[0]).title)
