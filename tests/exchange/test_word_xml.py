from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from lxml import etree
from records_strategy import records
from schemas import schema_of

from northbib.errors import InputError
from northbib.exchange import read, write
from northbib.exchange.losses import differences
from northbib.exchange.word.lcids import lcid_of, tag_of_lcid
from northbib.exchange.word.sources import TYPES
from northbib.records import Date, Day, Name, Record
from northbib.records.vocabulary import TYPES as CSL_TYPES

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACE = 'xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"'


def only(inside: str) -> Record:
    data = f"<b:Sources {NAMESPACE}><b:Source>{inside}</b:Source></b:Sources>".encode()
    (record,) = read(data, "a.xml").records
    return record


@pytest.fixture(scope="module")
def schema(shared: Path) -> etree.XMLSchema:
    return schema_of(shared / "exchange" / "schemas", "shared-bibliography.xsd")


@given(records)
def test_a_record_comes_back_whole(record: Record) -> None:
    (seen,) = read(write([record], "word-xml"), "a.xml").records
    assert differences(record, seen) == ()


def test_the_collection_comes_back_whole(collection: list[Record]) -> None:
    assert list(read(write(collection, "word-xml"), "a.xml").records) == collection


def test_the_collection_is_valid(collection: list[Record], schema: etree.XMLSchema) -> None:
    schema.assertValid(etree.fromstring(write(collection, "word-xml")))


def test_any_record_is_valid(schema: etree.XMLSchema) -> None:
    @given(records)
    def is_valid(record: Record) -> None:
        schema.assertValid(etree.fromstring(write([record], "word-xml")))

    is_valid()


def test_no_records_make_a_valid_file(schema: etree.XMLSchema) -> None:
    data = write([], "word-xml")
    schema.assertValid(etree.fromstring(data))
    assert read(data, "a.xml").records == ()


def test_every_type_has_a_type_of_word(schema: etree.XMLSchema) -> None:
    assert set(TYPES) == CSL_TYPES
    for type_ in sorted(CSL_TYPES):
        schema.assertValid(etree.fromstring(write([Record("a", type_)], "word-xml")))


def test_bibutils_finds_each_title_and_person(collection: list[Record], tmp_path: Path) -> None:
    if not shutil.which("wordbib2xml"):
        pytest.skip("bibutils is not installed")
    file = tmp_path / "a.xml"
    file.write_bytes(write(collection, "word-xml"))
    run = subprocess.run(["wordbib2xml", "-i", "utf8", file], capture_output=True, check=True)
    seen = {record.key: record for record in read(run.stdout, "a.mods", "mods").records}
    for record in collection:
        other = seen[record.key]
        assert other.title.casefold() == record.title.casefold()
        if record.type in ("book", "article-journal", "report", "chapter"):
            families = {name.family for name in record.names() if name.family}
            assert families <= {name.family for name in other.names()}


@pytest.mark.parametrize(
    ("inside", "date"),
    [
        ("<b:Year>2014</b:Year>", Date(Day(2014))),
        ("<b:Year>2014</b:Year><b:Month>July</b:Month><b:Day>3</b:Day>", Date(Day(2014, 7, 3))),
        ("<b:Year>2014</b:Year><b:Month>07</b:Month><b:Day>3</b:Day>", Date(Day(2014, 7, 3))),
        ("<b:Year>2014</b:Year><b:Month>7</b:Month>", Date(Day(2014, 7))),
        ("<b:Year>2014</b:Year><b:Month>Fall</b:Month>", Date(Day(2014, season=3))),
        ("<b:Year>1985–1988</b:Year>", Date(Day(1985), Day(1988), is_range=True)),
        ("<b:Year>c. 1785</b:Year>", Date(Day(1785), circa=True)),
        ("<b:Year>n.d.</b:Year>", Date(literal="n.d.")),
    ],
)
def test_dates_as_people_type_them_are_read(inside: str, date: Date) -> None:
    assert only(inside).date() == date


@pytest.mark.parametrize(
    ("number", "variable", "value"),
    [
        ("978-0-521-85445-0", "ISBN", "978-0-521-85445-0"),
        ("0028-0836", "ISSN", "0028-0836"),
        (" ISSN: 0937-6429", "ISSN", "0937-6429"),
        (":ISSN:0937-6429", "ISSN", "0937-6429"),
        ("ISBN: 0-521-24645-8 DOI: 10.1007/BF03250842", "DOI", "10.1007/BF03250842"),
        ("Cm 4814", "number", "Cm 4814"),
    ],
)
def test_a_standard_number_is_told_by_its_form(number: str, variable: str, value: str) -> None:
    assert only(f"<b:StandardNumber>{number}</b:StandardNumber>").text(variable) == value


def test_people_and_bodies_are_read_by_their_roles() -> None:
    people = (
        "<b:Author><b:Author><b:Corporate>HM Treasury</b:Corporate></b:Author><b:Editor>"
        "<b:NameList><b:Person><b:Last>van der Berg</b:Last><b:First>Jan</b:First><b:Middle>Willem"
        "</b:Middle></b:Person></b:NameList></b:Editor><b:Translator><b:NameList><b:Person><b:Last>"
        "King, Jr.</b:Last><b:First>M.</b:First></b:Person></b:NameList></b:Translator></b:Author>"
    )
    record = only(people)
    assert record.names() == (Name(literal="HM Treasury"),)
    assert record.names("editor") == (Name("Berg", "Jan Willem", dropping_particle="van der"),)
    assert record.names("translator") == (Name("King", "M.", suffix="Jr."),)


@pytest.mark.parametrize(
    ("kind", "group"), [("Patent", "Inventor"), ("Interview", "Interviewee"), ("Art", "Artist")]
)
def test_those_whom_citations_name_are_authors(kind: str, group: str) -> None:
    person = "<b:NameList><b:Person><b:Last>Tesla</b:Last><b:First>N.</b:First></b:Person>"
    inside = f"<b:SourceType>{kind}</b:SourceType><b:Author><b:{group}>{person}</b:NameList>"
    assert only(f"{inside}</b:{group}></b:Author>").names() == (Name("Tesla", "N."),)


def test_a_report_with_a_kind_of_thesis_is_a_thesis() -> None:
    report = "<b:SourceType>Report</b:SourceType>"
    assert only(f"{report}<b:ThesisType>Master's thesis</b:ThesisType>").type == "thesis"
    assert only(f"{report}<b:ThesisType>Tech. rep.</b:ThesisType>").type == "report"


def test_languages_are_numbers_or_tags() -> None:
    assert only("<b:LCID>1031</b:LCID>").text("language") == "de-DE"
    assert only("<b:LCID>en-GB</b:LCID>").text("language") == "en-GB"
    assert only("<b:LCID>0</b:LCID>").text("language") == ""
    assert (lcid_of("cy"), lcid_of("xx"), tag_of_lcid("2057")) == (1106, None, "en-GB")


def test_comments_stay_notes_beside_what_is_kept_in_them() -> None:
    record = Record("a", "book", {"title": "A title", "note": "Seen", "abstract": "Short"})
    data = write([record], "word-xml")
    assert b"<b:Comments>Seen\n{:abstract: Short}" in data
    (seen,) = read(data, "a.xml").records
    assert seen == record


def jabref(shared: Path, name: str) -> Record:
    file = shared / "exchange/data/word_xml" / f"jabref__{name}.xml"
    (record,) = read(file.read_bytes(), file.name).records
    return record


def test_real_files_are_read_as_they_mean(shared: Path) -> None:
    article = jabref(shared, "MsBibImportExportRoundTripTest7")
    assert (article.key, article.type) == ("Orlowski;2011", "article-journal")
    assert article.names() == (Name("Czarnecki", "Adam"), Name("Orłowski", "Cezary"))
    assert (article.text("page"), article.text("DOI")) == ("99-108", "10.13140/2.1.3259.2169")
    assert (article.year, article.text("status")) == (2011, "submitted")
    body = jabref(shared, "MsBibImportExportRoundTripTestCorporateAuthor")
    assert body.names() == (Name(literal="JabRef Developers"),)
    talk = jabref(shared, "MsBibImportExportRoundTripTestLatexFree")
    assert talk.type == "paper-conference"
    assert talk.text("container-title").startswith("Third IEEE International Conference")
    assert talk.names()[3] == Name("Kappeler", "U.-P.")
    patent = jabref(shared, "MsBibPatent")
    assert (patent.type, patent.text("number")) == ("patent", "12345677")
    place = jabref(shared, "MsBibMultiLocationAddressTest")
    assert place.text("publisher-place") == "Stroudsburg, PA, USA"
    thesis = jabref(shared, "MsBibImportExportRoundTripTest6")
    assert (thesis.type, thesis.text("genre")) == ("thesis", "Master's thesis")
    assert thesis.keywords[:2] == (
        "software development processes",
        "agile software development environments",
    )
    accessed = jabref(shared, "MsBibImportExportRoundTripTestDateAcessed")
    assert accessed.date("accessed") == Date(Day(2015, 12, 12))
    fields = jabref(shared, "MsBibImporterMsBibFieldsTest")
    assert fields.text("collection-title") == "ser"
    assert fields.date("accessed") == Date(Day(2010, 7, 3))


def test_no_record_of_real_files_is_lost(shared: Path) -> None:
    for file in sorted((shared / "exchange/data/word_xml").glob("jabref*.xml")):
        data = file.read_bytes()
        assert len(read(data, file.name).records) == data.count(b"</b:Source>"), file.name


def test_what_is_no_list_of_sources_is_refused() -> None:
    with pytest.raises(InputError, match="no element Sources"):
        read(b"<a/>", "a.xml", "word-xml")
    declared = f'<!DOCTYPE a [<!ENTITY x "y">]><b:Sources {NAMESPACE}>&x;</b:Sources>'
    with pytest.raises(InputError, match="entity"):
        read(declared.encode(), "a.xml", "word-xml")


def test_the_country_of_a_patent_is_where_word_has_it() -> None:
    record = Record("a", "patent", {"title": "Electro-Magnetic Motor", "jurisdiction": "US"})
    data = write([record], "word-xml")
    assert b"<b:CountryRegion>US</b:CountryRegion>" in data
    assert b"<b:Comments>" not in data
    assert read(data, "a.xml").records == (record,)
    assert only("<b:SourceType>Book</b:SourceType><b:CountryRegion>US</b:CountryRegion>").text(
        "publisher-place"
    ) == ("US")
