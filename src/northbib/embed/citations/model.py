"""A citation as the author of an article wrote it, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Cite", "Cluster", "Form", "Note", "Scan"]

Form = Literal["parenthetical", "narrative", "bare", "author", "title", "uncited"]
"""How a cluster is cited.

`parenthetical` "(Lee 2017)"; `narrative` "Lee (2017)"; `bare` "Lee 2017", without brackets;
`author` "Lee"; `title` the title of the work; `uncited` nothing, but the work is in the list.
"""


@dataclass(frozen=True, slots=True)
class Cite:
    """One work in a cluster.

    Attributes:
        key: The citation key; `*` in an `uncited` cluster for all works of the library.
        prefix: What stands before it, in the article's markup, without white space at its edges.
        locator: Where in the work ("480"), "" for the whole.
        label: What the locator counts, a CSL locator term ("page"); "" without a locator.
        suffix: What stands after it, in the article's markup, with the comma or the space that it
            begins with.
        suppress_author: Whether the names are left out.
        place: Where the key, or the sign before it, stands in the article.
    """

    key: str
    prefix: str = ""
    locator: str = ""
    label: str = ""
    suffix: str = ""
    suppress_author: bool = False
    place: int = 0


@dataclass(frozen=True, slots=True)
class Cluster:
    """A citation of one or more works in one place.

    Attributes:
        start: Where its source begins, in characters of the article's text.
        end: Where its source ends.
        cites: What is cited, in the order of the source.
        form: How it is cited.
        note: Whether it asks to stand in a note of its own, whatever the style.
        sure: Whether it can only be a citation. One that is not sure may be a cross reference, and
            is none of ours where the library has no such key.
    """

    start: int
    end: int
    cites: tuple[Cite, ...]
    form: Form = "parenthetical"
    note: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """A note that the author wrote.

    Attributes:
        start: Where its text begins.
        end: Where its text ends.
        at: Where the number of the note stands in the article; None where nothing refers to it.
    """

    start: int
    end: int
    at: int | None


@dataclass(slots=True)
class Scan:
    """What the reader of a markup found in an article, in any order.

    Attributes:
        clusters: The citations.
        notes: The author's own notes.
        references: Where each reference to a note begins and ends, in Markdown.
    """

    clusters: list[Cluster] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    references: list[tuple[int, int]] = field(default_factory=list)
