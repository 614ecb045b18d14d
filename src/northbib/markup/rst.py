r"""reStructuredText that docutils, Sphinx and pandoc read alike.

Inline markup does not nest ("Inline Markup", reStructuredText Markup Specification), so each run of
text has one style. A link goes before all others, then come superscript and subscript, which can
change the sense, then strong and emphasis; small caps and underlining have no markup and are plain
text. Where a letter touches markup, `\ ` stands between them ("Character-Level Inline Markup"). A
citation can lead to an entry but has no anchor of its own: a target cannot be a reference too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from northbib.markup.anchors import entry_anchor
from northbib.markup.html import anchor
from northbib.markup.runs import runs
from northbib.markup.tree import Heading, Inline, ItemList

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from northbib.markup.runs import Run
    from northbib.markup.tree import Block

__all__ = ["write_blocks", "write_inline"]

Look = Literal["", "link", "superscript", "subscript", "strong", "emphasis"]

_RANKS: tuple[Look, ...] = ("superscript", "subscript", "strong", "emphasis")
_SIGNS: dict[Look, tuple[str, str]] = {
    "superscript": (":sup:`", "`"),
    "subscript": (":sub:`", "`"),
    "strong": ("**", "**"),
    "emphasis": ("*", "*"),
}

# `_` inside a word means nothing. A colon makes an address of the name of a scheme before it, such
# as `https`, `doi` or `pop3`; two of them announce a literal block.
_SPECIAL = re.compile(
    r"[\\`*|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|@(?=\S)|(?<=:):"
    r"|(?:(?<=[A-Za-z+])|(?<=[A-Za-z]\d)|(?<=[A-Za-z]\d\d\d)|(?<=[A-Za-z]\d\d\d\d)):(?=\S)"
)
# Signs at the start of a line: bullets and options, fields, targets, comments and directives,
# doctests, tables, and lines of one sign; numbers and letters of lists.
_BLOCK_START = re.compile(
    r"(?P<sign>[-+•‣⁃/.>=]|:(?!su[bp]:`))|(?P<line>(?=([!-/:-@\[-`{-~])\3*\s*$))"
    r"|(?P<bracket>\()(?:\d+|#|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)\)(?=\s|$)"
    r"|(?:\d+|#|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)(?P<point>[.)])(?=\s|$)"
)
# What may touch markup without being taken for a part of it ("inline markup recognition rules").
_OPENERS = "([“‘"
_CLOSERS = ".,;:!?)]"
_BARE_ADDRESS = re.compile(r"https?://[A-Za-z0-9./?=&%~+-]*[A-Za-z0-9/=+]")
_AFTER_ADDRESS = re.compile(r"[.,;:!?)]*(?:\s|$)")

_SIMPLE_NAME = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")

# Levels are told apart by the sign of the line below, from level 1 to 6.
_UNDERLINES = "=-~^\"'"


@dataclass(slots=True)
class _Piece:
    """Text of one look, in the making."""

    text: str
    look: Look = ""
    url: str = ""
    is_reference: bool = False


def write_inline(content: Iterable[Inline]) -> str:
    r"""Write inline nodes as one line, safe at the start of a line and in the middle of one.

    >>> write_inline((Text("A. un"), Styled("emphasis", (Text("likely*"),))))
    'A\\. un\\ *likely\\**'
    """
    return _as_block_start(_inline(content))


def write_blocks(blocks: Iterable[Block]) -> str:
    """Write headings, paragraphs and lists with a blank line between them.

    White space at the edges of a block is dropped, and so are headings and paragraphs without
    text. Between a list and the next one is an empty comment, without which they would be one list.
    Headings are underlined with the sign of their level, from 1 to 6 `=`, `-`, `~`, `^`, `"` and
    `'`; one that skips a level takes the next sign, since docutils forbids skipping. A discrete one
    is the directive `rubric`.
    """
    given = list(blocks)
    opening = [block for block in given if isinstance(block, Heading) and not block.discrete]
    top = min((block.level for block in opening), default=1)
    above: list[int] = []
    written: list[str] = []
    after_list = False
    for block in given:
        text = _list(block) if isinstance(block, ItemList) else _paragraph(block.content)
        if not text:
            continue
        if isinstance(block, Heading) and block.discrete:
            text = f".. rubric:: {text}"
        elif isinstance(block, Heading):
            text = f"{text}\n{_sign(block.level, above, top) * _width(text)}"
        if isinstance(block, ItemList) and after_list:
            written.append("..")
        written.append(text)
        after_list = isinstance(block, ItemList)
    return "\n\n".join(written) + "\n" if written else ""


def _list(block: ItemList) -> str:
    loose = any(item.annotation or entry_anchor(item) for item in block.items)
    return ("\n\n" if loose else "\n").join(_items(block))


def _items(block: ItemList) -> Iterator[str]:
    for number, item in enumerate(block.items, 1):
        mark = f"{number}." if block.ordered else "-"
        # An empty comment, since an empty item is no item to docutils.
        text = _paragraph(item.content) or ".."
        place = entry_anchor(item, block.prefix)
        target = [f".. _{_name(place)}:"] if place else []
        below = (_paragraph(paragraph.content) for paragraph in item.annotation)
        indent = " " * (len(mark) + 1)
        yield f"{mark} " + f"\n\n{indent}".join((*target, text, *filter(None, below)))


def _paragraph(content: Iterable[Inline]) -> str:
    return _as_block_start(_inline(content).strip())


def _name(place: str) -> str:
    """Write the name of a target, in backticks where a colon would end it ("Targets")."""
    return place if _SIMPLE_NAME.fullmatch(place) else f"`{place}`"


def _sign(level: int, above: list[int], top: int) -> str:
    """Give the underline of a heading, and leave in `above` the levels that it is within."""
    while above and above[-1] >= level:
        above.pop()
    above.append(level)
    return _UNDERLINES[top + len(above) - 2]


def _width(text: str) -> int:
    """Count columns, of which East Asian signs have two; docutils wants an underline as wide."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _inline(content: Iterable[Inline]) -> str:
    pieces = [part for piece in _pieces(runs(content)) for part in _trimmed(piece)]
    source: list[str] = []
    before = ""
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        after = "" if following is None else "`" if following.look else following.text
        if not piece.look:
            source.append(_escape(piece.text))
        elif _stands_bare(piece, before, after):
            source.append(piece.url)
        else:
            opens = before in ("", " ") or (before in _OPENERS and piece.text[0].isalnum())
            closes = not after[:1].strip() or after[0] in _CLOSERS
            source.append(("" if opens else "\\ ") + _marked(piece) + ("" if closes else "\\ "))
        before = " " if source[-1].endswith("\\ ") else source[-1][-1]
    return "".join(source)


def _pieces(flat: Iterable[Run]) -> list[_Piece]:
    """Give each run the one look that it can have, and join those that then look alike."""
    pieces: list[_Piece] = []
    for run in flat:
        url = run.url
        if run.reference is not None:
            url = f"{anchor(run.reference.key, run.reference.prefix)}_"
        look: Look = "link" if url else next((k for k in _RANKS if k in run.kinds), "")
        if pieces and (pieces[-1].look, pieces[-1].url) == (look, url):
            pieces[-1].text += run.text
        else:
            pieces.append(_Piece(run.text, look, url, is_reference=run.reference is not None))
    return pieces


def _trimmed(piece: _Piece) -> Iterator[_Piece]:
    """Move white space out of markup, which must touch what it sets."""
    text = piece.text
    kept = text.strip()
    if not piece.look or not kept:
        yield _Piece(text)
        return
    start = text.index(kept)
    if start:
        yield _Piece(text[:start])
    yield _Piece(kept, piece.look, piece.url, is_reference=piece.is_reference)
    if start + len(kept) < len(text):
        yield _Piece(text[start + len(kept) :])


def _stands_bare(piece: _Piece, before: str, after: str) -> bool:
    """Tell whether every reader makes a link of the address as it stands here."""
    return (
        piece.text == piece.url
        and before in ("", " ", "(")
        and _BARE_ADDRESS.fullmatch(piece.url) is not None
        and _AFTER_ADDRESS.match(after) is not None
    )


def _marked(piece: _Piece) -> str:
    text = _escape(piece.text)
    if piece.look == "link":
        text = text.replace("<", "\\<").replace(">", "\\>")
        # An underscore at the end, which RFC 3986, 2.3, lets us encode, would refer to a target.
        ends_in_line = piece.url.endswith("_") and not piece.is_reference
        url = f"{piece.url[:-1]}%5F" if ends_in_line else piece.url
        return f"`{text} <{url}>`__"
    opening, closing = _SIGNS[piece.look]
    return f"{opening}{text}{closing}"


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _as_block_start(source: str) -> str:
    """Escape what would begin a list, a field, a directive and so on at the start of a line."""
    if source.startswith(" ") and not source.isspace():
        return f"\\ {source}"
    match = _BLOCK_START.match(source)
    if match is None or match.lastgroup is None:
        return source
    if match.lastgroup == "line":
        return f"\\ {source}"
    at = match.start(match.lastgroup)
    return f"{source[:at]}\\{source[at:]}"
