"""bibtexparser's middleware, put to work on the entries of a document.

bibtexparser 2 comes with transformations of entries (months, LaTeX, the order of names, …), and
people write their own. Each gets the entry as its documentation says, values without delimiters
and macros in place, and only what it changed is written: field by field, in the style of the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bibtexparser.library import Library
from bibtexparser.model import Entry as Model
from bibtexparser.model import Field, ParsingFailedBlock

from northbib.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bibtexparser.middlewares.middleware import Middleware

    from northbib.bibtex.document import Document
    from northbib.bibtex.entry import Entry

__all__ = ["apply_middleware"]


def apply_middleware(
    document: Document, middleware: Sequence[Middleware], keys: Iterable[str] | None = None
) -> list[str]:
    """Let bibtexparser's middleware change entries; nothing else in the file changes.

    Args:
        document: The bibliography, which is changed.
        middleware: What to apply, in this order. The last must leave text or whole numbers as
            values: after `SplitNameParts` comes `MergeNameParts`.
        keys: The keys of the entries; without them, all of the document.

    Returns:
        The keys of the entries that were changed, as they now are.

    Raises:
        KeyError: There is no entry of a key.
        UsageError: A middleware fails, or leaves what is no entry with text in its fields; entries
            before that one are changed.
    """
    chosen = document.entries if keys is None else [document[key] for key in keys]
    return [entry.key for entry in chosen if _apply(document, entry, middleware)]


def _apply(document: Document, entry: Entry, middleware: Sequence[Middleware]) -> bool:
    fields = [Field(name, value) for name, value in entry.items()]
    library = Library([Model(entry.type, entry.key, fields)])
    for each in middleware:
        library = each.transform(library)
    match library.blocks:
        case [Model() as model]:
            return _take_over(document, entry, model)
        case [ParsingFailedBlock() as failed]:
            reason = str(failed.error)
        case _:
            reason = "it did not leave one entry"
    raise UsageError(f"a middleware failed on {entry.key}: {reason}", where=document.name)


def _take_over(document: Document, entry: Entry, model: Model) -> bool:
    before = entry.data
    after = {field.key: _text(document, entry, field) for field in model.fields}
    for name in [name for name in entry if name not in {key.lower() for key in after}]:
        del entry[name]
    for name, value in after.items():
        if entry.get(name.lower()) != value:
            entry[name] = value
    if model.entry_type.lower() != entry.type:
        entry.retype(model.entry_type)
    if model.key != entry.key:
        entry.rename(model.key)
    return entry.data != before


def _text(document: Document, entry: Entry, field: Field) -> str:
    if isinstance(field.value, str | int):
        return str(field.value)
    raise UsageError(
        f"a middleware left no text in {field.key} of {entry.key}",
        where=document.name,
        hint="put one after it that makes text of the value again",
    )
