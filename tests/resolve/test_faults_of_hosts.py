"""Each fault of a host: what the fetcher makes of it, and that no record comes of it."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING, Any

import loopback_faults as faults
import pytest
from loopback import Answer, Loopback, csl_json, fetched, html, redirect
from loopback_faults import PAGE
from loopback_tls import Authority

from northbib.errors import NorthbibError
from northbib.resolve import Settings, resolve

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("no_litter")

DOI = "10.1080/00343404.2016.1196289"
ARTICLE = f"""<title>Powerhouse of cards?</title>
<meta name="citation_title" content="Powerhouse of cards? Understanding the Northern Powerhouse">
<meta name="citation_author" content="Lee, N."><meta name="citation_doi" content="{DOI}">
<meta name="citation_journal_title" content="Regional Studies">"""

FAULTS: dict[str, tuple[Any, str, str]] = {
    "slow first byte": (faults.slow_first_byte, "timeout", "no answer for 0.3 seconds"),
    "stall in the middle": (faults.stall, "timeout", "no answer for 0.3 seconds"),
    "drip of a body": (
        lambda server: faults.drip(server, b"HTTP/1.1 200 OK\r\n\r\n"),
        "timeout",
        "no whole answer within 0.6 seconds",
    ),
    "drip of headers": (
        lambda server: faults.drip(server, b"HTTP/1.1 200 OK\r\nX: "),
        "timeout",
        "no whole answer within 0.6 seconds",
    ),
    "reset": (faults.reset, "broken", "broken off"),
    "truncated": (faults.truncated, "broken", "broken off"),
    "longer than said": (faults.length_too_small, "broken", "more came than"),
    "chunk missing": (faults.chunk_missing, "broken", "broken off"),
    "chunk too short": (faults.chunk_too_short, "broken", "broken off"),
    "chunk of negative size": (faults.chunk_size_negative, "broken", "broken off"),
    "chunk of no size": (faults.chunk_size_no_number, "broken", "broken off"),
    "no HTTP": (faults.no_http, "broken", "broken off"),
    "nothing at all": (faults.nothing, "broken", "broken off"),
    "broken gzip": (faults.broken_gzip, "damaged", "damaged"),
    "truncated gzip": (faults.truncated_gzip, "broken", "broken off"),
    "gzip that is none": (faults.not_gzip, "damaged", "damaged"),
    "redirect to itself": (redirect("/a"), "redirects", "more than 8 redirects"),
    "redirect to a file": (redirect("file:///etc/passwd"), "redirects", "not a web address"),
    "redirect to nowhere": (redirect("http://[::1"), "redirects", "not a web address"),
    "redirect to a host that is not there": (
        redirect("http://northern.invalid/"),
        "dns",
        "could not be looked up",
    ),
    "server error": (Answer(b"oh dear", 500), "status", "HTTP status 500"),
    "bad gateway": (Answer(b"", 502), "status", "HTTP status 502"),
    "not available": (Answer(b"", 503), "status", "HTTP status 503"),
    "not for guests": (Answer(b"", 401), "status", "HTTP status 401"),
    "redirect without a target": (Answer(b"", 302), "status", "HTTP status 302"),
}


def behaviour(server: Loopback, fault: str) -> Any:
    """Give the behaviour of a fault."""
    made: Callable[[Loopback], Any] = FAULTS[fault][0]
    takes_server = fault.startswith(("slow", "stall", "drip"))
    return made(server) if takes_server else made


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_one_clear_sentence_in_time(server: Loopback, fault: str) -> None:
    url = server.serve("/a", behaviour(server, fault))
    begin = time.monotonic()
    result = fetched(url, server.settings(read_timeout=0.3, total_timeout=0.6))
    assert time.monotonic() - begin < 3
    assert (result.outcome, result.kind) == ("error", FAULTS[fault][1])
    sentence = str(result.error())
    assert FAULTS[fault][2] in sentence
    assert "\n" not in sentence
    assert "Error" not in sentence
    assert "(" not in result.reason


NO_RECORDS: dict[str, Any] = {
    "too many requests": faults.limited(None),
    "too many requests, wait": faults.limited("3600"),
    "bots are not welcome": faults.challenge,
    "plain 403": Answer(b"no", 403),
    "a challenge with status 200": html("<title>Just a moment...</title>"),
    "a page in place of a record": html("<title>Log in</title>"),
    "JSON that ends early": csl_json('{"title": "Powerhouse of ca'),
    "JSON of the wrong shape": csl_json('{"message": [1, 2]}'),
    "a list of nothing": csl_json("[]"),
    "a number": csl_json("12"),
    "no JSON": csl_json("Resource not found."),
    "JSON nested too deep": csl_json("[" * 50_000),
    "nothing": csl_json(""),
    "a picture": Answer(b"\x89PNG\r\n", type="image/png"),
}


@pytest.mark.parametrize("fault", [*FAULTS, *NO_RECORDS])
def test_no_fault_makes_a_record(server: Loopback, fault: str) -> None:
    behave = NO_RECORDS[fault] if fault in NO_RECORDS else behaviour(server, fault)
    server.serve(f"/{DOI}", behave)
    with pytest.raises(NorthbibError) as caught:
        resolve(DOI, settings=server.settings(read_timeout=0.3, total_timeout=0.6))
    assert "\n" not in str(caught.value)
    assert caught.value.exit_status in (3, 4, 5)


@pytest.mark.parametrize("fault", [*FAULTS, *NO_RECORDS])
def test_where_a_registry_fails_the_page_speaks_for_itself(server: Loopback, fault: str) -> None:
    behave = NO_RECORDS[fault] if fault in NO_RECORDS else behaviour(server, fault)
    server.serve(f"/{DOI}", behave)
    url = server.serve("/article", html(ARTICLE))
    settings = server.settings(read_timeout=0.3, total_timeout=0.6)
    resolution = resolve(url, settings=settings)
    assert resolution.record.text("container-title") == "Regional Studies"
    assert [finding.code for finding in resolution.findings] == ["doi-not-resolved"]


TLS = {
    "expired": (Authority.expired, "has expired"),
    "another host": (lambda authority: authority.good("example.org"), "that of another host"),
    "self-signed": (Authority.self_signed, "signed by nobody"),
}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.mark.parametrize("fault", TLS)
def test_a_certificate_that_is_not_right_is_refused_and_said_why(
    authority: Authority, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.bundle))
    context, says = TLS[fault]
    with Loopback(context(authority)) as server:
        url = server.serve("/a", html(PAGE))
        result = fetched(url, server.settings())
        assert (result.outcome, result.kind) == ("error", "tls")
        assert says in result.reason
        assert server.asked == []


def test_a_good_certificate_of_an_authority_of_ones_own_is_taken(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Loopback(authority.good()) as server:
        url = server.serve("/a", html(PAGE))
        assert fetched(url, server.settings()).kind == "tls"
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.bundle))
        assert fetched(url, server.settings()).outcome == "found"


@pytest.mark.parametrize("fault", ["reset", "truncated", "stall in the middle", "longer than said"])
def test_faults_are_seen_through_tls_as_well(
    authority: Authority, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.bundle))
    with Loopback(authority.good()) as server:
        url = server.serve("/a", behaviour(server, fault))
        result = fetched(url, server.settings(read_timeout=0.3, total_timeout=0.6))
        assert (result.outcome, result.kind) == ("error", FAULTS[fault][1])


def test_a_proxy_leads_to_a_safe_connection_and_faults_are_seen_through_it(
    server: Loopback, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.bundle))
    monkeypatch.setenv("https_proxy", server.url)
    with Loopback(authority.good()) as safe:
        url = safe.serve("/a", html(PAGE))
        assert fetched(url, server.settings()).outcome == "found"
        assert server.asked == [f"127.0.0.1:{safe.port}"]
        safe.serve("/a", faults.truncated)
        assert fetched(url, server.settings()).kind == "broken"
        safe.serve("/a", faults.drip(safe, b"HTTP/1.1 200 OK\r\n\r\n"))
        assert fetched(url, server.settings(total_timeout=0.5)).kind == "timeout"
        closed = fetched(url, server.settings(allow_private=False, bases={}))
        assert closed.kind == "refused"


def test_a_proxy_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    result = fetched("http://northern.invalid/", Settings(total_timeout=2))
    assert (result.kind, result.reason) == (
        "unreachable",
        "the proxy could not be reached, or refused",
    )


def test_a_handshake_that_never_ends_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        begin = time.monotonic()
        settings = Settings(allow_private=True, read_timeout=0.3, total_timeout=0.6)
        assert fetched(url, settings).kind == "timeout"
        assert time.monotonic() - begin < 2
