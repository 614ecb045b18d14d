"""Nodes of schema.org: our own reader of JSON-LD gets the records back."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

import northbib
from northbib.exchange.iso_dates import iso_date
from northbib.exchange.schema_org.terms import CONTAINERS, TYPES
from northbib.exchange.schema_org.writing import node, node_text
from northbib.records import Date, Name, Record
from northbib.records.text import fold
from northbib.records.vocabulary import TYPES as CSL_TYPES
from northbib.resolve.readers.json_ld import read_json_ld
from northbib.resolve.readers.parts import take_apart

if TYPE_CHECKING:
    from pathlib import Path

READABLE = {"article-journal", "article-newspaper", "legislation", "post-weblog", "dataset"}
READABLE |= {"report", "book", "thesis", "chapter", "webpage"}


def read_back(record: Record) -> dict[str, object]:
    title = escape(record.title)
    script = node_text(record).replace("<", "\\u003c")
    page = take_apart(
        f"<title>{title}</title><h1>{title}</h1>"
        f'<script type="application/ld+json">{script}</script>'.encode(),
        {"content-type": "text/html; charset=utf-8"},
        "https://www.example.org/",
    )
    found: dict[str, object] = {}
    for claim in read_json_ld(page):
        found.setdefault(claim.field, claim.value)
    return found


def test_every_record_of_the_collection_comes_back(root: Path) -> None:
    for stored in northbib.open(root / "bibliographies").all():
        record = stored.record
        if record.type not in READABLE:
            continue
        found = read_back(record)
        assert found["type"] == record.type
        assert fold(str(found["title"])) == fold(record.title)
        assert found.get("DOI", "") == record.plain("DOI").lower()
        issued = iso_date(record.date())
        assert (found["issued"] if issued else None) == (Date.parse(issued) if issued else None)
        persons = [name for name in record.names() if not name.literal]
        assert [n for n in found.get("author", ()) if not n.literal] == persons  # type: ignore[attr-defined]
        if record.type == "article-journal":
            for variable in ("container-title", "volume", "issue", "page"):
                assert found.get(variable, "") == record.plain(variable)


def test_types_are_types_of_csl() -> None:
    assert (TYPES.keys() | CONTAINERS.keys()) <= CSL_TYPES


def test_a_chapter_is_in_a_book_whose_editors_are_not_its_own() -> None:
    record = Record(
        "a",
        "chapter",
        {
            "title": "A <i>chapter</i>",
            "container-title": "A handbook",
            "editor": (Name("Henderson", "J. Vernon"),),
        },
    )
    found = node(record)
    assert found["name"] == "A chapter"
    assert "editor" not in found
    assert found["isPartOf"]["@type"] == "Book"
    assert found["isPartOf"]["editor"][0]["familyName"] == "Henderson"


def test_nothing_that_is_empty_is_written() -> None:
    assert node(Record("a", "event")) == {"@type": "CreativeWork"}
    assert json.loads(node_text(Record("a", "book", {"title": "é"}))) == {
        "@type": "Book",
        "name": "é",
    }
