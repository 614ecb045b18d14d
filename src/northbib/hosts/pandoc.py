"""A filter of pandoc, and so of Quarto: its own `[@key]` with our libraries, styles and engine.

    pandoc --filter northbib-pandoc -M csl=apa article.md -o article.html

The document's metadata say how: `northbib: {library: FOLDER}` (else `bibliographies`); and `csl`,
`lang`, `link-citations`, `suppress-bibliography`, `reference-section-title` and `nocite`, which
mean what they mean to pandoc's own citeproc.

Source: Pandoc User's Guide, "Citations"; "Pandoc filters" (JSON on standard input and output).
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from northbib import csl
from northbib.csl.engines import DEFAULT_ENGINE
from northbib.embed.citations import Cite, Cluster, Note
from northbib.embed.citations.locators import located
from northbib.embed.rendered.citing import SetCluster, Setter
from northbib.embed.rendered.numbering import placed
from northbib.embed.rendered.settings import Settings
from northbib.embed.rendered.works import ALL, Works
from northbib.errors import NorthbibError, NotFoundError
from northbib.hosts.pandoc_tree import Element, attributes, inlines, plain_text
from northbib.hosts.publishing import Publisher
from northbib.markup.html import anchor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library import Store
    from northbib.records import Record

__all__ = ["filtered", "main"]

_AFTER_NOTE = ".,;:!?"
_SPACES = ("Space", "SoftBreak")


def main() -> None:
    """Read a document of pandoc from standard input, and write it to standard output."""
    try:
        document = json.load(sys.stdin.buffer)
        done, warnings = filtered(document)
    except NorthbibError as error:
        hint = f" ({error.hint})" if error.hint else ""
        sys.exit(f"northbib-pandoc: {error}{hint}")
    except ValueError:
        sys.exit("northbib-pandoc: this is no document of pandoc (run it as pandoc --filter)")
    for warning in warnings:
        sys.stderr.write(f"northbib-pandoc: {warning}\n")
    sys.stdout.write(json.dumps(done, ensure_ascii=True))


def filtered(document: Element) -> tuple[Element, list[str]]:
    """Set the citations of a document, and list what it cites.

    Args:
        document: A pandoc document in its JSON form, which is changed.

    Returns:
        The document, and what could not be done.

    Raises:
        NorthbibError: There is no such library, style or locale, or the style is not usable.
    """
    meta = _Meta(document["meta"])
    publisher = Publisher(meta.library)
    found = _Found()
    found.walk(document["blocks"])
    works, warnings = _works(found, meta, publisher.store)
    if not works.records:
        return document, warnings
    style = csl.Style.load(meta.style or csl.HOUSE_STYLE, publisher.options.styles)
    settings = Settings(
        style=style.name,
        locale=meta.locale,
        linked=meta.flag("link-citations", default=True),
        listed=not meta.flag("suppress-bibliography", default=False),
        heading=meta.text("reference-section-title"),
        after_punctuation=None,
    )
    setter = Setter(works, style, settings, DEFAULT_ENGINE)
    places = placed(works.clusters, found.notes, in_notes=setter.cites_in_notes)
    for each in setter.set(places):
        _put(found.cites[each.cluster.start], each, setter)
    document["blocks"] = _tidied(document["blocks"])
    _put_list(document["blocks"], setter, settings)
    return document, [*warnings, *(finding.message for finding in setter.warnings)]


class _Meta:
    """The metadata of a document, as text."""

    def __init__(self, meta: dict[str, Element]) -> None:
        self.meta = meta

    def text(self, name: str) -> str:
        """Give the text of a field, "" if it is not set."""
        return plain_text(self.meta.get(name)).strip()

    def flag(self, name: str, *, default: bool) -> bool:
        """Give a field that is true or false."""
        value = self.meta.get(name)
        if value is None:
            return default
        return bool(value["c"]) if value["t"] == "MetaBool" else self.text(name) == "true"

    @property
    def library(self) -> Path:
        """The library."""
        own = self.meta.get("northbib", {})
        inside = own.get("c", {}).get("library") if own.get("t") == "MetaMap" else None
        named = plain_text(inside).strip() or self.text("northbib.library")
        return Path(named or "bibliographies")

    @property
    def style(self) -> str:
        """The style, "" if none is named."""
        return self.text("csl") or self.text("citation-style")

    @property
    def locale(self) -> str | None:
        """The locale, None if none is named."""
        return self.text("lang") or None


@dataclass(slots=True)
class _Found:
    """The citations of a document and the notes of its author; a place is a number in order."""

    cites: dict[int, Element] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    place: int = 0

    def walk(self, content: object) -> None:
        """Take in all that is there, in the order of reading."""
        if isinstance(content, list):
            for each in content:
                self.walk(each)
        elif isinstance(content, dict):
            self._take(content)

    def _take(self, element: Element) -> None:
        at = self.place
        self.place += 1
        if element.get("t") == "Cite":
            self.cites[at] = element
            return
        self.walk(element.get("c"))
        if element.get("t") == "Note":
            self.notes.append(Note(at + 1, self.place, at))
            self.place += 1


def _works(found: _Found, meta: _Meta, store: Store) -> tuple[Works, list[str]]:
    """Find the works; a citation of one that is not there stays as pandoc has it."""
    records: dict[str, Record] = {}
    warnings: list[str] = []
    clusters = []
    for place, element in found.cites.items():
        cluster = _cluster(place, element)
        missing = [said for cite in cluster.cites if (said := _missing(cite.key, records, store))]
        warnings += missing
        if not missing:
            clusters.append(cluster)
    listed = list(_nocite(meta, records, store, warnings))
    return Works(records, tuple(clusters), tuple(listed)), warnings


def _missing(key: str, records: dict[str, Record], store: Store) -> str:
    """Take a record in; say so where there is none."""
    try:
        records[key] = store.get(key).record.replace(key=key)
    except NotFoundError as error:
        return f"{error.message} ({error.hint})" if error.hint else error.message
    return ""


def _nocite(
    meta: _Meta, records: dict[str, Record], store: Store, warnings: list[str]
) -> Iterator[str]:
    uncited = _Found()
    uncited.walk(meta.meta.get("nocite"))
    for element in uncited.cites.values():
        for citation in element["c"][0]:
            key = citation["citationId"]
            if key == ALL:
                for stored in store.all():
                    yield records.setdefault(stored.record.key, stored.record).key
            elif said := _missing(key, records, store):
                warnings.append(said)
            else:
                yield key


def _cluster(place: int, element: Element) -> Cluster:
    citations = element["c"][0]
    in_text = citations[0]["citationMode"]["t"] == "AuthorInText"
    cites = tuple(_cite(citation, place) for citation in citations)
    return Cluster(place, place + 1, cites, "narrative" if in_text else "parenthetical")


def _cite(citation: Element, place: int) -> Cite:
    locator, label, suffix = located(plain_text(citation["citationSuffix"]))
    return Cite(
        citation["citationId"],
        plain_text(citation["citationPrefix"]).strip(),
        locator,
        label,
        suffix,
        citation["citationMode"]["t"] == "SuppressAuthor",
        place,
    )


def _put(element: Element, each: SetCluster, setter: Setter) -> None:
    """Put a citation in its place, where it remains a citation for the filters that follow."""
    content = inlines(each.text, setter.guard.opened)
    citation = inlines(each.citation, setter.guard.opened)
    if each.in_note:
        content.append({"t": "Note", "c": [{"t": "Para", "c": citation}]})
    elif citation:
        content += citation
    element["c"][1] = content


def _tidied(content: Any) -> Any:
    """Let no space stand before the number of a note, and no full stop after it."""
    if isinstance(content, dict):
        if "c" in content:
            content["c"] = _tidied(content["c"])
        return content
    if not isinstance(content, list):
        return content
    done: list[Any] = []
    for each in map(_tidied, content):
        before = done[-1] if done else None
        if _stands_high(each) and isinstance(before, dict) and before.get("t") in _SPACES:
            done.pop()
        elif isinstance(each, dict) and each.get("t") == "Str" and _stands_high(before):
            each = _moved(each, done)  # noqa: PLW2901
        if each is not None:
            done.append(each)
    return done


def _stands_high(element: object) -> bool:
    """Tell whether an element is a citation that is nothing but the number of a note."""
    if not isinstance(element, dict) or element.get("t") != "Cite" or not element["c"][1]:
        return False
    return element["c"][1][0].get("t") in ("Note", "Superscript")


def _moved(following: Element, done: list[Any]) -> Element | None:
    """Move the punctuation that a text begins with before the number; None if no text is left."""
    text = following["c"]
    rest = text.lstrip(_AFTER_NOTE)
    if len(rest) < len(text):
        done.insert(len(done) - 1, {"t": "Str", "c": text[: len(text) - len(rest)]})
    return {"t": "Str", "c": rest} if rest else None


def _put_list(blocks: list[Element], setter: Setter, settings: Settings) -> None:
    entries = [_entry(key, inlines(content)) for key, content, _ in setter.entries()]
    if not entries:
        return
    place = next((block for block in _blocks(blocks) if _is_place(block)), None)
    if place is None:
        place = {"t": "Div", "c": [attributes("refs"), []]}
        if settings.heading:
            title = [{"t": "Str", "c": settings.heading}]
            blocks.append({"t": "Header", "c": [1, attributes("bibliography"), title]})
        blocks.append(place)
    kept = place["c"][0][1]
    classes = [*kept, *(each for each in ("references", "csl-bib-body") if each not in kept)]
    place["c"] = [["refs", classes, [["role", "list"]]], [*place["c"][1], *entries]]


def _entry(key: str, content: list[Element]) -> Element:
    entry = attributes(anchor(key), ["csl-entry"], role="listitem")
    return {"t": "Div", "c": [entry, [{"t": "Para", "c": content}]]}


def _blocks(content: object) -> Iterator[Element]:
    if isinstance(content, list):
        for each in content:
            yield from _blocks(each)
    elif isinstance(content, dict):
        yield content
        yield from _blocks(content.get("c"))


def _is_place(block: Element) -> bool:
    return block.get("t") == "Div" and block["c"][0][0] == "refs"
