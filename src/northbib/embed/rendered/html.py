"""A Markdown article as HTML, by markdown-it-py, with notes that readers can come back from."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from northbib.embed.citations.markdown import scan
from northbib.embed.lines import Lines
from northbib.embed.rendered.edits import Edit, edited
from northbib.markup.html_page import asset

if TYPE_CHECKING:
    from northbib.embed.citations import Note

__all__ = ["as_markdown", "body", "page"]

_SIGNS = re.compile(r"[\\`*_\[\]{}~^$|@]")
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_INDENT = re.compile(r"^(?: {4}| {0,3}\t)", re.MULTILINE)
_LAST_PARAGRAPH = re.compile(r"</p>\s*\Z")
_BRACKETS_OF_TOKENS = "\ue000\ue001"


def as_markdown(html: str) -> str:
    """Write inline HTML so that Markdown takes nothing in it for its own.

    >>> as_markdown('<a href="#ref-a_b">[1]</a>')
    '<a href="#ref-a&#95;b">&#91;1&#93;</a>'
    """
    return _SIGNS.sub(lambda match: f"&#{ord(match[0])};", html)


def body(text: str) -> str:
    """Give what stands in the body of the page of an article.

    Args:
        text: The article in Markdown, without front matter.
    """
    notes = _Notes(text)
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    written = notes.numbered(parser.render(notes.text))
    return written + notes.written(parser)


def page(written: str, values: dict[str, str]) -> str:
    """Give a whole page.

    Args:
        written: What stands in its body.
        values: The front matter of the article, which may say `title` and `lang`.
    """
    heading = _HEADING.search(written)
    title = values.get("title") or (_TAG.sub("", heading[1]) if heading else "")
    language = values.get("lang") or "en"
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{escape(language)}">\n'
        "<head>\n"
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title, quote=False) if values.get('title') else title}</title>\n"
        f"<style>\n{asset('northbib.css')}</style>\n"
        "</head>\n"
        f"<body>\n{written}</body>\n"
        "</html>\n"
    )


class _Notes:
    """The notes of an article, taken out of its text, with tokens where they are referred to.

    Attributes:
        text: The article without notes.
    """

    def __init__(self, article: str) -> None:
        for sign in _BRACKETS_OF_TOKENS:
            article = article.replace(sign, "\ufffd")
        found = scan(article)
        lines = Lines(article)
        self._order: list[int] = []
        self._places: dict[int, int] = {}
        self._counts: dict[int, int] = {}
        self._sources: dict[int, str] = {}
        labels: dict[str, int] = {}
        edits: list[Edit] = []
        for number, note in enumerate(found.notes):
            source = article[note.start : note.end]
            if article.startswith("^[", note.start - 2):
                edits.append(Edit(note.start - 2, note.end + 1, _token(number)))
            else:
                start, label = _definition(article, lines, note)
                labels[label] = number
                edits.append(Edit(start, note.end, ""))
                source = _INDENT.sub("", source)
            self._sources[number] = source.strip()
        for start, end in found.references:
            known = labels.get(article[start + 2 : end - 1])
            if known is not None:
                edits.append(Edit(start, end, _token(known)))
        self.text = edited(article, _outermost(edits))

    def numbered(self, html: str) -> str:
        """Put links with numbers in the places of tokens."""
        return re.sub("\ue000(\\d+)\ue001", self._link, html)

    def written(self, parser: MarkdownIt) -> str:
        """Give the notes that are referred to, in the order of their numbers."""
        items: list[str] = []
        while len(items) < len(self._places):  # Notes may refer to further ones.
            place = len(items) + 1
            note = self._order[place - 1]
            inside = self.numbered(parser.render(self._sources[note]))
            back = " ".join(
                f'<a href="#{_reference_id(place, count)}" role="doc-backlink"'
                f' aria-label="Back to reference {place}">↩</a>'
                for count in range(1, self._counts[note] + 1)
            )
            if _LAST_PARAGRAPH.search(inside):
                inside = _LAST_PARAGRAPH.sub(f" {back}</p>", inside)
            else:
                inside = f"{inside}<p>{back}</p>"
            items.append(f'<li id="fn{place}">{inside}</li>\n')
        if not items:
            return ""
        return f'<section role="doc-endnotes">\n<hr>\n<ol>\n{"".join(items)}</ol>\n</section>\n'

    def _link(self, match: re.Match[str]) -> str:
        note = int(match[1])
        if note not in self._counts:
            self._order.append(note)
            self._places[note] = len(self._order)
        self._counts[note] = self._counts.get(note, 0) + 1
        place = self._places[note]
        name = _reference_id(place, self._counts[note])
        return f'<sup><a href="#fn{place}" id="{name}" role="doc-noteref">{place}</a></sup>'


def _token(number: int) -> str:
    return f"\ue000{number}\ue001"


def _reference_id(place: int, count: int) -> str:
    return f"fnref{place}" if count == 1 else f"fnref{place}-{count}"


def _definition(article: str, lines: Lines, note: Note) -> tuple[int, str]:
    """Give where the definition of a note begins, and its label."""
    start = note.start - len(lines.before(note.start))
    return start, article[start : note.start].strip()[2:-2]


def _outermost(edits: list[Edit]) -> list[Edit]:
    """Leave out changes inside of what is taken out."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda each: (each.start, -each.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept
