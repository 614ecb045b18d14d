"""What a Python user calls: a library that renders, and a resolver."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from northbib.csl import HOUSE_STYLE
from northbib.csl.engines import DEFAULT_ENGINE
from northbib.library import Store
from northbib.lists import ListSpec, reading_list
from northbib.markup import writer
from northbib.resolve import resolve as resolve_source

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from northbib.records import Record

__all__ = ["Library", "open", "resolve"]


class Library(Store):
    """A library of bibliographies that renders reading lists."""

    def render(
        self,
        query: str = "",
        *,
        style: str = HOUSE_STYLE,
        locale: str | None = None,
        to: str = "html",
        sort: str | Sequence[str] = (),
        group: str = "",
        engine: str = DEFAULT_ENGINE,
    ) -> str:
        """Render the records that a query finds as a reading list.

        Args:
            query: The words of a query; empty for all records.
            style: Name or path of a citation style.
            locale: Locale of terms and dates; the style's own if None.
            to: The markup of the result (`northbib.markup.MARKUPS`).
            sort: Fields to sort by, `-` before one for descending, in a list or with commas
                between; the style's order if empty.
            group: The field to group by, or "".
            engine: The citation engine (`northbib.csl.engines.ENGINES`).

        Raises:
            UsageError: The query, a field or the markup is not one that northbib knows.
            NotFoundError: There is no such style or locale.
            StyleError: The style is not usable.
        """
        fields = sort.split(",") if isinstance(sort, str) else sort
        spec = ListSpec(
            style=style,
            locale=locale,
            sort=tuple(name for name in fields if name),
            group=group,
            engine=engine,
        )
        records = [stored.record for stored in self.find(query)]
        return writer(to).write_blocks(reading_list(records, spec).blocks)


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
