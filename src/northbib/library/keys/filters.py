"""The filters of a key pattern: what becomes of the text before them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from northbib.errors import UsageError
from northbib.library.keys.plain import STOP_WORDS, ascii_text, in_key
from northbib.library.keys.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FILTERS"]

_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
_LENGTHS: dict[str, Callable[[int, int], bool]] = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    "=": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    ">=": lambda one, other: one >= other,
    ">": lambda one, other: one > other,
}


def lower(text: str) -> str:
    """Write it in small letters."""
    return text.lower()


def upper(text: str) -> str:
    """Write it in capitals."""
    return text.upper()


def capitalize(text: str) -> str:
    """Begin each word with a capital."""
    return re.sub(r"(?<!\S)\S", lambda match: match[0].upper(), text)


def abbr(text: str) -> str:
    """Keep the first letter of each word."""
    return "".join(word[0] for word in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text))


def skipwords(text: str) -> str:
    """Leave out articles, prepositions and the like."""
    return " ".join(word for word in text.split() if word.lower() not in STOP_WORDS)


def select(text: str, start: int = 1, n: int = 0) -> str:
    """Keep `n` words (0: all) from the word `start`."""
    return " ".join(_cut(text.split(), start, n))


def substring(text: str, start: int = 1, n: int = 0) -> str:
    """Keep `n` characters (0: all) from the character `start`."""
    return "".join(_cut(list(text), start, n))


def _cut(pieces: list[str], start: int, n: int) -> list[str]:
    first = start - 1 if start > 0 else len(pieces) + start
    return pieces[max(first, 0) :][: n if n > 0 else None]


def condense(text: str, sep: str = "") -> str:
    """Put `sep` in the place of blanks."""
    return sep.join(text.split())


def replace(text: str, find: str, by: str) -> str:
    """Put one text in the place of another, whatever its case."""
    return re.sub(re.escape(find), lambda _match: by, text, flags=re.IGNORECASE)


def prefix(text: str, before: str) -> str:
    """Put a text in front, if there is anything."""
    return before + text if text else ""


def postfix(text: str, after: str) -> str:
    """Put a text behind, if there is anything."""
    return text + after if text else ""


def default(text: str, other: str) -> str:
    """Give another text, if there is nothing."""
    return text or other


def nopunct(text: str) -> str:
    """Leave out punctuation, but for dashes."""
    return _without_punctuation(text, keep="-")


def nopunctordash(text: str) -> str:
    """Leave out punctuation and dashes."""
    return _without_punctuation(text, keep="")


def _without_punctuation(text: str, keep: str) -> str:
    return "".join(c for c in text if c in keep or not unicodedata.category(c).startswith("P"))


def alphanum(text: str) -> str:
    """Keep letters and figures."""
    return "".join(character for character in text if character.isalnum())


def ascii_(text: str) -> str:
    """Leave out what is not ASCII."""
    return text.encode("ascii", "ignore").decode("ascii")


def transliterate(text: str, mode: str = "") -> str:
    """Write it in ASCII; with "german", ä as ae, ö as oe, ü as ue.

    Raises:
        UsageError: There is no such mode.
    """
    if mode not in ("", "german", "de"):
        raise UsageError(f"cannot transliterate as {mode!r}", hint='there is "german", or nothing')
    composed = unicodedata.normalize("NFC", text)
    return ascii_text("".join(_GERMAN.get(c, c) for c in composed) if mode else composed)


def clean(text: str) -> str:
    """Write it in ASCII, without what cannot stand in a key."""
    return in_key(text)


def numeric(text: str) -> str:
    """Give it if it is a number, else nothing."""
    return text if text.strip().isdecimal() else ""


def len_(text: str, relation: str = ">", length: int = 0) -> str:
    """Go on only if it is so long; else the next formula has its turn.

    Raises:
        Skipped: It is not.
        UsageError: The relation is none.
    """
    if relation not in _LENGTHS:
        raise UsageError(f"{relation!r} compares no lengths", hint="use < <= = != >= or >")
    if not _LENGTHS[relation](len(text), length):
        raise Skipped
    return text


FILTERS: dict[str, Callable[..., str]] = {
    "lower": lower,
    "upper": upper,
    "capitalize": capitalize,
    "abbr": abbr,
    "skipwords": skipwords,
    "select": select,
    "substring": substring,
    "condense": condense,
    "replace": replace,
    "prefix": prefix,
    "postfix": postfix,
    "default": default,
    "nopunct": nopunct,
    "nopunctordash": nopunctordash,
    "alphanum": alphanum,
    "ascii": ascii_,
    "fold": transliterate,
    "transliterate": transliterate,
    "clean": clean,
    "numeric": numeric,
    "len": len_,
}
"""Name of a filter -> the function; its first argument is the text before it."""
