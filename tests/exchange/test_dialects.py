"""Files as programs of all kinds write them: odd, but read whole."""

from __future__ import annotations

import pytest

from northbib.exchange import format_of, read, write
from northbib.records import Record

JOURNAL = "article-journal"
ENGLISH = (
    "<leader>00000nam a2200000 a 4500</leader>"
    '<datafield tag="100" ind1="1" ind2=" "><subfield code="a">Berg, Jan,</subfield></datafield>'
    '<datafield tag="245" ind1="1" ind2="0"><subfield code="a">One.</subfield></datafield>'
    '<datafield tag="260" ind1=" " ind2=" "><subfield code="c">2001.</subfield></datafield>'
)
OAI = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><GetRecord><record><metadata>{}'
OAI += "</metadata></record></GetRecord></OAI-PMH>"
SRU = '<z:searchRetrieveResponse xmlns:z="http://www.loc.gov/zing/srw/"><z:recordData>{}'
SRU += "</z:recordData></z:searchRetrieveResponse>"
MODS = (
    '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>One</title></titleInfo>'
    '<name type="personal"><namePart type="family">Berg</namePart><namePart type="given">Jan'
    '</namePart><role><roleTerm type="code">aut</roleTerm></role></name><originInfo><dateIssued>'
    "2001</dateIssued></originInfo></mods>"
)


def prefixed(text: str, prefix: str) -> str:
    return text.replace("<", f"<{prefix}:").replace(f"<{prefix}:/", f"</{prefix}:")


ONE = {
    "ris without ends": ("ris", "TY  - JOUR\nAU  - Berg, Jan\nTI  - One\nPY  - 2001\n"),
    "ris, one blank": ("ris", "TY - JOUR\nAU - Berg, Jan\nTI - One\nPY - 2001\nER -\n"),
    "ris, CR": ("ris", "TY  - JOUR\rAU  - Berg, Jan\rTI  - One\rPY  - 2001\rER  - \r"),
    "ris, CR CR LF": (
        "ris",
        "TY  - JOUR\r\r\nAU  - Berg, Jan\r\r\nTI  - One\r\r\nPY  - 2001",
    ),
    "ris of RefMan": (
        "ris",
        "1.\nTY  - JOUR\nID  - 1\nT1  - One\nA1  - Berg,Jan\nY1  - 2001///\nER  - \n",
    ),
    "enw, tabs": ("enw", "%0\tBook\n%A\tBerg, Jan\n%T\tOne\n%D\t2001\n"),
    "enw, a blank line in it": ("enw", "%0 Book\n%T One\n\n%A Berg, Jan\n%D 2001\n"),
    "enw below other text": ("enw", "Exported\n\n%0 Book\n%A Berg, Jan\n%T One\n%D 2001\n"),
    "refer": ("enw", "%A Berg, Jan\n%T One\n%D 2001\n"),
    "nbib, no blanks": ("nbib", "PMID-1\nTI-One\nFAU-Berg, Jan\nDP-2001\n"),
    "nbib in a page": (
        "nbib",
        "<pre>\nPMID- 1\nTI  - One\nFAU - Berg, Jan\nDP  - 2001\n      </pre>\n",
    ),
    "wos in columns": ("wos", "PT\tAU\tTI\tPY\nJ\tBerg, Jan\tOne\t2001\n"),
    "wos without a head": ("wos", "PT J\nAU Berg, Jan\nTI One\nPY 2001\nER\n"),
    "mods in OAI-PMH": ("mods", OAI.format(MODS)),
    "mods in SRU": ("mods", SRU.format(MODS)),
    "mods without a namespace": ("mods", MODS.replace(' xmlns="http://www.loc.gov/mods/v3"', "")),
    "marcxml, one record": ("marcxml", f"<record>{ENGLISH}</record>"),
    "marcxml, no namespace": ("marcxml", f"<collection><record>{ENGLISH}</record></collection>"),
    "marcxml, prefix": (
        "marcxml",
        f'<m:record xmlns:m="http://www.loc.gov/MARC21/slim">{prefixed(ENGLISH, "m")}</m:record>',
    ),
    "marcxml in OAI-PMH": (
        "marcxml",
        OAI.format(f'<record xmlns="http://www.loc.gov/MARC21/slim">{ENGLISH}</record>'),
    ),
    "endnote without styles": (
        "endnote-xml",
        (
            '<xml><records><record><ref-type name="Book">6</ref-type><contributors><authors>'
            "<author>Berg, Jan</author></authors></contributors><titles><title>One</title></titles>"
            "<dates><year>2001</year></dates></record></records></xml>"
        ),
    ),
    "csl by key": (
        "csl-json",
        (
            '{"a": {"type": "book", "title": "One", "author": [{"family": "Berg", "given": "Jan"}],'
            ' "issued": {"year": 2001}}}'
        ),
    ),
    "csl as references": (
        "csl-json",
        (
            '{"references": [{"id": 1, "title": "One", "author": [{"family": "Berg",'
            ' "given": "Jan"}], "issued": {"raw": "2001"}}]}'
        ),
    ),
    "csv of Scopus": (
        "csv",
        (
            "\ufeffAuthors,Author full names,Title,Year,Source title,EID\n"
            'Berg J.,"Berg, Jan (123)",One,2001,A journal,2-s2.0\n'
        ),
    ),
    "csv, semicolons below a line": ("csv", "My list\n\nTitle;Authors;Year\nOne;Berg, Jan;2001\n"),
    "csv, a cell of two lines": ("csv", 'Title,Authors,Year\n"One\r\n","Berg, Jan",2001\n'),
    "BibTeX in parentheses": (
        "biblatex",
        '@BOOK(a, TITLE = "One", AUTHOR = "Jan Berg", YEAR=2001)',
    ),
    "BibTeX in a page": (
        "biblatex",
        "<html><body><pre>\n@book{a, title = {One}, author = {Jan Berg}, year = 2001}\n</pre>",
    ),
    "schema.org by full names": (
        "schema-org",
        (
            '{"@type": "schema:Book", "schema:name": "One", "schema:author": {'
            '"@type": "schema:Person", "http://schema.org/name": "Jan Berg"},'
            ' "schema:datePublished": "2001"}'
        ),
    ),
    "a page about a work": (
        "schema-org",
        (
            '{"@type": "ItemPage", "name": "A page", "mainEntity": {"@type": "Book", "name": "One",'
            ' "author": "Jan Berg", "datePublished": "2001"}}'
        ),
    ),
    "Ovid's Embase": (
        "ovid",
        (
            "<1>\nDatabase\n  Embase\nAuthors\n  Berg, Jan\nTitle\n  One.\nSource\n"
            "  A journal. 3 (2) (pp 5-9), 2001. Date of Publication: 2001.\n"
        ),
    ),
}


@pytest.mark.parametrize("name", ONE)
def test_a_work_is_read_from(name: str) -> None:
    format_name, text = ONE[name]
    assert format_of(text.encode(), "a.dat").name == format_name
    (record,) = read(text.encode(), "a.dat").records
    assert (record.title, record.year) == ("One", 2001)
    assert [(each.family, each.given) for each in record.names()] == [("Berg", "Jan")]


def test_entries_of_endnote_without_a_blank_line_between_are_two() -> None:
    found = read(b"%0 Book\n%T One\n%0 Journal Article\n%T Two\n", "a.enw").records
    assert [(each.type, each.title) for each in found] == [("book", "One"), (JOURNAL, "Two")]


def test_entries_of_endnote_may_begin_with_their_titles() -> None:
    data = b"%T One\n%0 Book\n%D 2001\n\n%T Two\n%0 Journal Article\n\n\n%T Three\n%0 Book\n"
    found = read(data, "a.enl").records
    assert [(each.type, each.title) for each in found] == [
        ("book", "One"),
        (JOURNAL, "Two"),
        ("book", "Three"),
    ]


def test_a_place_as_embase_has_it_is_read() -> None:
    (record,) = read(ONE["Ovid's Embase"][1].encode(), "a.txt").records
    found = [record.text(name) for name in ("container-title", "volume", "issue", "page")]
    assert found == ["A journal", "3", "2", "5-9"]


def test_initials_behind_a_name_are_initials_in_tables() -> None:
    (record,) = read(b"Title,Authors\nOne,Berg J.; Roe A.-B.; van Dijk T.A.\n", "a.csv").records
    names = [(each.family, each.given) for each in record.names()]
    assert names == [("Berg", "J."), ("Roe", "A.-B."), ("van Dijk", "T.A.")]


def test_xml_that_is_said_to_be_utf_8_may_not_be() -> None:
    data = MODS.replace("One", "Café €5").encode("cp1252")
    for head in (b"", b'<?xml version="1.0"?>\n', b'<?xml version="1.0" encoding="UTF-8"?>\n'):
        (record,) = read(head + data, "a.xml").records
        assert record.title == "Café €5"


def test_a_cell_that_is_too_long_for_a_workbook_is_a_loss_that_is_told() -> None:
    record = Record("a", "book", {"title": "One", "abstract": "word " * 8000 + "end"})
    (seen,) = read(write([record], "xlsx"), "a.xlsx").records
    assert (seen.title, len(seen.text("abstract"))) == ("One", 32767)
