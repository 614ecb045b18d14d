"""The XML of a style, read as hostile: no entities, no network, no document type, a size limit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from lxml import etree

from northbib.csl.sources import LARGEST
from northbib.errors import StyleError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["CSL", "line_of", "parse"]

CSL = "{http://purl.org/net/xbiblio/csl}"
"""The namespace of CSL, as lxml writes it before a tag."""

_PLACE = re.compile(r",? line \d+(, column \d+)?.*", re.DOTALL)


def parse(data: bytes, where: str | None = None) -> _Element:
    """Read a style and give its root.

    Args:
        data: The XML, in the encoding that it declares.
        where: File or address, for the errors.

    Raises:
        StyleError: It is too large, not well-formed XML, has a document type declaration, is not a
            style, or is a style of CSL before version 1.0.
    """
    if len(data) > LARGEST:
        raise StyleError(f"the style is larger than {LARGEST // 2**20} MB", where=where)
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        message = _PLACE.sub("", error.msg or "no content").strip()
        message = message[:1].lower() + message[1:]
        raise StyleError(
            f"not well-formed XML: {message}", where=where, line=error.lineno or None
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise StyleError("a style may not have a document type declaration", where=where)
    _require_csl(root, where)
    return root


def line_of(element: _Element) -> int | None:
    """Give the line on which an element begins, counted from 1."""
    return cast("int | None", element.sourceline)


def _parser() -> etree.XMLParser:
    # A parser keeps the errors of its last document: each document gets one of its own.
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _require_csl(root: _Element, where: str | None) -> None:
    tag = str(root.tag)
    line = line_of(root)
    if tag != f"{CSL}style":
        raise StyleError(
            f"not a CSL style: its root is <{etree.QName(tag).localname}>",
            where=where,
            line=line,
            hint="a style has the root <style> of the namespace http://purl.org/net/xbiblio/csl",
        )
    version = root.get("version", "")
    if not version.startswith("1."):
        found = f"version {version!r}" if version else "no version"
        raise StyleError(f"not a style of CSL 1.0: it has {found}", where=where, line=line)
