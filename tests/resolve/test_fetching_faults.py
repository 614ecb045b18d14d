"""What comes of hosts that misbehave: one clear sentence, and never half of an answer."""

from __future__ import annotations

import gzip
import socket
import time
from typing import TYPE_CHECKING, Any

import pytest
from loopback import Answer, Handler, Loopback, fetched
from loopback_faults import PAGE, reset, truncated

from northbib.errors import InputError, NetworkError
from northbib.resolve import Settings

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response


def whole(url: str, settings: Settings) -> Response:
    return fetched(url, settings).require()


def test_without_a_network_there_is_one_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def offline(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", offline)
    with pytest.raises(NetworkError) as caught:
        whole("https://doi.org/10.1080/00343404.2016.1196289", Settings())
    assert str(caught.value) == (
        "https://doi.org/10.1080/00343404.2016.1196289: the host name doi.org could not be looked "
        "up; is it spelt right, and is this machine online?"
    )


def test_a_name_server_that_never_answers_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def silent(*_: object, **__: object) -> None:
        time.sleep(2)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    start = time.monotonic()
    with pytest.raises(NetworkError, match=r"no whole answer within 0\.3 seconds"):
        whole("https://doi.org/x", Settings(total_timeout=0.3))
    assert time.monotonic() - start < 1


def test_a_closed_port_is_a_network_error() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(NetworkError, match="refused the connection"):
            whole(f"http://127.0.0.1:{port}/", Settings(allow_private=True))


def test_a_host_without_tls_is_a_network_error(server: Loopback) -> None:
    url = server.url.replace("http:", "https:")
    with pytest.raises(NetworkError, match=r"no safe connection|broken off"):
        whole(f"{url}/a", server.settings())


@pytest.mark.parametrize("fault", [reset, truncated])
def test_a_broken_answer_is_never_taken_for_a_whole_one(server: Loopback, fault: Any) -> None:
    url = server.serve("/a", fault)
    with pytest.raises(NetworkError, match="broken off"):
        whole(url, server.settings())


def test_a_host_that_keeps_silent_is_given_up(server: Loopback) -> None:
    url = server.serve("/a", lambda _: server.pause(5))
    with pytest.raises(NetworkError, match=r"no answer for 0\.2 seconds"):
        whole(url, server.settings(read_timeout=0.2))


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "])
def test_a_host_that_dribbles_body_or_headers_is_given_up(server: Loopback, start: bytes) -> None:
    def dribble(handler: Handler) -> None:
        handler.wfile.write(start)
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            server.pause(0.05)

    url = server.serve("/a", dribble)
    begin = time.monotonic()
    with pytest.raises(NetworkError, match=r"no whole answer within 0\.5 seconds"):
        whole(url, server.settings(total_timeout=0.5))
    assert time.monotonic() - begin < 2


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(PAGE.encode(), mtime=0)[:-9]),
        ("gzip", b"\x1f\x8bnot really"),
        ("gzip", PAGE.encode()),
        ("br", b"anything"),
    ],
)
def test_damaged_packing_is_said(server: Loopback, encoding: str, packed: bytes) -> None:
    url = server.serve("/a", Answer(packed, headers={"Content-Encoding": encoding}))
    with pytest.raises((InputError, NetworkError)) as caught:
        whole(url, server.settings())
    assert caught.value.where == url
