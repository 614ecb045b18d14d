"""A real HTTP server on loopback that says what a test tells it to, well or badly."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from northbib.resolve import Settings

Behaviour = Callable[["Handler"], None]


@dataclass
class Answer:
    """An answer that is sent as it is."""

    body: bytes = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(self, handler: Handler) -> None:
        handler.send_response(self.status)
        handler.send_header("Content-Type", self.type)
        headers = {"Content-Length": str(len(self.body)), **self.headers}
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(self.body)


def redirect(location: str, status: int = 302) -> Answer:
    """Send the asker elsewhere."""
    return Answer(b"", status, headers={"Location": location})


def html(body: str, status: int = 200) -> Answer:
    """Send a page in UTF-8."""
    return Answer(body.encode(), status)


def csl_json(body: str) -> Answer:
    """Send what a registration agency sends."""
    return Answer(body.encode(), type="application/vnd.citationstyles.csl+json")


class Handler(BaseHTTPRequestHandler):
    """Looks up what to do in the server's table."""

    protocol_version = "HTTP/1.1"
    wbufsize = 65536
    server: _Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        path = self.path.partition("?")[0]
        behaviour = self.server.routes.get(path, Answer(b"no such page", 404))
        with contextlib.suppress(OSError):
            behaviour(self)
            self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.routes: dict[str, Behaviour] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of connections that a test broke off."""


class Loopback:
    """The server and how to reach it."""

    def __init__(self) -> None:
        self._server = _Server()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for path, _ in self._server.asked]

    def headers(self, path: str) -> dict[str, str]:
        """Give the headers of the last request for `path`."""
        return next(headers for asked, headers in reversed(self._server.asked) if asked == path)

    def serve(self, path: str, behaviour: Behaviour) -> str:
        """Set what happens at `path`; give its address."""
        self._server.routes[path] = behaviour
        return self.url + path

    def settings(self, **changes: object) -> Settings:
        """Settings under which this server stands in for the DOI resolver and may be asked."""
        given: dict[str, object] = {
            "doi_url": f"{self.url}/",
            "allow_private": True,
            "connect_timeout": 2.0,
            "read_timeout": 2.0,
            "total_timeout": 4.0,
            **changes,
        }
        return Settings(**given)  # type: ignore[arg-type]

    def pause(self, seconds: float) -> None:
        """Wait, but not beyond the end of the test."""
        self._over.wait(seconds)


def reset(handler: Handler) -> None:
    """Break the connection off in mid-answer, the hard way."""
    handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<html>"
    )
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    handler.connection.close()
    handler.close_connection = True


def truncated(handler: Handler) -> None:
    """Promise more than is sent."""
    handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n"
    )
    handler.wfile.write(b"<html><title>A title</title>")
    handler.close_connection = True


@contextlib.contextmanager
def loopback() -> Iterator[Loopback]:
    """Run a server for the length of a test."""
    with Loopback() as server:
        yield server
