"""A bibliography is read whole, edited in place and honest about what is wrong with it."""

from __future__ import annotations

import pytest

from northbib.bibtex import Document
from northbib.errors import ConflictError, UsageError

LEE = """\
@Article{lee2017,
  author       = {Lee, Neil},
  title        = {Powerhouse of cards?},
  year         = 2017,
}
"""


def raw_after(text: str, field: str, source: str) -> str:
    """Give the first entry of a text after a field is set."""
    document = Document.parse(text)
    document.entries[0][field] = source
    return document.to_bytes().decode()


def test_entries_are_found_by_key_without_case_and_the_first_wins() -> None:
    document = Document.parse("@book{A, note={1}}\n@book{a, note={2}}\n@misc{b,}")
    assert [entry.key for entry in document.entries] == ["A", "a", "b"]
    assert document["a"]["note"] == "1"
    assert "B" in document
    assert "c" not in document
    assert list(document) == ["A", "b"]
    with pytest.raises(KeyError):
        document["c"]


def test_fields_are_read_as_bibtex_reads_them() -> None:
    entry = Document.parse(
        '@string{rs = "Regional  Studies"}\n'
        "@Article(lee2017, Journal = rs # {:\n  } # 51 , MONTH = sep,\n"
        ' title = "The {"}North{"}", title = {second}, empty = {},)'
    )["lee2017"]
    assert entry.type == "article"
    assert dict(entry) == {
        "journal": "Regional Studies: 51",
        "month": "September",
        "title": 'The {"}North{"}',
        "empty": "",
    }
    assert entry["JOURNAL"] == "Regional Studies: 51"


def test_a_macro_is_in_force_from_where_it_is_defined() -> None:
    document = Document.parse(
        "@misc{a, note = m}\n@string{M = {one}}\n@misc{b, note = m}\n"
        "@string{m = {two}}\n@misc{c, note = m # m}"
    )
    assert [entry["note"] for entry in document.entries] == ["", "one", "twotwo"]
    assert [(problem.code, problem.line) for problem in document.problems] == [
        ("undefined-macro", 1)
    ]


def test_a_broken_entry_costs_no_other() -> None:
    document = Document.parse(f"@book{{broken, title = {{never closed\n{LEE}@misc{{last,}}")
    assert [entry.key for entry in document.entries] == ["lee2017", "last"]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("% one\n  @book{k,\n title = {x\n", "unclosed-entry", 3, 10),
        ("% one\n  @book{k,\n title = {x},\n", "unclosed-entry", 2, 3),
        ('@book{k, title = {é}, note = "x }", }', "broken-entry", 1, 33),
        ("@misc{k,\n note={é}\n  year=1,}", "broken-entry", 3, 3),
        ("@misc{k, note={é} year=1,}", "broken-entry", 1, 19),
        ("@misc{k\n note={é}}", "broken-entry", 2, 2),
        ("@misc{k, note {x}}", "broken-entry", 1, 10),
        ("@misc{k, note = , year = 1}", "broken-entry", 1, 10),
        ("@misc{two words, note={x}}", "broken-entry", 1, 7),
        ("@string{a {x}}", "broken-entry", 1, 9),
        ("@string{a = {x}", "unclosed-entry", 1, 1),
        ("text @comment{", "unclosed-entry", 1, 6),
        ("\r\r@misc{title={x}}", "entry-without-key", 3, 1),
        (" @misc{, title={x}}", "entry-without-key", 1, 2),
        ("@misc{k,\n% note\n title = {x}}", "stray-text", 2, 1),
        ("@misc{k,, title = {x}}", "stray-text", 1, 9),
        ("\n@mi sc{k, title = {x}}", "not-an-entry", 2, 1),
        ("é mail@host{x}", "entry-in-text", 1, 7),
        ("% @misc{k, title = {x}}", "entry-in-text", 1, 3),
        ("@misc{k, note = {\n  @book{x, title = {y}}}}", "entry-in-text", 2, 3),
        ("\r\n@misc{k,}\r\n@book{K, note={}}\r\n", "duplicate-key", 3, 1),
        ("@misc{k, note={a},\n note={b}}", "duplicate-field", 1, None),
        ("@misc{k, note = nowhere}", "undefined-macro", 1, None),
        ("@misc{k, date = {20145}}", "unreadable-date", 1, None),
        ("@misc{k, year = {20l5}}", "unreadable-date", 1, None),
        ("@misc{k, crossref = {gone}}", "missing-parent", 1, None),
        ("@misc{k, xdata = {k}}", "circular-crossref", 1, None),
    ],
)
def test_a_problem_names_its_file_line_and_column(
    text: str, code: str, line: int, column: int | None
) -> None:
    [problem] = Document.parse(text, "works.bib").problems
    found = (problem.code, problem.file, problem.line, problem.column)
    assert found == (code, "works.bib", line, column)


def test_problems_found_entry_by_entry_are_those_of_the_file() -> None:
    text = (
        "@book{a, note = {x}, note = {y}}\n@misc{k, crossref = {gone}}\ntext\n"
        "@misc{K, xdata = {k}, year = {20l5}}\n% @misc{b, note = nowhere}\n@misc{c, note = {"
    )
    whole, gradual = Document.parse(text), Document.parse(text)
    for entry in gradual.entries:
        gradual.look_at(entry)
        fields = dict(entry)
        entry.forget()
        assert dict(entry) == fields
    assert gradual.problems == whole.problems
    assert len(whole.problems) == 7

    edited = Document.parse(text)
    edited.look_at(edited.entries[2])
    edited.entries[2]["year"] = "2015"
    assert len(edited.problems) == 6


def test_a_duplicate_key_names_both_lines() -> None:
    [problem] = Document.parse(f"{LEE}\n{LEE}").problems
    assert problem.line == 7
    assert problem.severity == "warning"
    assert "line 1" in problem.message


def test_bytes_that_are_not_utf8_are_read_as_windows_1252_and_kept() -> None:
    data = "@misc{k, note = {café – \x81}}".encode("latin-1", "replace").replace(b"?", b"\x96")
    document = Document.parse(data)
    assert document["k"]["note"] == "café – \x81"
    assert [problem.code for problem in document.problems] == ["not-utf-8"]
    document["k"]["note"] = "naïve"
    assert document.to_bytes() == "@misc{k, note = {naïve}}".encode("cp1252")
    with pytest.raises(UsageError, match="UTF-8"):
        document["k"]["note"] = "Łódź"


def test_a_byte_order_mark_hides_no_entry() -> None:
    data = b"\xef\xbb\xbf" + LEE.encode()
    document = Document.parse(data)
    assert "lee2017" in document
    assert document.to_bytes() == data


@pytest.mark.parametrize(
    ("text", "field", "source", "expected"),
    [
        ("@a{k, x = {old}, y = 1}", "x", "new", "@a{k, x = {new}, y = 1}"),
        ('@a{k, x = "old"}', "x", "new", '@a{k, x = "new"}'),
        ('@a{k, x = "old"}', "X", 'a "b"', '@a{k, x = {a "b"}}'),
        ("@a{k, x = 2016,}", "x", "2017", "@a{k, x = 2017,}"),
        ("@a{k, x = m # {b},}", "x", "new", "@a{k, x = {new},}"),
        ("@a(k, x={old})", "x", "new", "@a(k, x={new})"),
        ("@a{k, x={old}, x={kept}}", "x", "new", "@a{k, x={new}, x={kept}}"),
        ("@a{k, x={old} y={kept}}", "x", "new", "@a{k, x={new} y={kept}}"),
        ("@a{k, x={a}}", "y", "new", "@a{k, x={a}, y={new}}"),
        ("@a{k,\n\tx = {a},\n}", "long", "new", "@a{k,\n\tx = {a},\n\tlong = {new},\n}"),
        (
            "@a{k,\n xx = {a},\n y  = {b}\n}",
            "z",
            "c",
            "@a{k,\n xx = {a},\n y  = {b},\n z  = {c}\n}",
        ),
        ('@a{k,\r\n x = "a"\r\n}', "y", "b", '@a{k,\r\n x = "a",\r\n y = "b"\r\n}'),
        ("@a{k}", "title", "T", "@a{k,\n  title        = {T},\n}"),
        ("@a{k,\r\n}", "title", "T", "@a{k,\r\n  title        = {T},\r\n}"),
    ],
)
def test_a_field_is_set_in_the_style_of_its_neighbours(
    text: str, field: str, source: str, expected: str
) -> None:
    assert raw_after(text, field, source) == expected


@pytest.mark.parametrize("source", ["a {b", "a} b {c", "\\", "x\n@book{y,"])
def test_a_value_that_would_break_the_entry_is_refused(source: str) -> None:
    document = Document.parse(LEE)
    with pytest.raises(UsageError):
        document["lee2017"]["title"] = source
    assert document.to_bytes() == LEE.encode()


@pytest.mark.parametrize("name", ["", "a b", "a=b", "a,b", "a{b"])
def test_a_name_that_no_field_can_have_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="field name"):
        Document.parse(LEE)["lee2017"][name] = "x"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@a{k,\n x = {1},\n y = {2},\n}", "@a{k,\n y = {2},\n}"),
        ("@a{k,\n y = {2},\n x = {1}\n}", "@a{k,\n y = {2}\n}"),
        ("@a{k, x={1}}", "@a{k}"),
        ("@a{k, x={1}, y=2, X={3}}", "@a{k, y=2}"),
    ],
)
def test_a_field_is_removed_with_its_line(text: str, expected: str) -> None:
    document = Document.parse(text)
    del document["k"]["x"]
    assert document.to_bytes().decode() == expected
    with pytest.raises(KeyError):
        del document["k"]["x"]


def test_an_added_entry_takes_the_line_ends_of_the_file_and_can_be_edited() -> None:
    document = Document.parse("@misc{a,\r\n}")
    document.add("@misc{b,\n  note = {x},\n}\n")
    assert document.to_bytes() == b"@misc{a,\r\n}\r\n\r\n@misc{b,\r\n  note = {x},\r\n}\r\n"
    document["b"]["note"] = "y"
    assert document.to_bytes().endswith(b"  note = {y},\r\n}\r\n")
    assert document["b"].line == 4


@pytest.mark.parametrize(
    "text", ["", "text", "@misc{a,} text", "@misc{a", "@string{a={b}}", "@a{,}"]
)
def test_only_entries_can_be_added(text: str) -> None:
    document = Document.parse(LEE)
    with pytest.raises(UsageError):
        document.add(text)
    assert document.to_bytes() == LEE.encode()


def test_a_key_that_is_taken_cannot_be_added() -> None:
    document = Document.parse(LEE)
    with pytest.raises(ConflictError, match="lee2017"):
        document.add("@misc{LEE2017,}")
    with pytest.raises(ConflictError):
        document.add("@misc{a,}@misc{A,}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@a{k,}\n\n@b{x,}\n\n@c{y,}\n", "@a{k,}\n\n@c{y,}\n"),
        ("@b{x,}\n\n@c{y,}\n", "@c{y,}\n"),
        ("@a{k,}\n\n@b{x,}\n", "@a{k,}\n"),
        ("@a{k,}\n@b{x,}\n@c{y,}\n", "@a{k,}\n@c{y,}\n"),
        ("% note\n@b{x,} % more\n", "% note\n % more\n"),
        ("@a{k,}@b{x,}\r\n\r\n@c{y,}", "@a{k,}\r\n\r\n@c{y,}"),
        ("@b{x,}", ""),
    ],
)
def test_an_entry_is_removed_with_one_of_its_gaps(text: str, expected: str) -> None:
    document = Document.parse(text)
    document.remove("X")
    assert document.to_bytes().decode() == expected
    with pytest.raises(KeyError):
        document.remove("x")


def test_lines_follow_the_edits() -> None:
    document = Document.parse("@a{k,}\n@b{x,}\n")
    document["k"]["note"] = "n"
    assert document["x"].line == 4
    document.remove("k")
    assert document["x"].line == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@a{ k , x = {1}}", "@a{ new , x = {1}}"),
        ("@a(k(1), x = {1})", "@a(new, x = {1})"),
        ("@a{, x = {1}}", "@a{new, x = {1}}"),
        ("@a{x = {1}}", "@a{new, x = {1}}"),
        ("@a{}", "@a{new}"),
        ("@a{two words, x = {1}}", "@a{new, x = {1}}"),
    ],
)
def test_a_key_is_changed_in_its_place(text: str, expected: str) -> None:
    document = Document.parse(f"% head\n{text}\n")
    document.entries[0].rename("new")
    assert document.to_bytes().decode() == f"% head\n{expected}\n"
    assert list(document) == ["new"]
    for key in ("", "a b", "a,b", "a}", "a{"):
        with pytest.raises(UsageError):
            document["new"].rename(key)
    assert document.to_bytes().decode() == f"% head\n{expected}\n"


def test_a_type_is_changed_in_its_place() -> None:
    document = Document.parse("@ Article {k, x = {1}}")
    document["k"].retype("Book")
    assert document.to_bytes() == b"@ Book {k, x = {1}}"
    assert document["k"].type == "book"
    for type_ in ("", "a b", "a{", "comment", "string"):
        with pytest.raises(UsageError):
            document["k"].retype(type_)
    assert document.to_bytes() == b"@ Book {k, x = {1}}"


def test_a_value_can_be_set_as_it_is_written() -> None:
    document = Document.parse("@a{k,\n  x = {1},\n}")
    document["k"].set_source("x", "jan # {~1}")
    document["k"].set_source("y", '"a" # b')
    expected = b'@a{k,\n  x = jan # {~1},\n  y = "a" # b,\n}'
    assert document.to_bytes() == expected
    assert document["k"]["x"] == "January~1"
    for source in ("", "{a", "a}", "{a}, z = {b}", "{a} {b}", "two words", "{a}}", "{a} % b"):
        with pytest.raises(UsageError):
            document["k"].set_source("x", source)
    assert document.to_bytes() == expected


def test_an_entry_can_be_written_anew() -> None:
    document = Document.parse("% head\n@a{k, x = {1}}\n@b{l,}")
    document["k"].rewrite("@c{m,\n y = {2}\n}")
    assert document.to_bytes() == b"% head\n@c{m,\n y = {2}\n}\n@b{l,}"
    assert dict(document["m"]) == {"y": "2"}
    assert "k" not in document
    for source in ("", "text", "@a{k,} ", "@a{k,}@b{l,}", "@a{k", "@string{a={b}}"):
        with pytest.raises(UsageError):
            document["m"].rewrite(source)
