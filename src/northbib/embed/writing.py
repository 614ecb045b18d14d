"""The writing of an article's sections: lists are put between their markers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from northbib.embed.layout import between
from northbib.findings import Finding
from northbib.markup import writer
from northbib.markup.tree import Block, Item, ItemList

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.embed.article import Article
    from northbib.embed.markers import Section
    from northbib.lists import ReadingList

__all__ = ["RefreshedSection", "Written", "written"]


@dataclass(frozen=True, slots=True)
class RefreshedSection:
    """A section of an article as it is now.

    Attributes:
        line: The line of its begin marker before the article was refreshed, counted from 1.
        words: The words of its begin marker.
        changed: Whether what stands between its markers is new.
        entries: How many works it lists.
    """

    line: int
    words: str
    changed: bool
    entries: int


@dataclass(frozen=True, slots=True)
class Written:
    """The text of an article with its lists in their places, and what is to be said about it."""

    text: str
    sections: tuple[RefreshedSection, ...]
    findings: tuple[Finding, ...]


def written(article: Article, lists: Sequence[tuple[Section, ReadingList]]) -> Written:
    """Put lists in the places of an article's sections, which stand in their order."""
    pieces: list[str] = []
    states: list[RefreshedSection] = []
    findings: list[Finding] = []
    anchors: set[str] = set()
    done = 0
    for section, found in lists:
        start, end = section.begin.comment.end, section.end.comment.start
        new = _generated(article, section, _with_anchors_once(found.blocks, anchors))
        pieces += [article.text[done:start], new]
        state = _state(article, section, found, changed=article.text[start:end] != new)
        states.append(state)
        findings += _findings(article, state, found)
        done = end
    pieces.append(article.text[done:])
    return Written("".join(pieces), tuple(states), tuple(findings))


def _generated(article: Article, section: Section, blocks: tuple[Block, ...]) -> str:
    comment = section.begin.comment
    text = between(
        writer(article.markup).write_blocks(blocks),
        article.markup,
        comment.indent or "",
        article.lines.line_end(comment.end),
    )
    return article.encoded.fitted(text)


def _with_anchors_once(blocks: tuple[Block, ...], seen: set[str]) -> tuple[Block, ...]:
    """Give blocks in which no entry has a key that an earlier section has had: ids are unique."""
    result = tuple(_without_keys(block, seen) for block in blocks)
    lists = (block for block in blocks if isinstance(block, ItemList))
    seen.update(item.key for one in lists for item in one.items)
    return result


def _without_keys(block: Block, keys: set[str]) -> Block:
    if not isinstance(block, ItemList):
        return block
    items = (Item("", item.content) if item.key in keys else item for item in block.items)
    return replace(block, items=tuple(items))


def _state(
    article: Article, section: Section, found: ReadingList, *, changed: bool
) -> RefreshedSection:
    line, _ = article.lines.position(section.begin.comment.start)
    words = " ".join(word.text for word in section.begin.words)
    return RefreshedSection(line, words, changed, found.entries)


def _findings(article: Article, state: RefreshedSection, found: ReadingList) -> Iterator[Finding]:
    if not state.entries:
        yield Finding(
            code="empty-section",
            severity="warning",
            message=f"nothing in the library answers to `{state.words}`",
            file=article.name,
            line=state.line,
            fix="the section is empty; look at its query",
        )
    for finding in found.findings:
        yield replace(finding, file=finding.file or article.name, line=finding.line or state.line)
