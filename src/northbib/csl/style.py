"""Styles: found by name, path, address or text, with what their head says about them.

Source: CSL 1.0.2, "File Types" (dependent styles), "Info".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from northbib.csl import catalogue
from northbib.csl.installed import style_folders
from northbib.csl.structure import faults
from northbib.csl.xml import CSL, LARGEST, line_of, parse
from northbib.errors import NotFoundError, StyleError
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

__all__ = ["Style"]

_DECLARATION = re.compile(r"^<\?xml[^>]*\?>")
_LONGEST_NAME = 200


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
            source: A name (`apa`), the address of a style (`http://www.zotero.org/styles/apa`),
                a path, or the XML itself. Text that has a `/` or ends in `.csl` is a path.
            folders: Where to look for a name before northbib's own styles and the published ones.

        Raises:
            NotFoundError: There is no such style or file; the hint has near names.
            StyleError: It is not XML, not CSL 1.0, or refers to a macro or a parent that is not
                there; with file and line.
        """
        if isinstance(source, bytes):
            return _from_bytes(source, None, None, folders)
        if isinstance(source, Path):
            return _from_file(source, folders)
        text = source.strip().lstrip("\ufeff")
        if text.startswith("<"):
            data = _DECLARATION.sub("", text).encode(errors="replace")
            return _from_bytes(data, None, None, folders)
        if text.lower().startswith(("http://", "https://")):
            return _from_file(_find(_end_of(text), folders), folders)
        if text.endswith(".csl") or "/" in text or "\\" in text:
            return _from_file(Path(text), folders)
        return _from_file(_find(text, folders), folders)


def _find(name: str, folders: Sequence[Path]) -> Path:
    """Give the file of a style by its name, which may also be spelt `Harvard Cite Them Right`."""
    spellings = dict.fromkeys((name, name.lower().replace(" ", "-")))
    for spelling in spellings:
        if not spelling or len(spelling) > _LONGEST_NAME or not spelling.isprintable():
            continue
        for folder in (*folders, *style_folders()):
            path = folder / f"{spelling}.csl"
            if "/" not in spelling and path.is_file():
                return path
    hint = did_you_mean(name[:_LONGEST_NAME], catalogue.names(folders))
    raise NotFoundError(
        f"there is no style {name[:_LONGEST_NAME]!r}",
        hint=hint or "northbib styles WORDS searches them",
    )


def _from_file(path: Path, folders: Sequence[Path]) -> Style:
    try:
        data = _read(path) if path.is_file() else None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StyleError(f"the style cannot be read: {reason}", where=str(path)) from error
    if data is None:
        known = catalogue.names(folders)
        raise NotFoundError(
            "there is no such style file", where=str(path), hint=did_you_mean(path.stem, known)
        )
    return _from_bytes(data, path.stem, str(path), folders)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _from_bytes(data: bytes, name: str | None, file: str | None, folders: Sequence[Path]) -> Style:
    root = parse(data, file)
    link = _parent_link(root)
    if link is not None:
        return _style(root, data, name, file, _parent(link, file, folders))
    found = faults(root, file)
    if found:
        first = found[0]
        raise StyleError(first.message, where=file, line=first.line, findings=found)
    return _style(root, data, name, file, None)


def _parent_link(root: _Element) -> _Element | None:
    links = root.iterfind(f"{CSL}info/{CSL}link")
    return next((link for link in links if link.get("rel") == "independent-parent"), None)


def _parent(link: _Element, file: str | None, folders: Sequence[Path]) -> Style:
    name = _end_of(link.get("href", ""))
    try:
        path = _find(name, folders)
    except NotFoundError as error:
        raise StyleError(
            f"its parent style {name!r} is not there",
            where=file,
            line=line_of(link),
            hint=error.hint,
        ) from error
    data = _read(path)
    if _parent_link(parse(data, str(path))) is not None:
        # Asked before it is loaded, since two dependent styles may name each other.
        message = f"its parent style {name!r} is itself dependent"
        raise StyleError(message, where=file, line=line_of(link))
    return _from_bytes(data, path.stem, str(path), folders)


def _style(
    root: _Element, data: bytes, name: str | None, file: str | None, parent: Style | None
) -> Style:
    info = root.find(f"{CSL}info")
    head = root if info is None else info
    identifier = _text(head, "id")
    known_as = name or _end_of(identifier) or "style"
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
        xml=parent.xml if parent else data,
        source=data,
        file=file,
    )


def _text(head: _Element, tag: str) -> str:
    element = head.find(f"{CSL}{tag}")
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def _links(head: _Element, rel: str) -> Iterator[str]:
    for link in head.iterfind(f"{CSL}link"):
        if link.get("rel") == rel:
            yield link.get("href", "")


def _end_of(address: str) -> str:
    """Give the last segment of a URL or the last part of a URN."""
    try:
        path = urlsplit(address).path
    except ValueError:
        path = address
    return unquote(re.split(r"[/:]", path.rstrip("/"))[-1]).removesuffix(".csl")
