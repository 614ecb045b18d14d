"""Where a style comes from: its text, or a file found by path, name, address or id.

A style's id is an address at zotero.org for those that are published, and may be any URI for
others (CSL 1.0.2, "Info"). Nothing is fetched: an address stands for the file that is installed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from northbib.csl import catalogue
from northbib.csl.installed import own_styles, style_folders
from northbib.errors import NotFoundError, StyleError
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LARGEST", "Source", "end_of", "find_style", "read_file", "read_source"]

LARGEST = 4 * 1024 * 1024
"""The most bytes that a style may have; the largest published one has 0.25 MB."""

_DECLARATION = re.compile(r"^<\?xml[^>]*\?>")
_REPOSITORY = re.compile(r"(https?://)?(www\.)?zotero\.org/styles/", re.IGNORECASE)
_URI = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_ID = re.compile(rb"<id>\s*(.*?)\s*</id>", re.DOTALL)
_LONGEST_NAME = 200
_HEAD_BYTES = 8192


class Source(NamedTuple):
    """The text of a style before it is read.

    Attributes:
        data: The XML.
        name: The name of its file without `.csl`, None for text.
        file: Its file, None for text.
    """

    data: bytes
    name: str | None = None
    file: str | None = None


def read_source(source: str | Path | bytes, folders: Sequence[Path] = ()) -> Source:
    """Get the XML of a style; see `northbib.csl.Style.load`.

    Raises:
        NotFoundError: There is no such style or file; the hint has near names.
        StyleError: The file cannot be read.
    """
    if isinstance(source, bytes):
        return Source(source)
    if isinstance(source, Path):
        return read_file(source, folders)
    text = source.strip().lstrip("\ufeff")
    if text.startswith("<"):
        return Source(_DECLARATION.sub("", text).encode(errors="replace"))
    is_address = bool(_REPOSITORY.match(text) or _URI.match(text))
    is_path = text.endswith(".csl") or "/" in text or "\\" in text
    if is_path and (not is_address or Path(text[:_LONGEST_NAME]).is_file()):
        return read_file(Path(text), folders)
    return read_file(find_style(text, folders), folders)


def find_style(name: str, folders: Sequence[Path] = ()) -> Path:
    """Give the file of a style.

    Args:
        name: A name, which may also be spelt `Harvard Cite Them Right`, an address or an id.
        folders: Where to look before northbib's own styles and the published ones.

    Raises:
        NotFoundError: There is no such style; the hint has near names.
    """
    is_id = bool(_URI.match(name))
    published = bool(_REPOSITORY.match(name))
    wanted = end_of(name) if is_id or published else name
    found = _with_id(name, (*folders, own_styles())) if is_id and not published else None
    found = found or _named(wanted, (*folders, *style_folders()))
    if found is None and published:
        found = _with_id(name, (*folders, own_styles()))
    if found is not None:
        return found
    hint = did_you_mean(wanted[:_LONGEST_NAME], catalogue.names(folders))
    raise NotFoundError(
        f"there is no style {wanted[:_LONGEST_NAME]!r}",
        hint=hint or "northbib styles WORDS searches them",
    )


def read_file(path: Path, folders: Sequence[Path] = ()) -> Source:
    """Read the file of a style, no more of it than a style may have.

    Raises:
        NotFoundError: There is no such file; the hint has names of styles that are near.
        StyleError: It cannot be read.
    """
    try:
        data = _head(path, LARGEST + 1) if path.is_file() else None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StyleError(f"the style cannot be read: {reason}", where=str(path)) from error
    if data is None:
        known = catalogue.names(folders)
        raise NotFoundError(
            "there is no such style file", where=str(path), hint=did_you_mean(path.stem, known)
        )
    return Source(data, path.stem, str(path))


def end_of(address: str) -> str:
    """Give the last segment of a URL or the last part of a URN."""
    try:
        path = urlsplit(address).path
    except ValueError:
        path = address
    return unquote(re.split(r"[/:]", path.rstrip("/"))[-1]).removesuffix(".csl")


def _named(name: str, folders: Sequence[Path]) -> Path | None:
    for spelling in dict.fromkeys((name, name.lower().replace(" ", "-"))):
        if not spelling or len(spelling) > _LONGEST_NAME or not spelling.isprintable():
            continue
        for folder in folders:
            path = folder / f"{spelling}.csl"
            if "/" not in spelling and path.is_file():
                return path
    return None


def _with_id(identifier: str, folders: Sequence[Path]) -> Path | None:
    """Give the first style of the user's or our own whose head has an id; others go by name."""
    for path in (path for folder in folders for path in sorted(folder.glob("*.csl"))):
        with suppress(OSError):
            found = _ID.search(_head(path, _HEAD_BYTES))
            if found and unescape(found[1].decode("utf-8", errors="replace")) == identifier:
                return path
    return None


def _head(path: Path, length: int) -> bytes:
    with path.open("rb") as file:
        return file.read(length)
