r"""Rich text as pandoc's Markdown <-> the inline markup of CSL-JSON.

Source: pandoc's manual, "Pandoc's Markdown" (inline formatting, backslash escapes, subscripts,
smart punctuation) and "Specifying bibliographic data". HTML tags of CSL-JSON are read as well,
since that is what other programs write into the same files.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from northbib.markup.inline import parse_inline
from northbib.markup.tree import Styled, Text

if TYPE_CHECKING:
    from northbib.markup.tree import Inlines

__all__ = ["read_markdown", "written_markdown"]

_SPECIAL = re.compile(r"[\\`*_\[\]<~^$@\"']|-(?=-)|\.(?=\.\.)|&(?=#?\w+;)|\N{NO-BREAK SPACE}")
_ESCAPED = {"\N{NO-BREAK SPACE}": "\\ "}
_AROUND: dict[str, tuple[str, str]] = {
    "emphasis": ("*", "*"),
    "strong": ("**", "**"),
    "subscript": ("~", "~"),
    "superscript": ("^", "^"),
    "no-case": ("[", "]{.nocase}"),
    "small-caps": ("[", "]{.smallcaps}"),
}

_TOKEN = re.compile(
    r"""
    \\(?P<escaped>[^\w\n]|_)
    | (?P<code>`+)(?P<inside>[^`]+)(?P=code)
    | (?P<mark>\*\*|__|~~|[*_~^\[])
    | \]\{(?P<attributes>[^{}]*)\} | \]\((?P<link>[^()]*)\)
    | <(?P<tag>/?(?:i|b|em|strong|sub|sup|sc|span|u|code)(?=[\s>])[^<>]*)>
    | (?P<dashes>---?|\.\.\.)
    | (?P<quote>["'])
    | (?P<entity>&\#?\w+;)
    """,
    re.VERBOSE,
)
_LIVELY = re.compile(r"[\\`*_~^\[<\"'&]|--|\.\.\.")
_TAGS = {"*": "i", "_": "i", "**": "b", "__": "b", "~": "sub", "^": "sup", "~~": ""}
_HTML = {"em": "i", "strong": "b", "u": "", "code": ""}
_SMART = {"--": "–", "---": "—", "...": "…"}
_SPACE = "\0"
_NO_CASE = '<span class="nocase">'


def written_markdown(text: str) -> str:
    r"""Write a text of a record as pandoc's Markdown.

    >>> written_markdown('<i>E. coli</i> & CO<sub>2</sub>_x')
    '*E. coli* & CO~2~\\_x'
    """
    if "<" not in text:
        return _escaped(text)
    return _written(parse_inline(text))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ESCAPED.get(match[0], f"\\{match[0]}"), text)


def _written(content: Inlines) -> str:
    pieces = []
    for node in content:
        if isinstance(node, Text):
            pieces.append(_escaped(node.text))
        elif isinstance(node, Styled) and node.kind in _AROUND:
            before, after = _AROUND[node.kind]
            inside = _written(node.children)
            if before in ("~", "^"):
                inside = inside.replace(" ", "\\ ")
            pieces.append(f"{before}{inside}{after}")
    return "".join(pieces)


def read_markdown(text: str) -> str:
    r"""Read a text in pandoc's Markdown, or with the tags of CSL-JSON.

    A mark that is not closed stands for itself. Links and code are read as their text.

    >>> read_markdown(r"*E. coli*, H~2~O and [DNA]{.nocase} 1--2 \*")
    '<i>E. coli</i>, H<sub>2</sub>O and <span class="nocase">DNA</span> 1–2 *'
    """
    if not _LIVELY.search(text):
        return text
    reader = _Reader(text)
    position = 0
    for match in _TOKEN.finditer(text):
        reader.pieces.append(text[position : match.start()])
        reader.take(match)
        position = match.end()
    reader.pieces.append(text[position:])
    return "".join(reader.pieces).replace(_SPACE, "\N{NO-BREAK SPACE}")


class _Reader:
    """Takes tokens; holds what has been read, and which marks wait for their end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.pieces: list[str] = []
        self._open: list[tuple[str, int]] = []

    def take(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        if match["escaped"] is not None:
            self.pieces.append(_SPACE if match["escaped"] == " " else match["escaped"])
        elif match["inside"] is not None:
            self.pieces.append(match["inside"].strip())
        elif match["mark"]:
            self._mark(match["mark"], match)
        elif kind in ("attributes", "link"):
            self._bracket(match)
        elif match["tag"]:
            self._tag(match["tag"])
        elif match["quote"]:
            self.pieces.append(self._quote(match))
        elif match["dashes"]:
            self.pieces.append(_SMART[match["dashes"]])
        else:
            self.pieces.append(html.unescape(match[0]))

    def _mark(self, mark: str, match: re.Match[str]) -> None:
        before = self._text[match.start() - 1 : match.start()]
        after = self._text[match.end() : match.end() + 1]
        within = mark[0] == "_" and before.isalnum() and after.isalnum()
        can_close = mark != "[" and before != "" and not before.isspace() and not within
        if can_close and (mark[0] != "_" or not after.isalnum()):
            place = next((at for open_, at in reversed(self._open) if open_ == mark), None)
            if place is not None and self._closes(mark, place):
                return
        if after and not after.isspace() and not within:
            self._open.append((mark, len(self.pieces)))
        self.pieces.append(mark)

    def _closes(self, mark: str, place: int) -> bool:
        inside = "".join(self.pieces[place + 1 :])
        tag = _TAGS[mark]
        if tag in ("sub", "sup"):
            if any(sign.isspace() for sign in inside):
                return False
            inside = inside.replace(_SPACE, " ")
        if not inside:
            return False
        self._wrap(place, f"<{tag}>{inside}</{tag}>" if tag else inside)
        return True

    def _wrap(self, place: int, text: str) -> None:
        self.pieces[place:] = [text]
        self._open = [(mark, at) for mark, at in self._open if at < place]

    def _bracket(self, match: re.Match[str]) -> None:
        place = next((at for open_, at in reversed(self._open) if open_ == "["), None)
        if place is None:
            self.pieces.append(match[0])
            return
        inside = "".join(self.pieces[place + 1 :])
        classes = (match["attributes"] or "").split()
        if ".nocase" in classes:
            inside = f"{_NO_CASE}{inside}</span>"
        elif ".smallcaps" in classes or ".sc" in classes:
            inside = f"<sc>{inside}</sc>"
        self._wrap(place, inside)

    def _tag(self, tag: str) -> None:
        name, _, attributes = tag.partition(" ")
        bare = name.lstrip("/")
        if bare == "span":
            known = {"nocase": _NO_CASE, "small-caps": '<span style="font-variant:small-caps;">'}
            start = next((as_ for word, as_ in known.items() if word in attributes), "<span>")
            self.pieces.append("</span>" if name != bare else start)
            return
        own = _HTML.get(bare, bare)
        self.pieces.append(f"<{name[: len(name) - len(bare)]}{own}>" if own else "")

    def _quote(self, match: re.Match[str]) -> str:
        before = self._text[match.start() - 1 : match.start()] if match.start() else ""
        after = self._text[match.end() : match.end() + 1]
        opens = (not before or before.isspace() or before in "([{“‘–—-/") and not after.isspace()
        if match["quote"] == '"':
            return "“" if opens and after else "”"
        closing = re.search(r"'(?!\w)", self._text[match.end() :])
        return "‘" if opens and after and closing else "’"
