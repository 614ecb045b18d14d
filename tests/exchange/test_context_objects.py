from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from hypothesis import given
from records_strategy import records

from northbib.errors import InputError
from northbib.exchange import coins, context_objects, format_of, read, write
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from pathlib import Path


def only(*pairs: tuple[str, str]) -> Record:
    title = escape(urlencode(pairs))
    data = f'<html><p>text <span class="Z3988" title="{title}"></span></p></html>'.encode()
    (record,) = read(data, "a.html").records
    return record


@given(records)
def test_every_title_is_read_from_the_page_that_it_is_written_in(record: Record) -> None:
    (seen,) = read(write([record], "coins"), "a.html", "coins").records
    assert seen.title == (record.title or seen.title)


def test_the_collection_comes_back_as_it_is_cited(collection: list[Record]) -> None:
    seen = read(write(collection, "coins"), "a.html").records
    for record, back in zip(collection, seen, strict=True):
        assert (back.type, back.title, back.year) == (record.type, record.title, record.year)
        assert set(back.names()) == set(record.names())
        assert back.text("DOI") == record.plain("DOI").lower()


@pytest.mark.parametrize(
    ("form", "genre", "kind"),
    [
        ("journal", "article", "article-journal"),
        ("journal", "proceeding", "paper-conference"),
        ("journal", "unknown", "article-journal"),
        ("book", "bookitem", "chapter"),
        ("book", "unknown", "book"),
        ("dissertation", "", "thesis"),
        ("patent", "", "patent"),
    ],
)
def test_types_are_told_by_format_and_genre(form: str, genre: str, kind: str) -> None:
    assert coins.type_of(form, genre) == kind


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("J D Watson", Name("Watson", "J D")),
        ("Watson, J D", Name("Watson", "J D")),
        ("Ludwig van Beethoven", Name("Beethoven", "Ludwig", dropping_particle="van")),
    ],
)
def test_names_are_read_with_or_without_a_comma(written: str, name: Name) -> None:
    fmt = ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book")
    assert only(fmt, ("rft.btitle", "A"), ("rft.au", written)).names() == (name,)


def test_a_span_across_the_pieces_of_a_page_is_found() -> None:
    span = f'<span title="{escape(urlencode([("rft.title", "A")]))}" class="Z3988"></span>'
    for shift in range(0, len(span), 7):
        data = b"x" * ((1 << 16) - shift) + span.encode()
        (record,) = context_objects.read(io.BytesIO(data), "a.html")
        assert isinstance(record, Record)
        assert record.title == "A"


def test_a_page_without_any_is_refused() -> None:
    with pytest.raises(InputError, match="no ContextObject"):
        read(b"<html>" + b"<" * 200_000, "a.html", "coins")


def test_what_a_file_of_context_objects_says_is_read(shared: Path) -> None:
    file = shared / "exchange/data/contextobject/translators__XMLContextObject_01.xml"
    data = file.read_bytes()
    assert format_of(data, file.name).name == "coins"
    first, second = read(data, file.name).records
    assert first.type == second.type == "article-journal"
    assert first.title.startswith("Molecular structure of nucleic acids; a structure for")
    assert first.names() == (Name("Watson", "J D"), Name("Crick", "F H C"))
    assert (first.text("container-title"), first.text("volume")) == ("Nature", "171")
    assert (first.text("page"), first.date()) == ("737-738", Date(Day(1953)))
    assert second.text("container-title-short") == "Annalen Der Physik"
