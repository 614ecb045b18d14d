"""Bytes of a web page -> its characters.

A byte order mark is believed before header and meta element, as by all browsers: bytes that begin
with one are hardly ever anything else, while a header is often that of a server for all its pages.
Source: WHATWG Encoding Standard, 4.2 (names), and HTML Living Standard, 13.2.3.2 (order).
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["decode"]

_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(r"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(r"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_LANG = re.compile(r"<html[^>]{0,300}?\blang\s*=\s*[\"']?([a-zA-Z]{2})", re.IGNORECASE)

# The names by which pages call Windows-1252.
_WESTERN = frozenset({"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "l1"})
# The charsets of the standard by their names here; others, such as UTF-7, are for no page to name.
_OF_PAGES = re.compile(
    r"utf-(?:8|16(?:-[bl]e)?)|cp(?:866|874|932|949|950|125[0-8])|iso8859-\d+|koi8-[ru]"
    r"|mac-(?:roman|cyrillic)|tis-620|gb2312|gbk|gb18030|big5(?:hkscs)?|euc_(?:jp|kr)|iso2022_jp"
    r"|shift_jis"
)
_META_WITHIN = 8192

# Language -> the charsets that were in use for it before UTF-8, tried in this order.
_LEGACY: Mapping[str, tuple[str, ...]] = {
    "be": ("cp1251",),
    "bg": ("cp1251",),
    "cs": ("cp1250",),
    "el": ("cp1253",),
    "he": ("cp1255",),
    "hu": ("cp1250",),
    "ja": ("euc_jp", "cp932"),
    "ko": ("cp949",),
    "pl": ("cp1250",),
    "ru": ("cp1251",),
    "tr": ("cp1254",),
    "uk": ("cp1251",),
    "zh": ("gb18030", "big5"),
}


def decode(data: bytes, headers: Mapping[str, str]) -> str:
    """Read the characters of a page: by byte order mark, header, meta element, then by detection.

    UTF-8 that holds is believed before a declared single-byte charset: text that was not written in
    UTF-8 hardly ever happens to be valid UTF-8, while pages that declare wrongly are common.
    """
    for mark, charset in _BOMS.items():
        if data.startswith(mark):
            return data.decode(charset, "replace")
    head = data[:_META_WITHIN].decode("latin-1")
    declared = _declared(head, headers)
    try:
        if declared is None or _is_single_byte(declared):
            return data.decode("utf-8")
        return data.decode(declared)
    except UnicodeDecodeError:
        return _detected(data, head, declared)


def _declared(head: str, headers: Mapping[str, str]) -> str | None:
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
    return info.name if _OF_PAGES.fullmatch(info.name) else None


def _is_single_byte(charset: str) -> bool:
    return charset.startswith(("cp125", "iso8859", "koi8", "mac"))


def _detected(data: bytes, head: str, declared: str | None) -> str:
    if declared and declared != "utf-8":
        return data.decode(declared, "replace")
    # A page with one broken character in a hundred is still UTF-8.
    text = data.decode("utf-8", "replace")
    high = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    if text.count("\N{REPLACEMENT CHARACTER}") * 50 < high:
        return text
    language = _LANG.search(head)
    for charset in _LEGACY.get(language[1].lower(), ()) if language else ():
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", "replace")
