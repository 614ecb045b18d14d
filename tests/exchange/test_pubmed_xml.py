from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from northbib.errors import InputError, UsageError
from northbib.exchange import format_of, pubmed_xml, read, write
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article>
<Journal><Title>A journal</Title><JournalIssue><PubDate>{date}</PubDate></JournalIssue></Journal>
<ArticleTitle>{title}</ArticleTitle><AuthorList>{authors}</AuthorList>
</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""


def only(date: str = "", title: str = "A", authors: str = "") -> Record:
    data = ARTICLE.format(date=date, title=title, authors=authors).encode()
    (record,) = read(data, "a.xml", "pubmed-xml").records
    return record


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("<Year>2019</Year>", "2019"),
        ("<Year>2019</Year><Month>Mar</Month><Day>14</Day>", "2019-03-14"),
        ("<Year>2019</Year><Month>03</Month>", "2019-03"),
        ("<Year>2019</Year><Season>Spring</Season>", "2019-21"),
        ("<MedlineDate>2000 Nov-Dec</MedlineDate>", "2000-11/2000-12"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "1998-12/1999-01"),
    ],
)
def test_dates_are_read(written: str, date: str) -> None:
    assert only(date=written).date() == Date.from_edtf(date)


def test_titles_keep_their_italics_and_lose_the_full_stop_and_brackets() -> None:
    assert only(title="The <i>in vitro</i> H<sub>2</sub>O.").text("title") == (
        "The <i>in vitro</i> H<sub>2</sub>O"
    )
    assert only(title="[A translated title].").title == "A translated title"


def test_people_and_bodies_are_read() -> None:
    authors = (
        "<Author><LastName>Long</LastName><ForeName>Vicky</ForeName><Suffix>Jr</Suffix></Author>"
        "<Author><CollectiveName>A group</CollectiveName></Author>"
        '<Author ValidYN="N"><LastName>Wrong</LastName></Author>'
    )
    assert only(authors=authors).names() == (
        Name("Long", "Vicky", suffix="Jr"),
        Name(literal="A group"),
    )


def test_entities_are_refused() -> None:
    data = (
        b'<!DOCTYPE a [<!ENTITY b "c">]>'
        + ARTICLE.format(date="", title="&b;", authors="").encode()
    )
    with pytest.raises(InputError, match="declares the entity b"):
        read(data, "a.xml", "pubmed-xml")


def test_a_broken_file_is_refused_at_its_place(shared: Path) -> None:
    file = shared / "exchange/data/pubmed_xml/jabref__MedlineImporterTestMalformedEntry.xml"
    with pytest.raises(InputError, match="not well-formed") as caught:
        read(file.read_bytes(), "a.xml", "pubmed-xml")
    assert caught.value.line == 4


def test_a_file_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="no PubmedArticle"):
        list(pubmed_xml.read(io.BytesIO(b"<a/>"), "a.xml"))


def test_it_is_only_read() -> None:
    with pytest.raises(UsageError, match="only read"):
        write([], "pubmed-xml")


def test_real_files_are_read_with_none_lost(shared: Path) -> None:
    for file in sorted((shared / "exchange/data/pubmed_xml").glob("*.xml")):
        data = file.read_bytes()
        if "Malformed" not in file.name:
            assert format_of(data, file.name).name == "pubmed-xml", file.name
            records = read(data, file.name).records
            whole = data.count(b"<PubmedArticle>") + data.count(b"<PubmedBookArticle>")
            assert len(records) == (whole or data.count(b"<MedlineCitation ")), file.name
            assert all(record.text("PMID") for record in records), file.name


def test_what_pubmed_says_of_a_book_is_read(shared: Path) -> None:
    folder = shared / "exchange/data/pubmed_xml"
    (record,) = read((folder / "translators__PubMedXML_01.xml").read_bytes(), "a.xml").records
    assert (record.type, record.title) == ("book", "Endocrinology: An Integrated Approach")
    assert record.names() == (Name("Nussey", "Stephen"), Name("Whitehead", "Saffron"))
    assert (record.text("publisher"), record.text("publisher-place")) == (
        "BIOS Scientific Publishers",
        "Oxford",
    )
    assert (record.text("ISBN"), record.text("PMID")) == ("1859962521", "20821847")
    assert record.date() == Date(Day(2001))


def test_what_pubmed_says_of_an_article_is_read(shared: Path) -> None:
    file = shared / "exchange/data/pubmed_xml/jabref__MedlineImporterTestMathML.xml"
    (record,) = read(file.read_bytes(), "a.xml").records
    assert (record.type, record.title) == ("article-journal", "CellML 2.0")
    assert record.names()[-1] == Name("Sorby", "Hugh")
    assert record.text("container-title") == "Journal of integrative bioinformatics"
    assert record.text("DOI") == "10.1515/jib-2020-0021"
    assert (record.text("volume"), record.text("issue")) == ("17", "2-3")
    assert (record.date(), record.text("PMCID")) == (Date(Day(2020, 7, 24)), "PMC7756617")
    assert {"Computer Simulation", "modularity"} <= set(record.keywords)


def test_an_article_that_has_a_title_in_its_own_language_only_has_that(shared: Path) -> None:
    file = shared / "exchange/data/pubmed_xml/translators__PubMedXML_06.xml"
    record = read(file.read_bytes(), "a.xml").records[0]
    assert record.title.startswith("Psykisk ohälsa, radikalisering och terrorism")
    assert record.text("language") == "sv"
