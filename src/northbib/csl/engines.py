"""The engines, and the protocol that each of them fits.

An engine is a module with the function of `Engine`. It is imported when it is first used.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

from northbib.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from northbib.csl.style import Style
    from northbib.findings import Finding
    from northbib.markup.tree import Inlines

__all__ = ["DEFAULT_ENGINE", "ENGINES", "Cite", "Engine", "Session", "engine"]

DEFAULT_ENGINE = "citeproc-py"

ENGINES: Mapping[str, str] = {"citeproc-py": "northbib.csl.citeproc_py"}
"""Name of an engine -> its module."""


@dataclass(frozen=True, slots=True)
class Cite:
    """One work in a cluster of citations, as CSL-JSON has it.

    Attributes:
        id: The item's id.
        locator: Where in the work ("480"), "" for the whole.
        label: What the locator counts: a CSL locator term such as `page` or `chapter`.
        prefix: Rich text before ("see").
        suffix: Rich text after.
    """

    id: str
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""


class Session(Protocol):
    """A style at work on items: it remembers what has been cited, for "ibid." and the like."""

    @property
    def warnings(self) -> list[Finding]:
        """What the engine could not do so far."""
        ...

    def cite(self, cluster: Sequence[Cite]) -> Inlines:
        """Set the next cluster of the document; each id is one of the items."""
        ...

    def bibliography(self) -> list[tuple[str, Inlines]]:
        """Set an entry for each item, with its id, in the style's order.

        A style without a bibliography has no entries.
        """
        ...


class Engine(Protocol):
    """What the module of an engine offers."""

    def session(self, style: Style, items: Sequence[Mapping[str, Any]], locale: str) -> Session:
        """Begin a document.

        Args:
            style: The style.
            items: CSL-JSON, each with an id of its own that is a text; anything else may be wrong
                with them, and is mended or left out with a warning.
            locale: A tag that `northbib.csl.locale.choose_locale` gave.
        """
        ...


def engine(name: str) -> Engine:
    """Give an engine by its name in `ENGINES`.

    Raises:
        UsageError: There is no such engine.
    """
    if name not in ENGINES:
        raise UsageError(f"unknown engine {name!r}", hint=f"known are {', '.join(ENGINES)}")
    return cast("Engine", import_module(ENGINES[name]))
