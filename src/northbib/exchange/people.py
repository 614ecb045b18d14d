"""Names as library formats write them: `Family, Given, Suffix`, a body as it is.

Source: the RIS specification ("Author Fields"), whose form EndNote, MODS and MARC share. Particles
are told as BibTeX tells them: up to the last word in small letters before the family name.
"""

from __future__ import annotations

import re
from functools import lru_cache

from northbib.records import Name

__all__ = ["inverted", "name_of", "without_dates"]

_NAMES_KEPT = 1 << 13
"""How many names are in memory as they were read: people write more than one work."""

_SHORT = 60
"""Names of this length and more are not."""

_SUFFIX = re.compile(r"(?:Jr|Sr|Jun|Sen|I{2,3}|IV|V|VI{1,3}|Esq|Ph\.?D|M\.?D)\.?", re.IGNORECASE)

_BODY = re.compile(
    r"(?:Inc|Incorporated|Ltd|Limited|LLC|L\.L\.C|LLP|PLC|plc|Corp|Co|GmbH|AG|SA|S\.A|SpA|S\.p\.A|N\.V|B\.V|Oy|AB)\.?"
)

_DATES = re.compile(
    r",\s*(?:b\.|d\.|ca\.?|fl\.|active|born|died)?\s*\d{3,4}\??\s*(?:-\s*(?:ca\.?\s*)?\d{0,4}\??)?\s*\.?$"
)


def without_dates(text: str) -> str:
    """Give a name as catalogues have it without the years of a life behind it.

    >>> without_dates("Lomax, John Avery, 1867-1948.")
    'Lomax, John Avery'
    """
    return _DATES.sub("", text.strip(" ,")).strip(" ,")


def inverted(name: Name) -> str:
    """Write a name as an index lists it.

    >>> inverted(Name("Vries", "Jan", non_dropping_particle="de", suffix="Jr."))
    'de Vries, Jan, Jr.'
    """
    if name.literal:
        return name.literal
    particles = (name.dropping_particle, name.non_dropping_particle, name.family)
    family = " ".join(part for part in particles if part)
    return ", ".join(part for part in (family, name.given, name.suffix) if part)


def name_of(text: str) -> Name:
    """Read a name as an index lists it; without a comma it is that of a body.

    >>> name_of("van der Berg, Jan").dropping_particle
    'van der'
    """
    return _kept(text) if len(text) < _SHORT else _name(text)


@lru_cache(maxsize=_NAMES_KEPT)
def _kept(text: str) -> Name:
    return _name(text)


def _name(text: str) -> Name:
    parts = [part.strip() for part in text.split(",")]
    if not parts[0] or not any(parts[1:]):
        return Name(literal=text.strip(" ,"))
    if _BODY.fullmatch(parts[-1]):
        return Name(literal=text.strip(" ,"))
    suffix = ""
    if len(parts) > 2 and _SUFFIX.fullmatch(parts[-1]):
        suffix = parts.pop()
    elif len(parts) == 3 and _SUFFIX.fullmatch(parts[1]):
        suffix = parts.pop(1)
    particle, family = _particle(parts[0])
    given = ", ".join(part for part in parts[1:] if part)
    return Name(family, given, dropping_particle=particle, suffix=suffix)


def _particle(family: str) -> tuple[str, str]:
    words = family.split(" ")
    small = [place for place, word in enumerate(words[:-1]) if word[:1].islower()]
    if not small:
        return "", family
    return " ".join(words[: small[-1] + 1]), " ".join(words[small[-1] + 1 :])
