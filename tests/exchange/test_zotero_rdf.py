from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from records_strategy import records

from northbib.errors import InputError
from northbib.exchange import read, write
from northbib.exchange.losses import differences
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from pathlib import Path

HEAD = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#"'
    ' xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:link="http://purl.org/rss/1.0/modules/link/"'
    ' xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">'
)


def all_of(body: str) -> tuple[Record, ...]:
    return read(f"{HEAD}{body}</rdf:RDF>".encode(), "a.rdf").records


@given(records)
def test_a_record_comes_back_whole(record: Record) -> None:
    (seen,) = read(write([record], "zotero-rdf"), "a.rdf").records
    assert differences(record, seen) == ()


def test_the_collection_comes_back_whole(collection: list[Record]) -> None:
    assert list(read(write(collection, "zotero-rdf"), "a.rdf").records) == collection


def test_raptor_parses_what_is_written(collection: list[Record], tmp_path: Path) -> None:
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("rapper (raptor2-utils) is not installed")
    (tmp_path / "a.rdf").write_bytes(write(collection, "zotero-rdf"))
    done = subprocess.run([rapper, "-q", str(tmp_path / "a.rdf")], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    items = [line for line in done.stdout.splitlines() if b"export#itemType>" in line]
    assert len(items) == len(collection)


def test_an_item_is_read_with_what_stands_elsewhere_in_the_file() -> None:
    (record,) = all_of(
        '<bib:Article rdf:about="#item_1"><z:itemType>journalArticle</z:itemType>'
        '<dcterms:isPartOf rdf:resource="urn:issn:0261-3077"/><bib:authors><rdf:Seq><rdf:li>'
        "<foaf:Person><foaf:surname>van der Berg</foaf:surname><foaf:givenName>Jan, Jr."
        "</foaf:givenName></foaf:Person></rdf:li><rdf:li><foaf:Person><foaf:surname>Academy of "
        "Arts</foaf:surname></foaf:Person></rdf:li></rdf:Seq></bib:authors>"
        '<dcterms:isReferencedBy rdf:resource="#item_2"/><link:link rdf:resource="#item_3"/>'
        "<dc:subject>a topic</dc:subject><dc:subject><z:AutomaticTag><rdf:value>another</rdf:value>"
        "</z:AutomaticTag></dc:subject><dc:title>A title</dc:title>"
        "<dc:date>March 14, 2019</dc:date>"
        "<dcterms:dateSubmitted>2020-03-22 04:55:27</dcterms:dateSubmitted>"
        "<dc:description>Citation Key: berg2019\nA remark</dc:description>"
        "<bib:pages>1-9</bib:pages>"
        '</bib:Article><bib:Journal rdf:about="urn:issn:0261-3077"><dc:title>A journal</dc:title>'
        "<prism:volume>12</prism:volume><prism:number>3</prism:number>"
        "<dc:identifier>ISSN 0261-3077</dc:identifier></bib:Journal>"
        '<bib:Memo rdf:about="#item_2"><rdf:value>&lt;p&gt;A note&lt;/p&gt;</rdf:value></bib:Memo>'
        '<z:Attachment rdf:about="#item_3"><z:itemType>attachment</z:itemType>'
        '<rdf:resource rdf:resource="files/3/a.pdf"/></z:Attachment>'
        '<z:Collection rdf:about="#collection_1"><dc:title>A list</dc:title>'
        '<dcterms:hasPart rdf:resource="#item_1"/></z:Collection>'
    )
    assert record == Record(
        "berg2019",
        "article-journal",
        {
            "author": (
                Name("Berg", "Jan", dropping_particle="van der", suffix="Jr."),
                Name(literal="Academy of Arts"),
            ),
            "title": "A title",
            "container-title": "A journal",
            "volume": "12",
            "issue": "3",
            "page": "1-9",
            "ISSN": "0261-3077",
            "issued": Date(Day(2019, 3, 14)),
            "accessed": Date(Day(2020, 3, 22)),
            "annote": "A note",
            "note": "A remark",
        },
        ("a topic", "another"),
        {"file": "files/3/a.pdf", "collection": "A list"},
    )


@pytest.mark.parametrize(
    ("file", "titles"),
    [
        ("translators__RDF_01.rdf", ["Be Careful What You Wish For: FRBR, Some Lacunae, A Review"]),
        ("translators__RDF_03.rdf", ["Test"]),
        ("zotero__book_and_snapshot.rdf", ["Test"]),
        ("zotero__zotero_rdf.xml", ["A", "B"]),
    ],
)
def test_real_files_are_read(file: str, titles: list[str], shared: Path) -> None:
    reading = read((shared / "exchange/data/zotero_rdf" / file).read_bytes(), file)
    assert [record.title for record in reading.records] == titles
    assert reading.findings == ()


def test_rdf_in_the_words_of_schema_org_is_read(shared: Path) -> None:
    folder = shared / "exchange/data/zotero_rdf"
    (article,) = read((folder / "translators__RDF_01.rdf").read_bytes(), "a.rdf").records
    assert article.names() == (Name("Smiraglia", "Richard P."),)
    assert (article.text("volume"), article.text("issue"), article.text("page")) == (
        "50",
        "5",
        "360-368",
    )
    assert article.date() == Date(Day(2012))
    assert article.text("container-title") == "Cataloging & Classification Quarterly"
    (software,) = read((folder / "translators__RDF_02.rdf").read_bytes(), "a.rdf").records
    assert software.type == "software"
    assert software.names() == (Name("Boettiger", "Carl"), Name("Jones", "Matthew B."))
    assert software.text("version") == "2.0"


def test_nodes_that_all_name_each_other_end() -> None:
    links = "".join(f'<dcterms:isPartOf rdf:resource="#i{number}"/>' for number in range(60))
    body = "".join(
        f'<bib:Book rdf:about="#i{number}"><dc:title>A</dc:title>{links}</bib:Book>'
        for number in range(60)
    )
    assert len(all_of(body)) == 60


def test_entities_are_refused() -> None:
    data = b'<!DOCTYPE a [<!ENTITY b "c">]><a><b>&b;</b></a>'
    with pytest.raises(InputError, match="entit"):
        read(data, "a.rdf", "zotero-rdf")


def test_xml_without_items_is_refused() -> None:
    with pytest.raises(InputError, match="no item in it"):
        all_of("<bib:Journal><dc:title>A</dc:title></bib:Journal>")
