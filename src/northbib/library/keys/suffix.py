"""What tells a key from another that would be the same: a letter, a number or a word.

Its form is that of Better BibTeX's `postfix`: `%(a)s` stands for a small letter, `%(A)s` for a
capital, `%(n)s` for a number from 2 on; `%(w)s`, of our own, for a further word of the title.
"""

from __future__ import annotations

import itertools
import re
import string
from typing import TYPE_CHECKING

from northbib.library.keys.functions import title_words
from northbib.library.keys.plain import in_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.records import Record

__all__ = ["DEFAULT_SUFFIX", "is_suffix", "suffixed"]

DEFAULT_SUFFIX = "%(a)s"

_FORM = re.compile(r"([^%]*)%\(([aAnw])\)s([^%]*)")


def is_suffix(form: object) -> bool:
    """Tell whether a text is the form of a suffix, all of which can stand in a key."""
    match = _FORM.fullmatch(form) if isinstance(form, str) else None
    return match is not None and all(in_key(text) == text for text in match.group(1, 3))


def suffixed(base: str, record: Record, form: str) -> Iterator[str]:
    """Give the keys to try where the first one is taken, in order, without end."""
    match = _FORM.fullmatch(form)
    before, kind, after = match.groups() if match else ("", "a", "")
    for mark in _marks(kind, base, record):
        yield f"{base}{before}{mark}{after}"


def _marks(kind: str, base: str, record: Record) -> Iterator[str]:
    if kind == "n":
        yield from map(str, itertools.count(2))
    if kind == "w":
        words = (in_key(word).lower() for word in title_words(record))
        yield from (word for word in words if word not in base.lower())
    letters = string.ascii_uppercase if kind == "A" else string.ascii_lowercase
    for length in itertools.count(1):
        yield from map("".join, itertools.product(letters, repeat=length))
