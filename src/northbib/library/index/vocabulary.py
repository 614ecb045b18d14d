"""All words of the library, so that a part of a word finds the words that have it.

They stand in one text with a line for each, made anew when many entries change; the words of a few
changed entries are put beside it. Words that are no longer used do no harm.
"""

from __future__ import annotations

# ruff: noqa: S608 - the SQL is made of names and conditions of ours; what users wrote is bound
import re
import time
from importlib import import_module
from typing import TYPE_CHECKING

from northbib.library.index.schema import TEXTS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

__all__ = ["extend", "fitting", "has", "having", "of_length", "rebuild", "texts"]

MOST = 300
"""How many words may have a part for it to be worth looking them up one by one."""

_WORD = re.compile(r"[^\W_]+")
_CHUNK = re.compile(r"[0-9a-z]*[^\x00-\x7f][0-9a-z\x80-\U0010ffff]*")
"""What SQLite, which has another table of letters, may take for a word."""
_LONGEST_BESIDE = 200
_PATIENCE = 0.25
"""Seconds that a pattern may take to go through the words."""
_BREAK, _BREAK_AHEAD = r"\n", r"(?=\n)"


def rebuild(db: sqlite3.Connection) -> None:
    """Take all words from the full-text index."""
    found = "\n".join([word for (word,) in db.execute("SELECT term FROM term")])
    db.execute("DELETE FROM vocabulary")
    db.execute("INSERT INTO vocabulary (words) VALUES (?)", (f"\n{found}\n",))


def extend(db: sqlite3.Connection, last: int) -> None:
    """Put the words of the records that came behind a number beside the others."""
    rows = db.execute(f"SELECT {', '.join(TEXTS)} FROM reading WHERE id > ?", (last,))
    found: set[str] = set()
    for columns in rows:
        for text in columns:
            found.update(_WORD.findall(text))
            found.update(_CHUNK.findall(text))
    if not found:
        return
    db.execute("INSERT INTO vocabulary (words) VALUES (?)", ("\n{}\n".format("\n".join(found)),))
    (pieces,) = db.execute("SELECT count(*) FROM vocabulary").fetchone()
    if pieces > _LONGEST_BESIDE:
        rebuild(db)


def texts(db: sqlite3.Connection) -> list[str]:
    """Give the texts that all words stand in, each on a line of its own."""
    return [text for (text,) in db.execute("SELECT words FROM vocabulary")]


def having(vocabulary: Iterable[str], part: str, *, at_end: bool = False) -> list[str] | None:
    """Give the words that have a part elsewhere than at their beginning; None if they are many.

    Args:
        vocabulary: The texts of the vocabulary.
        part: A folded text without blanks.
        at_end: Only those that end with it.
    """
    found: set[str] = set()
    wanted = f"{part}\n" if at_end else part
    for text in vocabulary:
        for word in _having(text, wanted):
            found.add(word)
            if len(found) > MOST:
                return None
    return sorted(found)


def _having(text: str, wanted: str) -> Iterator[str]:
    at = text.find(wanted)
    while at >= 0:
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        if start != at:
            yield text[start:end]
        at = text.find(wanted, end)


def fitting(
    vocabulary: Iterable[str], pattern: str, at_start: bool, at_end: bool
) -> list[str] | None:
    """Give the words of which a part fits a regular expression; None if that is not worth while.

    Args:
        vocabulary: The texts of the vocabulary.
        pattern: A regular expression in lower case that fits nothing beyond the end of a word.
        at_start: Only where it fits at the beginning of the word.
        at_end: Only where it fits at its end.
    """
    regex = import_module("regex")
    source = f"{_BREAK if at_start else ''}{pattern}{_BREAK_AHEAD if at_end else ''}"
    search, over = regex.compile(source).search, time.perf_counter() + _PATIENCE
    found: set[str] = set()
    for text in vocabulary:
        end: int | None = 0
        while end is not None:
            left = over - time.perf_counter()
            if len(found) > MOST or left <= 0:
                return None
            try:
                match = search(text, end, timeout=left)
            except TimeoutError:
                return None
            end = None
            if match is not None:
                first = match.start() + at_start
                start, end = text.rfind("\n", 0, first) + 1, text.find("\n", first)
                found.add(text[start:end])
    return sorted(found)


def of_length(db: sqlite3.Connection, least: int, most: int) -> Iterator[str]:
    """Give the words of some lengths; a few may come more than once."""
    for text in texts(db):
        for match in re.finditer(rf"(?<=\n)[^\n]{{{least},{most}}}(?=\n)", text):
            yield match[0]


def has(db: sqlite3.Connection, part: str) -> bool:
    """Tell whether a text stands in a word."""
    return any(part in text for text in texts(db))
