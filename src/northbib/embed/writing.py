"""The writing of an article's sections: lists are put between their markers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from northbib.embed.layout import between, has_discrete_headings, with_discrete_headings
from northbib.embed.lines import EOL
from northbib.embed.markers import SIGN, SUM
from northbib.embed.sums import Sum, comment_like, sum_of
from northbib.findings import Finding
from northbib.markup import writer
from northbib.markup.tree import Block, ItemList

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.embed.article import Article
    from northbib.embed.markers import Section
    from northbib.embed.request import Request
    from northbib.embed.shown import Shower, Shown
    from northbib.lists import ReadingList

__all__ = ["RefreshedSection", "Written", "written"]

_BYTES = 16
_WITH_REFERENCES = ("html", "markdown", "mdx", "asciidoc")
"""Markups that can write any character as `&#8217;`."""


@dataclass(frozen=True, slots=True)
class RefreshedSection:
    """A section of an article as it is now.

    Attributes:
        line: The line of its begin marker before the article was refreshed, counted from 1.
        words: The words of its begin marker.
        changed: Whether what stands between its markers is new.
        entries: How many works it lists.
        edited: Whether somebody edited it by hand, so that it was left as it is.
    """

    line: int
    words: str
    changed: bool
    entries: int
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """The text of an article with its lists in their places, and what is to be said about it."""

    text: str
    sections: tuple[RefreshedSection, ...]
    findings: tuple[Finding, ...]


def written(
    article: Article,
    lists: Sequence[tuple[Section, Request, Shown]],
    shower: Shower,
    *,
    force: bool = False,
) -> Written:
    """Put lists in the places of an article's sections, which stand in their order.

    A section that was edited by hand stays as it is.

    Args:
        article: The article.
        lists: Its sections, what each asks for, and what that shows.
        shower: Makes the lists that are to be written.
        force: Whether all is to be written exactly, what was edited by hand included.

    Raises:
        ArticleError: The article's encoding lacks a character of a list.
    """
    pieces: list[str] = []
    states: list[RefreshedSection] = []
    findings: list[Finding] = []
    anchors: set[str] = set()
    done = 0
    for section, request, shown in lists:
        place = _Place(article, section, shown, frozenset(anchors.intersection(shown.keys)))
        text, edited = place.settled(request, shower, force=force)
        pieces += [article.text[done : place.start], text]
        anchors.update(shown.keys)
        states.append(place.state(changed=text != place.old, edited=edited))
        findings += _findings(article, states[-1], shown)
        done = place.end
    pieces.append(article.text[done:])
    return Written("".join(pieces), tuple(states), tuple(findings))


class _Place:
    """A section of an article, with what it is to show."""

    def __init__(
        self, article: Article, section: Section, shown: Shown, repeated: frozenset[str]
    ) -> None:
        """Take a section.

        Args:
            article: The article.
            section: The section.
            shown: What it is to show.
            repeated: Keys that an earlier section has shown: ids are unique.
        """
        self.start, self.end = section.begin.comment.end, section.end.comment.start
        self.old = article.text[self.start : self.end]
        self._article = article
        self._section = section
        self._shown = shown
        self._repeated = repeated
        self._indent = section.begin.comment.indent or ""
        self._discrete = has_discrete_headings(article.markup, nested=section.begin.comment.nested)
        self._line_end = article.lines.line_end(self.start)

    def settled(self, request: Request, shower: Shower, *, force: bool) -> tuple[str, bool]:
        """Give the text that is to stand there, and whether it stays since it was edited."""
        name = self._name()
        if not force and self._is_as_written(shower.memory.sum(name)):
            return self.old, False
        new, sum_ = self._new(shower.maker.make(request))
        shower.memory.keep_sum(name, str(sum_))
        if force or self.old == new or self._section.sum is None:
            return new, False
        if self._is_as_written(str(sum_)):
            return self.old, False
        edited = self._was_edited() and self._content().content != sum_.content
        return (self.old if edited else new), edited

    def state(self, *, changed: bool, edited: bool) -> RefreshedSection:
        line, _ = self._article.lines.position(self._section.begin.comment.start)
        words = " ".join(word.text for word in self._section.begin.words)
        return RefreshedSection(line, words, changed, len(self._shown.keys), edited)

    def _is_as_written(self, sum_: str | None) -> bool:
        """Tell whether a text with this sum was written there, and at most laid out anew since."""
        if sum_ is None or self._sum_there() != Sum.read(sum_) or self._was_edited():
            return False
        return all(end == self._line_end for end in EOL.findall(self.old))

    def _was_edited(self) -> bool:
        there = self._sum_there()
        return there is None or self._content().content != there.content

    def _sum_there(self) -> Sum | None:
        marker = self._section.sum
        return Sum.read(" ".join(word.text for word in marker.words)) if marker else None

    def _content(self) -> Sum:
        """Give the sum of what stands there now, without the comment that has its sum."""
        text, marker = self.old, self._section.sum
        if marker is not None:
            start, end = marker.comment.start - self.start, marker.comment.end - self.start
            text = text[:start] + text[end:]
        return sum_of(text, self._article.markup)

    def _new(self, found: ReadingList) -> tuple[str, Sum]:
        article = self._article
        blocks = tuple(_without_keys(block, self._repeated) for block in found.blocks)
        if self._discrete:
            blocks = with_discrete_headings(blocks)
        generated = _fitted(article, self._section, writer(article.markup).write_blocks(blocks))
        layout = (generated, article.markup, self._indent, self._line_end)
        text = between(*layout)
        sum_ = sum_of(text, article.markup)
        if generated:
            comment = self._section.begin.comment
            text = between(*layout, comment_like(article.text, comment, f"{SIGN}{SUM} {sum_}"))
        return text, sum_

    def _name(self) -> bytes:
        """Give a digest of all that the text depends on."""
        article, comment = self._article, self._section.begin.comment
        digest = hashlib.blake2b(self._shown.name, digest_size=_BYTES)
        opening = comment_like(article.text, comment, "")
        layout = (article.markup, article.encoded.encoding, self._indent, self._line_end, opening)
        digest.update(repr((layout, self._discrete, sorted(self._repeated))).encode())
        return digest.digest()


def _fitted(article: Article, section: Section, text: str) -> str:
    """Give a text that the article's encoding has all characters of.

    Raises:
        ArticleError: It lacks one, and the markup has no other way to write it.
    """
    if article.markup in _WITH_REFERENCES:
        return article.encoded.fitted(text)
    try:
        text.encode(article.encoded.encoding)
    except UnicodeEncodeError as error:
        message = f"the article is in {error.encoding}, which has no {text[error.start]!r}"
        place = section.begin.comment.start
        fault = article.fault(place, "poor-encoding", message, "save it as UTF-8")
        raise article.error([fault]) from error
    return text


def _without_keys(block: Block, keys: frozenset[str]) -> Block:
    if not isinstance(block, ItemList):
        return block
    items = (replace(item, key="") if item.key in keys else item for item in block.items)
    return replace(block, items=tuple(items))


def _findings(article: Article, state: RefreshedSection, shown: Shown) -> Iterator[Finding]:
    if state.edited:
        yield Finding(
            code="edited-section",
            severity="error",
            message="this section was edited by hand, and stays as it is",
            file=article.name,
            line=state.line,
            fix=f"what is edited there is lost with: northbib embed --force {article.name}",
        )
    if not state.entries:
        yield Finding(
            code="empty-section",
            severity="warning",
            message=f"nothing in the library answers to `{state.words}`",
            file=article.name,
            line=state.line,
            fix="the section is empty; look at its query",
        )
    for finding in shown.findings:
        yield replace(finding, file=finding.file or article.name, line=finding.line or state.line)
