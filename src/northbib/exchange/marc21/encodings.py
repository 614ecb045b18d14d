"""How the text of a binary MARC record is encoded, which its leader says and often wrongly."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pymarc import marc8_to_unicode

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["composed", "decoder_of"]

_ACCENT = re.compile("[\u0300-\u036f]")
_ANSEL = bytes([*range(0x80), *range(0xA1, 0xC9), 0xCF, *range(0xE0, 0xFF)])
_HIGH = re.compile(rb"[\x80-\xff]")
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# A letter has two accents at most before it; more of them in a row are letters of another set.
_NO_ACCENTS = re.compile(rb"[\xe0-\xfe]{3}")
_CYRILLIC = ("cp1251", "cp866", "koi8-r", "iso8859-5")
_IN_WORD = re.compile("(?<=[А-Яа-яЁё])[а-яё]")
_CONTROL = re.compile("[\x80-\x9f]")
_REFERENCE = re.compile(r"&#x([0-9A-Fa-f]{4,6});")


def decoder_of(leader: str, data: bytes) -> Callable[[bytes], str]:
    """Tell how the text of a record is encoded: UTF-8, MARC-8, or neither as the rules have it.

    Args:
        leader: Its leader, whose position 9 is `a` for UTF-8.
        data: All of its bytes.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        # A few bytes may have been broken; in other encodings hardly any fit together.
        is_utf8 = 3 * len(_UTF8.findall(data)) > len(_HIGH.findall(data))
    else:
        is_utf8 = leader[9:10] == "a" or (not text.isascii() and "\x1b" not in text)
    if is_utf8:
        return _from_utf8
    return _from_marc8 if _is_marc8(data) else _guessed(data)


def _from_utf8(data: bytes) -> str:
    return composed(_once(data.decode("utf-8", "replace")))


def _once(text: str) -> str:
    """Take back that a text was put into UTF-8 more than once: it then has control characters."""
    while _CONTROL.search(text):
        try:
            text = text.encode("latin-1").decode("utf-8")
        except UnicodeError:
            break
    return text


def _from_marc8(data: bytes) -> str:
    if data.isascii() and b"\x1b" not in data:
        text = data.decode("ascii")
    else:
        try:
            text = marc8_to_unicode(data, hide_utf8_warnings=True)
        except (IndexError, KeyError, UnicodeDecodeError, ValueError):
            text = data.decode("latin-1")
    # What MARC-8 has no letter for is written as a character reference ("lossless technique").
    return composed(_REFERENCE.sub(_referred, text) if "&#x" in text else text)


def _referred(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    is_letter = number <= 0x10FFFF and not 0xD800 <= number < 0xE000
    return chr(number) if is_letter else match[0]


def composed(text: str) -> str:
    """Compose letters and accents, which library systems write apart; all else stays as it is."""
    return unicodedata.normalize("NFC", text) if _ACCENT.search(text) else text


def _is_marc8(data: bytes) -> bool:
    """Tell whether all letters beyond ASCII have a place in ANSEL, or a set is escaped to."""
    return b"\x1b" in data or not (data.translate(None, _ANSEL) or _NO_ACCENTS.search(data))


def _guessed(data: bytes) -> Callable[[bytes], str]:
    high = len(_HIGH.findall(data))
    counts = {name: len(_IN_WORD.findall(data.decode(name, "replace"))) for name in _CYRILLIC}
    best = max(_CYRILLIC, key=lambda name: counts[name])
    if counts[best] > high / 2:
        return lambda part: part.decode(best, "replace")
    # Only a file against the rules pays for the import.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    found = from_bytes(data).best()
    encoding = "cp1252" if found is None else found.encoding
    return lambda part: part.decode(encoding, "replace")
