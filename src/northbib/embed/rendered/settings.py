"""How an article is to be rendered: by what the caller asks for, else by what it says itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.csl import HOUSE_STYLE
from northbib.csl.engines import DEFAULT_ENGINE

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.embed.front_matter import FrontMatter

__all__ = ["Options", "Settings", "settings_of"]

_NUMBER_BEFORE_STOP = frozenset({"fr"})
"""Languages in which the number of a note stands before the full stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the caller asks for; None where the article may say it.

    Attributes:
        style: A citation style: a name or a path.
        locale: A language tag.
        engine: The name of a citation engine.
        to: The markup to write; None for the article's own.
        fragment: Whether HTML is written without a page around it.
        keep_unknown: Whether citations of unknown works stay as they are in the source.
        styles: Folders to look in for a style before those that are installed.
    """

    style: str | None = None
    locale: str | None = None
    engine: str = DEFAULT_ENGINE
    to: str | None = None
    fragment: bool = False
    keep_unknown: bool = False
    styles: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """How an article is rendered.

    Attributes:
        style: The citation style.
        locale: The language tag; None for the style's own.
        linked: Whether citations and entries lead to each other.
        listed: Whether there is a list of what is cited.
        heading: The heading of the list where it stands at the end; "" for none.
        after_punctuation: Whether the number of a note stands after a full stop; None where that
            is up to the kind of the style.
    """

    style: str
    locale: str | None
    linked: bool
    listed: bool
    heading: str
    after_punctuation: bool | None


def settings_of(options: Options, front: FrontMatter, article: Path) -> Settings:
    """Read the settings of an article.

    Args:
        options: What the caller asks for.
        front: The front matter of the article.
        article: Its path, beside which its style may lie.
    """
    values = front.values
    locale = options.locale or values.get("lang") or None
    after = front.flag("notes-after-punctuation")
    if after is None and locale and locale[:2].lower() in _NUMBER_BEFORE_STOP:
        after = False
    return Settings(
        style=options.style or _own_style(values.get("csl", ""), article) or HOUSE_STYLE,
        locale=locale,
        linked=front.flag("link-citations") is not False,
        listed=not front.flag("suppress-bibliography"),
        heading=values.get("reference-section-title", ""),
        after_punctuation=after,
    )


def _own_style(named: str, article: Path) -> str:
    """Give the style that an article names: a file beside it, or a name with or without ending."""
    beside = article.parent / named
    if named and beside.is_file():
        return str(beside)
    return named.rpartition("/")[2].removesuffix(".csl")
