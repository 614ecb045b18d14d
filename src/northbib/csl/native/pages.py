"""Page ranges and locators.

Source: CSL 1.0.2, "Page Ranges", "Appendix V - Page Range Formats".
"""

from __future__ import annotations

import re
from functools import lru_cache

from northbib.csl.native.numbers import is_small

__all__ = ["first_page", "format_pages"]

_RANGE = re.compile(
    r"(?<![\w\\:-])([^\W\d_]*)(\d+)([^\W\d_]*)\s*[-–—]+\s*([^\W\d_]*)(\d+)([^\W\d_]*)(?![\w-])"
)
_ROMAN_RANGE = re.compile(
    r"(?<![\w\\-])([ivxlcdm]+|[IVXLCDM]+)\s*[-–—]\s*([ivxlcdm]+|[IVXLCDM]+)(?![\w-])"
)
_LOOSE = re.compile(r"\s+-\s+")


@lru_cache(maxsize=4096)
def format_pages(text: str, style: str, delimiter: str) -> str:
    """Write the page ranges in a text in a format, with a delimiter.

    Args:
        text: "12-15, 18", as it stands in an item.
        style: The style's `page-range-format`, "" for none.
        delimiter: What stands between first and last page.
    """
    if text.isdecimal():
        return text

    def write(match: re.Match[str]) -> str:
        before, first, after, again, last, end = match.groups()
        if before != again:
            return match[0]
        plain = not after and not end
        shown = _last(first, last, style) if plain else last
        # By citeproc-js the letters come again only where the format leaves nothing out.
        head = "" if plain and style and style != "expanded" else again
        return f"{before}{first}{after}{delimiter}{head}{shown}{end}"

    text = _RANGE.sub(write, text)
    text = _ROMAN_RANGE.sub(rf"\1{delimiter}\2", text)
    return _LOOSE.sub("-", text).replace("\\-", "-") if "-" in text else text


def first_page(text: str) -> str:
    """Give the first page of a range.

    Source: CSL 1.0.2, "Standard Variables", page-first.
    """
    return re.split(r"\s*[-–—&,]", text, maxsplit=1)[0].strip()


def _last(first: str, last: str, style: str) -> str:
    """Give the last page as a format writes it."""
    if not style:
        return last
    whole = last
    if len(whole) < len(first):
        whole = first[: len(first) - len(whole)] + whole
    if style == "expanded" or len(whole) != len(first):
        return whole
    if style == "minimal":
        return _minimal(first, whole, 1)
    if style == "minimal-two":
        return _minimal(first, whole, 2)
    return _chicago(first, whole, style)


def _minimal(first: str, last: str, least: int) -> str:
    common = 0
    while common < len(last) - least and first[common] == last[common]:
        common += 1
    return last[common:]


def _chicago(first: str, last: str, style: str) -> str:
    if not is_small(first):
        return last
    number = int(first)
    if number < 100 or number % 100 == 0 or len(first) != len(last):
        return last
    if number % 100 < 10:
        return _minimal(first, last, 1)
    short = _minimal(first, last, 2)
    if style in {"chicago", "chicago-15"} and len(first) == 4 and len(short) == 3:
        return last
    return short
