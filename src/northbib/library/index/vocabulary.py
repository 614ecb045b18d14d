"""All words of the library, so that a part of a word finds the words that have it.

They stand in one text with a line for each, made anew when many entries change; the words of a few
changed entries are put beside it. Words that are no longer used do no harm. A key that is made of
words and figures is there in parts only (`Reading.parts`): as a whole it would be one more word
that has the title's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

__all__ = ["extend", "has", "having", "of_length", "rebuild"]

MOST = 300
"""How many words may have a part for it to be worth looking them up one by one."""

_WORD = re.compile(r"[^\W_]+")
_CHUNK = re.compile(r"[0-9a-z]*[^\x00-\x7f][0-9a-z\x80-\U0010ffff]*")
"""What SQLite, which has another table of letters, may take for a word."""
_MIXED = re.compile(r"[a-z]+[0-9]|[0-9]+[a-z]")
_LONGEST_BESIDE = 200


def rebuild(db: sqlite3.Connection) -> None:
    """Take all words from the full-text index."""
    keys = {
        word
        for (key,) in db.execute("SELECT coalesce(folded_key, lower_key) FROM entry")
        for word in _WORD.findall(key)
        if _MIXED.match(word)
    }
    terms = db.execute("SELECT term, cnt FROM term")
    found = "\n".join([word for word, count in terms if count > 1 or word not in keys])
    db.execute("DELETE FROM vocabulary")
    db.execute("INSERT INTO vocabulary (words) VALUES (?)", (f"\n{found}\n",))


def extend(db: sqlite3.Connection, last: int) -> None:
    """Put the words of the records that came behind a number beside the others."""
    rows = db.execute(
        "SELECT coalesce(folded_key, lower_key), titles, names, topics, rest, others, parts"
        " FROM entry JOIN reading USING (id) WHERE id > ?",
        (last,),
    )
    found: set[str] = set()
    for key, titles, names, topics, rest, *others in rows:
        for text in (titles, names, topics, rest.removeprefix(key), *others):
            found.update(_WORD.findall(text))
            found.update(_CHUNK.findall(text))
        found.update(word for word in _WORD.findall(key) if not _MIXED.match(word))
    if not found:
        return
    db.execute("INSERT INTO vocabulary (words) VALUES (?)", ("\n{}\n".format("\n".join(found)),))
    (rows,) = db.execute("SELECT count(*) FROM vocabulary").fetchone()
    if rows > _LONGEST_BESIDE:
        rebuild(db)


def having(db: sqlite3.Connection, part: str, *, at_end: bool = False) -> list[str] | None:
    """Give the words that have a part elsewhere than at their beginning; None if they are many.

    Args:
        db: The index.
        part: A folded text without blanks.
        at_end: Only those that end with it.
    """
    found: set[str] = set()
    wanted = f"{part}\n" if at_end else part
    for (text,) in db.execute("SELECT words FROM vocabulary"):
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


def of_length(db: sqlite3.Connection, least: int, most: int) -> Iterator[str]:
    """Give the words of some lengths; a few may come more than once."""
    for (text,) in db.execute("SELECT words FROM vocabulary"):
        for match in re.finditer(rf"(?<=\n)[^\n]{{{least},{most}}}(?=\n)", text):
            yield match[0]


def has(db: sqlite3.Connection, part: str) -> bool:
    """Tell whether a text stands in a word."""
    return any(part in text for (text,) in db.execute("SELECT words FROM vocabulary"))
