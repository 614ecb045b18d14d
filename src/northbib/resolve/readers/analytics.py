"""The tags that services for publishers ask for: Parse.ly, Sailthru, Chartbeat, Cxense, Swiftype.

Sources: Parse.ly, "Metadata for legacy tags"; Sailthru, "Horizon meta tags"; Cxense, "Meta tags";
Swiftype, "Crawler: meta tags".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FIELDS"]

FIELDS: Mapping[str, Mapping[str, str]] = {
    "page:meta": {
        "title": "parsely-title sailthru.title cxenseparse:title",
        "author": """parsely-author sailthru.author cxenseparse:author chartbeat:author
            dcsext.author""",
        "issued": """parsely-pub-date sailthru.date cxenseparse:recs:publishtime
            cxenseparse:publishtime published_at dcsext.articlefirstpublished""",
        "modified": "cxenseparse:recs:modifiedtime",
    }
}
