from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from records_strategy import records

from northbib.bibtex import Document
from northbib.bibtex import records as records_of
from northbib.errors import InputError
from northbib.exchange import read, ris, write
from northbib.exchange.losses import converted, differences
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from pathlib import Path


def only(text: str) -> Record:
    (record,) = read(text.encode(), "a.ris").records
    return record


@given(records)
def test_a_record_comes_back_whole(record: Record) -> None:
    (seen,) = read(write([record], "ris"), "a.ris").records
    assert differences(record, seen) == ()


def test_the_collection_comes_back_whole(collection: list[Record]) -> None:
    assert list(read(write(collection, "ris"), "a.ris").records) == collection


def test_lines_end_as_the_specification_has_it() -> None:
    data = write([Record("a", "book", {"title": "A title"})], "ris")
    assert data == b"TY  - BOOK\r\nID  - a\r\nTI  - A title\r\nER  - \r\n"


def test_names_pages_and_dates_stand_in_their_own_tags() -> None:
    record = only(
        "TY  - JOUR\nAU  - van der Berg, Jan, Jr.\nA1  - ignored\nAU  - Academy\nTI  - A title\n"
        "JO  - A journal\nPY  - 2014/03/05/\nSP  - 478\nEP  - 489\nER  - \n"
    )
    assert record.names() == (
        Name("Berg", "Jan", dropping_particle="van der", suffix="Jr."),
        Name(literal="Academy"),
    )
    assert record.text("container-title") == "A journal"
    assert record.date() == Date(Day(2014, 3, 5))
    assert record.text("page") == "478-489"


def test_a_line_without_a_tag_goes_on_with_the_value_before_it() -> None:
    record = only("TY  - BOOK\nAB  - First line\nand the second\nER  - \n")
    assert record.text("abstract") == "First line\nand the second"


@pytest.mark.parametrize(
    "text", ["TY  - BOOK\nTI  - A\n", "1.\nTY  - BOOK\nTI  - A\nER  -\n\n2.\n"]
)
def test_a_record_needs_no_end_and_text_around_it_is_passed_over(text: str) -> None:
    assert only(text).title == "A"


def test_windows_letters_are_read() -> None:
    (record,) = read("TY  - BOOK\r\nTI  - Café “x”\r\nER  - \r\n".encode("cp1252"), "a").records
    assert record.title == "Café “x”"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_of_encodings_are_read(encoding: str) -> None:
    (record,) = read("TY  - BOOK\rTI  - Café\rER  - \r".encode(encoding), "a.ris", "ris").records
    assert record.title == "Café"


def test_a_file_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="no line begins with a tag"):
        read(b"hello", "a.ris", "ris")


def test_a_line_without_end_is_refused_at_its_place() -> None:
    with pytest.raises(InputError, match="no part of a record") as caught:
        list(ris.read(io.BytesIO(b"TY  - BOOK\nTI  - " + b"x" * (5 << 20)), "a.ris"))
    assert caught.value.line == 2


def test_a_record_that_says_nothing_but_its_type_is_not_lost() -> None:
    reading = read(b"TY  - BOOK\nER  - \nTY  - BOOK\nTI  - A\nER  - \n", "a.ris")
    assert [(record.type, record.title) for record in reading.records] == [
        ("book", ""),
        ("book", "A"),
    ]


def test_what_has_no_tag_is_named_as_kept_in_a_note() -> None:
    record = Record("a", "book", {"title": "A", "original-publisher": "B"})
    losses = converted(record, ris).losses
    assert [(loss.name, loss.how) for loss in losses] == [("original-publisher", "note")]


def test_no_record_of_real_files_is_lost(shared: Path) -> None:
    for file in sorted((shared / "exchange/data/ris").iterdir()):
        if file.suffix in (".ris", ".txt"):
            data = file.read_bytes()
            reading = read(data, file.name, "ris")
            starts = sum(
                line.lstrip(b"\xef\xbb\xbf ").startswith((b"TY  -", b"TY -"))
                for line in data.splitlines()
            )
            assert len(reading.records) == (starts or data.count(b"ER  -")), file.name


def test_the_yardstick_comes_back_whole(shared: Path) -> None:
    data = (shared / "exchange/yardstick/samples/samples.biblatex.bib").read_bytes()
    for _, record in records_of(Document.parse(data)):
        (seen,) = read(write([record], "ris"), "a.ris").records
        assert differences(record, seen) == ()


@pytest.mark.parametrize(
    ("lines", "name", "value"),
    [
        ("AD  - Here\nAD  - There", "affiliation", "Here; There"),
        ("AN  - 123", "accession", "123"),
        ("C5  - Five", "custom5", "Five"),
        ("U1  - One", "user1", "One"),
        ("L1  - a.pdf\nL4  - a.png", "fulltext", "a.pdf"),
        ("M2  - Two", "misc2", "Two"),
        ("TT  - Ein Titel", "translated-title", "Ein Titel"),
        ("UR  - http://a.org\nUR  - http://b.org", "ris-ur", "http://b.org"),
        ("ZZ  - Not in the specification", "ris-zz", "Not in the specification"),
        ("T1  - Another title", "ris-t1", "Another title"),
    ],
)
def test_nothing_that_a_file_says_is_thrown_away(lines: str, name: str, value: str) -> None:
    assert only(f"TY  - JOUR\nTI  - A\n{lines}\nER  - \n").extra[name] == value


def test_all_notes_of_a_record_are_read() -> None:
    record = only("TY  - BOOK\nTI  - A\nN1  - One\nRN  - Three\nN1  - Two\nER  - \n")
    assert record.text("note") == "One\nTwo\nThree"


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        ("PY  - 2016\nDA  - 2016/12/05/", "2016-12-05"),
        ("PY  - 2016\nDA  - Dec 5", "2016-12-05"),
        ("PY  - 2016\nDA  - SEP", "2016-09"),
        ("PY  - 2016///", "2016"),
        ("Y1  - 2016/12//", "2016-12"),
        ("PY  - in press", "in press"),
    ],
)
def test_dates_are_read_as_databases_write_them(lines: str, date: str) -> None:
    assert only(f"TY  - JOUR\nTI  - A\n{lines}\nER  - \n").date() == Date.parse(date)


def test_a_conference_and_its_proceedings_are_told_apart() -> None:
    both = only("TY  - CONF\nTI  - A\nT2  - The meeting\nC3  - The book\nCY  - Leeds\nER  - \n")
    assert (both.text("event-title"), both.text("container-title")) == ("The meeting", "The book")
    assert both.text("event-place") == "Leeds"
    one = only("TY  - CONF\nTI  - A\nT2  - The book\nCY  - Leeds\nER  - \n")
    assert (one.text("container-title"), one.text("publisher-place")) == ("The book", "Leeds")


@pytest.mark.parametrize(
    ("kind", "tags"),
    [
        ("report", {"SN  - 7", "IS  - 7", "T2  - Series"}),
        ("patent", {"SN  - 7", "IS  - 7"}),
        ("legislation", {"M1  - 7", "IS  - 7"}),
    ],
)
def test_the_number_of_a_work_has_the_tag_of_its_type(kind: str, tags: set[str]) -> None:
    values = {"title": "A", "number": "7", "collection-title": "Series"}
    text = write([Record("a", kind, values)], "ris").decode()
    assert tags <= set(text.splitlines())


@pytest.mark.parametrize(
    "title", ["שלום עולם", "مرحبا", "参考文献管理", "Cafe\N{COMBINING ACUTE ACCENT}"]
)
def test_titles_of_any_alphabet_come_through(title: str) -> None:
    record = Record("a", "book", {"title": title})
    (seen,) = read(write([record], "ris"), "a.ris").records
    assert differences(record, seen) == ()


def real(shared: Path, name: str) -> Record:
    return read((shared / "exchange/data/ris" / name).read_bytes(), name, "ris").records[0]


def test_what_databases_say_is_read(shared: Path) -> None:
    ovid = real(shared, "asreview__ovid_psycinfo.ris")
    assert ovid.names()[0] == Name("Trindade", "Ines A")
    assert (ovid.text("DOI"), ovid.text("page")) == ("10.1002/cpp.2398", "")
    assert ovid.text("container-title") == "Clinical Psychology & Psychotherapy"
    proquest = real(shared, "colrev__abi_inform_proquest_ris.ris")
    assert (proquest.type, proquest.text("genre")) == ("thesis", "Ed.D.")
    assert (proquest.text("publisher"), proquest.text("number-of-pages")) == (
        "New York University",
        "150",
    )
    scopus = real(shared, "asreview__scopus.ris")
    assert (scopus.text("ISSN"), scopus.text("number")) == ("0306-4530", "104501")
    assert (scopus.text("language"), scopus.text("volume")) == ("en", "111")
    wos = real(shared, "asreview__web_of_science.txt")
    assert (wos.text("ISSN"), wos.date()) == ("2211-3681 2211-369X", Date(Day(2018, 9)))
    assert wos.text("publisher") == "ELSEVIER SCIENCE INC"
    assert wos.extra["accession"] == "WOS:000444108200009"
    jabref = real(shared, "jabref__RisImporterTestScience.ris")
    assert (jabref.text("page"), jabref.date()) == ("310-324", Date(Day(2016, 12)))
    zotero = real(shared, "asreview__pubmed_zotero.ris")
    assert zotero.text("container-title-short") == "Prz Gastroenterol"
