"""Where in HTML a list can stand: the elements around a place, by the standard's content models.

Sources: HTML Living Standard, "Content models" of each element; "Optional tags" for those that end
without an end tag.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from northbib.embed.comments import Comment

__all__ = ["PARAGRAPH_BREAK", "Found", "Surroundings"]

# Code in running text ends with its paragraph, even where its end tag was forgotten.
PARAGRAPH_BREAK = frozenset(
    """
    address article aside blockquote body dd details div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr li main nav ol p section summary table tbody td th tr ul
    """.split()
)
# A list can stand in the first of these, and not in the second, whatever is around them.
_FLOW = frozenset(
    """
    address article aside blockquote body caption dd details dialog div dt fieldset figcaption
    figure footer form header li main nav section td template th
    """.split()
)
_NO_FLOW = frozenset(
    """
    abbr b bdi bdo button cite colgroup data datalist dfn dl em h1 h2 h3 h4 h5 h6 head hgroup i
    label legend mark menu meter ol optgroup option p progress q rp rt ruby s select small span
    strong sub summary sup svg math table tbody tfoot thead time tr u ul
    """.split()
)
# What a paragraph takes with it where it ends.
_INLINE = frozenset(
    """
    abbr b bdi bdo cite data dfn em i label mark p q rp rt ruby s small span strong sub sup time u
    """.split()
)
# Tags that end an element of the same kind which has no end tag.
_ENDS: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tr": frozenset({"td", "th", "tr"}),
    "tbody": frozenset({"td", "th", "tr", "thead", "tbody"}),
    "tfoot": frozenset({"td", "th", "tr", "thead", "tbody"}),
    "option": frozenset({"option"}),
    "body": frozenset({"head"}),
}


@dataclass(slots=True)
class Found:
    """A comment: where it starts, where what is inside starts and ends, where it ends.

    Attributes:
        within: The element around it that can have no list inside; "" for none.
    """

    start: int
    body: int
    close: int
    end: int
    within: str = ""

    def as_comment(self, text: str, indent: str | None) -> Comment:
        """Give it as the finders of comments do."""
        inside = text[self.body : self.close]
        within = self.within or "running text"
        closed = self.close < self.end
        return Comment(self.start, self.end, self.body, inside, indent, closed, within)


class Surroundings:
    """The elements around a place that say whether a list can stand there."""

    __slots__ = ("_counts", "_names", "_waiting")

    def __init__(self) -> None:
        self._names: list[str] = []
        self._counts: Counter[str] = Counter()
        self._waiting: list[Found] = []

    def place(self, found: Found) -> None:
        """Say what is around a comment; whether that is a paragraph is seen at its end."""
        top = self._names[-1] if self._names else ""
        if top == "p":
            self._waiting.append(found)
        elif top in _NO_FLOW:
            found.within = f"<{top}>"

    def start(self, name: str) -> None:
        """Take a start tag."""
        if name in PARAGRAPH_BREAK:
            self.end_paragraph()
        while self._names and self._names[-1] in _ENDS.get(name, ()):
            self._pop()
        if name in _FLOW or name in _NO_FLOW:
            self._names.append(name)
            self._counts[name] += 1

    def end(self, name: str) -> None:
        """Take an end tag; one that ends nothing is passed over."""
        if name == "p" and self._counts["p"]:
            for found in self._waiting:
                found.within = "<p>"
        if name in PARAGRAPH_BREAK and name != "p":
            self.end_paragraph()
        while self._counts[name] and self._pop() != name:
            pass

    def end_paragraph(self) -> None:
        """Close a paragraph and what is set inside of it."""
        while self._names and self._names[-1] in _INLINE:
            self._pop()
        self._waiting.clear()

    def _pop(self) -> str:
        name = self._names.pop()
        self._counts[name] -= 1
        return name
