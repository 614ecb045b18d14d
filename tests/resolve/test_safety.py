"""What a host must not be able to do: lead into the private network, blow up, or get at secrets."""

from __future__ import annotations

import contextlib
import gzip
import re
import socket
import time
import tracemalloc
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Answer, Loopback, fetched, html, redirect
from loopback_faults import PAGE, endless, raw
from loopback_tls import Authority

from northbib.bibtex import Document, entry_source, records
from northbib.errors import InputError, NetworkError
from northbib.markup import writer
from northbib.markup.inline import parse_inline
from northbib.resolve import Settings, resolve
from northbib.resolve.charsets import decode
from northbib.resolve.http import exchange
from northbib.resolve.http.inflate import unpacked
from northbib.resolve.http.keys import Keys
from northbib.resolve.http.manners import Manners
from northbib.resolve.http.networks import is_public
from northbib.resolve.http.results import Fault, Request
from northbib.resolve.sources.payload import json_object, xml_root

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.resolve.http.results import Response

pytestmark = pytest.mark.usefixtures("no_litter")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def whole(url: str, settings: Settings) -> Response:
    return fetched(url, settings).require()


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
        whole(url, server.settings())
    assert caught.value.where == url


def test_credentials_in_an_address_are_not_sent_on(server: Loopback) -> None:
    host = server.url.removeprefix("http://")
    server.serve("/a", redirect(f"http://user:secret@{host}/b"))
    server.serve("/b", html(PAGE))
    whole(f"{server.url}/a", server.settings())
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
        whole(f"http://{host}:9/", Settings(total_timeout=3))
    assert caught.value.exit_status == 5


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"])
def test_the_refusal_says_why_and_how_to_allow_it(host: str) -> None:
    with pytest.raises(NetworkError, match="not an address of the public internet") as caught:
        whole(f"http://{host}:9/", Settings(total_timeout=3))
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
    monkeypatch.setattr(exchange, "is_public", lambda address: address == "127.0.0.2")
    with pytest.raises(NetworkError, match="refused the connection"):
        whole(f"http://rebinding.example:{port}/a", Settings(total_timeout=2))
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
        whole(f"http://mixed.example:{port}/a", Settings(total_timeout=2))


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


def test_a_proxy_is_used_but_not_to_reach_private_addresses(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.url)
    with pytest.raises(NetworkError, match="not an address of the public internet"):
        whole("http://169.254.169.254/latest/meta-data", Settings(total_timeout=3))
    assert server.asked == []
    server.serve("http://northern.invalid/a", html(PAGE))
    assert whole("http://northern.invalid/a", Settings(total_timeout=3)).body == PAGE.encode()


def test_headers_without_end_are_given_up(server: Loopback) -> None:
    url = server.serve("/a", Answer(b"x", headers={"X-Long": "x" * 100_000}))
    with pytest.raises(NetworkError):
        whole(url, server.settings())
    url = server.serve("/b", Answer(b"x", headers={f"X-{n}": "x" for n in range(500)}))
    with pytest.raises(NetworkError):
        whole(url, server.settings())


def test_an_answer_that_is_too_large_is_not_read_to_its_end(server: Loopback) -> None:
    url = server.serve("/a", html("x" * 200_000))
    with pytest.raises(InputError, match=r"larger than 0\.1 MB"):
        whole(url, server.settings(max_bytes=100_000))


@pytest.mark.parametrize("name", ["gzip", "deflate"])
def test_a_small_answer_that_unpacks_to_a_large_one_is_refused(server: Loopback, name: str) -> None:
    bomb = b"\0" * 50_000_000
    packed = gzip.compress(bomb, mtime=0) if name == "gzip" else zlib.compress(bomb)
    assert len(packed) < 100_000
    url = server.serve("/a", Answer(packed, headers={"Content-Encoding": name}))
    with pytest.raises(InputError, match="larger than 1 MB"):
        whole(url, server.settings(max_bytes=1_000_000))


def opened(*names: str) -> Any:
    """Play a name server that knows these addresses, as public ones."""
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (name, 80)) for name in names]


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/secret",
        "http://localhost:{port}/secret",
        "http://[::ffff:127.0.0.1]:{port}/secret",
        "http://169.254.169.254/latest/meta-data/",
        "http://168.63.129.16/machine",
        "http://2130706433:{port}/secret",
        "//127.0.0.1:{port}/secret",
    ],
)
def test_a_redirect_into_the_private_network_is_not_followed(server: Loopback, target: str) -> None:
    # The server is one that the user named, so that it may be asked itself.
    server.serve("/secret", html(PAGE))
    with Loopback() as named:
        url = named.serve("/a", redirect(target.format(port=server.port)))
        settings = named.settings(allow_private=False, bases={"doi": f"{named.url}/"})
        result = fetched(url, settings)
    assert (result.outcome, result.kind) == ("error", "refused")
    assert server.asked == []


def test_an_address_that_the_user_named_may_be_private(server: Loopback) -> None:
    url = server.serve("/web", html(PAGE))
    settings = server.settings(allow_private=False, bases={"translation": f"{server.url}/"})
    assert fetched(url, settings).outcome == "found"


def test_an_address_that_a_library_named_may_not_be_private(server: Loopback) -> None:
    url = server.serve("/web", html(PAGE))
    lent = {"resolve": {"translation_url": server.url}}
    settings = Settings.from_environment({"NORTHBIB_CACHE": "off"}, library=lent)
    assert fetched(url, settings).kind == "refused"
    assert server.asked == []


def test_an_address_that_a_library_named_is_told_nothing_personal(server: Loopback) -> None:
    url = server.serve("/works/W1", html(PAGE))
    settings = Settings.from_environment(
        {
            "NORTHBIB_CACHE": "off",
            "NORTHBIB_ALLOW_PRIVATE": "1",
            "NORTHBIB_MAILTO": "someone@example.org",
            "NORTHBIB_OPENALEX_KEY": "sesame",
        },
        library={"resolve": {"openalex_url": server.url}},
    )
    assert fetched(url, settings).outcome == "found"
    ((path, headers),) = server.log
    assert "sesame" not in path
    assert "someone" not in str(headers)


def test_a_page_cannot_lead_to_an_address_that_the_user_named(server: Loopback) -> None:
    server.serve("/web", html(PAGE))
    settings = server.settings(allow_private=False, bases={"translation": f"{server.url}/"})
    with Loopback() as page:
        url = page.serve("/a", redirect(f"{server.url}/web"))
        assert fetched(url, settings).kind == "refused"
    assert server.asked == []


def test_who_is_there_counts_and_not_what_was_looked_up(
    monkeypatch: pytest.MonkeyPatch, server: Loopback
) -> None:
    # The look-up says that the address is public; the socket finds itself at home all the same.
    connect = socket.socket.connect
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: opened("93.184.216.34"))
    monkeypatch.setattr(
        socket.socket, "connect", lambda self, _: connect(self, ("127.0.0.1", server.port))
    )
    result = fetched("http://rebinding.example/a", Settings(total_timeout=2))
    assert result.kind == "refused"
    assert server.asked == []


@pytest.mark.parametrize("port", [22, 25, 6379, 11211])
def test_ports_of_other_protocols_are_left_alone(
    monkeypatch: pytest.MonkeyPatch, port: int
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: opened("93.184.216.34"))
    result = fetched(f"http://public.example:{port}/", Settings(total_timeout=2))
    assert (result.kind, result.reason) == (
        "refused",
        f"port {port} of public.example is not one of the web",
    )


@pytest.mark.parametrize(
    "location", ["/a\r\nX-Injected: 1", "/a b", "/\x1b[31mred", "http://user:pw@{host}/b"]
)
def test_nothing_can_be_smuggled_in_by_a_redirect(server: Loopback, location: str) -> None:
    host = server.url.removeprefix("http://")
    given = location.format(host=host).encode()
    answer = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + given + b"\r\n\r\n"
    url = server.serve("/start", raw(answer))
    server.serve("/b", html(PAGE))
    result = fetched(url, server.settings())
    assert "\x1b" not in f"{result.url} {result.reason}"
    for _, headers in server.log:
        assert not {"X-Injected", "Authorization"} & set(headers)


def test_a_redirect_from_a_safe_connection_to_an_unsafe_one_is_for_pages_only(
    server: Loopback, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.bundle))
    target = server.serve("/b", html(PAGE))
    with Loopback(authority.good()) as safe:
        url = safe.serve("/a", redirect(target))
        settings = server.settings()
        assert fetched(url, settings).outcome == "found"
        assert fetched(Request(url, keep="record"), settings).kind == "refused"


def test_what_is_personal_goes_over_safe_connections_only() -> None:
    settings = Settings(mailto="someone@example.org", keys={"openalex": "sesame"})
    manners = Manners(settings, Keys(settings.keys, keyring=False))
    url, headers = manners.told("https://api.openalex.org/works/W1?x=1")
    assert url == "https://api.openalex.org/works/W1?x=1&api_key=sesame"
    assert "someone@example.org" in headers["User-Agent"]
    url, headers = manners.told("http://api.openalex.org/works/W1")
    assert (url, list(headers)) == ("http://api.openalex.org/works/W1", ["User-Agent"])
    assert "someone" not in headers["User-Agent"]
    assert manners.told("https://api.openalex.org.evil.example/")[1] == headers


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        b"HTTP/1.1 200 ",
        b"HTTP/1.1 100 Continue\r\nX: ",
        b"",
    ],
)
def test_a_line_without_end_in_the_headers_is_given_up(server: Loopback, start: bytes) -> None:
    url = server.serve("/a", endless(start, b"x" * 1000))
    assert fetched(url, server.settings()).kind in ("size", "broken")


def test_headers_in_great_number_are_given_up(server: Loopback) -> None:
    url = server.serve("/a", endless(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"))
    assert fetched(url, server.settings()).kind in ("size", "broken")


def test_provisional_answers_without_end_are_given_up(server: Loopback) -> None:
    url = server.serve("/a", endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"))
    assert fetched(url, server.settings()).kind == "size"


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 1000),  # the size of a chunk
        (b"Transfer-Encoding: chunked\r\n\r\n5;", b"x" * 1000),  # a chunk extension
        (b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n"),  # trailers
        (b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: ", b"y" * 1000),  # one trailer
        (b"Transfer-Encoding: chunked\r\n\r\n-1\r\n", b"y" * 1000),  # a negative size
        (b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),  # chunks of one byte
        (b"\r\n", b"x" * 1000),  # the body
        (b"Content-Length: 99999999999\r\n\r\n", b"x" * 1000),
    ],
)
def test_a_body_without_end_is_given_up_in_any_disguise(
    server: Loopback, start: bytes, piece: bytes
) -> None:
    url = server.serve("/a", endless(b"HTTP/1.1 200 OK\r\n" + start, piece))
    tracemalloc.start()
    result = fetched(url, server.settings(max_bytes=100_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert result.kind in ("size", "broken")
    assert peak < 5_000_000


def test_the_body_of_a_redirect_is_not_unpacked(server: Loopback) -> None:
    headers = {"Location": "/b", "Content-Encoding": "gzip"}
    bomb = Answer(gzip.compress(b"\0" * 50_000_000, mtime=0), 302, headers=headers)
    url = server.serve("/a", bomb)
    server.serve("/b", html(PAGE))
    tracemalloc.start()
    result = fetched(url, server.settings())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert result.outcome == "found"
    assert peak < 5_000_000


def test_a_body_of_many_small_packages_is_given_up() -> None:
    packed = gzip.compress(b"", mtime=0) * 200_000
    begin = time.process_time()
    with pytest.raises(Fault):
        unpacked(packed, "gzip", 10_000_000)
    assert time.process_time() - begin < 2


@given(
    st.binary(max_size=3000),
    st.sampled_from(["gzip", "deflate", "", "br", "x-gzip"]),
    st.booleans(),
)
def test_whatever_comes_is_unpacked_or_refused(data: bytes, encoding: str, packed: bool) -> None:
    wire = (gzip if encoding.endswith("gzip") else zlib).compress(data) if packed else data
    try:
        out = unpacked(wire, encoding, 2000)
    except Fault as fault:
        assert fault.kind in ("size", "damaged", "broken")  # noqa: PT017
    else:
        assert len(out) <= 2000 or encoding == ""
        if packed and encoding in ("gzip", "x-gzip", "deflate"):
            assert out == data


@given(st.binary(max_size=400))
def test_whatever_a_host_says_is_a_result(data: bytes) -> None:
    with Loopback() as server:
        url = server.serve("/a", raw(data))
        result = fetched(url, server.settings(read_timeout=0.5, total_timeout=1))
        assert result.outcome in ("error", "found", "blocked", "not_found", "gone", "rate_limited")
        assert result.outcome == "found" or result.reason


def test_the_cache_is_the_only_place_that_is_written(server: Loopback, tmp_path: Path) -> None:
    server.serve("/..%2f..%2fescape", html(PAGE))
    cache = tmp_path / "cache" / "answers.sqlite"
    settings = server.settings(cache=cache)
    for path in ("/..%2f..%2fescape", "/../../escape", "/a\x00b", "/" + "x" * 5000):
        fetched(server.url + path, settings)
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert {name.split("-")[0] for name in written} == {"cache/answers.sqlite"}


def test_entities_in_xml_are_not_expanded_and_nothing_is_fetched(
    server: Loopback, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("sesame", encoding="utf-8")
    doctype = (
        f'<!DOCTYPE r [<!ENTITY f SYSTEM "file://{secret}"><!ENTITY u SYSTEM "{server.url}/x">'
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    )
    root = xml_root(f"{doctype}<r>&f;&u;&b;</r>".encode(), "https://example.org/", "A service")
    assert "sesame" not in "".join(map(str, root.itertext()))
    assert server.asked == []


def test_xml_that_grows_is_refused_or_small() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a0 "aaaaaaaaaa">'
    for n in range(1, 12):
        bomb += f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">'
    with contextlib.suppress(InputError):
        root = xml_root(f"{bomb}]><r>&a11;</r>".encode(), "https://example.org/", "A service")
        assert len("".join(map(str, root.itertext()))) < 1000


@pytest.mark.parametrize("data", [b"<a>" * 5000, b"<a>" * 5000 + b"</a>" * 5000])
def test_xml_that_is_nested_too_deep_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        xml_root(data, "https://example.org/", "A service")


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"a":' * 100_000, b"9" * 100_000])
def test_json_that_is_nested_too_deep_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        json_object(data, "https://example.org/", "A service")


@pytest.mark.parametrize(
    ("body", "header"),
    [
        ("<title>Café</title>".encode("cp1252"), "text/html; charset=windows-1252"),
        ("<title>Caf\u00e9</title>".encode("utf-16-le"), "text/html; charset=utf-16le"),
        ('<meta charset="iso-8859-1"><title>Café</title>'.encode("cp1252"), "text/html"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'
            "<title>Café Кафе</title>".encode("koi8-r", "ignore"),
            "text/html",
        ),
        ("\ufeff<title>Café</title>".encode(), "text/html"),
        ("\ufeff<title>Café</title>".encode("utf-16-be"), "text/html"),
        ("<title>Café</title>".encode(), "text/html"),
        ("<title>Café</title>".encode("cp1252"), "text/html"),
        ("<title>Café</title>".encode(), "text/html; charset=nonsense"),
        ("<title>Café</title>".encode(), "text/html; charset=hex"),
        ("<title>Café</title>".encode(), "text/html; charset=undefined"),
        ("<title>Café</title>".encode(), "text/html; charset=idna"),
        ("<title>Café +ADw-</title>".encode(), "text/html; charset=utf-7"),
    ],
    ids=[
        "header",
        "header of two bytes",
        "meta element",
        "meta element as a header",
        "byte order mark",
        "byte order mark of two bytes",
        "detected as UTF-8",
        "detected as Windows",
        "unknown charset",
        "codec that is no charset",
        "codec that reads nothing",
        "codec of names of hosts",
        "charset that hides markup",
    ],
)
def test_the_characters_of_a_page_are_read_right(
    server: Loopback, body: bytes, header: str
) -> None:
    url = server.serve("/a", Answer(body, type=header))
    response = whole(url, server.settings())
    text = decode(response.body, response.headers)
    assert "<title>Caf" in text
    assert ("é" in text) or ("Кафе" in text)


HOSTILE = [
    "A title}, note = {injected",
    "A title\n}\n@book{injected, title = {B}",
    r"\input{/etc/passwd} A title",
    r"A \write18{rm x} title",
    "A title \x1b[31mred\x1b]0;owned\x07 \x9b31m end",
    "A title <script>alert(1)</script> <img src=x onerror=alert(1)>",
    "A title &lt;script&gt;alert(1)&lt;/script&gt;",
    "A title % comment # 1 $x$ _ ^ ~ &amp; \u202e reversed",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_page_cannot_get_bibtex_tex_ansi_or_html_into_a_library(
    server: Loopback, title: str
) -> None:
    content = title.replace('"', "&quot;")
    url = server.serve(
        "/a",
        html(
            f'<title>A page</title><meta name="citation_title" content="{content}">'
            f'<meta name="citation_author" content="{content}">'
            f'<meta name="citation_journal_title" content="{content}">'
        ),
    )
    record = resolve(url, settings=server.settings()).record.replace(key="hostile")
    source = entry_source(record)
    document = Document.parse(source.encode())
    assert document.problems == ()
    assert [entry.key for entry in document.entries] == ["hostile"]
    ((_, again),) = records(document)
    assert again.title == record.title
    assert "note" not in again.values
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", source)
    for command in (r"\input", r"\write"):
        assert command not in source
    shown = writer("html").write_inline(parse_inline(record.title))
    assert not re.search(r"<(?!/?(?:i|b|sup|sub|span)\b)", shown)
    assert "onerror=alert(1)>" not in shown or "&lt;img" in shown
