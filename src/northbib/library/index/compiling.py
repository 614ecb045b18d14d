"""A query -> SQL over the tables of the index.

What the words of the full-text index, or a column, say for sure is left to SQLite. Elsewhere they
only narrow down, and the reference (`searching.matching`) decides on what is left: through
the function `fits`, which is given a folded text, `reads`, which is given some texts of the record
out of its JSON, or `holds`, which is given the JSON.
"""

from __future__ import annotations

# ruff: noqa: S608 - the SQL is made of names and conditions of ours; what users wrote is bound
import re
from functools import cached_property
from typing import TYPE_CHECKING

from northbib.library.index import vocabulary
from northbib.library.index.packing import unpack
from northbib.library.index.rows import BITS, NAMES, NUMBERS, ODD_NUMBER, OTHER
from northbib.library.searching import literals
from northbib.library.searching.fields import Field, types_of
from northbib.library.searching.fields import field as field_of
from northbib.library.searching.matching import span_test, test, text_test
from northbib.library.searching.reading import TITLES, Reading, lines
from northbib.library.searching.terms import And, Between, Has, Is, Not, Or, Query, Term
from northbib.records import plain
from northbib.records.vocabulary import DATE_VARIABLES, NAME_VARIABLES

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
_EXACT = r"instr(json, '\u0000') = 0 AND instr(json, '\ud') = 0"
"""Where there is neither NUL nor a half of a surrogate pair, which SQLite takes for others."""
_NO_TEXTS = NAME_VARIABLES | DATE_VARIABLES | {"keyword"}
"""What is not kept as a text."""
_FEW = 50
"""How many numbers are looked for one by one."""
_OFTEN = (
    "SELECT value FROM mark WHERE value > '{0}:' AND value < '{0};' GROUP BY value"
    " HAVING count(*) > 1"
)
# First what the indexes alone tell; only of what is left it is asked what is a work.
_TWICE = (
    f"entry.id IN (WITH often AS ({_OFTEN.format('DOI')} UNION ALL {_OFTEN.format('work')})"
    " SELECT entry FROM mark WHERE value IN (SELECT value FROM often WHERE 1 < (SELECT count(*)"
    " FROM mark AS own JOIN entry AS work ON work.id = own.entry AND work.type IS NOT NULL"
    " WHERE own.value = often.value)))"
    " OR entry.lower_key IN (SELECT lower_key FROM entry GROUP BY lower_key HAVING count(*) > 1)"
    " AND entry.key != '' AND EXISTS (SELECT 1 FROM entry AS other WHERE other.type IS NOT NULL"
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
        db.create_function("reads", -1, self._call_reads, deterministic=True)
        db.create_function("holds", 2, self._call_holds, deterministic=True)

    def release(self) -> None:
        """Let the connection forget the functions, and so what they hold."""
        self._db.create_function("fits", 2, None)
        self._db.create_function("reads", -1, None)
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

    def _call_reads(self, number: int, *texts: str | None) -> bool:
        pairs = zip(texts[::2], texts[1::2], strict=True)
        found = [other or "" if value is None else plain(value) for value, other in pairs]
        return self._call_fits(number, lines(found))

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
        condition = f"entry.has & {self._value(bits)} != 0"
        if known.kind == "number":
            found = self._figures(known, leaf)
            holds = span_test((leaf.first, leaf.last))
            return f"({condition}{found} AND {self._read(leaf, known, holds)})"
        return f"({condition} AND {self._checked(leaf)})"

    def _figures(self, known: Field, leaf: Between) -> str:
        """Give what narrows down to the records that have one of a few numbers, or odd ones."""
        first, last = max(leaf.first, 0), leaf.last
        if not 0 <= last - first < _FEW or not NUMBERS.issuperset(known.sources):
            return ""
        numbers = (_quoted(str(number)) for number in range(first, last + 1))
        odd = self._value(ODD_NUMBER)
        matching = self._matching(f"{{others}} : ({' OR '.join(numbers)})")
        return f" AND (entry.has & {odd} != 0 OR {matching})"

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
        run = literals.needed(term.text) if term.form == "pattern" else ""
        found = self._starts([run], open_end=True) if run else None
        narrowed = f"{self._matching(f'{{parts}} : ({found})')} AND " if found else ""
        return f"({narrowed}fits({self._fit(term, 'key')}, {_KEY}))"

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
            return self._read(term, known, text_test(known.kind, term.text, term.form))
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

    def _read(self, leaf: Leaf, known: Field, holds: TextTest) -> str:
        """Give the condition that a test holds of the texts that a field looks in.

        SQLite takes them out of the JSON in a fraction of the time in which a record is read.
        """
        if not known.sources or not _NO_TEXTS.isdisjoint(known.sources):
            return self._checked(leaf)
        self._fits.append(holds)
        number = self._value(len(self._fits) - 1)
        places = (f'$[{place}]."{name}"' for name in known.sources for place in (2, 4))
        texts = ", ".join(f"json_extract(json, {self._value(place)})" for place in places)
        return (
            f"(SELECT CASE WHEN {_EXACT} THEN reads({number}, {texts}) ELSE {self._checked(leaf)}"
            " END FROM record WHERE record.id = entry.id)"
        )

    def _match(self, known: Field, expression: str) -> str:
        columns = _columns(known)
        if known.kind == "anywhere":
            columns = (*columns, "parts")
        wanted = f"{{{' '.join(columns)}}} : ({expression})" if columns else expression
        return self._matching(wanted)

    def _matching(self, wanted: str) -> str:
        return f"entry.id IN (SELECT rowid FROM words WHERE words MATCH {self._value(wanted)})"

    def _words(self, term: Term, known: Field) -> tuple[str | None, bool]:
        """Give the full-text expression that all wanted records answer to; None if there is none.

        The second says whether no others do.
        """
        text = term.text
        if term.form == "pattern":
            run = literals.needed(text)
            return (self._starts([run], open_end=True) if run else None), False
        runs = _RUN.findall(text)
        if not text.isascii() or not runs:
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
