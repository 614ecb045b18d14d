"""HTML, in fragments that fit any page.

Italics, bold and underlining are `<i>`, `<b>` and `<u>`, not `<em>` and `<strong>`: a citation
style asks for a look, and a screen reader should not stress every title. Small caps are
`<span class="small-caps">`, since HTML has no element for them and a style attribute would be
refused by strict content policies.

Sources: HTML Living Standard; DPUB-ARIA 1.1, in which `doc-biblioentry` is deprecated, so that an
entry is a list item and nothing else; COinS 1.0 for the empty span of an entry.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.markup.tree import (
    PREFIX,
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
    text_of,
)
from northbib.markup.visible import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["TAGS", "anchor", "group_anchor", "write_blocks", "write_inline"]

TAGS: dict[Kind, tuple[str, str]] = {
    "emphasis": ("<i>", "</i>"),
    "strong": ("<b>", "</b>"),
    "small-caps": ('<span class="small-caps">', "</span>"),
    "superscript": ("<sup>", "</sup>"),
    "subscript": ("<sub>", "</sub>"),
    "underline": ("<u>", "</u>"),
    "work-title": ("<cite>", "</cite>"),
}

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
# In JSON these stand in strings only; `</script>` and `<!--` would end or change a script.
_JSON_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
_NOT_IN_ANCHOR = re.compile(r"[^\w.:-]")
_NOT_IN_GROUP = re.compile(r"[\W_]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def write_inline(content: Iterable[Inline]) -> str:
    """Write inline nodes as HTML phrasing content.

    >>> write_inline((Link("https://www.gov.uk/", (Text("<A & B>"),)),))
    '<a href="https://www.gov.uk/">&lt;A &amp; B&gt;</a>'
    """
    return _inline(visible(content, keeping=("work-title", "reference")))


def write_blocks(blocks: Iterable[Block]) -> str:
    """Write headings, paragraphs and lists, one element a line, indented by two spaces.

    A list is `<ul class="northbib">` or `<ol class="northbib">`; an entry is `<li>` with the
    `anchor` of its key as id, or without an id where the key is empty or has been there before.
    What machines read of the works comes last: one block of JSON-LD for all lists.
    """
    written = tuple(blocks)
    ids: set[str] = set()
    lines = [line for block in written for line in _lines(block, ids)]
    return "".join(f"{line}\n" for line in (*lines, *_json_ld(written)))


def anchor(key: str, prefix: str = PREFIX) -> str:
    """Give the id of an entry, the same for a key wherever it stands and another for every key.

    It is the prefix and the key, in which all but letters, digits and `_`, `-`, `.`, `:` is written
    as the bytes of its UTF-8, each as `=` and two hexadecimal digits.

    >>> anchor("lee2017"), anchor("a b/c")
    ('ref-lee2017', 'ref-a=20b=2Fc')
    """
    return prefix + _NOT_IN_ANCHOR.sub(_encoded, key)


def group_anchor(group: Iterable[str], prefix: str = PREFIX) -> str:
    """Give the id of a group's heading, made from the names of all groups that it is in.

    >>> group_anchor(("2014", "Journal articles"))
    'ref-group-2014-journal-articles'
    """
    names = (_NOT_IN_GROUP.sub("-", name.casefold()).strip("-") for name in group)
    return "-".join((f"{prefix}group", *filter(None, names)))


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"={byte:02X}" for byte in match.group().encode("utf-8", "surrogatepass"))


def _inline(content: Inlines) -> str:
    return "".join(_node(node) for node in content)


def _node(node: Inline) -> str:
    if isinstance(node, Text):
        return node.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if isinstance(node, Link):
        shown = ' class="northbib-address"' if _is_shown(node) else ""
        return f'<a href="{node.url.translate(_ESCAPES)}"{shown}>{_inline(node.children)}</a>'
    if isinstance(node, Reference):
        place = f' id="{_attribute(node.id)}"' if node.id else ""
        target = _attribute(anchor(node.key, node.prefix))
        return f'<a href="#{target}" role="doc-biblioref"{place}>{_inline(node.children)}</a>'
    opening, closing = TAGS[node.kind]
    return f"{opening}{_inline(node.children)}{closing}"


def _is_shown(link: Link) -> bool:
    """Tell whether a link's text is its address, so that a stylesheet need not print it again."""
    text = text_of(link.children)
    return text == link.url or text.lower().startswith(("doi:", "https://", "http://"))


def _attribute(text: str) -> str:
    return one_line(text).translate(_ESCAPES)


def _lines(block: Block, ids: set[str]) -> Iterator[str]:
    if isinstance(block, Heading):
        name = _numbered(group_anchor(block.group, block.prefix), ids) if block.group else ""
        yield f"<h{block.level}{_id(name, ids)}>{write_inline(block.content)}</h{block.level}>"
    elif isinstance(block, ItemList):
        name = "ol" if block.ordered else "ul"
        yield f'<{name} class="northbib">'
        for item in block.items:
            yield from _entry(item, _id(anchor(item.key, block.prefix) if item.key else "", ids))
        yield f"</{name}>"
    else:
        yield _paragraph(block)


def _id(name: str, ids: set[str]) -> str:
    if not name or name in ids:
        return ""
    ids.add(name)
    return f' id="{_attribute(name)}"'


def _numbered(name: str, ids: set[str]) -> str:
    """Give a name of its own to the second of two groups that would have the same one."""
    number = 1
    while (candidate := name if number == 1 else f"{name}-{number}") in ids:
        number += 1
    return candidate


def _entry(item: Item, place: str) -> Iterator[str]:
    """Write an entry: on one line, with a line more for each thing that stands below it.

    The language is that of the work, so that it is said of the entry's text alone where more
    follows that is in the language of the page.
    """
    language = f' lang="{item.language}"' if _LANGUAGE.fullmatch(item.language) else ""
    below = [*_annotation(item.annotation), *_bibtex(item)]
    text, back = write_inline(item.content), "".join(_backlinks(item.cited_at))
    if language and (back or item.annotation):
        text, language = f"<span{language}>{text}</span>", ""
    opening = f'  <li{place}{language} dir="auto">{text}{back}{_coins(item.coins)}'
    if not below:
        yield f"{opening}</li>"
        return
    yield opening
    yield from (f"    {line}" for line in below)
    yield "  </li>"


def _paragraph(paragraph: Paragraph) -> str:
    return f"<p>{write_inline(paragraph.content)}</p>"


def _annotation(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """Write an annotation; which way it runs does not depend on the entry above it."""
    for paragraph in paragraphs:
        text = write_inline(paragraph.content)
        yield f'<p class="northbib-annotation" dir="auto">{text}</p>'


def _backlinks(anchors: tuple[str, ...]) -> Iterator[str]:
    for number, place in enumerate(anchors, 1):
        shown = "↩" if len(anchors) == 1 else f"↩{number}"
        name = "Back to the citation" if len(anchors) == 1 else f"Back to citation {number}"
        yield (
            f' <a href="#{_attribute(place)}" role="doc-backlink" lang="en" '
            f'aria-label="{name}">{shown}</a>'
        )


def _coins(context_object: str) -> str:
    if not context_object:
        return ""
    return f'<span class="Z3988" title="{_attribute(context_object)}" aria-hidden="true"></span>'


def _bibtex(item: Item) -> Iterator[str]:
    """Write the source of an entry; its line ends as references, so that no indent gets into it."""
    if item.bibtex:
        lines = (_attribute(line) for line in item.bibtex.splitlines())
        yield (
            '<div class="northbib-tools"><details class="northbib-bibtex">'
            f'<summary aria-label="BibTeX: {_attribute(item.key)}" lang="en">BibTeX</summary>'
            f'<pre dir="ltr" translate="no"><code>{"&#10;".join(lines)}</code></pre>'
            "</details></div>"
        )


def _json_ld(blocks: Iterable[Block]) -> Iterator[str]:
    """Write the works of all lists as one list of schema.org, each of them once."""
    items = (item for block in blocks if isinstance(block, ItemList) for item in block.items)
    works = list(dict.fromkeys(item.schema_org for item in items if item.schema_org))
    if not works:
        return
    elements = (
        f'{{"@type":"ListItem","position":{number},"item":{one_line(work).translate(_JSON_ESCAPES)}}}'
        for number, work in enumerate(works, 1)
    )
    yield '<script type="application/ld+json">'
    yield (
        '{"@context":"https://schema.org","@type":"ItemList",'
        f'"numberOfItems":{len(works)},"itemListElement":['
    )
    yield ",\n".join(elements)
    yield "]}"
    yield "</script>"
