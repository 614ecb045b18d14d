"""Markers are put into an article that has none, and taken out of one that shall have none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.embed.article import Article
from northbib.embed.headings import end_of_body, heading, under_headings
from northbib.embed.lines import EOL, Lines
from northbib.embed.markers import BEGIN, END, SIGN, Section, sections
from northbib.embed.markups import as_comment
from northbib.errors import ArticleError, ConflictError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["quoted", "with_section", "without_sections"]

_BLANK = " \t>\r\n"
_BLANK_LINE = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]*(?:\r\n|\r|\n)\Z")
_PREFIX = re.compile(r"-?[\w-]+[:=]")


def quoted(words: Sequence[str]) -> str:
    """Write words as a marker has them: what has spaces in it is put in quotation marks."""
    return " ".join(_quoted(word) for word in words)


def with_section(article: Article, words: str) -> tuple[bytes, int]:
    """Put the markers of a section into an article.

    They go under a heading for further reading or references if there is one, else with such a
    heading to the end.

    Args:
        article: The article.
        words: The words of the begin marker.

    Returns:
        The bytes of the article, and the line where the section begins.

    Raises:
        ArticleError: Its markers are faulty, or there is no place where new ones would be markers.
        ConflictError: It has such a section already.
    """
    found = _sound(article)
    same = next((each for each in found if _words(each) == words), None)
    if same is not None:
        line, _ = article.lines.position(same.begin.comment.start)
        raise ConflictError(
            "the article has this section already",
            where=article.name,
            line=line,
            hint=f"northbib embed {article.name} writes it",
        )
    for text, place in _candidates(article, words):
        data = article.encoded.encode(text)
        again, _, faults = sections(Article.read(data, article.name, article.markup))
        added = [each for each in again if each.begin.comment.start >= place]
        if not faults and len(again) == len(found) + 1 and added and _words(added[0]) == words:
            line, _ = Lines(text).position(added[0].begin.comment.start)
            return data, line
    raise ArticleError(
        "there is no place for a section: what ends the article, such as code, is not closed",
        where=article.name,
        hint="close it, or put the markers in by hand",
    )


def without_sections(article: Article, *, keep_text: bool) -> tuple[bytes, int]:
    """Take all sections out of an article.

    Args:
        article: The article.
        keep_text: Whether what stands between the markers stays.

    Returns:
        The bytes of the article, and how many sections it had.

    Raises:
        ArticleError: Its markers are faulty.
    """
    found = _sound(article)
    pieces: list[str] = []
    done = 0
    for section in found:
        for start, end in _spans(article, section, keep_text=keep_text):
            pieces.append(article.text[done:start])
            done = max(end, done)
    pieces.append(article.text[done:])
    return article.encoded.encode("".join(pieces)), len(found)


def _sound(article: Article) -> list[Section]:
    found, _, faults = sections(article)
    if faults:
        raise article.error(faults)
    return found


def _words(section: Section) -> str:
    return " ".join(word.text for word in section.begin.words)


def _quoted(word: str) -> str:
    if not re.search(r"\s", word) or '"' in word:
        return word
    prefix = _PREFIX.match(word)
    start = prefix.end() if prefix else 0
    return f'{word[:start]}"{word[start:]}"'


def _candidates(article: Article, words: str) -> Iterator[tuple[str, int]]:
    """Give the article with markers in one place after another, and that place."""
    text, markup, eol = article.text, article.markup, article.lines.line_end(0)
    markers = [as_comment(f"{SIGN}{BEGIN} {words}", markup), as_comment(f"{SIGN}{END}", markup)]
    for place in under_headings(text, markup):
        line_end = EOL.match(text, place)
        rest = text[line_end.end() if line_end else place :]
        after = [""] if rest and not EOL.match(rest) else []
        last = eol if line_end else ""
        yield text[:place] + eol.join(["", "", *markers, *after]) + last + rest, place
    place = end_of_body(text, markup)
    before, rest = text[:place], text[place:]
    is_ended = not before or before.endswith(("\n", "\r"))
    gap = [] if not before or _BLANK_LINE.search(before) else [""] if is_ended else ["", ""]
    lines = [*gap, *heading(text, markup), "", *markers]
    last = eol if is_ended or rest else ""
    yield before + eol.join(lines) + last + rest, place


def _spans(article: Article, section: Section, *, keep_text: bool) -> Iterator[tuple[int, int]]:
    """Give the parts of the text that go with a section."""
    begin, end = section.begin.comment, section.end.comment
    if not keep_text:
        yield _lines(article, begin.start, end.end)
        return
    for marker in (section.begin, section.sum, section.end):
        if marker is not None:
            yield _lines(article, marker.comment.start, marker.comment.end)


def _lines(article: Article, start: int, end: int) -> tuple[int, int]:
    """Widen a part to whole lines, and to one of the blank lines between which it stands."""
    before, after = article.lines.before(start), article.lines.after(end)
    if before.strip(" \t>") or after.strip():
        return start, end
    start, end = start - len(before), end + len(after)
    is_first = not start or not article.lines.before(start - 1).strip(_BLANK)
    blank = article.lines.after(end) if end < len(article.text) else ""
    if is_first and blank and not blank.strip(_BLANK):
        end += len(blank)
    elif is_first and start and end == len(article.text):
        start -= len(article.lines.before(start - 1)) + 1
    return start, end
