"""Asking hosts, and what is asked."""

from __future__ import annotations

import gzip
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from loopback import Answer, Handler, Loopback, fetched, html, redirect
from loopback_faults import PAGE, slow_first_byte

from northbib.errors import NetworkError, NorthbibError, NotFoundError
from northbib.resolve import Settings
from northbib.resolve.http.fetcher import Fetcher
from northbib.resolve.http.results import Request
from northbib.version import __version__

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response


def whole(url: str, settings: Settings) -> Response:
    return fetched(url, settings).require()


def test_a_page_comes_with_its_address_status_and_headers(server: Loopback) -> None:
    url = server.serve("/a", html(PAGE))
    response = whole(url, server.settings())
    assert (response.url, response.status, response.body) == (url, 200, PAGE.encode())
    assert response.content_type == "text/html"


def test_every_host_is_told_who_asks_but_only_registries_are_told_the_users_address(
    server: Loopback,
) -> None:
    server.serve("/a", html(PAGE))
    settings = server.settings(mailto="someone@example.org")
    whole(f"{server.url}/a", settings)
    assert server.headers("/a")["User-Agent"] == (
        f"northbib/{__version__} (mailto:someone@example.org)"
    )
    elsewhere = server.settings(mailto="someone@example.org", bases={})
    whole(f"{server.url}/a", elsewhere)
    assert server.headers("/a")["User-Agent"] == f"northbib/{__version__}"


def test_redirects_are_followed_to_their_end(server: Loopback) -> None:
    server.serve("/a", redirect("/b?x=1", 301))
    server.serve("/b", redirect("c", 303))
    server.serve("/c", html(PAGE))
    assert whole(f"{server.url}/a", server.settings()).url == f"{server.url}/c"
    assert server.asked == ["/a", "/b?x=1", "/c"]


def test_redirects_without_end_are_given_up(server: Loopback) -> None:
    server.serve("/a", redirect("/b"))
    server.serve("/b", redirect("/a"))
    with pytest.raises(NetworkError, match="more than 3 redirects"):
        whole(f"{server.url}/a", server.settings(max_redirects=3))
    assert len(server.asked) == 4


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(PAGE.encode(), mtime=0)),
        (
            "gzip",
            gzip.compress(PAGE[:5].encode(), mtime=0) + gzip.compress(PAGE[5:].encode(), mtime=0),
        ),
        ("deflate", zlib.compress(PAGE.encode())),
        ("deflate", _raw_deflate(PAGE.encode())),
        ("identity", PAGE.encode()),
    ],
)
def test_packed_answers_are_unpacked(server: Loopback, encoding: str, packed: bytes) -> None:
    url = server.serve("/a", Answer(packed, headers={"Content-Encoding": encoding}))
    assert whole(url, server.settings()).body == PAGE.encode()


@pytest.mark.parametrize(
    ("status", "error", "says"),
    [
        (404, NotFoundError, "no such page"),
        (410, NotFoundError, "gone"),
        (401, NetworkError, "members only"),
        (403, NetworkError, "save the page"),
        (429, NetworkError, "try again in 7 seconds"),
        (500, NetworkError, "HTTP status 500"),
        (503, NetworkError, "try again later"),
        (418, NetworkError, "HTTP status 418"),
    ],
)
def test_an_error_status_is_told_in_words(
    server: Loopback, status: int, error: type[NorthbibError], says: str
) -> None:
    url = server.serve("/a", Answer(b"x", status, headers={"Retry-After": "7"}))
    with pytest.raises(error, match=says):
        whole(url, server.settings())


def test_a_second_request_uses_the_connection_of_the_first(server: Loopback) -> None:
    server.serve("/a", redirect("/b"))
    url = server.serve("/b", html(PAGE))
    with Fetcher(server.settings()) as fetcher:
        outcomes = [fetcher.get(address).outcome for address in (f"{server.url}/a", url, url)]
    assert outcomes == ["found"] * 3
    assert server.connections == 1


def test_what_is_asked_for_twice_at_a_time_is_asked_once(server: Loopback) -> None:
    def slow(handler: Handler) -> None:
        server.pause(0.2)
        html(PAGE)(handler)

    url = server.serve("/a", slow)
    with Fetcher(server.settings()) as fetcher, ThreadPoolExecutor(8) as threads:
        results = list(threads.map(fetcher.get, [url] * 8))
    assert [result.outcome for result in results] == ["found"] * 8
    assert server.asked == ["/a"]


def test_what_is_sent_goes_by_post(server: Loopback) -> None:
    url = server.serve("/web", html(PAGE))
    asked = Request(url, body=b"https://www.gov.uk/", body_type="text/plain", keep="never")
    assert fetched(asked, server.settings()).outcome == "found"
    assert server.bodies == [b"https://www.gov.uk/"]
    assert server.headers("/web")["Content-Type"] == "text/plain"


@pytest.mark.parametrize(
    ("status", "bodies"), [(301, [b"x"]), (303, [b"x"]), (307, [b"x", b"x"]), (308, [b"x", b"x"])]
)
def test_a_redirect_asks_by_get_unless_its_status_says_otherwise(
    server: Loopback, status: int, bodies: list[bytes]
) -> None:
    url = server.serve("/a", redirect("/b", status))
    server.serve("/b", html(PAGE))
    assert fetched(Request(url, body=b"x", keep="never"), server.settings()).outcome == "found"
    assert [body for body in server.bodies if body] == bodies


def test_cookies_last_for_the_redirects_of_one_request(server: Loopback) -> None:
    def door(handler: Handler) -> None:
        if "seen=1" in handler.headers.get("Cookie", ""):
            html(PAGE)(handler)
        else:
            Answer(b"", 302, headers={"Location": "/a", "Set-Cookie": "seen=1"})(handler)

    url = server.serve("/a", door)
    with Fetcher(server.settings()) as fetcher:
        assert fetcher.get(url).outcome == "found"
        assert fetcher.get(url).outcome == "found"
    assert server.asked == ["/a"] * 4


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, "found"),
        (203, "found"),
        (300, "error"),
        (400, "error"),
        (401, "error"),
        (403, "blocked"),
        (404, "not_found"),
        (406, "error"),
        (410, "gone"),
        (429, "rate_limited"),
        (451, "error"),
        (500, "error"),
        (503, "error"),
    ],
)
def test_each_status_has_its_outcome_and_its_answer(
    server: Loopback, status: int, outcome: str
) -> None:
    url = server.serve("/a", Answer(b"told", status, "text/plain"))
    result = fetched(url, server.settings())
    assert (result.outcome, result.url) == (outcome, url)
    assert result.response is not None
    assert (result.response.status, result.response.body) == (status, b"told")
    assert bool(result.reason) == (outcome != "found")
    assert result.kind == ("status" if outcome == "error" else "")


def test_what_is_no_address_is_a_result_too() -> None:
    for text in ("ftp://example.org/", "https://", "nothing", "https://[::1", "http://a b/"):
        result = fetched(text, Settings())
        assert (result.outcome, result.kind) == ("error", "address")
        assert result.response is None


def test_a_run_that_is_stopped_ends_at_once(server: Loopback) -> None:
    url = server.serve("/a", slow_first_byte(server, 20))
    settings = server.settings(read_timeout=20, total_timeout=20, at_once=2, per_host=2)
    with Fetcher(settings) as fetcher, ThreadPoolExecutor(6) as threads:
        futures = [threads.submit(fetcher.get, f"{url}?{n}") for n in range(6)]
        while len(server.asked) < 2:
            time.sleep(0.01)
        begin = time.monotonic()
        fetcher.stop()
        outcomes = {future.result().outcome for future in futures}
        assert fetcher.get(url).outcome == "stopped"
    assert outcomes == {"stopped"}
    assert time.monotonic() - begin < 3
