"""Sockets that lead to public addresses only, and no longer than they may.

Every address that a name stands for is checked, and the connection is made to an address that was
checked: a name server that changes its answer between check and use gains nothing. Whatever goes
on, name look-up and TLS included, is over when its time is.
"""

from __future__ import annotations

import queue
import socket
import threading
import time
from contextlib import contextmanager, suppress
from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any, cast

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.poolmanager import PoolManager

from northbib.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Guard", "GuardedAdapter", "is_public"]

# More than the connections that a session keeps open.
_WATCHED = 32
_NAT64 = ip_network("64:ff9b::/96")

# What getaddrinfo gives: family, type, protocol, canonical name, socket address.
_AddressInfo = tuple[Any, Any, int, str, Any]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet.

    An IPv6 address that carries an IPv4 address is judged by the latter. Source: the IANA special-
    purpose address registries (RFC 6890), as `ipaddress` has them.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


class Guard:
    """Opens the sockets of one fetcher, and shuts them when the time of its request is over."""

    def __init__(self, *, allow_private: bool) -> None:
        self.allow_private = allow_private
        self.expired = False
        self._url = ""
        self._seconds = 0.0
        self._end = 0.0
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()

    @contextmanager
    def limit(self, url: str, seconds: float) -> Iterator[None]:
        """Give what happens inside that many seconds; `url` is named in errors."""
        self._url, self._seconds, self._end = url, seconds, time.monotonic() + seconds
        self.expired = False
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def out_of_time(self) -> NetworkError:
        """Give the error for a request that took too long."""
        return NetworkError(
            f"no whole answer within {self._seconds:g} seconds",
            where=self._url,
            hint="try again later, or set NORTHBIB_TIMEOUT to more seconds",
        )

    def check(self, host: str, port: int) -> None:
        """Refuse a host that is known here and not public (for a request through a proxy).

        Raises:
            NetworkError: One of its addresses is not public.
        """
        with suppress(OSError):
            self._allowed(host, port)

    def connect(self, host: str, port: int, timeout: object) -> socket.socket:
        """Open a socket to `host`.

        Raises:
            NetworkError: The name is not known, an address is not public, or nobody answers there.
        """
        try:
            addresses = self._allowed(host, port)
        except OSError as error:
            raise NetworkError(
                f"the host name {host} could not be looked up",
                where=self._url,
                hint="is it spelt right, and is this machine online?",
            ) from error
        seconds = timeout if isinstance(timeout, (int, float)) else self._remaining()
        return self._first_open(host, addresses, seconds)

    def _first_open(
        self, host: str, addresses: list[_AddressInfo], seconds: float
    ) -> socket.socket:
        reason = OSError("no address")
        for family, kind, protocol, _, address in addresses:
            opened = socket.socket(family, kind, protocol)
            try:
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                opened.settimeout(min(seconds, self._remaining()))
                opened.connect(address)
            except OSError as error:
                opened.close()
                reason = error
            except NetworkError:
                opened.close()
                raise
            else:
                return self._watched(opened)
        what = "did not answer in time" if isinstance(reason, TimeoutError) else _reason(reason)
        raise NetworkError(
            f"{host} {what}", where=self._url, hint="is this machine online? try again later"
        ) from reason

    def _watched(self, opened: socket.socket) -> socket.socket:
        with self._lock:
            # TLS takes the descriptor over into a socket of its own; a duplicate reaches both.
            self._sockets.append(opened.dup())
            if len(self._sockets) > _WATCHED:
                self._sockets.pop(0).close()
        return opened

    def _expire(self) -> None:
        with self._lock:
            self.expired = True
            for opened in self._sockets:
                with suppress(OSError):
                    opened.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of all sockets."""
        with self._lock:
            for opened in self._sockets:
                opened.close()
            self._sockets = []

    def _remaining(self) -> float:
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise self.out_of_time()
        return seconds

    def _allowed(self, host: str, port: int) -> list[_AddressInfo]:
        addresses = self._look_up(host, port)
        for *_, address in addresses:
            if not self.allow_private and not is_public(str(address[0])):
                raise NetworkError(
                    f"{host} is not an address of the public internet",
                    where=self._url,
                    hint="set NORTHBIB_ALLOW_PRIVATE=1 to fetch from this network all the same",
                )
        return addresses

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
            answer = answers.get(timeout=self._remaining())
        except queue.Empty:
            raise self.out_of_time() from None
        if isinstance(answer, OSError):
            raise answer
        return answer


class _GuardedHTTP(HTTPConnection):
    def __init__(self, *args: Any, guard: Guard, **options: Any) -> None:
        super().__init__(*args, **options)
        self._guard = guard

    def _new_conn(self) -> socket.socket:
        return self._guard.connect(self.host, self.port, self.timeout)


class _GuardedHTTPS(HTTPSConnection):
    def __init__(self, *args: Any, guard: Guard, **options: Any) -> None:
        super().__init__(*args, **options)
        self._guard = guard

    def _new_conn(self) -> socket.socket:
        return self._guard.connect(self.host, self.port, self.timeout)


_CONNECTIONS = {"http": _GuardedHTTP, "https": _GuardedHTTPS}


class _GuardedPools(PoolManager):
    def __init__(self, guard: Guard, **options: Any) -> None:
        super().__init__(**options)
        self._guard = guard

    def _new_pool(
        self, scheme: str, host: str, port: int, request_context: dict[str, Any] | None = None
    ) -> Any:
        pool = super()._new_pool(scheme, host, port, request_context)
        cast("Any", pool).ConnectionCls = partial(_CONNECTIONS[scheme], guard=self._guard)
        return pool


class GuardedAdapter(HTTPAdapter):
    """Makes a requests session open its direct connections through a guard."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        super().__init__(max_retries=0)

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **options: Any
    ) -> None:
        """Set up the pools of direct connections; those to a proxy are as requests has them."""
        self.poolmanager = _GuardedPools(
            self._guard, num_pools=connections, maxsize=maxsize, block=block, **options
        )


def _reason(error: OSError) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "refused the connection"
    return f"could not be reached ({error.strerror or error})"
