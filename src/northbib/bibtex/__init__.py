"""BibTeX and BibLaTeX: bytes of a file <-> entries <-> records, without loss.

document = Document.parse(data)                  # bytes or text; never raises
document["lee2017"]["doi"] = "10.1080/…"         # only these bytes change
for entry, record in records(document): ...      # CSL variables, with what is inherited
document.add(entry_source(record))
document.to_bytes()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.bibtex.classic import classic_source
    from northbib.bibtex.document import Document
    from northbib.bibtex.encoding import is_binary
    from northbib.bibtex.entry import Entry
    from northbib.bibtex.middleware import apply_middleware
    from northbib.bibtex.reading import records
    from northbib.bibtex.values import keys_in
    from northbib.bibtex.writing import entry_source, field_name, field_source

__all__ = [
    "Document",
    "Entry",
    "apply_middleware",
    "classic_source",
    "entry_source",
    "field_name",
    "field_source",
    "is_binary",
    "keys_in",
    "records",
]

_HOME = {
    "Document": "document",
    "Entry": "entry",
    "apply_middleware": "middleware",
    "classic_source": "classic",
    "records": "reading",
    "entry_source": "writing",
    "field_name": "writing",
    "field_source": "writing",
    "is_binary": "encoding",
    "keys_in": "values",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
