"""Labels such as "Doe99", made of authors and year.

Source: CSL 1.0.2, "Standard Variables" (citation-label), which leaves their make to the processor;
the fixtures "citation-label" of the official test suite.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from northbib.csl.native.item import Item

__all__ = ["citation_label"]

_LETTERS: Final = ((), (4,), (2, 2), (2, 1, 1), (1, 1, 1, 1))
"""How many letters of each author a label has, by the number of authors."""


def citation_label(item: Item) -> str:
    """Give the label that an item has itself, else one of its authors and year."""
    own = item.text("citation-label")
    if own:
        return own
    names = item.names("author") or item.names("editor")
    families = ["".join(filter(str.isalpha, name.family or name.literal)) for name in names[:4]]
    letters = "".join(
        family[:length].capitalize()
        for family, length in zip(families, _LETTERS[len(families)], strict=True)
    )
    date = item.date("issued")
    year = f"{date.start[0] % 100:02d}" if date and date.start[0] else ""
    return letters + year
