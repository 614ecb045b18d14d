r"""Markdown that every dialect reads alike: CommonMark, GFM, pandoc, MyST, Python-Markdown.

A sign is escaped only where one of them could take it for markup, so that ordinary titles stay as
they are: with a backslash where the first Markdown had one (the list in its syntax description,
"backslash escapes"), else with a character reference, since Python-Markdown prints the backslash
of `\~`. Styles that Markdown has no signs for are inline HTML, and so are anchors, which no two
dialects write alike.
"""

from __future__ import annotations

import re
import string
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from northbib.markup.anchors import backlinks, entry_anchor
from northbib.markup.html import TAGS, anchor
from northbib.markup.tree import (
    Block,
    Heading,
    Inline,
    Inlines,
    Item,
    ItemList,
    Kind,
    Link,
    Paragraph,
    Reference,
    Text,
)
from northbib.markup.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Dialect", "blocks_in", "inline_in", "write_blocks", "write_inline"]

_STARS: dict[Kind, str] = {"emphasis": "*", "strong": "**"}
# What stars stand for, for where stars cannot stand.
_STAR_TAGS = {"*": ("<em>", "</em>"), "**": ("<strong>", "</strong>")}

# `_` inside a word and `&` before no character reference mean nothing. `@` is a citation of pandoc,
# and a word between colons a picture of GitHub.
_SPECIAL = re.compile(
    r"[\\`*\[\]{<~^]|_(?![^\W_])|(?<![^\W_])_|&(?=#?\w+;)|(?<!\w)@(?=\S|$)"
    r"|(?<!\w):(?=[a-z0-9_+-]+:)"
)
_ESCAPES = {sign: f"\\{sign}" for sign in r"\`*[]{_"} | {
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    "@": "&#64;",
    "$": "&#36;",
    "~": "&#126;",
    "^": "&#94;",
    ":": "&#58;",
}
# One `$` alone begins no formula.
_SPECIAL_OR_MATH = re.compile(rf"{_SPECIAL.pattern}|\$")
# GFM, 6.9, makes links of bare addresses.
_BARE_ADDRESS = re.compile(r"(?<=http):(?=//)|(?<=https):(?=//)|(?<=ftp):(?=//)|(?<=www)\.(?=\w)")
_BROKEN = {":": "&#58;", ".": "\\."}

# Block starts: headings, bullets, rules, quotes, tables and line blocks, comments and definitions,
# front matter, admonitions; then numbers and letters of lists, as pandoc's fancy_lists has them.
_BLOCK_START = re.compile(
    r" *(?:(?P<sign>[#+-]|!(?=!!))|(?P<reference>[>=|:%]|\?(?=\?\?))"
    r"|\((?:\d+|[a-z]|[A-Z]|[ivxlcdm]+|[IVXLCDM]+)(?P<bracket>\))(?=\s|$)"
    r"|(?:\d+|[a-z]|[ivxlcdm]+)(?P<point>[.)])(?=\s|$)"
    r"|(?:[A-Z]|[IVXLCDM]+)(?P<capital>\)(?=\s|$)|\.(?=\s\s|$)))"
)
_CLOSING_SIGN = re.compile(r"#(?=#*$)")

_AUTOLINK = re.compile(r"https?://[\w.~:/?#@!$'()*+,=&-]+", re.ASCII)
_BALANCED = re.compile(r"\([^()]*\)")
_REFERENCE = re.compile(r"&(?=#?\w+;)")


# What stays as it is in a percent-encoded address, but not in Markdown.
_SIGNS = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "_~"})
# An entry's further paragraphs are indented by four columns or more, as Python-Markdown needs it.
_INDENT = 4
# MDX takes these for code at the start of a line.
_MODULE = re.compile(r"(?=(?:import|export)\s)")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What dialects of Markdown do not have in common.

    Attributes:
        autolinks: Whether there are such links as `<https://a.b>`.
        modules: Whether `import` and `export` begin code.
        tags: HTML for styles without signs.
        class_attribute: What names the class of an element.
    """

    autolinks: bool = True
    modules: bool = False
    tags: Mapping[Kind, tuple[str, str]] = field(default_factory=lambda: TAGS)
    class_attribute: str = "class"


_EVERY = Dialect()


@dataclass(slots=True)
class _Source:
    """Markdown in the making: its pieces, and which two of them are the stars of one style.

    Attributes:
        special: What is to be escaped.
        dialect: In which dialect.
        pieces: What is written so far.
        pairs: Places of the stars.
    """

    special: re.Pattern[str]
    dialect: Dialect
    pieces: list[str] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)


def write_inline(content: Iterable[Inline]) -> str:
    r"""Write inline nodes as one line, safe at the start of a line and in the middle of one.

    >>> write_inline((Text("1. A [draft]"),))
    '1\\. A \\[draft\\]'
    """
    return inline_in(content, _EVERY)


def inline_in(content: Iterable[Inline], dialect: Dialect) -> str:
    """Write inline nodes as `write_inline` does, in a dialect."""
    return _as_block_start(_inline(content, dialect), dialect)


def write_blocks(blocks: Iterable[Block]) -> str:
    """Write headings, paragraphs and tight lists, one line each and blank lines between blocks.

    A list is loose where an entry has an annotation, which stands below it. White space at the
    edges of a block is dropped. A list right after another has other marks (`*` for `-`, `1)` for
    `1.`), which makes it a list of its own (CommonMark, 5.3).
    """
    return blocks_in(blocks, _EVERY)


def blocks_in(blocks: Iterable[Block], dialect: Dialect) -> str:
    """Write blocks as `write_blocks` does, in a dialect."""
    written: list[str] = []
    previous: Block | None = None
    second = False
    for block in blocks:
        if isinstance(block, ItemList):
            beside = isinstance(previous, ItemList) and previous.ordered == block.ordered
            marks_taken = beside and not second
            text = _list(block, dialect, second=marks_taken)
        else:
            marks_taken = False
            text = _line(block, dialect)
        if text:
            written.append(text)
            previous, second = block, marks_taken
    return "\n\n".join(written) + "\n" if written else ""


def _line(block: Heading | Paragraph, dialect: Dialect) -> str:
    source = _inline(block.content, dialect).strip()
    if isinstance(block, Heading):
        text = _CLOSING_SIGN.sub(r"\#", source)
        return f"{'#' * block.level} {text}".rstrip()
    return _as_block_start(source, dialect)


def _list(block: ItemList, dialect: Dialect, *, second: bool) -> str:
    loose = any(item.annotation for item in block.items)
    items = _items(block, dialect, second=second)
    return ("\n\n" if loose else "\n").join(items)


def _items(block: ItemList, dialect: Dialect, *, second: bool) -> Iterator[str]:
    for number, item in enumerate(block.items, 1):
        if block.ordered:
            mark = f"{number})" if second else f"{number}."
        else:
            mark = "*" if second else "-"
        text = _entry(item, block.prefix, dialect)
        indent = " " * max(_INDENT, len(mark) + 1)
        below = (f"{indent}{_line(paragraph, dialect)}" for paragraph in item.annotation)
        yield "\n\n".join((f"{mark} {text}".rstrip(), *filter(str.strip, below)))


def _entry(item: Item, prefix: str, dialect: Dialect) -> str:
    """Write an entry; where citations lead to it, with its anchor and the ways back; and COinS."""
    text = _as_block_start(_inline(item.content, dialect).strip(), dialect)
    place = entry_anchor(item, prefix)
    back = (f" [{sign}](#{_attribute(name)})" for name, sign in backlinks(item))
    return "".join((_anchor(place), text, *back, _coins(item.coins, dialect)))


def _coins(context_object: str, dialect: Dialect) -> str:
    """Write a ContextObject as an empty element; nothing in it is a sign of any Markdown."""
    if not context_object:
        return ""
    title = quote(context_object, safe="=&%").replace("&", "&amp;").translate(_SIGNS)
    return f'<span {dialect.class_attribute}="Z3988" title="{title}" aria-hidden="true"></span>'


def _anchor(name: str) -> str:
    return f'<a id="{_attribute(name)}"></a>' if name else ""


def _attribute(name: str) -> str:
    return quote(name, safe=string.ascii_letters + "=:")


def _inline(content: Iterable[Inline], dialect: Dialect) -> str:
    seen = visible(content, keeping=("reference",))
    written = _write(seen, _SPECIAL, dialect)
    return _write(seen, _SPECIAL_OR_MATH, dialect) if written.count("$") > 1 else written


def _write(content: Inlines, special: re.Pattern[str], dialect: Dialect) -> str:
    source = _Source(special, dialect)
    for node in content:
        _add(node, source, linked=False)
    for start, end in source.pairs:
        if not _stars_can_stand(source.pieces, start, end):
            source.pieces[start], source.pieces[end] = _STAR_TAGS[source.pieces[start]]
    return "".join(source.pieces)


def _add(node: Inline, source: _Source, *, linked: bool) -> None:
    if isinstance(node, Text):
        source.pieces.append(_escape(node.text, source.special, linked=linked))
    elif isinstance(node, Link):
        _add_link(node, source)
    elif isinstance(node, Reference):
        target = _attribute(anchor(node.key, node.prefix))
        source.pieces.append(_anchor(node.id))
        _add_linked(node.children, f"#{target}", source)
    elif node.kind in _STARS:
        _add_stars(_STARS[node.kind], node.children, source, linked=linked)
    else:
        _add_between(source.dialect.tags[node.kind], node.children, source, linked=linked)


def _add_between(
    signs: tuple[str, str], content: Inlines, source: _Source, *, linked: bool
) -> None:
    source.pieces.append(signs[0])
    for node in content:
        _add(node, source, linked=linked)
    source.pieces.append(signs[1])


def _add_link(node: Link, source: _Source) -> None:
    bare = node.children == (Text(node.url),) and _AUTOLINK.fullmatch(node.url)
    if bare and source.dialect.autolinks:
        source.pieces.append(f"<{node.url}>")
    else:
        _add_linked(node.children, _destination(node.url), source)


def _add_linked(content: Inlines, destination: str, source: _Source) -> None:
    before = next((at for at in range(len(source.pieces) - 1, -1, -1) if source.pieces[at]), None)
    if before is not None and source.pieces[before].endswith("!"):  # `![` begins an image
        source.pieces[before] = source.pieces[before][:-1] + "\\!"
    _add_between(("[", f"]({destination})"), content, source, linked=True)


def _destination(url: str) -> str:
    """Write an address that holds no white space, `<`, `>` or backslash (CommonMark, 6.3)."""
    written = _REFERENCE.sub("&amp;", url)
    loose = _BALANCED.sub("", written)
    return f"<{written}>" if "(" in loose or ")" in loose else written


def _add_stars(stars: str, content: Inlines, source: _Source, *, linked: bool) -> None:
    """Add text between stars, with room on either side for the white space at its edges."""
    pieces = source.pieces
    pieces.append("")
    start = len(pieces)
    _add_between((stars, stars), content, source, linked=linked)
    end = len(pieces) - 1
    pieces.append("")
    if all(not piece or piece.isspace() for piece in pieces[start + 1 : end]):
        pieces[start] = pieces[end] = ""
    else:
        _move_white_space_out(pieces, start, end)
        source.pairs.append((start, end))


def _move_white_space_out(pieces: list[str], start: int, end: int) -> None:
    """Leave stars with no white space inside, since they must touch what they set."""
    for at in range(start + 1, end):
        kept = pieces[at].lstrip()
        pieces[start - 1] += pieces[at][: len(pieces[at]) - len(kept)]
        pieces[at] = kept
        if kept:
            break
    for at in range(end - 1, start, -1):
        kept = pieces[at].rstrip()
        pieces[end + 1] = pieces[at][len(kept) :] + pieces[end + 1]
        pieces[at] = kept
        if kept:
            break


def _stars_can_stand(pieces: list[str], start: int, end: int) -> bool:
    """Tell whether stars at these places open and close (CommonMark, 6.2, "delimiter run").

    Stars beside other stars would be read as one run, so they cannot.
    """
    before = _nearest(pieces, range(start - 1, -1, -1))
    first = _nearest(pieces, range(start + 1, end))
    last = _nearest(pieces, range(end - 1, start, -1))
    after = _nearest(pieces, range(end + 1, len(pieces)))
    if not _STAR_TAGS.keys().isdisjoint((before, first, last, after)):
        return False
    opens = _is_word(first[0]) or _is_edge(before[-1:])
    return opens and (_is_word(last[-1]) or _is_edge(after[:1]))


def _nearest(pieces: list[str], places: range) -> str:
    return next((pieces[at] for at in places if pieces[at]), "")


def _is_word(sign: str) -> bool:
    """Tell whether every reader takes it for neither white space nor punctuation.

    Symbols are punctuation since CommonMark 0.31, and invisible signs are to some.
    """
    return sign.isalnum() or unicodedata.category(sign)[0] not in "PSZC"


def _is_edge(sign: str) -> bool:
    """Tell whether every reader takes it for white space or punctuation, as it does the end.

    Programs that see UTF-16 do not know punctuation beyond its first plane.
    """
    if sign in string.punctuation or sign.isspace():
        return True
    return sign <= "\uffff" and unicodedata.category(sign)[0] == "P"


def _escape(text: str, special: re.Pattern[str], *, linked: bool) -> str:
    escaped = special.sub(lambda match: _ESCAPES[match.group()], text)
    # Inside links nobody should look for addresses, but commonmark-hs does, and reads them raw.
    raw = linked and escaped == text
    if not raw and ("://" in text or "www." in text):
        return _BARE_ADDRESS.sub(lambda match: _BROKEN[match.group()], escaped)
    return escaped


def _as_block_start(source: str, dialect: Dialect) -> str:
    """Escape what would begin a heading, a list, a code block and so on at the start of a line."""
    if dialect.modules and _MODULE.match(source):
        return f"&#{ord(source[0])};{source[1:]}"
    if source.startswith("    "):
        return f"&#32;{source[1:]}"
    match = _BLOCK_START.match(source)
    if match is None or match.lastgroup is None:
        return source
    at = match.start(match.lastgroup)
    sign = f"&#{ord(source[at])};" if match.lastgroup == "reference" else f"\\{source[at]}"
    return source[:at] + sign + source[at + 1 :]
