"""What is written is what was read: bytes, records and single fields."""

from __future__ import annotations

import pytest
from generated import records as any_record
from generated import snippets, texts
from hypothesis import example, given, settings
from hypothesis import strategies as st

from northbib.bibtex import Document, entry_source, field_source, records, writing
from northbib.errors import UsageError
from northbib.records import Name, Record


@given(st.binary() | snippets.map(str.encode))
def test_any_bytes_are_written_as_they_were_read(data: bytes) -> None:
    assert Document.parse(data).to_bytes() == data


@given(
    snippets.flatmap(
        lambda text: st.sampled_from(["utf-8-sig", "utf-16", "cp1252"]).map(
            lambda name: text.encode(name, "replace")
        )
    )
)
def test_every_encoding_is_written_as_it_was_read(data: bytes) -> None:
    assert Document.parse(data).to_bytes() == data


@given(snippets)
@example("@a{@b{x,}}")
@example("@book{a, crossref={b}}@book{b, crossref={a}}")
@example(
    '@a{k, author="}}}}',
)
def test_any_text_can_be_read_and_checked(text: str) -> None:
    document = Document.parse(text)
    for _, record in records(document):
        record.to_csl()
    for problem in document.problems:
        assert problem.line is not None
        assert 1 <= problem.line <= text.count("\n") + text.count("\r") + 1


@settings(max_examples=200)
@given(any_record)
@example(Record("k", "article-journal", {"author": (Name("Vries", "Jan", "", "de"),)}))
@example(Record("k", "chapter", {"container-title": "Whole", "volume-title": "Part"}))
@example(Record("k", "book", {"title": "Whole", "volume-title": "Part", "number": "4"}))
def test_a_record_comes_back_from_its_entry_as_it_was(record: Record) -> None:
    document = Document.parse(entry_source(record))
    assert document.problems == ()
    assert [found for _, found in records(document)] == [record]


FILE = """\
% kept
@string{rs = "Regional Studies"}

@Article{lee2017,
  author       = {Lee, Neil},
  title        = {Powerhouse of cards?},
  journaltitle = rs,
  year         = 2017,
}

@book ( other , title = "Other" )
text
"""


@given(any_record)
def test_a_record_is_written_as_others_of_its_variables_if_it_is_no_other_case(
    record: Record,
) -> None:
    plain = record.replace(extra={})
    assert writing.entry_parts(plain) == writing._worked_out(plain)


@given(st.sampled_from(["title", "doi", "note", "x-y"]), texts)
def test_a_field_that_is_set_reads_back_and_nothing_else_changes(name: str, text: str) -> None:
    document = Document.parse(FILE)
    entry = document["lee2017"]
    others = {field: value for field, value in entry.items() if field != name}
    before, _, after = FILE.partition(entry.raw)
    try:
        source = field_source(name, text)
        entry[name] = source
    except UsageError:
        assert document.to_bytes() == FILE.encode()
        return
    assert entry[name] == source.strip(" ")
    assert {field: value for field, value in entry.items() if field != name} == others
    assert document.to_bytes().decode() == before + entry.raw + after
    assert dict(Document.parse(document.to_bytes())["lee2017"]) == dict(entry)


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@given(st.data())
def test_what_is_added_and_removed_again_leaves_no_trace(eol: str, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(["", FILE, "@a{b,}\n", "% only\n"]))
    before = text.replace("\n", eol).encode()
    document = Document.parse(before)
    record = data.draw(any_record).replace(key="added")
    document.add(entry_source(record))
    assert [found for _, found in records(Document.parse(document.to_bytes()))][-1] == record
    document.remove("ADDED")
    assert document.to_bytes() == before


def test_a_publisher_with_an_and_in_its_name_stays_one_body_for_biblatex() -> None:
    name = "Department for Business, Innovation and Skills"
    record = Record("heseltine2012stone", "report", {"title": "A title", "publisher": name})
    source = entry_source(record)
    assert f"institution  = {{{{{name}}}}}," in source
    ((_, read),) = records(Document.parse(source))
    assert read == record
