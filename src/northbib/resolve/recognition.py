"""What was typed or pasted: a DOI in any dress, or a web address.

Sources: DOI Handbook, 2.2 and 3.8 (names and their resolvers); RFC 3986 (addresses).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit, urlunsplit

from northbib.errors import UsageError
from northbib.records.identifiers import doi

__all__ = ["Identifier", "clean_address", "doi_in_address", "fit_address", "recognise"]

_DOI = re.compile(r"(?:doi\s*[:/]?\s*|info:doi/|urn:doi:)?10\.\d{4,9}", re.IGNORECASE)
_RESOLVER = re.compile(r"(?:^|\.)(?:dx[.-])?doi[.-]org(?:$|\.)|(?:^|\.)hdl\.handle\.net$")
_PUBLISHER_PATH = re.compile(
    r"/(?:doi|content|article|articles|chapter)/(?:[a-z]+/){0,2}10\.\d{4,9}/"
)
_FILE_VIEW = re.compile(
    r"(?:v\d+)?(?:[./](?:full|abstract|pdf|epub|full-text|meta))+$", re.IGNORECASE
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_BARE_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d+)?", re.IGNORECASE)
_FILE_ENDING = re.compile(
    r"\.(?:bib|csl|csv|docx?|enw|html?|json|md|nbib|odt|pdf|py|ris|rst|rtf|te?xt?|tsv|xml|ya?ml)",
    re.IGNORECASE,
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


@dataclass(frozen=True, slots=True)
class Identifier:
    """Something that can be asked about.

    Attributes:
        kind: `doi` or `url`.
        value: A DOI in lower case, or a web address without tracking, credentials and user's name.
    """

    kind: Literal["doi", "url"]
    value: str


def recognise(text: str) -> Identifier:
    """Say what `text` is.

    Takes a DOI (`10.…`, `doi:10.…`, the address of a resolver, percent-encoded or proxied) or a web
    address, which may lack its scheme (`www.bbc.co.uk/news`).

    Raises:
        UsageError: It is neither; or an address of another scheme than http and https.
    """
    text = text.strip().strip("\"'“”‘’").removeprefix("<").removesuffix(">").strip()
    if re.match(r"https?://", text, re.IGNORECASE):
        return _address(text)
    if _DOI.match(unquote(text)) and (found := doi(text)):
        return Identifier("doi", found)
    if (host := _BARE_HOST.match(text)) and _is_host(text, host.group()):
        return _address(f"https://{text}")
    scheme = _SCHEME.match(text)
    if scheme and not text[scheme.end() :].startswith(" "):
        raise UsageError(
            f"an address that starts with {scheme[1]}: is not fetched",
            hint="give a DOI, or an address that starts with https: or http:",
        )
    raise UsageError(
        f"neither a DOI nor a web address: {_shown(text)!r}",
        hint="give a DOI such as 10.1080/00343404.2016.1196289, or an address such as "
        "https://www.gov.uk/",
    )


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
        raise UsageError(f"not a web address: {_shown(address)!r}") from error
    if parts.scheme not in _DEFAULT_PORTS or not host or _UNFIT.search(address):
        raise UsageError(f"not a web address: {_shown(address)!r}")
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


def _address(text: str) -> Identifier:
    address = clean_address(text)
    parts = urlsplit(address)
    if _RESOLVER.search(parts.netloc) and (found := doi(unquote(parts.path))):
        return Identifier("doi", found)
    return Identifier("url", address)


def _query(query: str) -> str:
    pairs = query.split("&") if query else []
    return "&".join(p for p in pairs if not _TRACKING.fullmatch(unquote(p.partition("=")[0])))


def _is_host(text: str, host: str) -> bool:
    rest = text[len(host) :]
    if rest and rest[0] not in "/?#":
        return False
    ending = host[host.rfind(".") :]
    return bool(rest) or host.lower().startswith("www.") or not _FILE_ENDING.fullmatch(ending)


def _shown(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
