r"""LaTeX for pdfLaTeX, XeLaTeX and LuaLaTeX alike; links need the package hyperref.

Straight quotes, backticks and runs of hyphens are written so that they print as they are, not as
curly quotes and dashes; for the straight double quote pdfLaTeX needs the font encoding T1. Letters
and signs beyond ASCII stay Unicode. White space is what TeX makes of it: a run of spaces prints as
one.
"""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING
from urllib.parse import quote

from northbib.markup.anchors import backlinks, entry_anchor, plain, plain_anchor
from northbib.markup.tree import (
    Block,
    Heading,
    Inline,
    Inlines,
    Item,
    ItemList,
    Kind,
    Link,
    Reference,
    Text,
)
from northbib.markup.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["write_blocks", "write_inline"]

_COMMANDS: dict[Kind, str] = {
    "emphasis": r"\emph",
    "strong": r"\textbf",
    "small-caps": r"\textsc",
    "superscript": r"\textsuperscript",
    "subscript": r"\textsubscript",
    "underline": r"\underline",
}
_SECTIONS = (
    r"\section*",
    r"\subsection*",
    r"\subsubsection*",
    r"\paragraph*",
    r"\subparagraph*",
    r"\subparagraph*",
)

# Two signs that fonts in the encodings OT1 and T1, or the feature `tlig`, print as a third one.
# Braces between them do not help in LuaTeX, an italic correction does; NUL, which no visible text
# has, holds its place until the signs are escaped.
_LIGATURE = re.compile("[-–](?=-)|,(?=,)|<(?=<)|>(?=>)|[‘?!](?=‘)|’(?=’)")
# pandoc reads past `\textbar` and `\textasciigrave`, so these two are written in older ways.
_ESCAPES = str.maketrans(
    {sign: f"\\{sign}" for sign in "{}$&#%_"}
    | {
        "\0": r"\/",
        "\\": r"\textbackslash{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": "$|$",
        '"': r"\textquotedbl{}",
        "'": r"\textquotesingle{}",
        "`": r"\`{}",
    }
)
# hyperref's `\href` takes these with a backslash wherever it stands, in arguments and headings too.
_URL_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in "#%&"})

# What BibTeX lets stand in a key, without what TeX would read (`\`, `~`).
_KEY = re.compile(r"[A-Za-z0-9!$&*+./:;<>?@\[\]^_`|-]+")
_BACK = r"$\hookleftarrow$"
"""The sign of a link back, which pdfTeX does not know as a letter."""
# What `\item` and `\\` would take for their own.
_OPTION = re.compile(r"(\s*)([\[*])")


def write_inline(content: Iterable[Inline]) -> str:
    r"""Write inline nodes as one line, safe after any command and in any argument.

    >>> write_inline((Text("[1] R&D -- 50%"),))
    '{[}1] R\\&D -\\/- 50\\%'
    """
    return _as_start(_inline(visible(content, keeping=("reference",))))


def write_blocks(blocks: Iterable[Block]) -> str:
    r"""Write headings, paragraphs and lists with a blank line between them.

    Headings are `\section*` for level 1 to `\subparagraph*` for levels 5 and 6, lists `itemize` or
    `enumerate`, or what their form says: `description` has entries without a label, which hang;
    in `thebibliography` an entry is a `\bibitem` with its key for `\cite`. Blocks without content
    are left out, since LaTeX stops at an empty list.
    """
    text = "\n\n".join(filter(None, map(_block, blocks)))
    return f"{text}\n" if text else ""


def _block(block: Block) -> str:
    if isinstance(block, ItemList):
        return _list(block)
    line = write_inline(block.content).strip()
    if isinstance(block, Heading) and line:
        return f"{_SECTIONS[block.level - 1]}{{{line}}}"
    return line


def _list(block: ItemList) -> str:
    if not block.items:
        return ""
    name = block.form or ("enumerate" if block.ordered else "itemize")
    widest = f"{{{len(block.items)}}}" if block.form == "thebibliography" else ""
    items = (_item(item, block) for item in block.items)
    return "\n".join((f"\\begin{{{name}}}{widest}", *items, f"\\end{{{name}}}"))


def _item(item: Item, block: ItemList) -> str:
    commands = {"description": "\\item[]", "thebibliography": f"\\bibitem{{{_key(item.key)}}}"}
    command = commands.get(block.form, "\\item")
    place = entry_anchor(item, block.prefix)
    anchor = f"\\hypertarget{{{plain(place)}}}{{}}" if place else ""
    signs = ((name, sign.replace("↩", _BACK)) for name, sign in backlinks(item))
    back = (f" \\hyperlink{{{plain(name)}}}{{{sign}}}" for name, sign in signs)
    text = "".join((anchor, write_inline(item.content).strip(), *back))
    below = (f"    {write_inline(paragraph.content).strip()}" for paragraph in item.annotation)
    return "\n\n".join((f"  {command} {text}".rstrip(), *filter(str.strip, below)))


def _key(key: str) -> str:
    return key if _KEY.fullmatch(key) else plain_anchor(key, "")


def _as_start(source: str) -> str:
    match = _OPTION.match(source)
    return f"{match[1]}{{{match[2]}}}{source[match.end() :]}" if match else source


def _inline(content: Inlines) -> str:
    return "".join(map(_node, content))


def _node(node: Inline) -> str:
    if isinstance(node, Text):
        return _LIGATURE.sub("\\g<0>\0", node.text).translate(_ESCAPES)
    inside = _inline(node.children)
    if isinstance(node, Link):
        return f"\\href{{{_address(node.url)}}}{{{inside}}}"
    if isinstance(node, Reference):
        anchor = f"\\hypertarget{{{plain(node.id)}}}{{}}" if node.id else ""
        return f"{anchor}\\hyperlink{{{plain_anchor(node.key, node.prefix)}}}{{{inside}}}"
    return f"{_COMMANDS[node.kind]}{{{inside}}}"


def _address(url: str) -> str:
    """Write an address in ASCII (RFC 3987, 3.1), since pdfTeX knows no other letters in one."""
    return quote(url, safe=string.punctuation).translate(_URL_ESCAPES)
