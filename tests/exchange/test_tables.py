from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from records_strategy import records

from northbib.errors import InputError, UsageError
from northbib.exchange import FORMATS, read, table_csv, write, xlsx
from northbib.exchange.conversion import Conversion
from northbib.exchange.losses import Loss, converted, differences
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from pathlib import Path


@given(records)
def test_a_record_comes_back_whole_from_csv(record: Record) -> None:
    (seen,) = read(write([record], "csv"), "a.csv", "csv").records
    assert differences(record, seen) == ()


@settings(max_examples=20)
@given(records)
def test_a_record_comes_back_whole_from_a_workbook(record: Record) -> None:
    pytest.importorskip("openpyxl")
    (seen,) = read(write([record], "xlsx"), "a.xlsx", "xlsx").records
    assert differences(record, seen) == ()


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_the_collection_comes_back_whole(name: str, collection: list[Record]) -> None:
    pytest.importorskip("openpyxl")
    data = write(collection, name)
    assert data == write(collection, name)
    assert list(read(data, f"a.{name}").records) == collection


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "'="])
def test_no_cell_is_a_formula_and_its_text_comes_back(sign: str) -> None:
    record = Record("a", "book", {"title": f"{sign}HYPERLINK(1)".strip()})
    data = write([record], "csv")
    assert not {cell[:1] for cell in data.decode().split(",")} & set("=+-@\t")
    assert read(data, "a.csv").records == (record,)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "'="])
def test_no_cell_of_a_workbook_is_a_formula_nor_becomes_one(sign: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    record = Record("a", "book", {"title": f"{sign}HYPERLINK(1)", "publisher": "Somebody"})
    data = write([record], "xlsx")
    assert read(data, "a.xlsx").records == (record,)
    cells = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows())[1]
    by_text = {cell.value: cell for cell in cells if cell.value}
    assert {cell.data_type for cell in by_text.values()} == {"s"}
    assert by_text[f"{sign}HYPERLINK(1)"].quotePrefix
    assert not by_text["Somebody"].quotePrefix


@pytest.mark.parametrize("columns", [(), ("title", "abstract")])
def test_a_cell_that_is_cut_is_told_as_a_loss(columns: tuple[str, ...]) -> None:
    pytest.importorskip("openpyxl")
    record = Record("a", "book", {"title": "A title", "abstract": "word " * 8000})
    conversion = Conversion(FORMATS["xlsx"], explain=True, columns=columns)
    data, told, _ = conversion.file([record])
    (seen,) = read(data, "a.xlsx").records
    assert len(seen.plain("abstract")) <= 32_767
    assert Loss("a", "abstract", "changed") in told


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separators_and_encodings_are_told(separator: str, encoding: str) -> None:
    text = f'Article Title{separator}PY\r\n"Café{separator} a"{separator}2019\r\n'
    (record,) = read(text.encode(encoding), "a.csv", "csv").records
    assert record.title == f"Café{separator} a".strip()
    assert record.date() == Date(Day(2019))


def test_columns_are_at_choice_and_what_they_do_not_hold_is_named() -> None:
    module = table_csv.with_columns(["title", "Author", "year"])
    record = Record("a", "book", {"title": "A", "author": (Name("Berg", "Jan"),)})
    data = b"".join(module.write([module.encode(record)]))
    assert data.decode("utf-8-sig") == 'Title,Authors,Year\r\nA,"Berg, Jan",\r\n'
    assert "citation-key" in [loss.name for loss in converted(record, module).losses]
    with pytest.raises(UsageError, match="no column is called"):
        table_csv.with_columns(["titel"])


def test_exports_of_databases_are_read(shared: Path) -> None:
    folder = shared / "exchange/data/csv"
    (pubmed,) = read((folder / "colrev__pubmed_csv.csv").read_bytes(), "a.csv").records
    assert pubmed.names() == (Name("Smith", "A"), Name("Walter", "B"))
    assert pubmed.text("PMCID") == "PMC1122334"
    (springer,) = read((folder / "colrev__springer_csv.csv").read_bytes(), "a.csv").records
    assert springer.names() == (Name("Smith", "Andy"), Name("Weber", "Tom"))
    assert (springer.text("volume"), springer.text("issue")) == ("17", "3")


def test_a_table_without_known_columns_is_refused() -> None:
    with pytest.raises(InputError, match="no row names the columns"):
        read(b"a,b\n1,2\n", "a.csv", "csv")


def test_what_a_sheet_has_no_rows_for_is_on_the_next(
    monkeypatch: pytest.MonkeyPatch, collection: list[Record]
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 5)
    for count, rows in ((4, [5]), (8, [5, 5]), (9, [5, 5, 2])):
        data = write(collection[:count], "xlsx")
        sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
        assert [sheet.max_row for sheet in sheets] == rows
        assert list(read(data, "a.xlsx").records) == collection[:count]


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "12", "1e5", "TRUE", "2019-01-01", "10%"])
def test_every_cell_of_a_workbook_is_text(text: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    data = write([Record("a", "book", {"title": text})], "xlsx")
    cells = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows())[1]
    (cell,) = [cell for cell in cells if cell.value == text]
    assert (cell.data_type, cell.number_format) == ("s", "General")


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    pytest.importorskip("openpyxl")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(30):
            archive.writestr(f"xl/{number}.xml", b"\0" * (10 << 20))
    with pytest.raises(InputError, match="unpacks to"):
        read(packed.getvalue(), "a.xlsx", "xlsx")


ITEMS = """Title,Chapter/Article Title,Item Link,Authors,Importance,List Appearance,Type,ISBN10s,\
ISBN13s,DOI,Date of Publication,Volume,Start Page,End Page,Web Address,Online Resource Web Address,\
Student Note
Regional Studies,Powerhouse of cards?,https://example.org/items/1,"Lee, Neil",Essential,A list,\
Article,,,10.1080/00343404.2016.1196289,2017,51,478,489,,https://example.org/there,Read it
A book,,https://example.org/items/2,"Doe, Jane; Roe, Ann",,A list,Book,1859352693,,,c2009,,,,\
https://example.org/book,,
"""


def test_items_of_a_reading_list_are_told_by_their_columns() -> None:
    article, book = read(ITEMS.encode(), "all_list_items.csv").records
    assert (article.type, article.title) == ("article-journal", "Powerhouse of cards?")
    assert article.plain("container-title") == "Regional Studies"
    assert article.plain("page") == "478-489"
    assert article.plain("URL") == "https://example.org/there"
    assert article.extra["importance"] == "Essential"
    assert article.extra["annotation"] == "Read it"
    assert (book.type, book.title, book.plain("ISBN")) == ("book", "A book", "1859352693")
    assert book.names("author") == (Name("Doe", "Jane"), Name("Roe", "Ann"))
    assert book.plain("URL") == "https://example.org/book"
    assert "container-title" not in book.values


HELD = """title author editor issued edition publisher publisher-place container-title volume issue
page ISBN ISSN DOI URL""".split()


@given(records)
def test_a_reading_list_holds_what_its_losses_do_not_name(record: Record) -> None:
    conversion = Conversion(FORMATS["reading-list"], explain=True)
    data, told, _ = conversion.file([record])
    lost = {each.name for each in told if isinstance(each, Loss)}
    found = read(data, "list.csv", "reading-list").records
    for name in set(HELD) - lost:
        for seen in found:
            assert differences(record, seen).count(name) == 0


def test_the_collection_comes_back_from_a_reading_list(collection: list[Record]) -> None:
    data, told, _ = Conversion(FORMATS["reading-list"], explain=True).file(collection)
    # Names of bodies with a comma in them, which are told.
    lost = {(each.key, each.name) for each in told if isinstance(each, Loss)}
    found = read(data, "list.csv").records
    assert len(found) == len(collection)
    for record, seen in zip(collection, found, strict=True):
        assert (seen.type, seen.plain("title")) == (record.type, record.plain("title"))
        for name in ("author", "issued", "volume", "issue", "page", "DOI", "ISBN", "URL"):
            held = seen.values.get(name) == record.values.get(name)
            assert held == ((record.key, name) not in lost)
    assert not {name for _, name in lost} & {"issued", "volume", "page", "DOI", "ISBN", "URL"}
