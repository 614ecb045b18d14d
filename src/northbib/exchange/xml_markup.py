"""Italics and the like as elements: the markup of records <-> that of a vocabulary of XML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from northbib.exchange import xml
from northbib.markup.inline import parse_inline
from northbib.markup.tree import Styled, Text, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from lxml.etree import _Element

    from northbib.markup.tree import Inlines

__all__ = ["Vocabulary", "laid_out"]

_TAGS = {
    "emphasis": ("<i>", "</i>"),
    "strong": ("<b>", "</b>"),
    "superscript": ("<sup>", "</sup>"),
    "subscript": ("<sub>", "</sub>"),
    "small-caps": ('<span style="font-variant:small-caps;">', "</span>"),
    "no-case": ('<span class="nocase">', "</span>"),
}
_SPACES = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How a vocabulary of XML marks letters.

    Attributes:
        elements: Kind of markup -> name of the element, and an attribute of it with its value.
        kind_of: Gives the kind of markup of an element, "" for another.
    """

    elements: Mapping[str, tuple[str, Mapping[str, str]]]
    kind_of: Callable[[_Element], str]

    def text(self, element: _Element | None, passed: Iterable[str] = ()) -> str:
        """Give the text of an element with the markup of records, white space as one space.

        Args:
            element: The element; None gives "".
            passed: Names of elements whose content is passed over.
        """
        if element is None:
            return ""
        return _SPACES.sub(" ", self._text(element, frozenset(passed))).strip()

    def _text(self, element: _Element, passed: frozenset[str]) -> str:
        pieces = [element.text or ""]
        for child in element:
            name = xml.local_name(child)
            if name and name not in passed:
                inside = self._text(child, passed)
                start, end = _TAGS.get(self.kind_of(child), ("", ""))
                pieces.append(f"{start}{inside}{end}" if inside else "")
            pieces.append(child.tail or "")
        return "".join(pieces)

    def add(self, parent: _Element, tag: str, text: str, **attributes: str) -> _Element:
        """Add an element with a text that has the markup of records."""
        element = xml.add(parent, tag, **attributes)
        self._fill(element, parse_inline(text))
        return element

    def _fill(self, element: _Element, content: Inlines) -> None:
        for node in content:
            if isinstance(node, Styled) and node.kind in self.elements:
                tag, attributes = self.elements[node.kind]
                child = etree.SubElement(element, tag, dict(attributes))
                self._fill(child, node.children)
                continue
            text = xml.writable(node.text if isinstance(node, Text) else text_of((node,)))
            if len(element):
                element[-1].tail = (element[-1].tail or "") + text
            else:
                element.text = (element.text or "") + text


def laid_out(element: _Element, texts: Container[str], depth: int = 0) -> None:
    """Put each element on a line of its own, but not in those that hold text.

    Args:
        element: The outermost element.
        texts: Names of elements, without a namespace, whose children stand in a text.
        depth: How deep it stands itself.
    """
    if not len(element) or xml.local_name(element) in texts:
        return
    inside = "\n" + "  " * (depth + 1)
    element.text = inside
    for child in element:
        laid_out(child, texts, depth + 1)
        child.tail = inside
    element[-1].tail = "\n" + "  " * depth
