from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from northbib.errors import InputError, UsageError
from northbib.exchange import format_of, read, write
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from pathlib import Path


def only(text: str) -> Record:
    (record,) = read(text.encode(), "a.txt", "ovid").records
    return record


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A journal.   28(2):103-6, April 2015.", ("A journal", "28", "2", "103-106", "2015-04")),
        ("A journal 12, Winter 2007: 7-14.", ("A journal", "12", "", "7-14", "2007-24")),
        ("A journal, 2013(1): 3-28.", ("A journal", "2013", "1", "3-28", None)),
        ("A journal June 2015;58(6):688-696", ("A journal", "58", "6", "688-696", "2015-06")),
        (
            "A journal. Vol 28(2) April 2015, 103-106.",
            ("A journal", "28", "2", "103-106", "2015-04"),
        ),
        ("A journal. 1288(3), Nov. 16, 2004.", ("A journal", "1288", "3", "", "2004-11-16")),
        ("A journal. 2007 15 June; 433-441.", ("A journal", "", "", "433-441", "2007-06-15")),
        ("A journal. ", ("A journal", "", "", "", None)),
    ],
)
def test_where_an_article_stands_is_read_in_each_form(
    source: str, expected: tuple[str | None, ...]
) -> None:
    record = only(f"<1. >\nAU  - Lee, N.\nTI  - A title.\nSO  - {source}\n")
    names = ("container-title", "volume", "issue", "page")
    date = record.date()
    found = (*(record.text(name) for name in names), date.edtf() if date else None)
    assert found == expected


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (
            "Verbeek, Jan MD *;  Frolke, Jan Paul MD, PhD *",
            [("Verbeek", "Jan"), ("Frolke", "Jan Paul")],
        ),
        ("Bunkers, Sandra Schmidt RN; PhD; FAAN 1", [("Bunkers", "Sandra Schmidt")]),
        ("AHMED, Mughees.", [("AHMED", "Mughees")]),
        ("Hojrup, Peter [Author; E-mail: a@b.org]", [("Hojrup", "Peter")]),
        ("Logunov, DV", [("Logunov", "DV")]),
    ],
)
def test_names_are_read_without_degrees_and_marks(
    written: str, names: list[tuple[str, str]]
) -> None:
    record = only(f"<1>\nAuthor\n  {written}\nTitle\n  A title.[Article]\n")
    assert record.names() == tuple(Name(family, given) for family, given in names)
    assert record.title == "A title"


def test_a_file_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="no line is a tag"):
        read(b"1 2 3", "a.txt", "ovid")


def test_it_is_only_read() -> None:
    with pytest.raises(UsageError, match="only read"):
        write([], "ovid")


def test_real_files_are_read_with_none_lost(shared: Path) -> None:
    for file in sorted((shared / "exchange/data/ovid").glob("*.txt")):
        data = file.read_bytes()
        assert format_of(data, file.name).name == "ovid", file.name
        starts = sum(line.strip().startswith(b"<") for line in data.splitlines())
        assert len(read(data, file.name).records) == (starts or data.count(b"Score\n")), file.name


def test_what_ovid_says_is_read(shared: Path) -> None:
    folder = shared / "exchange/data/ovid"
    patent, article, part, _ = read(
        (folder / "translators__OVIDTagged_00.txt").read_bytes(), "a.txt"
    ).records
    assert (patent.type, patent.text("number")) == ("patent", "US 6818228")
    assert patent.names()[0] == Name("Walsdorf", "Neill B.")
    assert article.text("container-title") == "Forest Ecology & Management"
    assert (article.text("page"), article.date()) == ("327-334", Date(Day(2004, 11, 15)))
    assert part.text("container-title") == "Methods in proteome and protein analysis"
    assert [name.family for name in part.names("editor")] == [
        "Kamp",
        "Calvete",
        "Choli-Papadopoulou",
    ]
    assert (part.type, part.text("ISBN"), part.text("page")) == (
        "chapter",
        "3-540-20222-6",
        "371-397",
    )


@pytest.mark.parametrize("sign", ["1 ", "[", "(", "a, ", " . ", "x.:"])
@pytest.mark.parametrize("tag", ["SO", "AU", "TI", "IS", "PB"])
def test_a_line_of_one_sign_is_read_at_once(tag: str, sign: str) -> None:
    assert only(f"<1. >\nTI  - A\n{tag}  - {sign * 100_000}\n").type
