"""A file is read as BibTeX reads it, and where BibTeX gives up, as far as it is clear.

Where the program `bibtex` is installed, it is asked as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bibtex_program import PROGRAM, read_by_bibtex
from hypothesis import given, settings
from hypothesis import strategies as st

from northbib.bibtex import Document

if TYPE_CHECKING:
    from pathlib import Path

needs_bibtex = pytest.mark.skipif(PROGRAM is None, reason="bibtex is not installed")

READ_ALIKE = {
    "a type with a hyphen": "@www-inproceedings{k, note = {x}}",
    "blanks around the type": "@ article {k, note = {x}}",
    "line breaks around the type": "@\narticle\n{\nk\n,\nnote\n=\n{x}\n}",
    "parentheses": "@misc(k, note = {x}, year = 1)",
    "parentheses in a key": "@misc(k(1), note = {x})",
    "signs in a key": "@misc{a'b\"c#d%e\\f(g)=h, note = {x}}",
    "an address in running text": "write to mail@host{x} or so\n@misc{k, note = {y}}",
    "an entry behind a per cent sign": "% @misc{k, note = {x}}",
    "two entries on a line": "@misc{k, note = {x}}@misc{l, note = {y}}",
    "no line end": "@misc{k, note = {x}}",
    "lone carriage returns": "@misc{k,\r note = {x\ry}}\r@misc{l, note = {z}}",
    "a trailing comma": "@misc{k, note = {x},}",
    "no comma behind the last field": "@misc{k, note = {x}\n}",
    "no fields": "@misc{k}",
    "names and keys without case": "@MISC{Key, NoTe = {x}, NOTE = {y}}",
    "the first of two fields": "@misc{k, note = {x}, note = {y}}",
    "the first of two keys": "@misc{k, note = {x}}\n@misc{K, note = {y}}",
    "white space in values": '@misc{k, note = {  a \t b\n\n c  }, title = " d "}',
    "white space around parts": '@misc{k, note = " a " # { b } # 1}',
    "numbers": "@misc{k, year = 2017, note = 007}",
    "parts": '@misc{k, note = "a" # {b}#"c" # 4}',
    "months": "@misc{k, month = jan, note = Feb # {~} # 2}",
    "macros": '@string{A = "x "}@STRING(b = a # {y})\n@misc{k, note = a # B}',
    "a macro that ends in white space": '@string{a = " x "}@misc{k, note = "b " # a # a}',
    "macros that are defined twice": (
        "@string{a = {x}}@misc{k, note = a}@string{a = {y}}@misc{l, note = a}"
    ),
    "a macro in its own definition": "@string{a = {x}}@string{a = a # {y}}@misc{k, note = a}",
    "macros that are defined later": "@misc{k, note = a}@string{a = {x}}",
    "macros that are not defined": "@misc{k, note = nowhere # {x}}",
    "signs in macros": "@string{a-b:c.d/e@f = {x}}@misc{k, note = a-b:c.d/e@f}",
    "a month that is defined anew": "@string{jan = {Hartung}}@misc{k, month = jan}",
    "backslashes before braces": "@misc{k, note = {a\\{b\\}c}, title = {d\\}}",
    "quotes in braces": '@misc{k, note = {a"b}, title = "c{"}d"}',
    "braces in quotes": '@misc{k, note = "a{b{c}d}e"}',
    "an equals sign and a comma in a value": "@misc{k, note = {a = {b}, c = d,}}",
    "an at sign in a value": "@misc{k, note = {me@host}, title = {\n@misc{l, note = {x}}\n}}",
    "entries in a value": "@misc{k, note = {\n@misc{l, note={x}}\n}}",
    "deep groups": "@misc{k, note = " + "{" * 40 + "x" + "}" * 40 + ", title = {y}}",
    "a preamble": '@preamble{"a" # {b}}@misc{k, note = {x}}',
    "a comment without braces": "@comment me @misc{k, note = {x}}",
    "an at sign without an entry": "a @ b, c@d, @ {e} @\n@misc{k, note = {x}}",
    "a type that is a number": "@misc{k, note = {x}} 5@6 @misc{l, note = {y}}",
}


def spaced(values: dict[str, str]) -> dict[str, str]:
    return {name: " ".join(value.split()) for name, value in values.items()}


def read_here(data: bytes) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for entry in Document.parse(data).entries:
        found.setdefault(entry.key.lower(), spaced(dict(entry)))
    return found


@needs_bibtex
@pytest.mark.parametrize("name", READ_ALIKE)
def test_bibtex_reads_the_same(name: str, tmp_path: Path) -> None:
    data = READ_ALIKE[name].encode()
    fields = ("note", "title", "year", "month")
    assert read_here(data) == read_by_bibtex(data, fields, tmp_path)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("@misc{k, note = {  a \t b\n\n c  }}", "a b c"),
        ('@misc{k, note = " a " # { b } # 1}', "a  b 1"),
        ('@string{a = " x "}@misc{k, note = "b " # a # a}', "b x x"),
        ("@misc{k, note = {a\\{b\\}c}}", "a\\{b\\}c"),
        ("@misc{k, note = {d\\}}", "d\\"),
        ('@misc{k, note = "c{"}d"}', 'c{"}d'),
        ("@misc{k, note = nowhere # {x}}", "x"),
        ("@misc{k, note = Feb # {~} # 2}", "February~2"),
        (
            "@misc{k, note = {\N{NO-BREAK SPACE}a\N{NO-BREAK SPACE}}}",
            "\N{NO-BREAK SPACE}a\N{NO-BREAK SPACE}",
        ),
        ("@misc{k, note = {\n@misc{l, note={x}}\n}}", "@misc{l, note={x}}"),
    ],
)
def test_a_value_is_read_to_the_blank(text: str, value: str) -> None:
    assert Document.parse(text)["k"]["note"] == value


@needs_bibtex
@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["{", "}", '"', "a", "\\", " ", "\n", ",", "=", "#", "@", "%", "(", ")", "é"]
        ),
        max_size=12,
    )
)
def test_bibtex_reads_any_value_in_braces_the_same(
    tmp_path_factory: pytest.TempPathFactory, signs: list[str]
) -> None:
    text = "".join(signs)
    depth = lowest = 0
    for sign in signs:
        depth += (sign == "{") - (sign == "}")
        lowest = min(lowest, depth)
    data = ("@misc{k, note = {" + "{" * -lowest + text + "}" * (depth - lowest) + "}}").encode()
    found = read_by_bibtex(data, ["note"], tmp_path_factory.mktemp("bibtex"))
    value = " ".join(Document.parse(data)["k"]["note"].encode().decode("latin-1").split())
    assert value == found["k"]["note"].replace("%", "%")


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("@misc{k, note = {x} year = 1, title={y}}", {"note": "x", "year": "1", "title": "y"}),
        ("@misc{k\n note = {x}}", {"note": "x"}),
        ("@misc{k, note {x}, year = 1}", {"year": "1"}),
        ("@misc{k, note, year = 1}", {"year": "1"}),
        ("@misc{k, note = , year = 1}", {"note": "", "year": "1"}),
        ("@misc{k, Date Added = {x}, year = 1}", {"added": "x", "year": "1"}),
        ("@misc{k,\n% note = {x},\n year = 1}", {"year": "1"}),
        ("@misc{k, year = 1, % a, b = {c}\n note = {x}}", {"year": "1", "note": "x"}),
        ("@misc{k,, {y = 2}, note = {x}}", {"note": "x"}),
        ("@misc{k, note = {x} {y}, year = 1}", {"note": "x", "year": "1"}),
        ("@misc{k, note = two words, year = 1}", {"note": "", "year": "1"}),
    ],
)
def test_behind_a_fault_the_reading_goes_on(text: str, fields: dict[str, str]) -> None:
    document = Document.parse(f"{text}\n@misc{{last,}}")
    assert dict(document["k"]) == fields
    assert "last" in document
    assert document.problems


@pytest.mark.parametrize(
    "broken",
    [
        "@book{b, title = {never closed",
        "@book{b, title = {never {closed}},",
        '@book{b, title = "never closed, year = 1}',
        '@book{b, title = "a } b"}',
        "@book(b, title = {x}}",
        "@book{b",
        "@book{",
        "@string{s = {x}",
        "@string{s}",
        '@preamble{"x"',
        "@comment{ a",
        "@comment{ a )",
        "@comment( a }",
        "@book{b, title = {x}, @",
    ],
)
@pytest.mark.parametrize("indent", ["", "  ", "\t"])
def test_a_broken_block_costs_no_other(broken: str, indent: str) -> None:
    text = f"@misc{{first,}}\n{broken}\n\n{indent}@ misc{{k, note = {{x}}}}\n@misc{{last,}}"
    document = Document.parse(text, "works.bib")
    assert [entry.key for entry in document.entries] == ["first", "k", "last"]
    [problem] = document.problems
    assert (problem.line, problem.file) == (2, "works.bib")
    assert problem.column is not None
    [piece] = [piece for piece in document.pieces() if piece.kind == "broken"]
    assert broken.startswith(piece.data.decode())


def test_a_broken_entry_on_one_line_with_others_costs_none() -> None:
    document = Document.parse("@a{k, t = {x} @b{l, t={y}} @c{m, t={z}}")
    assert [entry.key for entry in document.entries] == ["l", "m"]


def test_a_comment_in_balanced_braces_is_one_whatever_is_in_it() -> None:
    document = Document.parse(
        "@comment{\n@misc{a, note = {x}}\n}\n@misc{b,}\n@Comment{jabref-meta: x;}"
    )
    assert list(document) == ["b"]
    assert [piece.kind for piece in document.outline()] == ["comment", "entry", "comment"]


def test_entries_commented_out_line_by_line_are_text() -> None:
    document = Document.parse("% @misc{a,\n%  note = {x},\n% }\n@misc{a, note = {y}}")
    assert document["a"]["note"] == "y"
    assert document.problems == ()


def test_everything_between_entries_can_be_reached() -> None:
    text = (
        "% Encoding: UTF-8\n@string{rs = {Regional Studies}}\n@preamble{{\\def\\x{}}}\n"
        "@article{k, journal = rs # { Series}}\n@comment{jabref-meta: databaseType:biblatex;}\n"
        "@book{open"
    )
    document = Document.parse(text)
    pieces = [(piece.kind, piece.type, piece.key) for piece in document.pieces()]
    assert [piece for piece in pieces if piece[0] != "text"] == [
        ("string", "string", "rs"),
        ("preamble", "preamble", ""),
        ("entry", "article", "k"),
        ("comment", "comment", ""),
        ("broken", "book", "open"),
    ]
    assert b"".join(piece.data for piece in document.pieces()) == text.encode()
    assert document.macros.value("RS", len(text)) == "Regional Studies"
    [field] = document["k"].fields
    assert (field.name, field.source, field.parts) == (
        "journal",
        "rs # { Series}",
        ["rs", "{ Series}"],
    )


def test_the_outline_gives_places_in_bytes() -> None:
    data = "é\n@string{a = {ü}}\n@Misc{k, note = {ö}}\n".encode()
    outline = [
        (piece.kind, piece.type, piece.key, data[piece.start : piece.end])
        for piece in Document.parse(data).outline()
    ]
    assert outline == [
        ("string", "string", "a", "@string{a = {ü}}".encode()),
        ("entry", "misc", "k", "@Misc{k, note = {ö}}".encode()),
    ]
    entry = Document.parse(data)["k"]
    assert data[entry.start : entry.end] == entry.data
    assert dict(Document.parse(entry.data)["k"]) == dict(entry)
