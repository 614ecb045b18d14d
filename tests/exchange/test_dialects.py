"""Files as programs of all kinds write them: odd, but read whole."""

from __future__ import annotations

import pytest

from northbib.errors import InputError
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


RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:dct="http://purl.org/dc/terms/" xmlns:b="http://purl.org/ontology/bibo/"'
    ' xmlns:f="http://xmlns.com/foaf/0.1/">{}</rdf:RDF>'
)
RIS = "TY  - BOOK\nAU  - Berg, Jan\nTI  - One\nPY  - 2001\nER  - \n"

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
    "ris, small letters": ("ris", RIS.lower().replace("one", "One").replace("berg, j", "Berg, J")),
    "ris, no-break spaces": ("ris", RIS.replace(" ", "\u00a0").replace(",\u00a0", ", ")),
    "ris, tabs": ("ris", RIS.replace("  - ", "\t-\t")),
    "ris, nothing behind": ("ris", RIS.replace("  - ", "  -")),
    "ris, nothing between": ("ris", RIS.replace("  - ", "-")),
    "ris, a dash": ("ris", RIS.replace("-", "–")),
    "ris, three blanks": ("ris", RIS.replace("  - ", "   -   ")),
    "ris, a tag before the type": (
        "ris",
        "AU  - Berg, Jan\n" + RIS.replace("AU  - Berg, Jan\n", ""),
    ),
    "ris, a word for the type": ("ris", RIS.replace("BOOK", "Journal Article")),
    "enw, tabs": ("enw", "%0\tBook\n%A\tBerg, Jan\n%T\tOne\n%D\t2001\n"),
    "enw, a blank line in it": ("enw", "%0 Book\n%T One\n\n%A Berg, Jan\n%D 2001\n"),
    "enw below other text": ("enw", "Exported\n\n%0 Book\n%A Berg, Jan\n%T One\n%D 2001\n"),
    "refer": ("enw", "%A Berg, Jan\n%T One\n%D 2001\n"),
    "nbib, no blanks": ("nbib", "PMID-1\nTI-One\nFAU-Berg, Jan\nDP-2001\n"),
    "nbib, the number last": (
        "nbib",
        "OWN - NLM\nTI  - One\nFAU - Berg, Jan\nDP  - 2001\nPMID- 1\n",
    ),
    "nbib, blank lines in it": ("nbib", "PMID- 1\nTI  - One\n\nFAU - Berg, Jan\n\nDP  - 2001\n"),
    "refworks, the type later": ("refworks", "T1 One\nRT Book, Whole\nA1 Berg, Jan\nYR 2001\n"),
    "refworks, a blank line in it": (
        "refworks",
        "RT Book, Whole\nA1 Berg, Jan\n\nT1 One\nYR 2001\n",
    ),
    "enw, small letters": ("enw", "%0 Book\n%a Berg, Jan\n%t One\n%d 2001\n"),
    "wos, the type later": ("wos", "AU Berg, Jan\nTI One\nPT J\nPY 2001\nER\n"),
    "wos without types": ("wos", "AU Berg, Jan\nTI One\nPY 2001\nER\n"),
    "wos, mark and CR LF": (
        "wos",
        "\ufeffFN X\r\nVR 1.0\r\nPT J\r\nAU Berg, Jan\r\nTI One\r\nPY 2001\r\nER\r\nEF",
    ),
    "endnote before version 8": (
        "endnote-xml",
        (
            "<XML><RECORDS><RECORD><REFERENCE_TYPE>1</REFERENCE_TYPE><AUTHORS><AUTHOR>Berg, Jan"
            "</AUTHOR></AUTHORS><YEAR>2001</YEAR><TITLE>One</TITLE></RECORD></RECORDS></XML>"
        ),
    ),
    "hayagriva in flow style": (
        "hayagriva",
        "{a: {type: book, title: One, author: ['Berg, Jan'], date: 2001}}",
    ),
    "hayagriva, a line each": (
        "hayagriva",
        "a: {type: book, title: One, author: ['Berg, Jan'], date: 2001}\n",
    ),
    "csl-yaml in flow style": (
        "csl-yaml",
        "[{id: a, title: One, author: [{family: Berg, given: Jan}], issued: 2001}]\n",
    ),
    "csl-yaml, references in flow style": (
        "csl-yaml",
        "{references: [{id: a, title: One, author: [{family: Berg, given: Jan}], issued: 2001}]}\n",
    ),
    "cff in flow style": (
        "cff",
        (
            "{cff-version: 1.2.0, title: One, date-released: 2001-01-01,"
            " authors: [{family-names: Berg, given-names: Jan}]}"
        ),
    ),
    "RDF of Dublin Core": (
        "zotero-rdf",
        RDF.format(
            "<rdf:Description><dct:title>One</dct:title><dct:creator>Berg, Jan</dct:creator>"
            "<dct:date>2001</dct:date></rdf:Description>"
        ),
    ),
    "RDF of EPrints": (
        "zotero-rdf",
        RDF.format(
            '<b:Article><dct:title>One</dct:title><b:authorList rdf:resource="#l"/>'
            '<dct:isPartOf rdf:resource="#j"/><dct:date>2001</dct:date></b:Article>'
            '<rdf:Seq rdf:about="#l"><rdf:_1 rdf:resource="#p"/></rdf:Seq><f:Person rdf:about="#p">'
            "<f:familyName>Berg</f:familyName><f:givenName>Jan</f:givenName></f:Person>"
            '<b:Journal rdf:about="#j"><dct:title>A journal</dct:title></b:Journal>'
        ),
    ),
    "tei without tags for names": (
        "tei",
        "<listBibl><bibl>Berg, Jan. <title>One</title>, <date>2001</date></bibl></listBibl>",
    ),
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


DOI = "10.1002/cpp.2398"
FULL, SHORT = "A journal of all", "J. all"
RIS_LINES = [
    (
        "JO  - J. all\nJF  - A journal of all",
        {"container-title": FULL, "container-title-short": SHORT},
    ),
    (
        "T2  - J. all\nJF  - A journal of all",
        {"container-title": FULL, "container-title-short": SHORT},
    ),
    (
        "T2  - J. all\nJO  - A journal of all",
        {"container-title": FULL, "container-title-short": SHORT},
    ),
    (
        "JO  - A journal of all\nJA  - J. all",
        {"container-title": FULL, "container-title-short": SHORT},
    ),
    ("SN  - 03064530 (ISSN); 9780306453001 (ISBN)", {"ISSN": "0306-4530", "ISBN": "9780306453001"}),
    ("SN  - 0306-4530 (Print) 1873-3360 (Online)", {"ISSN": "0306-4530 1873-3360", "ISBN": ""}),
    ("SN  - ISSN 0306-4530", {"ISSN": "0306-4530", "ISBN": ""}),
    (f"L3  - {DOI}", {"DOI": DOI}),
    (f"M3  - {DOI}", {"DOI": DOI, "genre": ""}),
    (f"N1  - doi: {DOI}", {"DOI": DOI, "note": ""}),
    (f"DO  - https://www.doi.org/{DOI}", {"DOI": DOI}),
    ("DO  - http://dx.doi.org/10.1002%2Fcpp.2398", {"DOI": DOI}),
    ("C2  - 31421429", {"PMID": "31421429", "PMCID": ""}),
    ("SP  - pp. 478 - 489", {"page": "478-489"}),
    ("SP  - 478\nEP  - 478-489", {"page": "478-489"}),
    ("SP  - 478\nEP  - 478", {"page": "478"}),
    ("EP  - 489", {"page": "489"}),
    ("VL  - 12(3)", {"volume": "12", "issue": "3"}),
    ("UR  - http://a.org; http://b.org", {"URL": "http://a.org"}),
    ("PB  - Smith &amp; Sons", {"publisher": "Smith & Sons"}),
    ("AB  - We were\nON - and so on", {"abstract": "We were\nON - and so on"}),
]


@pytest.mark.parametrize(("lines", "values"), RIS_LINES)
def test_lines_of_ris_mean(lines: str, values: dict[str, str]) -> None:
    (record,) = read(f"TY  - JOUR\n{lines}\nER  - \n".encode(), "a.ris").records
    assert {name: record.text(name) for name in values} == values


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("PY  - 2014///Spring", "2014-21"),
        ("DA  - 2014/03/05/Spring", "2014-03-05"),
        ("DA  - 2014/Mar/05", "2014-03-05"),
        ("DA  - 2014-03-05T10:00:00Z", "2014-03-05"),
        ("PY  - 2014\nY1  - 2014/03/05", "2014-03-05"),
        ("PY  - 2014\nDA  - 03/05", "2014-03-05"),
        ("PY  - March 2014", "2014-03"),
        ("PY  - c2014", "2014"),
        ("PY  - 2013-2014", "2013/2014"),
        ("PY  - 2014 (in press)", "2014 (in press)"),
    ],
)
def test_a_date_of_ris_means(line: str, date: str) -> None:
    (record,) = read(f"TY  - JOUR\n{line}\nER  - \n".encode(), "a.ris").records
    found = record.date()
    assert found is not None
    assert found.edtf() == date


def test_several_names_and_topics_may_share_a_line_of_ris() -> None:
    lines = "AU  - Berg, Jan; Roe A.-B.\nAU  - Doe, C.\n  Poe, D.\nKW  - one; two\nKW  - a, b\n"
    (record,) = read(f"TY  - JOUR\n{lines}ER  - \n".encode(), "a.ris").records
    assert [(each.family, each.given) for each in record.names()] == [
        ("Berg", "Jan"),
        ("Roe", "A.-B."),
        ("Doe", "C."),
        ("Poe", "D."),
    ]
    assert record.keywords == ("one", "two", "a, b")


@pytest.mark.parametrize(
    ("text", "code", "line", "count"),
    [
        (f"{RIS}\nTY  - BOOK\nTI  - Tw", "cut-off", 7, 2),
        (f"{RIS}AU  - Roe, A.\nER  - \n", "no-type", 6, 2),
        (RIS.replace("One", "O\0ne"), "null-bytes", 3, 1),
        ("%0 Book\n%T O\0ne\n", "null-bytes", 2, 1),
        ("PMID- 1\nTI  - O\0ne\n", "null-bytes", 2, 1),
        ("RT Book, Whole\nT1 O\0ne\n", "null-bytes", 2, 1),
        ("<1. >\nTI  - O\0ne\n", "null-bytes", 2, 1),
        ("FN X\nPT J\nTI One\nER\n\nPT J\nTI Tw", "cut-off", 6, 2),
        ("FN X\nPT J\nTI One\nER\n", "cut-off", 2, 1),
    ],
)
def test_what_is_wrong_with_a_file_is_told(text: str, code: str, line: int, count: int) -> None:
    found = read(text.encode(), "a.dat")
    assert (found.findings[0].code, found.findings[0].line) == (code, line)
    assert len(found.records) == count


def test_records_of_each_tagged_format_begin_where_they_do() -> None:
    texts = {
        "nbib": "OWN - A\nPMID- 1\nTI  - One\n\nTI  - Two\nPMID- 2\nPMID- 3\nTI  - Three\n",
        "refworks": "SR A\nRT Book\nT1 One\n\nSR A\nT1 Two\nRT Book\nRT Book\nT1 Three\n",
        "wos": "PT J\nTI One\nER\nTI Two\nPT J\nER\nPT J\nTI Three\nER\n",
    }
    for name, text in texts.items():
        titles = [record.title for record in read(text.encode(), "a.dat", name).records]
        assert titles == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("PMID- 1\nFAU - Berg, Jan\nAU  - Berg J\nAU  - Roe A\n", ["Berg, Jan", "Roe, A"]),
        ("<1>\nAuthors\n  Berg J, Roe AB\nTitle\n  One\n", ["Berg, J", "Roe, AB"]),
        ("%0 Book\n%A Berg, Jan; Roe A.\n", ["Berg, Jan", "Roe, A."]),
    ],
)
def test_names_are_read_from(text: str, names: list[str]) -> None:
    (record,) = read(text.encode(), "a.dat").records
    assert [f"{each.family}, {each.given}" for each in record.names()] == names


def test_both_issns_and_all_isbns_of_web_of_science_are_read() -> None:
    lines = "SN 0306-4530\nEI 1873-3360\nBN 978-0-306-45300-1; 978-0-306-45300-8\n"
    (record,) = read(f"PT J\nTI One\n{lines}ER\n".encode(), "a.dat").records
    assert record.text("ISSN") == "0306-4530 1873-3360"
    assert record.text("ISBN") == "978-0-306-45300-1 978-0-306-45300-8"


def test_json_lines_are_items_and_a_broken_one_is_told() -> None:
    data = b'{"id": "a", "title": "One"}\n{"id": "b", "ti\n\n{"id": "c", "title": "Three"}'
    found = read(data, "a.jsonl")
    assert [record.title for record in found.records] == ["One", "Three"]
    assert [(each.code, each.line) for each in found.findings] == [("broken-json", 2)]


def test_xml_of_another_kind_is_no_document() -> None:
    with pytest.raises(InputError, match="no document"):
        read(b"<nothing/>", "a.xml", "docx-citations")


@pytest.mark.parametrize("text", ["TY  - BOOK\nSP  - xi, 173 p.\nER  - \n", "%0 Book\n%P 173 s.\n"])
def test_how_many_pages_a_book_has_is_read(text: str) -> None:
    (record,) = read(text.encode(), "a.dat").records
    assert (record.text("number-of-pages"), record.text("page")) == ("173", "")
