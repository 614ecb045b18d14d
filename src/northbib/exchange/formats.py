"""The table of bibliographic formats, and reading and writing by it.

Each format is a module of this package with `read`, `write` or both; it is imported on first use.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from northbib.errors import InputError, UsageError
from northbib.records import Record

if TYPE_CHECKING:
    from northbib.findings import Finding

__all__ = ["FORMATS", "Format", "Reading", "format_named", "format_of", "read", "write"]


@dataclass(frozen=True, slots=True)
class Format:
    """A bibliographic format.

    Attributes:
        name: The word that `--to` and `--from` take.
        title: What people call it.
        extensions: File name endings that tell it, with the dot.
        module: The module of this package that reads and writes it.
    """

    name: str
    title: str
    extensions: tuple[str, ...]
    module: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file held: its records, and what could not be read of it."""

    records: tuple[Record, ...]
    findings: tuple[Finding, ...] = ()


Reader = Callable[[bytes, str], Reading]
Writer = Callable[[Sequence[Record]], bytes]

FORMATS: dict[str, Format] = {
    entry.name: entry
    for entry in (
        Format("biblatex", "BibLaTeX", (".bib",), "biblatex"),
        Format("bibtex", "BibTeX", (".bibtex",), "bibtex"),
        Format("csl-json", "CSL-JSON", (".json",), "csl_json"),
    )
}


def format_named(name: str) -> Format:
    """Give the format of a name.

    Raises:
        UsageError: There is no such format; the hint names those there are.
    """
    if name not in FORMATS:
        raise UsageError(f"no format is called {name!r}", hint=f"one of {', '.join(FORMATS)}")
    return FORMATS[name]


def format_of(data: bytes, name: str) -> Format:
    """Tell a file's format from its content, and where that does not tell from its name.

    Raises:
        InputError: Neither tells it.
    """
    head = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if head in (b"[", b"{"):
        return FORMATS["csl-json"]
    suffix = PurePath(name).suffix.lower()
    for entry in FORMATS.values():
        if suffix in entry.extensions:
            return entry
    if b"@" in data:
        return FORMATS["biblatex"]
    raise InputError("the format of this file is not known", where=name, hint="name it with --from")


def read(data: bytes, name: str, format_name: str | None = None) -> Reading:
    """Read the records of a file.

    Args:
        data: The bytes of the file.
        name: Its path as the user gave it, for messages.
        format_name: The format, if the content shall not tell it.

    Raises:
        UsageError: There is no such format.
        InputError: The data is not of that format at all, or the format cannot be told.
    """
    entry = format_named(format_name) if format_name else format_of(data, name)
    reader: Reader = importlib.import_module(f"northbib.exchange.{entry.module}").read
    return reader(data, name)


def write(records: Sequence[Record], format_name: str) -> bytes:
    """Write records in a format, in their order, ending in a newline.

    Raises:
        UsageError: There is no such format.
    """
    entry = format_named(format_name)
    writer: Writer = importlib.import_module(f"northbib.exchange.{entry.module}").write
    return writer(records)
