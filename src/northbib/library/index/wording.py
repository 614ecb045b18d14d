"""The words of a query -> an expression of the full-text index, and whether that says all."""

from __future__ import annotations

import re
from functools import cached_property
from importlib import import_module
from itertools import product
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from northbib.library.index import vocabulary
from northbib.library.searching.reading import VARIABLES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from northbib.library.searching.fields import Field, Kind
    from northbib.library.searching.fitting import Piece, Variant
    from northbib.library.searching.terms import Term

__all__ = ["Narrowed", "Wording", "column_of", "mixed", "whole_columns"]

_RUN = re.compile(r"[a-z0-9]+")
_PART = re.compile(r"[a-z]+|[0-9]+")
_MOST = 200
"""How many phrases are looked for one by one."""
_COLUMN_OF = {name: column for column, names in VARIABLES.items() for name in names}


class Narrowed(NamedTuple):
    """What the words of the full-text index tell of a text.

    Attributes:
        sure: The expression of texts that have what is looked for; "" if none is sure.
        maybe: That of texts that may have it; None if any other one may.
        is_plain: Whether what is sure is so only in texts whose words are parted as everywhere.
    """

    sure: str
    maybe: str | None
    is_plain: bool = False


_ANY = Narrowed("", None)


def column_of(name: str) -> str:
    """Give the column where the texts of a variable stand, with those of others or alone."""
    return _COLUMN_OF.get(name, "others")


def whole_columns(known: Field) -> tuple[str, ...]:
    """Give the columns that hold nothing but what a field looks in."""
    columns = dict.fromkeys(_COLUMN_OF[name] for name in known.sources if name in _COLUMN_OF)
    return tuple(name for name in columns if set(VARIABLES[name]) <= set(known.sources))


def mixed(text: str) -> bool:
    """Tell whether a folded text has letters right beside figures, which are apart in a key."""
    return len(_RUN.findall(text)) != len(_PART.findall(text))


class Wording:
    """Narrows down by the words of one index."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Take an index."""
        self._db = db
        self._found: dict[Piece, list[str] | None] = {}

    @cached_property
    def _vocabulary(self) -> list[str]:
        return vocabulary.texts(self._db)

    def narrowed(self, term: Term, kind: Kind) -> Narrowed:
        """Give what narrows down to the texts that have what a term looks for."""
        text = term.text
        if term.form == "pattern":
            return self._fitting(_variants(text)) or Narrowed("", self._literal(text))
        runs = _RUN.findall(text)
        if not text.isascii() or not runs:
            return _ANY
        from_start = term.form == "beginning" or kind in ("names", "topic")
        whole_end = kind == "topic" and term.form == "part"
        open_start = not from_start and text[0].isalnum()
        open_end = not whole_end and text[-1].isalnum()
        if not open_start:
            found = _phrase(runs, open_end=open_end)
            is_plain = runs == [text] and kind in ("anywhere", "text", "names", "number")
            return Narrowed(found, "", is_plain=True) if is_plain else Narrowed("", found)
        starts = self._starts(runs, open_end=open_end)
        if starts is None:
            return _ANY
        is_sure = runs == [text] and kind in ("anywhere", "text", "number", "address")
        return Narrowed(starts, "") if is_sure else Narrowed("", starts)

    def is_in_line(self, term: Term) -> bool:
        """Tell whether a term is a pattern that is known to fit nothing beyond a line."""
        return term.form == "pattern" and _variants(term.text) is not None

    def in_key(self, term: Term) -> str | None:
        """Give the expression for the parts of keys that may have it; None if any may."""
        if term.form == "pattern":
            found = self._literal(term.text)
            if found is not None:
                return found
            narrowed = self._fitting(_variants(term.text, is_key=True))
            return narrowed and " OR ".join(filter(None, (narrowed.sure, narrowed.maybe)))
        parts = _PART.findall(term.text)
        if not term.text.isascii() or not parts:
            return None
        open_end = term.text[-1].isalnum()
        if term.form == "part" and term.text[0].isalnum():
            return self._starts(parts, open_end=open_end)
        return _phrase(parts, open_end=open_end)

    def _literal(self, pattern: str) -> str | None:
        run = import_module("northbib.library.searching.literals").needed(pattern)
        return self._starts([run], open_end=True) if run else None

    def _fitting(self, variants: Sequence[Variant] | None) -> Narrowed | None:
        """Give what narrows down to the variants of a pattern; None if nothing does."""
        if variants is None:
            return None
        sure: list[str] = []
        maybe: list[str] = []
        for variant in variants:
            found = [self._words(piece) for piece in variant.pieces]
            known = [words for words in found if words is not None]
            if not known:
                return None
            if not all(known):
                continue
            if variant.is_exact:
                sure += map(_quoted, known[0])
            elif variant.side_by_side and len(found) == len(known) and _count(known) <= _MOST:
                maybe += (_quoted(" ".join(words)) for words in product(*known))
            else:
                either = (f"({' OR '.join(map(_quoted, words))})" for words in known)
                maybe.append(f"({' AND '.join(either)})")
        return Narrowed(" OR ".join(sure), " OR ".join(maybe))

    def _words(self, piece: Piece) -> list[str] | None:
        if piece not in self._found:
            self._found[piece] = vocabulary.fitting(self._vocabulary, *piece)
        return self._found[piece]

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


def _variants(pattern: str, *, is_key: bool = False) -> list[Variant] | None:
    # Patterns are rare, and what reads them takes a while to load.
    module = import_module("northbib.library.searching.fitting")
    found: list[Variant] | None = module.variants(pattern, is_key=is_key)
    return found


def _count(words: Sequence[Sequence[str]]) -> int:
    return prod(map(len, words))


def _phrase(runs: list[str], *, open_end: bool) -> str:
    return _quoted(" ".join(runs)) + (" *" if open_end else "")


def _quoted(words: str) -> str:
    return f'"{words}"'
