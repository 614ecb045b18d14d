"""The options of a section: what may stand as `name=value` among the words of its marker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from northbib.csl.engines import engine
from northbib.csl.locale import choose_locale
from northbib.errors import UsageError
from northbib.lists.fields import group_field, sort_field
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["OPTIONS", "Option", "value_of"]


@dataclass(frozen=True, slots=True)
class Option:
    """An option.

    Attributes:
        read: Gives the value of what is written; a UsageError or a NotFoundError says what is
            wrong with it.
        meaning: What it is for, in a few words.
    """

    read: Callable[[str], Any]
    meaning: str


def value_of(name: str, text: str) -> Any:
    """Give the value of an option that is written as text.

    Raises:
        UsageError: There is no such option, or it cannot have this value.
        NotFoundError: It names something that is not there.
    """
    if name not in OPTIONS:
        hint = did_you_mean(name, OPTIONS) or f"options are {', '.join(OPTIONS)}"
        raise UsageError(f"there is no option {name}", hint=hint)
    if not text:
        raise UsageError(f"the option {name} has no value", hint=f"it is {OPTIONS[name].meaning}")
    return OPTIONS[name].read(text)


def _several(text: str) -> tuple[str, ...]:
    values = tuple(value.strip() for value in text.split(","))
    if not all(values):
        raise UsageError(f"{text!r} has an empty place", hint="write one comma between two names")
    return values


def _sort(text: str) -> tuple[str, ...]:
    names = _several(text)
    for name in names:
        sort_field(name)
    return names


def _group(text: str) -> str:
    group_field(text)
    return text


def _keys(text: str) -> tuple[str, ...]:
    keys = _several(text)
    twice = next((key for place, key in enumerate(keys) if key in keys[:place]), None)
    if twice is not None:
        raise UsageError(f"the key {twice} is named twice")
    return keys


def _engine(text: str) -> str:
    engine(text)
    return text


def _locale(text: str) -> str:
    choose_locale(text)
    return text


def _yes_or_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise UsageError(f"{text!r} is neither yes nor no")
    return text == "yes"


def _number(first: int, last: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and first <= int(text) <= last):
            raise UsageError(f"{text!r} is not a number from {first} to {last}")
        return int(text)

    return read


OPTIONS: dict[str, Option] = {
    "style": Option(str, "a citation style: its name or a path"),
    "locale": Option(_locale, "a language tag such as en-GB"),
    "keys": Option(_keys, "citation keys, in the order of the list"),
    "sort": Option(_sort, "fields to sort by, such as author,-year"),
    "group": Option(_group, "a field to group by, such as type or -year"),
    "level": Option(_number(1, 6), "level of the groups' headings"),
    "limit": Option(_number(1, 99999), "how many entries at most"),
    "ordered": Option(_yes_or_no, "yes for a numbered list"),
    "engine": Option(_engine, "a citation engine"),
}
"""Name -> option. All but `keys` are attributes of `northbib.lists.ListSpec`."""
