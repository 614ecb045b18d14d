"""How bibliographies are to look: which rules are followed, and what some of them ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from northbib.bibtex.tables import FIELD_ORDER, PROVENANCE
from northbib.errors import InputError, UsageError
from northbib.library.settings import read_settings, settings_file
from northbib.library.tidy.rules import NOT_BY_DEFAULT, RULES
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

__all__ = ["SORTS", "Settings", "chosen", "settings_of"]

SORTS = ("key", "year")
_WIDEST = 80


@dataclass(frozen=True, slots=True)
class Settings:
    """How bibliographies are to look.

    Attributes:
        rules: The names of the rules that are followed.
        indent: How many blanks stand before a field.
        column: In which column, counted from 1, the equals signs stand; 0 for right behind.
        order: The fields in their order; others follow.
        last: The fields that come last.
        sort: What entries are put in order by, if the rule for that is followed: key or year.
    """

    rules: frozenset[str] = frozenset(RULES) - NOT_BY_DEFAULT
    indent: int = 2
    column: int = 16
    order: tuple[str, ...] = FIELD_ORDER
    last: tuple[str, ...] = PROVENANCE
    sort: str = "key"


def chosen(
    settings: Settings,
    only: Iterable[str] = (),
    also: Iterable[str] = (),
    skip: Iterable[str] = (),
) -> Settings:
    """Give settings with other rules.

    Args:
        settings: The settings to begin with.
        only: The rules to follow, and no others; empty for those of the settings.
        also: Rules to follow besides.
        skip: Rules to leave out.

    Raises:
        UsageError: There is no such rule.
    """
    wanted = frozenset(map(_known, only)) or settings.rules
    rules = (wanted | frozenset(map(_known, also))) - frozenset(map(_known, skip))
    return replace(settings, rules=rules)


def _known(name: str) -> str:
    if name not in RULES:
        hint = did_you_mean(name, RULES) or f"there are {', '.join(RULES)}"
        raise UsageError(f"no rule of tidying is called {name!r}", hint=hint)
    return name


def settings_of(root: Path) -> Settings:
    """Give how the bibliographies of a library are to look: `[tidy]` in its settings.

    Args:
        root: The folder or the file that the library is.

    Raises:
        InputError: The settings cannot be read, or ask for what there is not.
    """
    table = read_settings(root).get("tidy", {})
    try:
        return _read(table)
    except UsageError as error:
        raise InputError(error.message, where=settings_file(root), hint=error.hint) from error


def _read(table: Any) -> Settings:
    if not isinstance(table, dict):
        raise UsageError("tidy is no table", hint="write [tidy] on a line of its own")
    settings = Settings()
    for name, value in table.items():
        if name not in _READERS:
            hint = did_you_mean(name, _READERS) or f"there are {', '.join(_READERS)}"
            raise UsageError(f"tidy has no setting {name!r}", hint=hint)
        settings = _READERS[name](settings, value)
    return settings


def _sorted_by(settings: Settings, value: Any) -> Settings:
    if value not in SORTS:
        raise UsageError(f"tidy.sort cannot be {value!r}", hint=f"use {' or '.join(SORTS)}")
    return replace(settings, sort=value, rules=settings.rules | {"sort"})


_READERS: dict[str, Callable[[Settings, Any], Settings]] = {
    "also": lambda settings, value: chosen(settings, also=_words("also", value)),
    "skip": lambda settings, value: chosen(settings, skip=_words("skip", value)),
    "indent": lambda settings, value: replace(settings, indent=_number("indent", value)),
    "column": lambda settings, value: replace(settings, column=_number("column", value)),
    "order": lambda settings, value: replace(settings, order=_fields("order", value)),
    "last": lambda settings, value: replace(settings, last=_fields("last", value)),
    "sort": _sorted_by,
}


def _fields(name: str, value: Any) -> tuple[str, ...]:
    return tuple(word.lower() for word in _words(name, value))


def _words(name: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise UsageError(f"tidy.{name} is no list of names", hint='write ["one", "other"]')
    return value


def _number(name: str, value: Any) -> int:
    if type(value) is not int or not 0 <= value <= _WIDEST:
        raise UsageError(f"tidy.{name} is no number of columns", hint=f"use 0 to {_WIDEST}")
    return value
