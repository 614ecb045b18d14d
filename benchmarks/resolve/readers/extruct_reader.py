"""What extruct takes out of all that it knows (JSON-LD, microdata, RDFa and others), mapped."""

from typing import Any

import extruct
from dates import parts

_TYPES = {"NewsArticle": "article-newspaper", "BlogPosting": "post-weblog"}
# XML's own declaration, which some pages begin with, is an error to it.
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'


def read(page: bytes, _headers: dict[str, str], url: str) -> dict[str, Any] | None:
    """Give the page's first node with a headline, or its Open Graph, as CSL-JSON."""
    return read_syntaxes(page, url, extruct.SYNTAXES)


def read_syntaxes(page: bytes, url: str, syntaxes: list[str]) -> dict[str, Any] | None:
    """Read a page in some of the syntaxes of extruct only."""
    text = page.decode("utf-8", "replace").removeprefix(_DECLARATION).lstrip()
    found = extruct.extract(text, base_url=url, uniform=True, errors="ignore", syntaxes=syntaxes)
    nodes = [*found.get("json-ld", []), *found.get("microdata", [])]
    node: dict[str, Any] = next((n for n in nodes if n.get("headline")), {})
    graph = (found.get("opengraph") or [{}])[0]
    authors = node.get("author") or []
    authors = authors if isinstance(authors, list) else [authors]
    names = [author.get("name") if isinstance(author, dict) else author for author in authors]
    publisher = node.get("publisher")
    return {
        "title": node.get("headline") or graph.get("og:title"),
        "author": [{"literal": name} for name in names if isinstance(name, str)],
        "issued": parts(node.get("datePublished") or graph.get("article:published_time")),
        "container-title": graph.get("og:site_name")
        or (publisher.get("name") if isinstance(publisher, dict) else None),
        "type": _TYPES.get(str(node.get("@type"))),
    }
