"""The macros of a style, and what they and other elements ask of an item.

What is asked is read off the elements before they are compiled, so that a macro that no item needs
never is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from northbib.csl.native.shape import DISAMBIGUATE, TYPE
from northbib.csl.native.texts import sources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

__all__ = ["Macros"]

_VARIABLES: Final = frozenset({"variable", "is-numeric", "is-uncertain-date"})
_CONDITIONS: Final = {"type": TYPE, "disambiguate": DISAMBIGUATE}


class Macros:
    """The macros of a style.

    Attributes:
        elements: Name -> element.
    """

    def __init__(self, elements: Mapping[str, _Element]) -> None:
        self.elements = elements
        self._asked: dict[str, frozenset[str]] = {}

    def asked_by(self, element: _Element) -> frozenset[str]:
        """Give what an element asks, with all that it has and calls.

        Returns:
            Names of variables, and `TYPE` and `DISAMBIGUATE` where conditions are on these.
        """
        asked: set[str] = set()
        for node in element.iter("{*}*"):
            for name, value in node.items():
                if name in _VARIABLES:
                    asked.update(str(value).split())
                elif name in _CONDITIONS:
                    asked.add(_CONDITIONS[name])
                elif name == "macro":
                    asked |= self.asked(str(value))
                elif name == "form" and value == "short":
                    asked.update(sources(node.get("variable", ""), value))
        return frozenset(asked)

    def asked(self, name: str) -> frozenset[str]:
        """Give what a macro asks, nothing if there is none of such a name."""
        found = self._asked.get(name)
        if found is None:
            macro = self.elements.get(name)
            # A macro that calls itself asks for nothing more there.
            self._asked[name] = frozenset()
            found = self._asked[name] = frozenset() if macro is None else self.asked_by(macro)
        return found
