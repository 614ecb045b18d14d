"""The files that a list is made of besides those of the library: its style, notes beside it.

Each is known by its content, which is read once in a run: what is touched, moved or restored makes
no difference, and what is edited does.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from northbib import csl
from northbib.csl.sources import read_source
from northbib.errors import NorthbibError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from northbib.embed.request import Request

__all__ = ["Need", "Needs"]

_ABSENT = "-"
_BYTES = 16
_DEPENDENT = b"independent-parent"


class Need(NamedTuple):
    """A file, and what was in it.

    Attributes:
        kind: `style` for what is found by the name of a style, `file` for a file.
        name: The name or the path.
        state: A digest of its content.
    """

    kind: str
    name: str
    state: str


class Needs:
    """Looks into the files that lists are made of, into each once.

    Args:
        styles: Folders to look in for a style before those that are installed.
    """

    def __init__(self, styles: Sequence[Path] = ()) -> None:
        self._styles = tuple(styles)
        self._states: dict[tuple[str, str], str] = {}

    def of(self, request: Request, article: str = "") -> tuple[Need, ...]:
        """Give what a list is made of.

        Args:
            request: The list.
            article: The path of an article, where a style may come to lie beside it.
        """
        style = request.spec.style
        found = [self._need("style", style)]
        if request.notes:
            found.append(self._need("file", request.notes))
        if article and style.endswith(".csl"):
            found.append(self._need("file", str(Path(article).parent / style)))
        if request.notes:
            found.append(self._need("file", request.notes))
        return tuple(found)

    def hold(self, needs: Iterable[Iterable[str]]) -> bool:
        """Tell whether files are as they were."""
        return all(self._state(kind, name) == state for kind, name, state in needs)

    def are_as_they_were(self) -> bool:
        """Tell whether nothing has changed since it was looked at."""
        again = Needs(self._styles)
        return all(again._state(*need) == state for need, state in self._states.items())

    def _need(self, kind: str, name: str) -> Need:
        return Need(kind, name, self._state(kind, name))

    def _state(self, kind: str, name: str) -> str:
        state = self._states.get((kind, name))
        if state is None:
            state = self._style(name) if kind == "style" else _file(name)
            self._states[kind, name] = state
        return state

    def _style(self, name: str) -> str:
        try:
            source = read_source(name, self._styles)
        except NorthbibError:
            return _ABSENT
        data = source.data
        if _DEPENDENT in data:
            data += self._parent(name)
        return _digest((source.file or "").encode("utf-8", "surrogateescape") + b"\0" + data)

    def _parent(self, name: str) -> bytes:
        try:
            return csl.Style.load(name, self._styles).xml
        except NorthbibError:
            return b""


def _file(name: str) -> str:
    try:
        return _digest(Path(name).read_bytes())
    except OSError:
        return _ABSENT


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=_BYTES).hexdigest()
