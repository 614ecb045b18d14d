"""What the two forms of Dublin Core share: their parts, and the record that they make.

Sources: DCMI Metadata Terms; "Guidelines for Encoding Bibliographic Citation Information in Dublin
Core Metadata" (DCMI, 2005); what repositories write into `dc:source` and `dc:identifier`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.exchange import xml
from northbib.exchange.extents import page_count
from northbib.exchange.keeping import is_kept, with_kept
from northbib.exchange.languages import tag_of
from northbib.exchange.mods.tables import TYPE_OF, TYPES
from northbib.exchange.people import name_of
from northbib.exchange.worded_dates import worded_date
from northbib.records import Date, Name, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from northbib.records import Value

__all__ = ["DCMI_TYPES", "TYPES", "Field", "citation", "decode", "fields_of", "identifiers"]

Field = tuple[str, str, str]
"""The name of an element without its namespace, its text, and its encoding scheme or ""."""

DCMI_TYPES: dict[str, str] = {
    "broadcast": "MovingImage",
    "collection": "Collection",
    "dataset": "Dataset",
    "event": "Event",
    "figure": "StillImage",
    "graphic": "StillImage",
    "map": "StillImage",
    "motion_picture": "MovingImage",
    "performance": "Event",
    "software": "Software",
    "song": "Sound",
}
"""CSL type -> term of the DCMI Type Vocabulary, where that is not `Text`."""

_TYPE_OF = TYPE_OF | {
    "article in journal": "article-journal",
    "articles": "article-journal",
    "audiovisual": "motion_picture",
    "bachelorthesis": "thesis",
    "bookpart": "chapter",
    "book part": "chapter",
    "conferenceobject": "paper-conference",
    "conferencepaper": "paper-conference",
    "contributiontoperiodical": "article-magazine",
    "doctoralthesis": "thesis",
    "image": "graphic",
    "journalarticle": "article-journal",
    "lecture": "speech",
    "masterthesis": "thesis",
    "movingimage": "motion_picture",
    "peer-reviewed article": "article-journal",
    "research article": "article-journal",
    "sound": "song",
    "stillimage": "graphic",
    "studythesis": "thesis",
    "thesis": "thesis",
    "workingpaper": "report",
    "working paper": "report",
}
"""Words of `dc:type` in small letters, those of DRIVER and OpenAIRE among them -> CSL type."""

_TYPED_LAST = frozenset({"collection", "event", "motion_picture", "graphic", "song", "software"})
_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*|info:doi/)?(10\.\d{4,9}/\S+)", re.IGNORECASE
)
_ISBN = re.compile(r"(?:urn:)?isbn[:\s]*([\d\sXx-]{10,17})", re.IGNORECASE)
_ISSN = re.compile(
    r"(?:urn:)?(?:e-?)?issn[:\s]*(\d{4}-\d{3}[\dXx])|(\d{4}-\d{3}[\dXx])", re.IGNORECASE
)
_PMID = re.compile(r"(?:info:pmid/|pmid:\s*)(\d+)", re.IGNORECASE)
_PMCID = re.compile(r"(?:pmcid:\s*)?(PMC\d+)", re.IGNORECASE)
_URL = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_IDENTIFIERS = (("DOI", _DOI), ("ISBN", _ISBN), ("ISSN", _ISSN), ("PMID", _PMID), ("PMCID", _PMCID))
_CITATION = re.compile(
    r"(?P<title>.+?),? (?:[Vv]ol\.? ?)?(?P<volume>\d+)"
    r"(?: ?\((?P<issue>[^()]+)\)|,? (?:[Nn]o|[Ii]ssue|[Nn]r)\.? ?(?P<no>[^\s,;:()]+))?"
    r"(?:[,:;]? (?:pp?\.? ?)?(?P<page>[A-Za-z]?\d+(?: ?[-–] ?[A-Za-z]?\d+)?(?:, ?\d+[-–\d]*)*))?\.?"
)
_OJS = re.compile(
    r"(?P<title>[^;]+); Vol\.? (?P<volume>[^\s;]+),?"
    r"(?: (?:No\.?|Núm\.?|Nr\.?) (?P<issue>[^\s;:]+))?"
    r"[^;]*(?:; (?P<page>\d+(?: ?[-–] ?\d+)?))?"
)
_SPACES = re.compile(r"[ \t\r]+")
_ROLE = re.compile(r"(?P<name>.+?) ?\((?P<role>[a-z -]+)\)")


def fields_of(element: _Element) -> Iterator[Field]:
    """Give the parts of an element that holds a record."""
    for child in element.iter():
        name = xml.local_name(child)
        if child is not element and name and not len(child):
            lines = "".join(map(str, child.itertext())).split("\n")
            text = "\n".join(filter(None, (_SPACES.sub(" ", line).strip(" ") for line in lines)))
            if text:
                yield name, text, ""


def decode(native: Sequence[Field]) -> Record:
    """Give the record of the parts of one, of either form."""
    parts: dict[str, list[str]] = {}
    for name, text, _ in native:
        parts.setdefault(name, []).append(text)
    values: dict[str, Value] = {}
    _set_texts(values, parts)
    _set_names(values, parts)
    _set_dates(values, parts)
    for text in (*parts.get("identifier", ()), *parts.get("source", ())):
        _set_identifier(values, text)
    _set_sources(values, parts)
    kind = _type(parts, values)
    notes = parts.get("description", [])
    kept = [note for note in notes if is_kept(note)]
    found = {name: value for name, value in values.items() if value}
    topics = tuple(dict.fromkeys(parts.get("subject", ())))
    return with_kept(Record("", kind, found, topics), kept)


def _set_texts(values: dict[str, Value], parts: dict[str, list[str]]) -> None:
    values["title"] = _one(parts, "title")
    values["title-short"] = _one(parts, "alternative")
    values["publisher"] = _one(parts, "publisher")
    values["license"] = _one(parts, "license") or _one(parts, "rights")
    values["medium"] = _one(parts, "medium")
    language = _one(parts, "language")
    values["language"] = tag_of(language) if language else ""
    others = [text for text in parts.get("description", ()) if not is_kept(text)]
    abstract = _one(parts, "abstract") or (others.pop(0) if others else "")
    values["abstract"] = abstract
    values["note"] = "\n".join(others)
    for text in (*parts.get("extent", ()), *parts.get("format", ())):
        if count := page_count(text):
            values.setdefault("number-of-pages", count)


def _one(parts: dict[str, list[str]], name: str) -> str:
    return next(iter(parts.get(name, ())), "").replace("\n", " ")


def _set_names(values: dict[str, Value], parts: dict[str, list[str]]) -> None:
    named: dict[str, list[Name]] = {}
    for element, usual in (("creator", "author"), ("contributor", "contributor")):
        for text in parts.get(element, ()):
            match = _ROLE.fullmatch(text)
            role = match["role"] if match and match["role"] in _ROLES else usual
            name = name_of(match["name"] if match and role != usual else text)
            if name != Name() and name not in named.get(role, ()):
                named.setdefault(role, []).append(name)
    for role, names in named.items():
        values[role] = tuple(names)


_ROLES = frozenset({"editor", "translator", "illustrator", "compiler", "director", "composer"})


def _set_dates(values: dict[str, Value], parts: dict[str, list[str]]) -> None:
    for variable, names in (
        ("issued", ("issued", "date", "dateCopyrighted", "created")),
        ("available-date", ("available",)),
        ("submitted", ("dateSubmitted",)),
    ):
        found = (_date(text) for name in names for text in reversed(parts.get(name, ())))
        values[variable] = next(filter(None, found), None) or ""


def _date(text: str) -> Date | None:
    if "info:eu-repo/date/" in text:
        return None
    date = Date.parse(text)
    return (worded_date(text) or date) if date.literal else date


def _set_identifier(values: dict[str, Value], text: str) -> None:
    for variable, pattern in _IDENTIFIERS:
        if match := pattern.fullmatch(text):
            number = next(filter(None, match.groups())).strip()
            is_new = number not in str(values.get(variable, "")).split(" ")
            joined = " ".join(filter(None, (str(values.get(variable, "")), number)))
            if is_new and variable in ("ISBN", "ISSN"):
                values[variable] = joined
            values.setdefault(variable, number)
            return
    if _URL.fullmatch(text):
        values.setdefault("URL", text)


def _set_sources(values: dict[str, Value], parts: dict[str, list[str]]) -> None:
    citations = (*parts.get("bibliographicCitation", ()), *parts.get("source", ()))
    for text in citations:
        match = _OJS.fullmatch(text) or _CITATION.fullmatch(text)
        if match is not None:
            found = match.groupdict()
            values.setdefault("container-title", found["title"].strip(" ,"))
            values.setdefault("volume", found["volume"])
            values.setdefault("issue", found["issue"] or found.get("no") or "")
            values.setdefault("page", (found["page"] or "").replace(" ", ""))
            break
    for text in (*parts.get("isPartOf", ()), *parts.get("source", ())):
        is_number = any(pattern.fullmatch(text) for _, pattern in _IDENTIFIERS)
        if not is_number and not _URL.fullmatch(text):
            values.setdefault("container-title", text)


def _type(parts: dict[str, list[str]], values: dict[str, Value]) -> str:
    words = [re.split(r"[/#]", text)[-1].strip().lower() for text in parts.get("type", ())]
    known = [_TYPE_OF[word] for word in words if word in _TYPE_OF]
    own = [word for word in known if word not in _TYPED_LAST] or known
    if own:
        return own[0]
    if values.get("container-title"):
        return "article-journal" if values.get("volume") or values.get("ISSN") else "chapter"
    return "book" if values.get("ISBN") else "document"


def identifiers(record: Record) -> Iterator[tuple[str, bool]]:
    """Give the identifiers of a record as they are written, and whether each is an address."""
    if doi := record.plain("DOI"):
        yield f"https://doi.org/{doi}", True
    if (url := record.plain("URL")) and url != f"https://doi.org/{doi}":
        yield url, True
    for number in record.plain("ISBN").split():
        yield f"urn:ISBN:{number}", True
    for number in record.plain("ISSN").split():
        yield f"urn:ISSN:{number}", True
    if number := record.plain("PMID"):
        yield f"info:pmid/{number}", True
    if number := record.plain("PMCID"):
        yield f"PMCID:{number}", False


def citation(record: Record) -> str:
    """Give where a work stands: its container, volume, issue and pages."""
    title, volume = record.plain("container-title"), record.plain("volume")
    issue, page = record.plain("issue"), record.plain("page")
    if not title:
        return ""
    number = f" {volume}" + (f"({issue})" if issue else "") if volume else ""
    return f"{title}{number}" + (f", {page}" if page and volume else "")
