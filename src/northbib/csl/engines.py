"""The engines, and the protocol that each of them fits.

An engine is a module with the function of `Engine`. It is imported when it is first used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

from northbib.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from northbib.csl.style import Style
    from northbib.findings import Finding
    from northbib.markup.tree import Inlines

__all__ = [
    "DEFAULT_ENGINE",
    "ENGINES",
    "Cite",
    "Cluster",
    "Engine",
    "Mode",
    "Options",
    "Session",
    "engine",
]

DEFAULT_ENGINE = "native"

ENGINES: Mapping[str, str] = {
    "native": "northbib.csl.native",
    "citeproc-py": "northbib.csl.citeproc_py",
}
"""Name of an engine -> its module."""

Mode = Literal["", "suppress-author", "author-only"]


@dataclass(frozen=True, slots=True)
class Cite:
    """One work in a cluster of citations, as CSL-JSON has it.

    Attributes:
        id: The item's id.
        locator: Where in the work ("480"), "" for the whole.
        label: What the locator counts: a CSL locator term such as `page` or `chapter`.
        prefix: Rich text before ("see").
        suffix: Rich text after.
        mode: Whether the names are left out, or all but the names.
        position: `first`, `subsequent`, `ibid` or `ibid-with-locator`; for a preview, which has no
            place in the document that would tell.
        near_note: For a preview, whether the work was cited in a note close before.
        first_note: For a preview, the number of the note that first cited the work, 0 for none.
        anchor: Name of the cite's own place. Where there is one, what is set of the work is a
            reference to its entry, by engines that can tell what that is.
    """

    id: str
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    mode: Mode = ""
    position: str = "first"
    near_note: bool = False
    first_note: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A citation at a place of the document.

    Attributes:
        id: The name of the place.
        cites: What is cited there.
        note: The number of the note that it stands in, 0 for the text itself.
    """

    id: str
    cites: tuple[Cite, ...]
    note: int = 0


@dataclass(frozen=True, slots=True)
class Options:
    """How a document is to be set.

    Attributes:
        locale: A tag that `northbib.csl.locale.choose_locale` gave.
        abbreviations: CSL variable -> long form -> short form.
        html: Whether each tree shall be one text that holds finished HTML, as CSL processors write
            it; for programs that are made for that.
    """

    locale: str
    abbreviations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    html: bool = False


class Session(Protocol):
    """A style at work on items: it remembers what has been cited, for "ibid." and the like."""

    @property
    def warnings(self) -> list[Finding]:
        """What the engine could not do so far."""
        ...

    def cite(self, cites: Sequence[Cite]) -> Inlines:
        """Set the next cluster of the document; each id is one of the items."""
        ...

    def preview(self, cites: Sequence[Cite]) -> Inlines:
        """Set a cluster that does not become a part of the document."""
        ...

    def update(self, clusters: Sequence[Cluster]) -> dict[str, Inlines]:
        """Lay down all clusters of the document, and give those that read differently now."""
        ...

    def include(self, ids: Sequence[str]) -> None:
        """List these items whether they are cited or not, and of the others those cited."""
        ...

    def order(self) -> list[str]:
        """Give the ids of the listed items in the style's order, without setting them."""
        ...

    def bibliography(self, ids: Sequence[str] | None = None) -> Iterable[tuple[str, Inlines]]:
        """Set an entry for each listed item, with its id, in the style's order.

        An entry may be set no sooner than it is asked for; nothing is cited before all are. A style
        without a bibliography has no entries.

        Args:
            ids: Set these of them only, in this order.
        """
        ...


class Engine(Protocol):
    """What the module of an engine offers."""

    def session(
        self, style: Style, items: Sequence[Mapping[str, Any]], options: Options
    ) -> Session:
        """Begin a document.

        Args:
            style: The style.
            items: CSL-JSON, each with an id of its own that is a text; anything else may be wrong
                with them, and is mended or left out with a warning.
            options: How it is to be set.

        Raises:
            UsageError: The engine does not know one of the options.
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
