"""The citations of an article, set by a style all together, in the order in which they are read."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from northbib import csl
from northbib.csl.locale import choose_locale
from northbib.embed.rendered.guard import Guard
from northbib.lists.selection import item_of
from northbib.markup.inline import parse_inline
from northbib.markup.links import link_addresses
from northbib.markup.tree import Inline, Inlines, Reference, Text, text_of, with_children

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.csl.style import Style
    from northbib.embed.citations import Cite, Cluster
    from northbib.embed.rendered.numbering import Place
    from northbib.embed.rendered.settings import Settings
    from northbib.embed.rendered.works import Works
    from northbib.findings import Finding
    from northbib.records import Record

__all__ = ["SetCluster", "Setter"]

_NAMING_STYLE = "chicago-author-date"
"""A style that names authors, for styles that know only numbers."""
_PAIRS = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class SetCluster:
    """A citation as the style has it.

    Attributes:
        cluster: The citation in the source.
        text: What stands in the sentence itself, such as the author of a narrative citation.
        citation: The citation; empty where there is none.
        in_note: Whether the citation stands in a note of its own.
    """

    cluster: Cluster
    text: Inlines
    citation: Inlines
    in_note: bool


class Setter:
    """Sets citations.

    Attributes:
        guard: What the author's own words have to go through when they are written.
    """

    def __init__(self, works: Works, style: Style, settings: Settings, engine: str) -> None:
        self._style = style
        self._settings = settings
        self._works = works
        self._items = [item_of(record) for record in works.records.values()]
        self._engine = engine
        facts = json.dumps(self._items, ensure_ascii=False)
        self.guard = Guard([facts, *_words(works)])
        self._processor = self._new(style, works.listed)
        self._naming: csl.Processor | None = None
        self._cited_at: dict[str, list[str]] = {}
        self._names_known: set[str] = set()

    @property
    def locale(self) -> str:
        """The tag of the locale that citations are set in."""
        return choose_locale(self._settings.locale, self._style.default_locale)

    @property
    def warnings(self) -> list[Finding]:
        """What could not be done as the style or the records asked."""
        return self._processor.warnings

    def record(self, key: str) -> Record:
        """Give the record of a work that is cited or listed."""
        return self._works.records[key]

    @property
    def cites_in_notes(self) -> bool:
        """Whether the style cites in notes."""
        return self._style.class_ == "note"

    def set(self, places: Sequence[Place]) -> list[SetCluster]:
        """Set citations.

        Args:
            places: Where each stands, in the order in which they are read.
        """
        set_at = [place for place in places if place.cluster.form not in ("author", "title")]
        trees = self._processor.update_trees(
            {"id": str(number), "cites": self._cites(place), "note": place.note}
            for number, place in enumerate(set_at)
        )
        by_place = {id(place): trees[str(number)] for number, place in enumerate(set_at)}
        return [self._set(place, by_place.get(id(place), ())) for place in places]

    def entries(self) -> Iterator[tuple[str, Inlines, tuple[str, ...]]]:
        """Give key, text and the anchors of its citations for each work of the list."""
        if not self._style.has_bibliography or not self._settings.listed:
            return
        for key, content in self._processor.entries():
            if content:
                yield key, content, tuple(self._cited_at.get(key, ()))

    def _new(self, style: Style, listed: Sequence[str]) -> csl.Processor:
        return csl.Processor(
            style,
            self._items,
            locale=self._settings.locale,
            engine=self._engine,
            uncited=listed,
        )

    def _cites(self, place: Place) -> list[dict[str, Any]]:
        cluster = place.cluster
        given = [self._given(cite) for cite in cluster.cites]
        if cluster.form == "narrative":
            given[0]["mode"] = "suppress-author"
            given[0].pop("prefix", None)
        return given

    def _given(self, cite: Cite) -> dict[str, Any]:
        given: dict[str, Any] = {"id": cite.key}
        if cite.locator:
            given["locator"] = self.guard.guarded(cite.locator.replace("--", "-"))
            given["label"] = cite.label
        if cite.prefix:
            given["prefix"] = f"{self.guard.guarded(cite.prefix)} "
        if cite.suffix:
            given["suffix"] = self.guard.guarded(_spaced(cite.suffix))
        if cite.suppress_author:
            given["mode"] = "suppress-author"
        if self._settings.linked and self._leads_somewhere:
            given["anchor"] = self._anchor(cite)
        return given

    @property
    def _leads_somewhere(self) -> bool:
        return self._settings.listed and self._style.has_bibliography

    def _anchor(self, cite: Cite) -> str:
        """Name the place of a cite, so that the entry can lead back."""
        anchors = self._cited_at.setdefault(cite.key, [])
        anchors.append(f"cite-{cite.key}-{len(anchors) + 1}")
        return anchors[-1]

    def _set(self, place: Place, tree: Inlines) -> SetCluster:
        cluster = place.cluster
        in_note = place.own_note
        if cluster.form in ("author", "title"):
            text = [self._named(cite, cluster.form) for cite in cluster.cites]
            return SetCluster(cluster, _joined(text, ", "), (), in_note=False)
        first_name = cluster.form == "narrative"
        name = self._author(cluster.cites[0]) if first_name else ()
        self._names_known.update(cite.key for cite in cluster.cites)
        tree = self._linked_whole(cluster, tree)
        if self.cites_in_notes:
            tree = link_addresses(_with_short_references(tree))
        if self.cites_in_notes and not in_note:
            return SetCluster(cluster, _in_sentence(name, tree), (), in_note=False)
        if cluster.form == "bare":
            tree = _without_brackets(tree)
        if in_note:
            return SetCluster(cluster, name, _as_sentence(tree), in_note=True)
        return SetCluster(cluster, (*name, Text(" "), *tree) if name else tree, (), in_note=False)

    def _linked_whole(self, cluster: Cluster, tree: Inlines) -> Inlines:
        """Let a citation of one work lead to its entry where the engine has told nothing apart."""
        if len(cluster.cites) > 1 or not self._leads_somewhere or not self._settings.linked:
            return tree
        key = cluster.cites[0].key
        if not tree or any(isinstance(node, Reference) for node in _nodes(tree)):
            return tree
        return (Reference(key, tree, self._cited_at[key][-1]),)

    def _named(self, cite: Cite, form: str) -> Inlines:
        if form == "title":
            return parse_inline(self._works.records[cite.key].text("title"))
        return self._author(cite)

    def _author(self, cite: Cite) -> Inlines:
        """Give the author's name as it stands in a sentence."""
        position = "subsequent" if cite.key in self._names_known else "first"
        asked = {"id": cite.key, "mode": "author-only", "position": position}
        name = self._processor.preview_tree([asked])
        if any(sign.isalpha() for sign in text_of(name)):
            return name
        if self._naming is None:
            self._naming = self._new(csl.Style.load(_NAMING_STYLE), list(self._works.records))
        return self._naming.preview_tree([asked])


def _words(works: Works) -> Iterator[str]:
    for cluster in works.clusters:
        for cite in cluster.cites:
            yield from (cite.prefix, cite.suffix, cite.locator)


def _spaced(suffix: str) -> str:
    """Give a suffix that does not touch the citation before it."""
    return suffix if suffix[0].isspace() or suffix[0] in ".,;:!?)]" else f", {suffix}"


def _nodes(tree: Inlines) -> Iterator[Any]:
    for node in tree:
        yield node
        if not isinstance(node, Text):
            yield from _nodes(node.children)


def _with_short_references(tree: Inlines) -> Inlines:
    """Let the beginning of each work alone lead to its entry: a note can be long, and have links.

    The beginning is the names, or what else is set in one way.
    """
    found: list[Inline] = []
    for node in tree:
        first = node.children[0] if isinstance(node, Reference) and len(node.children) > 1 else None
        if not isinstance(node, Reference) or first is None:
            found.append(node)
        elif isinstance(first, Text):
            kept = first.text.rstrip(" ,")
            rest = Text(first.text[len(kept) :])
            found += [replace(node, children=(Text(kept),)), rest, *node.children[1:]]
        else:
            found += [replace(node, children=(first,)), *node.children[1:]]
    return tuple(found)


def _joined(trees: Sequence[Inlines], joint: str) -> Inlines:
    found: Inlines = ()
    for tree in trees:
        found = (*found, Text(joint), *tree) if found else tree
    return found


def _in_sentence(name: Inlines, tree: Inlines) -> Inlines:
    """Put what stood in a note of its own into a sentence of another note.

    As pandoc has it: in brackets, or after the author's name with a comma.
    """
    inside = _without_stop(tree)
    if not name:
        return (Text("("), *inside, Text(")"))
    return (*name, Text(", "), *inside) if inside else name


def _without_stop(tree: Inlines) -> Inlines:
    if not tree:
        return tree
    last = tree[-1]
    if not isinstance(last, Text):
        return (*tree[:-1], with_children(last, _without_stop(last.children)))
    text = last.text.removesuffix(".")
    return (*tree[:-1], Text(text)) if text else tree[:-1]


def _as_sentence(tree: Inlines) -> Inlines:
    """Give a note a capital at its start."""
    first = tree[0] if tree else None
    if not isinstance(first, Text) or not first.text[:1].islower():
        return tree
    return (replace(first, text=first.text[0].upper() + first.text[1:]), *tree[1:])


def _without_brackets(tree: Inlines) -> Inlines:
    """Take off the brackets around a whole citation."""
    text = text_of(tree)
    if text[:1] not in _PAIRS or text[-1:] != _PAIRS[text[0]]:
        return tree
    return _cut(_cut(tree, 0), -1)


def _cut(tree: Inlines, place: int) -> Inlines:
    """Take the first or the last sign off."""
    nodes = list(tree)
    node = nodes[place]
    if isinstance(node, Text):
        text = node.text[1:] if place == 0 else node.text[:-1]
        nodes[place : place + 1 or None] = [Text(text)] if text else []
        return tuple(nodes)
    inner = _cut(node.children, place)
    nodes[place : place + 1 or None] = [with_children(node, inner)] if inner else []
    return tuple(nodes)
