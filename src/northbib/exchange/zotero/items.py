"""Items as Zotero's own JSON has them, from its Web API or Better BibTeX -> items of CSL-JSON.

It looks like CSL-JSON and is none: what a work is stands in `itemType`, and who made it in
`creators`. Source: Zotero's schema (https://api.zotero.org/schema), fields and `csl`.
"""

from __future__ import annotations

import html
import re
from typing import Any

from northbib.exchange.worded_dates import worded_or_literal
from northbib.exchange.zotero.terms import CREATORS, TYPE_OF
from northbib.records import Date

__all__ = ["in_csl_json", "is_item"]

_TYPE = "itemType"
_MEMBERS: dict[str, str] = {
    "DOI": "DOI",
    "ISBN": "ISBN",
    "ISSN": "ISSN",
    "PMCID": "PMCID",
    "PMID": "PMID",
    "abstractNote": "abstract",
    "archive": "archive",
    "archiveLocation": "archive_location",
    "callNumber": "call-number",
    "citationKey": "citation-key",
    "country": "jurisdiction",
    "edition": "edition",
    "extra": "note",
    "issue": "issue",
    "itemID": "id",
    "journalAbbreviation": "container-title-short",
    "key": "id",
    "language": "language",
    "libraryCatalog": "source",
    "numPages": "number-of-pages",
    "numberOfVolumes": "number-of-volumes",
    "place": "publisher-place",
    "rights": "license",
    "scale": "scale",
    "section": "section",
    "shortTitle": "title-short",
    "status": "status",
    "title": "title",
    "url": "URL",
    "versionNumber": "version",
    **dict.fromkeys(["caseName", "nameOfAct", "subject"], "title"),
    **dict.fromkeys(["pages", "codePages", "firstPage"], "page"),
    **dict.fromkeys(["volume", "codeVolume", "reporterVolume"], "volume"),
    **dict.fromkeys(["series", "seriesTitle"], "collection-title"),
    **dict.fromkeys(["seriesNumber"], "collection-number"),
    **dict.fromkeys(["conferenceName", "meetingName"], "event-title"),
    **dict.fromkeys(["history", "references", "priorityNumbers"], "references"),
    **dict.fromkeys(["artworkSize", "runningTime"], "dimensions"),
    **dict.fromkeys(
        """
        blogTitle bookTitle code dictionaryTitle encyclopediaTitle forumTitle proceedingsTitle
        programTitle publicationTitle reporter websiteTitle
        """.split(),
        "container-title",
    ),
    **dict.fromkeys(
        """
        company distributor institution label network publisher repository studio university
        """.split(),
        "publisher",
    ),
    **dict.fromkeys("court issuingAuthority legislativeBody".split(), "authority"),
    **dict.fromkeys(
        """
        archiveID billNumber docketNumber documentNumber episodeNumber number patentNumber
        publicLawNumber reportNumber
        """.split(),
        "number",
    ),
    **dict.fromkeys(
        """
        genre letterType manuscriptType mapType postType presentationType reportType thesisType type
        websiteType
        """.split(),
        "genre",
    ),
    **dict.fromkeys(
        """
        artworkMedium audioFileType audioRecordingFormat format interviewMedium system
        videoRecordingFormat
        """.split(),
        "medium",
    ),
}
"""Field of Zotero -> CSL variable."""

_DATES: dict[str, str] = {
    "accessDate": "accessed",
    "filingDate": "submitted",
    **dict.fromkeys(["date", "dateDecided", "dateEnacted", "issueDate"], "issued"),
}
_ROLES = {
    name.partition(":")[2].removesuffix("s"): variable for name, variable in CREATORS.items()
} | {"commenter": "contributor", "counsel": "contributor", "attorneyAgent": "contributor"}
"""Creator of Zotero -> CSL name variable."""

_NO_FIELDS = frozenset(
    """
    attachments collections creators dateAdded dateModified itemKey libraryID notes relations
    seeAlso tags uri version
    """.split()
)
"""What is no field of a work, or is read by itself."""

_TAG = re.compile(r"<[^>]*>")


def is_item(native: dict[str, Any]) -> bool:
    """Tell whether an object is an item of Zotero, by itself or as its Web API gives it."""
    return isinstance(_item_of(native).get(_TYPE), str)


def _item_of(native: dict[str, Any]) -> dict[str, Any]:
    data = native.get("data")
    return data if isinstance(data, dict) else native


def in_csl_json(native: dict[str, Any]) -> dict[str, Any]:
    """Give an item of Zotero as one of CSL-JSON; fields that CSL has not keep their names."""
    item = _item_of(native)
    csl: dict[str, Any] = {"type": TYPE_OF.get(item[_TYPE], "document")}
    for field, value in item.items():
        if field in _NO_FIELDS or field == _TYPE or value in ("", None, [], {}):
            continue
        if variable := _DATES.get(field):
            csl.setdefault(variable, _date(str(value)))
        else:
            name = _MEMBERS.get(field, field)
            csl.setdefault(field if name in csl else name, value)
    csl |= _creators(item)
    words = [_text(tag, "tag") for tag in _list(item, "tags")]
    notes = [_plain(_text(note, "note")) for note in _list(item, "notes")]
    more = {"keyword": ", ".join(filter(None, words)), "annote": "\n".join(filter(None, notes))}
    return csl | {name: text for name, text in more.items() if text}


def _creators(item: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for creator in _list(item, "creators"):
        if isinstance(creator, dict):
            family, given = _text(creator, "lastName"), _text(creator, "firstName")
            literal = _text(creator, "name") or (family if creator.get("fieldMode") == 1 else "")
            name = {"literal": literal} if literal else {"family": family, "given": given}
            role = _ROLES.get(_text(creator, "creatorType"), "contributor")
            found.setdefault(role, []).append({part: text for part, text in name.items() if text})
    return found


def _list(item: dict[str, Any], name: str) -> list[Any]:
    value = item.get(name)
    return value if isinstance(value, list) else []


def _text(value: Any, name: str) -> str:
    """Give a member of an object; tags and notes are also there as mere texts."""
    text = value.get(name) if isinstance(value, dict) else value
    return text if isinstance(text, str) else ""


def _plain(note: str) -> str:
    return html.unescape(_TAG.sub(" ", note)).strip()


def _date(text: str) -> dict[str, Any]:
    """Read a date as Zotero's user typed it; of a time of access, the day."""
    date = Date.parse(text[:10] if re.match(r"\d{4}-\d\d-\d\d[ T]", text) else text)
    return (worded_or_literal(text) or date if date.literal else date).to_csl()
