"""Letter case of rendered text.

Source: CSL 1.0.2, "Text-case", "Sentence Case Conversion", "Title Case Conversion".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from northbib.csl.native.title_case import capital, title_case, unprotected
from northbib.csl.native.tokens import PART, TERM

if TYPE_CHECKING:
    from collections.abc import Callable

    from northbib.csl.native.tokens import Tokens


__all__ = ["apply_case", "capitalize_first", "capitalize_term"]

_WORDS = re.compile(r"\S+")
_DOTTED: Final = frozenset({"az", "tr"})
_FIRST_I = re.compile(r"^(\W*)i")
_LETTERS = re.compile(r"\w+")


def apply_case(case: str, tokens: Tokens, start: int, english: bool, language: str = "") -> None:
    """Change the case of what was written from `start` on.

    Args:
        case: A value of the attribute `text-case`.
        tokens: The stream; text within a no-case mark is left as it is.
        start: Where in the stream to begin.
        english: Whether the item is in English; others keep their case under `title`.
        language: That of the locale, whose letters may have capitals of their own.
    """
    if language in _DOTTED:
        _keep_dots(case, tokens, start)
    if case == "title":
        if english:
            title_case(tokens, start)
    elif case == "lowercase":
        _each(tokens, start, str.lower)
    elif case == "uppercase":
        _each(tokens, start, _upper)
    elif case == "capitalize-first":
        capitalize_first(tokens, start)
    elif case == "capitalize-all":
        _each(tokens, start, _capitalize_all)
    elif case == "sentence":
        _sentence(tokens, start)


def _keep_dots(case: str, tokens: Tokens, start: int) -> None:
    """Put the capitals of "i" and "ı", and their small letters, in the way of Turkish."""
    if case == "uppercase":
        _each(tokens, start, lambda text: text.replace("i", "İ"))
    elif case == "lowercase":
        _each(tokens, start, lambda text: text.replace("I", "ı").replace("İ", "i"))
    elif case == "capitalize-first":
        first = next((place for place in unprotected(tokens, start) if tokens[place]), None)
        if first is not None:
            tokens[first] = _FIRST_I.sub(r"\1İ", str(tokens[first]))


def _upper(text: str) -> str:
    return text.upper()


def _each(tokens: Tokens, start: int, change: Callable[[str], str]) -> None:
    for index in unprotected(tokens, start):
        tokens[index] = change(str(tokens[index]))


def capitalize_first(tokens: Tokens, start: int) -> None:
    """Give the first word a capital, and that of each further part, unless it is protected."""
    free = unprotected(tokens, start)
    wanted = True
    for index in range(start, len(tokens)):
        token = tokens[index]
        if token is PART:
            wanted = True
        elif wanted and isinstance(token, str) and any(map(str.isalnum, token)):
            if index in free:
                tokens[index] = _LETTERS.sub(_capital_word, token, count=1)
            wanted = False


def capitalize_term(tokens: Tokens, number: str = "") -> None:
    """Give a term a capital where it begins a note or an entry, as "Ibid.".

    Source: the fixtures of the official test suite; the specification has no such rule.

    Args:
        tokens: The note or entry.
        number: Its citation number, which does not count as its beginning; nor do brackets.
    """
    numbered = False
    for index, token in enumerate(tokens):
        if isinstance(token, str):
            if token == number:
                numbered = True
            elif any(map(str.isalnum, token)) or (numbered and "(" in token):
                return
        if token is TERM:
            capitalize_first(tokens, index)
            return


def _capitalize_all(text: str) -> str:
    return _WORDS.sub(lambda word: _LETTERS.sub(_capital_word, word[0], count=1), text)


def _capital_word(word: re.Match[str]) -> str:
    """Give a word a capital if it has none yet, so that "iPad" stays.

    Source: CSL 1.0.2, "Text-case", capitalize-first and capitalize-all.
    """
    return capital(word[0]) if word[0] == word[0].lower() else word[0]


def _sentence(tokens: Tokens, start: int) -> None:
    """Lower the words of a sentence but the first; capitals within words stay.

    Source: CSL 1.0.2, "Sentence Case Conversion".
    """
    free = unprotected(tokens, start)
    shout = "".join(str(tokens[index]) for index in free).isupper()
    for index in free:
        text = str(tokens[index])
        tokens[index] = text.lower() if shout else _WORDS.sub(_lower_word, text)
    capitalize_first(tokens, start)


def _lower_word(word: re.Match[str]) -> str:
    return word[0].lower() if word[0][1:] == word[0][1:].lower() else word[0]
