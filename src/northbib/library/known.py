"""What a library has already: keys and works, so that nothing is added twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.findings import Finding
from northbib.records.identifiers import doi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.bibtex import Entry

__all__ = ["Known"]

_ADDRESS = re.compile(r"https?://(?:www\.)?([^#]+?)/?(?:#.*)?", re.IGNORECASE)
_TEX = re.compile(r"[\\{}]")


class Known:
    """The keys, DOIs and web addresses of entries, each with the first entry that has it.

    Only an entry's own fields count: a chapter that takes the DOI of its book from it by
    `crossref` is another work.
    """

    def __init__(self) -> None:
        self._first: dict[tuple[str, str], tuple[Entry, str]] = {}

    @property
    def keys(self) -> set[str]:
        """All keys, in lower case."""
        return {value for kind, value in self._first if kind == "key"}

    def add(self, entry: Entry, file: str, line: int) -> None:
        """Take in an entry, and the place where it stands."""
        for mark in _marks(entry):
            self._first.setdefault(mark, (entry, f"{file}:{line}"))

    def conflict(self, entry: Entry, file: str | None, line: int | None) -> Finding | None:
        """Say why an entry is not to be added, None if nothing speaks against it.

        Args:
            entry: The entry.
            file: Where it comes from, for the message.
            line: The line there.
        """
        for mark in _marks(entry):
            other, place = self._first.get(mark, (None, ""))
            if other is None or not _is_same(entry, other, mark[0]):
                continue
            return Finding(
                code="already-here" if mark[0] != "key" else "duplicate-key",
                severity="warning",
                message=_message(entry, other, mark[0], place),
                file=file,
                line=line,
                key=entry.key,
                fix=_FIXES[mark[0]].format(key=other.key),
            )
        return None


_FIXES = {
    "key": "edit {key}, or choose another key",
    "DOI": "northbib edit {key} changes what is there",
    "URL": "northbib edit {key} changes what is there",
}


def _marks(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "key", entry.key.lower()
    found = doi(_TEX.sub("", entry.get("doi", "")))
    if found:
        yield "DOI", found
    address = _ADDRESS.fullmatch(_TEX.sub("", entry.get("url", "")).strip())
    if address:
        host, slash, rest = address[1].partition("/")
        yield "URL", f"{host.lower()}{slash}{rest}"


def _is_same(entry: Entry, other: Entry, kind: str) -> bool:
    """Tell whether a shared mark makes two entries one work."""
    if kind == "key":
        return True
    parents = (entry.get("crossref", "").lower(), other.get("crossref", "").lower())
    if entry.key.lower() == parents[1] or other.key.lower() == parents[0]:
        return False
    # Several works of one page have DOIs of their own.
    dois = {value for each in (entry, other) for name, value in _marks(each) if name == "DOI"}
    return len(dois) < 2


def _message(entry: Entry, other: Entry, kind: str, place: str) -> str:
    if kind == "key":
        return f"{entry.key} was not added: its key stands at {place} already"
    return f"not added: its {kind} is already here as {other.key}, at {place}"
