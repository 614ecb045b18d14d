"""The works that styles are shown with: one of each type of CSL 1.0.2.

Where the collection that comes with northbib has a work of a type, it stands here. All others are
made up, and plainly so: their texts and names say what they stand for, and their date is always
the last of January 2000.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ARTICLE", "SPECIMENS", "is_made_up"]

Item = dict[str, Any]
"""A work as CSL-JSON."""


def is_made_up(item: Mapping[str, Any]) -> bool:
    """Tell whether a specimen stands for no work that there is."""
    return bool(item["id"] == item["type"])


def _day(year: int, *rest: int) -> dict[str, Any]:
    return {"date-parts": [[year, *rest]]}


def _person(family: str, given: str) -> dict[str, str]:
    return {"family": family, "given": given}


ARTICLE: Item = {
    "id": "lee2017cards",
    "type": "article-journal",
    "title": "Powerhouse of cards? Understanding the ‘Northern Powerhouse’",
    "author": [_person("Lee", "Neil")],
    "issued": _day(2017),
    "container-title": "Regional Studies",
    "volume": "51",
    "issue": "3",
    "page": "478-489",
    "DOI": "10.1080/00343404.2016.1196289",
}
"""The work of the example line of each style."""

_REAL: tuple[Item, ...] = (
    ARTICLE,
    {
        "id": "nathan2020swings",
        "type": "article-magazine",
        "title": "In brief: Swings and silicon roundabouts: does cluster policy work?",
        "author": [_person("Nathan", "Max")],
        "issued": _day(2020),
        "container-title": "CentrePiece",
    },
    {
        "id": "cellanjones2014northern",
        "type": "article-newspaper",
        "title": "Can a northern tech cluster take off?",
        "author": [_person("Cellan-Jones", "Rory")],
        "issued": _day(2014, 10, 23),
        "container-title": "BBC News",
        "container-title-short": "BBC",
        "URL": "https://www.bbc.co.uk/news/technology-29737066",
    },
    {
        "id": "blakeley2023devolution",
        "type": "book",
        "title": (
            "Devolution in Greater Manchester and Liverpool City Region: The first mayoral term"
        ),
        "author": [_person("Blakeley", "Georgina"), _person("Evans", "Brendan")],
        "issued": _day(2023),
        "publisher": "Manchester University Press",
        "publisher-place": "Manchester",
        "ISBN": "9781526133595",
    },
    {
        "id": "berry2018intro",
        "type": "chapter",
        "title": "Introduction: Powerhouse Politics and Economic Development in the North",
        "author": [_person("Berry", "Craig"), _person("Giovannini", "Arianna")],
        "editor": [_person("Berry", "Craig"), _person("Giovannini", "Arianna")],
        "issued": _day(2018),
        "container-title": (
            "Developing England's North: The Political Economy of the Northern Powerhouse"
        ),
        "publisher": "Palgrave Macmillan",
        "DOI": "10.1007/978-3-319-62560-7_1",
    },
    {
        "id": "ons2018gvab",
        "type": "dataset",
        "title": "Regional economic activity by gross value added (balanced), UK: 1998 to 2017",
        "author": [{"literal": "Office for National Statistics"}],
        "issued": _day(2018, 12),
        "publisher": "Office for National Statistics",
        "URL": (
            "https://www.ons.gov.uk/economy/grossvalueaddedgva/bulletins"
            "/regionalgrossvalueaddedbalanceduk/1998to2017"
        ),
    },
    {
        "id": "act2011localism",
        "type": "legislation",
        "title": "Localism Act 2011",
        "author": [{"literal": "United Kingdom"}],
        "issued": _day(2011, 11, 15),
        "number": "2011 c. 20",
        "URL": "https://www.legislation.gov.uk/ukpga/2011/20/contents",
    },
    {
        "id": "deas2008search",
        "type": "paper-conference",
        "title": (
            "The search for territorial fixes in sub-national governance: the politics of the"
            " city-region in Manchester, England"
        ),
        "author": [_person("Deas", "Iain")],
        "issued": _day(2008, 7),
        "container-title": (
            "Fourth Joint Congress of the Association of Collegiate Schools of Planning and the"
            " Association of European Schools of Planning, Chicago"
        ),
    },
    {
        "id": "lowndes2024cheers",
        "type": "post-weblog",
        "title": "Two cheers for combined authorities and their mayors",
        "author": [_person("Lowndes", "Vivien"), _person("Swann", "Phil")],
        "issued": _day(2024, 5, 16),
        "container-title": "INLOGOV Blog",
        "URL": (
            "https://inlogov.com/2024/05/16/two-cheers-for-combined-authorities-and-their-mayors"
        ),
    },
    {
        "id": "dft2021irp",
        "type": "report",
        "title": "Integrated Rail Plan for the North and Midlands",
        "author": [{"literal": "Department for Transport"}],
        "issued": _day(2021, 11, 18),
        "number": "CP 490",
        "publisher": "HM Government",
        "ISBN": "9781528629478",
        "URL": (
            "https://www.gov.uk/government/publications"
            "/integrated-rail-plan-for-the-north-and-the-midlands"
        ),
    },
    {
        "id": "clegg2014summit",
        "type": "speech",
        "title": "Nick Clegg at Northern Futures Summit",
        "author": [_person("Clegg", "Nick")],
        "issued": _day(2014, 11, 6),
        "container-title": "GOV.UK",
        "publisher": "Deputy Prime Minister's Office",
        "publisher-place": "Leeds",
        "URL": "https://www.gov.uk/government/speeches/nick-clegg-at-northern-futures-summit",
    },
    {
        "id": "morris2020institutions",
        "type": "thesis",
        "title": (
            "Can institutions adapt to new models of economic governance? Case studies in North"
            " East England and Tees Valley"
        ),
        "author": [_person("Morris", "Peter")],
        "issued": _day(2020, 6),
        "genre": "PhD thesis",
        "publisher": "Newcastle University",
        "publisher-place": "Newcastle upon Tyne",
    },
    {
        "id": "hmt2014vision",
        "type": "webpage",
        "title": "Chancellor sets a vision for a northern “powerhouse” of the British economy",
        "author": [{"literal": "HM Treasury"}],
        "issued": _day(2014, 6, 23),
        "container-title": "GOV.UK",
        "URL": (
            "https://www.gov.uk/government/news"
            "/chancellor-sets-a-vision-for-a-northern-powerhouse-of-the-british-economy"
        ),
    },
)

_SOMEBODY = [_person("Surname", "Forename")]
_DATE = _day(2000, 1, 31)
_IMPRINT: Item = {"publisher": "Name of a publisher", "publisher_place": "Place"}
_PAGES: Item = {"page": "1-9"}
_IN_VOLUME: Item = {"volume": "1", "issue": "2", **_PAGES}


def _made_up(type_: str, noun: str, role: str = "author", **fields: Any) -> Item:
    """Make a work that says what it is; of a variable's name `_` stands for the hyphen."""
    maker = f"{type_} {role}".replace("-", " ").replace("_", " ").title()
    names = {role: [_person(maker, "Forename")]} if role else {}
    given = {name.replace("_", "-"): value for name, value in fields.items()}
    return {
        "id": type_,
        "type": type_,
        "title": f"Title of {noun}",
        **names,
        "issued": _DATE,
        **given,
    }


_ENTRY: Item = {"editor": _SOMEBODY, "container_title": "Title of a work of reference"}
_REVIEW: Item = {
    "container_title": "Title of a journal",
    "reviewed_title": "Title of what is reviewed",
    "reviewed_author": _SOMEBODY,
}

_MADE_UP: tuple[Item, ...] = (
    _made_up("article", "a preprint", number="12", publisher="Name of a repository"),
    _made_up("bill", "a bill", "", number="12", authority="Name of a parliament"),
    _made_up("broadcast", "a broadcast", "director", medium="Radio", publisher="Name of a station"),
    _made_up("classic", "a classic", **_IMPRINT, volume="1"),
    _made_up("collection", "a collection", "editor", archive="Name of an archive", **_IMPRINT),
    _made_up("document", "a document", publisher="Name of a publisher"),
    _made_up("entry", "an entry", **_ENTRY, publisher="Name of a publisher"),
    _made_up("entry-dictionary", "an entry in a dictionary", **_ENTRY, **_IMPRINT, **_PAGES),
    _made_up("entry-encyclopedia", "an entry in an encyclopedia", **_ENTRY, **_IMPRINT, **_PAGES),
    _made_up("event", "an event", "organizer", event_date=_DATE, event_place="Place"),
    _made_up("figure", "a figure", container_title="Title of a book", number="3", **_IMPRINT),
    _made_up("graphic", "a picture", medium="Oil on canvas", archive="Name of a museum"),
    _made_up(
        "hearing",
        "a hearing",
        "",
        authority="Name of a committee",
        number="12",
        event_place="Place",
    ),
    _made_up("interview", "an interview", interviewer=_SOMEBODY, medium="Recording"),
    _made_up(
        "legal_case",
        "a case",
        "",
        authority="Name of a court",
        container_title="Title of a law report",
        volume="1",
        page="23",
        number="12",
    ),
    _made_up("manuscript", "a manuscript", genre="Manuscript", archive="Name of an archive"),
    _made_up("map", "a map", genre="Map", scale="1:25000", **_IMPRINT),
    _made_up("motion_picture", "a film", "director", publisher="Name of a studio"),
    _made_up("musical_score", "a score", "composer", **_IMPRINT),
    _made_up("pamphlet", "a pamphlet", **_IMPRINT),
    _made_up(
        "patent",
        "a patent",
        number="12345",
        authority="Name of a patent office",
        jurisdiction="Country",
        submitted=_day(1999, 1, 31),
    ),
    _made_up("performance", "a performance", "performer", event_title="Title of a festival"),
    _made_up("periodical", "a periodical", "editor", volume="1", **_IMPRINT),
    _made_up("personal_communication", "a letter", genre="Letter", recipient=_SOMEBODY),
    _made_up("post", "a post", container_title="Title of a forum", genre="Post"),
    _made_up("regulation", "a regulation", "", authority="Name of an authority", number="12"),
    _made_up("review", "a review", **_REVIEW, **_IN_VOLUME),
    _made_up("review-book", "a review of a book", **_REVIEW, **_IN_VOLUME),
    _made_up("software", "a program", version="1.2", **_IMPRINT),
    _made_up("song", "a song", "composer", container_title="Title of an album", medium="Recording"),
    _made_up("standard", "a standard", "", authority="Name of a standards body", number="12"),
    _made_up("treaty", "a treaty", "", container_title="Title of a treaty series", **_IN_VOLUME),
)

SPECIMENS: tuple[Item, ...] = tuple(sorted((*_REAL, *_MADE_UP), key=lambda item: item["type"]))
"""The works in the order of their types; the id of one that is made up is its type."""
