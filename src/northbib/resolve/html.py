"""A web page -> a tree, with nothing fetched or expanded; and the text of its elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from lxml import etree
from lxml import html as lxml_html

from northbib.errors import InputError
from northbib.resolve.clean import ESCAPE_SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.html import HtmlElement

__all__ = ["BLOCKS", "parse", "selector", "text_of"]

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}>")
_CONTROL = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])

BLOCKS = frozenset(
    """
    address article aside blockquote body br button center dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre
    section select summary table tbody td tfoot th thead title tr ul
    """.split()
)
"""The elements that begin and end a line of their own."""

_NOT_TEXT = frozenset({"script", "style", "noscript", "template", "svg"})


def parse(source: str, url: str) -> HtmlElement:
    """Parse the source of a page, however broken.

    Args:
        source: Its characters.
        url: Its address, for errors.

    Raises:
        InputError: There is no HTML in it.
    """
    parser = lxml_html.HTMLParser(
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    if "<" not in source:
        raise InputError("the answer is not a web page", where=url)
    try:
        return lxml_html.document_fromstring(_fit(source), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError("the web page could not be read", where=url) from error


def _fit(source: str) -> bytes:
    # Control characters end the parser's reading; what follows an escape belongs to it.
    if "\x1b" in source or "\x9b" in source:
        source = ESCAPE_SEQUENCE.sub("", source)
    source = _XML_DECLARATION.sub("", source, count=1)
    return source.encode("utf-8", "replace").translate(None, _CONTROL)


def selector(path: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    """Compile an XPath that selects elements."""
    return cast("Callable[[HtmlElement], list[HtmlElement]]", etree.XPath(path))


def text_of(element: HtmlElement, longest: int = 2000) -> str:
    """Give the text of an element on one line, scripts and styles left out.

    Elements that make a line of their own are set apart by a space, others are not. More than
    `longest` characters give "": that is no title, name or date.
    """
    parts: list[str] = []
    length = 0
    for part in _text(element):
        length += len(part)
        if length > longest:
            return ""
        parts.append(part)
    return " ".join("".join(parts).split())


def _text(element: HtmlElement) -> Iterator[str]:
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "start" and node.tag in _NOT_TEXT:
            walk.skip_subtree()
        elif event == "start":
            if node.tag in BLOCKS:
                yield " "
            yield node.text or ""
            continue
        else:
            if node.tag in BLOCKS:
                yield " "
            if node is not element:
                yield node.tail or ""
