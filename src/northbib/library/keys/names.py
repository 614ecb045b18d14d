"""What the functions of a key pattern say of names: family names, initials, and how many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.keys.plain import first_word, key_word

if TYPE_CHECKING:
    from northbib.records import Name, Record

__all__ = ["NAME_FUNCTIONS", "NOBODY", "who"]

NOBODY = "anon"

_SHORTEST_ACRONYM = 3
_CONTAINERS = ("container-title", "publisher", "event-title")
_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")
_OTHERS = "others"


def who(record: Record) -> str:
    """Give who made a work, in one word.

    It is the family name of the first author, else of the first editor or other name; a body gives
    its acronym or its first word. A work without names has a word of its container or publisher.
    """
    for variable in ("author", "editor", *record.values):
        for name in record.names(variable)[:1]:
            found = _in_a_word(name)
            if found:
                return found
    words = (first_word(record.plain(variable)) for variable in _CONTAINERS)
    return next((word for word in words if word), NOBODY)


def _in_a_word(name: Name) -> str:
    if name.literal:
        return _body_in_a_word(name.literal)
    return key_word(name.non_dropping_particle + name.family) or key_word(name.given)


def _body_in_a_word(literal: str) -> str:
    """Give a body's acronym, written or made of its capitals, else its first word."""
    written = _ACRONYM.search(literal)
    if written:
        return key_word(written[0])
    words = _WORD.findall(literal)
    capitals = "".join(word if word.isupper() else word[0] for word in words if word[0].isupper())
    if len(words) > 1 and len(key_word(capitals)) >= _SHORTEST_ACRONYM:
        return key_word(capitals)
    return first_word(literal)


def _people(record: Record, creator: str) -> list[Name]:
    """Give the authors, else the editors; or those of one kind, if it is named."""
    kinds = (creator,) if creator else ("author", "editor")
    found = next((names for kind in kinds if (names := record.names(kind))), ())
    return [name for name in found if name.literal != _OTHERS]


def _families(record: Record, creator: str) -> list[str]:
    return [family for name in _people(record, creator) if (family := _family(name))]


def _family(name: Name) -> str:
    text = name.literal or name.non_dropping_particle + name.family or name.given
    return "".join(_WORD.findall(text))


def _has_more(record: Record, creator: str, count: int) -> bool:
    kinds = (creator,) if creator else ("author", "editor")
    names = next((names for kind in kinds if (names := record.names(kind))), ())
    return len(names) > count


def auth(record: Record, n: int = 0, m: int = 1, creator: str = "") -> str:
    """Give the first `n` letters (0: all) of the family name of the `m`th author."""
    families = _families(record, creator)
    family = families[m - 1] if 0 < m <= len(families) else ""
    return family[:n] if n > 0 else family


def authors(
    record: Record, n: int = 0, creator: str = "", joiner: str = " ", etal: str = ""
) -> str:
    """Give the family names of the first `n` authors (0: all); `etal` follows if there are more."""
    families = _families(record, creator)
    shown = families[:n] if n > 0 else families
    more = [etal] if etal and _has_more(record, creator, len(shown)) else []
    return joiner.join([*shown, *more])


def auth_last(record: Record, creator: str = "") -> str:
    """Give the family name of the last author."""
    return next(reversed(_families(record, creator)), "")


def auth_et_al(record: Record, creator: str = "", joiner: str = " ") -> str:
    """Give one or two family names, or the first and `EtAl`."""
    return _first_and(record, creator, joiner, "EtAl")


def auth_etal2(record: Record, creator: str = "", joiner: str = ".") -> str:
    """Give one or two family names, or the first and `etal`."""
    return _first_and(record, creator, joiner, "etal")


def _first_and(record: Record, creator: str, joiner: str, etal: str) -> str:
    families = _families(record, creator)
    if _has_more(record, creator, 2):
        return joiner.join([*families[:1], etal])
    return joiner.join(families)


def auth_auth_ea(record: Record, creator: str = "", joiner: str = ".") -> str:
    """Give the family names of two authors, and `ea` if there are more."""
    return authors(record, 2, creator, joiner, "ea")


def auth_ini(record: Record, n: int = 0, creator: str = "", joiner: str = ".") -> str:
    """Give the first `n` letters (0: all) of each family name."""
    return joiner.join(family[: n or None] for family in _families(record, creator))


def author_ini(record: Record, creator: str = "", joiner: str = ".") -> str:
    """Give five letters of the first family name and one of each other."""
    families = _families(record, creator)
    return joiner.join([*(family[:5] for family in families[:1]), *_initials(families[1:])])


def auth_fore_ini(record: Record, creator: str = "") -> str:
    """Give the initial of the first author's given name."""
    return "".join(_word_initials(_people(record, creator)[:1]))


def author_last_fore_ini(record: Record, creator: str = "") -> str:
    """Give the initial of the last author's given name."""
    return "".join(_word_initials(_people(record, creator)[-1:]))


def authors_alpha(record: Record, creator: str = "", joiner: str = "") -> str:
    """Give the names as BibTeX's style alpha does: `Lee`, `LM`, `LMB+`."""
    families = _families(record, creator)
    if len(families) == 1 and not _has_more(record, creator, 1):
        return families[0][:3]
    many = len(families) > 4 or _has_more(record, creator, len(families))
    return joiner.join(_initials(families[:3] if many else families)) + ("+" if many else "")


def auth_short(record: Record, creator: str = "", joiner: str = "") -> str:
    """Give the family name of one author, or the initials of up to three, with + for more."""
    families = _families(record, creator)
    if not _has_more(record, creator, 1):
        return "".join(families)
    more = "+" if _has_more(record, creator, 3) else ""
    return joiner.join(_initials(families[:3])) + more


def _initials(families: list[str]) -> list[str]:
    return [family[0] for family in families]


def _word_initials(people: list[Name]) -> list[str]:
    return [initial for name in people for initial in name.given[:1]]


NAME_FUNCTIONS = {
    "who": who,
    "auth": auth,
    "authors": authors,
    "authorLast": auth_last,
    "authEtAl": auth_et_al,
    "authEtal2": auth_etal2,
    "authAuthEa": auth_auth_ea,
    "authIni": auth_ini,
    "authorIni": author_ini,
    "authForeIni": auth_fore_ini,
    "authorLastForeIni": author_last_fore_ini,
    "authorsAlpha": authors_alpha,
    "authshort": auth_short,
}
"""Name of a function of patterns -> the function."""
