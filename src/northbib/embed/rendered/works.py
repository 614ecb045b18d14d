"""The works that an article cites, found in a library; all that are not there are said at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from northbib.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    finder = _Finder(article, library)
    kept: list[Cluster] = []
    listed: dict[str, None] = {}
    for cluster in clusters:
        known = [
            finder.known(cite, sure=cluster.sure and not keep_unknown) for cite in cluster.cites
        ]
        cites = tuple(cite for cite in known if cite is not None)
        if len(cites) < len(known):
            continue
        kept.append(replace(cluster, cites=cites))
        if cluster.form == "uncited":
            listed.update(dict.fromkeys(finder.keys(cites)))
        elif cluster.form in ("author", "title"):
            listed.update((cite.key, None) for cite in cites)
    if finder.faults:
        raise _error(article, finder.faults)
    return Works(finder.records, tuple(kept), tuple(listed))


class _Finder:
    """Finds the works of cites.

    Attributes:
        records: Key -> record of the works that were found.
        faults: What is to be said of the others.
    """

    def __init__(self, article: Article, library: Library) -> None:
        self.records: dict[str, Record] = {}
        self.faults: list[Finding] = []
        self._article = article
        self._library = library
        self._keys: dict[str, str] = {ALL: ALL}

    def known(self, cite: Cite, *, sure: bool) -> Cite | None:
        """Give a cite by the key that the record has, which may differ in case; None for none."""
        if cite.key not in self._keys:
            try:
                record = self._library.get(cite.key).record
            except NotFoundError as error:
                if sure:
                    fault = (cite.place, "unknown-key", error.message, error.hint)
                    self.faults.append(self._article.fault(*fault))
                return None
            self.records.setdefault(record.key, record)
            self._keys[cite.key] = record.key
        return replace(cite, key=self._keys[cite.key])

    def keys(self, cites: Iterable[Cite]) -> Iterator[str]:
        """Give the keys of works that are listed; of all works for `ALL`."""
        for cite in cites:
            if cite.key != ALL:
                yield cite.key
                continue
            for stored in self._library.find(""):
                yield self.records.setdefault(stored.record.key, stored.record).key


def _error(article: Article, faults: list[Finding]) -> NotFoundError:
    hint = "add the works, correct the keys, or say --keep-unknown to leave them as they are"
    if len(faults) == 1:
        fault = faults[0]
        return NotFoundError(
            fault.message, where=f"{article.name}:{fault.line}:{fault.column}", hint=fault.fix
        )
    message = f"{len(faults)} citations name works that are not in the library"
    return NotFoundError(message, where=article.name, hint=hint, findings=faults)
