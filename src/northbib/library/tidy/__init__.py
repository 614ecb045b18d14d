"""Tidying bibliographies: one layout, one form for each thing, and nothing lost."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.library.tidy.file import Tidied, tidied
    from northbib.library.tidy.settings import Settings, chosen

__all__ = ["Settings", "Tidied", "chosen", "tidied"]

_HOME = {"Tidied": "file", "tidied": "file", "Settings": "settings", "chosen": "settings"}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
