"""The options of names, inherited from the style and its parts.

Source: CSL 1.0.2, "Name", "Inheritable Name Options".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["INHERITED", "NameOptions"]

INHERITED: Final = (
    "and",
    "delimiter-precedes-et-al",
    "delimiter-precedes-last",
    "et-al-min",
    "et-al-use-first",
    "et-al-use-last",
    "et-al-subsequent-min",
    "et-al-subsequent-use-first",
    "initialize",
    "initialize-with",
    "name-as-sort-order",
    "sort-separator",
    "name-form",
    "name-delimiter",
    "names-delimiter",
)
"""Attributes that `cs:style`, `cs:citation` and `cs:bibliography` hand down."""


@dataclass(frozen=True, slots=True)
class NameOptions:
    """How a list of names is written."""

    form: str
    and_: str
    delimiter: str
    precedes_last: str
    precedes_et_al: str
    minimum: int
    use_first: int
    use_last: bool
    later_minimum: int
    later_use_first: int
    initialize: bool
    initialize_with: str | None
    inverted: str
    separator: str
    hyphens: bool
    demote: str

    @classmethod
    def of(cls, attributes: Mapping[str, str], style: Mapping[str, str]) -> NameOptions:
        """Read the options.

        Args:
            attributes: The inherited attributes with those of `cs:name` over them.
            style: The attributes of `cs:style`, which has options of its own.
        """
        get = attributes.get
        minimum = _count(get("et-al-min"))
        use_first = _count(get("et-al-use-first"))
        return cls(
            form=get("name-form", "long"),
            and_=get("and", ""),
            delimiter=get("name-delimiter", ", "),
            precedes_last=get("delimiter-precedes-last", "contextual"),
            precedes_et_al=get("delimiter-precedes-et-al", "contextual"),
            minimum=minimum,
            use_first=use_first,
            use_last=get("et-al-use-last") == "true",
            later_minimum=_count(get("et-al-subsequent-min")) or minimum,
            later_use_first=_count(get("et-al-subsequent-use-first")) or use_first,
            initialize=get("initialize", "true") != "false",
            initialize_with=get("initialize-with"),
            inverted=get("name-as-sort-order", ""),
            separator=get("sort-separator", ", "),
            hyphens=style.get("initialize-with-hyphen", "true") != "false",
            demote=style.get("demote-non-dropping-particle", "display-and-sort"),
        )


def _count(value: str | None) -> int:
    return int(value) if value and value.strip().isdecimal() else 0
