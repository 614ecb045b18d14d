"""The Open Graph protocol: `og:*` and the properties of articles and books.

Source: https://ogp.me/, "Object Types", and Facebook's reference of `article:*`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FIELDS", "SOURCE"]

SOURCE = "page:og"
FIELDS: Mapping[str, Mapping[str, str]] = {
    SOURCE: {
        "title": "og:title",
        "site": "og:site_name og:site",
        "type": "og:type",
        "language": "og:locale",
        "issued": """article:published_time article:published og:article:published_time
            og:published_time og:publish_date book:release_date""",
        "modified": "article:modified_time og:updated_time og:article:modified_time",
        "author": "article:author og:article:author og:author book:author article:author:name",
        "ISBN": "book:isbn",
    }
}
