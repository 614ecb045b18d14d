"""One request on its way: how long it may take, how much may come, and where it may lead."""

from __future__ import annotations

import queue
import socket
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from northbib.resolve.http.inflate import too_large
from northbib.resolve.http.networks import NO_WEB_PORTS, is_public
from northbib.resolve.http.results import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.resolve.settings import Settings

__all__ = ["Exchange", "current"]

_HEADER_BYTES = 262_144
_FRAMING_BYTES = 65_536

# What getaddrinfo gives: family, type, protocol, canonical name, socket address.
_AddressInfo = tuple[Any, Any, int, str, Any]

_here = threading.local()


def current() -> Exchange:
    """Give the exchange that this thread is at."""
    exchange: Exchange = _here.exchange
    return exchange


class Exchange:
    """A request with its redirects and further tries, from the point of view of a socket.

    Time runs only inside `running`: waiting for one's turn does not count.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._private = settings.allow_private
        self._left = settings.total_timeout
        self._end = 0.0
        self._bytes = 0
        self._in_head = True
        self._socket: socket.socket | None = None
        self._broken_off = False
        self.surplus = False

    @contextmanager
    def running(self, *, private: bool) -> Iterator[None]:
        """Let time run, on this thread; `private` opens addresses that are not public."""
        begin = time.monotonic()
        self._end = begin + self._left
        self._private = private
        self.surplus = False
        _here.exchange = self
        try:
            yield
        finally:
            _here.exchange = None
            self._socket = None
            self._left -= time.monotonic() - begin

    @property
    def expired(self) -> bool:
        """Whether its time is over."""
        return time.monotonic() >= self._end

    def out_of_time(self) -> Fault:
        """Give the fault of a request that took too long."""
        return Fault(
            "timeout",
            f"no whole answer within {self._settings.total_timeout:g} seconds",
            "try again later, or set NORTHBIB_TIMEOUT to more seconds",
        )

    def remaining(self) -> float:
        """Give the seconds that are left.

        Raises:
            Fault: None are, or it was broken off.
        """
        if self._broken_off:
            raise Fault("broken", "it was broken off")
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise self.out_of_time()
        return seconds

    def patience(self) -> float:
        """Give the seconds for which the next bytes may be waited for."""
        return min(self._settings.read_timeout, self.remaining())

    def head(self, sock: socket.socket) -> None:
        """Begin to read the status and headers of an answer from a socket."""
        self._socket = sock
        self._in_head, self._bytes = True, _HEADER_BYTES
        # It may have been broken off before there was a socket to shut.
        self.remaining()

    def body(self) -> None:
        """Begin to read its body."""
        # Chunks have a frame around them.
        most = self._settings.max_bytes
        self._in_head, self._bytes = False, most + most // 4 + _FRAMING_BYTES

    def received(self, count: int) -> None:
        """Count bytes.

        Raises:
            Fault: More came than is read.
        """
        self._bytes -= count
        if self._bytes >= 0:
            return
        if self._in_head:
            raise Fault("size", "the headers of the answer are too large")
        raise too_large(self._settings.max_bytes)

    def break_off(self) -> None:
        """End it from another thread."""
        self._broken_off = True
        if (sock := self._socket) is not None:
            with suppress(OSError):
                # Not the method of a TLS socket, which would pull the rug from under its reader.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def check(self, host: str, port: int) -> None:
        """Refuse a host that is known here and not public (for a request through a proxy).

        Raises:
            Fault: One of its addresses is not public.
        """
        with suppress(OSError):
            self._allowed(host, port)

    def connect(self, host: str, port: int) -> socket.socket:
        """Open a socket to `host`.

        Raises:
            Fault: The name is not known, an address is not public, or nobody answers there.
        """
        try:
            addresses = self._allowed(host, port)
        except OSError as error:
            raise Fault(
                "name-server" if error.errno == socket.EAI_AGAIN else "dns",
                f"the host name {host} could not be looked up",
                "is it spelt right, and is this machine online?",
            ) from error
        reason = OSError("no address")
        for address in addresses:
            try:
                return self._open(host, address)
            except OSError as error:
                reason = error
        hint = "is this machine online? try again later"
        if isinstance(reason, TimeoutError):
            raise Fault("connect", f"{host} did not answer in time", hint) from reason
        raise Fault("unreachable", f"{host} {_reason(reason)}", hint) from reason

    def _open(self, host: str, info: _AddressInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        opened = socket.socket(family, kind, protocol)
        try:
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            opened.settimeout(min(self._settings.connect_timeout, self.remaining()))
            opened.connect(address)
            # Whatever was looked up before: this is who is there.
            self._require_public(host, str(opened.getpeername()[0]))
            opened.settimeout(self.patience())
        except (OSError, Fault):
            opened.close()
            raise
        return opened

    def _allowed(self, host: str, port: int) -> list[_AddressInfo]:
        addresses = self._look_up(host, port)
        for *_, address in addresses:
            self._require_public(host, str(address[0]))
        if port in NO_WEB_PORTS and not self._private:
            raise Fault("refused", f"port {port} of {host} is not one of the web")
        return addresses

    def _require_public(self, host: str, address: str) -> None:
        if not self._private and not is_public(address):
            raise Fault(
                "refused",
                f"{host} is not an address of the public internet",
                "set NORTHBIB_ALLOW_PRIVATE=1 to fetch from this network all the same",
            )

    def _look_up(self, host: str, port: int) -> list[_AddressInfo]:
        # The look-up of the C library cannot be stopped: it is left behind when it takes too long.
        answers: queue.SimpleQueue[list[_AddressInfo] | OSError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
            except OSError as error:
                answers.put(error)
            except UnicodeError as error:
                answers.put(OSError(f"not a host name: {error}"))

        threading.Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=self.remaining())
        except queue.Empty:
            raise self.out_of_time() from None
        if isinstance(answer, OSError):
            raise answer
        return answer


def _reason(error: OSError) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "refused the connection"
    return f"could not be reached ({error.strerror or error})"
