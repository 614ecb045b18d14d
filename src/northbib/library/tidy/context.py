"""What a rule knows beside the entry before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.library.tidy.settings import Settings

__all__ = ["Context"]


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule knows beside the entry before it.

    Attributes:
        settings: How bibliographies are to look.
        eol: The line end of the file.
        macros: The names of the macros that the file defines, in lower case.
    """

    settings: Settings
    eol: str = "\n"
    macros: frozenset[str] = frozenset()
