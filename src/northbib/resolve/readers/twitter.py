"""The cards of Twitter: a title, and labels that say who wrote it.

Source: X Developer Platform, "Cards markup"; Yoast SEO writes `twitter:label1` and `data1`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.resolve.claims import Claim
from northbib.resolve.people import read_byline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.resolve.readers.parts import Page

__all__ = ["FIELDS", "SOURCE", "read_labels"]

SOURCE = "page:twitter"
FIELDS: Mapping[str, Mapping[str, str]] = {SOURCE: {"title": "twitter:title"}}

_WRITTEN_BY = re.compile(r"written by|author|by", re.IGNORECASE)


def read_labels(page: Page) -> list[Claim]:
    """Read the label of a card that says who wrote the page."""
    for name, content in page.metas:
        if name.startswith("twitter:label") and _WRITTEN_BY.fullmatch(content):
            data = page.meta(f"twitter:data{name[len('twitter:label') :]}")
            names = read_byline(data)
            return [Claim("author", names, SOURCE, name)] if names else []
    return []
