"""Marks of an outer element that move into quotes ahead of the quoted element's own.

`<group suffix="."><text quotes="true" suffix=","/></group>` gives “Title.,”, as citeproc-js has it:
the outer mark goes to the end of the quoted text, and what the element itself has comes after it.

Source: CSL 1.0.2, "Locale Options", punctuation-in-quote; the order of marks is citeproc-js' habit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.csl.native.punctuation import MARKS, joined
from northbib.csl.native.tokens import AFTER_GROUP, AS_IS, END_QUOTE, OUTER, UNSEALED, Affix

if TYPE_CHECKING:
    from northbib.csl.native.tokens import Tokens

__all__ = ["moved_inward"]


def moved_inward(tokens: Tokens) -> Tokens:
    """Give a stream with the marks that come after `OUTER` inside the quotes before it.

    Of several outer marks the first moves, and the others meet it or stay outside.
    """
    out: Tokens = []
    waiting = held = False
    moved = 0
    for token in tokens:
        if isinstance(token, str):
            affix = isinstance(token, Affix) and token[:1] in MARKS
            place = _end_of_quoted(out) if affix and waiting and not held else 0
            if affix and moved:
                out += _after_moved(out, moved, token)
            elif place:
                out.insert(place, token[0])
                out.append(Affix(token[1:]))
            else:
                out.append(token)
            moved = place if len(token) == 1 else 0
            waiting = False
        elif token is OUTER:
            waiting, held = True, False
        else:
            held = token is AFTER_GROUP or (held and token is not UNSEALED)
            waiting = waiting and token is not AS_IS
            out.append(token)
    return out


def _after_moved(out: Tokens, place: int, token: str) -> Tokens:
    """Settle a further outer mark against the one that was moved to a place."""
    first = str(out[place])
    kept = joined(first, token[0])
    if kept != ",." and len(kept) > 1:
        return [AS_IS, token]
    out[place] = kept
    return [Affix(token[1:])]


def _end_of_quoted(tokens: Tokens) -> int:
    """Give where the text ends that was quoted last, within all quotes that end there; 0 if none.

    There may be none left, where names that come again have been replaced.
    """
    place = len(tokens)
    while place and not _ends_quote(tokens, place - 1):
        place -= 1
    while place and _ends_quote(tokens, place - 1):
        place -= 1
    return place


def _ends_quote(tokens: Tokens, place: int) -> bool:
    token = tokens[place]
    return not isinstance(token, str) and token.kind == END_QUOTE
