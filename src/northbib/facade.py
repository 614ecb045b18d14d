"""What a Python user calls: a library that renders, and a resolver."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from northbib.library import Store
from northbib.lists import list_spec, render
from northbib.lists.fields import GIVEN
from northbib.resolve import resolve as resolve_source
from northbib.resolve.storing import as_stored

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

    from northbib.library import Stored
    from northbib.records import Record

__all__ = ["Library", "open", "resolve"]


class Library(Store):
    """A library of bibliographies that renders reading lists."""

    def add(
        self,
        record: Record,
        to: str | None = None,
        key: str | None = None,
        *,
        tags: Iterable[str] = (),
        dry_run: bool = False,
    ) -> Stored:
        """Add a record, as `Store.add` does; what was resolved, as a library keeps it.

        See `northbib.resolve.storing`.
        """
        return super().add(as_stored(record), to, key, tags=tags, dry_run=dry_run)

    def render(
        self, query: str = "", *, keys: Sequence[str] = (), to: str = "html", **options: Any
    ) -> str:
        """Render the records that a query finds as a reading list.

        Args:
            query: The words of a query; empty for all records.
            keys: Citation keys, in place of a query; the list has their order if `sort` is not
                given.
            to: The markup of the result (`northbib.markup.MARKUPS`).
            options: The options of a list (`northbib.lists.options.OPTIONS`) by their names, with
                `_` for `-`: `style="apa"`, `group="topic,-year"`, `limit_per_group=5`,
                `annotate=True`. Their values are text as in a marker, or what that stands for:
                sequences of names, numbers, booleans. `notes` is a mapping of citation keys to
                texts.

        Raises:
            UsageError: The query, an option or the markup is not one that northbib knows.
            NotFoundError: There is no such key, style or locale.
            StyleError: The style is not usable.
        """
        if keys:
            options.setdefault("sort", GIVEN)
            records = [self.get(key).record for key in keys]
        else:
            records = [stored.record for stored in self.find(query)]
        return render(records, list_spec(options, is_web=to == "html"), to)


def open(path: str | os.PathLike[str] = "bibliographies") -> Library:  # noqa: A001
    """Open a library: a folder of .bib files, or one .bib file.

    Raises:
        NotFoundError: There is no such folder or file.
    """
    return Library(Path(path))


def resolve(source: str) -> Record:
    """Turn a DOI or a URL into a record.

    Raises:
        UsageError: It is neither a DOI nor an http or https URL.
        NotFoundError: There is no such DOI or page.
        NetworkError: A host did not answer, or answered with an error.
        InputError: The answer holds no record.
    """
    return resolve_source(source).record
