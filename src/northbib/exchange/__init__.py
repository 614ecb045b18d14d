"""Bibliographic formats: one table, one module a format, and what a record loses in each.

What every format goes through:

- `formats` is the table; `recognising` tells a file's format from its content.
- `protocol` says what the module of a format offers: `read`, `decode`, `encode`, `write`, `keep`.
- `converting` reads and writes records in one call. `conversion` does so batch by batch, with all
  that is to be said; `running` cuts large files into parts for it, in one process or in several,
  and `resuming` goes on where that was interrupted.
- `losses` finds what a record loses, there and back; `shapes` spares most records that way.
  `keeping` writes what a format has no part for into notes, and reads it again.
- `profiles` are formats as systems take them; `bundle` makes several files, and their manifest.

What formats share:

- Files as they come: `text_files` (encodings), `xml` and `plain_xml`, `rdf`, `yaml`, `tagged`.
- Values: `people`, `relators`, `languages`, `iso_dates`, `worded_dates`, `pages`, `extents`,
  `addresses`, `serial_numbers`, `registry_types`; markup in `xml_markup` and `pandoc_text`.
- Families: `scheme` for tagged formats, `endnote` and `pubmed` for both forms of theirs, `tables`
  for CSV, XLSX and reading lists, `csl_terms` and `csl_notes` for the items of CSL, `coins`.

A format that needs several modules is a folder: `terms` or `tables` hold its words, read in both
directions, `reading` and `writing` go between these and records, and the folder itself is the
module of the format. `marc21` serves `marc` and `marcxml`; `dublin_core`, `schema_org`, `word` and
`zotero` hold several formats each.

A new format: its module, a line in `formats`, a sign in `recognising`, and its tests; then
`tests/formats_page.py` writes docs/formats.md anew.
"""

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
