"""The number of pages that a catalogue says a work has: `xviii, 280 p.`, `417 Seiten`, `186 с.`."""

from __future__ import annotations

import re

__all__ = ["page_count"]

_WORDS = (
    r"p|pp|pgs?|págs?|pages?|p[áa]ginas?|pagine|leaves|leaf|S|Seiten?|Bl|Blatt|s|sider|sidor|str|"
    r"strony?|с|стр|страниц|σ|σελ|h|hojas|f|ff|feuillets|blz|blzz|bladzijden|pagina's|sivua|l|л|o"
)
_COUNT = re.compile(
    rf"(\d+)\]? ?(?:unnumbered |numbered |\[\d+\] )?(?:{_WORDS})\b\.?|(\d+) ?[頁页]"
)


def page_count(text: str) -> str:
    """Give the number of pages, "" if there is none.

    >>> page_count("xviii, 280 p. : ill. ; 24 cm"), page_count("2 sound discs")
    ('280', '')
    """
    match = _COUNT.search(text)
    return (match[1] or match[2]) if match else ""
