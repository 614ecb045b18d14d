"""northbib: a library of BibTeX, complete records, and reading lists in any citation style.

library = northbib.open("bibliographies")
record = northbib.resolve("10.1080/00343404.2016.1196289")
library.add(record, to="northern-futures")
library.render("topic:english-devolution", style="apa", to="markdown")
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from northbib.version import __version__

if TYPE_CHECKING:
    from northbib.facade import Library, open, resolve  # noqa: A004

__all__ = ["Library", "__version__", "open", "resolve"]


def __getattr__(name: str) -> object:
    # Loaded on first use: `northbib --help` must not pay for what it does not call.
    if name in __all__:
        return getattr(importlib.import_module("northbib.facade"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
