from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from records_strategy import records

from northbib.errors import UsageError
from northbib.exchange import FORMATS, read
from northbib.exchange.conversion import Conversion
from northbib.exchange.leganto import COLUMNS
from northbib.exchange.losses import Loss
from northbib.exchange.profiles import PROFILES, profile_named
from northbib.records import Date, Day, Name, Record
from northbib.records.vocabulary import TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.records import Value

BOOK = Record(
    "key",
    "book",
    {
        "title": "A title",
        "ISBN": "1-85935-269-3",
        "annote": "Read the first chapter",
        "author": (Name(family="Doe", given="Jane"),),
    },
    ("one",),
    {"importance": "Essential"},
)


def written(record: Record, profile: str, name: str) -> tuple[str, set[str]]:
    data, told, _ = Conversion(FORMATS[name], profile, explain=True).file([record])
    return data.decode(), {each.name for each in told if isinstance(each, Loss)}


def test_talis_gets_digits_importance_and_the_note_for_students() -> None:
    text, losses = written(BOOK, "talis", "ris")
    lines = text.split("\r\n")
    assert {"SN  - 1859352693", "U1  - Essential", "N1  - Read the first chapter"} <= set(lines)
    assert not re.search(r"\{:", text)
    assert losses == {"keyword", "ISBN"}


def test_what_a_profile_leaves_out_is_lost_and_said_so() -> None:
    _, losses = written(BOOK.replace(extra={"evidence": "seen"}), "leganto", "leganto")
    assert "tex.evidence" in losses


def test_the_loader_file_has_all_columns_in_each_line() -> None:
    text, _ = written(BOOK, "leganto", "leganto")
    head, line, rest = text.split("\r\n")
    assert head.split("\t") == list(COLUMNS)
    assert len(line.split("\t")) == len(COLUMNS)
    assert rest == ""
    row = dict(zip(COLUMNS, line.split("\t"), strict=True))
    assert row["citation_secondary_type"] == "BK"
    assert row["citation_author"] == "Doe, Jane"


# Zotero's translator "CSL JSON" (zotero/translators) refuses a file with an item of another type.
TYPES_OF_ZOTERO = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter dataset
    entry entry-dictionary entry-encyclopedia figure graphic interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent
    personal_communication post post-weblog report review review-book song speech thesis treaty
    webpage
    """.split()
)
# `csl` of Zotero's schema (zotero/zotero-schema), and what its `itemFromCSLJSON` reads of a name.
MEMBERS_OF_ZOTERO = frozenset(
    """
    abstract archive archive_location authority call-number chapter-number collection-number
    collection-title container-title dimensions DOI edition event-place event-title genre ISBN ISSN
    issue journalAbbreviation language license medium note number number-of-pages
    number-of-volumes page publisher publisher-place references scale section shortTitle source
    status title title-short URL version volume accessed issued submitted author collection-editor
    composer container-author contributor director editor guest interviewer performer producer
    recipient reviewed-author script-writer translator id type citation-key
    """.split()
)


def is_taken_by_zotero(items: list[dict[str, Any]]) -> bool:
    people = [
        name
        for item in items
        for value in item.values()
        if isinstance(value, list)
        for name in value
    ]
    return all(
        item["type"] in TYPES_OF_ZOTERO and item.keys() <= MEMBERS_OF_ZOTERO for item in items
    ) and all(name.keys() <= {"family", "given", "literal"} for name in people)


def zotero_items(records: Sequence[Record]) -> tuple[list[dict[str, Any]], list[Loss]]:
    data, told, count = Conversion(FORMATS["csl-json"], "zotero", explain=True).file(records)
    assert (count.written, count.rejected) == (len(records), 0)
    return json.loads(data), [each for each in told if isinstance(each, Loss)]


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_zotero_gets_no_type_that_it_refuses(kind: str) -> None:
    ((item,), losses) = zotero_items([Record("key", kind, {"title": "A title"})])
    assert is_taken_by_zotero([item])
    assert {each.how for each in losses} == {"note"}
    is_another = item["type"] != kind
    assert ("type" in {each.name for each in losses}) == is_another
    assert (f"type: {kind}" in item["note"].split("\n")) == is_another


def test_zotero_takes_the_collection_whole(collection: list[Record]) -> None:
    items, losses = zotero_items(collection)
    assert len(items) == len(collection)
    assert is_taken_by_zotero(items)
    assert [each for each in losses if each.how != "note"] == []


def test_zotero_takes_the_yardstick_whole(shared: Path) -> None:
    source = shared / "exchange/yardstick/samples/samples.biblatex.bib"
    items, losses = zotero_items(read(source.read_bytes(), source.name, "biblatex").records)
    assert len(items) == 20
    assert is_taken_by_zotero(items)
    # It is one particle in BibTeX, and capitals are no particles to Zotero.
    assert {(each.key, each.name) for each in losses if each.how != "note"} <= {
        ("garcialorca2021chapter", "author")
    }


def test_zotero_gets_particles_and_suffixes_in_its_two_fields() -> None:
    names = (
        Name("Beethoven", "Ludwig", dropping_particle="van"),
        Name("Vries", "Jan", non_dropping_particle="de"),
        Name("Doe", "Jane", suffix="Jr."),
        Name(literal="Academy of Arts, London"),
    )
    items, losses = zotero_items([Record("a", "book", {"author": names})])
    assert items[0]["author"] == [
        {"family": "Beethoven", "given": "Ludwig van"},
        {"family": "de Vries", "given": "Jan"},
        {"family": "Doe", "given": "Jane, Jr."},
        {"literal": "Academy of Arts, London"},
    ]
    assert {each.name for each in losses} == {"citation-key"}


def test_zotero_gets_in_extra_what_it_has_no_field_for() -> None:
    values: dict[str, Value] = {
        "title": "A title",
        "original-title": "Un titolo",
        "container-title-short": "J. T.",
        "note": "As seen",
        "issued": Date(Day(2020, 3), Day(2020, 5), is_range=True),
    }
    record = Record("a", "article-journal", values, ("one", "two"), {"urn": "urn:isbn:1859352693"})
    ((item,), losses) = zotero_items([record])
    assert item["journalAbbreviation"] == "J. T."
    assert set(item["note"].split("\n")) == {
        "As seen",
        "Citation Key: a",
        "original-title: Un titolo",
        "issued: 2020-03/2020-05",
        "keyword: one, two",
        "tex.urn: urn:isbn:1859352693",
    }
    assert {each.how for each in losses} == {"note"}


@pytest.mark.parametrize(
    ("kind", "more", "written"),
    [
        ("software", {"version": "4.4.1"}, "book"),
        ("software", {}, "webpage"),
        ("hearing", {"publisher": "A body"}, "bill"),
        ("hearing", {}, "report"),
    ],
)
def test_zotero_tells_types_that_it_refuses_from_their_members(
    kind: str, more: dict[str, str], written: str
) -> None:
    ((item,), losses) = zotero_items([Record("a", kind, {"title": "A title", **more})])
    assert item["type"] == written
    assert ("type" in {each.name for each in losses}) == (not more)


def test_zotero_gets_no_creator_and_no_field_that_its_type_has_not() -> None:
    values: dict[str, Value] = {
        "title": "A title",
        "editor": (Name("Doe", "Jane"),),
        "translator": (Name("Berg", "Jan"),),
        "publisher": "A body",
    }
    ((item,), losses) = zotero_items([Record("a", "webpage", values)])
    assert item.keys() == {"id", "type", "title", "translator", "note", "citation-key"}
    assert set(item["note"].split("\n")) == {
        "Citation Key: a",
        "editor: Doe || Jane",
        "publisher: A body",
    }
    assert {each.how for each in losses} == {"note"}


def test_zotero_gets_the_court_of_a_case() -> None:
    values = {"title": "A title", "publisher": "Court of Session"}
    ((item,), losses) = zotero_items([Record("a", "legal_case", values)])
    assert (item["authority"], "publisher" in item) == ("Court of Session", False)
    assert {each.name for each in losses} == {"citation-key"}


@settings(max_examples=10)
@given(records)
def test_zotero_takes_any_record_and_loses_no_variable(record: Record) -> None:
    ((item,), losses) = zotero_items([record])
    assert is_taken_by_zotero([item])
    # The place of a patent is its country to Zotero, and who decided a case published it.
    gone = {"patent": {"publisher-place"}, "legal_case": {"authority"}}.get(record.type, set())
    assert {each.name for each in losses if each.how == "lost"} <= gone


CITE = """
const CSL = require("citeproc");
const [style, locale, items] = JSON.parse(require("fs").readFileSync(0));
const by = Object.fromEntries(items.map((item) => [item.id, item]));
const engine = new CSL.Engine(
  {retrieveLocale: () => locale, retrieveItem: (id) => by[id]}, style, "en-US");
engine.setOutputFormat("text");
engine.updateItems(Object.keys(by));
process.stdout.write(engine.makeBibliography()[1].join(""));
"""
STYLE = """
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>A</title><id>a</id><updated>2020-01-01T00:00:00Z</updated></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout><group delimiter=" | "><names variable="author"/><names variable="editor"/>
<choose><if type="document"><text value="document"/></if></choose>
<text variable="original-title"/><text variable="event-place"/><text variable="publisher"/>
<date variable="issued" form="text"/></group></layout></bibliography></style>
"""


def test_citeproc_js_reads_what_zotero_got_in_extra() -> None:
    folder = next(
        (
            p
            for p in os.environ.get("NODE_PATH", "").split(os.pathsep)
            if Path(p, "citeproc").is_dir()
        ),
        None,
    )
    if folder is None or not shutil.which("node"):
        pytest.skip("citeproc is not in a folder of NODE_PATH")
    citeproc = pytest.importorskip("citeproc")
    locale = Path(citeproc.__file__).parent / "data/locales/locales-en-US.xml"
    values: dict[str, Value] = {
        "title": "A title",
        "author": (Name("Berg", "Jan", dropping_particle="van der", suffix="Jr."),),
        "editor": (Name("Doe", "Jane"),),
        "original-title": "Un titolo",
        "event-place": "Oslo",
        "publisher": "A body",
        "issued": Date(Day(2020, 3), Day(2020, 5), is_range=True),
        "note": "As seen: a copy",
    }
    items, _ = zotero_items([Record("a", "document", values, ("one",), {"urn": "urn:x"})])
    source = json.dumps([STYLE, locale.read_text(), items])
    done = subprocess.run(
        ["node", "-e", CITE], input=source, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == (
        "Jan van der Berg Jr. | Jane Doe | document | Un titolo | Oslo | A body | March–May 2020"
    )


def test_citation_js_gets_its_own_words_and_the_rest_comes_back() -> None:
    record = Record(
        "a",
        "thesis",
        {
            "title": "A title. An addition",
            "genre": "PhD thesis",
            "status": "in press",
            "publisher-place": "Oxford; Leeds",
            "author": (Name("Berg", "Jan", dropping_particle="van der"),),
        },
        (),
        {"titleaddon": "An addition"},
    )
    data, _, _ = Conversion(FORMATS["csl-json"], "citation-js").file([record])
    (item,) = json.loads(data)
    assert (item["title"], item["genre"], item["status"]) == ("A title", "phdthesis", "inpress")
    assert item["publisher-place"] == "Oxford and Leeds"
    assert item["author"] == [
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}
    ]
    assert read(data, "a.json", "csl-json").records == (record,)


def test_a_profile_refuses_a_format_that_its_system_does_not_take() -> None:
    with pytest.raises(UsageError):
        written(BOOK, "talis", "mods")
    with pytest.raises(UsageError, match="talis"):
        profile_named("tallis")


def test_profiles_name_formats_that_are_written() -> None:
    assert all(FORMATS[name].writes for each in PROFILES.values() for name in each.formats)


def test_the_columns_of_the_list_are_filled_in_each_line() -> None:
    filled = (("coursecode", "ECON101"), ("reading_list_name", "Economics\tof places"))
    conversion = Conversion(FORMATS["leganto"], "leganto", filled=filled)
    data, _, _ = conversion.file([BOOK, BOOK])
    head, *lines = data.decode().split("\r\n")[:-1]
    rows = [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]
    assert [row["coursecode"] for row in rows] == ["ECON101"] * 2
    assert [row["reading_list_name"] for row in rows] == ["Economics of places"] * 2
    assert pickle.loads(pickle.dumps(conversion)).filled == filled  # noqa: S301


@pytest.mark.parametrize(
    ("name", "column", "hint"),
    [
        ("leganto", "course_code", "coursecode"),
        ("leganto", "citation_title", "no column"),
        ("ris", "x", "leganto"),
    ],
)
def test_a_column_that_lists_do_not_have_is_refused(name: str, column: str, hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        Conversion(FORMATS[name], filled=((column, "x"),)).file([BOOK])
