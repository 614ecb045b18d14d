"""From a request to its last answer: redirects by hand, each hop checked anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from requests.cookies import RequestsCookieJar

from northbib.errors import UsageError
from northbib.resolve.addresses import fit_address
from northbib.resolve.http.results import Fault, Redirect
from northbib.resolve.http.session import REDIRECTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from northbib.resolve.http.cache import Kept
    from northbib.resolve.http.results import Request, Response

__all__ = ["FaultAt", "Hop", "follow"]

_LANGUAGES = "en-GB,en;q=0.8,*;q=0.5"


@dataclass(frozen=True, slots=True)
class Hop:
    """One request of a chain.

    Attributes:
        url: Its address.
        headers: The headers that do not depend on the host.
        body: What is sent by POST.
        cookies: What hosts on the way have set, for them to see again.
        enough: The bytes of the answer that are enough, 0 for all of it.
    """

    url: str
    headers: Mapping[str, str]
    body: bytes
    cookies: RequestsCookieJar
    enough: int = 0


class FaultAt(Exception):  # noqa: N818  # like Fault, it is made a result of
    """A fault, and the address at which it came up."""

    def __init__(self, url: str, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.url = url
        self.fault = fault


def follow(
    request: Request, kept: Kept | None, most: int, ask: Callable[[Hop], Response]
) -> Response:
    """Ask, and follow redirects.

    Args:
        request: What is asked for.
        kept: An older answer: where the chain arrives at its address, the host is asked whether it
            is still right.
        most: The number of redirects that are followed.
        ask: Asks for one hop, or raises Fault.

    Returns:
        The answer, whatever its status.

    Raises:
        FaultAt: No whole answer came.
    """
    headers = _headers(request, request.url, kept)
    hop = Hop(request.url, headers, request.body, RequestsCookieJar(), request.enough)
    steps: list[Redirect] = []
    for _ in range(most + 1):
        try:
            response = ask(hop)
            location = response.headers.get("location")
            if response.status not in REDIRECTS or not location:
                return replace(response, redirects=tuple(steps))
            url = _target(hop.url, location)
            _check_downgrade(request, hop.url, url)
        except Fault as fault:
            raise FaultAt(hop.url, fault) from fault
        steps.append(Redirect(response.status, url))
        body = hop.body if _goes_on(response.status, hop.url, url) else b""
        hop = replace(hop, url=url, headers=_headers(request, url, kept), body=body)
    hint = "open it in a browser and give the address at which you arrive"
    raise FaultAt(request.url, Fault("redirects", f"more than {most} redirects", hint))


def _headers(request: Request, url: str, kept: Kept | None) -> dict[str, str]:
    headers = {"Accept": request.accept, "Accept-Language": _LANGUAGES, **dict(request.headers)}
    if request.body_type:
        headers["Content-Type"] = request.body_type
    if kept is not None and urldefrag(kept.response.url)[0] == urldefrag(url)[0]:
        headers |= _conditions(kept.response.headers)
    return headers


def _conditions(headers: Mapping[str, str]) -> dict[str, str]:
    names = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
    return {asked: headers[told] for told, asked in names if headers.get(told)}


def _target(url: str, location: str) -> str:
    try:
        return fit_address(urljoin(url, location.strip().replace(" ", "%20")))
    except (UsageError, ValueError) as error:
        raise Fault(
            "redirects", "redirected to something that is not a web address, which is not followed"
        ) from error


def _check_downgrade(request: Request, url: str, target: str) -> None:
    # Pages of old journals are at such addresses; records of services have no business there.
    if request.keep != "page" and url.startswith("https:") and target.startswith("http:"):
        raise Fault("refused", "redirected from a safe connection to one that is not safe")


def _goes_on(status: int, url: str, target: str) -> bool:
    """Whether a body is sent again: where the status says so (RFC 9110, 15.4), to its own host."""
    return status in (307, 308) and urlsplit(url).netloc == urlsplit(target).netloc
