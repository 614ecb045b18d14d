"""Web addresses: fit to be asked, without what tracks people, and the DOI that they spell out.

Source: RFC 3986.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit, urlunsplit

from northbib.errors import UsageError
from northbib.records.identifiers import doi

__all__ = ["clean_address", "doi_in_address", "fit_address", "shown"]

_PUBLISHER_PATH = re.compile(
    r"/(?:doi|content|article|articles|chapter)/(?:[a-z]+/){0,2}10\.\d{4,9}/"
)
_FILE_VIEW = re.compile(
    r"(?:v\d+)?(?:[./](?:full|abstract|pdf|epub|full-text|meta))+$", re.IGNORECASE
)
_UNFIT = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2000-\u200f\u2028-\u202f]")
_TO_ENCODE = re.compile(r"[<>\"^`{|}]")

_TRACKING = re.compile(
    r"(?:utm|at|hsa|mc|pk|mtm|oly|vero|ns|guce)_\w+"
    r"|(?:fb|g|d|msclk|y|tw|tt|ms)clid|msclkid|[gw]braid|igshid|mkt_tok|guccounter"
    r"|cmp|cmpid|ocid|ito|xtor|s_cid|smid|mbid|ref_src|referrer|_gl|_ga|__twitter_impression",
    re.IGNORECASE,
)
_TRACKING_FRAGMENT = re.compile(r":~:text=.*|xtor=.*|Echobox=.*|(?:utm|at)_\w+=.*", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def fit_address(address: str) -> str:
    """Give a web address in a form fit to be asked: without credentials and default port.

    Raises:
        UsageError: It is not an http or https address with a host.
    """
    address = address.strip()
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"not a web address: {shown(address)!r}") from error
    if parts.scheme not in _DEFAULT_PORTS or not host or _UNFIT.search(address):
        raise UsageError(f"not a web address: {shown(address)!r}")
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        netloc += f":{port}"
    fitted = urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, parts.fragment))
    return _TO_ENCODE.sub(lambda match: f"%{ord(match[0]):02X}", fitted)


def clean_address(address: str) -> str:
    """Give a web address fit to be asked, without the parameters that track people.

    Raises:
        UsageError: It is not an http or https address with a host.
    """
    parts = urlsplit(fit_address(address))
    fragment = "" if _TRACKING_FRAGMENT.fullmatch(parts.fragment) else parts.fragment
    return urlunsplit(parts._replace(query=_query(parts.query), fragment=fragment))


def doi_in_address(address: str) -> str | None:
    """Give the DOI that a publisher's address spells out (`/doi/full/10.…`), None if none."""
    path = unquote(urlsplit(address).path)
    match = _PUBLISHER_PATH.search(path)
    if match is None:
        return None
    return doi(_FILE_VIEW.sub("", path[match.start() :]))


def _query(query: str) -> str:
    pairs = query.split("&") if query else []
    return "&".join(p for p in pairs if not _TRACKING.fullmatch(unquote(p.partition("=")[0])))


def shown(text: str) -> str:
    """Give a text short enough for a message."""
    return text if len(text) <= 80 else f"{text[:79]}…"
