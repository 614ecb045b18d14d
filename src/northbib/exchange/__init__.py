"""Bibliographic formats: one table, one module a format, and what a record loses in each."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.exchange.converting import read, read_stream, write, write_stream
    from northbib.exchange.formats import FORMATS, Format, format_named
    from northbib.exchange.losses import Loss, converted
    from northbib.exchange.protocol import Reading, Rejected
    from northbib.exchange.recognising import format_of

__all__ = [
    "FORMATS",
    "Format",
    "Loss",
    "Reading",
    "Rejected",
    "converted",
    "format_named",
    "format_of",
    "read",
    "read_stream",
    "write",
    "write_stream",
]

_HOME = {
    "FORMATS": "formats",
    "Format": "formats",
    "Loss": "losses",
    "Reading": "protocol",
    "Rejected": "protocol",
    "converted": "losses",
    "format_named": "formats",
    "format_of": "recognising",
    "read": "converting",
    "read_stream": "converting",
    "write": "converting",
    "write_stream": "converting",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
