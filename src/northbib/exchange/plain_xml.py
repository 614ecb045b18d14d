"""XML as elements of Python's own ElementTree, named without their namespace.

Of all that is done with a record, lxml's elements would cost most: each look at one makes an
object. So records are built, looked through and written in these. What comes from outside is read
by `northbib.exchange.xml`, and taken over one record at a time.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from northbib.exchange.xml import writable

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = [
    "LOCAL_NAMES",
    "Element",
    "add",
    "all_in",
    "attribute",
    "child_text",
    "escaped",
    "source_of",
    "taken_over",
    "text_of",
    "whole_text",
]

_INDENT = "  "
_MOST_NAMES = 1000


class _LocalNames(dict[object, str]):
    """Name as lxml has it -> without its namespace; what is no element has the name ""."""

    def __missing__(self, name: object) -> str:
        local = name.rpartition("}")[2] if isinstance(name, str) else ""
        if len(self) < _MOST_NAMES:
            self[name] = local
        return local


LOCAL_NAMES = _LocalNames()


def taken_over(element: _Element) -> Element:
    """Give a copy of an element that was read, with all that is in it."""
    outer = Element("")
    _take_over(element, outer)
    return outer[0]


# lxml's types allow for names and values in bytes, which no parser makes.
def _take_over(element: Any, parent: Element) -> None:
    copy = SubElement(parent, LOCAL_NAMES[element.tag], dict(element.items()))
    copy.text = element.text
    copy.tail = element.tail
    for child in element:
        _take_over(child, copy)


def add(parent: Element, tag: str, text: str = "", /, **attributes: str) -> Element:
    """Add an element with a text and those of the attributes that are not empty.

    Attributes are the format's own words; a value from a record is made `writable` before.
    """
    if "" in attributes.values():
        attributes = {name: value for name, value in attributes.items() if value}
    child = SubElement(parent, tag, attributes)
    child.text = writable(text)
    return child


def all_in(element: Element, outer: str, inner: str) -> list[Element]:
    """Give the elements of a name that stand in the children of another."""
    return [found for child in element.findall(outer) for found in child.findall(inner)]


def whole_text(element: Element | None) -> str:
    """Give all text in an element as it is; "" for None."""
    if element is None:
        return ""
    return "".join(element.itertext()) if len(element) else element.text or ""


def text_of(element: Element | None) -> str:
    """Give all text in an element, white space as one space; "" for None."""
    # Most elements are leaves, and this is asked for more than anything else.
    text = whole_text(element) if element is None or len(element) else element.text
    return " ".join(text.split()) if text else ""


def child_text(element: Element, tag: str, inner: str = "") -> str:
    """Give the text of the first child of a name, or of the first of another name in such."""
    if inner:
        return text_of(next(iter(all_in(element, tag, inner)), None))
    return text_of(element.find(tag))


def source_of(element: Element, namespace: str = "") -> bytes:
    """Give an element as UTF-8, indented by two spaces, without a declaration.

    Args:
        element: The element; it has either text or other elements.
        namespace: That of its name and all others in it.
    """
    lines: list[str] = []
    _write(element, "", lines)
    if namespace:
        lines[0] = lines[0].replace(element.tag, f'{element.tag} xmlns="{namespace}"', 1)
    return "\n".join(lines).encode()


def _write(element: Element, margin: str, lines: list[str]) -> None:
    tag = element.tag
    pairs = element.items()
    attributes = "".join([attribute(*pair) for pair in pairs]) if pairs else ""
    if len(element):
        lines.append(f"{margin}<{tag}{attributes}>")
        for child in element:
            _write(child, margin + _INDENT, lines)
        lines.append(f"{margin}</{tag}>")
    elif element.text:
        lines.append(f"{margin}<{tag}{attributes}>{escaped(element.text)}</{tag}>")
    else:
        lines.append(f"{margin}<{tag}{attributes}/>")


@lru_cache(1000)
def attribute(name: str, value: str) -> str:
    """Give the source of an attribute, with the space before it."""
    text = escaped(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f' {name}="{text}"'


def escaped(text: str) -> str:
    """Give the source of a text."""
    marks = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return marks.replace("\r", "&#13;")
