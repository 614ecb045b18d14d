"""What a library has already: keys and works, so that nothing is added twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.findings import Finding
from northbib.library.references import aliases
from northbib.records import fold
from northbib.records.identifiers import doi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from northbib.bibtex import Entry
    from northbib.records import Record

__all__ = ["Holder", "Known", "Mark", "marks"]

Mark = tuple[str, str]
"""What tells a work or an entry from others: a kind (`key`, `DOI`, `URL`, `work`) and a value."""

_ADDRESS = re.compile(r"https?://(?:www\.)?([^#]+)(?:#.*)?", re.IGNORECASE)
_TEX = re.compile(r"[\\{}]")
_SIGNS = re.compile(r"[\W_]+")
_SMALL = bytes(range(256)).lower()
_ASCII_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())


@dataclass(frozen=True, slots=True)
class Holder:
    """An entry that has a mark.

    Attributes:
        key: Its citation key.
        place: Its file and line, as `file:line`.
        crossref: The key of its parent in lower case, or "".
        doi: Its own DOI, or "".
    """

    key: str
    place: str
    crossref: str
    doi: str


class Known:
    """The keys, DOIs and web addresses of entries, each with the first entry that has it.

    Only an entry's own fields count: a chapter that takes the DOI of its book from it by
    `crossref` is another work.
    """

    def __init__(self, library: Callable[[Mark], Holder | None] | None = None) -> None:
        """Begin with nothing, or with what a library says of a mark."""
        self._library = library
        self._first: dict[Mark, Holder] = {}

    def is_taken(self, key: str) -> bool:
        """Tell whether an entry has a key, whatever its case."""
        return self.holder(("key", key.lower())) is not None

    def add(self, entry: Entry, file: str, line: int) -> None:
        """Take in an entry, and the place where it stands."""
        holder = _holder(entry, f"{file}:{line}")
        for mark in _forbidding(entry):
            self._first.setdefault(mark, holder)
        for _, alias in _aliases(entry):
            self._first.setdefault(("key", alias), holder)

    def conflict(self, entry: Entry, file: str | None, line: int | None) -> Finding | None:
        """Say why an entry is not to be added, None if nothing speaks against it.

        Args:
            entry: The entry.
            file: Where it comes from, for the message.
            line: The line there.
        """
        own = _holder(entry, "")
        for mark in _forbidding(entry):
            other = self.holder(mark)
            if other is None or not _is_same(own, other, mark[0]):
                continue
            return Finding(
                code="already-here" if mark[0] != "key" else "duplicate-key",
                severity="warning",
                message=_message(own, other, mark[0]),
                file=file,
                line=line,
                key=entry.key,
                fix=_FIXES[mark[0]].format(key=other.key),
            )
        return None

    def holder(self, mark: Mark) -> Holder | None:
        """Give the first entry that has a mark, None if none has it."""
        found = self._library(mark) if self._library else None
        return found or self._first.get(mark)


_FIXES = {
    "key": "edit {key}, or choose another key",
    "DOI": "northbib edit {key} changes what is there",
    "URL": "northbib edit {key} changes what is there",
}


def marks(fields: Mapping[str, str], record: Record | None) -> list[Mark]:
    """Give all marks of an entry but its key, those by which `is:duplicate` goes among them.

    `ids` are its other keys, `work` is the title with the year and the first name, without case,
    accents and punctuation.
    """
    found = _own_marks(fields)
    if "ids" in fields:
        found += _aliases(fields)
    if record is None:
        return found
    names = record.names("author") or record.names("editor")
    name = (names[0].family or names[0].literal) if names else ""
    year = record.year
    title, name = _letters(record.title), _letters(name)
    if title and (name or year is not None):
        found.append(("work", f"{title}|{'' if year is None else year}|{name}"))
    return found


def _letters(text: str) -> str:
    if text.isascii():
        # Bytes lose their signs, and their capitals, in a fraction of the time that a text takes.
        return text.encode().translate(_SMALL, _ASCII_SIGNS).decode()
    return _SIGNS.sub("", fold(text))


def _own_marks(fields: Mapping[str, str]) -> list[Mark]:
    """Give what, besides the key, forbids to add an entry again: its DOI and its web address."""
    found: list[Mark] = []
    if own := _doi(fields):
        found.append(("DOI", own))
    address = _ADDRESS.fullmatch(_bare(fields["url"]).strip()) if "url" in fields else None
    if address:
        own = address[1]
        host, slash, rest = (own[:-1] if own[1:].endswith("/") else own).partition("/")
        found.append(("URL", f"{host.lower()}{slash}{rest}"))
    return found


def _aliases(fields: Mapping[str, str]) -> list[Mark]:
    return [("ids", alias.lower()) for alias in aliases(fields)]


def _doi(fields: Mapping[str, str]) -> str:
    return (doi(_bare(fields["doi"])) or "") if "doi" in fields else ""


def _bare(source: str) -> str:
    return _TEX.sub("", source) if "\\" in source or "{" in source else source


def _holder(entry: Entry, place: str) -> Holder:
    return Holder(entry.key, place, entry.get("crossref", "").strip().lower(), _doi(entry))


def _forbidding(entry: Entry) -> Iterator[Mark]:
    yield "key", entry.key.lower()
    yield from _own_marks(entry)


def _is_same(entry: Holder, other: Holder, kind: str) -> bool:
    """Tell whether a shared mark makes two entries one work."""
    if kind == "key":
        return True
    if entry.key.lower() == other.crossref or other.key.lower() == entry.crossref:
        return False
    # Several works of one page have DOIs of their own.
    return entry.doi == other.doi or not (entry.doi and other.doi)


def _message(entry: Holder, other: Holder, kind: str) -> str:
    if kind == "key":
        return f"{entry.key} was not added: its key stands at {other.place} already"
    return f"not added: its {kind} is already here as {other.key}, at {other.place}"
