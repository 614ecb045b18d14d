"""Asking hosts: what is asked, what is not, and what comes of hosts that misbehave."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from loopback import Answer, Handler, Loopback, html, loopback, redirect, reset, truncated

from northbib.errors import InputError, NetworkError, NorthbibError, NotFoundError
from northbib.resolve import Settings, transport
from northbib.resolve.fetch import Fetcher, Response, require_success
from northbib.resolve.transport import is_public
from northbib.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = "<title>A title</title>"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


def get(url: str, settings: Settings) -> Response:
    with Fetcher(settings) as fetcher:
        return fetcher.get(url)


def test_a_page_comes_with_its_address_status_and_headers(server: Loopback) -> None:
    url = server.serve("/a", html(PAGE))
    response = get(url, server.settings())
    assert (response.url, response.status, response.body) == (url, 200, PAGE.encode())
    assert response.content_type == "text/html"


def test_every_host_is_told_who_asks_but_only_registries_are_told_the_users_address(
    server: Loopback,
) -> None:
    server.serve("/a", html(PAGE))
    settings = server.settings(mailto="someone@example.org")
    get(f"{server.url}/a", settings)
    assert server.headers("/a")["User-Agent"] == (
        f"northbib/{__version__} (mailto:someone@example.org)"
    )
    elsewhere = server.settings(mailto="someone@example.org", doi_url="https://doi.org/")
    get(f"{server.url}/a", elsewhere)
    assert server.headers("/a")["User-Agent"] == f"northbib/{__version__}"


def test_redirects_are_followed_to_their_end(server: Loopback) -> None:
    server.serve("/a", redirect("/b?x=1", 301))
    server.serve("/b", redirect("c", 303))
    server.serve("/c", html(PAGE))
    assert get(f"{server.url}/a", server.settings()).url == f"{server.url}/c"
    assert server.asked == ["/a", "/b?x=1", "/c"]


def test_redirects_without_end_are_given_up(server: Loopback) -> None:
    server.serve("/a", redirect("/b"))
    server.serve("/b", redirect("/a"))
    with pytest.raises(NetworkError, match="more than 3 redirects"):
        get(f"{server.url}/a", server.settings(max_redirects=3))
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "javascript:alert(1)",
        "data:text/html,x",
    ],
)
def test_a_redirect_out_of_the_web_is_not_followed(server: Loopback, location: str) -> None:
    url = server.serve("/a", redirect(location))
    with pytest.raises(NetworkError, match="not a web address") as caught:
        get(url, server.settings())
    assert caught.value.where == url


def test_credentials_in_an_address_are_not_sent_on(server: Loopback) -> None:
    host = server.url.removeprefix("http://")
    server.serve("/a", redirect(f"http://user:secret@{host}/b"))
    server.serve("/b", html(PAGE))
    get(f"{server.url}/a", server.settings())
    assert "Authorization" not in server.headers("/b")


PRIVATE = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    "0.0.0.0",  # noqa: S104
    "127.1",
    "2130706433",
    "0x7f000001",
    "017700000001",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "[::ffff:127.0.0.1]",
    "[::ffff:169.254.169.254]",
    "[64:ff9b::7f00:1]",
    "[fe80::1]",
    "[fd00::1]",
    "224.0.0.1",
]


@pytest.mark.parametrize("host", PRIVATE)
def test_private_addresses_are_not_asked_in_any_spelling(host: str) -> None:
    with pytest.raises(NetworkError) as caught:
        get(f"http://{host}:9/", Settings(total_timeout=3))
    assert caught.value.exit_status == 5


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"])
def test_the_refusal_says_why_and_how_to_allow_it(host: str) -> None:
    with pytest.raises(NetworkError, match="not an address of the public internet") as caught:
        get(f"http://{host}:9/", Settings(total_timeout=3))
    assert "NORTHBIB_ALLOW_PRIVATE=1" in str(caught.value)


def test_a_name_that_turns_private_after_the_check_is_not_connected_to(
    monkeypatch: pytest.MonkeyPatch, server: Loopback
) -> None:
    port = int(server.url.rpartition(":")[2])
    looked_up: list[str] = []

    def rebinding(host: str, *_: object, **__: object) -> list[Any]:
        looked_up.append(host)
        address = "127.0.0.2" if len(looked_up) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    # Nobody listens at 127.0.0.2, which plays the public address here.
    monkeypatch.setattr(transport, "is_public", lambda address: address == "127.0.0.2")
    with pytest.raises(NetworkError, match="refused the connection"):
        get(f"http://rebinding.example:{port}/a", Settings(total_timeout=2))
    assert looked_up == ["rebinding.example"]
    assert server.asked == []


def test_one_private_address_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch, server: Loopback
) -> None:
    port = int(server.url.rpartition(":")[2])
    mixed = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))
        for host in ("93.184.216.34", "127.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: mixed)
    with pytest.raises(NetworkError, match="not an address of the public internet"):
        get(f"http://mixed.example:{port}/a", Settings(total_timeout=2))


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("::ffff:93.184.216.34", True),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False),
        ("fe80::1%eth0", False),
        ("255.255.255.255", False),
        ("ff02::1", False),
    ],
)
def test_public_addresses_are_told_from_the_others(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_without_a_network_there_is_one_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def offline(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", offline)
    with pytest.raises(NetworkError) as caught:
        get("https://doi.org/10.1080/00343404.2016.1196289", Settings())
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
        get("https://doi.org/x", Settings(total_timeout=0.3))
    assert time.monotonic() - start < 1


def test_a_closed_port_is_a_network_error() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(NetworkError, match="refused the connection"):
            get(f"http://127.0.0.1:{port}/", Settings(allow_private=True))


def test_a_host_without_tls_is_a_network_error(server: Loopback) -> None:
    url = server.url.replace("http:", "https:")
    with pytest.raises(NetworkError, match=r"no safe connection|broken off"):
        get(f"{url}/a", server.settings())


@pytest.mark.parametrize("fault", [reset, truncated])
def test_a_broken_answer_is_never_taken_for_a_whole_one(server: Loopback, fault: Any) -> None:
    url = server.serve("/a", fault)
    with pytest.raises(NetworkError, match="broken off"):
        get(url, server.settings())


def test_a_host_that_keeps_silent_is_given_up(server: Loopback) -> None:
    url = server.serve("/a", lambda _: server.pause(5))
    with pytest.raises(NetworkError, match=r"no answer for 0\.2 seconds"):
        get(url, server.settings(read_timeout=0.2))


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
        get(url, server.settings(total_timeout=0.5))
    assert time.monotonic() - begin < 2


def test_headers_without_end_are_given_up(server: Loopback) -> None:
    url = server.serve("/a", Answer(b"x", headers={"X-Long": "x" * 100_000}))
    with pytest.raises(NetworkError):
        get(url, server.settings())
    url = server.serve("/b", Answer(b"x", headers={f"X-{n}": "x" for n in range(500)}))
    with pytest.raises(NetworkError):
        get(url, server.settings())


def test_an_answer_that_is_too_large_is_not_read_to_its_end(server: Loopback) -> None:
    url = server.serve("/a", html("x" * 200_000))
    with pytest.raises(InputError, match=r"larger than 0\.1 MB"):
        get(url, server.settings(max_bytes=100_000))


@pytest.mark.parametrize("name", ["gzip", "deflate"])
def test_a_small_answer_that_unpacks_to_a_large_one_is_refused(server: Loopback, name: str) -> None:
    bomb = b"\0" * 50_000_000
    packed = gzip.compress(bomb, mtime=0) if name == "gzip" else zlib.compress(bomb)
    assert len(packed) < 100_000
    url = server.serve("/a", Answer(packed, headers={"Content-Encoding": name}))
    with pytest.raises(InputError, match="larger than 1 MB"):
        get(url, server.settings(max_bytes=1_000_000))


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
    assert get(url, server.settings()).body == PAGE.encode()


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
        get(url, server.settings())
    assert caught.value.where == url


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
        require_success(get(url, server.settings()))


def test_a_proxy_is_used_but_not_to_reach_private_addresses(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.url)
    with pytest.raises(NetworkError, match="not an address of the public internet"):
        get("http://169.254.169.254/latest/meta-data", Settings(total_timeout=3))
    assert server.asked == []
    server.serve("http://northern.invalid/a", html(PAGE))
    assert get("http://northern.invalid/a", Settings(total_timeout=3)).body == PAGE.encode()
