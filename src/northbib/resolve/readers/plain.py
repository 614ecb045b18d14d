"""Meta elements of no vocabulary: those of HTML itself, and names that many sites share.

Source: HTML Living Standard, 4.2.5.1 (`author`, `generator`, `application-name`); WHATWG's wiki of
MetaExtensions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FIELDS", "SOURCE"]

SOURCE = "page:meta"
FIELDS: Mapping[str, Mapping[str, str]] = {
    SOURCE: {
        "title": "title headline hdl article.title article:title article.headline",
        "author": "author authors byl byline article.author article_author creator dcr-author",
        "issued": """pubdate publishdate publish-date publish_date publication-date publication_date
            article.published date.issued date_published date-published datepublished published
            published_time published-date article:published_date article.publication_date
            article_date_original originalpublicationdate ptime displaydate display-date
            created_date creation_date release_date releasedate issued date""",
        "modified": """last-modified last_modified lastmod lastmodified revised article.updated
            date.modified utime lmt""",
        "DOI": "doi publication_doi article:doi",
        "site": "application-name apple-mobile-web-app-title publication_name",
        "site-publisher": "publisher copyright-holder",
        "generator": "generator",
        "language": "language content-language",
    },
}
