"""Which format a file is of: told from its content, whatever it is called and however it begins."""

from __future__ import annotations

import codecs

import pytest

from northbib.errors import InputError
from northbib.exchange import format_of, read, write
from northbib.exchange.recognising import HEAD
from northbib.records import Name, Record

MODS = (
    '<m:modsCollection xmlns:m="http://www.loc.gov/mods/v3"><m:mods><m:titleInfo><m:title>A</m:title>'
    "</m:titleInfo></m:mods></m:modsCollection>"
)
BOOK = Record("a", "book", {"title": "Café €5", "author": (Name("Ō", "A"),)})
XML = ["mods", "marcxml", "endnote-xml", "word-xml", "zotero-rdf", "dc", "qdc", "jats", "tei"]
PROLOGS = {
    "comment": "<!-- not <ref-type>, <ref-list>, <record><leader> or <Sources> -->",
    "instruction": '<?xml-stylesheet href="a.xsl" title="<mods>"?>',
    "document type": "<!DOCTYPE x [ <!ELEMENT mods (#PCDATA)> ]>\n<!-- <TEI> -->",
}
FAR = "x" * (1 << 16)


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize("prolog", PROLOGS)
def test_xml_is_told_by_its_elements_wherever_they_begin(name: str, prolog: str) -> None:
    text = write([BOOK], name).decode()
    declaration, _, rest = text.partition("?>")
    data = f"{declaration}?>\n{PROLOGS[prolog]}\n{rest}".encode()
    assert format_of(data, "a.xml").name == name
    assert read(data, "a.ris").records[0].title == BOOK.title


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b""])
def test_xml_in_utf_16_is_read(mark: bytes) -> None:
    encoding = "utf-16-be" if mark == codecs.BOM_UTF16_BE else "utf-16-le"
    data = mark + f'<?xml version="1.0" encoding="UTF-16"?>{MODS}'.encode(encoding)
    assert [record.title for record in read(data, "a.xml").records] == ["A"]


FAR_AWAY = {
    "jats": f"<article><p>{FAR}</p><ref-list><ref><mixed-citation>A</mixed-citation></ref>"
    "</ref-list></article>",
    "tei": f"<TEI><p>{FAR}</p><listBibl><biblStruct><monogr><title>A</title></monogr></biblStruct>"
    "</listBibl></TEI>",
}


@pytest.mark.parametrize(("name", "text"), FAR_AWAY.items())
def test_references_may_stand_at_the_end_of_a_long_article(name: str, text: str) -> None:
    assert format_of(text.encode(), "a.xml").name == name
    assert len(read(text.encode(), "a.xml").records) == 1


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("a.xml", '<?xml version="1.0"?>\n<!-- <mods> --><s:svg xmlns:s="x"/>', "known for <svg>"),
        ("a.mods", "<foo/>", "no format is known for <foo>"),
        ("a.html", "<!DOCTYPE html><html><title>A title, its doi</title></html>", "for <html>"),
        ("a.xml", f"<!-- {FAR} -->{MODS}", "no element begins in the first 64 KB"),
        ("a.xml", "A title", "no element begins in it"),
        ("a.xml", "", "no element begins in it"),
        ("a.txt", "A title\nand words\n", "the format of this file is not known"),
        ("a.json", '{"type": "FeatureCollection", "features": []}', "no items of CSL-JSON"),
        ("a.json", '[{"name": "Jan"}]', "no items of CSL-JSON"),
        ("a.json", '"A title"', "not|no items of CSL-JSON"),
        ("a.csv", "name,age\nJan,3\n", "no row names the columns of works"),
        ("a.csv", "A title\n", "no row names the columns of works"),
    ],
)
def test_what_fits_nothing_is_said_with_what_to_do(name: str, text: str, error: str) -> None:
    with pytest.raises(InputError, match=error) as caught:
        read(text.encode(), name)
    hint = caught.value.hint or ""
    assert "northbib formats" in hint or "the first row has to hold" in hint


WRITTEN = [
    "biblatex",
    "csl-json",
    "ris",
    "enw",
    "nbib",
    "wos",
    "refworks",
    "marc",
    "csl-yaml",
    "xlsx",
]
WRITTEN += ["hayagriva", "cff", "schema-org", "csv", *XML]


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("ending", ["", ".txt", ".bib", ".ris", ".xml", ".json", ".csv", ".yml"])
def test_a_wrong_ending_does_no_harm(name: str, ending: str) -> None:
    data = write([BOOK], name)
    assert format_of(data, f"a{ending}").name == name
    assert read(data, f"a{ending}").records[0].title == BOOK.title


TEXT = ["biblatex", "csl-json", "ris", "enw", "nbib", "wos", "refworks", "csl-yaml", "hayagriva"]
TEXT += ["cff", "schema-org", "csv"]


@pytest.mark.parametrize("name", TEXT)
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_told_and_read_in_each_encoding(name: str, encoding: str) -> None:
    record = BOOK.replace(values={**BOOK.values, "author": (Name("Müller", "A"),)})
    data = write([record], name).decode("utf-8-sig").encode(encoding)
    assert format_of(data, "a").name == name
    assert read(data, "a").records[0] == read(write([record], name), "a").records[0]


def test_a_line_of_nothing_but_commas_is_seen_through_at_once() -> None:
    # Where each of them might be the one before a title, this would be for minutes.
    with pytest.raises(InputError):
        format_of(b"a," * (HEAD // 2), "a")
