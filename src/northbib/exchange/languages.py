"""Languages: the codes of library formats <-> the tags of records.

A record has a BCP 47 tag (`en`, `es-ES`); library formats have the codes of ISO 639-2 or 639-3, or
the name of a language in English. The codes are those of pycountry.
"""

from __future__ import annotations

from functools import cache
from typing import Any

__all__ = ["code_of", "tag_of"]


@cache
def tag_of(text: str) -> str:
    """Give the BCP 47 tag of a code or English name; what is none is given back.

    >>> tag_of("ger"), tag_of("Welsh"), tag_of("en-GB")
    ('de', 'cy', 'en-GB')
    """
    wanted = text.strip()
    language = _found(wanted) if wanted.isalpha() and len(wanted) != 2 else None
    if language is None:
        return wanted
    return str(getattr(language, "alpha_2", "") or language.alpha_3)


@cache
def code_of(tag: str) -> str:
    """Give the ISO 639-2/B code of a BCP 47 tag, as MARC and MODS have it; "" if there is none.

    >>> code_of("de"), code_of("en-GB")
    ('ger', 'eng')
    """
    language = _found(tag.replace("_", "-").partition("-")[0])
    if language is None:
        return ""
    return str(getattr(language, "bibliographic", "") or language.alpha_3)


def _found(text: str) -> Any:
    # The tables take longer to load than most commands run.
    import pycountry  # noqa: PLC0415

    known = pycountry.languages
    if len(text) == 2:
        return known.get(alpha_2=text.lower())
    if len(text) == 3:
        return known.get(alpha_3=text.lower()) or known.get(bibliographic=text.lower())
    try:
        return known.lookup(text)
    except LookupError:
        return None
