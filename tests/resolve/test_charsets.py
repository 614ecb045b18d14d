"""Which of several things that say how the letters of a page are written is believed."""

from __future__ import annotations

import codecs

import pytest

from northbib.resolve.charsets import decode

WORDS = "Łódź und Köln"
CYRILLIC = "Города севера и их власть"


def page(words: str, charset: str, meta: str = "", language: str = "") -> bytes:
    lang = f' lang="{language}"' if language else ""
    declared = f'<meta charset="{meta}">' if meta else ""
    return f"<html{lang}><head>{declared}<title>{words}</title></head></html>".encode(charset)


CASES = {
    "a mark before the header": (
        codecs.BOM_UTF8 + page(WORDS, "utf-8"),
        "text/html; charset=windows-1251",
        WORDS,
    ),
    "a mark before the meta element": (
        codecs.BOM_UTF16_LE + page(WORDS, "utf-16-le", "windows-1250"),
        "text/html",
        WORDS,
    ),
    "the header before the meta element": (
        page(CYRILLIC, "cp1251", "koi8-r"),
        "text/html; charset=windows-1251",
        CYRILLIC,
    ),
    "the meta element before what it can be": (
        page(CYRILLIC, "koi8-r", "koi8-r", "be"),
        "text/html",
        CYRILLIC,
    ),
    "what it can be, by its language": (page(CYRILLIC, "cp1251", language="ru"), "", CYRILLIC),
    "what it can be, where a wrong name is declared": (
        page(WORDS, "utf-8", "nonsense"),
        "text/html; charset=nonsense",
        WORDS,
    ),
    "UTF-8 that holds before a charset of single bytes": (
        page(WORDS, "utf-8", "iso-8859-1"),
        "text/html; charset=iso-8859-1",
        WORDS,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_believed(name: str) -> None:
    data, kind, words = CASES[name]
    assert f"<title>{words}</title>" in decode(data, {"content-type": kind} if kind else {})
