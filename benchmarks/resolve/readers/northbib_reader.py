"""Our own reader: all claims of a page, merged."""

from typing import Any

from northbib.errors import NorthbibError
from northbib.resolve.merge import merge
from northbib.resolve.page import read_page


def read(page: bytes, headers: dict[str, str], url: str) -> dict[str, Any] | None:
    """Give the page's record as CSL-JSON, None if there is none."""
    try:
        return merge(read_page(page, headers, url), url=url)[0].to_csl()
    except NorthbibError:
        return None
