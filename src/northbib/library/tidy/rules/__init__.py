"""The rules of tidying, each a function in a file of its own.

A rule of entries takes an entry as it is written (`Form`) and gives it as it should be. The rules
of files (`line-ends`, `encoding`, `blank-lines`, `sort`) are parts of `northbib.library.tidy.file`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from northbib.library.tidy.context import Context
    from northbib.library.tidy.form import Form

__all__ = ["ENTRY_RULES", "NOT_BY_DEFAULT", "RULES", "entry_rule"]

ENTRY_RULES = {
    "types": "entry types in small letters",
    "names": "field names in small letters",
    "spaces": "values on one line, with single blanks",
    "unicode": "LaTeX accents and letters as Unicode",
    "people": "name lists with single blanks round each and",
    "months": "months by their macros: oct",
    "dates": "year, month and day in one date",
    "pages": "page ranges with two hyphens",
    "doi": "DOIs without resolver or prefix",
    "isbn": "ISBNs without hyphens, ISSNs with theirs",
    "urls": "web addresses without \\url and escapes",
    "keywords": "keywords with a comma and a blank between them",
    "delimiters": "braces round values and entries",
    "order": "fields in one order",
    "layout": "a field on each line, aligned, with a comma behind",
}
"""Name of a rule of entries -> what it sees to, in the order in which they are carried out."""

_FILE_RULES = {
    "line-ends": "one kind of line ends",
    "encoding": "UTF-8 without byte order mark",
    "blank-lines": "one blank line between entries",
    "sort": "entries in order of key or year",
}

RULES = ENTRY_RULES | _FILE_RULES
"""Name of a rule -> what it sees to."""

NOT_BY_DEFAULT = frozenset({"unicode", "dates", "sort"})
"""Rules that are followed only where they are asked for."""


def entry_rule(name: str) -> Callable[[Form, Context], Form]:
    """Give the function of a rule of entries."""
    module = import_module(f"{__name__}.{name}")
    function: Callable[[Form, Context], Form] = module.tidy
    return function
