from __future__ import annotations

import io
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pymarc import MARCReader
from records_strategy import records
from schemas import schema_of

from northbib.errors import InputError
from northbib.exchange import marc, read, write
from northbib.exchange.losses import differences
from northbib.exchange.marc21.dates import printed_date
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from northbib.exchange.protocol import Reading

FIELD, RECORD = b"\x1e", b"\x1d"


def packed(*fields: tuple[str, bytes], leader: bytes = b"00000nam  2200000 a 4500") -> bytes:
    """Give a record; its leader and directory are right, but for what the leader says."""
    directory, body = b"", b""
    for tag, data in fields:
        whole = data.replace(b"$", b"\x1f") + FIELD
        directory += f"{tag}{len(whole):04d}{len(body):05d}".encode()
        body += whole
    start = 24 + len(directory) + 1
    length = start + len(body) + 1
    filled = f"{length:05d}".encode() + leader[5:12] + f"{start:05d}".encode() + leader[17:]
    return filled + directory + FIELD + body + RECORD


def found(data: bytes) -> Reading:
    return read(data, "a.mrc", "marc")


def only(*fields: tuple[str, str], leader: str = "00000nam a2200000 a 4500") -> Record:
    encoded = [(tag, text.encode()) for tag, text in fields]
    (record,) = found(packed(*encoded, leader=leader.encode())).records
    return record


@pytest.mark.parametrize("name", ["marc", "marcxml"])
def test_a_record_comes_back_whole(name: str) -> None:
    @given(records)
    def is_whole(record: Record) -> None:
        (seen,) = read(write([record], name), "a", name).records
        assert differences(record, seen) == ()

    is_whole()


@pytest.mark.parametrize("name", ["marc", "marcxml"])
def test_the_collection_comes_back_whole(name: str, collection: list[Record]) -> None:
    assert list(read(write(collection, name), "a", name).records) == collection


def test_reading_changes_nothing_of_a_record(collection: list[Record]) -> None:
    for record in collection:
        native = marc.encode(record)
        before = b"".join(marc.write([native]))
        assert marc.decode(native) == marc.decode(native)
        assert b"".join(marc.write([native])) == before


def test_any_record_is_valid(shared: Path) -> None:
    schema = schema_of(shared / "exchange" / "schemas", "MARC21slim.xsd")

    @given(records)
    def is_valid(record: Record) -> None:
        schema.assertValid(etree.fromstring(write([record], "marcxml")))

    is_valid()


def test_lint_finds_nothing_in_the_collection(
    collection: list[Record], shared: Path, tmp_path: Path
) -> None:
    lint = shared / "exchange" / "yardstick" / "marclint.pl"
    probe = ["perl", "-MMARC::Lint", "-MMARC::File::XML", "-e", "1"]
    if (
        not shutil.which("perl")
        or subprocess.run(probe, capture_output=True, check=False).returncode
    ):
        pytest.skip("MARC::Lint is not installed")
    file = tmp_path / "a.mrc"
    file.write_bytes(write(collection, "marc"))
    run = subprocess.run(["perl", lint, file], capture_output=True, text=True, check=True)
    assert f"{len(collection)} records, 0 warnings" in run.stdout, run.stdout


def test_yaz_reads_each_record(collection: list[Record], tmp_path: Path) -> None:
    if not shutil.which("yaz-marcdump"):
        pytest.skip("yaz is not installed")
    file = tmp_path / "a.mrc"
    file.write_bytes(write(collection, "marc"))
    run = subprocess.run(["yaz-marcdump", file], capture_output=True, check=True)
    assert run.stdout.count(b"\n001 ") + run.stdout.startswith(b"001 ") == len(collection)
    assert b"<!--" not in run.stdout


def test_pymarc_finds_titles_and_years(collection: list[Record]) -> None:
    data = write(collection, "marc")
    for record, other in zip(collection, MARCReader(io.BytesIO(data)), strict=True):
        assert other is not None
        assert other["001"].data == record.key
        if record.year is not None:
            assert str(record.year) in (other["008"].data or "")


def test_texts_longer_than_a_field_are_cut_and_come_back() -> None:
    long = " ".join(["word"] * 4_000)
    record = Record("a", "book", {"title": long, "abstract": long, "note": "A note"})
    data = write([record], "marc")
    (other,) = MARCReader(io.BytesIO(data))
    assert other is not None
    assert all(len(field.as_marc("utf-8")) <= 9_999 for field in other.fields)
    assert found(data).records == (record,)


def test_control_characters_do_not_end_a_field() -> None:
    record = Record("a", "book", {"title": "A\x1ftitle\x1e and\x1d more"})
    reading = found(write([record], "marc"))
    assert reading.records == (record,)


def test_a_record_longer_than_the_standard_allows_is_refused() -> None:
    record = Record("a", "book", {"abstract": "word " * 30_000})
    with pytest.raises(InputError, match="longer than 99999 bytes"):
        write([record], "marc")


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("c1999.", "1999"),
        ("[1999]", "1999"),
        ("©2015", "2015"),
        ("1962 [c1960]", "1962"),
        ("[197-?]", "1970~/1979~"),
        ("[197-]", "1970/1979"),
        ("[18--?]", "1800~/1899~"),
        ("[1590?]", "1590~"),
        ("[ca. 1590]", "1590~"),
        ("[between 1971 and 1975?]", "1971~/1975~"),
        ("1985-1988.", "1985/1988"),
        ("1985-", "1985/.."),
        ("MDCLXXXVII [1687]", "1687"),
        ("Shōwa 51 [1976]", "1976"),
        ("March 2014", "2014-03"),
    ],
)
def test_dates_as_catalogues_print_them_are_read(printed: str, date: str) -> None:
    read_date = printed_date(printed)
    assert read_date is not None
    assert read_date.edtf() == date


@pytest.mark.parametrize(
    ("coded", "date"),
    [
        ("s1999    ", Date(Day(1999))),
        ("e20150122", Date(Day(2015, 1, 22))),
        ("e201501  ", Date(Day(2015, 1))),
        ("m19851988", Date(Day(1985), Day(1988), is_range=True)),
        ("c19959999", Date(Day(1995), is_range=True)),
        ("q19711975", Date(Day(1971), Day(1975), is_range=True, circa=True)),
        ("s184u    ", Date(Day(1840), Day(1849), is_range=True)),
        ("t19981997", Date(Day(1998))),
        ("nuuuuuuuu", None),
    ],
)
def test_dates_are_read_as_they_are_coded(coded: str, date: Date | None) -> None:
    record = only(("008", f"110601{coded}xxk".ljust(40)), ("245", "00$aA title"))
    assert record.date() == date


def test_the_common_year_counts_beside_that_of_another_era() -> None:
    printed = ("260", "  $aIṣfahān,$c1365 [1986 or 1987]")
    assert only(("008", "870101q19861987ir "), ("245", "00$aA title"), printed).year == 1986


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("1 $aLomax, John Avery, 1867-1948.", Name("Lomax", "John Avery")),
        ("1 $aLomax, John Avery,$d1867-1948.", Name("Lomax", "John Avery")),
        ("1 $aKing, Martin Luther,$cJr.,$d1929-1968.", Name("King", "Martin Luther", suffix="Jr.")),
        ("0 $aJohn Paul$bII,$cPope,$d1920-2005.", Name(literal="John Paul II")),
        ("1 $avan Dijk, Jan.", Name("Dijk", "Jan", dropping_particle="van")),
        ("1 $aMeta Platforms, Inc", Name(literal="Meta Platforms, Inc")),
        ("1 $aLomax, Ruby T. (Ruby Terrill)", Name("Lomax", "Ruby T.")),
        ("1 $aEliot, T. S.", Name("Eliot", "T. S.")),
        ("0 $aPlato.", Name(literal="Plato")),
    ],
)
def test_names_are_read_without_dates_and_marks(field: str, name: Name) -> None:
    assert only(("100", field), ("245", "00$aA title")).names() == (name,)


def test_roles_are_told_by_relators_else_by_what_the_title_page_says() -> None:
    record = only(
        (
            "245",
            "00$aA title /$cby Jan Dijk and Ann Low ; edited by Bo Fox ; translated by Al Roe.",
        ),
        ("700", "1 $aDijk, Jan."),
        ("700", "1 $aLow, Ann."),
        ("700", "1 $aFox, Bo."),
        ("700", "1 $aRoe, Al."),
        ("700", "1 $aFig, Eva,$eillustrator."),
        ("700", "1 $aHay, Joe."),
    )
    assert [str(name) for name in record.names()] == ["Jan Dijk", "Ann Low"]
    assert record.names("editor") == (Name("Fox", "Bo"),)
    assert record.names("translator") == (Name("Roe", "Al"),)
    assert record.names("illustrator") == (Name("Fig", "Eva"),)
    assert record.names("contributor") == (Name("Hay", "Joe"),)


def test_titles_are_read_without_the_punctuation_of_cards() -> None:
    record = only(
        ("245", "14$aThe making :$ba study /$cJan Dijk.$nPart 2,$pLater ;"),
        ("246", "30$aThe making"),
        ("490", "0 $aA series ;$vv. 7"),
        ("260", "  $a[London] ;$aParis :$bOUP,$cc1999."),
        ("300", "  $axviii, 280 p. :$bill."),
    )
    assert record.title == "The making: a study. Part 2. Later"
    assert record.text("title-short") == "The making"
    assert (record.text("collection-title"), record.text("collection-number")) == ("A series", "7")
    assert record.text("publisher-place") == "London; Paris"
    assert (record.text("publisher"), record.text("number-of-pages")) == ("OUP", "280")


def test_what_stands_in_another_script_is_kept() -> None:
    record = only(
        ("100", "1 $6880-01$aPushkin, Aleksandr."),
        ("245", "10$6880-02$aKapitanskai︠a︡ dochka"),
        ("880", "1 $6100-01$aПушкин, Александр."),
        ("880", "10$6245-02$aКапитанская дочка"),
    )
    assert record.text("original-title") == "Капитанская дочка"
    assert record.text("note") == "Пушкин, Александр"


@pytest.mark.parametrize(
    ("leader", "fields", "type_"),
    [
        ("00000nam a2200000 a 4500", [], "book"),
        ("00000naa a2200000 a 4500", [], "chapter"),
        ("00000nab a2200000 a 4500", [], "article-journal"),
        ("00000nas a2200000 a 4500", [], "periodical"),
        ("00000nem a2200000 a 4500", [], "map"),
        ("00000nmm a2200000 a 4500", [("020", "  $a9783642002304")], "book"),
        ("00000nmm a2200000 a 4500", [("856", "40$uhttp://www.whitehouse.gov")], "webpage"),
        ("00000nam a2200000 a 4500", [("502", "  $aThesis (Ph.D.)--OUP, 1999.")], "thesis"),
        ("00000nam a2200000 a 4500", [("655", " 7$aMaps.$2marcgt")], "map"),
    ],
)
def test_types_are_told_by_leader_and_genre(
    leader: str, fields: Sequence[tuple[str, str]], type_: str
) -> None:
    assert only(("245", "00$aA title"), *fields, leader=leader).type == type_


def test_an_article_takes_its_place_from_its_journal() -> None:
    record = only(
        ("245", "00$aA title"),
        ("773", "0 $tRegional Studies$gVol. 51, no. 3 (2017), p. 478-489$x0034-3404"),
        leader="00000nab a2200000 a 4500",
    )
    assert record.text("container-title") == "Regional Studies"
    texts = [record.text(name) for name in ("volume", "issue", "page", "ISSN")]
    assert texts == ["51", "3", "478-489", "0034-3404"]
    assert record.year == 2017


def real(shared: Path, name: str) -> tuple[Record, ...]:
    return found((shared / "exchange/data/marc21" / name).read_bytes()).records


def test_no_record_of_real_files_is_lost(shared: Path) -> None:
    for file in sorted((shared / "exchange/data/marc21").iterdir()):
        data = file.read_bytes()
        if file.suffix in (".mrc", ".dat", ".marc"):
            reading = found(data)
            count = data.count(RECORD) or 1
            assert len(reading.records) + len(reading.findings) == count, file.name
            assert len(reading.findings) <= ("bad_records" in file.name), file.name
    for file in sorted((shared / "exchange/data/marcxml").glob("*.xml")):
        tree = etree.parse(file, etree.XMLParser(recover=True))
        count = len([e for e in tree.iter("{*}record") if e.find("{*}leader") is not None])
        broken = "Summary" in file.name
        if count and not broken:
            assert len(read(file.read_bytes(), file.name, "marcxml").records) >= count, file.name


def test_real_records_say_what_their_catalogues_mean(shared: Path) -> None:
    perl = {record.key: record for record in real(shared, "Catmandu-MARC__camel.mrc")}
    dbi = perl["fol05754809"]
    assert dbi.names() == (Name("Descartes", "Alligator"), Name("Bunce", "Tim"))
    assert (dbi.text("ISBN"), dbi.year, dbi.text("language")) == ("1565926994", 2000, "en")
    talks = perl["fol05865950"]
    assert talks.text("event-title") == "Perl Conference 4.0"
    (missions,) = real(shared, "translators__MARC_00.mrc")
    assert missions.title.startswith("Insignes missioneros de la Compañia de Jesus")
    assert (missions.year, missions.text("publisher-place")) == (1687, "En Pamplona")
    assert missions.names() == (Name("Xarque", "Francisco"),)
    (posts,) = real(shared, "translators__MARC_03.mrc")
    assert posts.names() == (Name(literal="Meta Platforms, Inc"),)
    (thesis,) = real(shared, "traject__manuscript_online_thesis.marc")
    assert (thesis.type, thesis.text("publisher")) == ("thesis", "Johns Hopkins University")
    (papers,) = real(shared, "traject__245_no_ab.marc")
    assert papers.title.startswith("Papers")


def test_records_in_xml_say_what_others_find_in_them(shared: Path) -> None:
    folder = shared / "exchange/data/marcxml"
    (book,) = read((folder / "translators__MARCXML_02.xml").read_bytes(), "a.xml").records
    assert book.title.startswith("Bildungs- und Erziehungsorganisatonen im Spannungsfeld")
    editors = [name.family for name in book.names("editor")]
    assert editors == ["Sturm", "Köpfer", "Wagener"]
    assert (book.year, book.text("number-of-pages")) == (2016, "417")
    name = "jabref__MarcXmlParserTestBookSeries.xml"
    (papers,) = read((folder / name).read_bytes(), name).records
    assert (papers.type, papers.text("collection-number")) == ("book", "423")
    assert len(papers.names("editor")) == 5


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("pymarc__1251.dat", "Основы гидравлического расчета инженерных сетей"),
        ("ruby-marc__marc8_accented_chars.marc", 'Histoire du "nouveau théâtre."'),
        ("pymarc__testunimarc.dat", "L'altra faccia della spirale"),
        ("ruby-marc__utf8.marc", "Photčhanānukrom Čhin Klāng-Tǣčhiu"),
    ],
)
def test_files_are_read_whatever_their_leaders_say_of_letters(
    name: str, title: str, shared: Path
) -> None:
    assert real(shared, name)[0].title.startswith(title)


def test_letters_of_dos_are_told(shared: Path) -> None:
    assert real(shared, "ruby-marc__cp866_multirecord.marc")[0].key == "Никитенко Е. А."


def test_letters_that_marc_8_has_not_are_read_from_their_numbers() -> None:
    data = packed(("245", b"00$aA &#x4e00; and th\xe2e\xe3atre"))
    assert found(data).records[0].title == "A 一 and théâtre"


def test_letters_put_into_utf_8_twice_are_taken_back() -> None:
    twice = "00$aMichoacán".encode().decode("latin-1").encode()
    (record,) = found(packed(("245", twice), leader=b"00000nam a2200000 a 4500")).records
    assert record.title in ("Michoacán", "MichoacÃ¡n")


GOOD = packed(("001", b"key"), ("245", b"00$aA title /$cJan Dijk."), ("260", b"  $bOUP,$c1999."))


@pytest.mark.parametrize(
    "data",
    [
        b"99999" + GOOD[5:],
        b"00010" + GOOD[5:],
        GOOD[:12] + b"00000" + GOOD[17:],
        GOOD[:12] + b"xxxxx" + GOOD[17:],
        GOOD.replace(b"245002300004", b"245999999999"),
        b"\r\n" + GOOD + b"\n",
        GOOD[:-1],
    ],
)
def test_a_lying_leader_or_directory_does_no_harm(data: bytes) -> None:
    (record,) = found(data).records
    texts = (record.key, record.title, record.text("publisher"), record.year)
    assert texts == ("key", "A title", "OUP", 1999)


def test_a_record_whose_fields_are_not_told_is_rejected_and_the_next_is_read() -> None:
    cut = GOOD.replace(b"key\x1e", b"")
    reading = found(cut + GOOD + b"no record at all" + RECORD + GOOD)
    assert [record.title for record in reading.records] == ["A title", "A title"]
    assert [finding.code for finding in reading.findings] == ["broken-record"] * 2


def test_a_field_that_a_stray_end_has_cut_is_put_together(shared: Path) -> None:
    silk = next(r for r in real(shared, "Catmandu-MARC__bu_bibs.mrc") if "Silk Road" in r.title)
    assert silk.title == "The Silk Road: trade, travel, war and faith"
    assert silk.text("call-number") == "DS329.4 .S53 2004"


def test_megabytes_without_an_end_are_refused() -> None:
    with pytest.raises(InputError, match="no record of MARC"):
        found(b"00000nam  2200000 a 4500" + b"2" * 5_000_000)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_rejected(data: bytes) -> None:
    reading = found(GOOD + data + RECORD + GOOD)
    assert reading.records[-1].title == "A title"
    body = GOOD[:60] + data + GOOD[60:]
    assert found(body) is not None


def test_what_is_no_marcxml_is_refused() -> None:
    with pytest.raises(InputError, match="not MARCXML"):
        read(b"<a/>", "a.xml", "marcxml")
