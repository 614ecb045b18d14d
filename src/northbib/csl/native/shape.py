"""What a style can tell of an item before it is set: its type, and which variables it has.

Items of one shape go the same way through a style: the same branches of `cs:choose` hold, and the
same elements have nothing to say. So each part of a style is bound to a shape once, which leaves
out all that cannot matter, and what is left is run for each item of that shape. A macro is bound to
what it asks for alone, so that items which differ elsewhere share it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from northbib.csl.native.context import CALLED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.csl.native.context import Context, Render
    from northbib.csl.native.tokens import Tokens

__all__ = [
    "DISAMBIGUATE",
    "TYPE",
    "Node",
    "Shape",
    "bind_all",
    "empty",
    "nothing",
    "remembered",
    "shared",
]

Bound = TypeVar("Bound")

TYPE: Final = "@type"
"""Stands for the type of an item among the variables that a part of a style asks for."""
DISAMBIGUATE: Final = "@disambiguate"
"""Stands among them for a condition on what is to be disambiguated."""

_MOST_SHAPES: Final = 256
"""How many shapes a part of a style is kept bound to."""


class Shape(NamedTuple):
    """The type of an item, "" where it does not matter, and the variables that are not empty."""

    type: str
    present: frozenset[str]

    def only(self, asked: frozenset[str]) -> Shape:
        """Give what of the shape matters to a part of a style."""
        return Shape(self.type if TYPE in asked else "", self.present & asked)

    def has_any(self, variables: Sequence[str]) -> bool:
        """Tell whether one of some variables is there, or may be as no shape can tell."""
        return not variables or not self.present.isdisjoint(variables)


@lru_cache(maxsize=_MOST_SHAPES)
def shared(shape: Shape) -> Shape:
    """Give one and the same of all equal shapes, since many items have each."""
    return shape


Node = Callable[[Shape], "Render"]
"""A part of a style, which for a shape gives what renders it."""


def nothing(_context: Context, _out: Tokens) -> None:
    """Render nothing, where no variable is called."""


def empty(context: Context, _out: Tokens) -> None:
    """Render a variable that the item does not have."""
    context.calls |= CALLED


def bind_all(nodes: Iterable[Node], shape: Shape) -> list[Render]:
    """Give what renders each part that has something to do; `empty` once at most, and first."""
    renders = [node(shape) for node in nodes]
    kept = [render for render in renders if render is not nothing and render is not empty]
    return [empty, *kept] if empty in renders else kept


def remembered(bind: Callable[[Shape], Bound]) -> Callable[[Shape], Bound]:
    """Make a node, or several in one, that remembers what it was bound to."""
    return lru_cache(maxsize=_MOST_SHAPES)(bind)
