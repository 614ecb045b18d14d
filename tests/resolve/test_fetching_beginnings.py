"""Answers of which the beginning is enough, and the steps that led to an answer."""

from __future__ import annotations

import gzip
import socket
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from loopback import Answer, fetched, html, redirect
from loopback_clock import TestClock

from northbib.resolve.http.fetcher import Fetcher
from northbib.resolve.http.inflate import beginning
from northbib.resolve.http.results import Fault, Redirect, Request

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from loopback import Handler, Loopback

PAGE = b"<title>A title</title>" + b"<p>text</p>" * 100_000


def test_no_more_is_read_than_is_enough(server: Loopback) -> None:
    address = server.serve("/page", Answer(PAGE))
    result = fetched(Request(address, enough=1000), server.settings())
    assert result.outcome == "found"
    assert result.response is not None
    assert result.response.body == PAGE[:1000]


def test_a_packed_answer_is_unpacked_as_far_as_it_came(server: Loopback) -> None:
    packed = gzip.compress(PAGE, mtime=0)
    answer = Answer(packed, headers={"Content-Encoding": "gzip"})
    result = fetched(Request(server.serve("/page", answer), enough=500), server.settings())
    assert result.response is not None
    assert 0 < len(result.response.body) <= 500
    assert PAGE.startswith(result.response.body)


def test_an_answer_that_is_shorter_comes_whole(server: Loopback) -> None:
    address = server.serve("/page", html("<title>A title</title>"))
    result = fetched(Request(address, enough=1000), server.settings())
    assert result.response is not None
    assert result.response.body == b"<title>A title</title>"


def test_the_next_request_to_the_host_is_not_disturbed(server: Loopback) -> None:
    address = server.serve("/page", Answer(PAGE))
    with Fetcher(server.settings()) as fetcher:
        for _ in range(5):
            assert fetcher.get(Request(address, enough=10)).outcome == "found"
        whole = fetcher.get(address).response
    assert whole is not None
    assert whole.body == PAGE


def test_a_beginning_is_not_kept_for_the_whole(server: Loopback, tmp_path: Path) -> None:
    address = server.serve("/page", Answer(PAGE))
    settings = server.settings(cache=tmp_path / "answers.sqlite")
    fetched(Request(address, enough=10), settings)
    whole = fetched(address, settings).response
    assert whole is not None
    assert whole.body == PAGE


@given(st.binary(max_size=3000), st.integers(1, 4000), st.integers(0, 3000))
def test_the_beginning_of_packed_bytes_is_the_beginning_of_the_bytes(
    data: bytes, most: int, cut: int
) -> None:
    packed = gzip.compress(data, mtime=0)
    try:
        found = beginning(packed[: max(cut, 2)], "gzip", most)
    except Fault:
        found = b""
    assert data.startswith(found)
    assert len(found) <= most


def test_the_steps_to_an_answer_are_told_and_kept(server: Loopback, tmp_path: Path) -> None:
    server.serve("/c", html("<title>A title</title>"))
    server.serve("/b", redirect("/c", 302))
    address = server.serve("/a", redirect("/b", 301))
    settings = server.settings(cache=tmp_path / "answers.sqlite")
    steps = (Redirect(301, f"{server.url}/b"), Redirect(302, f"{server.url}/c"))
    for _ in range(2):
        result = fetched(address, settings)
        assert result.response is not None
        assert result.response.redirects == steps
    assert result.kept


def test_an_answer_that_is_still_right_has_the_steps_of_today(
    server: Loopback, tmp_path: Path
) -> None:
    def page(handler: Handler) -> None:
        known = handler.headers.get("If-None-Match") == '"1"'
        Answer(
            b"" if known else b"<title>A</title>", 304 if known else 200, headers={"ETag": '"1"'}
        )(handler)

    server.serve("/b", page)
    address = server.serve("/a", redirect("/b", 302))
    settings = server.settings(cache=tmp_path / "answers.sqlite")
    fetched(address, settings, TestClock())
    server.serve("/a", redirect("/b", 301))
    later = fetched(address, settings, TestClock(wall=1_480_000_000.0 + 8 * 86_400))
    assert later.response is not None
    assert later.response.redirects == (Redirect(301, f"{server.url}/b"),)
    assert later.response.body == b"<title>A</title>"


def test_a_name_server_that_does_not_answer_is_no_unknown_name(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_up(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert fetched("http://northern.invalid/", server.settings()).kind == "name-server"
