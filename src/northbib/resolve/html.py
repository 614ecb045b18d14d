"""Bytes of a web page -> a tree, with its characters read right and nothing fetched or expanded."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as lxml_html

from northbib.errors import InputError
from northbib.resolve.clean import ESCAPE_SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["decode", "parse", "text_of"]

_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(r"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(r"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml.*?\?>", re.DOTALL)
_NOT_IN_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")

# The names by which pages call Windows-1252 (WHATWG Encoding Standard, 4.2).
_WESTERN = frozenset({"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "l1"})
_META_WITHIN = 8192


def decode(data: bytes, headers: Mapping[str, str]) -> str:
    """Read the characters of a page: by byte order mark, header, meta element, then by detection.

    UTF-8 that holds is believed before a declared single-byte charset: text that was not written in
    UTF-8 hardly ever happens to be valid UTF-8, while pages that declare wrongly are common.
    """
    for mark, charset in _BOMS.items():
        if data.startswith(mark):
            return data.decode(charset, "replace")
    declared = _declared(data, headers)
    try:
        if declared is None or _is_single_byte(declared):
            return data.decode("utf-8")
        return data.decode(declared)
    except UnicodeDecodeError:
        return data.decode(_fallback(data, declared), "replace")


def parse(data: bytes, headers: Mapping[str, str], url: str) -> lxml_html.HtmlElement:
    """Parse a page, however broken.

    Args:
        data: The page as it came.
        headers: The headers that came with it, names in lower case.
        url: Its address, for errors.

    Raises:
        InputError: There is no HTML in it.
    """
    text = _XML_DECLARATION.sub("", decode(data, headers))
    text = _NOT_IN_TEXT.sub("", ESCAPE_SEQUENCE.sub("", text))
    parser = lxml_html.HTMLParser(
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    if "<" not in text:
        raise InputError("the answer is not a web page", where=url)
    try:
        tree = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError("the web page could not be read", where=url) from error
    return tree


def text_of(element: lxml_html.HtmlElement, longest: int = 1_000_000) -> str:
    """Give the text of an element and all below it, scripts and styles left out.

    An element with more text than `longest` characters, in all, gives "".
    """
    if element.xpath("string-length(.)") > longest:
        return ""
    hidden = "ancestor::script or ancestor::style or ancestor::noscript"
    parts = element.xpath(f".//text()[not({hidden})]")
    return " ".join(" ".join(str(part) for part in parts).split())


def _declared(data: bytes, headers: Mapping[str, str]) -> str | None:
    head = data[:_META_WITHIN].decode("latin-1")
    header = headers.get("content-type", "")
    matches = (_HEADER.search(header), _META.search(head), _XML.search(head))
    return next((known for match in matches if match and (known := _known(match[1]))), None)


def _known(name: str) -> str | None:
    if name.lower() in _WESTERN:
        return "cp1252"
    try:
        info = codecs.lookup(name)
    except LookupError:
        return None
    # Codecs such as "hex" or "zlib" do not give text.
    return info.name if getattr(info, "_is_text_encoding", True) else None


def _is_single_byte(charset: str) -> bool:
    return charset.startswith(("cp125", "iso8859", "koi8", "mac"))


def _fallback(data: bytes, declared: str | None) -> str:
    if declared and declared != "utf-8":
        return declared
    # A page with one broken character in a hundred is still UTF-8.
    wrong = data.decode("utf-8", "replace").count("\N{REPLACEMENT CHARACTER}")
    high = sum(1 for byte in data if byte > 0x7F)
    return "utf-8" if wrong * 50 < high else "cp1252"
