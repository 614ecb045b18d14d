"""Names as CSL sees them, with the particles that are written as part of another name part.

Source: CSL 1.0.2, "Names", "Name Particles".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

__all__ = ["Name", "read_names"]

_USUAL: Final = frozenset({"family", "given"})
_APOSTROPHES: Final = "'’ʼ"
_LEADING = re.compile(
    r"((?:[^\W\d_A-Z][^\W\d_]*['’ʼ]?-?\s+|['’ʼ]?[^\W\d_A-Z]+(?:['’ʼ]|-)\s*)+)(?=\S)"
)


class Name:
    """One person or body.

    Attributes:
        family: Family name without particles.
        given: Given names.
        dropping: Particle that goes when only the family name is shown.
        particle: Particle that stays with the family name ("van").
        suffix: "Jr.", "III".
        comma: Whether a comma stands before the suffix.
        literal: A name that is not taken apart; then the others are empty.
        static: Whether the family name comes first in any form.
    """

    __slots__ = (
        "comma",
        "dropping",
        "family",
        "given",
        "literal",
        "particle",
        "static",
        "suffix",
    )

    def __init__(self) -> None:
        self.family = ""
        self.given = ""
        self.dropping = ""
        self.particle = ""
        self.suffix = ""
        self.comma = False
        self.literal = ""
        self.static = False

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        """What makes two names the same."""
        return (
            self.literal,
            self.family,
            self.given,
            self.particle,
            self.dropping,
            self.suffix,
        )


def read_names(value: object) -> tuple[Name, ...]:
    """Read the value of a name variable; what is no name in it is left out."""
    if not isinstance(value, (list, tuple)):
        value = (value,)
    names = (_read_name(each) for each in value)
    return tuple(name for name in names if name is not None)


def _read_name(value: object) -> Name | None:
    name = Name()
    if isinstance(value, str):
        name.literal = value.strip()
        return name if name.literal else None
    if not isinstance(value, Mapping):
        return None
    if not value.keys() <= _USUAL and _read_unusual(value, name):
        return name if name.literal else None
    name.family = _text(value.get("family"))
    name.given = _text(value.get("given"))
    _take_apart(name)
    if not name.family and name.given:
        name.literal, name.given = name.given, ""
    return name if name.family or name.literal or name.particle else None


def _read_unusual(value: Mapping[str, Any], name: Name) -> bool:
    """Read what few names have; tell whether it is the name of a body, which has no parts."""
    name.literal = _text(value.get("literal"))
    if name.literal:
        return True
    name.suffix = _text(value.get("suffix"))
    name.particle = _text(value.get("non-dropping-particle"))
    name.dropping = _text(value.get("dropping-particle"))
    name.comma = bool(value.get("comma-suffix"))
    name.static = bool(value.get("static-ordering"))
    if value.get("isInstitution") or value.get("is-institution"):
        name.literal = _text(value.get("family"))
        name.given = _text(value.get("given"))
        return True
    return False


def _text(found: object) -> str:
    if isinstance(found, str):
        return found.strip()
    return str(found) if isinstance(found, int | float) and not isinstance(found, bool) else ""


def _take_apart(name: Name) -> None:
    """Find particles and suffixes that were typed into the family or given name."""
    if len(name.family) > 1 and name.family[0] == name.family[-1] == '"':
        name.family = name.family[1:-1]
        return
    if not name.suffix and "," in name.given:
        given, _, suffix = name.given.partition(",")
        name.given = given.strip()
        suffix = suffix.strip()
        name.comma = suffix.startswith("!")
        name.suffix = suffix.lstrip("!").strip()
    first = name.family[:1]
    if (
        not name.particle
        and first
        and not first.isupper()
        and (match := _LEADING.match(name.family))
    ):
        name.particle = match[0].rstrip(" ")
        name.family = name.family[match.end() :]
        if match[0].endswith(" ") and name.particle[-1] in _APOSTROPHES:
            # "de' Medici" keeps the space that "d'Aubignac" has not.
            name.particle += " "
    if not name.dropping and " " in name.given:
        words = name.given.split(" ")
        kept = len(words)
        while kept > 1 and words[kept - 1][:1].islower():
            kept -= 1
        if kept < len(words):
            name.dropping = " ".join(words[kept:])
            name.given = " ".join(words[:kept])
