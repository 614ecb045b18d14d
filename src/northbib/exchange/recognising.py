"""Telling a file's format from its content: one rule a format, the surest signs first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.exchange.formats import FORMATS, formats_of_name

if TYPE_CHECKING:
    from northbib.exchange.formats import Format

__all__ = ["HEAD", "format_of"]

HEAD = 1 << 16
"""How many bytes from the start of a file are looked at."""

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def _holding(*names: str) -> re.Pattern[bytes]:
    """Give the sign of XML that holds an element of one of these names, in any namespace."""
    either = "|".join(names)
    return re.compile(rf"\s*<(?:.*?<)?(?:[\w.-]+:)?(?:{either})[\s/>]".encode(), re.DOTALL)


_ZIPPED_TEXT = re.compile(
    rb"PK\x03\x04.*?(?:word/document\.xml|application/vnd\.oasis\.opendocument\.text)", re.DOTALL
)

_SIGNS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("ovid", re.compile(rb"\s*(?:<\s*\d+\s*\.?\s*>|Score\s*\r?\n|VN  - Ovid)")),
    ("schema-org", re.compile(rb"\s*[\[{].*?\"@(?:context|graph|type)\"", re.DOTALL)),
    ("csl-json", re.compile(rb"\s*[\[{]")),
    ("docx-citations", _ZIPPED_TEXT),
    ("docx-citations", _holding("fldChar", "fldSimple", "sdt", "document-content")),
    ("pubmed-xml", _holding("PubmedArticle", "PubmedBookArticle", "MedlineCitation")),
    ("coins", re.compile(rb"\s*<.*?(?:\bZ3988\b|info:ofi/fmt:xml:xsd:ctx)", re.DOTALL)),
    ("primo", _holding("addata", "PrimoNMBib", "sourcerecordid", "availabilityLinks")),
    ("word-xml", _holding("Sources")),
    ("zotero-rdf", _holding("itemType", "biblio", "Memo", "RDF")),
    ("mods", _holding("mods", "modsCollection")),
    ("endnote-xml", _holding("ref-type", "source-app", "rec-number")),
    ("marcxml", _holding("leader", "controlfield", "datafield")),
    ("jats", _holding("ref-list", "element-citation", "mixed-citation", "nlm-citation")),
    ("tei", _holding("listBibl", "biblStruct")),
    ("qdc", _holding("qualifieddc")),
    ("dc", _holding("dc")),
    ("marc", re.compile(rb"\s*[0-9]{5}[ -~]{4}.{10,15}.*?\x1e", re.DOTALL)),
    ("ris", re.compile(rb"(?:\s|[^@{]*?\n)?TY  ?- ?", re.DOTALL)),
    ("nbib", re.compile(rb"(?:\s*|.*?\n)(?:PMID|PMCR?|FAU|FED|BTI|OWN|STAT) ?- ?\S", re.DOTALL)),
    ("refworks", re.compile(rb"(?:\s*|.*?\n)RT [A-Z][A-Za-z/]", re.DOTALL)),
    ("wos", re.compile(rb"\s*(?:FN [^\n]*\r?\n|VR |PT [JBSPCK]\s|PT\tAU\t)")),
    ("enw", re.compile(rb"(?:\s*|.*?\n)%[0ATDJ] [^\n]*\n%", re.DOTALL)),
    ("xlsx", re.compile(rb"PK\x03\x04.*?(?:xl/|\[Content_Types\]\.xml|docProps/)", re.DOTALL)),
    ("csv", re.compile(rb"[^\n{@]*?\b(?:title|doi|isbn)\b[^\n:{]*[,;\t|]", re.IGNORECASE)),
    ("csv", re.compile(rb"[^\n:{@]*[,;\t|][^\n:{@]*?\b(?:title|doi|isbn)\b", re.IGNORECASE)),
    ("cff", re.compile(rb"(?:.*?\n)?[\"']?cff-version[\"']?:", re.DOTALL)),
    ("csl-yaml", re.compile(rb"(?:.*?\n)?(?:references:[ \t]*\r?\n|- +[\w-]+: )", re.DOTALL)),
    (
        "hayagriva",
        re.compile(rb"(?:.*?\n)?[^\s#%@-][^\n]*:[ \t]*\r?\n[ \t]+[a-z-]+[ \t]*:", re.DOTALL),
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
    start = head[:HEAD]
    for mark in _MARKS:
        start = start.removeprefix(mark)
    start = start.replace(b"\0", b"")
    named = formats_of_name(name)
    fitting = [format_name for format_name, sign in _SIGNS if sign.match(start)]
    for format_name in fitting:
        if FORMATS[format_name] in named:
            return FORMATS[format_name]
    if fitting:
        return FORMATS[fitting[0]]
    if named:
        return named[0]
    raise InputError("the format of this file is not known", where=name, hint="name it with --from")
