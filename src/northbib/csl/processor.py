"""A document's citations and its bibliography, in a style and a markup."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from northbib.csl import engines
from northbib.csl.engines import DEFAULT_ENGINE, Cite, Cluster, Session
from northbib.csl.locale import choose_locale
from northbib.errors import NotFoundError, UsageError
from northbib.findings import Finding
from northbib.markup import writer
from northbib.markup.links import has_link, link_addresses, link_title
from northbib.markup.tree import Text, text_of
from northbib.records.identifiers import doi, web_address
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from northbib.csl.engines import Mode
    from northbib.csl.style import Style
    from northbib.markup.tree import Inlines

__all__ = ["CSL_HTML", "LABELS", "MODES", "Entry", "Processor"]

LABELS: frozenset[str] = frozenset(
    """
    act appendix article-locator article book canon chapter column elocation equation figure folio
    issue line note opus page paragraph part rule scene section sub-verbo supplement table timestamp
    title-locator verse version volume
    """.split()
)
"""What a locator may count: the locator terms of CSL 1.0.2, and some that 1.0.1 had."""


CSL_HTML = "csl-html"
MODES = ("", "suppress-author", "author-only", "composite")
"""How a cite may name its author."""

Only = Callable[[Mapping[str, Any]], bool]
Abbreviations = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a bibliography.

    Attributes:
        id: The id of its item.
        text: The entry in the processor's markup.
    """

    id: str
    text: str


class Processor:
    """Cites items one cluster after the other, and lists them.

    All items are in the bibliography, cited or not, in the order of the style's own sort, where
    items that it holds to be alike keep the order in which they were given. Of several items with
    one id the first counts; one without an id gets the name `item-` and its number.

    Args:
        style: The style.
        items: CSL-JSON dicts.
        locale: A tag such as `en-GB`; None for the style's default locale, else en-US.
        to: The markup of what is written (`northbib.markup.MARKUPS`), or `csl-html` for the HTML
            that CSL processors write, with a class for each part of an entry and without links.
        engine: The name of the citation engine (`northbib.csl.engines.ENGINES`).
        abbreviations: CSL variable -> long form -> short form.
        uncited: Ids of the items that are listed without being cited; None for all. Items that are
            listed since they are cited stand in the order of the citations before the style's sort.

    Raises:
        NotFoundError: There is no such locale.
        UsageError: There is no such markup or engine.
    """

    def __init__(
        self,
        style: Style,
        items: Iterable[Mapping[str, Any]],
        locale: str | None = None,
        to: str = "html",
        engine: str = DEFAULT_ENGINE,
        *,
        abbreviations: Abbreviations | None = None,
        uncited: Iterable[str] | None = None,
    ) -> None:
        self._write = text_of if to == CSL_HTML else writer(to).write_inline
        self._finished = to == CSL_HTML
        self._style = style
        self._abbreviations = abbreviations or {}
        self._engine = engines.engine(engine)
        self._locale = choose_locale(locale, style.default_locale)
        self._items, self._warnings = _by_id(items)
        self._session = self._begin()
        if uncited is not None:
            self._session.include(list(uncited))

    @property
    def warnings(self) -> list[Finding]:
        """What could not be done as the style or the items asked, so far."""
        return [*self._warnings, *self._session.warnings]

    def cite(self, cluster: Iterable[Mapping[str, Any]]) -> str:
        """Write the next cluster of the document in the processor's markup.

        In a style that cites in notes, each cluster stands in a note of its own.

        Args:
            cluster: A dict for each cite: `id`, and if need be `locator`, `label` (a CSL locator
                term, `page` if there is none), `prefix`, `suffix`, and `mode`: `suppress-author`,
                `author-only`, or for the first cite `composite`, which names the author in the
                text and cites the rest. An `anchor`, the name of the cite's own place, makes what
                is set of the work a `Reference` to its entry in trees.

        Raises:
            NotFoundError: There is no item of such an id; the hint has near ones.
            UsageError: The label is not a locator term of CSL, or there is no such mode.
        """
        return self._write(self.cite_tree(cluster))

    def cite_tree(self, cluster: Iterable[Mapping[str, Any]]) -> Inlines:
        """Give the next cluster of the document as a tree; see `cite`."""
        return self._set(list(cluster), self._session.cite)

    def preview(self, cluster: Iterable[Mapping[str, Any]]) -> str:
        """Write a cluster that does not become a part of the document.

        Args:
            cluster: As for `cite`; a cite may also have a `position` (`first`, `subsequent`,
                `ibid`, `ibid-with-locator`), `near-note` and `first-reference-note-number`.
        """
        return self._write(self.preview_tree(cluster))

    def preview_tree(self, cluster: Iterable[Mapping[str, Any]]) -> Inlines:
        """Give a cluster that does not become a part of the document as a tree; see `preview`."""
        return self._set(list(cluster), self._session.preview)

    def update(self, clusters: Iterable[Mapping[str, Any]]) -> dict[str, str]:
        """Lay down all clusters of the document, as after a change in its middle.

        Args:
            clusters: A dict for each cluster, in the order of the document: `id`, the name of its
                place; `cites`, as for `cite`; `note`, the number of its note, 0 for the text.

        Returns:
            The clusters that are new or read differently now, by their ids, in the processor's
            markup and in the order of the document.

        Raises:
            NotFoundError: There is no item of such an id.
            UsageError: A label or mode is not known, or two clusters have one id.
        """
        return {id_: self._write(tree) for id_, tree in self.update_trees(clusters).items()}

    def update_trees(self, clusters: Iterable[Mapping[str, Any]]) -> dict[str, Inlines]:
        """Lay down all clusters of the document, and give those that changed as trees.

        See `update`.
        """
        placed = [self._cluster(each) for each in clusters]
        if len({cluster.id for cluster in placed}) < len(placed):
            raise UsageError("two clusters have one id", hint="give each place a name of its own")
        changed = self._session.update(placed)
        return {id_: self._with_links(tree) for id_, tree in changed.items()}

    def bibliography(self, only: Only | None = None) -> list[Entry]:
        """Write the entries of the listed items in the processor's markup, in the style's order.

        Args:
            only: A test of an item, for one of several bibliographies; None for all items.
        """
        ids = None
        if only is not None:
            ids = [id_ for id_ in self.order() if only(self._items[id_])]
        return [Entry(id_, self._write(tree)) for id_, tree in self._entries(ids)]

    def order(self) -> list[str]:
        """Give the ids of the listed items in the style's order, without setting them."""
        return self._session.order() if self._style.has_bibliography else list(self._items)

    def entries(self, ids: Sequence[str] | None = None) -> list[tuple[str, Inlines]]:
        """Give the id and the tree of each entry, in the style's order.

        Addresses are links; where an entry shows none, its title leads to the item's URL or DOI.
        A style that only cites lists each item as it would cite it first, with a warning.

        Args:
            ids: Give the entries of these items, in this order. Repeated authors are those that
                follow each other in it.
        """
        return list(self._entries(ids))

    def _entries(self, ids: Sequence[str] | None) -> Iterator[tuple[str, Inlines]]:
        """Set one entry after the other, so that not all are held as trees at once."""
        if self._style.has_bibliography:
            entries = self._session.bibliography(ids)
        else:
            entries = self._citations(self._items if ids is None else ids)
        for id_, tree in entries:
            yield id_, self._linked(id_, tree)

    def _begin(self) -> Session:
        options = engines.Options(self._locale, self._abbreviations, html=self._finished)
        return self._engine.session(self._style, list(self._items.values()), options)

    def _with_links(self, tree: Inlines) -> Inlines:
        return tree if self._finished else link_addresses(tree)

    def _set(
        self, cluster: list[Mapping[str, Any]], setter: Callable[[Sequence[Cite]], Inlines]
    ) -> Inlines:
        cites = [self._cite(cite) for cite in cluster]
        if not cites:
            return ()
        if cluster[0].get("mode") != "composite":
            return self._with_links(setter(cites))
        rest = setter([replace(cites[0], mode="suppress-author"), *cites[1:]])
        author = self._session.preview([Cite(cites[0].id, mode="author-only")])
        return self._with_links((*author, Text(" "), *rest))

    def _cluster(self, given: Mapping[str, Any]) -> Cluster:
        if any(cite.get("mode") == "composite" for cite in given["cites"]):
            raise UsageError(
                "a composite citation has no place of its own",
                hint="write the author with preview, and cite with mode suppress-author",
            )
        cites = tuple(self._cite(cite) for cite in given["cites"])
        return Cluster(str(given["id"]), cites, int(given.get("note") or 0))

    def _citations(self, ids: Iterable[str]) -> list[tuple[str, Inlines]]:
        finding = Finding(
            code="no-bibliography",
            severity="warning",
            message=f"the style {self._style.name} has no bibliography, it only cites",
            fix="each work is listed as it is cited",
        )
        if finding not in self._warnings:
            self._warnings.append(finding)
        return [(id_, self._session.preview([Cite(id_)])) for id_ in ids]

    def _cite(self, given: Mapping[str, Any]) -> Cite:
        id_ = str(given.get("id", ""))
        if id_ not in self._items:
            raise NotFoundError(f"there is no item {id_!r}", hint=did_you_mean(id_, self._items))
        label = str(given.get("label") or "page").replace(" ", "-")
        if label not in LABELS:
            hint = did_you_mean(label, LABELS) or "a page is `page`"
            raise UsageError(f"{label!r} is not a locator term of CSL", hint=hint)
        mode = str(given.get("mode") or "")
        if mode not in MODES:
            raise UsageError(f"there is no mode {mode!r} of citing", hint=f"one of {MODES[1:]}")
        names = ("locator", "prefix", "suffix", "position", "anchor")
        texts = {name: given.get(name) for name in names}
        return Cite(
            id_,
            label=label,
            mode=cast("Mode", "" if mode == "composite" else mode),
            near_note=bool(given.get("near-note")),
            first_note=int(given.get("first-reference-note-number") or 0),
            **{k: str(v) for k, v in texts.items() if v is not None},
        )

    def _linked(self, id_: str, tree: Inlines) -> Inlines:
        if self._finished:
            return tree
        linked = link_addresses(tree)
        if has_link(linked):
            return linked
        item = self._items[id_]
        url = _address(item)
        title = item.get("title")
        if url is None or not isinstance(title, str):
            return linked
        return link_title(linked, title, url)


def _address(item: Mapping[str, Any]) -> str | None:
    """Give where the work can be read: its URL, else its DOI as a URL."""
    url = web_address(str(item.get("URL") or ""))
    name = doi(str(item.get("DOI") or ""))
    return url or (f"https://doi.org/{name}" if name else None)


def _by_id(
    items: Iterable[Mapping[str, Any]],
) -> tuple[dict[str, Mapping[str, Any]], list[Finding]]:
    found: dict[str, Mapping[str, Any]] = {}
    warnings = []
    for number, item in enumerate(items, start=1):
        id_ = item.get("id")
        key = str(id_) if isinstance(id_, (str, int)) and id_ != "" else f"item-{number}"
        if id_ != key and not isinstance(id_, int):
            warnings.append(_warning("no-id", f"item {number} has no id, it is called {key}", key))
        if key not in found:
            found[key] = item if id_ == key else {**item, "id": key}
        elif found[key] != {**item, "id": key}:
            warnings.append(_warning("duplicate-id", f"two items are {key}; the first counts", key))
    return found, warnings


def _warning(code: str, message: str, key: str) -> Finding:
    return Finding(code=code, severity="warning", message=message, key=key)
