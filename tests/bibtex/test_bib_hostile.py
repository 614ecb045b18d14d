"""Input made to hurt costs about as much as its length."""

from __future__ import annotations

import pytest

from northbib.bibtex import Document, entry_source, records

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


SIZE = 100_000
SCANNED = {
    "unclosed braces": "@a{k, t = " + "{" * SIZE,
    "unclosed entries": "@a{k,\n t = {x\n" * SIZE,
    "unclosed entries on one line": "x @a{k, t = {" * SIZE,
    "at signs": "@" * SIZE,
    "names with at signs": "@a" * SIZE,
    "deep nesting": "@a{k, t = " + "{" * SIZE + "}" * SIZE + "}",
    "entries in entries": "@a{k, t = {\n" * SIZE + "}}" * SIZE,
    "one line of megabytes": "@a{k, t = {" + "words and words " * SIZE * 3 + "}}",
    "quotes": '@a(k, t = "\n' * SIZE,
    "comments": "@comment{(\n" * SIZE,
    "strings": "@string{a = {\n" * SIZE,
    "stray text": "@a{k, " + "x = ( " * SIZE + "}",
}


@pytest.mark.parametrize("name", SCANNED)
def test_a_hundred_thousand_of_anything_are_read_and_kept(name: str) -> None:
    text = SCANNED[name]
    document = Document.parse(text)
    assert document.to_bytes() == text.encode()
    assert sum(len(entry) for entry in document.entries) <= SIZE
