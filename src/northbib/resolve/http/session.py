"""One hop over the network: a requests session that keeps nothing between answers."""

from __future__ import annotations

import http.client
import http.cookiejar
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
import urllib3

from northbib.resolve.http.inflate import ENCODINGS, beginning, too_large, unpacked
from northbib.resolve.http.results import Fault, Response
from northbib.resolve.http.transport import GuardedAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from requests.cookies import RequestsCookieJar

    from northbib.resolve.http.exchange import Exchange
    from northbib.resolve.settings import Settings

__all__ = ["REDIRECTS", "Session"]

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536
_NO_LONGER_DRAINED = 65_536
_BROKEN = (OSError, ValueError, urllib3.exceptions.HTTPError, http.client.HTTPException)


class _Session(requests.Session):
    def resolve_redirects(self, *_: Any, **__: Any) -> Iterator[Any]:
        """Follow none, not even to see where it leads: that would unpack the body, bomb or not."""
        return iter(())


class Session:
    """Connections, proxies and certificates, for many threads.

    Proxies and certificates of the environment are used as requests documents them; passwords in
    .netrc are not. Cookies live as long as the redirects of one request.
    """

    def __init__(
        self, settings: Settings, adapters: Mapping[str, requests.adapters.BaseAdapter]
    ) -> None:
        self._settings = settings
        self._session = _Session()
        for prefix in ("http://", "https://"):
            self._session.mount(prefix, GuardedAdapter(settings.at_once))
        for prefix, adapter in adapters.items():
            self._session.mount(prefix, adapter)
        # An authentication that does nothing keeps requests from looking into .netrc.
        self._session.auth = _no_authentication
        self._session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))

    def close(self) -> None:
        """Close all connections."""
        self._session.close()

    def ask(
        self,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        cookies: RequestsCookieJar,
        exchange: Exchange,
        *,
        enough: int = 0,
    ) -> Response:
        """Ask for `url`, by POST if there is a body, and give the answer, redirects as they are.

        What comes after `enough` bytes is not read, if that is not 0.

        Raises:
            Fault: No whole answer came.
        """
        settings = self._settings
        self._check_behind_proxy(url, exchange)
        try:
            with self._session.request(
                "POST" if body else "GET",
                url,
                headers={"Accept-Encoding": ENCODINGS, **headers},
                data=body or None,
                cookies=cookies,
                stream=True,
                allow_redirects=False,
                timeout=(settings.connect_timeout, settings.read_timeout),
            ) as answer:
                cookies.update(answer.cookies)
                return self._read(answer, url, exchange, enough)
        except _BROKEN as error:
            raise self._fault(error, exchange) from error

    def _read(
        self, answer: requests.Response, url: str, exchange: Exchange, enough: int
    ) -> Response:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        status = answer.status_code
        if status in REDIRECTS and headers.get("location"):
            headers["location"] = self._session.get_redirect_target(answer) or ""
            if _length(headers) <= _NO_LONGER_DRAINED:
                _drain(answer)
            return Response(url, status, b"", headers)
        wire = bytearray()
        # In pieces of the standard library's making, which reads no line without end.
        while piece := answer.raw.read(_CHUNK, decode_content=False):
            wire += piece
            if len(wire) > self._settings.max_bytes:
                raise too_large(self._settings.max_bytes)
            if 0 < enough <= len(wire):
                packing = headers.get("content-encoding", "")
                return Response(url, status, beginning(bytes(wire), packing, enough), headers)
        if exchange.surplus and status not in (204, 304):
            raise Fault("broken", "more came than the answer was said to be long")
        body = unpacked(bytes(wire), headers.get("content-encoding", ""), self._settings.max_bytes)
        return Response(url, status, body, headers)

    def _check_behind_proxy(self, url: str, exchange: Exchange) -> None:
        given = self._session.merge_environment_settings(url, {}, None, None, None)
        if requests.utils.select_proxy(url, given["proxies"]) is not None:
            parts = urlsplit(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
            exchange.check(parts.hostname or "", port)

    def _fault(self, error: Exception, exchange: Exchange) -> Fault:
        if exchange.expired:
            return exchange.out_of_time()
        if isinstance(error, requests.exceptions.InvalidURL):
            return Fault("address", "not a web address")
        if isinstance(error, requests.exceptions.ProxyError):
            return Fault(
                "unreachable",
                "the proxy could not be reached, or refused",
                "check http_proxy and https_proxy",
            )
        if isinstance(error, (requests.exceptions.SSLError, urllib3.exceptions.SSLError)):
            return Fault("tls", *_why_not_safe(error))
        if isinstance(error, (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError)):
            seconds = self._settings.read_timeout
            return Fault("timeout", f"no answer for {seconds:g} seconds", "try again later")
        return Fault(
            "broken",
            "the connection was broken off before the whole answer had come",
            "try again later",
        )


def _why_not_safe(error: Exception) -> tuple[str, str]:
    text = str(error)
    trust = "check the clock of this machine, or name its certificates in REQUESTS_CA_BUNDLE"
    for sign, reason in (
        ("has expired", "its certificate has expired"),
        ("not yet valid", "its certificate is not valid yet"),
        ("ostname mismatch", "its certificate is that of another host"),
        ("IP address mismatch", "its certificate is that of another host"),
        ("doesn't match", "its certificate is that of another host"),
        ("self-signed", "its certificate is signed by nobody that this machine trusts"),
        ("self signed", "its certificate is signed by nobody that this machine trusts"),
        ("unable to get local issuer", "its certificate is signed by nobody this machine trusts"),
    ):
        if sign in text:
            return f"no safe connection: {reason}", trust
    return "no safe connection: its certificate could not be verified", trust


def _length(headers: Mapping[str, str]) -> int:
    text = headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else _CHUNK + 1


def _drain(answer: requests.Response) -> None:
    # A connection whose answer was read to the end can be used again.
    while answer.raw.read(_CHUNK, decode_content=False):
        pass


def _no_authentication(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
