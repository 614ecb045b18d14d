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
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACE = 'xmlns="http://www.loc.gov/mods/v3"'


def only(inside: str) -> Record:
    (record,) = read(f"<mods {NAMESPACE}>{inside}</mods>".encode(), "a.xml", "mods").records
    return record


@pytest.fixture(scope="module")
def schema(shared: Path) -> etree.XMLSchema:
    return schema_of(shared / "exchange" / "schemas", "mods-3-8.xsd")


@given(records)
def test_a_record_comes_back_whole(record: Record) -> None:
    (seen,) = read(write([record], "mods"), "a.mods").records
    assert differences(record, seen) == ()


def test_the_collection_comes_back_whole(collection: list[Record]) -> None:
    assert list(read(write(collection, "mods"), "a.mods").records) == collection


def test_the_collection_is_valid(collection: list[Record], schema: etree.XMLSchema) -> None:
    schema.assertValid(etree.fromstring(write(collection, "mods")))


def test_any_record_is_valid(schema: etree.XMLSchema) -> None:
    @given(records)
    def is_valid(record: Record) -> None:
        schema.assertValid(etree.fromstring(write([record], "mods")))

    is_valid()


def test_bibutils_finds_each_title_name_and_year(collection: list[Record], tmp_path: Path) -> None:
    if not shutil.which("xml2bib"):
        pytest.skip("bibutils is not installed")
    file = tmp_path / "a.mods"
    file.write_bytes(write(collection, "mods"))
    run = subprocess.run(
        ["xml2bib", "-i", "utf8", "-o", "utf8", "-nl", "-nb", file], capture_output=True, check=True
    )
    seen = {record.key: record for record in read(run.stdout, "a.bib").records}
    for record in collection:
        other = seen[record.key]
        assert other.title.casefold() == record.title.casefold()
        assert other.year == record.year
        # Names of bodies are cut up by bibutils when it writes BibTeX.
        families = {name.family for name in record.names() if name.family}
        assert families <= {name.family for name in other.names()}


def test_a_title_has_its_article_subtitle_and_part() -> None:
    record = only(
        "<titleInfo><nonSort>The </nonSort><title>making</title><subTitle>a study</subTitle>"
        "<partNumber>Part 2</partNumber><partName>Later</partName></titleInfo>"
    )
    assert record.title == "The making: a study. Part 2. Later"


def test_names_are_read_in_parts_and_whole_with_their_roles() -> None:
    record = only(
        '<name type="personal"><namePart type="family">van Dijk</namePart><namePart type="given">'
        'Jan</namePart><role><roleTerm type="code" authority="marcrelator">edt</roleTerm></role>'
        '</name><name type="personal"><namePart>Doe, Jane</namePart><namePart type="date">1960-'
        '</namePart></name><name type="corporate"><namePart>Treasury</namePart></name>'
    )
    assert record.names("editor") == (Name("Dijk", "Jan", dropping_particle="van"),)
    assert record.names() == (Name("Doe", "Jane"), Name(literal="Treasury"))


@pytest.mark.parametrize(
    ("inside", "date"),
    [
        ('<dateIssued encoding="w3cdtf">2014-03</dateIssued>', Date(Day(2014, 3))),
        ("<dateIssued>c1999.</dateIssued>", Date(Day(1999))),
        ('<dateIssued qualifier="approximate">1785</dateIssued>', Date(Day(1785), circa=True)),
        ('<dateIssued encoding="iso8601">20140305</dateIssued>', Date(Day(2014, 3, 5))),
        (
            '<dateIssued point="start">1985</dateIssued><dateIssued point="end">1988</dateIssued>',
            Date(Day(1985), Day(1988), is_range=True),
        ),
        ("<copyrightDate>2001</copyrightDate>", Date(Day(2001))),
    ],
)
def test_dates_of_libraries_are_read(inside: str, date: Date) -> None:
    assert only(f"<originInfo>{inside}</originInfo>").date() == date


def test_an_article_takes_volume_issue_and_pages_from_its_journal() -> None:
    record = only(
        '<titleInfo><title>A title</title></titleInfo><relatedItem type="host"><titleInfo><title>'
        'Regional Studies</title></titleInfo><part><detail type="volume"><number>51</number>'
        '</detail><detail type="issue"><number>3</number></detail><extent unit="pages"><start>478'
        "</start><end>489</end></extent><date>2017</date></part></relatedItem>"
    )
    assert record.type == "article-journal"
    assert record.text("container-title") == "Regional Studies"
    assert (record.text("volume"), record.text("issue")) == ("51", "3")
    assert (record.text("page"), record.year) == ("478-489", 2017)


def test_the_language_of_a_library_becomes_a_tag() -> None:
    language = '<languageTerm type="code" authority="iso639-2b">wel</languageTerm>'
    assert only(f"<language>{language}</language>").text("language") == "cy"


def test_what_is_no_mods_is_refused() -> None:
    with pytest.raises(InputError, match="no element mods"):
        read(b"<a/>", "a.xml", "mods")


def test_no_record_of_real_files_is_lost(shared: Path) -> None:
    for file in sorted((shared / "exchange/data/mods").glob("*.xml")):
        data = file.read_bytes()
        count = len(list(etree.fromstring(data).iter("{*}mods")))
        if count:
            found = read(data, file.name).records
            assert len(found) == count, file.name
            assert all(record.title or record.names() for record in found) or count > 1
