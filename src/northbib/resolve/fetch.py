"""Asking a host for a page or a record, with limits on everything that it can stretch.

Redirects are followed by hand, since every hop is checked anew: scheme, address, time and number.
Proxies and certificates of the environment are used as requests documents them; passwords in
.netrc are not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from northbib.errors import InputError, NetworkError, NotFoundError, UsageError
from northbib.resolve.inflate import ENCODINGS, read_limited
from northbib.resolve.recognition import fit_address
from northbib.resolve.transport import Guard, GuardedAdapter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from northbib.resolve.settings import Settings

__all__ = ["HTML", "Fetcher", "Response", "require_success"]

HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65536

# Registries that ask for the address of those who ask them; nobody else is told.
_REGISTRIES = ("doi.org", "crossref.org", "datacite.org", "crosscite.org", "medra.org")


@dataclass(frozen=True, slots=True)
class Response:
    """An answer in full.

    Attributes:
        url: The address that gave it, after redirects.
        status: Its HTTP status.
        headers: Its headers, names in lower case.
        body: Its body, decompressed.
    """

    url: str
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content_type(self) -> str:
        """The media type without parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Fetcher:
    """One session over the network; a context manager, to be used by one thread at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._guard = Guard(allow_private=settings.allow_private)
        self._session = requests.Session()
        self._session.mount("http://", GuardedAdapter(self._guard))
        self._session.mount("https://", GuardedAdapter(self._guard))
        # An authentication that does nothing keeps requests from looking into .netrc.
        self._session.auth = _no_authentication

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()
        self._guard.close()

    @property
    def settings(self) -> Settings:
        """What this fetcher was made with."""
        return self._settings

    def get(self, url: str, accept: str = HTML) -> Response:
        """Ask for `url`, follow redirects, and give the answer whatever its status.

        Raises:
            NetworkError: No whole answer came, or one that led to a place that is not asked.
            InputError: The answer is too large, or damaged.
        """
        with self._guard.limit(url, self._settings.total_timeout):
            hop = url
            for _ in range(self._settings.max_redirects + 1):
                response = self._ask(hop, accept)
                location = response.headers.get("location")
                if response.status not in _REDIRECTS or not location:
                    return response
                hop = _next_hop(hop, location)
        raise NetworkError(
            f"more than {self._settings.max_redirects} redirects",
            where=url,
            hint="open it in a browser and give the address at which you arrive",
        )

    def _ask(self, url: str, accept: str) -> Response:
        if self._proxied(url):
            parts = urlsplit(url)
            self._guard.check(parts.hostname or "", parts.port or 443)
        settings = self._settings
        headers = {
            "Accept": accept,
            "Accept-Encoding": ENCODINGS,
            "Accept-Language": "en-GB,en;q=0.8,*;q=0.5",
            "User-Agent": self._user_agent(url),
        }
        try:
            with self._session.get(
                url,
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(settings.connect_timeout, settings.read_timeout),
            ) as answer:
                return self._read(answer, url)
        except (OSError, urllib3.exceptions.HTTPError) as error:
            raise self._fault(error, url) from error

    def _read(self, answer: requests.Response, url: str) -> Response:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        if answer.status_code in _REDIRECTS:
            location = self._session.get_redirect_target(answer)
            return Response(url, answer.status_code, b"", {"location": location or ""})
        body = read_limited(
            answer.raw.stream(_CHUNK, decode_content=False),
            headers.get("content-encoding", ""),
            self._settings.max_bytes,
            url,
        )
        if self._guard.expired:
            raise self._guard.out_of_time()
        return Response(url, answer.status_code, body, headers)

    def _fault(self, error: Exception, url: str) -> NetworkError | InputError:
        if self._guard.expired:
            return self._guard.out_of_time()
        if isinstance(error, requests.exceptions.InvalidURL):
            return InputError("not a web address", where=url)
        if isinstance(error, (requests.exceptions.SSLError, urllib3.exceptions.SSLError)):
            return NetworkError(
                "no safe connection: its certificate could not be verified",
                where=url,
                hint="check the clock of this machine, or name its certificates in "
                "REQUESTS_CA_BUNDLE",
            )
        if isinstance(error, (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError)):
            seconds = self._settings.read_timeout
            return NetworkError(
                f"no answer for {seconds:g} seconds", where=url, hint="try again later"
            )
        return NetworkError(
            "the connection was broken off before the whole answer had come",
            where=url,
            hint="try again later",
        )

    def _proxied(self, url: str) -> bool:
        given = self._session.merge_environment_settings(url, {}, None, None, None)
        return requests.utils.select_proxy(url, given["proxies"]) is not None

    def _user_agent(self, url: str) -> str:
        host = urlsplit(url).hostname or ""
        own = urlsplit(self._settings.doi_url).hostname
        is_registry = host == own or any(host == r or host.endswith(f".{r}") for r in _REGISTRIES)
        return self._settings.polite_user_agent if is_registry else self._settings.user_agent


def require_success(response: Response) -> Response:
    """Give the response back if it is one to read.

    Raises:
        NotFoundError: The host says that there is no such thing, or no longer.
        NetworkError: It answered with another error.
    """
    status = response.status
    if 200 <= status < 300:
        return response
    if status in (404, 410):
        what = "there is no such page" if status == 404 else "the page is gone"
        raise NotFoundError(what, where=response.url)
    hints = {
        401: "the page is for members only",
        403: "open it in a browser, save the page, and read that file instead",
        429: f"it has had too many requests; try again {_when(response)}",
    }
    default = "try again later" if status >= 500 else "open it in a browser to see what it says"
    raise NetworkError(
        f"the host answered with HTTP status {status}",
        where=response.url,
        hint=hints.get(status, default),
    )


def _when(response: Response) -> str:
    seconds = response.headers.get("retry-after", "").strip()
    return f"in {seconds} seconds" if seconds.isdigit() and len(seconds) < 6 else "later"


def _next_hop(url: str, location: str) -> str:
    try:
        return fit_address(urljoin(url, location.strip().replace(" ", "%20")))
    except (UsageError, ValueError) as error:
        raise NetworkError(
            "redirected to something that is not a web address, which is not followed", where=url
        ) from error


def _no_authentication(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
