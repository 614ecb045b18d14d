"""The metadata of trafilatura, without the text of the page."""

from typing import Any

from dates import parts
from trafilatura.metadata import extract_metadata


def read(page: bytes, _headers: dict[str, str], url: str) -> dict[str, Any] | None:
    """Give the page's metadata as CSL-JSON, None if there are none."""
    found = extract_metadata(page, default_url=url)
    if found is None:
        return None
    # It knows articles only; most pages are of newspapers.
    kind = "article-newspaper" if found.pagetype == "article" else None
    return {
        "title": found.title,
        "type": kind,
        "container-title": found.sitename,
        "author": [{"literal": name} for name in (found.author or "").split("; ") if name],
        "issued": parts(found.date),
    }
