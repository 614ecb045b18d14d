"""A document set by citeproc-py."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from citeproc import source
from citeproc.source import VariableError
from lxml.etree import LxmlError

from northbib.csl.citeproc_py import formatter
from northbib.csl.citeproc_py.elements import read_style
from northbib.csl.citeproc_py.marks import mark_field, marked, tidy, unmark
from northbib.csl.citeproc_py.references import reference
from northbib.csl.items import read_item
from northbib.csl.plain import plain_citation, plain_entry
from northbib.csl.xml import CSL
from northbib.errors import UsageError
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from northbib.csl.engines import Cite, Cluster, Options
    from northbib.csl.style import Style
    from northbib.markup.tree import Inlines
    from northbib.records.record import Record

__all__ = ["session"]

# What citeproc-py raises on a style or an item that it was not written for. Its code asks nothing
# of files or the network, so that each of these is a fault of its own in setting one item.
_CRASHES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    LxmlError,
    NameError,
    RecursionError,
    TypeError,
    ValueError,
    VariableError,
)


class _CitationItem(source.CitationItem):  # type: ignore[misc]
    """A cite, whose sort key is text for each kind of variable."""

    def get_field(self, field: str) -> Any:
        value = self.reference.get(field)
        if isinstance(value, list):
            return "; ".join(" ".join(part for part in name.parts() if part) for name in value)
        return None if value is None else str(value)


class _Session:
    """A style at work on items; see `northbib.csl.engines.Session`."""

    def __init__(self, style: Style, items: Sequence[Mapping[str, Any]], locale: str) -> None:
        self.warnings: list[Finding] = []
        self._style = style
        self._records: dict[str, Record] = {}
        for item in items:
            record, warnings = read_item(item)
            self._records[record.key] = record
            self.warnings += warnings
        # citeproc-py lower-cases all ids, so that `A` and `a` would be one.
        self._keys = {id_: f"item-{number}" for number, id_ in enumerate(self._records)}
        self._ids = {key: id_ for id_, key in self._keys.items()}
        self._failed: set[str] = set()
        self._root = read_style(style.xml, locale, formatter)
        # Held, since citeproc-py keeps its state on elements, which lxml makes anew if nobody does.
        self._citation = self._root.find(f"{CSL}citation")
        self._citation.cites = []
        self._citation_layout = self._citation.find(f"{CSL}layout")
        self._bibliography = self._root.find(f"{CSL}bibliography")
        self._items = self._registered()
        self._listed = list(self._records)
        self._texts: dict[str, Inlines] = {}

    def cite(self, cites: Sequence[Cite]) -> Inlines:
        layout = self._citation_layout
        items = [self._cite_item(cite) for cite in cites]
        source.Citation(items).bibliography = self._registry
        texts = []
        for item in self._sorted(items, self._citation):
            text = self._set(item, layout) or marked(plain_citation(self._record(item)))
            texts.append(f"{item.get('prefix', '')}{text}{item.get('suffix', '')}")
            self._citation.cites.append(item)
        return self._finished(layout, layout.join(texts))

    def preview(self, cites: Sequence[Cite]) -> Inlines:
        before = self._citation.cites
        self._citation.cites = []
        try:
            return self.cite(cites)
        finally:
            self._citation.cites = before

    def update(self, clusters: Sequence[Cluster]) -> dict[str, Inlines]:
        self._citation.cites = []
        texts = {cluster.id: self.cite(cluster.cites) for cluster in clusters}
        changed = {id_: text for id_, text in texts.items() if self._texts.get(id_) != text}
        self._texts = texts
        return changed

    def include(self, ids: Sequence[str]) -> None:
        self._listed = [id_ for id_ in ids if id_ in self._records]

    def order(self) -> list[str]:
        cited = {self._ids[item.key] for item in self._citation.cites}
        ids = (self._ids[item.key] for item in self._items)
        return [id_ for id_ in ids if id_ in cited or id_ in self._listed]

    def bibliography(self, ids: Sequence[str] | None = None) -> list[tuple[str, Inlines]]:
        if self._bibliography is None:
            return []
        layout = self._bibliography.find(f"{CSL}layout")
        items = {self._ids[item.key]: item for item in self._items}
        wanted = self.order()
        if ids is not None:
            wanted = [id_ for id_ in ids if id_ in wanted]
        return [(id_, self._entry(items[id_], layout)) for id_ in wanted]

    def _entry(self, item: Any, layout: Any) -> Inlines:
        text = self._set(item, layout)
        return self._finished(layout, text) if text else plain_entry(self._record(item))

    def _registered(self) -> list[Any]:
        """Make an item of each record, in the order of the bibliography."""
        items = [_CitationItem(key) for key in self._ids]
        self._registry = SimpleNamespace(
            source={key: reference(key, self._records[id_]) for key, id_ in self._ids.items()},
            keys=list(self._ids),
            formatter=formatter,
        )
        source.Citation(items).bibliography = self._registry
        if self._bibliography is not None:
            items = self._sorted(items, self._bibliography)
        self._registry.keys = [item.key for item in items]
        return items

    def _cite_item(self, cite: Cite) -> Any:
        if cite.mode:
            message = "citeproc-py cannot cite without the author, or the author alone"
            self._warn("no-such-mode", f"{message}; the whole citation is given", cite.id)
        given: dict[str, Any] = {"prefix": _before(cite.prefix), "suffix": _after(cite.suffix)}
        if cite.locator:
            given["locator"] = source.Locator(cite.label, mark_field(cite.locator))
        return _CitationItem(self._keys[cite.id], **given)

    def _record(self, item: Any) -> Record:
        return self._records[self._ids[item.key]]

    def _sorted(self, items: list[Any], element: Any) -> list[Any]:
        sort = element.find(f"{CSL}sort")
        if sort is None:
            return items
        try:
            return list(sort.sort(items, element.find(f"{CSL}layout")))
        except _CRASHES as error:
            message = f"the style {self._style.name} could not sort: {_reason(error)}"
            self._warn("sorting-failed", f"{message}; the order is that of the items")
            return items

    def _set(self, item: Any, layout: Any) -> str:
        """Set one work; give "" if the style crashes on it or has nothing to print of it."""
        layout.repressed = {}
        try:
            text = str(layout.render_children(item) or "")
            reason = "it prints nothing of it"
        except _CRASHES as error:
            text, reason = "", _reason(error)
        if not text.strip():
            self._warn_of_failure(self._ids[item.key], reason)
        return text.strip()

    def _finished(self, layout: Any, text: Any) -> Inlines:
        """Put the affixes and the format of a layout around what was set, and read it."""
        try:
            text = layout.format(layout.wrap(text))
        except _CRASHES as error:
            message = f"the style {self._style.name} could not set its layout: {_reason(error)}"
            self._warn("layout-failed", f"{message}; affixes and format are left out")
        return unmark(tidy(str(text)).strip())

    def _warn_of_failure(self, key: str, reason: str) -> None:
        if key in self._failed:
            return
        self._failed.add(key)
        message = f"the style {self._style.name} could not set {key}: {reason}"
        self._warn("not-set", f"{message}; it is given in plain words", key)

    def _warn(self, code: str, message: str, key: str | None = None) -> None:
        finding = Finding(code=code, severity="warning", message=message, key=key)
        if finding not in self.warnings:
            self.warnings.append(finding)


def _before(prefix: str) -> str:
    """Make the prefix of a cite, with a space if it ends in a word."""
    marked = str(mark_field(prefix))
    return f"{marked} " if prefix[-1:].isalnum() else marked


def _after(suffix: str) -> str:
    marked = str(mark_field(suffix))
    return f" {marked}" if suffix[:1].isalnum() else marked


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def session(style: Style, items: Sequence[Mapping[str, Any]], options: Options) -> _Session:
    """Begin a document; see `northbib.csl.engines.Engine`."""
    if options.html or options.abbreviations:
        raise UsageError(
            "citeproc-py writes no csl-html and takes no abbreviations", hint="use engine native"
        )
    return _Session(style, items, options.locale)
