"""What running text is read into: keys, the brackets around them, and what else is on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.embed.citations.model import Cluster

__all__ = ["Found", "Frame", "Key"]


@dataclass(slots=True)
class Key:
    """A key at a place, and where what it was written with ends."""

    start: int
    end: int
    key: str
    suppress: bool


@dataclass(slots=True)
class Frame:
    """What stands between two brackets: keys, frames, and the places of semicolons."""

    start: int
    end: int = 0
    note: bool = False
    parts: list[Key | Frame | int] = field(default_factory=list)

    cites: bool = False

    @property
    def closed(self) -> bool:
        """Whether its bracket has an end."""
        return self.end > 0


@dataclass(slots=True)
class Found:
    """What was found in running text.

    Attributes:
        clusters: The citations, not in order.
        roles: Roles of MyST: where one starts and ends, its name, where its text starts and ends.
        notes: Where the text of each inline note begins and ends.
        references: Where a note is referred to: where it starts, where it ends.
    """

    clusters: list[Cluster] = field(default_factory=list)
    roles: list[tuple[int, int, str, int, int]] = field(default_factory=list)
    notes: list[tuple[int, int]] = field(default_factory=list)
    references: list[tuple[int, int]] = field(default_factory=list)
