"""Duplicates: records of one work, found by identifiers and likeness, and merged without loss."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.library.duplicates.finding import Group, duplicate_keys, duplicates

__all__ = ["Group", "duplicate_keys", "duplicates"]


def __getattr__(name: str) -> object:
    # Finding stands on rapidfuzz, which few commands need.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.finding"), name)
