"""Which registration agency a DOI belongs to, as the DOI resolver tells it.

Source: https://citation.doi.org/docs.html, "Which RA?".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from northbib.errors import NotFoundError
from northbib.resolve.http.results import Request

if TYPE_CHECKING:
    from northbib.resolve.http.fetcher import Fetcher

__all__ = ["agency_of", "read_agency"]


def agency_of(doi: str, fetcher: Fetcher) -> str:
    """Give the agency of a DOI ("Crossref", "DataCite", …), "" where that cannot be found out.

    All DOIs of a prefix belong to one agency, so that the answer is kept for the prefix.

    Raises:
        NotFoundError: There is no such prefix.
    """
    prefix = doi.partition("/")[0]
    url = f"{fetcher.settings.url('doi')}ra/{quote(prefix)}"
    result = fetcher.get(Request(url, accept="application/json", keep="agency"))
    if result.outcome != "found" or result.response is None:
        return ""
    agency, status = read_agency(result.response.body)
    if status == "DOI does not exist":
        raise NotFoundError(
            f"there is no such DOI: {doi}", where=url, hint="check it for typing errors"
        )
    return agency


def read_agency(data: bytes) -> tuple[str, str]:
    """Give the agency that an answer of the resolver names, or the status in its place."""
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError):
        return "", ""
    first = answer[0] if isinstance(answer, list) and answer else None
    if not isinstance(first, dict):
        return "", ""
    return str(first.get("RA") or ""), str(first.get("status") or "")
