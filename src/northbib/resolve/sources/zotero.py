"""Items of Zotero in its own JSON, as translation-server and Citoid give them.

Source: https://api.zotero.org/schema, "csl".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from northbib.errors import InputError
from northbib.records import Name
from northbib.records.identifiers import doi, isbn, web_address
from northbib.resolve.claims import Answer
from northbib.resolve.clean import rich
from northbib.resolve.sources.payload import claims_of, day, json_value, members, text_in

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response

__all__ = ["read_items"]

_TYPES = {
    "artwork": "graphic",
    "audioRecording": "song",
    "bill": "bill",
    "blogPost": "post-weblog",
    "book": "book",
    "bookSection": "chapter",
    "case": "legal_case",
    "computerProgram": "software",
    "conferencePaper": "paper-conference",
    "dataset": "dataset",
    "dictionaryEntry": "entry-dictionary",
    "encyclopediaArticle": "entry-encyclopedia",
    "film": "motion_picture",
    "forumPost": "post",
    "hearing": "hearing",
    "interview": "interview",
    "journalArticle": "article-journal",
    "magazineArticle": "article-magazine",
    "manuscript": "manuscript",
    "map": "map",
    "newspaperArticle": "article-newspaper",
    "patent": "patent",
    "podcast": "broadcast",
    "preprint": "article",
    "presentation": "speech",
    "radioBroadcast": "broadcast",
    "report": "report",
    "standard": "standard",
    "statute": "legislation",
    "thesis": "thesis",
    "tvBroadcast": "broadcast",
    "videoRecording": "motion_picture",
    "webpage": "webpage",
}
_CONTAINERS = (
    "publicationTitle bookTitle proceedingsTitle blogTitle websiteTitle forumTitle".split()
)
_PUBLISHERS = "publisher institution university distributor studio company".split()
_NUMBERS = "reportNumber billNumber documentNumber publicLawNumber number".split()


def read_items(response: Response, server: str, source: str) -> Answer:
    """Read the first item of a list.

    Raises:
        InputError: There is none with a title.
    """
    items = json_value(response.body, response.url, server)
    item = items[0] if isinstance(items, list) and items else None
    title = rich(_any(item, ["title", "nameOfAct", "caseName", "subject"]))
    if not title:
        raise InputError(f"{server} found nothing", where=response.url)
    return Answer(claims_of(_fields(item, title), source), response.url)


def _fields(item: Any, title: str) -> tuple[tuple[str, Any], ...]:
    return (
        ("title", title),
        ("type", _TYPES.get(text_in(item, "itemType"), "document")),
        ("author", _people(item, {"author", "presenter", "director", "programmer", "podcaster"})),
        ("editor", _people(item, {"editor"})),
        ("translator", _people(item, {"translator"})),
        ("container-title", _any(item, _CONTAINERS)),
        ("publisher", _any(item, _PUBLISHERS)),
        ("publisher-place", text_in(item, "place")),
        ("issued", day(_any(item, ["date", "dateEnacted", "dateDecided", "issueDate"]))),
        ("volume", text_in(item, "volume")),
        ("issue", text_in(item, "issue")),
        ("page", text_in(item, "pages")),
        ("number", _any(item, _NUMBERS)),
        ("edition", text_in(item, "edition")),
        ("DOI", doi(text_in(item, "DOI")) or ""),
        ("ISBN", isbn(re.split(r"[ ,;]", text_in(item, "ISBN"))[0]) or ""),
        ("ISSN", text_in(item, "ISSN")[:9]),
        ("URL", web_address(text_in(item, "url")) or ""),
        ("language", text_in(item, "language")),
    )


def _any(item: Any, names: list[str]) -> str:
    return next((text for name in names if (text := text_in(item, name))), "")


def _people(item: Any, roles: set[str]) -> tuple[Name, ...]:
    found = []
    for each in members(item, "creators"):
        family, given = text_in(each, "lastName"), text_in(each, "firstName")
        if text_in(each, "creatorType") not in roles:
            continue
        if family and given:
            found.append(Name(family=family, given=given))
        elif literal := text_in(each, "name") or family:
            found.append(Name(literal=literal))
    return tuple(dict.fromkeys(found))
