"""Citations in reStructuredText: the roles of sphinxcontrib-bibtex.

Source: sphinxcontrib-bibtex, "Usage"; docutils, "reStructuredText Markup Specification".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.embed.citations.model import Note, Scan
from northbib.embed.citations.roles import cited_by_role
from northbib.embed.citations.spans import masked

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["scan", "verbatim"]

_ROLE = re.compile(r":(?P<name>(?:foot)?cite(?:full)?(?::\w+)?):`(?P<text>[^`]+)`")
_LITERAL = re.compile(r"``(?=\S)(?:[^`]|`(?!`))*+``")
_LINE = re.compile(r"(?P<indent>[ \t]*)(?P<rest>[^\r\n]*)(?:\r\n?|\n|\Z)")
_CODE_DIRECTIVE = re.compile(
    r"\.\.[ ](?:\|[^|]+\|[ ])?"
    r"(?:code|code-block|sourcecode|highlight|literalinclude|parsed-literal|raw|math|productionlist"
    r"|doctest|testcode|testoutput|graphviz|mermaid|uml|bibliography)::"
)
_ITEM = re.compile(r"(?:[*+•-]|\(?(?:\d+|[A-Za-z]|#)[.)])[ ]+")
_COMMENT = re.compile(r"\.\.(?:$|[ ](?!\[[^\]]+\](?:[ ]|$)|_[^ ]|__|\|[^|]+\||[\w.:+-]+::))")
_FOOTNOTE = re.compile(r"\.\.[ ]\[(?P<label>\d+|\#[\w.-]*|\*)\](?=\s|$)")
_REFERENCE = re.compile(r"(?<!\.\. )\[(?P<label>\d+|\#[\w.-]*|\*)\]_")


def verbatim(text: str) -> Iterator[tuple[int, int]]:
    """Give where literal blocks, code, comments and inline literals begin and end."""
    yield from (match.span() for match in _LITERAL.finditer(text))
    opened: tuple[int, int] | None = None
    literal: int | None = None
    place = 0
    while place < len(text):
        match = _LINE.match(text, place)
        if match is None:  # It matches the empty text as well.
            return
        indent, line = len(match["indent"].expandtabs()), match["rest"]
        item = _ITEM.match(line)
        # What follows "- item::" is measured by the text of the item.
        literal_indent = indent + (item.end() if item else 0)
        if line:
            if opened is not None and indent <= opened[1]:
                yield opened[0], place
                opened = None
            if literal is not None:
                opened = (place, literal) if opened is None and indent > literal else opened
                literal = None
            if opened is None:
                opened = _opens(line, place, indent, match.end())
                literal = literal_indent if opened is None and _literal_follows(line) else None
        place = match.end()
    if opened is not None:
        yield opened[0], len(text)


def _opens(line: str, place: int, indent: int, following: int) -> tuple[int, int] | None:
    if _COMMENT.match(line):
        return place, indent
    return (following, indent) if _CODE_DIRECTIVE.match(line) else None


def _literal_follows(line: str) -> bool:
    return line.rstrip().endswith("::") and not line.startswith(".. ")


def scan(text: str) -> Scan:
    """Find the citations of an article and its notes."""
    read = masked(text, verbatim(text))
    found = Scan(notes=_notes(read))
    for match in _ROLE.finditer(read):
        cluster = cited_by_role(match["name"], match["text"], *match.span(), match.start("text"))
        if cluster is not None:
            found.clusters.append(cluster)
    return found


def _notes(read: str) -> list[Note]:
    """Give the notes, each from its label to the next line that is not indented."""
    places: dict[str, list[int]] = {}
    for match in _REFERENCE.finditer(read):
        places.setdefault(match["label"], []).append(match.start())
    unnamed = iter(places.get("#", []))
    notes = []
    opened: re.Match[str] | None = None
    start = last = 0
    for line in _LINE.finditer(read):
        if line["rest"] and not line["indent"]:
            if opened is not None:
                notes.append(_note(opened["label"], start, last, places, unnamed))
            opened = _FOOTNOTE.match(line["rest"])
            start = line.start("rest") + (opened.end() if opened else 0)
        if line["rest"]:
            last = line.end("rest")
    if opened is not None:
        notes.append(_note(opened["label"], start, last, places, unnamed))
    return notes


def _note(
    label: str, start: int, end: int, places: dict[str, list[int]], unnamed: Iterator[int]
) -> Note:
    at = next(unnamed, None) if label == "#" else next(iter(places.get(label, [])), None)
    return Note(start, end, at)
