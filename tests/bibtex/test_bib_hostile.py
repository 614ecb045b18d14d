"""Input made to hurt costs about as much as its length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from northbib.bibtex import Document, entry_source, records

if TYPE_CHECKING:
    from collections.abc import Callable

MANY = 50_000
HOSTILE = {
    "braces that never close": "@a{k, title = " + "{" * MANY,
    "groups in groups": "@a{k, title = " + "{" * MANY + "x" + "}" * MANY + "}",
    "macros in macros": "@a{k, title = {" + "\\emph{" * MANY + "x" + "}" * MANY + "}}",
    "accents on accents": "@a{k, title = {" + "\\'{" * MANY + "e" + "}" * MANY + "}}",
    "names in braces": "@a{k, author = " + "{" * MANY + "x" + "}" * MANY + "}",
    "braces closed too often": '@a{k, author = "' + "}" * MANY + '"}',
    "many names": "@a{k, author = {" + "A B and " * MANY + "C}}",
    "many commas": "@a{k, author = {" + "a," * MANY + "}}",
    "many parts": "@a{k, note = " + '"a" # ' * MANY + '"b"}',
    "a huge value": "@a{k, note = {" + "a b " * 10 * MANY + "}}",
    "dollars": "@a{k, title = {" + "$a" * MANY + "}}",
    "addresses in addresses": '@a{k, note = "' + "\\url{" * MANY + '"}',
    "keywords in braces": "@a{k, keywords = {" + "{," * MANY + "}" * MANY + "}}",
    "years": "@a{k, year = {" + "1-" * MANY + "}}",
    "at signs": "@" * MANY,
    "unclosed entries": "@a{k,\n t = {x\n" * (MANY // 10),
    "look-alikes": "@a-b{k,\n" * (MANY // 10),
    "redefined macros": "".join(
        f"@string{{a={{{i}}}}}\n@m{{k{i},t=a}}\n" for i in range(MANY // 10)
    ),
    "a circle of parents": "".join(
        f"@a{{k{i}, crossref={{k{(i + 1) % 5000}}}}}\n" for i in range(5000)
    ),
    "a chain of parents": "".join(
        f"@a{{k{i}, crossref={{k{i + 1}}}, f{i}={{x}}}}\n" for i in range(5000)
    ),
    "zero bytes": "\x00@a{k,\x00 title = {a\x00b}}",
    "lone surrogates": "@a{k, title = {\ud800x}, author = {\udfff, A}}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_checked_and_written(name: str) -> None:
    text = HOSTILE[name]
    document = Document.parse(text)
    found = [record for _, record in records(document)]
    assert document.to_bytes() == text.encode("utf-8", "surrogatepass")
    assert len(document.problems) <= len(text)
    for record in found[:3]:
        assert entry_source(record).startswith("@")


SCANNED: dict[str, Callable[[int], str]] = {
    "unclosed braces": lambda size: "@a{k, t = " + "{" * size,
    "unclosed entries": lambda size: "@a{k,\n t = {x\n" * size,
    "unclosed entries on one line": lambda size: "x @a{k, t = {" * size,
    "at signs": lambda size: "@" * size,
    "names with at signs": lambda size: "@a" * size,
    "deep nesting": lambda size: "@a{k, t = " + "{" * size + "}" * size + "}",
    "entries in entries": lambda size: "@a{k, t = {\n" * size + "}}" * size,
    "one line of megabytes": lambda size: "@a{k, t = {" + "words and words " * size * 3 + "}}",
    "quotes": lambda size: '@a(k, t = "\n' * size,
    "comments": lambda size: "@comment{(\n" * size,
    "strings": lambda size: "@string{a = {\n" * size,
    "stray text": lambda size: "@a{k, " + "x = ( " * size + "}",
}


@pytest.mark.parametrize("size", [20_000, pytest.param(100_000, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", SCANNED)
def test_very_many_of_anything_are_read_and_kept(name: str, size: int) -> None:
    text = SCANNED[name](size)
    document = Document.parse(text)
    assert document.to_bytes() == text.encode()
    assert sum(len(entry) for entry in document.entries) <= size
