"""What is asked, and what came of it: a request and its result as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from northbib.errors import InputError, NetworkError, NorthbibError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "HTML",
    "Fault",
    "FaultKind",
    "Keep",
    "Outcome",
    "Redirect",
    "Request",
    "Response",
    "Result",
]

HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"

Keep = Literal["agency", "record", "page", "news", "never"]
Outcome = Literal[
    "found", "not_found", "gone", "blocked", "rate_limited", "offline_miss", "stopped", "error"
]
FaultKind = Literal[
    "",  # no fault
    "address",  # not a web address
    "refused",  # an address that is not asked
    "dns",  # a name that could not be looked up
    "name-server",  # a name that could not be looked up just now
    "connect",  # no connection in time
    "unreachable",  # a host that takes no connections, or to which no way leads
    "tls",  # a certificate or handshake that is not to be trusted
    "timeout",  # no whole answer in time
    "broken",  # an answer that ends in the middle, or is no HTTP
    "redirects",  # redirects without end, or out of the web
    "size",  # an answer that is too large
    "damaged",  # an answer that cannot be unpacked
    "status",  # an answer with another status than success
]

_OF_THE_ANSWER = frozenset({"address", "size", "damaged"})


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask for.

    Attributes:
        url: A web address, without keys and e-mail addresses: the fetcher adds those that the
            service at the address wants, and keeps them out of everything that it gives back.
        accept: The media types that can be read.
        keep: What kind of answer it is, which says how long it stays in the cache: the `agency` of
            a prefix, the `record` of a work, the `news` of one, a `page`, or one that is `never`
            kept.
        body: What is sent by POST; a GET if empty.
        body_type: The media type of the body.
        enough: The bytes of the answer that are enough, after which the rest is left unread; 0 to
            want all of it.
        headers: Further headers, by name.
    """

    url: str
    accept: str = HTML
    keep: Keep = "page"
    body: bytes = b""
    body_type: str = ""
    enough: int = 0
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def method(self) -> str:
        """The HTTP method."""
        return "POST" if self.body else "GET"


class Redirect(NamedTuple):
    """A step on the way to an answer.

    Attributes:
        status: The HTTP status that said so.
        url: Where it led.
    """

    status: int
    url: str


@dataclass(frozen=True, slots=True)
class Response:
    """An answer in full.

    Attributes:
        url: The address that gave it, after redirects.
        status: Its HTTP status.
        body: Its body, decompressed.
        headers: Its headers, names in lower case.
        redirects: The steps that led to it.
    """

    url: str
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[Redirect, ...] = ()

    @property
    def content_type(self) -> str:
        """The media type without parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Fault(Exception):  # noqa: N818  # it never leaves the fetcher, which makes a result of it
    """Why no answer came.

    Args:
        kind: One of `FaultKind`.
        reason: One clause for a person.
        hint: What to do next, as one clause.
        retry_after: Seconds after which it makes sense to try again, if known.
    """

    def __init__(
        self, kind: FaultKind, reason: str, hint: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.hint = hint
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a request.

    Attributes:
        outcome: `found`: an answer with status 2xx that is worth reading. `not_found` (404) and
            `gone` (410). `blocked`: the host wants to see a person. `rate_limited`: it has had too
            many requests. `offline_miss`: nothing is kept, and nothing was to be asked. `stopped`:
            the fetcher was stopped. `error`: anything else, see `kind`.
        url: The address after redirects, or the one at which it went wrong.
        reason: Why it is not `found`, or not the newest, as one clause; "" if there is no need.
        hint: What to do next, as one clause.
        kind: What kind of error it is (`FaultKind`); "" if it is none.
        response: The answer, whatever its status; None if none came.
        retry_after: Seconds that the host asks to wait.
        fetched: When the answer came, in seconds since 1970; None if none came.
        kept: Whether it comes from the cache.
        stale: Whether it comes from the cache though its time is over, since no newer one came.
    """

    outcome: Outcome
    url: str
    reason: str = ""
    hint: str = ""
    kind: FaultKind = ""
    response: Response | None = None
    retry_after: float | None = None
    fetched: float | None = None
    kept: bool = False
    stale: bool = False

    def require(self) -> Response:
        """Give the answer.

        Raises:
            NotFoundError: There is no such thing, or no longer.
            InputError: The answer is too large or damaged, or the address is none.
            NetworkError: No answer to read came, for any other reason.
        """
        if self.outcome == "found" and self.response is not None:
            return self.response
        raise self.error()

    def error(self) -> NorthbibError:
        """Give the outcome as an error to raise."""
        if self.outcome in ("not_found", "gone"):
            kind: type[NorthbibError] = NotFoundError
        else:
            # A challenge with status 200 is an answer, though not the one that was asked for.
            is_answer = self.outcome == "blocked" and self.response and self.response.status < 300
            kind = InputError if self.kind in _OF_THE_ANSWER or is_answer else NetworkError
        return kind(self.reason, where=self.url, hint=self.hint or None)
