"""Hayagriva: the YAML in which Typst keeps bibliographies.

Source: the file format of hayagriva 0.9 (docs/file-format.md), and which part of an entry or of its
parents each variable of CSL is taken from there. An entry has no markup but braces, in which a
title keeps its case. What has no place is listed under `custom`, which Typst passes over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.exchange import yaml
from northbib.exchange.hayagriva.reading import decode
from northbib.exchange.hayagriva.tables import TYPES
from northbib.exchange.hayagriva.writing import encode
from northbib.exchange.protocol import framed
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.hayagriva.tables import Native
    from northbib.exchange.protocol import Read

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the entries of a file.

    Raises:
        InputError: It is not YAML, or no mapping of entries.
    """
    is_hayagriva = False
    for item in yaml.items(source, name):
        if isinstance(item, Finding):
            yield item
        elif isinstance(item.value, dict):
            is_hayagriva = True
            yield decode((item.key, item.value))
        else:
            what = f"{item.key or 'an item'} is no mapping of fields"
            yield yaml.left_out(item, {item.key: item.value}, "not-an-entry", what, name)
    if not is_hayagriva:
        raise InputError("not Hayagriva: no name stands for an entry", where=name)


def keep(native: Native, lines: Sequence[str]) -> Native:
    """Put notes into a field that readers of the format pass over."""
    key, entry = native
    return key, {**entry, "custom": list(lines)}


def write(natives: Iterable[Native]) -> Iterator[bytes]:
    """Write a file in UTF-8."""
    return framed(map(_source, natives), b"", b"\n", b"")


def _source(native: Native) -> bytes:
    key, entry = native
    return "".join(f"{line}\n" for line in yaml.lines({key: entry})).encode("utf-8", "replace")
