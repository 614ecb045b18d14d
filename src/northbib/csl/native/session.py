"""The engine at work for `northbib.csl.Processor`: trees out, faults as data."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from northbib.csl.items import read_item
from northbib.csl.native.context import Cite
from northbib.csl.native.document import Document
from northbib.csl.native.positions import Cluster
from northbib.csl.native.style import CompiledStyle, compile_style
from northbib.csl.native.suite_html import html
from northbib.csl.native.tokens import NOT_PRINTED
from northbib.csl.native.tree import tree
from northbib.csl.plain import plain_citation, plain_entry
from northbib.findings import Finding
from northbib.markup.tree import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from northbib.csl import engines
    from northbib.csl.native.tokens import Tokens
    from northbib.csl.style import Style
    from northbib.markup.tree import Inlines

__all__ = ["Session", "session"]


class Session:
    """A style at work on items; see `northbib.csl.engines.Session`."""

    def __init__(
        self, style: Style, items: Sequence[Mapping[str, Any]], options: engines.Options
    ) -> None:
        self.warnings: list[Finding] = []
        self._name = style.name
        self._items = {str(item.get("id", "")): item for item in items}
        self._html = options.html
        compiled = _compiled(style.xml, options.locale)
        self._document = Document(compiled, items, options.abbreviations)
        self._document.include(self._items)
        self._placed: dict[str, tuple[engines.Cluster, Cluster]] = {}

    def cite(self, cites: Sequence[engines.Cite]) -> Inlines:
        """Set the next cluster of the document."""
        document = self._document
        note = len(document.clusters) + 1 if document.style.is_note else 0
        placed = Cluster("", [_cite(cite) for cite in cites], note)
        document.append(placed)
        return self._tree(placed, placed.tokens or [])

    def preview(self, cites: Sequence[engines.Cite]) -> Inlines:
        """Set a cluster that does not become a part of the document."""
        return self._tree(*self._previewed(cites))

    def update(self, clusters: Sequence[engines.Cluster]) -> dict[str, Inlines]:
        """Lay down all clusters of the document, and give those that read differently now."""
        return {
            cluster.id: self._tree(cluster, cluster.tokens or [])
            for cluster in self._laid_down(clusters)
        }

    def include(self, ids: Sequence[str]) -> None:
        """List these items whether they are cited or not."""
        self._document.include(ids)

    def order(self) -> list[str]:
        """Give the ids of the listed items in the style's order, without setting them."""
        return self._document.order()

    def bibliography(self, ids: Sequence[str] | None = None) -> Iterator[tuple[str, Inlines]]:
        """Set an entry for each listed item, in the style's order or in that of `ids`."""
        for id_, tokens in self._document.bibliography(ids):
            if self._html:
                if tokens:
                    yield id_, (Text(html(tokens)),)
            elif not tokens or NOT_PRINTED in tokens:
                self._warn(id_)
                yield id_, plain_entry(read_item(self._items[id_])[0])
            else:
                yield id_, tree(tokens)

    def _previewed(self, cites: Sequence[engines.Cite]) -> tuple[Cluster, Tokens]:
        cluster = Cluster("", [_cite(cite) for cite in cites])
        return cluster, self._document.cluster(cluster)

    def _laid_down(self, clusters: Sequence[engines.Cluster]) -> list[Cluster]:
        """Keep the clusters that are as they were, so that only what changed is set again."""
        placed = []
        for given in clusters:
            known = self._placed.get(given.id)
            if known is None or known[0].cites != given.cites:
                known = (given, Cluster(given.id, [_cite(cite) for cite in given.cites]))
            known[1].note = given.note
            placed.append((given.id, (given, known[1])))
        self._placed = dict(placed)
        return self._document.set_clusters([cluster for _, (_, cluster) in placed])

    def _tree(self, cluster: Cluster, tokens: Tokens) -> Inlines:
        if self._html:
            return (Text(html(tokens)),)
        if NOT_PRINTED not in tokens:
            return tree(tokens)
        for cite in cluster.cites:
            self._warn(cite.id)
        return tuple(
            node
            for cite in cluster.cites
            for node in plain_citation(read_item(self._items[cite.id])[0])
        )

    def _warn(self, id_: str) -> None:
        finding = Finding(
            code="not-set",
            severity="warning",
            message=f"the style {self._name} prints nothing of {id_}; it is given in plain words",
            key=id_,
        )
        if finding not in self.warnings:
            self.warnings.append(finding)


def _cite(given: engines.Cite) -> Cite:
    cite = Cite(given.id, given.locator, given.label, given.prefix, given.suffix)
    cite.without_author = given.mode == "suppress-author"
    cite.author_only = given.mode == "author-only"
    cite.position = given.position
    cite.near = given.near_note
    cite.first_note = given.first_note
    cite.anchor = given.anchor
    return cite


@lru_cache(maxsize=16)
def _compiled(xml: bytes, locale: str) -> CompiledStyle:
    return compile_style(xml, locale)


def session(style: Style, items: Sequence[Mapping[str, Any]], options: engines.Options) -> Session:
    """Begin a document; see `northbib.csl.engines.Engine`."""
    return Session(style, items, options)
