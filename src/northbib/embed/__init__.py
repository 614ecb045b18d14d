"""Generated sections in articles: between two markers, and nowhere else, an article is written.

<!-- northbib:begin topic:english-devolution style=apa group=type -->
<!-- northbib:end -->
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.embed.files import Embedded, embed_files
    from northbib.embed.markups import Markup, markup_of
    from northbib.embed.refreshing import Refreshed, RefreshedSection, refresh

__all__ = [
    "Embedded",
    "Markup",
    "Refreshed",
    "RefreshedSection",
    "embed_files",
    "markup_of",
    "refresh",
]

_HOME = {
    "Embedded": "files",
    "Markup": "markups",
    "Refreshed": "refreshing",
    "RefreshedSection": "refreshing",
    "embed_files": "files",
    "markup_of": "markups",
    "refresh": "refreshing",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
