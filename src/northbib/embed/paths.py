"""Which files are meant: articles, folders of articles, and patterns that no shell has expanded."""

# A site has thousands of paths, and text is much faster than `Path`.
# ruff: noqa: PTH112, PTH113, PTH118, PTH120, PTH207

from __future__ import annotations

import glob
import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from northbib.embed.markups import EXTENSIONS
from northbib.errors import NorthbibError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Named", "named"]

_ENDINGS = tuple(EXTENSIONS)
_NOT_OURS = frozenset({"node_modules", "__pycache__"})
_HERE = f".{os.sep}"
_ENVIRONMENT = "pyvenv.cfg"


class Named(NamedTuple):
    """A path that may be an article.

    Attributes:
        path: The path.
        is_meant: Whether it was named itself; if not, it was found, and may have no section.
    """

    path: str
    is_meant: bool


def named(names: Iterable[str]) -> Iterator[Named]:
    """Give the files that names stand for; a file may come more than once.

    Args:
        names: Paths of articles, which need not be there; folders, which stand for the articles in
            them and in the folders below, but for hidden ones, those of installed packages and
            what git ignores; patterns with `*`, `?`, `[…]`, and `**` for folders at any depth.

    Raises:
        NotFoundError: A pattern stands for no article.
    """
    for name in names:
        if os.path.isdir(name) and not name.lower().endswith(_ENDINGS):
            yield from _not_ignored(name)
        elif not glob.has_magic(name) or os.path.lexists(name):
            yield Named(name, is_meant=True)
        else:
            yield from _like(name)


def _like(pattern: str) -> Iterator[Named]:
    found = sorted(path for path in glob.iglob(pattern, recursive=True) if os.path.isfile(path))
    if not found:
        raise NotFoundError("this pattern stands for no article", where=pattern)
    return (Named(path, is_meant=False) for path in found if path.lower().endswith(_ENDINGS))


def _not_ignored(folder: str) -> Iterator[Named]:
    ignored = _ignored(folder)
    found = _within(folder, ignored)
    return (Named(path.removeprefix(_HERE), is_meant=False) for path in found)


def _within(folder: str, ignored: frozenset[str]) -> Iterator[str]:
    """Give the articles in a folder and below, a folder's own first, by name."""
    below: list[str] = []
    with os.scandir(folder) as entries:
        inside = sorted(entries, key=lambda entry: entry.name)
    if any(entry.name == _ENVIRONMENT for entry in inside):
        return
    for entry in inside:
        if entry.name.startswith(".") or entry.path in ignored:
            continue
        if entry.name.lower().endswith(_ENDINGS) and entry.is_file():
            yield entry.path
        elif entry.name not in _NOT_OURS and entry.is_dir(follow_symlinks=False):
            below.append(entry.path)
    for path in below:
        yield from _within(path, ignored)


def _ignored(folder: str) -> frozenset[str]:
    """Give what git ignores in a folder, such as a site that is built of the articles."""
    top = os.path.realpath(folder)
    while not os.path.lexists(os.path.join(top, ".git")):
        if os.path.dirname(top) == top:
            return frozenset()
        top = os.path.dirname(top)
    wanted = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory")
    try:
        found = import_module("northbib.library.sharing.git").git(Path(folder), *wanted)
    except NorthbibError:
        return frozenset()
    names = (os.fsdecode(name).rstrip("/") for name in found.split(b"\0") if name)
    return frozenset(os.path.join(folder, name) for name in names)
