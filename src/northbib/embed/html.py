"""The comments of an HTML or XHTML article that can be markers.

A tokenizer after the HTML standard ("Tokenization", https://html.spec.whatwg.org/#tokenization)
that keeps offsets: what looks like a comment in an attribute, in CDATA or in raw text (script,
style, textarea, title) is none, and one in code (pre, code, samp, kbd) is left alone. One where the
standard's content models have no room for a list, as in a paragraph, is in the wrong place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.embed.content_model import PARAGRAPH_BREAK, Found, Surroundings
from northbib.embed.lines import Lines

if TYPE_CHECKING:
    from northbib.embed.comments import Comment

__all__ = ["CommentScanner", "comments"]

_RAW = frozenset("script style textarea title xmp iframe noembed noframes plaintext".split())
_VERBATIM = frozenset("pre listing code samp kbd var tt".split())
_PHRASING = frozenset("code samp kbd var tt".split())
_TAG = re.compile(
    r"""
    <(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)
    (?: [^>=]++ | = \s*+ (?: "[^"]*+" | '[^']*+' | [^\s"'>][^\s>]*+ )?+ )*+
    >
    """,
    re.VERBOSE,
)
_TAG_OPEN = re.compile(r"</|<[A-Za-z]")
_COMMENT_END = re.compile(r"--!?>")
_INDENT = re.compile(r"[ \t]*")


def comments(text: str) -> list[Comment]:
    """Give the comments of an article in their order, without those in code and raw text."""
    lines = Lines(text)
    scanner = CommentScanner(xml=text.lstrip().startswith("<?xml"))
    return [
        one.as_comment(text, None if one.within else _indent(lines.before(one.start)))
        for one in scanner.scan(text, 0, len(text))
    ]


def _indent(before: str) -> str:
    match = _INDENT.match(before)
    return match[0] if match else ""


class CommentScanner:
    """Finds comments in HTML that comes in one piece, or in the pieces of a Markdown document.

    Its state is what is open: an element with raw text, elements with code.
    """

    __slots__ = ("_around", "_open", "_raw", "_xml")

    def __init__(self, *, xml: bool = False) -> None:
        self._xml = xml
        self._open: list[str] = []
        self._raw = ""
        self._around = Surroundings()

    def end_paragraph(self) -> None:
        """Close what cannot be open after a paragraph of running text."""
        self._open = [name for name in self._open if name not in _PHRASING]
        self._raw = ""
        self._around.end_paragraph()

    def scan(self, text: str, start: int, end: int) -> list[Found]:
        """Give the comments in a part of a text.

        What they are `within` is known for sure when all parts have been scanned. A comment that
        is not closed goes to the end of the part; its inside ends there as well.
        """
        found: list[Found] = []
        place = self._after_raw(text, start, end)
        while (place := text.find("<", place, end)) >= 0:
            if text.startswith("<!--", place, end):
                body = place + 4
                close, after = _comment_end(text, body, end)
                if not self._open:
                    found.append(Found(place, body, close, after))
                    self._around.place(found[-1])
                place = after
            elif text.startswith("<![CDATA[", place, end):
                place = _after(text, "]]>", place, end)
            elif text.startswith(("<!", "<?"), place, end):
                place = _after(text, ">", place, end)
            elif _TAG_OPEN.match(text, place, end):
                place = self._tag(text, place, end)
            else:
                place += 1
        return found

    def _tag(self, text: str, place: int, end: int) -> int:
        match = _TAG.match(text, place, end)
        if match is None:
            # "</" before anything but a letter is a comment by the standard; a tag without an end
            # takes all the rest with it.
            return _after(text, ">", place, end) if text[place + 1] == "/" else end
        name = match["name"].lower()
        if name in PARAGRAPH_BREAK and any(one in _PHRASING for one in self._open):
            self._open = [one for one in self._open if one not in _PHRASING]
        if match["close"]:
            self._around.end(name)
            if name in self._open:
                del self._open[len(self._open) - 1 - self._open[::-1].index(name) :]
        elif not (self._xml and match[0].endswith("/>")):
            self._around.start(name)
            if name in _RAW:
                self._raw = name
                return self._after_raw(text, match.end(), end)
            if name in _VERBATIM:
                self._open.append(name)
        return match.end()

    def _after_raw(self, text: str, place: int, end: int) -> int:
        if not self._raw:
            return place
        closing = re.compile(rf"</{self._raw}(?=[\s/>])", re.IGNORECASE)
        match = closing.search(text, place, end) if self._raw != "plaintext" else None
        if match is None:
            return end
        self._raw = ""
        return match.start()


def _comment_end(text: str, body: int, end: int) -> tuple[int, int]:
    for abrupt in (">", "->"):
        if text.startswith(abrupt, body, end):
            return body, body + len(abrupt)
    match = _COMMENT_END.search(text, body, end)
    return (match.start(), match.end()) if match else (end, end)


def _after(text: str, mark: str, place: int, end: int) -> int:
    found = text.find(mark, place, end)
    return end if found < 0 else found + len(mark)
