"""COinS: our own reader gets the records back, and so does what other programs go by."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest

import northbib
from northbib.exchange.coins import DC_TYPES, GENRES, context_object
from northbib.exchange.iso_dates import iso_date
from northbib.records import Date, Name, Record
from northbib.records.text import fold
from northbib.records.vocabulary import TYPES
from northbib.resolve.readers.coins import read_coins
from northbib.resolve.readers.parts import take_apart

if TYPE_CHECKING:
    from pathlib import Path


def collection(root: Path) -> list[Record]:
    return [stored.record for stored in northbib.open(root / "bibliographies").all()]


def pairs(record: Record) -> dict[str, str]:
    return dict(parse_qsl(context_object(record), strict_parsing=True))


def read_back(record: Record) -> dict[str, object]:
    span = f'<span class="Z3988" title="{escape(context_object(record))}"></span>'
    page = take_apart(
        f"<title>{escape(record.title)}</title><h1>{escape(record.title)}</h1>{span}".encode(),
        {"content-type": "text/html; charset=utf-8"},
        "https://www.example.org/",
    )
    found: dict[str, object] = {}
    for claim in read_coins(page):
        found.setdefault(claim.field, claim.value)
    return found


def test_every_record_of_the_collection_comes_back(root: Path) -> None:
    for record in collection(root):
        found = read_back(record)
        assert fold(str(found["title"])) == fold(record.title)
        assert found.get("DOI", "") == record.plain("DOI").lower()
        issued = iso_date(record.date())
        assert (found["issued"] if issued else None) == (Date.parse(issued) if issued else None)
        persons = [name for name in record.names() if not name.literal]
        assert [n for n in found.get("author", ()) if not n.literal] == persons  # type: ignore[attr-defined]
        assert [n for n in found.get("author", ()) if n.literal] == [  # type: ignore[attr-defined]
            name for name in record.names() if name.literal
        ]
        assert found["type"] == record.type
        if record.type in ("article-journal", "chapter"):
            assert found.get("container-title", "") == record.plain("container-title")
            assert found.get("page", "") == record.plain("page").replace("–", "-")


def test_a_work_is_of_a_type_that_readers_know() -> None:
    assert not GENRES.keys() & DC_TYPES.keys()
    assert (GENRES.keys() | DC_TYPES.keys()) <= TYPES


@pytest.mark.parametrize(
    ("kind", "form", "key", "value"),
    [
        ("article-journal", "journal", "rft.genre", "article"),
        ("chapter", "book", "rft.genre", "bookitem"),
        ("paper-conference", "book", "rft.genre", "proceeding"),
        ("report", "book", "rft.genre", "report"),
        ("thesis", "dissertation", "rft.title", "A title"),
        ("patent", "patent", "rft.title", "A title"),
        ("article-newspaper", "dc", "rft.type", "newspaperArticle"),
        ("legislation", "dc", "rft.type", "statute"),
        ("event", "dc", "rft.type", "document"),
    ],
)
def test_formats(kind: str, form: str, key: str, value: str) -> None:
    found = pairs(Record("a", kind, {"title": "A title"}))
    assert found["rft_val_fmt"] == f"info:ofi/fmt:kev:mtx:{form}"
    assert found[key] == value


def test_an_editor_does_not_pass_for_an_author() -> None:
    editor = (Name("Henderson", "J. Vernon"),)
    found = pairs(Record("a", "book", {"title": "A title", "editor": editor}))
    assert found["rft.contributor"] == "Henderson, J. Vernon"
    assert not found.keys() & {"rft.au", "rft.aulast"}


def test_a_work_without_a_title_has_none() -> None:
    assert context_object(Record("a", "book", {"publisher": "Elsevier"})) == ""


def test_signs_that_mean_something_in_a_query_are_encoded() -> None:
    record = Record("a", "book", {"title": 'A & B = "C+D" 100% é'})
    assert pairs(record)["rft.btitle"] == 'A & B = "C+D" 100% é'
    assert not set(context_object(record)) & set(' "<>+')
