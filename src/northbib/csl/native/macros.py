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
        self._own: dict[str, tuple[set[str], set[str]]] = {}

    def asked(self, name: str) -> frozenset[str]:
        """Give what a macro asks, with all that it has and calls; see `asked_by`."""
        found = self._asked.get(name)
        if found is None:
            element = self.elements.get(name)
            found = frozenset() if element is None else self.asked_by(element)
            self._asked[name] = found
        return found

    def asked_by(self, element: _Element) -> frozenset[str]:
        """Give what an element asks, with all that it has and calls.

        Returns:
            Names of variables, and `TYPE` and `DISAMBIGUATE` where conditions are on these.
        """
        asked, called = _own(element)
        waiting = list(called)
        while waiting:
            more, calls = self._of_macro(waiting.pop())
            asked |= more
            waiting.extend(calls - called)
            called |= calls
        return frozenset(asked)

    def _of_macro(self, name: str) -> tuple[set[str], set[str]]:
        found = self._own.get(name)
        if found is None:
            element = self.elements.get(name)
            found = self._own[name] = (set(), set()) if element is None else _own(element)
        return found


def _own(element: _Element) -> tuple[set[str], set[str]]:
    """Give what an element asks itself, and the macros that it calls."""
    asked: set[str] = set()
    called: set[str] = set()
    for node in element.iter("{*}*"):
        for name, value in node.items():
            if name in _VARIABLES:
                asked.update(str(value).split())
            elif name in _CONDITIONS:
                asked.add(_CONDITIONS[name])
            elif name == "macro":
                called.add(str(value))
            elif name == "form" and value == "short":
                asked.update(sources(node.get("variable", ""), value))
    return asked, called
