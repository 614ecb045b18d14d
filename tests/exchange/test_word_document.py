from __future__ import annotations

import base64
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from northbib.errors import InputError
from northbib.exchange import read
from northbib.exchange.word.citation_payloads import cited_by_word
from northbib.records import Name, Record

if TYPE_CHECKING:
    from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
B = 'xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"'
CITATION = {
    "citationItems": [
        {"id": 46, "itemData": {"id": 46, "type": "book", "title": "A title"}},
        {"id": 47, "itemData": {"id": 47, "type": "report", "title": "Another"}},
    ]
}


def field(*pieces: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"<w:p>{begin}{runs}{end}</w:p>"


def document(inside: str) -> bytes:
    return f"<w:document {W}><w:body>{inside}</w:body></w:document>".encode()


def packed(**parts: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, data in parts.items():
            folder.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return whole.getvalue()


def found(data: bytes, name: str = "a.docx") -> tuple[Record, ...]:
    return read(data, name).records


def titles(data: bytes) -> list[str]:
    return [record.title for record in found(data)]


def test_a_field_cut_into_pieces_is_read_once() -> None:
    text = f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(CITATION)} "
    pieces = [text[:20], text[20:60], text[60:]]
    assert titles(document(field(*pieces) + field(text))) == ["A title", "Another"]


def test_a_number_in_a_document_is_no_citation_key() -> None:
    items = [
        {"id": "ITEM-1", "itemData": {"id": "ITEM-1", "type": "book", "title": "A title"}},
        {"id": 1, "itemData": {"citation-key": "eco88", "type": "book", "title": "Another"}},
    ]
    text = f" ADDIN CSL_CITATION {json.dumps({'citationItems': items})}"
    assert [record.key for record in found(document(field(text)))] == ["", "eco88"]


def test_citations_of_mendeley_cite_are_unpacked() -> None:
    tag = base64.b64encode(json.dumps(CITATION).encode()).decode()
    control = f'<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_{tag}"/></w:sdtPr></w:sdt>'
    assert titles(document(control)) == ["A title", "Another"]


def test_sources_of_word_stand_beside_the_document_in_the_file() -> None:
    sources = (
        f"<b:Sources {B}><b:Source><b:Tag>Eco88</b:Tag><b:SourceType>Book</b:SourceType>"
        "<b:Title>A title</b:Title></b:Source></b:Sources>"
    ).encode()
    text = document(field(r" CITATION Eco88 \l 1033 \m Mey12 "))
    records = found(packed(word__document_xml=text, customXml__item1_xml=sources))
    assert [(record.key, record.title) for record in records] == [
        ("Eco88", "A title"),
        ("Mey12", ""),
    ]


def test_notes_and_properties_of_a_document_are_read_too() -> None:
    text = f"ZOTERO_ITEM CSL_CITATION {json.dumps(CITATION)}"
    half = len(text) // 2
    properties = "".join(
        f'<property name="ZOTERO_BREF_abc_{place}"><lpwstr>{piece}</lpwstr></property>'
        for place, piece in ((2, text[half:]), (1, text[:half]))
    )
    notes = f"<w:footnotes {W}>{field(r' CITATION Eco88 ')}</w:footnotes>".encode()
    data = packed(
        word__document_xml=document("<w:p/>"),
        word__footnotes_xml=notes,
        docProps__custom_xml=f"<Properties>{properties}</Properties>".encode(),
    )
    assert titles(data) == ["A title", "Another", ""]


@pytest.mark.parametrize(
    ("instruction", "keys"),
    [
        (r" CITATION Eco88 \l 1033 ", ["Eco88"]),
        (r'CITATION Eco88 \p 12 \l 1033 \m Mey12 \n \m "Old99"', ["Eco88", "Mey12", "Old99"]),
        (" BIBLIOGRAPHY ", []),
    ],
)
def test_fields_of_word_name_their_keys(instruction: str, keys: list[str]) -> None:
    assert cited_by_word(instruction) == keys


def real(shared: Path, name: str) -> tuple[Record, ...]:
    file = shared / "exchange/data/word_xml" / f"biblatex-csl-converter__{name}.xml"
    return found(file.read_bytes(), file.name)


def test_citations_of_endnote_are_read_plain_and_packed(shared: Path) -> None:
    records = real(shared, "endnote")
    assert [(record.type, record.year) for record in records] == [
        ("article-journal", 2009),
        ("book", 2020),
        ("thesis", 2018),
        ("article-journal", 2015),
    ]
    assert records[0].names() == (Name("Bronk Ramsey", "Christopher"),)
    assert records[3].text("DOI") == "10.1017/jling.2015.0042"


def test_marks_of_zotero_and_jabref_in_open_documents_are_read(shared: Path) -> None:
    hawking, other, penrose = real(shared, "zotero")
    assert hawking.text("container-title") == "Physical Review Letters"
    assert (hawking.year, other.year) == (2010, 2010)
    assert penrose.names() == (Name("Penrose", "Roger"),)
    keys = [record.key for record in real(shared, "jabref-endnote")]
    assert keys == ["EN19", "EN42", "EN7", "EN5", "Hooper_2012", "Di_Renzo_2012"]


def test_marks_of_libreoffice_are_read(shared: Path) -> None:
    article, book, thesis = real(shared, "libreoffice-native")
    assert (article.key, article.type, article.text("issue")) == (
        "Jones2019",
        "article-journal",
        "3",
    )
    assert book.names() == (Name("Smith", "John"), Name("Doe", "Jane"))
    assert (book.text("publisher"), book.text("publisher-place")) == ("Test Press", "New York")
    assert (thesis.type, thesis.text("publisher")) == ("thesis", "University of Example")


def test_citations_of_mendeley_and_word_are_read(shared: Path) -> None:
    eggs, introduction = real(shared, "mendeley-v3")
    assert eggs.title.startswith("Large dinosaur egg accumulations")
    assert introduction.type == "book"
    assert [one.key for one in real(shared, "word-native")] == ["Smith2020", "Jones2018", "Doe2019"]


@pytest.mark.parametrize(
    "data",
    [
        packed(xl__workbook_xml=b"<workbook/>"),
        b"PK\x03\x04 and then nothing",
        packed(word__document_xml=document("<w:p/>"))[:-40],
    ],
)
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        read(data, "a.docx", "docx-citations")


def test_a_broken_payload_is_no_citation() -> None:
    fields = (
        field(' ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems": [1, {"itemData": 2}]'),
        field(' CSL_CITATION {"citationItems": [1, {"itemData": 2}]}'),
        field(" CSL_CITATION " + "{&quot;a&quot;:" * 100_000),
        field(" ADDIN EN.CITE &lt;EndNote&gt;&lt;Cite&gt;"),
        '<w:tag w:val="MENDELEY_CITATION_v3_%%%"/>',
    )
    assert found(document("".join(fields))) == ()


def test_a_part_that_unpacks_to_more_than_it_says_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("northbib.exchange.word.document._LARGEST", 10_000)
    data = packed(word__document_xml=document("<w:p/>" * 100_000))
    assert len(data) < 10_000
    with pytest.raises(InputError, match="larger than"):
        read(data, "a.docx")
