r"""AsciiDoc, as Asciidoctor reads it.

A sign is written as a character reference where it could be taken for markup, as the AsciiDoc
documentation advises where a backslash would not always do; ordinary titles stay as they are.
Emphasis and strong are `_a_` and `*a*` between spaces and punctuation and `__a__` and `**a**`
elsewhere; small caps and underlining are roles, which a stylesheet has to show. A superscript
within a superscript is written as one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from northbib.markup.anchors import backlinks, entry_anchor, plain, plain_anchor
from northbib.markup.runs import runs
from northbib.markup.tree import Block, Heading, Inline, Item, ItemList, Kind, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from northbib.markup.runs import Run

__all__ = ["write_blocks", "write_inline"]

# Quotes, attributes and links; then what Asciidoctor replaces with typographic signs. `#` after a
# letter, `_` inside a word, `+` and brackets that stand apart mean nothing.
_SPECIAL = re.compile(
    r"[\\*`^~{<|']|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<![A-Za-z0-9])#|#(?=#|$)"
    r"|(?<! )\+|\+(?! \S)|(?<! )\[|\[(?!\w[\w ,.-]*\][ .,;:)])|\((?=\(|C\)|R\)|TM\))"
    r"|\$(?=\$)|&(?=#?\w+;|amp\b)|(?<=\S)@(?=\S)|\.(?=\.\.)|-(?=[->])|=(?=>)|:(?=:|//)"
    r"|(?<=link):|(?<=mailto):|(?<=image):|(?<=icon):|(?<=menu):|(?<=xref):|(?<=pass):|(?<=;);"
)
# Asciidoctor looks for attributes in the brackets of a link after `=`, pandoc after all of these.
_SPECIAL_IN_LINK = re.compile(rf"{_SPECIAL.pattern}|[\]=.,#%]")
# Superscripts and subscripts hold no space; what only a space beside it would have kept plain.
_SPACED = re.compile(r"[\s+\[]")

_BLOCK_START = re.compile(
    r"(?P<sign>[=\-.•>:]|\[(?!\.)|/(?=/)|[,!](?==))"
    r"|(?:\d+|[A-Za-z])(?P<point>\.)(?=\s|$)|[IVXivx]+(?P<bracket>\))(?=\s|$)"
    r"|(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)(?P<colon>:)(?=\s)|\*\*?(?P<space> )"
)
_CLOSING_SIGN = re.compile(r"=$")

# Addresses that are safe from all substitutions; others are passed through.
_PLAIN_ADDRESS = re.compile(r"https?://(?:[A-Za-z0-9/?=%&]|[.:-](?![.:-]))+")

# The styles of a run, each with what tells it from another of its kind: an address, roles.
Style = tuple[str, str]
_SIGNS: dict[str, str] = {
    "strong": "**",
    "emphasis": "__",
    "mark": "##",
    "superscript": "^",
    "subscript": "~",
}
_ROLES: dict[Kind, str] = {"small-caps": ".small-caps", "underline": ".underline"}
# Between these signs may be no white space, and in these brackets no `=`, which roles lead to.
_WITHOUT_ROLES = frozenset({"link", "reference", "superscript", "subscript"})

# What may touch the short signs from outside.
_BEFORE = ("", " ", "(", "[")
_AFTER = frozenset(" .,;:!?)]")


@dataclass(slots=True)
class _Source:
    """AsciiDoc in the making: texts, the styles of each, and what is written so far."""

    texts: list[str]
    styles: list[tuple[Style, ...]]
    pieces: list[str] = field(default_factory=list)


def write_inline(content: Iterable[Inline]) -> str:
    """Write inline nodes as one line, safe at the start of a line and in the middle of one.

    >>> write_inline((Text("A. Lee -- "), Styled("emphasis", (Text("a {title}"),))))
    'A&#46; Lee &#45;- _a &#123;title}_'
    """
    return _as_block_start(_inline(content))


def write_blocks(blocks: Iterable[Block]) -> str:
    """Write section titles, paragraphs and lists with a blank line between them.

    White space at the edges of a block is dropped, and so are section titles and paragraphs without
    text. A title of level 2 begins with `==`. Between a list and the next one is a comment, without
    which they would be one list or one inside the other. An annotation is attached to its entry.
    """
    written: list[str] = []
    after_list = False
    for block in blocks:
        text = "\n".join(_items(block)) if isinstance(block, ItemList) else _line(block)
        if not text:
            continue
        if after_list and isinstance(block, ItemList):
            written.append("//-")
        written.append(text)
        after_list = isinstance(block, ItemList)
    return "\n\n".join(written) + "\n" if written else ""


def _line(block: Heading | Paragraph) -> str:
    source = _inline(block.content).strip()
    if isinstance(block, Heading):
        title = f"{'=' * block.level} {_CLOSING_SIGN.sub('&#61;', source)}"
        return source and f"[discrete]\n{title}" if block.discrete else source and title
    return _as_block_start(source)


def _items(block: ItemList) -> Iterator[str]:
    mark = "." if block.ordered else "*"
    for item in block.items:
        below = (_line(paragraph) for paragraph in item.annotation)
        yield "\n+\n".join((f"{mark} {_entry(item, block.prefix)}", *filter(None, below)))


def _entry(item: Item, prefix: str) -> str:
    text = _as_block_start(_inline(item.content).strip()) or "{empty}"
    place = entry_anchor(item, prefix)
    back = (f" xref:{plain(name)}[{sign}]" for name, sign in backlinks(item))
    return "".join((_anchor(plain(place)), text, *back))


def _anchor(name: str) -> str:
    return f"[[{name}]]" if name else ""


def _inline(content: Iterable[Inline]) -> str:
    source = _Source([], [])
    for styles, alike in groupby(runs(content), key=_styles):
        source.texts.append("".join(run.text for run in alike))
        source.styles.append(styles)
    _add(source, 0, len(source.texts), frozenset())
    return "".join(source.pieces)


def _styles(run: Run) -> tuple[Style, ...]:
    if not (run.url or run.kinds or run.reference) or run.text.isspace():
        return ()
    roles = "".join(sorted({_ROLES[kind] for kind in run.kinds if kind in _ROLES}))
    styles: list[Style] = [("link", run.url)] if run.url else []
    if run.reference is not None:
        target = plain_anchor(run.reference.key, run.reference.prefix)
        styles.append(("reference", f"{plain(run.reference.id)} {target}"))
    if roles:
        styles.append(("mark", roles))
    return (*styles, *((kind, "") for kind in _SIGNS if kind in run.kinds))


def _add(source: _Source, start: int, end: int, opened: frozenset[Style]) -> None:
    """Write the runs from start to end, each stretch in the style that goes on for longest."""
    at = start
    while at < end:
        reach, style = at, None
        for candidate in source.styles[at]:
            if candidate not in opened:
                stretch = _stretch(source, candidate, at, end, opened)
                if stretch > reach:
                    reach, style = stretch, candidate
        if style is None:
            source.pieces.append(_escape(source.texts[at], opened))
            at += 1
        else:
            _add_styled(source, style, (at, reach, end), opened)
            at = reach


def _stretch(source: _Source, style: Style, start: int, end: int, opened: frozenset[Style]) -> int:
    """Give the end of the runs that can be written as one stretch of a style."""
    at = start
    while at < end and style in source.styles[at]:
        if style[0] in _WITHOUT_ROLES and any(
            name == "mark" and (name, value) not in opened for name, value in source.styles[at]
        ):
            break
        at += 1
    return at


def _add_styled(
    source: _Source, style: Style, reach: tuple[int, int, int], opened: frozenset[Style]
) -> None:
    start, end, _ = reach
    name, value = style
    if name == "link":
        opening, closing = f"link:{_target(value)}[", "]"
    elif name == "reference":
        place, target = value.split(" ")
        opening, closing = f"{_anchor(place)}xref:{target}[", "]"
    else:
        closing = _SIGNS[name][:1] if _is_apart(source, reach, opened) else _SIGNS[name]
        opening = f"[{value}]{closing}" if value else closing
        if not value and source.pieces and source.pieces[-1] == "]":
            source.pieces.append("{empty}")  # Or the text of that link would be taken for a role.
    source.pieces.append(opening)
    # Brackets with nothing in them show the address itself.
    if (
        style != ("link", source.texts[start])
        or source.styles[start] != (style,)
        or end > start + 1
    ):
        _add(source, start, end, opened | {style})
    source.pieces.append(closing)


def _is_apart(source: _Source, reach: tuple[int, int, int], opened: frozenset[Style]) -> bool:
    """Tell whether the short signs can stand: between spaces or punctuation, around plain text."""
    start, end, limit = reach
    text = source.texts[start]
    around = {name for name, _ in opened}
    if (
        end - start > 1
        or len(source.styles[start]) > len(opened) + 1
        or around - {"link", "reference"}
    ):
        return False
    # One `#` would end at the next one, and references have one.
    if source.styles[start][-1][0] == "mark" and "#" in _escape(text, opened):
        return False
    after = " "
    if end < limit:
        plain = set(source.styles[end]) == opened
        after = source.texts[end][0] if plain else ""
    before = source.pieces[-1][-1] if source.pieces else ""
    return before in _BEFORE and after in _AFTER and text == text.strip()


def _target(url: str) -> str:
    if _PLAIN_ADDRESS.fullmatch(url):
        return url
    if "++" in url or url.endswith("+"):
        passed = url.replace("]", "\\]")
        return f"pass:c[{passed}]"
    return f"++{url}++"


def _escape(text: str, opened: frozenset[Style]) -> str:
    names = {name for name, _ in opened}
    special = _SPECIAL if names.isdisjoint(("link", "reference")) else _SPECIAL_IN_LINK
    escaped = special.sub(_reference, text)
    if ";;" in escaped:
        escaped = re.sub("(?<=;);", "&#59;", escaped)
    if not names.isdisjoint(("superscript", "subscript")):
        return _SPACED.sub(_reference, escaped)
    return escaped


def _reference(match: re.Match[str]) -> str:
    sign = match.group()
    return "&amp;" if sign == "&" else f"&#{ord(sign)};"


def _as_block_start(source: str) -> str:
    """Escape what would begin a list, a title, a block and so on at the start of a line."""
    if source.startswith(" ") and not source.isspace():
        return f"{{empty}}{source}"
    if source.startswith("[") and source.rstrip().endswith("]"):
        return f"{source}{{empty}}"  # Before it, short signs would not be read behind a brace.
    match = _BLOCK_START.match(source)
    if match is None or match.lastgroup is None:
        return source
    at = match.start(match.lastgroup)
    return f"{source[:at]}&#{ord(source[at])};{source[at + 1 :]}"
