"""A document: clusters of citations that come, change and go, and the works they cite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from northbib.csl.native.bibliography import bibliography
from northbib.csl.native.collapse import cluster_tokens
from northbib.csl.native.item import Item
from northbib.csl.native.positions import Cluster, Positions
from northbib.csl.native.registry import Registry
from northbib.csl.native.sorting import in_order, key_values
from northbib.csl.native.tokens import CLOSE, NOT_PRINTED, Affix, Tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from northbib.csl.native.context import Cite
    from northbib.csl.native.registry import Entry
    from northbib.csl.native.style import CompiledStyle

__all__ = ["Document"]

_NEAR = 5


class Document:
    """The citations of a document and its bibliography.

    Attributes:
        style: The compiled style.
        clusters: The citations, in the order of the document.
        registry: The works that are cited or listed.

    Args:
        style: The compiled style.
        items: CSL-JSON of all works that may be cited.
        abbreviations: For each variable, long form -> short form.
    """

    def __init__(
        self,
        style: CompiledStyle,
        items: Iterable[Mapping[str, Any]],
        abbreviations: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self.style = style
        self._items: dict[str, Item] = {}
        for data in items:
            item = Item(data, abbreviations, style.asked)
            self._items[item.id] = item
        self._listed: list[str] = []
        self.registry = Registry(style)
        self.clusters: list[Cluster] = []
        self._citing: dict[str, dict[int, Cluster]] = {}
        self._positions = self._new_positions()

    def include(self, ids: Iterable[str]) -> list[Cluster]:
        """List works whether they are cited or not; those listed so before are no longer.

        Returns:
            The clusters whose text has changed.
        """
        self._listed = [id_ for id_ in ids if id_ in self._items]
        return self._render(self._citing_any(self.registry.set_items(self._wanted())))

    def append(self, cluster: Cluster) -> list[Cluster]:
        """Cite at the end of the document; the cost does not depend on its length.

        Returns:
            The clusters whose text has changed, with the new one, in the order of the document.
        """
        self.clusters.append(cluster)
        self._index(cluster)
        self._positions.place(cluster)
        known = (self._items.get(cite.id) for cite in cluster.cites)
        changed = self.registry.add(item for item in known if item is not None)
        affected = self._citing_any(changed)
        return self._render([*(each for each in affected if each is not cluster), cluster])

    def set_clusters(self, clusters: Sequence[Cluster]) -> list[Cluster]:
        """Lay down all clusters of the document, as after a change in its middle.

        Returns:
            The clusters whose text has changed, in the order of the document.
        """
        self.clusters = list(clusters)
        self._citing = {}
        self._positions = self._new_positions()
        for cluster in self.clusters:
            self._index(cluster)
            self._positions.place(cluster)
        changed = self.registry.set_items(self._wanted())
        affected = {id(cluster) for cluster in self._citing_any(changed)}
        return self._render(
            cluster
            for cluster in self.clusters
            if cluster.seen != cluster.positions() or id(cluster) in affected
        )

    def order(self) -> list[str]:
        """Give the ids of the works in the order of the bibliography."""
        return [entry.item.id for entry in self.registry.order()]

    def bibliography(self, ids: Iterable[str] | None = None) -> Iterator[tuple[str, Tokens]]:
        """Render the bibliography, one entry after the other: id and flattened entry.

        Args:
            ids: Works to list, in this order; None for all, in the style's order.
        """
        if self.style.bibliography is None:
            return
        wanted = list(ids) if ids is not None else self.order()
        entries = self.registry.entries
        flatten = self.style.flattener.flatten
        listed = bibliography(self.registry, [entries[id_] for id_ in wanted if id_ in entries])
        for id_ in wanted:
            yield id_, flatten(next(listed)) if id_ in entries else []

    def cluster(self, cluster: Cluster) -> Tokens:
        """Render a cluster with the positions that its cites have, flattened."""
        registry = self.registry
        entries = registry.entries
        pairs = [(cite, entries[cite.id]) for cite in cluster.cites if cite.id in entries]
        if not pairs:
            return []
        area = self.style.citation
        if area.keys and len(pairs) > 1:
            pairs = self._sorted(pairs)
        tokens = cluster_tokens(registry, pairs) or [NOT_PRINTED]
        if all(cite.author_only for cite, _ in pairs):
            # The names stand in the author's sentence, not in a citation, and are not formatted.
            return [token for token in tokens if isinstance(token, str)]
        style = area.format
        head: Tokens = [*style.marks]
        if style.prefix:
            head.append(style.prefix)
        if style.suffix:
            tokens.append(Affix(style.suffix))
        tokens.extend([CLOSE] * len(style.marks))
        return self.style.flattener.flatten(head + tokens)

    def _new_positions(self) -> Positions:
        distance = self.style.citation.options.get("near-note-distance", "")
        return Positions(int(distance) if distance.isdecimal() else _NEAR)

    def _wanted(self) -> list[Item]:
        ids = dict.fromkeys(cite.id for cluster in self.clusters for cite in cluster.cites)
        ids.update(dict.fromkeys(self._listed))
        return [self._items[id_] for id_ in ids if id_ in self._items]

    def _index(self, cluster: Cluster) -> None:
        for cite in cluster.cites:
            self._citing.setdefault(cite.id, {})[id(cluster)] = cluster

    def _citing_any(self, ids: Iterable[str]) -> list[Cluster]:
        found: dict[int, Cluster] = {}
        for id_ in ids:
            found.update(self._citing.get(id_, {}))
        if len(found) < 2:
            return list(found.values())
        return [cluster for cluster in self.clusters if id(cluster) in found]

    def _render(self, clusters: Iterable[Cluster]) -> list[Cluster]:
        changed = []
        for cluster in clusters:
            tokens = self.cluster(cluster)
            cluster.seen = cluster.positions()
            if tokens != cluster.tokens:
                cluster.tokens = tokens
                changed.append(cluster)
        return changed

    def _sorted(self, pairs: list[tuple[Cite, Entry]]) -> list[tuple[Cite, Entry]]:
        keys = self.style.citation.keys
        values = []
        for cite, entry in pairs:
            context = self.registry.context(entry, cite, True)
            context.sorting = True
            values.append(key_values(keys, context))
        return in_order(pairs, values, keys)
