from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from records_strategy import records

from northbib.errors import InputError
from northbib.exchange import read, write
from northbib.exchange.losses import differences
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from pathlib import Path


def only(text: str) -> Record:
    (record,) = read(text.encode(), "a.enw", "enw").records
    return record


def lines(record: Record) -> list[str]:
    return write([record], "enw").decode().splitlines()


@given(records)
def test_a_record_comes_back_whole(record: Record) -> None:
    (seen,) = read(write([record], "enw"), "a.enw", "enw").records
    assert differences(record, seen) == ()


def test_the_collection_comes_back_whole(collection: list[Record]) -> None:
    seen = read(write(collection, "enw"), "a.enw").records
    assert [differences(*pair) for pair in zip(collection, seen, strict=True)] == [()] * len(seen)


def test_the_series_of_a_book_and_its_number_stand_in_the_tags_of_a_book() -> None:
    record = Record("a", "book", {"title": "A", "collection-title": "B", "collection-number": "3"})
    assert lines(record)[:6] == ["%0 Book", "%F a", "%T A", "%B B", "%S B", "%N 3"]


def test_the_editors_of_a_book_without_an_author_lead_an_edited_book() -> None:
    record = Record("a", "book", {"title": "A", "editor": (Name("Lee", "Neil"),)})
    assert lines(record)[:3] == ["%0 Edited Book", "%F a", "%A Lee, Neil"]


@pytest.mark.parametrize(
    ("kind", "tag"), [("patent", "%@ 7"), ("report", "%@ 7"), ("legislation", "%6 7")]
)
def test_the_number_of_a_work_has_the_tag_of_its_type(kind: str, tag: str) -> None:
    assert tag in lines(Record("a", kind, {"title": "A", "number": "7"}))


def test_a_paper_that_names_conference_and_proceedings_has_both() -> None:
    values = {"title": "A", "container-title": "B", "event-title": "C", "event-place": "D"}
    found = lines(Record("a", "paper-conference", values))
    assert found[0] == "%0 Conference Proceedings"
    assert {"%3 B", "%B C", "%C D"} <= set(found)


def test_a_comma_behind_the_name_of_a_body_marks_it_for_endnote() -> None:
    record = Record("a", "book", {"author": (Name(literal="HM Treasury"),)})
    assert "%A HM Treasury, " in lines(record)
    assert only("%0 Book\n%A HM Treasury,\n%T A\n").names() == (Name(literal="HM Treasury"),)


@pytest.mark.parametrize(
    "text", ["%K one; two", "%K one\ntwo", "%K one\n%K two", "%K one;two\n%K one"]
)
def test_topics_are_told_apart_however_they_are_written(text: str) -> None:
    assert only(f"%0 Book\n%T A\n{text}\n").keywords == ("one", "two")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("%D 2009", Day(2009)),
        ("%D 2009\n%8 March 14", Day(2009, 3, 14)),
        ("%D 2009\n%8 14 Mar 2009", Day(2009, 3, 14)),
        ("%D 2009\n%8 2009-03-14", Day(2009, 3, 14)),
        ("%8 3/14/2009", Day(2009, 3, 14)),
    ],
)
def test_dates_are_read_as_people_type_them(text: str, date: Day) -> None:
    assert only(f"%0 Book\n%T A\n{text}\n").date() == Date(date)


def test_refer_names_no_type_and_it_is_told_by_the_tags() -> None:
    assert only("%T A\n%A Lee, N.\n%J B\n%D 2001\n").type == "article-journal"
    assert only("%T A\n%B C\n").type == "chapter"


def test_what_csl_has_no_variable_for_is_kept_as_fields() -> None:
    record = only(
        "%0 Journal Article\n%T A\n%+ Somewhere\n%M 123\n%U http://a.org\n%U http://b.org"
    )
    assert record.extra == {"affiliation": "Somewhere", "accession": "123", "enw-u": "http://b.org"}


@pytest.mark.parametrize("tag", ["%J", "%B"])
def test_the_journal_of_an_article_stands_in_either_tag(tag: str) -> None:
    record = only(f"%0 Journal Article\n%T A\n{tag} A journal\n%] 104501\n")
    assert (record.text("container-title"), record.text("number")) == ("A journal", "104501")


def test_the_number_of_an_article_has_its_own_tag() -> None:
    record = Record("a", "article-journal", {"title": "A", "issue": "2", "number": "104501"})
    data = write([record], "enw")
    assert data.decode().splitlines()[-2:] == ["%N 2", "%] 104501"]
    assert b"<custom7><style" in write([record], "endnote-xml")
    for name in ("enw", "endnote-xml"):
        assert read(write([record], name), "a", name).records == (record,)


def test_a_record_of_another_alphabet_is_read() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        data = "%0 Book\n%A 余敏\n%T שלום עולם\n%D 2009\n".encode(encoding)
        (record,) = read(data, "a.enw", "enw").records
        assert (record.names(), record.title) == ((Name(literal="余敏"),), "שלום עולם")


def test_a_file_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="no line begins with a tag"):
        read(b"hello", "a.enw", "enw")


def test_real_files_are_read_with_none_lost(shared: Path) -> None:
    for file in sorted((shared / "exchange/data/refer_enw").iterdir()):
        if file.suffix in (".enl", ".enw", ".ref"):
            assert read(file.read_bytes(), file.name, "enw").records, file.name
    (journal,) = (shared / "exchange/data/refer_enw").glob("colrev__*.enl")
    titles = [record.title[:13] for record in read(journal.read_bytes(), "a.enl").records]
    assert titles == ["How Trust Lea", "Microsourcing", "MISQ Volume 4"]


def test_what_a_library_catalogue_says_is_read(shared: Path) -> None:
    folder = shared / "exchange/data/refer_enw"
    (record,) = read((folder / "translators__ReferBibIX_00.enw").read_bytes(), "a", "enw").records
    assert (record.type, record.title) == ("article-journal", "参考文献管理工具研究")
    assert [name.literal for name in record.names()] == ["余敏", "朱江", "丁照蕾"]
    assert record.text("ISSN") == "1008-0821"
    assert record.text("DOI") == "10.3969/j.issn.1008-0821.2009.02.027"
    assert (record.text("page"), record.year) == ("94-98,93", 2009)
    (book,) = read((folder / "translators__ReferBibIX_01.enw").read_bytes(), "a", "enw").records
    assert book.names("editor") == (Name("Stender Clausen", "Jørgen"),)
    assert book.names("translator") == (Name("Aardal", "Jorunn"),)
    assert book.keywords == ("Italiensk litteratur", "Idealbyer", "kjernelitteratur")
