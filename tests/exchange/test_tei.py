from __future__ import annotations

import pytest
from hypothesis import given
from lxml import etree
from records_strategy import records

from northbib.errors import InputError
from northbib.exchange import read, tei, write
from northbib.exchange.losses import converted, differences
from northbib.records import Date, Day, Name, Record
from northbib.records.vocabulary import TYPES as CSL_TYPES

NAMESPACE = 'xmlns="http://www.tei-c.org/ns/1.0"'


def only(inside: str) -> Record:
    (record,) = read(f"<TEI {NAMESPACE}><listBibl>{inside}</listBibl></TEI>".encode(), "a").records
    return record


@given(records)
def test_a_record_comes_back_whole(record: Record) -> None:
    (seen,) = read(write([record], "tei"), "a.xml").records
    assert differences(record, seen) == ()


def test_the_collection_comes_back_whole(collection: list[Record]) -> None:
    assert list(read(write(collection, "tei"), "a.xml").records) == collection


def test_every_type_is_written() -> None:
    assert set(tei.TYPES) == CSL_TYPES


def test_markup_is_that_of_tei_and_needs_no_note() -> None:
    title = '<i>in situ</i> <b>H</b><sub>2</sub>O in <span class="nocase">DNA</span> x<sup>2</sup>'
    record = Record("a", "article-journal", {"title": title, "container-title": "<i>A</i> b"})
    assert converted(record, tei).losses == ()
    (seen,) = read(write([record], "tei"), "a.xml").records
    assert seen == record


def test_parts_stand_in_the_order_of_the_guidelines(collection: list[Record]) -> None:
    order = ["analytic", "monogr", "series", "ptr", "note"]
    parts = ["title", "author", "editor", "idno", "meeting", "edition", "imprint", "extent"]
    tree = etree.fromstring(write(collection, "tei"))
    for element in tree.iter("{*}biblStruct"):
        tags = [etree.QName(child).localname for child in element]
        assert tags == sorted(tags, key=order.index)
        whole = element.find("{*}monogr")
        assert whole is not None
        inside = [etree.QName(child).localname for child in whole]
        assert inside == sorted(inside, key=parts.index)


def test_an_article_as_zotero_writes_it_is_read() -> None:
    record = only(
        '<biblStruct type="journalArticle" xml:id="eco1989"><analytic><title level="a">A <hi '
        'rend="italics">very</hi> short title</title><author><forename>Jan</forename><surname>van '
        "Dijk</surname></author></analytic><monogr><title level='j'>Regional Studies</title>"
        "<imprint>"
        '<biblScope unit="volume">51</biblScope><biblScope unit="issue">3</biblScope><biblScope '
        'unit="page">478-489</biblScope><date>2017-03</date><note '
        'type="accessed">2020-02-29T10:00:00Z'
        '</note><note type="url">https://www.gov.uk/a</note></imprint></monogr><note type="tags">'
        '<note type="tag">regions</note></note></biblStruct>'
    )
    assert (record.key, record.type) == ("eco1989", "article-journal")
    assert record.text("title") == "A <i>very</i> short title"
    assert record.names() == (Name("Dijk", "Jan", dropping_particle="van"),)
    assert [record.text(n) for n in ("volume", "issue", "page")] == ["51", "3", "478-489"]
    assert (record.date(), record.date("accessed")) == (Date(Day(2017, 3)), Date(Day(2020, 2, 29)))
    assert (record.text("URL"), record.keywords) == ("https://www.gov.uk/a", ("regions",))


def test_an_article_as_grobid_writes_it_is_read() -> None:
    record = only(
        '<biblStruct xml:id="b0"><analytic><title level="a" type="main">A title</title><author>'
        '<persName><forename type="first">Umberto</forename><forename type="middle">M</forename>'
        '<surname>Eco</surname></persName></author><idno type="DOI">10.1007/BF03250842</idno>'
        "</analytic>"
        '<monogr><title level="j">A journal</title><imprint><biblScope unit="volume">44</biblScope>'
        '<biblScope unit="page" from="237" to="248"/><date type="published" when="2002"/></imprint>'
        '</monogr><note type="raw_reference">Eco UM. A title. A journal 44</note></biblStruct>'
    )
    assert record.names() == (Name("Eco", "Umberto M"),)
    assert (record.type, record.text("page"), record.year) == ("article-journal", "237-248", 2002)
    assert record.text("note") == ""


def test_a_book_with_series_translator_and_meeting_is_read() -> None:
    record = only(
        '<biblStruct><monogr><title level="m">A book</title><title level="m" type="sub">And more'
        "</title><editor><persName><surname>Guyon</surname><forename>Isabelle</forename></persName>"
        "</editor><respStmt><resp>translated by</resp><name>Weaver, William</name></respStmt>"
        "<meeting>"
        "A meeting, <placeName>Oxford</placeName></meeting><imprint><pubPlace>Paris</pubPlace>"
        "<pubPlace>"
        'Oxford</pubPlace><publisher>OUP</publisher><date from="1985" to="1988"/></imprint>'
        "</monogr>"
        '<series><title level="s">A series</title><biblScope unit="volume">7</biblScope></series>'
        "</biblStruct>"
    )
    assert (record.type, record.title) == ("book", "A book: And more")
    assert record.names("editor") == (Name("Guyon", "Isabelle"),)
    assert record.names("translator") == (Name("Weaver", "William"),)
    assert record.date() == Date(Day(1985), Day(1988), is_range=True)
    assert (record.text("event-title"), record.text("event-place")) == ("A meeting", "Oxford")
    assert record.text("publisher-place") == "Paris; Oxford"
    assert (record.text("collection-title"), record.text("collection-number")) == ("A series", "7")


def test_an_entry_without_structure_is_read_by_its_tags_or_as_text() -> None:
    tagged = only(
        '<bibl><author>Eco, Umberto</author>, <title level="m">A book</title>, <pubPlace>Oxford'
        "</pubPlace> <date>1989</date></bibl>"
    )
    assert (tagged.title, tagged.year, tagged.names()) == (
        "A book",
        1989,
        (Name("Eco", "Umberto"),),
    )
    assert only("<bibl>Eco, A book, 1989</bibl>").title == "Eco, A book, 1989"


def test_what_a_header_says_of_the_document_is_no_entry() -> None:
    entry = '<biblStruct><monogr><title level="m">{}</title><imprint/></monogr></biblStruct>'
    header = f"<teiHeader><sourceDesc>{entry.format('Itself')}</sourceDesc></teiHeader>"
    listed = f"<listBibl>{entry.format('Cited')}</listBibl>"
    found = read(f"<TEI {NAMESPACE}>{header}{listed}</TEI>".encode(), "a.xml").records
    assert [record.title for record in found] == ["Cited"]


def test_what_is_no_tei_is_refused() -> None:
    with pytest.raises(InputError, match="no biblStruct"):
        read(b"<a/>", "a.xml", "tei")


def test_an_id_that_is_there_twice_or_is_none_loses_no_record() -> None:
    inside = '<biblStruct xml:id="{}"><monogr><title>{}</title></monogr></biblStruct>'
    listed = "".join(
        inside.format(key, title) for key, title in [("a", "A"), ("a", "B"), ("1 c", "C")]
    )
    seen = read(f"<TEI {NAMESPACE}><listBibl>{listed}</listBibl></TEI>".encode(), "a")
    assert [record.title for record in seen.records] == ["A", "B", "C"]
    assert seen.findings == ()
