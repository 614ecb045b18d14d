"""Pages written for tests, and how tests read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.resolve.merge import merge
from northbib.resolve.page import read_page

if TYPE_CHECKING:
    from northbib.records import Record

BBC = "https://www.bbc.co.uk/news/technology-29737066"
ELSEWHERE = "https://www.example.org/a/page"
TAKE_OFF = "Can a northern tech cluster take off?"
CARDS = "Powerhouse of cards? Understanding the ‘Northern Powerhouse’"
CARDS_DOI = "10.1080/00343404.2016.1196289"
CLUSTERS = "Agglomeration, clusters, and industrial policy"


def read(page: str | bytes, url: str = ELSEWHERE, **headers: str) -> Record:
    """Give the record of a page at an address, sent with headers."""
    data = page.encode() if isinstance(page, str) else page
    return merge(read_page(data, headers, url), url=url)[0]


def claimed(page: str, field: str, url: str = ELSEWHERE) -> dict[str, object]:
    """Give source -> value of the claims of a page for a field, the first of each source."""
    found: dict[str, object] = {}
    for claim in read_page(page.encode(), {}, url):
        if claim.field == field:
            found.setdefault(claim.source, claim.value)
    return found


def metas(**contents: str) -> str:
    """Write meta elements; `__` in a name stands for a colon, `_dot_` for a full stop."""
    return "".join(
        f'<meta name="{name.replace("_dot_", ".").replace("__", ":")}" content="{content}">'
        for name, content in contents.items()
    )
