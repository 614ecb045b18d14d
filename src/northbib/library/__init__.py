"""The library: a folder of bibliographies that is searched and changed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from northbib.library.adding import Added
from northbib.library.bibliography import Bibliography
from northbib.library.by_hand import record_by_hand
from northbib.library.files import write_atomically
from northbib.library.keys import new_key
from northbib.library.query import Query, matches, parse_query
from northbib.library.store import Store
from northbib.library.stored import Stored

if TYPE_CHECKING:
    from northbib.library.locks import locked

__all__ = [
    "Added",
    "Bibliography",
    "Query",
    "Store",
    "Stored",
    "locked",
    "matches",
    "new_key",
    "parse_query",
    "record_by_hand",
    "write_atomically",
]


def __getattr__(name: str) -> Any:
    # Reading needs no lock, and the module for them is slow to import.
    if name == "locked":
        return import_module("northbib.library.locks").locked
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
