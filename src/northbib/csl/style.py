"""Styles: found by name, path, address or text, with what their head says about them.

Source: CSL 1.0.2, "File Types" (dependent styles), "Info".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.csl.sources import Source, end_of, find_style, read_file, read_source
from northbib.csl.structure import faults
from northbib.csl.xml import CSL, line_of, parse
from northbib.errors import NotFoundError, StyleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lxml.etree import _Element

__all__ = ["Style", "load_parent", "parent_link"]


@dataclass(frozen=True, slots=True)
class Style:
    """A citation style that can be used.

    Attributes:
        name: The name that it is loaded by: its file's without `.csl`, else the end of its id.
        id: The URI in its head.
        title: Its title.
        title_short: Its short title, "" if it has none.
        link: The address that it gives for itself, "" if none.
        rights: What it says about rights, "" if nothing.
        licence: The address of its licence, "" if none.
        fields: The disciplines that it is made for, in CSL's own names.
        parent: For a dependent style, the name of the independent one that it is an alias of.
        default_locale: The language tag of the locale that it asks for, "" if it asks for none.
        class_: `in-text` or `note`.
        has_bibliography: Whether it lists works, or only cites them.
        xml: The XML of the style, for a dependent one that of its parent.
        source: The XML that was read.
        file: The file or address that it came from, None for text.
    """

    name: str
    id: str
    title: str
    title_short: str
    link: str
    rights: str
    licence: str
    fields: tuple[str, ...]
    parent: str | None
    default_locale: str
    class_: str
    has_bibliography: bool
    xml: bytes
    source: bytes
    file: str | None

    @classmethod
    def load(cls, source: str | Path | bytes, folders: Sequence[Path] = ()) -> Style:
        """Load a style; a dependent one is resolved offline.

        Args:
            source: A name (`apa`), the id or address of a style
                (`http://www.zotero.org/styles/apa`, with or without what precedes `zotero.org`;
                `urn:uuid:…` for a style of one's own), a path, or the XML itself. Other text that
                has a `/` or ends in `.csl` is a path.
            folders: Where to look for a name before northbib's own styles and the published ones.

        Raises:
            NotFoundError: There is no such style or file; the hint has near names.
            StyleError: It is not XML, not CSL 1.0, or refers to a macro or a parent that is not
                there; with file and line.
        """
        return _loaded(read_source(source, folders), folders)


def parent_link(root: _Element) -> _Element | None:
    """Give the link to the style that this one is an alias of, None if it is independent."""
    links = root.iterfind(f"{CSL}info/{CSL}link")
    return next((link for link in links if link.get("rel") == "independent-parent"), None)


def load_parent(link: _Element, file: str | None, folders: Sequence[Path]) -> Style:
    """Load the independent style that a dependent one links to.

    Raises:
        StyleError: It is not there, not usable, or itself dependent; with the line of the link.
    """
    address = link.get("href", "")
    name = end_of(address)
    try:
        path = find_style(address if ":" in address else name, folders)
    except NotFoundError as error:
        message = f"its parent style {name!r} is not there"
        raise StyleError(message, where=file, line=line_of(link), hint=error.hint) from error
    source = read_file(path, folders)
    if parent_link(parse(source.data, source.file)) is not None:
        # Asked before it is loaded, since two dependent styles may name each other.
        message = f"its parent style {name!r} is itself dependent"
        raise StyleError(message, where=file, line=line_of(link))
    return _loaded(source, folders)


def _loaded(source: Source, folders: Sequence[Path]) -> Style:
    root = parse(source.data, source.file)
    link = parent_link(root)
    if link is not None:
        return _style(root, source, load_parent(link, source.file, folders))
    found = faults(root, source.file)
    if found:
        first = found[0]
        raise StyleError(first.message, where=source.file, line=first.line, findings=found)
    return _style(root, source, None)


def _style(root: _Element, source: Source, parent: Style | None) -> Style:
    info = root.find(f"{CSL}info")
    head = root if info is None else info
    identifier = _text(head, "id")
    known_as = source.name or end_of(identifier) or "style"
    rights = head.find(f"{CSL}rights")
    categories = (category.get("field") for category in head.iterfind(f"{CSL}category"))
    return Style(
        name=known_as,
        id=identifier,
        title=_text(head, "title") or known_as,
        title_short=_text(head, "title-short"),
        link=next(_links(head, "self"), ""),
        rights=_text(head, "rights"),
        licence="" if rights is None else rights.get("license", ""),
        fields=tuple(field for field in categories if field),
        parent=parent.name if parent else None,
        default_locale=root.get("default-locale") or (parent.default_locale if parent else ""),
        class_=parent.class_ if parent else root.get("class", "in-text"),
        has_bibliography=(
            parent.has_bibliography if parent else root.find(f"{CSL}bibliography") is not None
        ),
        xml=parent.xml if parent else source.data,
        source=source.data,
        file=source.file,
    )


def _text(head: _Element, tag: str) -> str:
    element = head.find(f"{CSL}{tag}")
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def _links(head: _Element, rel: str) -> Iterator[str]:
    for link in head.iterfind(f"{CSL}link"):
        if link.get("rel") == rel:
            yield link.get("href", "")
