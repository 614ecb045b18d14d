"""A document's citations and its bibliography, in a style and a markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from northbib.csl import engines
from northbib.csl.engines import DEFAULT_ENGINE, Cite, Session
from northbib.csl.locale import choose_locale
from northbib.errors import NotFoundError, UsageError
from northbib.findings import Finding
from northbib.markup import writer
from northbib.markup.links import has_link, link_addresses, link_title
from northbib.records.identifiers import doi, web_address
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from northbib.csl.style import Style
    from northbib.markup.tree import Inlines

__all__ = ["LABELS", "Entry", "Processor"]

LABELS: frozenset[str] = frozenset(
    """
    act appendix article-locator article book canon chapter column elocation equation figure folio
    issue line note opus page paragraph part rule scene section sub-verbo supplement table timestamp
    title-locator verse version volume
    """.split()
)
"""What a locator may count: the locator terms of CSL 1.0.2, and some that 1.0.1 had."""


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
        to: The markup of what is written (`northbib.markup.MARKUPS`).
        engine: The name of the citation engine (`northbib.csl.engines.ENGINES`).

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
    ) -> None:
        self._writer = writer(to)
        self._style = style
        self._engine = engines.engine(engine)
        self._locale = choose_locale(locale, style.default_locale)
        self._items, self._warnings = _by_id(items)
        self._session = self._begin()

    @property
    def warnings(self) -> list[Finding]:
        """What could not be done as the style or the items asked, so far."""
        return [*self._warnings, *self._session.warnings]

    def cite(self, cluster: Iterable[Mapping[str, Any]]) -> str:
        """Write the next cluster of the document in the processor's markup.

        Args:
            cluster: A dict for each cite: `id`, and if need be `locator`, `label` (a CSL locator
                term, `page` if there is none), `prefix` and `suffix`.

        Raises:
            NotFoundError: There is no item of such an id; the hint has near ones.
            UsageError: The label is not a locator term of CSL.
        """
        return self._writer.write_inline(self.cite_tree(cluster))

    def cite_tree(self, cluster: Iterable[Mapping[str, Any]]) -> Inlines:
        """Give the next cluster of the document as a tree; see `cite`."""
        cites = [self._cite(cite) for cite in cluster]
        return link_addresses(self._session.cite(cites)) if cites else ()

    def bibliography(self) -> list[Entry]:
        """Write the entries of all items in the processor's markup, in the style's order."""
        return [Entry(id_, self._writer.write_inline(tree)) for id_, tree in self.entries()]

    def entries(self) -> list[tuple[str, Inlines]]:
        """Give the id and the tree of each entry, in the style's order.

        Addresses are links; where an entry shows none, its title leads to the item's URL or DOI.
        A style that only cites lists each item as it would cite it first, with a warning.
        """
        if self._style.has_bibliography:
            entries = self._session.bibliography()
        else:
            entries = self._citations()
        return [(id_, self._linked(id_, tree)) for id_, tree in entries]

    def _begin(self) -> Session:
        return self._engine.session(self._style, list(self._items.values()), self._locale)

    def _citations(self) -> list[tuple[str, Inlines]]:
        finding = Finding(
            code="no-bibliography",
            severity="warning",
            message=f"the style {self._style.name} has no bibliography, it only cites",
            fix="each work is listed as it is cited",
        )
        if finding not in self._warnings:
            self._warnings.append(finding)
        return [(id_, self._first_citation(id_)) for id_ in self._items]

    def _first_citation(self, id_: str) -> Inlines:
        session = self._begin()
        citation = session.cite([Cite(id_)])
        self._warnings += [warning for warning in session.warnings if warning not in self.warnings]
        return citation

    def _cite(self, given: Mapping[str, Any]) -> Cite:
        id_ = str(given.get("id", ""))
        if id_ not in self._items:
            raise NotFoundError(f"there is no item {id_!r}", hint=did_you_mean(id_, self._items))
        label = str(given.get("label") or "page")
        if label not in LABELS:
            hint = did_you_mean(label, LABELS) or "a page is `page`"
            raise UsageError(f"{label!r} is not a locator term of CSL", hint=hint)
        texts = {name: given.get(name) for name in ("locator", "prefix", "suffix")}
        return Cite(id_, label=label, **{k: str(v) for k, v in texts.items() if v is not None})

    def _linked(self, id_: str, tree: Inlines) -> Inlines:
        linked = link_addresses(tree)
        item = self._items[id_]
        url = _address(item)
        title = item.get("title")
        if has_link(linked) or url is None or not isinstance(title, str):
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
            found[key] = {**item, "id": key}
        elif found[key] != {**item, "id": key}:
            warnings.append(_warning("duplicate-id", f"two items are {key}; the first counts", key))
    return found, warnings


def _warning(code: str, message: str, key: str) -> Finding:
    return Finding(code=code, severity="warning", message=message, key=key)
