"""Pages that only some may read: behind a payment, a log-in or a border."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.records import fold

if TYPE_CHECKING:
    from northbib.resolve.watching.seen import Seen

__all__ = ["STATUSES", "closed_by"]

STATUSES = {
    401: "it wants its readers to log in",
    402: "it has to be paid for",
    407: "it wants its readers to log in",
    451: "it may not be shown, for legal reasons",
}
"""HTTP status -> what it says (RFC 9110, 15.5; RFC 7725)."""

# https://developers.google.com/search/docs/appearance/structured-data/paywalled-content
_NOT_FREE = re.compile(
    r"\"isAccessibleForFree\"\s*(?::\s*\"?|content=\")(?:https?://schema\.org/)?false\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\W*(?:(?:please )?(?:log|sign)[ -]?in|login|(?:single )?sign[ -]?on|authentication required"
    r"|subscribe to (?:read|continue)|register to (?:read|continue)|shibboleth"
    r"|(?:members|subscribers) only|subscription required)\b"
)
_LITTLE_MORE = 4


def closed_by(seen: Seen) -> str:
    """Say by what a page is seen to be closed, "" if it is not."""
    if _NOT_FREE.search(seen.source):
        return "the page says of itself that it is not free to read"
    for text in (seen.title, *seen.headings[:1]):
        match = _TITLE.match(fold(text))
        if match is not None and len(text[match.end() :].split()) <= _LITTLE_MORE:
            return f"the page says {text[:80]!r}"
    return ""
