from __future__ import annotations

import json
import re

import pytest

from northbib.errors import UsageError
from northbib.exchange import FORMATS
from northbib.exchange.conversion import Conversion
from northbib.exchange.leganto import COLUMNS
from northbib.exchange.losses import Loss
from northbib.exchange.profiles import PROFILES, profile_named
from northbib.records import Name, Record

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


@pytest.mark.parametrize("kind", ["software", "standard", "document", "book"])
def test_zotero_gets_no_type_that_it_refuses(kind: str) -> None:
    text, losses = written(Record("key", kind, {"title": "A title"}), "zotero", "csl-json")
    (item,) = json.loads(text)
    assert item["type"] not in ("software", "standard", "document")
    assert ("type" in losses) == (kind != "book")


def test_a_profile_refuses_a_format_that_its_system_does_not_take() -> None:
    with pytest.raises(UsageError):
        written(BOOK, "talis", "mods")
    with pytest.raises(UsageError, match="talis"):
        profile_named("tallis")


def test_profiles_name_formats_that_are_written() -> None:
    assert all(FORMATS[name].writes for each in PROFILES.values() for name in each.formats)
