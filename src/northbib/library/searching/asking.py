"""What was typed for a field of a query -> what it asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.tables import SUBTYPES, TYPE_OF_ENTRY
from northbib.errors import UsageError
from northbib.library.searching import patterns
from northbib.library.searching.fields import STATES, field, known_names, types_of
from northbib.library.searching.reading import words
from northbib.library.searching.spans import number_span, time_span, year_span
from northbib.library.searching.terms import Between, Has, Is, Leaf, Not, Term
from northbib.records import fold
from northbib.records.identifiers import doi
from northbib.records.near import did_you_mean
from northbib.records.vocabulary import TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

    from northbib.library.searching.fields import Kind
    from northbib.library.searching.terms import Form

__all__ = ["asked"]

_NUMERIC = re.compile(r"(?:[<>]=?|=)?\s*[\d.–-]*\d[\d.–-]*")
_HAS_HINT = "write a field that may be missing, such as has:doi"
_NO_PATTERN = frozenset({"time", "type", "bibliography", "has", "no", "is"})


def asked(name: str, typed: str, form: Form = "part") -> Leaf | Not:
    """Give what a word of a query asks.

    Args:
        name: The field in lower case, "" for free text.
        typed: The word or phrase, or the regular expression between its slashes.
        form: How it is meant.

    Raises:
        UsageError: It makes no sense; the hint says what to write.
    """
    known = field(name)
    if known is None:
        raise UsageError(f"no field is called {name!r}")
    if form == "pattern" and known.kind not in _NO_PATTERN:
        return Term(name, patterns.checked(typed), form)
    if known.kind in _READERS:
        return _READERS[known.kind](name, typed)
    return Term(name, _COMPARED.get(known.kind, _wanted)(typed), form)


def _time(name: str, typed: str) -> Leaf:
    return Between(name, *(year_span(typed) if name == "year" else time_span(typed, name)))


def _number(name: str, typed: str) -> Leaf:
    if _NUMERIC.fullmatch(typed.strip()):
        return Between(name, *number_span(typed, name))
    return Term(name, _wanted(typed))


def _type(name: str, typed: str) -> Leaf:
    wanted = fold(typed.strip())
    if not types_of(wanted):
        near = did_you_mean(wanted, {*TYPES, *TYPE_OF_ENTRY, *SUBTYPES})
        raise UsageError(f"no type is called {typed!r}", hint=near or "such as book or article")
    return Term(name, wanted)


def _bibliography(name: str, typed: str) -> Leaf:
    return Term(name, _text(typed))


def _has(_name: str, typed: str) -> Leaf:
    wanted = typed.strip().lower()
    known = field(wanted)
    if known is None:
        near = did_you_mean(wanted, known_names())
        raise UsageError(f"no field is called {typed!r}", hint=near or _HAS_HINT)
    if not known.sources and known.kind != "names":
        raise UsageError(f"{wanted} is nothing that a record may be without", hint=_HAS_HINT)
    return Has(wanted)


def _is(_name: str, typed: str) -> Leaf:
    wanted = fold(typed.strip())
    if wanted not in STATES:
        hint = f"write is:{' or is:'.join(STATES)}"
        raise UsageError(f"nothing is known to be {typed!r}", hint=hint)
    return Is(wanted)


_READERS: dict[Kind, Callable[[str, str], Leaf | Not]] = {
    "time": _time,
    "number": _number,
    "type": _type,
    "bibliography": _bibliography,
    "has": _has,
    "no": lambda name, typed: Not(_has(name, typed)),
    "is": _is,
}


def _text(typed: str) -> str:
    return " ".join(fold(typed).split())


def _wanted(typed: str) -> str:
    found = words(_text(typed)).strip()
    if not found:
        raise UsageError(f"there is nothing to look for in {typed!r}", hint="write a word")
    return found


def _identifier(typed: str) -> str:
    # Free text around a DOI is to be found as it stands.
    return (doi(typed) if len(typed.split()) == 1 else None) or _text(typed)


_COMPARED: dict[Kind, Callable[[str], str]] = {
    "anywhere": lambda typed: _wanted(_identifier(typed)),
    "address": _identifier,
    "key": _text,
}
