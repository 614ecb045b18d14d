"""Files that are no bibliographies: what is found in them to look up."""

from __future__ import annotations

import io
import json
import sys
import zlib
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.cli.app import run
from northbib.cli.looking_up import wanted
from northbib.errors import InputError, NorthbibError
from northbib.resolve import Identifier
from northbib.resolve.files import address_in_page, kind_of_file
from northbib.resolve.pdf import identifier_in_pdf

if TYPE_CHECKING:
    from pathlib import Path

LEE = "10.1080/00343404.2016.1196289"


@pytest.mark.parametrize(
    "inside",
    [
        f"<prism:doi>{LEE}</prism:doi>".encode(),
        f'<rdf:Description pdfx:doi="{LEE}"/>'.encode(),
        f"/URI (https://doi.org/{LEE})".encode(),
        b"stream\n" + zlib.compress(f"BT (doi:{LEE}) Tj ET".encode()) + b"\nendstream",
        b"stream\r\n" + zlib.compress(b"[(doi:10.1080/0034)-3(3404.2016.1196289)] TJ"),
    ],
)
def test_the_doi_that_lies_open_in_a_pdf_is_found(inside: bytes) -> None:
    assert identifier_in_pdf(b"%PDF-1.7\n" + inside, "a.pdf") == Identifier("doi", LEE)


PAGES = b"".join(
    b"<</Filter/FlateDecode>>stream\n" + zlib.compress(b"BT (a page) Tj ET") + b"\nendstream\n"
    for _ in range(100)
)


@pytest.mark.parametrize(
    "info",
    [
        f"<</doi ({LEE})>>".encode(),
        b"<</Subject (doi:" + LEE.encode() + b")>>",
        b"<</doi (" + b"\xfe\xff" + LEE.encode("utf-16-be") + b")>>",
        b"<</doi <FEFF" + LEE.encode("utf-16-be").hex().upper().encode() + b">>>",
    ],
    ids=["a field of its own", "the subject", "UTF-16", "hexadecimal digits"],
)
@pytest.mark.parametrize("is_packed", [False, True], ids=["open", "in an object stream"])
def test_the_document_information_is_read_wherever_it_stands(info: bytes, is_packed: bool) -> None:
    if is_packed:
        packed = zlib.compress(b"7 0 " + info)
        info = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>stream\n" + packed + b"\nendstream"
    data = b"%PDF-1.7\n" + PAGES + info + b"\n%%EOF"
    assert identifier_in_pdf(data, "a.pdf") == Identifier("doi", LEE)


def test_a_pdf_without_a_doi_is_said() -> None:
    with pytest.raises(InputError, match=r"a.pdf: no DOI"):
        identifier_in_pdf(b"%PDF-1.4\n1 0 obj", "a.pdf")


@given(st.binary(max_size=300))
def test_no_pdf_leads_to_anything_but_an_identifier_or_an_error(data: bytes) -> None:
    try:
        found = identifier_in_pdf(b"%PDF-1.4\nstream\n" + zlib.compress(data), "a.pdf")
    except NorthbibError:
        return
    assert found.kind in ("doi", "arxiv")


@pytest.mark.parametrize(
    "head",
    [
        b"<!-- saved from url=(0040)https://www.bbc.co.uk/news/technology-29737066 -->",
        b'<link rel="canonical" href="https://www.bbc.co.uk/news/technology-29737066">',
        b'<meta property="og:url" content="https://www.bbc.co.uk/news/technology-29737066">',
        b"<meta content='https://www.bbc.co.uk/news/technology-29737066' property='og:url'>",
        b"<meta property=og:url content=https://www.bbc.co.uk/news/technology-29737066>",
    ],
)
def test_a_saved_page_says_where_it_comes_from(head: bytes) -> None:
    page = b"<!DOCTYPE html><html><head>" + head
    assert kind_of_file(page, "page.html") == "page"
    address = address_in_page(page, "page.html")
    assert address == "https://www.bbc.co.uk/news/technology-29737066"


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.4", "x", "pdf"),
        (f"# mine\n{LEE}\n".encode(), "-", "list"),
        (b"@book{a, title = {B}}", "-", ""),
        (b'[{"id": "a"}]', "-", ""),
        (b"", "-", ""),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_content(data: bytes, name: str, kind: str) -> None:
    assert kind_of_file(data, name) == kind


def test_what_is_not_recognised_is_said_before_anything_is_fetched(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["resolve", "blurb"]) == 2
    assert "neither an identifier" in capsys.readouterr().err


RIS = f"""TY  - JOUR
TI  - Powerhouse of cards? Understanding the ‘Northern Powerhouse’
AU  - Lee, Neil
JO  - Regional Studies
PY  - 2017
DO  - {LEE}
ER  -
"""
CSL = (
    f'[{{"id": "lee", "type": "article-journal", "title": "Powerhouse of cards?", "DOI": "{LEE}"}}]'
)
BIB = f"@article{{lee, title = {{Powerhouse of cards?}}, doi = {{{LEE}}}}}"


@pytest.mark.parametrize("text", [RIS, CSL, BIB], ids=["RIS", "CSL-JSON", "BibLaTeX"])
@pytest.mark.parametrize("name", ["mine.txt", "-", "clipboard"])
def test_records_in_any_format_are_told_by_their_content_wherever_they_come_from(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    text: str,
    name: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.txt").write_text(text, encoding="utf-8")
    if name == "clipboard":
        board = ModuleType("pyperclip")
        board.paste = lambda: text  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "pyperclip", board)
        arguments = ["--clipboard"]
    else:
        stream = io.TextIOWrapper(io.BytesIO(text.encode()))
        monkeypatch.setattr(sys, "stdin", stream)
        arguments = [name]
    assert run(["resolve", *arguments, "--offline", "--to", "csl-json"]) == 0
    (item,) = json.loads(capsys.readouterr().out)
    assert item["DOI"] == LEE
    (tmp_path / "library.bib").write_text("", encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert run(["add", *arguments, "--offline"]) == 0
    assert LEE in (tmp_path / "library.bib").read_text(encoding="utf-8")


def test_a_file_of_nothing_that_is_known_is_said_before_anything_is_fetched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "notes.dat"
    file.write_bytes(b"\0\1\2 nothing")
    assert run(["resolve", str(file), LEE, "--offline"]) != 0
    said = capsys.readouterr().err
    assert said.index("the format of this file is not known") < said.index("not in the cache")


@pytest.mark.parametrize(
    "name", ["none.pdf", "none.bib", "none.html", "none.txt", "./none", "/none/there", "my own.pdf"]
)
def test_a_file_that_is_not_there_is_said(name: str) -> None:
    assert wanted([name])[0] == []
    (error,) = wanted([name])[1]
    assert str(error) == f"{name}: there is no such file"


def test_an_address_that_ends_like_a_file_is_an_address() -> None:
    sources = ["www.bbc.co.uk/a.html", "gov.uk/plan.pdf", "bbc.co.uk/a.txt", f"{LEE}.pdf"]
    assert [each.is_file for each in wanted(sources)[0]] == [False] * 4
    assert wanted(sources)[1] == []


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (error,) = wanted([str(tmp_path)])[1]
    assert "Is a directory" in str(error)


@pytest.mark.parametrize("name", ["page.html", "page.htm", "page.txt", "page"])
def test_a_saved_page_is_one_whatever_formats_share_its_ending(tmp_path: Path, name: str) -> None:
    saved = tmp_path / name
    address = "https://www.gov.uk/government/news"
    saved.write_text(f'<!doctype html><link rel="canonical" href="{address}">', encoding="utf-8")
    ((found,), errors) = wanted([str(saved)])
    assert (found.text, found.is_file, errors) == (address, False, [])


def test_a_list_and_records_in_text_are_told_apart(tmp_path: Path) -> None:
    listed, records = tmp_path / "list.txt", tmp_path / "refworks.txt"
    listed.write_text(f"{LEE}\n", encoding="utf-8")
    records.write_text(f"RT Journal Article\nT1 A title\nDO {LEE}\n\n{LEE}\n", encoding="utf-8")
    found = [wanted([str(path)])[0][0] for path in (listed, records)]
    assert [each.is_file for each in found] == [False, True]


def test_what_was_said_first_counts_for_the_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["resolve", "none.bib", "https://none.invalid/", "--offline"]) == 1
    assert run(["resolve", "none.bib", "none.pdf"]) == 4
    assert capsys.readouterr().err.count("none.bib: there is no such file") == 2
