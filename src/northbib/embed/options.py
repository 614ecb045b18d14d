"""The options of a section: what may stand as `name=value` among the words of its marker."""

from __future__ import annotations

from typing import Any

from northbib.errors import UsageError
from northbib.lists.options import OPTIONS as LIST_OPTIONS
from northbib.lists.options import WEB, Option, several, yes_or_no
from northbib.lists.options import value_of as _value_of

__all__ = ["CHOICES", "OPTIONS", "WEB", "Option", "value_of"]


def value_of(name: str, text: str) -> Any:
    """Give the value of an option that is written as text.

    Raises:
        UsageError: There is no such option, or it cannot have this value.
        NotFoundError: It names something that is not there.
    """
    return _value_of(name, text, OPTIONS)


def _keys(text: str) -> tuple[str, ...]:
    keys = several(text)
    twice = next((key for place, key in enumerate(keys) if key in keys[:place]), None)
    if twice is not None:
        raise UsageError(f"the key {twice} is named twice")
    return keys


CHOICES: dict[str, Option] = {
    "keys": Option(_keys, "lists these works in this order, in place of a query", "KEY,KEY"),
    "cited": Option(
        yes_or_no,
        "lists what the article cites, in the order of its citations; no: leaves that out",
        "yes",
    ),
    "unlisted": Option(yes_or_no, "leaves out what earlier sections of the article list", "yes"),
    "notes": Option(str, "puts the notes of this file below the entries", "FILE"),
}
"""Options that say what a section lists, in terms of its article."""

OPTIONS: dict[str, Option] = CHOICES | LIST_OPTIONS
"""Name -> option."""
