"""Files that are no bibliographies: what is found in them to look up."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.cli.app import run
from northbib.errors import InputError, NorthbibError
from northbib.resolve import Identifier
from northbib.resolve.files import address_in_page, identifier_in_pdf, kind_of_file

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
