"""Sources asked over a real server, which answers in the shape that their documents state."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from loopback import Answer, Loopback, loopback

from northbib.errors import NorthbibError, NotFoundError
from northbib.records import Name
from northbib.resolve import Settings, resolve
from northbib.resolve.http.services import SERVICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.records import Record


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


def everywhere(server: Loopback, **other: str) -> Settings:
    """Give settings under which the server stands in for every service, and no other is asked."""
    bases = {name: f"{server.url}/{name}/" for name in SERVICES if name not in _PLUGINS}
    bases |= dict.fromkeys(_PLUGINS, "") | other
    return server.settings(bases=bases)


_PLUGINS = ("translation", "citoid")


def mods(*numbers: str, prefix: str = "zs") -> bytes:
    """Give an SRU answer with a record of Blakeley and Evans 2023 that has these ISBNs."""
    identifiers = "".join(f'<identifier type="isbn">{n} (hbk)</identifier>' for n in numbers)
    record = f"""<mods xmlns="http://www.loc.gov/mods/v3" version="3.8">
      <titleInfo><title>Devolution in Greater Manchester and Liverpool City Region</title>
        <subTitle>The first mayoral term /</subTitle></titleInfo>
      <titleInfo type="alternative"><title>Devolution</title></titleInfo>
      <name type="personal" usage="primary"><namePart>Blakeley, Georgina</namePart>
        <role><roleTerm type="text">author.</roleTerm></role></name>
      <name type="personal"><namePart>Evans, Brendan</namePart>
        <role><roleTerm type="code">aut</roleTerm></role></name>
      <originInfo><place><placeTerm type="code">enk</placeTerm></place>
        <place><placeTerm type="text">Manchester :</placeTerm></place>
        <publisher>Manchester University Press,</publisher>
        <dateIssued>2023.</dateIssued><dateIssued encoding="marc">2023</dateIssued></originInfo>
      {identifiers}</mods>"""
    found = (
        f"<{prefix}:records><{prefix}:record><{prefix}:recordData>{record}</{prefix}:recordData>"
    )
    found += f"</{prefix}:record></{prefix}:records>"
    return (
        f'<?xml version="1.0"?><{prefix}:searchRetrieveResponse'
        f' xmlns:{prefix}="http://www.loc.gov/zing/srw/"><{prefix}:version>1.1</{prefix}:version>'
        f"<{prefix}:numberOfRecords>{len(numbers)}</{prefix}:numberOfRecords>"
        f"{found if numbers else ''}</{prefix}:searchRetrieveResponse>"
    ).encode()


ISBN = "9781526133595"
OPEN_LIBRARY = {
    f"ISBN:{ISBN}": {
        "url": "https://openlibrary.org/books/OL0M/x",
        "key": "/books/OL0M",
        "title": "Devolution in Greater Manchester and Liverpool City Region",
        "subtitle": "The first mayoral term",
        "authors": [
            {"url": "x", "name": "Georgina Blakeley"},
            {"url": "y", "name": "Brendan Evans"},
        ],
        "identifiers": {"isbn_13": [ISBN]},
        "publishers": [{"name": "Manchester University Press"}],
        "publish_places": [{"name": "Manchester"}],
        "publish_date": "c2023",
    }
}
GOOGLE = {
    "kind": "books#volumes",
    "totalItems": 2,
    "items": [
        {"volumeInfo": {"title": "Another", "industryIdentifiers": []}},
        {
            "volumeInfo": {
                "title": "Devolution in Greater Manchester and Liverpool City Region",
                "subtitle": "The first mayoral term",
                "authors": ["Georgina Blakeley", "Brendan Evans"],
                "publisher": "Manchester University Press",
                "publishedDate": "2023",
                "industryIdentifiers": [{"type": "ISBN_13", "identifier": ISBN}],
                "language": "en",
            }
        },
    ],
}
WIKIDATA = {
    "entities": {
        "Q999999999999": {
            "type": "item",
            "id": "Q999999999999",
            "labels": {"en": {"language": "en", "value": "The Northern Veto"}},
            "claims": {
                "P31": [{"rank": "normal", "mainsnak": {"datavalue": {"value": {"id": "Q571"}}}}],
                "P1476": [
                    {
                        "rank": "normal",
                        "mainsnak": {
                            "datavalue": {"value": {"text": "The Northern Veto", "language": "en"}}
                        },
                    }
                ],
                "P577": [
                    {
                        "rank": "normal",
                        "mainsnak": {
                            "datavalue": {
                                "value": {"time": "+2009-00-00T00:00:00Z", "precision": 9}
                            }
                        },
                    }
                ],
                "P212": [
                    {
                        "rank": "normal",
                        "mainsnak": {"datavalue": {"value": "978-0-7190-7552-0"}},
                    }
                ],
            },
        }
    },
    "success": 1,
}
BILL = {
    "billId": 1,
    "shortTitle": "Local Democracy, Economic Development and Construction Bill",
    "longTitle": "A Bill to make provision.",
    "currentHouse": "Lords",
    "originatingHouse": "Lords",
    "isAct": False,
    "sponsors": [],
    "currentStage": {
        "stageSittings": [{"date": "2009-11-12T00:00:00"}, {"date": "2009-11-11T00:00:00"}]
    },
}
COMMITTEE = {
    "id": 1,
    "description": "Devolution: the next five years and beyond",
    "type": {"id": 1, "name": "Report"},
    "publicationStartDate": "2016-02-03T00:00:00",
    "committee": {"id": 1, "name": "Communities and Local Government Committee"},
    "hcNumber": {"number": "369", "session": {"name": "2015-16"}},
}
DEBATE = {
    "Overview": {
        "ExtId": "0a1b2c3d-0000-4000-8000-000000000000",
        "Title": "A debate",
        "Date": "2016-07-05T00:00:00",
        "House": "Commons",
        "VolumeNo": 612,
        "StartColumn": "740",
    },
    "Navigator": [],
    "Items": [],
}
ZOTERO = [
    {
        "key": "X",
        "itemType": "blogPost",
        "title": "TechNorth",
        "creators": [{"firstName": "Jane", "lastName": "Lambert", "creatorType": "author"}],
        "blogTitle": "IP North West",
        "date": "2014-10",
        "url": "http://ipnorthwest.blogspot.com/2014/10/technorth.html",
        "language": "en",
    }
]
OAI = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><GetRecord><record><metadata>
  <oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
    xmlns:dc="http://purl.org/dc/elements/1.1/">
  <dc:title>The Northern Veto</dc:title><dc:creator>Sandford, Mark</dc:creator>
  <dc:date>2010-02-01T10:00:00Z</dc:date><dc:date>2009</dc:date><dc:type>Book</dc:type>
  <dc:identifier>9780719075520</dc:identifier></oai_dc:dc></metadata></record></GetRecord></OAI-PMH>"""
EPRINTS = """<eprints xmlns="http://eprints.org/ep2/data/2.0"><eprint id="{url}/id/eprint/1">
  <type>book</type><title>The Northern Veto</title><date>2009</date>
  <editors><item><name><family>Sandford</family><given>Mark</given></name></item></editors>
  <publisher>Manchester University Press</publisher><isbn>9780719075520</isbn></eprint></eprints>"""

BLAKELEY = (
    Name(family="Blakeley", given="Georgina"),
    Name(family="Evans", given="Brendan"),
)
BOOK = {
    "type": "book",
    "title": "Devolution in Greater Manchester and Liverpool City Region: The first mayoral term",
    "author": BLAKELEY,
    "publisher": "Manchester University Press",
    "issued": "2023",
    "ISBN": ISBN,
}


@dataclass(frozen=True)
class Case:
    """What is typed, what the service answers where, and what the record must say."""

    typed: str
    path: str
    body: Any
    expected: dict[str, Any] = field(default_factory=dict)


CASES = {
    "Open Library": Case(ISBN, "/openlibrary/api/books", OPEN_LIBRARY, BOOK),
    "Library of Congress": Case(
        ISBN, "/loc/sru/lcdb", mods(ISBN), {**BOOK, "publisher-place": "Manchester"}
    ),
    "K10plus": Case(ISBN, "/k10plus/opac-de-627", mods(ISBN, prefix="srw"), BOOK),
    "Google Books": Case(ISBN, "/google_books/books/v1/volumes", GOOGLE, BOOK),
    "Wikidata": Case(
        "Q999999999999",
        "/wikidata/w/api.php",
        WIKIDATA,
        {"type": "book", "title": "The Northern Veto", "issued": "2009", "ISBN": "9780719075520"},
    ),
    "bills": Case(
        "https://bills.parliament.uk/bills/1",
        "/bills/api/v1/Bills/1",
        BILL,
        {
            "type": "bill",
            "title": "Local Democracy, Economic Development and Construction Bill",
            "issued": "2009-11-11",
            "authority": "House of Lords",
            "URL": "https://bills.parliament.uk/bills/1",
        },
    ),
    "committees": Case(
        "https://committees.parliament.uk/publications/1/documents/2/default/",
        "/committees/api/Publications/1",
        COMMITTEE,
        {
            "type": "report",
            "title": "Devolution: the next five years and beyond",
            "author": (Name(literal="Communities and Local Government Committee"),),
            "issued": "2016-02-03",
            "number": "HC 369 (2015-16)",
        },
    ),
    "Hansard": Case(
        "https://hansard.parliament.uk/Commons/2016-07-05/debates/"
        "0a1b2c3d-0000-4000-8000-000000000000/ADebate",
        "/hansard/debates/debate/0a1b2c3d-0000-4000-8000-000000000000.json",
        DEBATE,
        {
            "type": "hearing",
            "title": "A debate",
            "authority": "House of Commons",
            "issued": "2016-07-05",
            "volume": "612",
            "page": "740",
        },
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_source_is_asked_and_its_answer_makes_a_record(server: Loopback, name: str) -> None:
    case = CASES[name]
    server.serve(case.path, answer(case.body))
    record = resolve(case.typed, settings=everywhere(server)).record
    assert {key: of(record, key) for key in case.expected} == case.expected


def answer(body: Any) -> Answer:
    if isinstance(body, bytes):
        return Answer(body, type="application/xml")
    return Answer(json.dumps(body).encode(), type="application/json")


def of(record: Record, name: str) -> Any:
    if name == "type":
        return record.type
    date = record.date(name)
    return record.values.get(name) if date is None else date.edtf()


NOTHING = {
    "Open Library": {},
    "Library of Congress": mods(),
    "K10plus": mods(prefix="srw"),
    "Google Books": {"kind": "books#volumes", "totalItems": 0},
    "Wikidata": {
        "entities": {"Q999999999999": {"id": "Q999999999999", "missing": ""}},
        "success": 1,
    },
    "bills": {"title": None},
    "committees": {},
    "Hansard": {"Overview": None},
}


@pytest.mark.parametrize("name", NOTHING)
def test_where_it_has_nothing_there_is_no_record(server: Loopback, name: str) -> None:
    case = CASES[name]
    server.serve(case.path, answer(NOTHING[name]))
    with pytest.raises(NorthbibError):
        resolve(case.typed, settings=everywhere(server))


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("body", [b"", b"<html>busy</html>", b"[]", b"null", b'{"items": 3}'])
def test_an_answer_of_another_kind_is_one_clear_sentence(
    server: Loopback, name: str, body: bytes
) -> None:
    server.serve(CASES[name].path, Answer(body, type="application/json"))
    with pytest.raises(NorthbibError) as failure:
        resolve(CASES[name].typed, settings=everywhere(server))
    assert "\n" not in str(failure.value)


def test_a_catalogue_with_another_book_is_not_believed(server: Loopback) -> None:
    server.serve("/loc/sru/lcdb", answer(mods("9780719075520")))
    server.serve("/google_books/books/v1/volumes", answer({"items": GOOGLE["items"][:1]}))  # type: ignore[index]
    with pytest.raises(NorthbibError):
        resolve(ISBN, settings=everywhere(server))


def test_libraries_complete_one_another(server: Loopback) -> None:
    bare = {f"ISBN:{ISBN}": {"title": BOOK["title"], "identifiers": {"isbn_13": [ISBN]}}}
    server.serve("/openlibrary/api/books", answer(bare))
    server.serve("/loc/sru/lcdb", answer(mods(ISBN)))
    record = resolve(ISBN, settings=everywhere(server)).record
    assert record.names() == BLAKELEY
    assert record.text("publisher") == "Manchester University Press"
    assert not any(path.startswith("/k10plus") for path in server.asked)


PAGE = "http://ipnorthwest.blogspot.com/2014/10/technorth.html"


@pytest.mark.parametrize(
    ("service", "path"), [("translation", "/translation/web"), ("citoid", None)]
)
def test_a_server_of_the_users_is_asked_where_a_page_cannot_be_read(
    server: Loopback, service: str, path: str | None
) -> None:
    page = server.serve("/blog", Answer(b"forbidden", 403))
    settings = everywhere(server, **{service: f"{server.url}/{service}/"})
    quoted = page.replace(":", "%3A").replace("/", "%2F")
    server.serve(path or f"/citoid/api/rest_v1/data/citation/zotero/{quoted}", answer(ZOTERO))
    record = resolve(page, settings=settings).record
    assert (record.type, record.title) == ("post-weblog", "TechNorth")
    assert record.names() == (Name(family="Lambert", given="Jane"),)
    assert record.text("container-title") == "IP North West"
    if service == "translation":
        assert server.bodies == [page.encode()]


def test_a_translation_server_that_lets_one_choose_gives_no_record(server: Loopback) -> None:
    page = server.serve("/blog", Answer(b"forbidden", 403))
    choice = {"url": page, "session": "x", "items": {"1": "One", "2": "Two"}}
    server.serve("/translation/web", Answer(json.dumps(choice).encode(), 300, "application/json"))
    settings = everywhere(server, translation=f"{server.url}/translation/")
    with pytest.raises(NorthbibError):
        resolve(page, settings=settings)


def test_a_record_of_a_repository_is_read_by_its_address(server: Loopback) -> None:
    url = server.serve("/oai", Answer(OAI.encode(), type="text/xml"))
    asked = f"{url}?verb=GetRecord&metadataPrefix=oai_dc&identifier=x"
    record = resolve(asked, settings=everywhere(server)).record
    assert (record.type, record.title) == ("book", "The Northern Veto")
    assert record.names() == (Name(family="Sandford", given="Mark"),)
    assert (of(record, "issued"), record.text("ISBN")) == ("2009", "9780719075520")


def test_a_repository_that_has_no_such_record_says_so(server: Loopback) -> None:
    error = b"""<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
      <error code="idDoesNotExist">none</error></OAI-PMH>"""
    url = server.serve("/oai", Answer(error, type="text/xml"))
    with pytest.raises(NotFoundError, match="no such record"):
        resolve(f"{url}?verb=GetRecord&metadataPrefix=oai_dc", settings=everywhere(server))


def test_an_export_of_a_repository_is_read_by_its_address(server: Loopback) -> None:
    path = "/cgi/export/eprint/1/XML/one.xml"
    url = server.serve(path, Answer(EPRINTS.encode(), type="text/xml"))
    record = resolve(url, settings=everywhere(server)).record
    assert (record.type, record.title) == ("book", "The Northern Veto")
    assert record.names("editor") == (Name(family="Sandford", given="Mark"),)
    assert record.text("ISBN") == "9780719075520"


def test_the_converter_of_pmc_finds_the_doi_where_the_exporter_fails(server: Loopback) -> None:
    doi = "10.1080/00343404.2016.1196289"
    converted = {"status": "ok", "records": [{"pmcid": "PMC2883744", "doi": doi}]}
    server.serve("/pmc/tools/idconv/api/v1/articles/", answer(converted))
    server.serve("/doi/ra/10.1080", answer([{"DOI": "10.1080", "RA": "Crossref"}]))
    work = {"status": "ok", "message": {"title": ["Powerhouse of cards?"], "DOI": doi}}
    server.serve(f"/crossref/works/{doi}", answer(work))
    record = resolve("PMC2883744", settings=everywhere(server)).record
    assert (record.title, record.text("DOI")) == ("Powerhouse of cards?", doi)
