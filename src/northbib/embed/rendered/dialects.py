"""How citations and notes join the text around them in each markup."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

__all__ = ["FORMS", "NoteForm", "Notes", "joined"]


@dataclass(frozen=True, slots=True)
class NoteForm:
    """How a markup writes a note.

    Attributes:
        reference: What stands in its place, from its `label` and its `text`.
        definition: What stands elsewhere; "" where all of it stands in its place.
    """

    reference: str
    definition: str = ""


FORMS: dict[str, NoteForm] = {
    "markdown": NoteForm("[^{label}]", "[^{label}]: {text}"),
    "mdx": NoteForm("[^{label}]", "[^{label}]: {text}"),
    "rst": NoteForm("[#cite-{label}]_", ".. [#cite-{label}] {text}"),
    "org": NoteForm("[fn:cite-{label}]", "[fn:cite-{label}] {text}"),
    "latex": NoteForm("\\footnote{{{text}}}"),
    "asciidoc": NoteForm("footnote:[{text}]"),
    "typst": NoteForm("#footnote[{text}]"),
}
"""Markup -> how it writes a note."""

_LABEL = re.compile(r"\[(?:\^|\#|fn:)?(?:cite-)?(\d+)\]")
_RST_START = re.compile(r"[*`|:]|\[[\w#*-]+\]_")
_RST_END = re.compile(r"[*`|_]\Z")
_RST_OPENS = " \t\r\n-:/'\"<([{"
_RST_CLOSES = " \t\r\n'\")]}>-/:.,;!?\\"
_TYPST_GOES_ON = "[(;."


@dataclass(slots=True)
class Notes:
    """The notes that are made for citations of one article.

    Attributes:
        definitions: What stands elsewhere than in their places.

    Args:
        text: The article, whose own labels are not used again.
        markup: Its markup.
    """

    text: str
    markup: str
    definitions: list[str] = field(default_factory=list)
    _taken: frozenset[int] = frozenset()
    _number: int = 0

    def __post_init__(self) -> None:
        self._taken = frozenset(int(label) for label in _LABEL.findall(self.text) if len(label) < 9)

    def write(self, content: str) -> str:
        """Give what stands in the place of a note with this text."""
        form = FORMS[self.markup]
        self._number += 1
        while self._number in self._taken:
            self._number += 1
        if form.definition:
            self.definitions.append(form.definition.format(label=self._number, text=content))
        return form.reference.format(label=self._number, text=content)


def joined(written: str, before: str, after: str, markup: str) -> str:
    """Give what is written so that the signs around it do not go with it.

    Args:
        written: A citation or a note.
        before: The sign before it, "" for none.
        after: The sign after it.
        markup: The markup.
    """
    if markup == "typst" and written.endswith("]") and after and after in _TYPST_GOES_ON:
        return f"{written};"
    if markup != "rst":
        return written
    if _RST_START.match(written) and before and before not in _RST_OPENS:
        written = f"\\ {written}"
    if _RST_END.search(written) and after and after not in _RST_CLOSES:
        written = f"{written}\\ "
    return written
