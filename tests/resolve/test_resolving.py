"""From what a user pastes to a record, over a real server on loopback."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from loopback import Answer, Loopback, csl_json, html, loopback, redirect
from loopback_faults import reset

import northbib
from northbib.errors import InputError, NetworkError, NorthbibError, NotFoundError, UsageError
from northbib.records import Date, Day, Name
from northbib.resolve import Settings, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOI = "10.1080/00343404.2016.1196289"
LEE = {
    "type": "journal-article",
    "title": "Powerhouse of cards? Understanding the ‘Northern Powerhouse’",
    "author": [{"family": "Lee", "given": "Neil"}],
    "container-title": "Regional Studies",
    "issued": {"date-parts": [[2017]]},
    "volume": "51",
    "issue": "3",
    "page": "478-489",
    "DOI": DOI,
}
JSON = json.dumps(LEE)
TITLE = "Can a northern tech cluster take off?"
STORY = f"""<title>{TITLE} - BBC News</title><meta property="og:site_name" content="BBC News">
<meta name="author" content="Rory Cellan-Jones"><meta property="og:type" content="article">
<meta property="article:published_time" content="2014-10-23T11:00:00Z">"""
ARTICLE = f"""<title>Powerhouse of cards?</title>
<meta name="citation_title" content="Powerhouse of cards? Understanding the ‘Northern Powerhouse’">
<meta name="citation_author" content="Lee, N."><meta name="citation_doi" content="{DOI}">
<meta name="citation_journal_title" content="Regional Studies">"""


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


def test_a_doi_becomes_a_record(server: Loopback) -> None:
    server.serve(f"/{DOI}", redirect("/v1/works/lee/transform"))
    server.serve("/v1/works/lee/transform", csl_json(JSON))
    resolution = resolve(f"https://doi.org/{DOI}", settings=server.settings())
    assert resolution.record.type == "article-journal"
    assert resolution.record.names() == (Name(family="Lee", given="Neil"),)
    assert resolution.record.text("DOI") == DOI
    assert "URL" not in resolution.record.values
    assert resolution.findings == ()
    accepts = server.headers("/v1/works/lee/transform")["Accept"]
    assert accepts.startswith("application/vnd.citationstyles.csl+json")


@pytest.mark.parametrize(
    ("doi", "path"),
    [
        ("10.1016/S1574-0080(04)80005-1", "/10.1016/s1574-0080%2804%2980005-1"),
        ("10.1000/456#789", "/10.1000/456%23789"),  # the example of the DOI Handbook
    ],
)
def test_signs_in_a_doi_are_encoded_on_the_way(server: Loopback, doi: str, path: str) -> None:
    with pytest.raises(NotFoundError):
        resolve(doi, settings=server.settings())
    assert server.asked[1:] == [path]


def test_a_web_page_becomes_a_record_with_its_day_of_access(server: Loopback) -> None:
    url = server.serve("/news/technology-29737066", html(STORY))
    resolution = resolve(
        f"{url}?utm_source=x", settings=server.settings(), today=datetime.date(2016, 2, 3)
    )
    record = resolution.record
    assert record.title == TITLE
    assert record.names() == (Name(family="Cellan-Jones", given="Rory"),)
    assert record.date() == Date(Day(2014, 10, 23))
    assert record.date("accessed") == Date(Day(2016, 2, 3))
    assert record.text("URL") == url
    assert resolution.source == url


def test_a_page_from_the_cache_was_accessed_when_it_was_fetched(
    server: Loopback, tmp_path: Path
) -> None:
    url = server.serve("/news/technology-29737066", html(STORY))
    settings = server.settings(cache=tmp_path / "answers.sqlite")
    fetch = datetime.datetime.now(datetime.UTC).astimezone().date()
    later = fetch + datetime.timedelta(days=3)
    for today in (fetch, later):
        record = resolve(url, settings=settings, today=today).record
        assert record.date("accessed") == Date(Day(fetch.year, fetch.month, fetch.day))
    assert len(server.asked) == 1


def test_the_same_answers_make_the_same_record(server: Loopback) -> None:
    url = server.serve("/a", html(STORY))
    first, second = (resolve(url, settings=server.settings()).record for _ in range(2))
    assert first == second
    assert "accessed" not in first.values


def test_each_field_knows_its_source_and_its_rivals(server: Loopback) -> None:
    server.serve(f"/{DOI}", csl_json(JSON))
    url = server.serve("/article", html(ARTICLE))
    claims = resolve(url, settings=server.settings()).claims
    assert [claim.source for claim in claims["author"]] == ["registry:doi", "page:highwire"]
    assert claims["author"][0].value == (Name(family="Lee", given="Neil"),)
    assert claims["URL"][0].source == "page:final"


def test_the_registry_wins_over_the_page_that_states_the_doi(server: Loopback) -> None:
    server.serve(f"/{DOI}", csl_json(JSON))
    url = server.serve("/article", html(ARTICLE))
    resolution = resolve(url, settings=server.settings())
    assert resolution.record.names() == (Name(family="Lee", given="Neil"),)
    assert resolution.record.text("volume") == "51"
    assert resolution.record.text("URL") == url
    assert resolution.findings == ()


def test_without_the_registry_the_page_speaks_for_itself_with_a_warning(server: Loopback) -> None:
    server.serve(f"/{DOI}", Answer(b"down", 503))
    url = server.serve("/article", html(ARTICLE))
    resolution = resolve(url, settings=server.settings())
    assert resolution.record.text("DOI") == DOI
    assert resolution.record.text("container-title") == "Regional Studies"
    (finding,) = resolution.findings
    assert (finding.code, finding.severity) == ("doi-not-resolved", "warning")
    assert "503" in finding.message


def test_the_doi_of_another_work_on_a_page_is_left_out(server: Loopback) -> None:
    server.serve(f"/{DOI}", csl_json(json.dumps({**LEE, "title": "Something else altogether"})))
    url = server.serve("/article", html(ARTICLE))
    resolution = resolve(url, settings=server.settings())
    assert "DOI" not in resolution.record.values
    assert "volume" not in resolution.record.values
    assert [finding.code for finding in resolution.findings] == ["doi-of-another-work"]


def test_an_agency_without_records_leads_to_the_page_of_the_work(server: Loopback) -> None:
    server.serve(f"/{DOI}", redirect("/article"))
    server.serve("/article", html(ARTICLE))
    resolution = resolve(DOI, settings=server.settings())
    assert resolution.record.text("DOI") == DOI
    assert resolution.record.title.startswith("Powerhouse of cards?")
    assert [finding.code for finding in resolution.findings] == ["no-registry-record"]


def test_an_agency_that_does_not_speak_csl_is_asked_for_the_page(server: Loopback) -> None:
    def picky(handler: object) -> None:
        accept = server.headers(f"/{DOI}")["Accept"]
        answer = html(ARTICLE) if "html" in accept else Answer(b"", 406)
        answer(handler)  # type: ignore[arg-type]

    server.serve(f"/{DOI}", picky)
    assert resolve(DOI, settings=server.settings()).record.text("DOI") == DOI


def test_a_doi_that_leads_to_the_page_of_another_work_is_refused(server: Loopback) -> None:
    other = ARTICLE.replace(DOI, "10.1086/261763")
    server.serve(f"/{DOI}", html(other))
    with pytest.raises(InputError, match=r"another work, 10\.1086/261763"):
        resolve(DOI, settings=server.settings())


@pytest.mark.parametrize("status", [400, 404, 410])
def test_a_doi_that_is_not_there_is_not_found(server: Loopback, status: int) -> None:
    server.serve(f"/{DOI}", html("<title>DOI Not Found</title>", status))
    with pytest.raises(NotFoundError, match=f"there is no such DOI: {DOI}"):
        resolve(DOI, settings=server.settings())


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (html("<title>Just a moment...</title>"), InputError),
        (html("<title>Page not found</title>"), NotFoundError),
        (csl_json("Resource not found."), InputError),
        (csl_json('{"status": "ok", "message": {}}'), InputError),
        (csl_json('["a", "b"]'), InputError),
        (csl_json(JSON[:50]), InputError),
        (Answer(b"", type="application/json"), InputError),
        (Answer(b"slow down", 429), NetworkError),
        (Answer(b"oh dear", 500), NetworkError),
        (reset, NetworkError),
        (redirect(f"/{DOI}"), NetworkError),
        (redirect("http://169.254.169.254/"), NetworkError),
    ],
)
def test_a_bad_answer_is_one_clear_error_and_never_a_record(
    server: Loopback, behaviour: Answer, error: type[NorthbibError]
) -> None:
    server.serve(f"/{DOI}", behaviour)
    with pytest.raises(error) as caught:
        resolve(DOI, settings=server.settings(connect_timeout=0.3))
    assert "\n" not in str(caught.value)
    assert str(caught.value.where).startswith("http")


def test_something_else_than_a_page_is_named(server: Loopback) -> None:
    url = server.serve("/a.pdf", Answer(b"%PDF-1.4", type="application/pdf"))
    with pytest.raises(InputError, match="no web page but application/pdf"):
        resolve(url, settings=server.settings())


def test_what_stands_in_for_a_page_does_not_speak_for_it(server: Loopback) -> None:
    url = server.serve("/a.pdf", Answer(b"%PDF-1.4", type="application/pdf"))
    settings = server.settings(bases={"translation": f"{server.url}/none/"})
    with pytest.raises(InputError, match="no web page but application/pdf"):
        resolve(url, settings=settings)


def test_a_blocked_publisher_is_circumvented_by_the_doi_in_its_address(server: Loopback) -> None:
    url = server.serve(f"/doi/full/{DOI}", Answer(b"<title>Just a moment...</title>", 403))
    server.serve(f"/{DOI}", csl_json(JSON))
    resolution = resolve(url, settings=server.settings())
    assert resolution.record.text("volume") == "51"
    assert [finding.code for finding in resolution.findings] == ["page-not-read"]


def test_a_blocked_page_whose_doi_fails_too_is_told_by_the_page(server: Loopback) -> None:
    url = server.serve(f"/doi/full/{DOI}", Answer(b"no", 403))
    with pytest.raises(NetworkError, match="HTTP status 403"):
        resolve(url, settings=server.settings())


def test_a_saved_page_is_read_in_place_of_fetching_it(server: Loopback) -> None:
    url = f"{server.url}/news/technology-29737066"
    record = resolve(url, settings=server.settings(), page=STORY.encode()).record
    assert record.title == TITLE
    assert server.asked == []


def test_a_saved_page_that_is_too_large_is_refused() -> None:
    with pytest.raises(InputError, match="larger than"):
        resolve("https://example.org/", settings=Settings(max_bytes=10), page=b"x" * 11)


def test_what_is_no_source_is_refused_before_anything_is_fetched() -> None:
    with pytest.raises(UsageError, match="neither an identifier nor"):
        resolve("Powerhouse", settings=Settings())


def test_loopback_is_refused_unless_a_setting_opens_it(server: Loopback) -> None:
    url = server.serve("/a", html(STORY))
    with pytest.raises(NetworkError, match="not an address of the public internet"):
        resolve(url, settings=Settings())
    assert server.asked == []


def test_the_environment_sets_whom_to_ask_and_who_asks(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.serve(f"/{DOI}", csl_json(JSON))
    monkeypatch.setenv("NORTHBIB_DOI_URL", server.url)
    monkeypatch.setenv("NORTHBIB_ALLOW_PRIVATE", "1")
    monkeypatch.setenv("NORTHBIB_MAILTO", "someone@example.org")
    assert resolve(DOI).record.year == 2017
    assert "mailto:someone@example.org" in server.headers(f"/{DOI}")["User-Agent"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DOI_URL", "doi.org"),
        ("MAILTO", "me"),
        ("MAILTO", "a@b\r\nX: y"),
        ("TIMEOUT", "soon"),
        ("TIMEOUT", "0"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"NORTHBIB_{name}"):
        Settings.from_environment({f"NORTHBIB_{name}": value})


def test_the_package_is_a_function_too_that_gives_the_record(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.serve(f"/{DOI}", csl_json(JSON))
    monkeypatch.setenv("NORTHBIB_DOI_URL", server.url)
    monkeypatch.setenv("NORTHBIB_ALLOW_PRIVATE", "1")
    # The name is that of this package as well, once anything has imported it.
    assert northbib.resolve(DOI).year == northbib.resolve(DOI).year == 2017


def test_the_package_alone_loads_neither_requests_nor_lxml() -> None:
    code = (
        "import sys, northbib.resolve; "
        "print(sorted({'requests', 'urllib3', 'lxml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
