from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from records_strategy import records

from northbib.errors import InputError
from northbib.exchange import hayagriva, read, write
from northbib.exchange.losses import converted, differences
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from pathlib import Path


def only(text: str) -> Record:
    (record,) = read(text.encode(), "a.yml", "hayagriva").records
    return record


def loads_in_typst(bibliography: bytes, folder: Path) -> None:
    typst = pytest.importorskip("typst")
    (folder / "h.yml").write_bytes(bibliography)
    (folder / "a.typ").write_text('#bibliography("h.yml", full: true)')
    typst.compile(str(folder / "a.typ"))


@given(records)
def test_a_record_comes_back_whole(record: Record) -> None:
    (seen,) = read(write([record], "hayagriva"), "a.yml", "hayagriva").records
    assert differences(record, seen) == ()


def test_the_collection_comes_back_whole_and_loads_in_typst(
    collection: list[Record], tmp_path: Path
) -> None:
    data = write(collection, "hayagriva")
    assert list(read(data, "a.yml", "hayagriva").records) == collection
    loads_in_typst(data, tmp_path)


def test_an_article_stands_in_its_periodical() -> None:
    record = Record(
        "a",
        "article-journal",
        {
            "title": 'The <span class="nocase">DNA</span> of <i>E. coli</i> for $5',
            "container-title": "A journal",
            "volume": "12",
            "issue": "3",
            "page": "1-9",
            "author": (Name("Berg", "Jan", dropping_particle="van der"), Name(literal="A, B")),
            "issued": Date(Day(2019, 3, 14), circa=True),
        },
    )
    assert hayagriva.encode(record)[1] == {
        "type": "article",
        "title": "The {DNA} of E. coli for \\$5",
        "author": ["van der Berg, Jan", {"name": "A, B"}],
        "date": "~2019-03-14",
        "page-range": "1-9",
        "parent": {"type": "periodical", "title": "A journal", "volume": 12, "issue": 3},
    }
    assert [loss.name for loss in converted(record, hayagriva).losses] == ["title"]


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("type: Article", "article"),
        ("type: Article\n  parent: {title: A}", "article-journal"),
        ("type: article\n  parent: {type: Newspaper, title: A}", "article-newspaper"),
        ("type: article\n  parent: {type: proceedings, title: A}", "paper-conference"),
        ("type: article\n  parent: {type: blog, title: A}", "post-weblog"),
        ("type: anthos\n  parent: {title: A}", "chapter"),
        ("type: chapter\n  parent: {title: A}", "chapter"),
        ("type: Web", "webpage"),
        ("type: Case", "legal_case"),
        ("title: A", "document"),
    ],
)
def test_types_are_told_by_the_entry_and_its_parent(entry: str, kind: str) -> None:
    assert only(f"a:\n  {entry}\n").type == kind


def test_fields_of_entries_and_of_parents_are_read() -> None:
    record = only(
        "a:\n  type: Anthos\n  title: {value: 'A {B} \\$c', short: A}\n"
        "  author: [{name: Watkins, given-name: Gloria Jean}, 'Luther King, Jr., Martin']\n"
        "  url: {value: http://example.org/a, date: 2020-11-30}\n"
        "  serial-number: {doi: 10.1/x, arxiv: '1906.00356'}\n"
        "  parent:\n    - type: Anthology\n      title: Whole\n      editor: McCarthy, J.\n"
        "      date: 1956-04\n      publisher: {name: NBS, location: Princeton}\n"
        "      parent: {title: Series, volume: 34}\n"
        "    - type: Conference\n      title: Meeting\n      location: Lyon\n"
    )
    assert record.values == {
        "author": (Name("Watkins", "Gloria Jean"), Name("Luther King", "Martin", suffix="Jr.")),
        "editor": (Name("McCarthy", "J."),),
        "title": 'A <span class="nocase">B</span> $c',
        "title-short": "A",
        "container-title": "Whole",
        "collection-title": "Series",
        "collection-number": "34",
        "event-title": "Meeting",
        "event-place": "Lyon",
        "URL": "http://example.org/a",
        "issued": Date(Day(1956, 4)),
        "accessed": Date(Day(2020, 11, 30)),
        "publisher": "NBS",
        "publisher-place": "Princeton",
        "DOI": "10.1/x",
    }
    assert record.extra == {"hayagriva-arxiv": "1906.00356"}


def test_every_entry_of_the_sample_file_is_read(shared: Path) -> None:
    data = (shared / "exchange/data/hayagriva/hayagriva__basic.yml").read_bytes()
    reading = read(data, "basic.yml")
    starts = sum(line[:1].isalpha() for line in data.decode().splitlines())
    assert len(reading.records) == starts
    assert reading.findings == ()
    of_key = {record.key: record for record in reading.records}
    assert of_key["omarova-libra"].type == "article-newspaper"
    assert of_key["gedanken"].text("collection-title") == "Annals of Mathematics Studies"
    assert of_key["swedish"].text("title-short") == "Swedish Traveller"
    assert of_key["harry"].date() == Date(Day(2003, 6, 21), circa=True)
    assert of_key["terminator-2"].names("director") == (Name("Cameron", "James"),)
    assert of_key["kinetics"].text("DOI") == "10.1103/PhysRevB.102.165126"
    assert of_key["oiseau"].text("event-place") == "Lyon, France"
    assert of_key["foia"].text("number") == "Pub. L. No. 107-296, 80 Stat. 250"


def test_what_is_no_entry_is_set_aside() -> None:
    reading = read(b"a: {type: book, title: A}\nb: 5\n", "a.yml", "hayagriva")
    assert [record.key for record in reading.records] == ["a"]
    assert [(finding.code, finding.line) for finding in reading.findings] == [("not-an-entry", 2)]


def test_yaml_without_entries_is_refused() -> None:
    with pytest.raises(InputError, match="no name stands for an entry"):
        read(b"a: 5\n", "a.yml", "hayagriva")


HARD = [
    "a }",
    "{",
    "$",
    "\\",
    "1984",
    "true",
    "~",
    "- a",
    "a: b # c",
    'a "b"',
    "#let x = 1",
    "李明",
    "שלום",
    "\u0085\ufeff\u2028x",
]


def test_any_text_loads_in_typst(tmp_path: Path) -> None:
    fields = ("title", "publisher", "volume", "page", "note", "number", "language", "URL", "genre")
    made = [
        Record(
            f"k{number}-{field.lower()}",
            "article-journal",
            {"title": "A title", "container-title": text, field: text}
            | {"author": (Name(literal=text), Name(text, text)), "issued": Date(literal=text)},
        )
        for number, text in enumerate(HARD)
        for field in fields
    ]
    loads_in_typst(write(made, "hayagriva"), tmp_path)
