"""A query -> SQL over the tables of the index.

What the words of the full-text index, or a column, say for sure is left to SQLite. Elsewhere they
only narrow down, and the reference (`searching.matching`) decides on what is left: through
the function `fits`, which is given a folded text, `reads`, which is given some texts of the record
out of its JSON, or `holds`, which is given the JSON.
"""

from __future__ import annotations

# ruff: noqa: S608 - the SQL is made of names and conditions of ours; what users wrote is bound
import json
from typing import TYPE_CHECKING, NamedTuple

from northbib.library.index.packing import unpack
from northbib.library.index.repeats import DUPLICATES
from northbib.library.index.rows import BITS, NAMES, ODD_NAMES, ODD_TEXTS
from northbib.library.index.spans import CODES
from northbib.library.index.wording import Wording, column_of, mixed, whole_columns
from northbib.library.searching import patterns
from northbib.library.searching.fields import Field, types_of
from northbib.library.searching.fields import field as field_of
from northbib.library.searching.matching import test, text_test
from northbib.library.searching.reading import FREE, Reading, lines
from northbib.library.searching.terms import And, Between, Has, Is, Not, Or, Query, Term
from northbib.records import plain
from northbib.records.vocabulary import DATE_VARIABLES, NAME_VARIABLES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from northbib.library.index.wording import Narrowed
    from northbib.library.searching.fields import Kind
    from northbib.library.searching.matching import Test, TextTest
    from northbib.library.searching.terms import Leaf

__all__ = ["Compiler"]

_KEY = "coalesce(entry.folded_key, entry.lower_key)"
_JSON = "(SELECT json FROM record WHERE record.id = entry.id)"
_EXACT = r"instr(json, '\u0000') = 0 AND instr(json, '\ud') = 0"
"""Where there is neither NUL nor a half of a surrogate pair, which SQLite takes for others."""
_NO_TEXTS = NAME_VARIABLES | DATE_VARIABLES | {"keyword"}
"""What is not kept as a text."""
_LAST = "\U0010ffff"
"""Behind all that goes on after a beginning."""
_NO_WORDS = frozenset({"type", "bibliography", "key"})
"""The kinds of terms that the full-text index is not asked for."""

_WIDEST = 10
"""How many conditions stand beside each other."""


class _Way(NamedTuple):
    """One way in which entries are found.

    Attributes:
        ids: The SELECT that gives their numbers; "" for all entries.
        condition: What must be true of them besides; "" if nothing.
    """

    ids: str
    condition: str = ""


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
        self._wording = Wording(db)
        self._has_words = False
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

    def condition(self, query: Query) -> str:
        """Give the condition on a row of `entry` that tells whether a query finds it."""
        parts = query.parts if isinstance(query, And) else ()
        self._has_words = any(_asks_words(part) for part in parts)
        return self._sql(query)

    def _sql(self, query: Query) -> str:
        """Give a condition that is true or false, never NULL."""
        match query:
            case Not(part):
                return f"NOT {self._sql(part)}"
            case And(parts):
                return _chained(" AND ", map(self._sql, parts)) if parts else "1"
            case Or(parts):
                return _chained(" OR ", map(self._sql, parts))
        return self._leaf(query)

    def _leaf(self, leaf: Leaf) -> str:
        match leaf:
            case Is():
                return f"(entry.id IN ({DUPLICATES}))"
            case Has(name):
                return self._has(_field(name).sources or ("",))
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
        return f"?{len(self.parameters)}"

    def _has(self, names: Iterable[str]) -> str:
        """Give the condition that one of some variables or fields is set; "" stands for names."""
        bits, marks = 0, []
        for name in names:
            if not name:
                bits |= NAMES
            elif name in BITS:
                bits |= BITS[name]
            else:
                marks.append(self._value(f"has:{name}"))
        ways = [f"entry.has & {self._value(bits)} != 0"] if bits else []
        if marks:
            ways.append(f"entry.id IN (SELECT entry FROM mark WHERE value IN ({', '.join(marks)}))")
        return f"({' OR '.join(ways)})"

    def _between(self, leaf: Between, known: Field) -> str:
        first, last = self._value(leaf.first), self._value(leaf.last)
        if known.sources == ("issued",):
            condition = f"first <= {last} AND last >= {first}"
            if self._has_words:
                return f"(entry.first IS NOT NULL AND {condition})"
            return f"(entry.id IN (SELECT id FROM entry WHERE {condition}))"
        codes = ", ".join(str(CODES[name]) for name in known.sources if name in CODES)
        return (
            f"(entry.id IN (SELECT entry FROM span WHERE variable IN ({codes})"
            f" AND first <= {last} AND last >= {first}))"
        )

    def _term(self, term: Term, known: Field) -> str:
        if known.kind == "type":
            names = sorted(types_of(term.text))
            return f"(entry.type IN ({', '.join(map(self._value, names))}))"
        if known.kind == "bibliography":
            numbers = self._files(term.text)
            return f"(entry.file IN ({', '.join(map(self._value, numbers))}))"
        return _joined([self._key(term)] if known.kind == "key" else self._text(term, known))

    def _text(self, term: Term, known: Field) -> list[_Way]:
        narrowed = self._wording.narrowed(term, known.kind)
        if known.kind == "anywhere":
            return self._anywhere(term, narrowed)
        if known.kind == "names" and not known.sources:
            return self._within(term, known, narrowed, ("names",))
        if known.kind == "topic":
            return self._within(term, known, narrowed, ("topics",))
        return self._fielded(term, known, narrowed)

    def _anywhere(self, term: Term, narrowed: Narrowed) -> list[_Way]:
        if narrowed.maybe is None:
            return [_Way("", self._tested(term, "anywhere", FREE))]
        is_same = not (narrowed.is_plain or term.form == "pattern" or mixed(term.text))
        if is_same:
            return self._ways(term, "anywhere", narrowed, FREE, ("parts",))
        return [*self._ways(term, "anywhere", narrowed, FREE), self._in_key(term, "anywhere")]

    def _within(
        self, term: Term, known: Field, narrowed: Narrowed, columns: tuple[str, ...]
    ) -> list[_Way]:
        """Give the ways where some columns hold just what a field looks in."""
        if narrowed.maybe is None:
            has = self._has(known.sources or ("",))
            return [_Way("", f"{has} AND {self._tested(term, known.kind, columns)}")]
        return self._ways(term, known.kind, narrowed, columns)

    def _ways(
        self,
        term: Term,
        kind: Kind,
        narrowed: Narrowed,
        columns: tuple[str, ...],
        more: tuple[str, ...] = (),
    ) -> list[_Way]:
        ways = []
        if narrowed.sure:
            checked = ""
            if narrowed.is_plain:
                odd = self._value(ODD_NAMES if columns == ("names",) else ODD_TEXTS)
                checked = f"(entry.has & {odd} = 0 OR {self._tested(term, kind, columns)})"
            ways.append(_Way(self._matching((*columns, *more), narrowed.sure), checked))
        if narrowed.maybe:
            maybe = self._matching((*columns, *more), narrowed.maybe)
            ways.append(_Way(maybe, self._tested(term, kind, columns)))
        return ways

    def _fielded(self, term: Term, known: Field, narrowed: Narrowed) -> list[_Way]:
        """Give the ways for a field that looks in some variables and fields of its own."""
        whole = whole_columns(known)
        others = [name for name in known.sources if column_of(name) not in whole]
        if not others:
            return self._within(term, known, narrowed, whole)
        if narrowed.maybe is None:
            return [_Way("", f"{self._has(known.sources)} AND {self._read(term, known)}")]
        ways = self._ways(term, known.kind, narrowed, whole) if whole else []
        either = " OR ".join(filter(None, (narrowed.sure, narrowed.maybe)))
        if not either:
            return []
        ids = ""
        if not whole or not BITS.keys().isdisjoint(others):
            columns = dict.fromkeys(map(_column_of, others))
            ids = self._matching(tuple(columns), either)
        return [*ways, _Way(ids, f"{self._has(others)} AND {self._read(term, known)}")]

    def _key(self, term: Term) -> _Way:
        text = term.text
        if term.form == "part":
            return _Way(_keys(f"= {self._value(text)}"))
        if term.form == "beginning":
            between = f"BETWEEN {self._value(text)} AND {self._value(text + _LAST)}"
            return _Way(_keys(between))
        return self._in_key(term, "key")

    def _in_key(self, term: Term, kind: Kind) -> _Way:
        """Give the way in which the keys are found that have it."""
        in_key = self._wording.in_key(term)
        if in_key == "":
            return _Way("", "0")
        if in_key is None and self._wording.is_in_line(term):
            (text,) = self._db.execute(
                f"SELECT group_concat({_KEY}, char(10)) FROM entry"
            ).fetchone()
            found = json.dumps(sorted(set(patterns.lines_fitting(term.text, text or ""))))
            return _Way(_keys(f"IN (SELECT value FROM json_each({self._value(found)}))"))
        parts = "" if in_key is None else self._matching(("parts",), in_key)
        return _Way(parts, f"fits({self._fit(term, kind)}, {_KEY})")

    def _tested(self, term: Term, kind: Kind, columns: tuple[str, ...]) -> str:
        """Give the condition that the texts of some columns, or the key, have it."""
        texts = (*columns, _KEY) if kind == "anywhere" else columns
        is_plain = term.form == "part" and kind in ("anywhere", "text", "number")
        if is_plain and " " not in term.text:
            # A text without blanks has no hyphen to stand for one.
            wanted = self._value(term.text)
            found = " OR ".join(f"instr({text}, {wanted})" for text in texts)
        else:
            joined = " || char(10) || ".join(texts)
            found = f"fits({self._fit(term, kind)}, {joined})"
        return f"(SELECT {found} FROM reading WHERE reading.id = entry.id)"

    def _fit(self, term: Term, kind: Kind) -> str:
        self._fits.append(text_test(kind, term.text, term.form))
        return self._value(len(self._fits) - 1)

    def _checked(self, leaf: Leaf) -> str:
        self._holds.append(test(leaf))
        return f"holds({self._value(len(self._holds) - 1)}, {_JSON})"

    def _read(self, term: Term, known: Field) -> str:
        """Give the condition that the texts have it which a field looks in.

        SQLite takes them out of the JSON in a fraction of the time in which a record is read.
        """
        if not _NO_TEXTS.isdisjoint(known.sources):
            return self._checked(term)
        number = self._fit(term, known.kind)
        places = (f'$[{place}]."{name}"' for name in known.sources for place in (2, 4))
        texts = ", ".join(f"json_extract(json, {self._value(place)})" for place in places)
        return (
            f"(SELECT CASE WHEN {_EXACT} THEN reads({number}, {texts}) ELSE {self._checked(term)}"
            " END FROM record WHERE record.id = entry.id)"
        )

    def _matching(self, columns: tuple[str, ...], expression: str) -> str:
        wanted = f"{{{' '.join(columns)}}} : ({expression})"
        return f"SELECT rowid FROM words WHERE words MATCH {self._value(wanted)}"


def _keys(comparison: str) -> str:
    return (
        f"SELECT id FROM entry WHERE lower_key {comparison} AND folded_key IS NULL"
        f" UNION ALL SELECT id FROM entry WHERE folded_key {comparison}"
    )


def _asks_words(query: Query) -> bool:
    return isinstance(query, Term) and _field(query.field).kind not in _NO_WORDS


def _chained(operator: str, conditions: Iterable[str]) -> str:
    """Join conditions, few at a time: SQLite takes no chain of a thousand."""
    left = list(conditions)
    while len(left) > _WIDEST:
        groups = (left[place : place + _WIDEST] for place in range(0, len(left), _WIDEST))
        left = [f"({operator.join(group)})" for group in groups]
    return f"({operator.join(left)})"


def _joined(ways: list[_Way]) -> str:
    """Give the condition that an entry is found in one of some ways."""
    if not ways:
        return "(0)"
    if len(ways) == 1:
        ids, condition = ways[0]
        found = [f"entry.id IN ({ids})"] if ids else []
        return f"({' AND '.join([*found, condition] if condition else found)})"
    selects = [
        f"SELECT entry.id FROM entry WHERE {_joined([way])}" if way.condition else way.ids
        for way in ways
    ]
    return f"(entry.id IN ({' UNION ALL '.join(selects)}))"


def _column_of(name: str) -> str:
    return "names" if name in NAME_VARIABLES else column_of(name)


def _field(name: str) -> Field:
    known = field_of(name)
    if known is None:
        raise ValueError(f"no field is called {name!r}")
    return known
