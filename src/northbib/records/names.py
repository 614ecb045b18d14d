"""A name as CSL-JSON has it: a person in parts, or a body as a literal.

Source: CSL 1.0.2, "Name-part formatting", and the CSL-JSON schema (`name-variable`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Name"]

_KEPT = 1 << 13
"""How many names are in memory as they were read."""

_CSL_PARTS = {
    "family": "family",
    "given": "given",
    "dropping-particle": "dropping_particle",
    "non-dropping-particle": "non_dropping_particle",
    "suffix": "suffix",
    "literal": "literal",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A person (`family` and the rest) or a corporate body (`literal` alone).

    Attributes:
        family: Family name without particles.
        given: Given names.
        dropping_particle: Particle that goes when the family name stands alone ("von" in
            Ludwig von Beethoven).
        non_dropping_particle: Particle that always stays with the family name ("de" in de Vries).
        suffix: "Jr.", "III".
        literal: The name of a body, or of a person who has one name only.
    """

    family: str = ""
    given: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""

    @classmethod
    def from_csl(cls, parts: Mapping[str, object]) -> Name:
        """Read a CSL-JSON name; members that CSL does not know are left out."""
        family, given = parts.get("family"), parts.get("given")
        if len(parts) == 2 and isinstance(family, str) and isinstance(given, str):
            # So are most names, and a library has most of them more than once.
            return _person(family, given)
        return cls(
            **{
                attribute: str(parts[part])
                for part, attribute in _CSL_PARTS.items()
                if parts.get(part)
            }
        )

    def to_csl(self) -> dict[str, str]:
        """Give the CSL-JSON name, with the parts that are set."""
        others = self.dropping_particle or self.non_dropping_particle or self.suffix or self.literal
        if self.family and self.given and not others:
            return {"family": self.family, "given": self.given}
        pairs = [(part, getattr(self, attribute)) for part, attribute in _CSL_PARTS.items()]
        return {part: value for part, value in pairs if value}

    def __str__(self) -> str:
        """Give the name as it is read aloud: given, particles, family, suffix."""
        parts = (
            self.given,
            self.dropping_particle,
            self.non_dropping_particle,
            self.family,
            self.suffix,
        )
        return self.literal or " ".join(part for part in parts if part)

    @property
    def sort_form(self) -> str:
        """The name as an index lists it: particle and family, given."""
        if self.literal:
            return self.literal
        family = " ".join(part for part in (self.non_dropping_particle, self.family) if part)
        given = " ".join(part for part in (self.given, self.dropping_particle) if part)
        return ", ".join(part for part in (family, given, self.suffix) if part)


@lru_cache(maxsize=_KEPT)
def _person(family: str, given: str) -> Name:
    return Name(family, given)
