r"""Org, as Emacs and pandoc read it.

Org has no escape but the zero width space (The Org Manual, "Escape Character"): it is white space
to the marks of emphasis, so that one inside of them takes their meaning away, and one outside lets
them stand in the middle of a word. It is put where a sign could be markup and nowhere else.
Small caps have no markup and are plain text; so is what is underlined, which pandoc takes for a
subscript, and what is raised or lowered but after a letter or a digit.

Sources: The Org Manual, "Markup for Rich Contents"; Org Syntax, "Objects".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from northbib.markup.anchors import backlinks, entry_anchor, plain, plain_anchor
from northbib.markup.runs import runs
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
    Styled,
    Text,
    text_of,
    with_children,
)
from northbib.markup.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["write_blocks", "write_inline"]

_BREAK = "\u200b"
_MARKS: dict[Kind, str] = {"emphasis": "/", "strong": "*"}
_SIGNS = "*/_+=~"
_SCRIPTS: dict[Kind, str] = {"superscript": "^", "subscript": "_"}
# What may touch the marks of emphasis from outside (Org Syntax, "Emphasis markers").
_BEFORE = "-('\"{ " + _BREAK
_AFTER = "-.,;:!?'\")}[ " + _BREAK

# A break goes after what is found. Marks of emphasis and of formulas; scripts; links, footnotes,
# citations, targets, timestamps; snippets, macros; citations of pandoc; dashes, dots and the `::`
# of terms; schemes of addresses. To pandoc, a mark can stand after any sign that is no letter.
_SPECIAL = re.compile(
    r"(?<![^\W_])[*/_+=~](?! )|(?<! )[_^](?=[\w{(*+.,\\-]|\s*$)"
    r"|\[(?=[\[@/-]|fn:|cite|\d{4}-|[Ss]ee\b)|\](?=\]|\[)|<(?=[<%\w])|@(?=@)|\{(?=\{\{)"
    r"|(?<!\w)@(?=[\w{])|-(?=-)|\.(?=\.\.)|:(?=:)"
    r"|(?<![A-Za-z])[A-Za-z](?:[A-Za-z0-9+]|\.(?!\.\.)|-(?!-))++(?=:(?:\S|$))",
)
_LONGEST_SCHEME = 40
_LOOKED_AT = 5
"""So many characters around a place tell what `_SPECIAL` finds there."""
_BLOCK_START = re.compile(
    r"(?:[-+*]|(?:\d+|[A-Za-z])[.)])(?:\s|$)|\*+\s|[#:|]|\[(?:@|[ X-]\])|%%\(|-{5}"
    r"|(?:CLOCK|DEADLINE|SCHEDULED|CLOSED):"
)
# At the start of a block and after a link or a script, up to the first of some signs, pandoc takes
# a mark after letters for one before a word, and those in a link that is not the first for text.
_SETTLING = re.compile(r"[-('\"{ ]")
_UNSETTLED = re.compile(rf"(?<=\w)[*/_+=~](?=[^ {_BREAK}])")
_LINK_WITH_MARK = re.compile(r"\[\[[^]]*\]\[.*[*/_+=~]")
# To pandoc what follows it is a footnote, which is nowhere to be seen; but not so in a list.
_NOTE_START = re.compile(r"\[\d+\]")
_HEADLINE_START = re.compile(r"(?:[A-Z]{2,}|\[#.\])(?=\s|$)")
_TAGS = re.compile(r":[\w@#%:]+:\s*$")
_NOT_IN_TARGET = str.maketrans({"[": "%5B", "]": "%5D", "$": "%24"})
# What is said in verbatim text alone: a backslash, and a dollar but before a sum of money, or
# everywhere where two would make a formula.
_VERBATIM = re.compile(r"(\\+|\$(?!\d))")
_VERBATIM_DOLLARS = re.compile(r"([\\$]+)")
_FORMULA = re.compile(r"\$[^$]*?\$(?!\w)|\$\$")
_BRACKET = re.compile(r"([\[\]])")
# A link to a picture with nothing but an address shows the picture.
_PICTURE = re.compile(
    r"\.(?:png|jpe?g|gif|svgz?|tiff?|webp|x[bp]m|p[bgpn]m|bmp|avif)$", re.IGNORECASE
)


def write_inline(content: Iterable[Inline]) -> str:
    r"""Write inline nodes as one line, safe at the start of a line and in the middle of one.

    >>> write_inline((Text("- see "), Styled("emphasis", (Text("A title"),)), Text(".")))
    '\u200b- see /A title/.'
    """
    return _as_block_start(_inline(content))


def write_blocks(blocks: Iterable[Block]) -> str:
    """Write headlines, paragraphs and lists with a blank line between them.

    White space at the edges of a block is dropped, and so are blocks without text. Between a list
    and the next one is a comment, without which they would be one list. A discrete heading is a
    paragraph of its own in bold, since every headline opens a subtree.
    """
    written: list[str] = []
    after_list = False
    for block in blocks:
        text = _list(block) if isinstance(block, ItemList) else _line(block)
        if not text:
            continue
        if after_list and isinstance(block, ItemList):
            written.append("#")
        written.append(text)
        after_list = isinstance(block, ItemList)
    return "\n\n".join(written) + "\n" if written else ""


def _line(block: Heading | Paragraph) -> str:
    if isinstance(block, Heading) and block.discrete:
        return _as_block_start(_inline((Styled("strong", block.content),)).strip())
    source = _inline(block.content).strip()
    if not isinstance(block, Heading):
        return _as_block_start(source)
    if _HEADLINE_START.match(source):
        source = f"{_BREAK}{source}"
    if _TAGS.search(source):
        source = f"{source}{_BREAK}"
    return source and f"{'*' * block.level} {source}"


def _list(block: ItemList) -> str:
    loose = any(item.annotation for item in block.items)
    return ("\n\n" if loose else "\n").join(_items(block))


def _items(block: ItemList) -> Iterator[str]:
    for number, item in enumerate(block.items, 1):
        mark = f"{number}." if block.ordered else "-"
        indent = " " * (len(mark) + 1)
        below = (f"{indent}{_line(paragraph)}" for paragraph in item.annotation)
        text = f"{mark} {_entry(item, block.prefix)}".rstrip()
        yield "\n\n".join((text, *filter(str.strip, below)))


def _entry(item: Item, prefix: str) -> str:
    text = _as_block_start(_inline(item.content).strip(), in_list=True)
    place = entry_anchor(item, prefix)
    back = (f" [[{plain(name)}][{sign}]]" for name, sign in backlinks(item))
    return "".join((_anchor(place), text, *back))


def _anchor(name: str) -> str:
    return f"<<{plain(name)}>>" if name else ""


def _inline(content: Iterable[Inline]) -> str:
    seen = visible(content, keeping=("reference",))
    written = _written(seen, "", _VERBATIM)
    return _written(seen, "", _VERBATIM_DOLLARS) if _FORMULA.search(written) else written


def _written(content: Inlines, around: str, verbatim: re.Pattern[str]) -> str:
    """Write nodes that stand inside of some marks of emphasis."""
    written = ""
    after = ""
    for node in content:
        for kind, text in _pieces(node, around, verbatim):
            is_raised = kind == "script" and after == "text" and written[-1].isalnum()
            piece = text if kind != "script" or is_raised else text[2:-1]
            is_marked = kind == "mark" or piece is not text
            is_stuck = is_marked and written and written[-1] not in _BEFORE
            sticks = after == "mark" and piece and piece[0] not in _AFTER
            meets = not is_raised and _is_special_seam(written, piece, around, after)
            if is_stuck or sticks or meets:
                written += _BREAK
            written += _settled(written, piece, around) if kind == "text" else piece
            if piece:
                after = "mark" if is_marked else kind
    return written


def _is_special_seam(before: str, piece: str, around: str, after: str) -> bool:
    """Tell whether what is text by itself would be markup where two pieces of text meet."""
    if not piece or before[-1:] in ("", " "):
        return False
    is_sign = before[-1] in _SIGNS
    if piece[0] in around or (is_sign and after != "mark" and piece[0] != " "):
        return True
    if is_sign or before.endswith("]]") or piece.startswith("[["):
        return False
    tail = before[-_LONGEST_SCHEME:]
    ends = (match.end() for match in _SPECIAL.finditer(tail + piece[:_LOOKED_AT]))
    return len(tail) in ends


def _settled(before: str, piece: str, around: str) -> str:
    """Break marks after letters where pandoc takes them for others."""
    place = max(before.rfind("]]"), before.rfind("}")) + 1
    # A space that a block starts with is dropped.
    if _SETTLING.search(before, place or 1):
        return piece
    if piece.startswith(("[[", "<<")):
        return f"{_BREAK}{piece}" if place and _LINK_WITH_MARK.match(piece) else piece
    start = 0 if place else len(piece) - len(piece.lstrip())
    end = start + len(piece[start:].partition(" ")[0])

    def broken(match: re.Match[str]) -> str:
        return _broken(match[0], around) if match.start() < end else match[0]

    return _UNSETTLED.sub(broken, piece)


def _broken(sign: str, around: str) -> str:
    """Keep a sign from opening emphasis, and from closing what is around it."""
    return f"{_BREAK}{sign}{_BREAK}" if sign in around else f"{sign}{_BREAK}"


def _pieces(node: Inline, around: str, verbatim: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Give what is written for a node, none of it empty, and of which kind it is."""
    if isinstance(node, Text):
        for part in filter(None, verbatim.split(node.text.replace(_BREAK, ""))):
            if verbatim.fullmatch(part):
                yield "mark", f"={part}="
            else:
                yield "text", _escape(part, around)
    elif isinstance(node, Styled):
        yield from _styled(node, around, verbatim)
    else:
        if isinstance(node, Reference) and node.id:
            yield "text", _anchor(node.id)
        if _BRACKET.search(text_of(node.children)):
            for part in _without_brackets(node):
                yield from _pieces(part, around, verbatim)
        elif inside := _written(node.children, around, verbatim):
            yield "text", _link(node, inside)


def _link(node: Link | Reference, inside: str) -> str:
    if isinstance(node, Reference):
        return f"[[{plain_anchor(node.key, node.prefix)}][{inside}]]"
    url = node.url.translate(_NOT_IN_TARGET)
    bare = node.children == (Text(url),) and not _PICTURE.search(url)
    return f"[[{url}]]" if bare else f"[[{url}][{inside}]]"


def _without_brackets(node: Link | Reference) -> Iterator[Inline]:
    """Give a link in pieces, the brackets of its text between them: pandoc has none in a link."""
    target = replace(node, id="") if isinstance(node, Reference) else node
    for run in runs((target,)):
        for text in filter(None, _BRACKET.split(run.text)):
            part: Inline = Text(text)
            for kind in reversed(run.kinds):
                part = Styled(kind, (part,))
            yield part if _BRACKET.fullmatch(text) else with_children(target, (part,))


def _styled(node: Styled, around: str, verbatim: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    sign = _MARKS.get(node.kind, "")
    inside = _written(node.children, around + sign, verbatim)
    kept = inside.strip()
    if node.kind in _SCRIPTS and kept and _is_balanced(inside):
        yield "script", f"{_SCRIPTS[node.kind]}{{{inside}}}"
    elif not sign or not _can_be_marked(inside, sign):
        for child in node.children:
            yield from _pieces(child, around, verbatim)
    else:
        start = inside.index(kept)
        pieces = (inside[:start], f"{sign}{kept}{sign}", inside[start + len(kept) :])
        yield from zip(("text", "mark", "text"), pieces, strict=True)


def _can_be_marked(inside: str, sign: str) -> bool:
    """Tell whether what is written can stand between two marks of emphasis."""
    kept = inside.strip()
    if not kept or not {sign, _BREAK}.isdisjoint((kept[0], kept[-1])):
        return False
    # A sign before a space, which is not inside of the marks, is not broken.
    return kept[-1] not in _SIGNS or inside.endswith(kept)


def _is_balanced(source: str) -> bool:
    """Tell whether braces match, none more than one deep: Org counts no further than three."""
    return re.fullmatch(r"[^{}]*(?:\{[^{}]*\}[^{}]*)*", source) is not None


def _escape(text: str, around: str) -> str:
    escaped = _SPECIAL.sub(rf"\g<0>{_BREAK}", text)
    if not around:
        return escaped
    # What would end the emphasis around it.
    closing = rf"(?<=[^ {_BREAK}])[{around}](?![^\W_]){_BREAK}?"
    return re.sub(closing, lambda match: _broken(match[0][0], around), escaped)


def _as_block_start(source: str, *, in_list: bool = False) -> str:
    """Keep what would begin a headline, a list, a table and so on from doing so."""
    is_note = not in_list and _NOTE_START.match(source)
    return f"{_BREAK}{source}" if is_note or _BLOCK_START.match(source) else source
