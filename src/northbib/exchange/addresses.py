"""Addresses that a schema takes for such (`xs:anyURI`)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

__all__ = ["is_address"]

_ADDRESS = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]*:|(?![^/?#]*:))"
    r"(?:[^%\[\]#\s]|%[0-9A-Fa-f]{2})*(?:#(?:[^%\[\]#\s]|%[0-9A-Fa-f]{2})*)?"
)


def is_address(text: str) -> bool:
    """Tell whether a text can stand where a schema wants an address.

    >>> is_address("https://www.gov.uk/a?b=c#d"), is_address("100 %")
    (True, False)
    """
    if not _ADDRESS.fullmatch(text):
        return False
    try:
        _ = urlsplit(text).port
    except ValueError:
        return False
    return True
