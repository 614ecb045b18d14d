"""The rich-text tree as elements of a pandoc document, and text of such elements.

Source: pandoc-types, Text.Pandoc.Definition, in its JSON form.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from northbib.markup.html import anchor
from northbib.markup.tree import Inline, Kind, Link, Reference, Text
from northbib.markup.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Element", "attributes", "inlines", "plain_text"]

Element = dict[str, Any]

_STYLES: dict[Kind, str] = {
    "emphasis": "Emph",
    "strong": "Strong",
    "small-caps": "SmallCaps",
    "superscript": "Superscript",
    "subscript": "Subscript",
    "underline": "Underline",
}
_WORDS = re.compile(r" +|[^ ]+")


def inlines(content: Iterable[Inline], opened: Callable[[str], str] = str) -> list[Element]:
    """Give inline nodes as pandoc's.

    Args:
        content: The nodes.
        opened: What each text goes through.
    """
    nodes = visible(content, keeping=("reference",))
    return [element for node in nodes for element in _elements(node, opened)]


def attributes(
    identifier: str = "", classes: Iterable[str] = (), **pairs: str
) -> list[str | list[str] | list[list[str]]]:
    """Give the attributes of an element: identifier, classes, keys with values."""
    return [identifier, list(classes), [[key, value] for key, value in pairs.items()]]


def plain_text(elements: object) -> str:
    """Give the text of inline elements, with one space for white space of any kind."""
    if isinstance(elements, list):
        return "".join(plain_text(element) for element in elements)
    if not isinstance(elements, dict):
        return ""
    kind, content = elements.get("t"), elements.get("c")
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind == "Quoted" and isinstance(content, list):
        return f"“{plain_text(content[1])}”"
    if kind in ("Code", "Math", "RawInline") and isinstance(content, list):
        content = content[1]
    return content if isinstance(content, str) else plain_text(content)


def _elements(node: Inline, opened: Callable[[str], str]) -> list[Element]:
    if isinstance(node, Text):
        runs = _WORDS.findall(opened(node.text))
        return [{"t": "Space"} if run[0] == " " else {"t": "Str", "c": run} for run in runs]
    inside = [element for child in node.children for element in _elements(child, opened)]
    if isinstance(node, Link):
        return [{"t": "Link", "c": [attributes(), inside, [node.url, ""]]}]
    if isinstance(node, Reference):
        link = attributes(node.id, role="doc-biblioref")
        return [{"t": "Link", "c": [link, inside, [f"#{anchor(node.key, node.prefix)}", ""]]}]
    return [{"t": _STYLES[node.kind], "c": inside}]
