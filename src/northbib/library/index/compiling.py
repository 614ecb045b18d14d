"""A query -> SQL over the tables of the index.

What the words of the full-text index, or a column, say for sure is left to SQLite. Elsewhere they
only narrow down, and the reference (`searching.matching`) decides on what is left: through
the function `fits`, which is given a folded text, or `holds`, which is given the record as JSON.
"""

from __future__ import annotations

# ruff: noqa: S608 - the SQL is made of names and conditions of ours; what users wrote is bound
import re
from functools import cached_property
from typing import TYPE_CHECKING

from northbib.library.index import vocabulary
from northbib.library.index.packing import unpack
from northbib.library.index.rows import BITS, NAMES, OTHER
from northbib.library.searching.fields import Field, types_of
from northbib.library.searching.fields import field as field_of
from northbib.library.searching.matching import test, text_test
from northbib.library.searching.reading import TITLES, Reading
from northbib.library.searching.terms import And, Between, Has, Is, Not, Or, Query, Term

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from northbib.library.searching.fields import Kind
    from northbib.library.searching.matching import Test, TextTest
    from northbib.library.searching.terms import Leaf

__all__ = ["Compiler"]

_RUN = re.compile(r"[a-z0-9]+")
_FREE = ("titles", "names", "topics", "rest")
_KEY = "coalesce(entry.folded_key, entry.lower_key)"
_JSON = "(SELECT json FROM record WHERE record.id = entry.id)"
_TWICE = (
    "entry.id IN (SELECT entry FROM mark WHERE value IN (SELECT value FROM mark"
    " JOIN entry AS work ON work.id = mark.entry AND work.type IS NOT NULL"
    " WHERE value GLOB 'DOI:*' OR value GLOB 'work:*' GROUP BY value HAVING count(*) > 1))"
    " OR entry.key != '' AND EXISTS (SELECT 1 FROM entry AS other WHERE other.type IS NOT NULL"
    " AND other.lower_key = entry.lower_key AND other.id != entry.id)"
)


class Compiler:
    """Compiles one query, for one connection.

    Attributes:
        parameters: What stands for the question marks of the SQL.
    """

    def __init__(self, db: sqlite3.Connection, files: Callable[[str], list[int]]) -> None:
        """Begin.

        Args:
            db: The index.
            files: Gives the numbers of the files that a folded name of a bibliography stands for.
        """
        self._db = db
        self._files = files
        self._fits: list[TextTest] = []
        self._holds: list[Test] = []
        self.parameters: list[object] = []
        self.error: Exception | None = None
        db.create_function("fits", 2, self._call_fits, deterministic=True)
        db.create_function("holds", 2, self._call_holds, deterministic=True)

    def release(self) -> None:
        """Let the connection forget the functions, and so what they hold."""
        self._db.create_function("fits", 2, None)
        self._db.create_function("holds", 2, None)

    @cached_property
    def _vocabulary(self) -> list[str]:
        return vocabulary.texts(self._db)

    def sql(self, query: Query) -> str:
        """Give a condition on a row of `entry` that is true or false, never NULL."""
        match query:
            case Not(part):
                return f"NOT {self.sql(part)}"
            case And(parts):
                return f"({' AND '.join(map(self.sql, parts))})" if parts else "1"
            case Or(parts):
                return f"({' OR '.join(map(self.sql, parts))})"
        return self._leaf(query)

    def _leaf(self, leaf: Leaf) -> str:
        match leaf:
            case Is():
                return f"({_TWICE})"
            case Has(name):
                return self._has(leaf, _field(name))
            case Between(name):
                return self._between(leaf, _field(name))
            case Term(name):
                return self._term(leaf, _field(name))

    def _call_fits(self, number: int, text: str) -> bool:
        try:
            return self._fits[number](text)
        except Exception as error:
            self.error = error
            raise

    def _call_holds(self, number: int, json: str) -> bool:
        try:
            return self._holds[number](Reading(unpack(json)))
        except Exception as error:
            self.error = error
            raise

    def _value(self, value: object) -> str:
        self.parameters.append(value)
        return "?"

    def _has(self, leaf: Has, known: Field) -> str:
        names = known.sources or ("",)
        bits = 0
        for name in names:
            bits |= BITS.get(name, OTHER) if name else NAMES
        condition = f"entry.has & {self._value(bits)} != 0"
        if not bits & OTHER:
            return f"({condition})"
        sure = self._value(bits & ~OTHER)
        return f"({condition} AND (entry.has & {sure} != 0 OR {self._checked(leaf)}))"

    def _between(self, leaf: Between, known: Field) -> str:
        if known.sources == ("issued",):
            return (
                f"(entry.first IS NOT NULL AND entry.first <= {self._value(leaf.last)}"
                f" AND entry.last >= {self._value(leaf.first)})"
            )
        bits = 0
        for name in known.sources:
            bits |= BITS.get(name, OTHER)
        return f"(entry.has & {self._value(bits)} != 0 AND {self._checked(leaf)})"

    def _term(self, term: Term, known: Field) -> str:
        if known.kind == "type":
            names = sorted(types_of(term.text))
            return f"(entry.type IN ({', '.join(map(self._value, names))}))"
        if known.kind == "bibliography":
            numbers = self._files(term.text)
            return f"(entry.file IN ({', '.join(map(self._value, numbers))}))"
        if known.kind == "key":
            return self._key(term)
        found, is_exact = self._words(term, known)
        if found is None:
            return f"({self._tested(term, known)})"
        narrowed = f"({self._match(known, found)}{self._in_key(term, known)})"
        return narrowed if is_exact else f"({narrowed} AND {self._tested(term, known)})"

    def _key(self, term: Term) -> str:
        if term.form == "part":
            own, folded = self._value(term.text), self._value(term.text)
            return (
                f"(entry.id IN (SELECT id FROM entry WHERE lower_key = {own}"
                " AND folded_key IS NULL UNION ALL"
                f" SELECT id FROM entry WHERE folded_key = {folded}))"
            )
        return f"(fits({self._fit(term, 'key')}, {_KEY}))"

    def _in_key(self, term: Term, known: Field) -> str:
        """Give what else finds a text in a key, of which the words have only the parts."""
        mixed = [run for run in _RUN.findall(term.text) if not (run.isalpha() or run.isdecimal())]
        if known.kind != "anywhere" or not mixed:
            return ""
        return f" OR instr({_KEY}, {self._value(mixed[0])}) > 0"

    def _tested(self, term: Term, known: Field) -> str:
        """Give the condition that the reference is asked for."""
        columns = _columns(known)
        if not columns:
            return self._checked(term)
        texts = (*columns, _KEY) if known.kind == "anywhere" else columns
        is_plain = term.form == "part" and known.kind in ("anywhere", "text")
        if is_plain and " " not in term.text:
            # A text without blanks has no hyphen to stand for one.
            found = " OR ".join(f"instr({text}, {self._value(term.text)})" for text in texts)
        else:
            joined = " || char(10) || ".join(texts)
            found = f"fits({self._fit(term, known.kind)}, {joined})"
        return f"(SELECT {found} FROM reading WHERE reading.id = entry.id)"

    def _fit(self, term: Term, kind: Kind) -> str:
        self._fits.append(text_test(kind, term.text, term.form))
        return self._value(len(self._fits) - 1)

    def _checked(self, leaf: Leaf) -> str:
        self._holds.append(test(leaf))
        return f"holds({self._value(len(self._holds) - 1)}, {_JSON})"

    def _match(self, known: Field, expression: str) -> str:
        columns = _columns(known)
        if known.kind == "anywhere":
            columns = (*columns, "parts")
        wanted = f"{{{' '.join(columns)}}} : ({expression})" if columns else expression
        return f"entry.id IN (SELECT rowid FROM words WHERE words MATCH {self._value(wanted)})"

    def _words(self, term: Term, known: Field) -> tuple[str | None, bool]:
        """Give the full-text expression that all wanted records answer to; None if there is none.

        The second says whether no others do.
        """
        text = term.text
        runs = _RUN.findall(text)
        if term.form == "pattern" or not text.isascii() or not runs:
            return None, False
        from_start = term.form == "beginning" or known.kind in ("names", "topic")
        whole_end = known.kind == "topic" and term.form == "part"
        open_start = not from_start and text[0].isalnum()
        open_end = not whole_end and text[-1].isalnum()
        if not open_start:
            return _phrase(runs, open_end=open_end), False
        found = self._starts(runs, open_end=open_end)
        is_exact = runs == [text] and known.kind in ("anywhere", "text") and bool(_columns(known))
        return found, is_exact

    def _starts(self, runs: list[str], *, open_end: bool) -> str | None:
        """Give the expression for runs of which the first may be the end of a longer word."""
        first, *rest = runs
        at_end = bool(rest) or not open_end
        longer = vocabulary.having(self._vocabulary, first, at_end=at_end)
        if longer is None:
            return _phrase(rest, open_end=open_end) if rest else None
        if not rest and open_end:
            return " OR ".join([_phrase(runs, open_end=True), *map(_quoted, longer)])
        return " OR ".join(_phrase([word, *rest], open_end=open_end) for word in (first, *longer))


def _field(name: str) -> Field:
    known = field_of(name)
    if known is None:
        raise ValueError(f"no field is called {name!r}")
    return known


def _columns(known: Field) -> tuple[str, ...]:
    """Give the columns that a field looks in; none where they hold only a part of it, or more."""
    if known.kind == "anywhere":
        return _FREE
    if known.kind == "names" and not known.sources:
        return ("names",)
    if known.kind == "topic":
        return ("topics",)
    return ("titles",) if known.sources == TITLES else ()


def _phrase(runs: list[str], *, open_end: bool) -> str:
    return _quoted(" ".join(runs)) + (" *" if open_end else "")


def _quoted(words: str) -> str:
    return f'"{words}"'
