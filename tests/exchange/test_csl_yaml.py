from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records_strategy import records, texts

from northbib.errors import InputError
from northbib.exchange import csl_json, read, write
from northbib.exchange.losses import differences
from northbib.exchange.pandoc_text import read_markdown, written_markdown
from northbib.records import Date, Day, Name, Record, fold

if TYPE_CHECKING:
    from pathlib import Path


def only(text: str) -> Record:
    (record,) = read(text.encode(), "a.yaml", "csl-yaml").records
    return record


@given(records)
def test_a_record_comes_back_whole(record: Record) -> None:
    (seen,) = read(write([record], "csl-yaml"), "a.yaml", "csl-yaml").records
    assert differences(record, seen) == ()


def test_the_collection_comes_back_whole(collection: list[Record]) -> None:
    assert list(read(write(collection, "csl-yaml"), "a.yaml").records) == collection


@given(st.one_of(texts, st.builds("{} <i>{}</i> <sup>{}</sup>".format, texts, texts, texts)))
def test_plain_text_in_markdown_comes_back(text: str) -> None:
    if "<" not in text or "<i>" in text:
        seen = read_markdown(written_markdown(text))
        assert seen == text or "<" in text.replace("<i>", "").replace("<sup>", "")


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("*a* and _b_, **c**, __d__", "<i>a</i> and <i>b</i>, <b>c</b>, <b>d</b>"),
        ("H~2~O, x^2^, m~a\\ b~", "H<sub>2</sub>O, x<sup>2</sup>, m<sub>a b</sub>"),
        ("[DNA]{.nocase} [abc]{.smallcaps}", '<span class="nocase">DNA</span> <sc>abc</sc>'),
        (
            "<i>a</i> <em>b</em> <span class='nocase'>C</span>",
            '<i>a</i> <i>b</i> <span class="nocase">C</span>',
        ),
        ("snake_case_name 2 * 3 * 4 a~b", "snake_case_name 2 * 3 * 4 a~b"),
        ("\\*a\\* \\[b\\] \\_c\\_ \\<i>", "*a* [b] _c_ <i>"),
        ("1--2 a---b c...", "1–2 a—b c…"),
        ("\"a\" 'b' it's", "“a” ‘b’ it’s"),
        ("a &amp; b [c](http://x.y) `d`", "a & b c d"),
        ("[not a link] ^", "[not a link] ^"),
    ],
)
def test_markdown_of_pandoc_is_read(markdown: str, text: str) -> None:
    assert read_markdown(markdown) == text


def test_dates_names_and_plain_values_of_every_kind_are_read() -> None:
    record = only(
        "- id: a\n  type: book\n  title: A\n  volume: 5\n  issued: 2019-03/2019-05\n"
        "  accessed: {date-parts: [[2020, 1, 2]]}\n  original-date: [{year: 1988, month: 3}]\n"
        "  author: [{family: Berg, given: Jan, dropping-particle: van der}, {literal: Academy}]\n"
        "  editor: Doe, Jane\n  keyword: [x, y]\n"
    )
    assert record.date() == Date(Day(2019, 3), Day(2019, 5), is_range=True)
    assert record.date("accessed") == Date(Day(2020, 1, 2))
    assert record.date("original-date") == Date(Day(1988, 3))
    assert record.names() == (
        Name("Berg", "Jan", dropping_particle="van der"),
        Name(literal="Academy"),
    )
    assert record.names("editor") == (Name("Doe", "Jane"),)
    assert (record.text("volume"), record.keywords) == ("5", ("x", "y"))


def test_front_matter_of_an_article_is_read() -> None:
    data = b"---\ntitle: An article\nreferences:\n- id: a\n  title: A\n---\n\n# Text: [not] {yaml\n"
    reading = read(data, "a.md")
    assert [(record.key, record.title) for record in reading.records] == [("a", "A")]


def test_yaml_without_references_is_refused() -> None:
    with pytest.raises(InputError, match="no list of references"):
        read(b"title: A\n", "a.yaml", "csl-yaml")


def test_what_is_no_reference_is_set_aside() -> None:
    reading = read(b"references:\n- id: a\n- 5\n", "a.yaml")
    assert len(reading.records) == 1
    assert [(finding.code, finding.line) for finding in reading.findings] == [("not-an-item", 3)]


def folded(record: Record) -> dict[str, str]:
    item = csl_json.encode(record.replace(extra={}))
    return {name: fold(json.dumps(value, ensure_ascii=False)) for name, value in item.items()}


def test_pandoc_reads_what_is_written(collection: list[Record]) -> None:
    pypandoc = pytest.importorskip("pypandoc")
    text = write(collection, "csl-yaml").decode()
    found = pypandoc.convert_text(text, "csljson", format="markdown")
    seen = {item["id"]: csl_json.decode(item) for item in json.loads(found)}
    for record in collection:
        want, got = folded(record), folded(seen[record.key])
        for name in want.keys() - {"note", "abstract", "custom", "citation-key"}:
            assert plainly(want[name]) == plainly(got.get(name, "")), (record.key, name)


def plainly(text: str) -> str:
    return (
        text.replace('<span class=\\"nocase\\">', "")
        .replace("</span>", "")
        .replace("\\", "")
        .replace('"', "'")
    )


def test_what_pandoc_writes_is_read(collection: list[Record]) -> None:
    pypandoc = pytest.importorskip("pypandoc")
    source = write(collection, "csl-json").decode()
    text = pypandoc.convert_text(source, "markdown", format="csljson", extra_args=["-s"])
    seen = {record.key: record for record in read(text.encode(), "a.md").records}
    assert len(seen) == len(collection)
    for record in collection:
        for name in ("title", "author", "issued", "container-title", "DOI", "URL", "page"):
            want, got = folded(record).get(name, ""), folded(seen[record.key]).get(name, "")
            assert plainly(want) == plainly(got), (record.key, name)


def test_real_files_of_the_same_items_are_read(shared: Path) -> None:
    data = (shared / "exchange/data/csl_json/handlr__citeproc.json").read_bytes()
    (item,) = read(data, "a.json").records
    (seen,) = read(write([item], "csl-yaml"), "a.yaml").records
    assert differences(item, seen) == ()
