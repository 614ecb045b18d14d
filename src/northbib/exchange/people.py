"""Names as library formats write them: `Family, Given, Suffix`, a body as it is.

Source: the RIS specification ("Author Fields"), whose form EndNote, MODS and MARC share. Particles
are told as BibTeX tells them: up to the last word in small letters before the family name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from northbib.exchange.tagged import ENTITY
from northbib.records import Name

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["inverted", "name_of", "names_in", "without_dates"]

_NAMES_KEPT = 1 << 13
"""How many names are in memory as they were read: people write more than one work."""

_SHORT = 60
"""Names of this length and more are not."""

_SUFFIX = re.compile(r"(?:Jr|Sr|Jun|Sen|I{2,3}|IV|V|VI{1,3}|Esq|Ph\.?D|M\.?D)\.?", re.IGNORECASE)

_BODY = re.compile(
    r"(?:Inc|Incorporated|Ltd|Limited|LLC|L\.L\.C|LLP|PLC|plc|Corp|Co|GmbH|AG|SA|S\.A|SpA|S\.p\.A|N\.V|B\.V|Oy|AB)\.?"
)

_BETWEEN = re.compile(r"[;\n]")
_INITIALS_BEHIND = re.compile(
    r"((?:[a-z]{1,3} ){0,3}[^\W\d_][^\W\d_'’-]+(?:[ -][^\W\d_]{2,}){0,1})"
    r" ((?!D\.C|[UN]\.[SKVY])[A-Z]\.(?:[- ]?[A-Z]\.){0,3})"
)
"""A family name of one or two words with initials behind it."""

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


def names_in(lines: Iterable[str]) -> tuple[Name, ...]:
    """Read names of which each has a value, or several have one with semicolons between.

    Initials behind a name without a comma are those of a person.

    >>> [name.family for name in names_in(["Berg, Jan; Roe, A.", "Doe B."])]
    ['Berg', 'Roe', 'Doe']
    """
    return tuple(
        [
            name
            for line in lines
            for name in (_names_kept(line) if len(line) < _SHORT else _names(line))
        ]
    )


@lru_cache(maxsize=_NAMES_KEPT)
def _names_kept(line: str) -> tuple[Name, ...]:
    return _names(line)


def _names(line: str) -> tuple[Name, ...]:
    several = [line] if ";" in line and ENTITY.search(line) else _BETWEEN.split(line)
    return tuple([_with_initials(one.strip()) for one in several if one.strip(" ,")])


def _with_initials(text: str) -> Name:
    match = _INITIALS_BEHIND.fullmatch(text) if text.endswith(".") else None
    return _name(f"{match[1]}, {match[2]}" if match else text)


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
