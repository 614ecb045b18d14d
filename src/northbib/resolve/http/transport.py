"""Connections whose sockets an exchange opens, and whose every byte it counts.

An exchange belongs to the thread that it runs on, as a connection does while it is used: that is
how one set of pools serves many exchanges at a time.
"""

from __future__ import annotations

import io
from http.client import HTTPResponse
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from northbib.resolve.http.exchange import current

if TYPE_CHECKING:
    import socket

    from northbib.resolve.http.exchange import Exchange

__all__ = ["GuardedAdapter"]


class _Counted(io.RawIOBase):
    """The bytes of a socket, as long as the exchange lets them come."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, exchange: Exchange) -> None:
        self._raw = raw
        self._socket = sock
        self._exchange = exchange
        self._over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self._over:
            return None
        self._socket.settimeout(self._exchange.patience())
        count = self._raw.readinto(buffer)
        self._exchange.received(count or 0)
        return count

    def end(self, surplus: bytes) -> None:
        """Note what came after the end of the answer."""
        self._exchange.surplus = bool(surplus.strip(b"\r\n"))

    def seal(self) -> None:
        """Read no more."""
        self._over = True

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Reader(io.BufferedReader):
    """Sees, when it is closed, whether more came than the answer was said to be long."""

    raw: _Counted

    def close(self) -> None:
        if not self.closed:
            self.raw.seal()
            self.raw.end(self.peek(1))
        super().close()


class _Answer(HTTPResponse):
    def __init__(self, sock: socket.socket, *arguments: Any, **options: Any) -> None:
        super().__init__(sock, *arguments, **options)
        self._exchange = current()
        self._exchange.head(sock)
        raw = self.fp.detach()
        self.fp = _Reader(_Counted(raw, sock, self._exchange))

    def begin(self) -> None:
        super().begin()
        self._exchange.body()


class _HTTP(HTTPConnection):
    """Opens its socket through the exchange, unless it leads to a proxy."""

    response_class: Any = _Answer

    def _new_conn(self) -> socket.socket:
        return _opened(self) if self.proxy is None else super()._new_conn()


class _HTTPS(HTTPSConnection):
    """The same, with TLS on top."""

    response_class: Any = _Answer

    def _new_conn(self) -> socket.socket:
        return _opened(self) if self.proxy is None else super()._new_conn()


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls: Any = _HTTP


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls: Any = _HTTPS


def _opened(connection: HTTPConnection) -> socket.socket:
    return current().connect(connection.host, connection.port)


_POOLS = {"http": _HTTPPool, "https": _HTTPSPool}


class GuardedAdapter(HTTPAdapter):
    """Makes a requests session count and guard what comes over its connections."""

    def __init__(self, connections: int) -> None:
        super().__init__(max_retries=0, pool_connections=64, pool_maxsize=connections)

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **options: Any
    ) -> None:
        """Set up the pools of direct connections."""
        super().init_poolmanager(connections, maxsize, block, **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """Set up the pools of connections to a proxy; those through SOCKS are as they were."""
        manager = super().proxy_manager_for(proxy, **options)
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = _POOLS
        return manager
