"""The citation engine: a style, a locale and records in, rich text out.

Usable alone: it knows nothing of files of ours or of the command line.

    from northbib.csl import Processor, Style

    processor = Processor(Style.load("apa"), items, locale="en-GB", to="html")
    processor.cite([{"id": "lee2017", "locator": "480", "label": "page"}])
    processor.bibliography()

Importing this package loads neither lxml nor an engine; the first use of a name below does.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from northbib.csl.locale import locales
    from northbib.csl.processor import Entry, Processor
    from northbib.csl.style import Style
    from northbib.csl.validity import check

__all__ = ["HOUSE_STYLE", "Entry", "Processor", "Style", "check", "locales"]

HOUSE_STYLE = "northbib-further-reading"
"""The style that is used where none is asked for."""

_HOMES = {
    "Entry": "processor",
    "Processor": "processor",
    "Style": "style",
    "check": "validity",
    "locales": "locale",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
