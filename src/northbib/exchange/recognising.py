"""Telling a file's format from its content: one rule a format, the surest signs first."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from northbib.bibtex.encoding import detect
from northbib.errors import InputError
from northbib.exchange.formats import FORMATS, formats_of_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from northbib.exchange.formats import Format

__all__ = ["HEAD", "format_of"]

HEAD = 1 << 16
"""How many bytes from the start of a file are looked at."""

_HINT = "name one with --from: `northbib formats` lists them"

_ASIDE = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
"""A comment or a processing instruction, in which elements may be named."""

_PROLOG = re.compile(rb"\s*(?:<!DOCTYPE\b[^<>\[]*(?:\[.*?\]\s*)?>\s*)?", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(rb"<(?:[^\s<>/:!?]+:)?([^\s<>/:!?]+)")

_ROOTS: dict[str, str] = {
    "MedlineCitationSet": "pubmed-xml",
    "PubmedArticleSet": "pubmed-xml",
    "PubmedBookArticleSet": "pubmed-xml",
    "RDF": "zotero-rdf",
    "Sources": "word-xml",
    "TEI": "tei",
    "TEI.2": "tei",
    "article": "jats",
    "context-object": "coins",
    "context-objects": "coins",
    "listBibl": "tei",
    "mods": "mods",
    "modsCollection": "mods",
    "qualifieddc": "qdc",
    "ref-list": "jats",
    "teiCorpus": "tei",
}
"""Name of the outermost element, where it is enough -> format."""


def _holding(*names: str) -> re.Pattern[bytes]:
    """Give the sign of XML that holds an element of one of these names, in any namespace."""
    return re.compile(rf"<(?:[\w.-]+:)?(?:{'|'.join(names)})[\s/>]".encode())


_WITHIN: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("docx-citations", _holding("fldChar", "fldSimple", "sdt", "document-content")),
    ("pubmed-xml", _holding("PubmedArticle", "PubmedBookArticle", "MedlineCitation")),
    ("coins", re.compile(rb"\bZ3988\b|info:ofi/fmt:xml:xsd:ctx")),
    ("primo", _holding("addata", "PrimoNMBib", "sourcerecordid", "availabilityLinks")),
    ("word-xml", _holding("Sources")),
    ("zotero-rdf", _holding("itemType", "biblio", "Memo", "RDF")),
    ("mods", _holding("mods", "modsCollection")),
    ("endnote-xml", _holding("ref-type", "source-app", "rec-number", "REFERENCE_TYPE")),
    ("marcxml", _holding("leader", "controlfield", "datafield")),
    ("jats", _holding("ref-list", "element-citation", "mixed-citation", "nlm-citation")),
    ("tei", _holding("listBibl", "biblStruct")),
    ("qdc", _holding("qualifieddc")),
    ("dc", _holding("dc")),
    # Lists of references are also shown in pages, as they would stand in a file of their own.
    ("ris", re.compile(rb"\nTY  - [A-Z]")),
    ("nbib", re.compile(rb"\nPMID- ?\d")),
    ("enw", re.compile(rb"\n%0 [^\n]*\n%")),
    ("biblatex", re.compile(rb"@\s*[A-Za-z]+\s*[{(]\s*[^\s,={}()\"]+\s*,")),
)
"""Format -> what its XML, or a page with it, holds; the first that fits counts."""

_SURE: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("ovid", re.compile(rb"\s*(?:<\s*\d+\s*\.?\s*>|Score\s*\r?\n|VN  - Ovid)")),
    ("cff", re.compile(rb"(?:[^<{].*?\n|\{(?:[^\n]*?,)?\s*)?[\"']?cff-version[\"']?:", re.DOTALL)),
)
"""Format -> what only its files begin with, whatever they are called."""

_ZIPPED_TEXT = re.compile(
    rb"PK\x03\x04.*?(?:word/document\.xml|application/vnd\.oasis\.opendocument\.text)", re.DOTALL
)

_TYPE_IN_RIS = (
    rb"[ \t]*(?:TY|ty)(?:\s|\xc2?\xa0){0,6}(?:-|\x96|\xe2\x80[\x90-\x95])"
    rb"(?:\s|\xc2?\xa0){0,8}[A-Za-z]{3}"
)
"""The line of a type, with spaces, tabs or nothing around a hyphen or a dash."""

_TAGS_OF_WOS = (
    rb"[A-Z][A-Z0-9] [^\n]*\n(?:(?:[A-Z][A-Z0-9] |   )[^\n]*\n){0,200}?(?:PT [JBSPC]\s|ER ?\r?\n)"
)
"""Lines of a record that begins with another tag than most."""

_ABOVE = rb"(?:[^\n:{@]*\n){0,3}?"
"""Lines above the names of columns."""

_SIGNS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("schema-org", re.compile(rb"\s*[\[{].*?\"@(?:context|graph|type)\"", re.DOTALL)),
    ("csl-json", re.compile(rb"\s*[\[{](?:[\[{\s]*(?:[\"\]}]|\Z)|[^\[{:]*\Z)")),
    ("docx-citations", _ZIPPED_TEXT),
    ("marc", re.compile(rb"\s*[0-9]{5}[ -~]{4}.{10,15}.*?\x1e", re.DOTALL)),
    ("ris", re.compile(rb"(?:\s|[^@{]*?[\r\n])?" + _TYPE_IN_RIS, re.DOTALL)),
    ("nbib", re.compile(rb"(?:\s*|.*?\n)(?:PMID|PMCR?|FAU|FED|BTI|OWN|STAT) ?- ?\S", re.DOTALL)),
    ("nbib", re.compile(rb"(?:.*?\n)?GN  - \{:", re.DOTALL)),
    ("refworks", re.compile(rb"(?:\s*|.*?\n)RT [A-Z][A-Za-z/]", re.DOTALL)),
    (
        "wos",
        re.compile(rb"\s*(?:FN [^\n]*\r?\n|VR |PT [JBSPCK]\s|PT\tAU\t|" + _TAGS_OF_WOS + rb")"),
    ),
    ("enw", re.compile(rb"(?:\s*|.*?[\r\n])%[0ATDJ][ \t][^\r\n]*[\r\n]+%", re.DOTALL)),
    ("xlsx", re.compile(rb"PK\x03\x04.*?(?:xl/|\[Content_Types\]\.xml|docProps/)", re.DOTALL)),
    ("csv", re.compile(_ABOVE + rb"[^\n{@]*?\b(?:title|doi|isbn)\b[^\n:{]*[,;\t|]", re.IGNORECASE)),
    (
        "csv",
        re.compile(
            _ABOVE + rb"[^\n:{@,;\t|]*[,;\t|][^\n:{@]*?\b(?:title|doi|isbn)\b", re.IGNORECASE
        ),
    ),
    ("csl-yaml", re.compile(rb"(?:.*?\n)?(?:references:[ \t]*\r?\n|- +[\w-]+: )", re.DOTALL)),
    (
        "csl-yaml",
        re.compile(rb"(?:.*?\n)?(?:\{?[ \t]*references:[ \t]*\[|[-\[] *\{ *\w+: )", re.DOTALL),
    ),
    (
        "hayagriva",
        re.compile(rb"(?:.*?\n)?[^\s#%@-][^\n]*:[ \t]*\r?\n[ \t]+[a-z-]+[ \t]*:", re.DOTALL),
    ),
    (
        "hayagriva",
        re.compile(rb"(?:.*?\n)?(?:\{[ \t]*)?[^\s#%@{-][^\n{}]*:[ \t]*\{\s*[a-z-]+: ", re.DOTALL),
    ),
    ("biblatex", re.compile(rb".*?@\s*[A-Za-z][\w:-]*\s*[{(]", re.DOTALL)),
)
"""Format -> what its files begin with; the first that fits counts."""


def format_of(head: bytes, name: str) -> Format:
    """Tell a file's format from its content, and where that does not tell from its name.

    Args:
        head: The first `HEAD` bytes of the file, or all.
        name: Its path as the user gave it.

    Raises:
        InputError: Neither tells it.
    """
    start = _signs_of(head[:HEAD])
    is_xml = start.lstrip().startswith(b"<")
    named = formats_of_name(name)
    fitting = _matching(_SURE, start)[:1] or list(
        _of_xml(start) if is_xml else _matching(_SIGNS, start)
    )
    for format_name in fitting:
        if FORMATS[format_name] in named:
            return FORMATS[format_name]
    if fitting:
        return FORMATS[fitting[0]]
    if is_xml:
        raise InputError(_unknown_xml(start), where=name, hint=_HINT)
    if named and PurePath(name).suffix.lower() != _XML:
        return named[0]
    if named:
        raise InputError("this is no XML: no element begins in it", where=name, hint=_HINT)
    raise InputError("the format of this file is not known", where=name, hint=_HINT)


_XML = ".xml"


def _signs_of(head: bytes) -> bytes:
    """Give the start of a file in one byte a sign, whatever it is encoded in."""
    encoding = detect(head)
    return encoding.structure(head.removeprefix(encoding.mark))


def _matching(signs: Iterable[tuple[str, re.Pattern[bytes]]], start: bytes) -> list[str]:
    return [format_name for format_name, sign in signs if sign.match(start)]


def _of_xml(start: bytes) -> Iterator[str]:
    """Give the formats whose elements a file of XML has."""
    text = _ASIDE.sub(b"", start)
    root = _root_of(text)
    if root in _ROOTS:
        yield _ROOTS[root]
    yield from (format_name for format_name, sign in _WITHIN if sign.search(text))


def _root_of(text: bytes) -> str:
    """Give the name of the outermost element, without a prefix; "" if none begins."""
    prolog = _PROLOG.match(text)
    root = _ROOT.match(text, prolog.end() if prolog else 0)
    return root[1].decode("utf-8", "replace") if root else ""


def _unknown_xml(start: bytes) -> str:
    root = _root_of(_ASIDE.sub(b"", start))
    if not root:
        return f"no element begins in the first {HEAD >> 10} KB of it"
    return f"no format is known for <{root}>"
