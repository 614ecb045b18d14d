"""What goes wrong on the network, as behaviours of the loopback server."""

from __future__ import annotations

import gzip
import socket
from typing import TYPE_CHECKING

from loopback import Answer, html

if TYPE_CHECKING:
    from loopback import Behaviour, Handler, Loopback

PAGE = "<title>A title</title>"
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def raw(*parts: bytes) -> Behaviour:
    """Send these bytes, and break the connection off."""

    def send(handler: Handler) -> None:
        handler.wfile.write(b"".join(parts))
        handler.close_connection = True

    return send


def slow_first_byte(server: Loopback, seconds: float = 5) -> Behaviour:
    """Keep silent."""
    return lambda _: server.pause(seconds)


def stall(server: Loopback, seconds: float = 5) -> Behaviour:
    """Send half of an answer, and then nothing."""

    def behave(handler: Handler) -> None:
        handler.wfile.write(_HEAD + b"Content-Length: 5000\r\n\r\n<title>A")
        handler.wfile.flush()
        server.pause(seconds)
        handler.close_connection = True

    return behave


def drip(server: Loopback, start: bytes) -> Behaviour:
    """Send a byte now and then, after a start."""

    def behave(handler: Handler) -> None:
        handler.wfile.write(start)
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            server.pause(0.05)

    return behave


def reset(handler: Handler) -> None:
    """Break the connection off in mid-answer, the hard way."""
    handler.wfile.write(_HEAD + b"Content-Length: 5000\r\n\r\n<html>")
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    handler.connection.close()
    handler.close_connection = True


truncated = raw(_HEAD, b"Content-Length: 5000\r\n\r\n", PAGE.encode())
length_too_small = raw(_HEAD, b"Content-Length: 9\r\n\r\n", PAGE.encode())
length_no_number = raw(_HEAD, b"Content-Length: many\r\n\r\n", PAGE.encode())
chunk_missing = raw(_HEAD, b"Transfer-Encoding: chunked\r\n\r\n5\r\n<html\r\n")
chunk_too_short = raw(_HEAD, b"Transfer-Encoding: chunked\r\n\r\nff\r\n<html\r\n0\r\n\r\n")
chunk_size_negative = raw(_HEAD, b"Transfer-Encoding: chunked\r\n\r\n-5\r\n", b"x" * 5000)
chunk_size_no_number = raw(_HEAD, b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", b"x" * 5000)
no_http = raw(b"SSH-2.0-OpenSSH_9.6\r\n")
nothing = raw(b"")
broken_gzip = Answer(b"\x1f\x8bnot really", headers={"Content-Encoding": "gzip"})
truncated_gzip = Answer(
    gzip.compress(PAGE.encode() * 50, mtime=0)[:-9], headers={"Content-Encoding": "gzip"}
)
not_gzip = Answer(PAGE.encode(), headers={"Content-Encoding": "gzip"})


def endless(start: bytes, piece: bytes) -> Behaviour:
    """Send a start, and then a piece again and again until nobody listens any more."""

    def behave(handler: Handler) -> None:
        handler.wfile.write(start)
        for _ in range(100_000):
            handler.wfile.write(piece)
        handler.close_connection = True

    return behave


def then(*behaviours: Behaviour) -> Behaviour:
    """Behave in one way after the other, and go on with the last."""
    left = list(behaviours)

    def behave(handler: Handler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return behave


def limited(wait: str | None, status: int = 429) -> Answer:
    """Say that there were too many requests, and how long to wait."""
    headers = {} if wait is None else {"Retry-After": wait}
    return Answer(b"slow down", status, "text/plain", headers)


challenge = html("<title>Just a moment...</title><script>window._cf_chl_opt={}</script>", 403)
