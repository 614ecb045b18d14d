"""The works that an article cites, found in a library; all that are not there are said at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from northbib.embed.article import Article
    from northbib.embed.citations import Cite, Cluster
    from northbib.embed.rendering import Library
    from northbib.findings import Finding
    from northbib.records import Record

__all__ = ["ALL", "Works", "works_of"]

ALL = "*"
"""The key that stands for all works of a library."""


@dataclass(frozen=True, slots=True)
class Works:
    """What an article cites.

    Attributes:
        records: Key -> record, in the order of the article.
        clusters: The citations whose works are all there.
        listed: Keys of works that are listed without being cited.
    """

    records: dict[str, Record]
    clusters: tuple[Cluster, ...]
    listed: tuple[str, ...]


def works_of(
    article: Article, clusters: Sequence[Cluster], library: Library, *, keep_unknown: bool
) -> Works:
    """Find the works of citations.

    Args:
        article: The article, for the places of what is wrong.
        clusters: Its citations.
        library: Where the records are.
        keep_unknown: Whether a citation of a work that is not there is left out, with no error.

    Raises:
        NotFoundError: There are works that are not in the library; `findings` has them all.
    """
    records: dict[str, Record] = {}
    faults: list[Finding] = []
    kept: list[Cluster] = []
    listed: dict[str, None] = {}
    for cluster in clusters:
        missing = [
            fault for cite in cluster.cites if (fault := _found(article, cite, library, records))
        ]
        if missing and not (keep_unknown or not cluster.sure):
            faults += missing
        if missing:
            continue
        kept.append(cluster)
        if cluster.form == "uncited":
            listed.update(dict.fromkeys(_keys(cluster, library, records)))
        elif cluster.form in ("author", "title"):
            listed.update((cite.key, None) for cite in cluster.cites)
    if faults:
        raise _error(article, faults)
    return Works(records, tuple(kept), tuple(listed))


def _found(
    article: Article, cite: Cite, library: Library, records: dict[str, Record]
) -> Finding | None:
    """Take the record of a cite in; say so where there is none."""
    if cite.key in records or cite.key == ALL:
        return None
    try:
        records[cite.key] = library.get(cite.key).record.replace(key=cite.key)
    except NotFoundError as error:
        return article.fault(cite.place, "unknown-key", error.message, error.hint)
    return None


def _keys(cluster: Cluster, library: Library, records: dict[str, Record]) -> Iterable[str]:
    for cite in cluster.cites:
        if cite.key != ALL:
            yield cite.key
            continue
        for stored in library.find(""):
            yield records.setdefault(stored.record.key, stored.record).key


def _error(article: Article, faults: list[Finding]) -> NotFoundError:
    hint = "add the works, correct the keys, or say --keep-unknown to leave them as they are"
    if len(faults) == 1:
        fault = faults[0]
        return NotFoundError(
            fault.message, where=f"{article.name}:{fault.line}:{fault.column}", hint=fault.fix
        )
    message = f"{len(faults)} citations name works that are not in the library"
    return NotFoundError(message, where=article.name, hint=hint, findings=faults)
