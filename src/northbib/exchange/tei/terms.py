"""The words of TEI bibliographies <-> the types and variables of CSL.

Source: TEI P5 Guidelines, 3.12; the types are those that Zotero writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.exchange import xml
from northbib.exchange.xml_markup import Vocabulary
from northbib.exchange.zotero import terms as zotero_terms

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = [
    "IDNOS",
    "IDNO_OF",
    "IN_HOST",
    "MARKUP",
    "NAMESPACE",
    "RESPONSIBLE",
    "SCOPES",
    "SCOPE_OF",
    "TEI",
    "TYPES",
    "TYPE_OF",
    "XML",
]

NAMESPACE = "http://www.tei-c.org/ns/1.0"
TEI = f"{{{NAMESPACE}}}"
XML = "{http://www.w3.org/XML/1998/namespace}"

TYPES: dict[str, str] = zotero_terms.TYPES | {
    "classic": "classic",
    "collection": "collection",
    "entry": "entry",
    "event": "event",
    "figure": "figure",
    "musical_score": "musicalScore",
    "pamphlet": "pamphlet",
    "performance": "performance",
    "periodical": "periodical",
    "regulation": "regulation",
    "review": "review",
    "review-book": "bookReview",
    "treaty": "treaty",
}
"""CSL type -> type of `biblStruct`: Zotero's word, or one of its own where that is of several."""

TYPE_OF = {word.lower(): type_ for type_, word in TYPES.items()} | {
    "article": "article-journal",
    "email": "personal_communication",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "instantmessage": "personal_communication",
    "misc": "document",
    "online": "webpage",
    "phdthesis": "thesis",
    "podcast": "broadcast",
    "proceedings": "book",
    "radiobroadcast": "broadcast",
    "videorecording": "motion_picture",
}

SCOPES: dict[str, str] = {
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "chapter-number": "chapter",
    "part-number": "part",
    "section": "section",
}
SCOPE_OF = {unit: variable for variable, unit in SCOPES.items()} | {
    "pp": "page",
    "pages": "page",
    "vol": "volume",
    "number": "issue",
    "iss": "issue",
    "chap": "chapter-number",
}
IDNOS = {
    "DOI": "DOI",
    "ISBN": "ISBN",
    "ISSN": "ISSN",
    "PMID": "PMID",
    "PMCID": "PMCID",
    "call-number": "callNumber",
    "number": "number",
}
IDNO_OF = {kind.lower(): variable for variable, kind in IDNOS.items()} | {
    "pmc": "PMCID",
    "eissn": "ISSN",
    "shelfmark": "call-number",
    "reportnumber": "number",
}
RESPONSIBLE = ("translator", "illustrator", "compiler", "director", "composer", "interviewer")
IN_HOST = frozenset(
    """
    article-journal article-magazine article-newspaper chapter entry entry-dictionary
    entry-encyclopedia paper-conference review review-book post post-weblog
    """.split()
)
_MARKS: dict[str, tuple[str, dict[str, str]]] = {
    "emphasis": (f"{TEI}hi", {"rend": "italic"}),
    "strong": (f"{TEI}hi", {"rend": "bold"}),
    "superscript": (f"{TEI}hi", {"rend": "superscript"}),
    "subscript": (f"{TEI}hi", {"rend": "subscript"}),
    "small-caps": (f"{TEI}hi", {"rend": "smallcaps"}),
    "no-case": (f"{TEI}seg", {"type": "nocase"}),
}
_KINDS = {
    "italic": "emphasis",
    "italics": "emphasis",
    "i": "emphasis",
    "it": "emphasis",
    "bold": "strong",
    "b": "strong",
    "sup": "superscript",
    "superscript": "superscript",
    "super": "superscript",
    "sub": "subscript",
    "subscript": "subscript",
    "smallcaps": "small-caps",
    "small-caps": "small-caps",
    "sc": "small-caps",
}


def _kind_of(element: _Element) -> str:
    tag = xml.local_name(element)
    if tag == "seg":
        return "no-case" if element.get("type") == "nocase" else ""
    if tag == "emph" or (tag == "hi" and not element.get("rend")):
        return "emphasis"
    return _KINDS.get((element.get("rend") or "").lower(), "") if tag == "hi" else ""


MARKUP = Vocabulary(_MARKS, _kind_of)
