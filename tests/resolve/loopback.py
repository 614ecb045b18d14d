"""A real HTTP server on loopback that says what a test tells it to, well or badly."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

from northbib.resolve import Settings
from northbib.resolve.http.fetcher import Fetcher

if TYPE_CHECKING:
    import ssl

    from northbib.resolve.http.clock import Clock
    from northbib.resolve.http.results import Request, Result

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
        with self.server.counted(), contextlib.suppress(OSError):
            behaviour(self)
            self.wfile.flush()

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.server.bodies.append(self.rfile.read(length))
        self.do_GET()

    def do_CONNECT(self) -> None:
        """Play a proxy: lead to another server on this machine."""
        self.server.asked.append((self.path, dict(self.headers)))
        port = int(self.path.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as target:
            self.connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            pump = threading.Thread(target=_pump, args=(target, self.connection))
            pump.start()
            _pump(self.connection, target)
            pump.join()
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.routes: dict[str, Behaviour] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.bodies: list[bytes] = []
        self.connections = 0
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()

    def process_request(self, request: object, client_address: object) -> None:
        """Count connections."""
        self.connections += 1
        super().process_request(request, client_address)  # type: ignore[arg-type]

    @contextlib.contextmanager
    def counted(self) -> Iterator[None]:
        """Count what is answered at the same time."""
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            yield
        finally:
            with self._lock:
                self._at_once -= 1

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of connections that a test broke off."""


class Loopback:
    """The server and how to reach it."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._server = _Server()
        self._scheme = "http" if tls is None else "https"
        if tls is not None:
            self._server.socket = tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
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
        return f"{self._scheme}://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        """Its port."""
        return self._server.server_address[1]

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for path, _ in self._server.asked]

    @property
    def log(self) -> list[tuple[str, dict[str, str]]]:
        """What was asked for, with the headers."""
        return self._server.asked

    @property
    def bodies(self) -> list[bytes]:
        """What was sent to it, in order."""
        return self._server.bodies

    @property
    def connections(self) -> int:
        """The number of connections that were made to it."""
        return self._server.connections

    @property
    def most_at_once(self) -> int:
        """The most requests that it had at the same time."""
        return self._server.most_at_once

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
            "bases": {"doi": f"{self.url}/"},
            "allow_private": True,
            "connect_timeout": 2.0,
            "read_timeout": 2.0,
            "total_timeout": 4.0,
            "retries": 0,
            "backoff": 0.01,
            "site_rate": 0,
            **changes,
        }
        return Settings(**given)  # type: ignore[arg-type]

    def pause(self, seconds: float) -> None:
        """Wait, but not beyond the end of the test."""
        self._over.wait(seconds)


def fetched(request: Request | str, settings: Settings, clock: Clock | None = None) -> Result:
    """Ask for one thing with a fetcher of its own."""
    with Fetcher(settings, clock=clock) as fetcher:
        return fetcher.get(request)


@contextlib.contextmanager
def loopback(tls: ssl.SSLContext | None = None) -> Iterator[Loopback]:
    """Run a server for the length of a test, with TLS if a context is given."""
    with Loopback(tls) as server:
        yield server
