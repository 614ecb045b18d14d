"""Markers: the comments that say where a generated section begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.embed.markups import comments_of

if TYPE_CHECKING:
    from northbib.embed.article import Article
    from northbib.embed.comments import Comment
    from northbib.findings import Finding

__all__ = ["BEGIN", "END", "SIGN", "SUM", "Marker", "Section", "Word", "sections", "words_of"]

SIGN = "northbib:"
BEGIN = "begin"
END = "end"
SUM = "sum"

_MARKER = re.compile(rf"\s*+{SIGN}(?P<kind>\S*+)")
_WORD = re.compile(r'(?:"[^"]*+"|[^\s"])++')


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a marker as it is written, quotes included, and where in the text it is."""

    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker: its kind, its words, and the comment that it is."""

    kind: str
    words: tuple[Word, ...]
    comment: Comment


@dataclass(frozen=True, slots=True)
class Section:
    """What stands from one marker to the next; the bytes between the two are ours.

    Attributes:
        begin: The marker that says what is to stand there.
        end: The marker after it.
        sum: The comment with the sum of what was written there; None if there is none.
    """

    begin: Marker
    end: Marker
    sum: Marker | None = None


def sections(article: Article) -> tuple[list[Section], list[Marker], list[Finding]]:
    """Find the sections of an article.

    Returns:
        The sections; the begin markers of all, those without an end included; what is wrong.
    """
    if SIGN not in article.text:
        return [], [], []
    faults: list[Finding] = []
    markers = []
    for comment in comments_of(article.text, article.markup):
        match = _MARKER.match(comment.text)
        if match is not None:
            words = _words(article, comment, match.end(), faults)
            markers.append(Marker(match["kind"], words, comment))
    faults += [fault for marker in markers for fault in _misplaced(article, marker)]
    found = _pairs(article, markers, faults)
    return found, [marker for marker in markers if marker.kind == BEGIN], faults


def words_of(text: str) -> tuple[Word, ...]:
    """Give the words of a marker that are written in a text."""
    return tuple(Word(match[0], match.start()) for match in _WORD.finditer(text))


def _words(
    article: Article, comment: Comment, start: int, faults: list[Finding]
) -> tuple[Word, ...]:
    words = tuple(
        Word(match[0], comment.body + match.start())
        for match in _WORD.finditer(comment.text, start)
    )
    if comment.text.count('"', start) % 2:
        place = comment.body + comment.text.rindex('"')
        faults.append(article.fault(place, "open-quote", "a quotation mark is not closed"))
    return words


def _misplaced(article: Article, marker: Marker) -> list[Finding]:
    """Say what is wrong with a marker by itself."""
    place = marker.comment.start
    if not marker.comment.closed:
        message = f"the marker {SIGN}{marker.kind} is not closed"
        return [
            article.fault(
                place, "open-marker", message, f"write {marker.comment.closing} at its end"
            )
        ]
    if marker.kind not in (BEGIN, END, SUM):
        message = f"there is no marker {SIGN}{marker.kind}"
        return [article.fault(place, "unknown-marker", message, f"write {SIGN}{BEGIN} or {END}")]
    if marker.kind == END and marker.words:
        message = f"{SIGN}{END} takes no words"
        return [article.fault(marker.words[0].offset, "words-after-end", message)]
    if marker.kind == BEGIN and marker.comment.indent is None:
        within = marker.comment.within
        message = f"{SIGN}{BEGIN} stands in {within}, where no list can stand"
        fix = "put it on a line of its own, with a blank line before it"
        if within not in ("running text", "a list item"):
            fix = f"put it outside of {within}"
        return [article.fault(place, "marker-in-text", message, fix)]
    return []


def _pairs(article: Article, markers: list[Marker], faults: list[Finding]) -> list[Section]:
    """Pair markers as brackets; one mistake makes one fault."""
    found: list[Section] = []
    opened: list[Marker] = []
    holders: set[Marker] = set()
    sums: dict[Marker, Marker] = {}
    for marker in markers:
        if marker.kind == BEGIN:
            if opened:
                faults.append(_nested(article, marker, opened[-1]))
                holders.add(opened[-1])
            opened.append(marker)
        elif marker.kind == SUM and opened:
            sums[opened[-1]] = marker
        elif marker.kind == END and opened:
            begin = opened.pop()
            found.append(Section(begin, marker, sums.get(begin)))
        elif marker.kind == END:
            message = f"{SIGN}{END} has no {SIGN}{BEGIN} before it"
            faults.append(article.fault(marker.comment.start, "unmatched-end", message))
    faults += [_unmatched(article, marker) for marker in opened if marker not in holders]
    return found


def _nested(article: Article, marker: Marker, opening: Marker) -> Finding:
    line, _ = article.lines.position(opening.comment.start)
    return article.fault(
        marker.comment.start,
        "nested-begin",
        f"a section begins here inside the one that begins at line {line}",
        f"put {SIGN}{END} before this line",
    )


def _unmatched(article: Article, opening: Marker) -> Finding:
    return article.fault(
        opening.comment.start,
        "unmatched-begin",
        f"{SIGN}{BEGIN} has no {SIGN}{END} after it",
        f"put a comment {SIGN}{END} where the section ends",
    )
