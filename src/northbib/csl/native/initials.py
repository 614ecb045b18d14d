"""Given names as initials.

Source: CSL 1.0.2, "Name" (initialize, initialize-with), "Hyphenation of Initialized Names".
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["initials"]

_TAG = re.compile(r"(</?(?:i|b|sc|sup|sub|span)[^<>]*>)")
_WORD = re.compile(r"(-?)([^\s.\-]+|[^\s.])([.]?)")


@lru_cache(maxsize=16_384)
def initials(given: str, after: str, hyphens: bool, shorten: bool) -> str:
    """Reduce given names to initials.

    Args:
        given: Given names, with or without initials among them, maybe with markup.
        after: What follows each initial (`initialize-with`).
        hyphens: Whether "Jean-Luc" keeps its hyphen.
        shorten: Whether full names are reduced too (`initialize`), or only initials are tidied.
    """
    if "<" not in given:
        return _initials(given, after, hyphens, shorten)
    parts = []
    for part in _TAG.split(given):
        if part.startswith("<"):
            parts.append(part)
        elif part:
            bare = part.lstrip(" -")
            parts.append(part[: len(part) - len(bare)] + _initials(bare, after, hyphens, shorten))
    return "".join(parts)


def _initials(given: str, after: str, hyphens: bool, shorten: bool) -> str:
    if not shorten:
        return _tidied(given, after)
    result = ""
    for hyphen, word, stop in _WORD.findall(given):
        if word[0].islower() and not stop and not hyphen:
            result = f"{result.rstrip()} {word} " if result else f"{word} "
            continue
        if not word[0].isalpha():
            # By citeproc-js what begins with no letter, as "(Jack)", is no name to shorten.
            result = f"{result.rstrip()} {word}{stop} " if result else f"{word}{stop} "
            continue
        letters = _initial(word, stop)
        if "\u2e80" <= letters <= "\u9fff":
            result += letters
            continue
        if hyphen and hyphens and result:
            result = f"{result.rstrip()}-{letters}{after}"
        else:
            result += letters + after
    return result.rstrip()


def _initial(word: str, stop: str) -> str:
    """Give the letters that stand for a name: one, or the whole of an abbreviation."""
    if stop:
        return word
    upper = 0
    while upper < len(word) and word[upper].isupper():
        upper += 1
    if 1 < upper < len(word):
        return word[0] + word[1:upper].lower()
    return word[:1].upper()


def _tidied(given: str, after: str) -> str:
    """Put `after` behind the initials there are, and leave names as they are."""
    result = ""
    for word in given.replace(".", ". ").split():
        if word.endswith(".") and word != ".":
            # "J.-P.": citeproc-js has no hyphen between initials that it only tidies.
            result += word[:-1].removeprefix("-") + after
        elif len(word) == 1 and word.isupper():
            result += word + after
        else:
            space = " " if result and not result.endswith(" ") else ""
            result += f"{space}{word} "
    return result.rstrip()
