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


@pytest.mark.parametrize(
    ("name", "read_name"),
    [
        ('type="personal"><namePart>Holberg, Ludvig, 1684-1754', Name("Holberg", "Ludvig")),
        ('type="personal"><namePart>Roger F. Wicker', Name("Wicker", "Roger F.")),
        ("><namePart>Good, Thomas L.", Name("Good", "Thomas L.")),
        ('type="personal"><namePart>Plato', Name(literal="Plato")),
    ],
)
def test_names_written_in_one_are_divided(name: str, read_name: Name) -> None:
    assert only(f"<name {name}</namePart></name>").names() == (read_name,)


def test_the_steps_of_a_body_are_joined() -> None:
    steps = "".join(f"<namePart>{step}</namePart>" for step in ("United States.", "Congress"))
    record = only(f'<name type="corporate">{steps}</name>')
    assert record.names() == (Name(literal="United States. Congress"),)


def test_who_gave_or_published_a_work_has_not_written_it() -> None:
    role = "<role><roleTerm type='text'>{}</roleTerm></role>"
    record = only(
        f'<name type="corporate"><namePart>A society</namePart>{role.format("donor")}</name>'
        f'<name type="corporate"><namePart>A press</namePart>{role.format("publisher")}</name>'
    )
    assert record.names() == ()
    assert record.names("contributor") == (Name(literal="A society"),)
    assert record.text("publisher") == "A press"


@pytest.mark.parametrize(
    ("own", "host", "type_"),
    [
        ("", "<part><detail type='volume'><number>1</number></detail></part>", "article-journal"),
        ("", "<originInfo><issuance>monographic</issuance></originInfo>", "chapter"),
        ("", "<originInfo><issuance>continuing</issuance></originInfo>", "article-journal"),
        ("", "<typeOfResource collection='yes'/>", "document"),
        (
            "<typeOfResource manuscript='yes'>text</typeOfResource>",
            "<typeOfResource collection='yes'/>",
            "manuscript",
        ),
        ("<typeOfResource>still image</typeOfResource>", "", "graphic"),
    ],
)
def test_a_host_tells_the_type_unless_it_is_a_collection(own: str, host: str, type_: str) -> None:
    title = "<titleInfo><title>A host</title></titleInfo>"
    assert only(f"{own}<relatedItem type='host'>{title}{host}</relatedItem>").type == type_


def test_a_collection_is_no_book_that_a_work_stands_in() -> None:
    host = "<titleInfo><title>Papers</title></titleInfo><typeOfResource collection='yes'/>"
    record = only(f"<relatedItem type='host'>{host}</relatedItem>")
    assert record.text("container-title") == ""
    assert record.text("archive_collection") == "Papers"


def test_an_open_end_and_a_number_with_its_binding_are_read() -> None:
    record = only(
        "<originInfo><dateIssued point='start'>1998</dateIssued><dateIssued point='end'>9999"
        "</dateIssued></originInfo><identifier type='isbn'>0801486394 (pbk. : paper)</identifier>"
        "<physicalDescription><extent>417 Seiten</extent></physicalDescription>"
    )
    assert record.date() == Date(Day(1998), is_range=True)
    assert (record.text("ISBN"), record.text("number-of-pages")) == ("0801486394", "417")


def test_real_records_say_what_others_find_in_them(shared: Path) -> None:
    folder = shared / "exchange/data/mods"

    def one(name: str) -> Record:
        return read((folder / name).read_bytes(), name).records[0]

    article = one("translators__MODS_03.xml")
    assert (article.type, article.year) == ("article-journal", 2003)
    assert article.names() == (Name("Raschke", "Gregory K."),)
    texts = [article.text(name) for name in ("container-title", "volume", "page", "ISSN")]
    assert texts == ["portal: libraries and the academy", "3", "53-57", "1531-2542"]
    book = one("translators__MODS_04.xml")
    assert (book.type, book.text("ISBN"), book.text("number-of-pages")) == (
        "book",
        "0801486394",
        "322",
    )
    chapter = one("translators__MODS_05.xml")
    assert (chapter.type, chapter.text("container-title")) == ("chapter", "Post-Fordism: A Reader")
    assert chapter.names("editor") == (Name("Amin", "Ash"),)
    assert one("mods__hp566jq8781.xml").type == "manuscript"
    assert one("mods__shpc1.mods.xml").type == "graphic"
    senate = one("translators__MODS_20.xml")
    assert Name("Wicker", "Roger F.") in senate.names("contributor")


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
