"""Whom each kind of identifier is asked of, over a real server that stands in for all of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from loopback import Answer, Loopback, csl_json, html, loopback

from northbib.errors import NotFoundError, UsageError
from northbib.records import Date, Day, Name
from northbib.resolve import Settings, resolve
from northbib.resolve.http.services import SERVICES
from northbib.resolve.recognition import Identifier, recognise
from northbib.resolve.sources import SOURCES, load, sources_for
from northbib.resolve.sources.crossref_match import score

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOI = "10.1080/00343404.2016.1196289"
TITLE = "Powerhouse of cards? Understanding the ‘Northern Powerhouse’"
LEE = {
    "type": "journal-article",
    "title": [TITLE],
    "author": [{"family": "Lee", "given": "Neil"}],
    "container-title": ["Regional Studies"],
    "published-print": {"date-parts": [[2017]]},
    "volume": "51",
    "DOI": DOI,
}
WORK = {"status": "ok", "message": LEE}

LOCALISM = b"""<Legislation xmlns="http://www.legislation.gov.uk/namespaces/legislation"
      IdURI="http://www.legislation.gov.uk/id/ukpga/2011/20">
      <m:Metadata xmlns:m="http://www.legislation.gov.uk/namespaces/metadata"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Localism Act 2011</dc:title>
      <m:DocumentMainType Value="UnitedKingdomPublicGeneralAct"/><m:Year Value="2011"/>
      <m:Number Value="20"/><m:EnactmentDate Date="2011-11-15"/></m:Metadata></Legislation>"""


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


def everywhere(server: Loopback) -> Settings:
    """Give settings under which the server stands in for every service."""
    return server.settings(bases={name: f"{server.url}/{name}/" for name in SERVICES})


def serve_json(server: Loopback, path: str, value: object) -> None:
    server.serve(path.partition("?")[0], Answer(json.dumps(value).encode(), 200))


def test_a_doi_is_asked_of_its_registration_agency(server: Loopback) -> None:
    serve_json(server, "/doi/ra/10.1080", [{"DOI": "10.1080", "RA": "Crossref"}])
    serve_json(server, f"/crossref/works/{DOI}", WORK)
    resolution = resolve(DOI, settings=everywhere(server))
    assert resolution.record.title == TITLE
    assert resolution.record.names() == (Name(family="Lee", given="Neil"),)
    assert resolution.claims["title"][0].source == "registry:crossref"
    assert server.asked == ["/doi/ra/10.1080", f"/crossref/works/{DOI}"]


def test_content_negotiation_helps_out_where_an_agency_has_no_answer(server: Loopback) -> None:
    serve_json(server, "/doi/ra/10.1080", [{"DOI": "10.1080", "RA": "Crossref"}])
    server.serve(f"/crossref/works/{DOI}", Answer(b"Resource not found.", 404))
    server.serve(f"/doi/{DOI}", csl_json(json.dumps(LEE)))
    assert resolve(DOI, settings=everywhere(server)).record.title == TITLE


def test_a_prefix_that_nobody_has_is_said(server: Loopback) -> None:
    serve_json(server, "/doi/ra/10.99999", [{"DOI": "10.99999", "status": "DOI does not exist"}])
    with pytest.raises(NotFoundError, match="no such DOI"):
        resolve("10.99999/x", settings=everywhere(server))
    assert server.asked == ["/doi/ra/10.99999"]


def test_a_pmid_leads_to_the_doi_and_both_make_one_record(server: Loopback) -> None:
    path = "/ncbi/lit/ctxp/v1/pubmed/?format=csl&id=19129924"
    serve_json(
        server, path, {**LEE, "title": f"{TITLE}.", "PMID": "19129924", "type": "article-journal"}
    )
    serve_json(server, "/doi/ra/10.1080", [{"DOI": "10.1080", "RA": "Crossref"}])
    serve_json(server, f"/crossref/works/{DOI}", WORK)
    resolution = resolve("PMID:19129924", settings=everywhere(server))
    assert resolution.record.text("PMID") == "19129924"
    assert resolution.record.date() == Date(Day(2017))
    sources = {claim.source for claim in resolution.claims["title"]}
    assert sources == {"registry:ncbi", "registry:crossref"}


def test_a_law_is_asked_by_its_citation(server: Loopback) -> None:
    server.serve("/legislation/ukpga/2011/20/contents/data.xml", Answer(LOCALISM, 200))
    record = resolve("2011 c. 20", settings=everywhere(server)).record
    assert (record.type, record.title) == ("legislation", "Localism Act 2011")
    assert record.text("number") == "2011 c. 20"
    assert record.date() == Date(Day(2011, 11, 15))
    assert record.text("URL") == "https://www.legislation.gov.uk/ukpga/2011/20"


def test_a_title_that_matches_clearly_is_taken_and_another_is_not(server: Loopback) -> None:
    serve_json(server, "/crossref/works", {"status": "ok", "message": {"items": [LEE]}})
    assert resolve(TITLE, settings=everywhere(server)).record.text("DOI") == DOI
    with pytest.raises(NotFoundError, match=f"no work matches surely.*{DOI}"):
        resolve("Cards and powerhouses of the north", settings=everywhere(server))
    claims = load("crossref").read(_response(WORK), Identifier("doi", DOI)).claims
    assert (
        score(
            "Lee, N. (2017) Powerhouse of cards? Understanding the ‘Northern Powerhouse’, "
            "Regional Studies, 51",
            claims,
        )
        > 0.9
    )
    assert score("The Northern Powerhouse and its history", claims) < 0.5
    assert score(TITLE.upper(), claims) > 0.9


def test_laws_of_one_title_are_offered_and_none_is_guessed(server: Loopback) -> None:
    listed = "".join(
        f'<li><a href="https://www.legislation.gov.uk/ukpga/{year}/1">Localism Act {year}</a></li>'
        for year in (2011, 2012)
    )
    server.serve("/legislation/id", html(f"<ul>{listed}</ul>", 300))
    with pytest.raises(NotFoundError, match="ukpga/2011/1 is Localism Act 2011"):
        resolve("A New Localism Act 2011", settings=everywhere(server))


def test_a_short_title_leads_to_its_act(server: Loopback) -> None:
    server.serve("/legislation/ukpga/2011/20/contents/data.xml", Answer(LOCALISM, 200))
    link = '<a href="http://www.legislation.gov.uk/id/ukpga/2011/20">Localism Act 2011</a>'
    server.serve("/legislation/id", html(f"<ul><li>{link}</li></ul>", 300))
    record = resolve("Localism Act 2011", settings=everywhere(server)).record
    assert record.text("number") == "2011 c. 20"


def test_a_book_of_another_isbn_is_not_taken(server: Loopback) -> None:
    book = {"volumeInfo": {"title": "Another", "industryIdentifiers": [{"identifier": "x"}]}}
    serve_json(server, "/google_books/books/v1/volumes?q=isbn:9781859352694", {"items": [book]})
    with pytest.raises(NotFoundError):
        resolve("9781859352694", settings=everywhere(server))


def test_a_page_of_gov_uk_is_read_from_its_content_api(server: Loopback) -> None:
    path = "/government/news/a-piece-of-news"
    serve_json(
        server,
        f"/govuk/api/content{path}",
        {
            "base_path": path,
            "document_type": "press_release",
            "title": "A piece of news",
            "first_published_at": "2014-06-23T10:00:00.000+00:00",
            "public_updated_at": "2015-01-02T10:00:00.000+00:00",
            "links": {
                "organisations": [{"title": "Cabinet Office"}, {"title": "HM Treasury"}],
                "primary_publishing_organisation": [{"title": "HM Treasury"}],
                "people": [{"title": "The Rt Hon George Osborne MP"}],
            },
        },
    )
    record = resolve(f"https://www.gov.uk{path}", settings=everywhere(server)).record
    assert record.names() == (Name(literal="HM Treasury"), Name(literal="Cabinet Office"))
    assert record.date() == Date(Day(2014, 6, 23))
    assert record.text("genre") == "Press release"


def test_a_handle_leads_to_the_page_it_stands_for(server: Loopback) -> None:
    page = server.serve("/thesis/6240", html("<title>A thesis</title><h1>A thesis</h1>"))
    value = {"type": "URL", "data": {"value": page}}
    serve_json(
        server, "/handle/api/handles/2159/6240?type=URL", {"responseCode": 1, "values": [value]}
    )
    assert resolve("hdl:2159/6240", settings=everywhere(server)).record.title == "A thesis"


def test_every_kind_of_identifier_has_a_source() -> None:
    texts = (
        f"{DOI}|9781859352694|0034-3404|1707.08567|PMID:1|PMC2883744|hdl:2159/6240|W97658052|Q42"
        "|2011 c. 20|https://www.bbc.co.uk/news|three words here"
    )
    assert all(sources_for(recognise(text)) for text in texts.split("|"))


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"<html><p>busy</p>", b"\xff\xfe", b"[[[[" * 9999]
)
def test_an_answer_of_the_wrong_shape_is_an_error_in_one_sentence(name: str, body: bytes) -> None:
    source = load(name)
    kinds = {"text": "three words here", "url": "https://www.gov.uk/a", "wikidata": "Q42"}
    response = _raw(body)
    for kind, value in {"doi": DOI, "isbn": "9781859352694", **kinds}.items():
        identifier = Identifier(kind, value)  # type: ignore[arg-type]
        if source.recognises(identifier):
            with pytest.raises((NotFoundError, UsageError, Exception)) as caught:
                source.read(response, identifier)
            assert caught.type.__module__ == "northbib.errors"


def test_another_distribution_can_add_a_source(
    tmp_path: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shelf_of_mine.py").write_text(SHELF, encoding="utf-8")
    info = tmp_path / "shelf_of_mine-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shelf-of-mine\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[northbib.sources]\nshelf = shelf_of_mine\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    from northbib.resolve import sources

    sources._added.cache_clear()
    try:
        page = server.serve("/shelf/7", html("a book on my shelf"))
        resolution = resolve(page, settings=everywhere(server))
    finally:
        sources._added.cache_clear()
    assert resolution.record.title == "Found on my shelf"
    assert resolution.claims["title"][0].confidence == 0.5


SHELF = """
from northbib.resolve.claims import Answer, Claim
from northbib.resolve.http.results import Request

NAME = "shelf"
SURE = 0.5


def recognises(identifier):
    return identifier.kind == "url" and "/shelf/" in identifier.value


def requests(identifier, address_of):
    return (Request(identifier.value),)


def read(response, identifier):
    return Answer((Claim("title", "Found on my shelf", "shelf"),), response.url)
"""


def _response(value: object):  # type: ignore[no-untyped-def]
    return _raw(json.dumps(value).encode())


def _raw(body: bytes):  # type: ignore[no-untyped-def]
    from northbib.resolve.http.results import Response

    return Response("https://www.gov.uk/a", 200, body)
