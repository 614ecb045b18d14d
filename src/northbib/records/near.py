"""Near misses: the known names that a mistyped one may have meant."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from northbib.records.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["did_you_mean"]

_COUNT = 3


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Give a hint that names the known names nearest to a word, None if none is near.

    A name is near if it begins with the word, is spelt alike or holds the word; case and accents
    do not count.
    """
    by_folded = {fold(name): name for name in sorted(known, reverse=True)}
    wanted = fold(word)
    holding = sorted((name for name in by_folded if wanted and wanted in name), key=len)
    longer = [name for name in holding if name.startswith(wanted)]
    alike = difflib.get_close_matches(wanted, by_folded, n=_COUNT)
    names = [by_folded[name] for name in dict.fromkeys([*longer, *alike, *holding])][:_COUNT]
    if not names:
        return None
    *others, last = names
    return f"did you mean {', '.join(others)} or {last}" if others else f"did you mean {last}"
