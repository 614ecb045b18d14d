"""Identifiers of works in their one canonical spelling: DOI, ISBN and web address.

Sources: DOI Handbook, 3.4 (a DOI is compared without case); ISBN Users' Manual, 4 (check digits).
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

__all__ = ["doi", "isbn", "web_address"]

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+", re.IGNORECASE)
_TRAILING = ".,;:!?'\"”’»"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def doi(text: str) -> str | None:
    """Find the DOI in a DOI, a `doi:` name or the address of a resolver; lower case, None if none.

    >>> doi("https://doi.org/10.1086/261763")
    '10.1086/261763'
    """
    match = _DOI.search(unquote(text))
    if match is None:
        return None
    found = match.group()
    while found and (
        found[-1] in _TRAILING
        or (found[-1] in _BRACKETS and found.count(found[-1]) > found.count(_BRACKETS[found[-1]]))
    ):
        found = found[:-1]
    return found.lower()


def isbn(text: str) -> str | None:
    """Give an ISBN as 13 digits, None if a check digit is wrong or it is no ISBN.

    >>> isbn("1-85935-269-3")
    '9781859352694'
    """
    digits = re.sub(r"[\s\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}-]", "", text).upper()
    digits = digits.removeprefix("URN:ISBN:").removeprefix("ISBN:").removeprefix("ISBN")
    if re.fullmatch(r"\d{9}[\dX]", digits):
        total = sum((10 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(digits))
        return _with_check_digit("978" + digits[:9]) if total % 11 == 0 else None
    if re.fullmatch(r"97[89]\d{10}", digits):
        return digits if _with_check_digit(digits[:12]) == digits else None
    return None


def web_address(text: str) -> str | None:
    """Give an http or https URL with a host, None if it is not one."""
    try:
        parts = urlsplit(text.strip())
        host = parts.hostname
    except ValueError:
        return None
    return text.strip() if parts.scheme.lower() in ("http", "https") and host else None


def _with_check_digit(twelve: str) -> str:
    total = sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(twelve))
    return f"{twelve}{-total % 10}"
