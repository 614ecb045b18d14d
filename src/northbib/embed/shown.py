"""What sections show: lists that are made only where nobody remembers what became of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from northbib.markup.tree import ItemList

if TYPE_CHECKING:
    from northbib.embed.needs import Needs
    from northbib.embed.rendering import ListMaker
    from northbib.embed.request import Request
    from northbib.findings import Finding
    from northbib.lists import ReadingList

__all__ = ["Memory", "Oblivion", "Shower", "Shown"]

_BYTES = 16
_MOST = 10_000
"""So many requests are held in memory at most."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a list shows, without its text.

    Attributes:
        name: A digest of all that the list is made of.
        keys: The keys of its works, in order, each once.
        findings: What the style or the engine could not do as asked.
    """

    name: bytes
    keys: tuple[str, ...]
    findings: tuple[Finding, ...]


class Memory(Protocol):
    """What earlier runs have found out; all of it follows from what its names are digests of."""

    def shown(self, name: bytes) -> Shown | None:
        """Give what a list shows; None if it is not known."""
        ...

    def keep_shown(self, shown: Shown) -> None:
        """Remember what a list shows."""
        ...

    def sum(self, name: bytes) -> str | None:
        """Give the sum of a text; None if it is not known."""
        ...

    def keep_sum(self, name: bytes, sum_: str) -> None:
        """Remember the sum of a text."""
        ...


class Oblivion:
    """A memory that keeps nothing."""

    def shown(self, name: bytes) -> Shown | None:  # noqa: ARG002
        """Know nothing."""
        return None

    def keep_shown(self, shown: Shown) -> None:
        """Keep nothing."""

    def sum(self, name: bytes) -> str | None:  # noqa: ARG002
        """Know nothing."""
        return None

    def keep_sum(self, name: bytes, sum_: str) -> None:
        """Keep nothing."""


class Shower:
    """Tells what requests show, and makes their lists where that is asked for.

    Attributes:
        maker: Makes the lists.
        needs: Looks into the files that they are made of besides the library.
        memory: What earlier runs have found out.
    """

    def __init__(self, maker: ListMaker, needs: Needs, memory: Memory) -> None:
        self.maker = maker
        self.needs = needs
        self.memory = memory
        self._names: dict[Request, bytes] = {}

    def shown(self, request: Request) -> Shown:
        """Tell what a list shows.

        Raises:
            NorthbibError: As `ListMaker.make`.
        """
        name = self.name(request)
        known = self.memory.shown(name)
        if known is None:
            known = _shown(name, self.maker.make(request))
            self.memory.keep_shown(known)
        return known

    def name(self, request: Request) -> bytes:
        """Give a digest of all that a list is made of.

        Raises:
            NorthbibError: As `ListMaker.select`.
        """
        name = self._names.get(request)
        if name is None:
            if len(self._names) >= _MOST:
                self._names.clear()
            name = self._names[request] = self._new_name(request)
        return name

    def _new_name(self, request: Request) -> bytes:
        digest = hashlib.blake2b(repr(request).encode(), digest_size=_BYTES)
        digest.update(repr(self.needs.of(request)).encode())
        for record in self.maker.select(request):
            digest.update(repr(record).encode("utf-8", "surrogatepass"))
        return digest.digest()


def _shown(name: bytes, found: ReadingList) -> Shown:
    lists = (block for block in found.blocks if isinstance(block, ItemList))
    keys = dict.fromkeys(item.key for one in lists for item in one.items)
    return Shown(name, tuple(keys), found.findings)
