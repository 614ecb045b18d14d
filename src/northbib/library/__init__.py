"""The library: a folder of bibliographies that is searched and changed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.library.adding import Added
    from northbib.library.bibliography import Bibliography
    from northbib.library.by_hand import record_by_hand
    from northbib.library.disk.files import write_atomically
    from northbib.library.disk.locks import locked
    from northbib.library.keys import new_key
    from northbib.library.searching.query import Query, matches, parse_query
    from northbib.library.store import Store
    from northbib.library.stored import Stored

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

_HOME = {
    "Added": "adding",
    "Bibliography": "bibliography",
    "Query": "searching.query",
    "Store": "store",
    "Stored": "stored",
    "locked": "disk.locks",
    "matches": "searching.query",
    "new_key": "keys",
    "parse_query": "searching.query",
    "record_by_hand": "by_hand",
    "write_atomically": "disk.files",
}


def __getattr__(name: str) -> object:
    # Each command pays for the modules that it needs, and for no others.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
