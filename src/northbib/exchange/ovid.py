"""Exports of Ovid, by tags (`AU  - …`) or by the names of fields with their text below; read only.

Sources: the field guides of the databases on Ovid. Where a work stands is one line (`SO`) of a
form that each database has for itself; what is not found in it is kept as it stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.exchange.languages import tag_of
from northbib.exchange.people import name_of
from northbib.exchange.pubmed import person, untranslated, whole_pages
from northbib.exchange.scheme import Scheme, decoded
from northbib.exchange.tagged import Fields, Lines, all_of, first_of, numbered_lines, with_signs
from northbib.exchange.worded_dates import worded_date
from northbib.records import Name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.findings import Finding
    from northbib.records import Date, Record, Value

__all__ = ["TYPES", "decode", "read"]

TYPES: dict[str, str] = {
    "article-journal": "Article",
    "book": "Book",
    "chapter": "Book Chapter",
    "paper-conference": "Conference Paper",
    "patent": "Patent",
    "report": "Report",
    "thesis": "Dissertation",
}
"""CSL type -> publication type."""

_WORDS = {
    "chapter": "chapter",
    "section": "chapter",
    "dissertation": "thesis",
    "thesis": "thesis",
    "conference": "paper-conference",
    "meeting": "paper-conference",
    "proceeding": "paper-conference",
    "patent": "patent",
    "report": "report",
    "journal": "article-journal",
    "article": "article-journal",
    "review": "article-journal",
    "book": "book",
    "monograph": "book",
}
"""Word in a publication type -> CSL type; the first that is found counts."""

_NAMED = {
    "abstract": "AB",
    "accession number": "AN",
    "author": "AU",
    "authors": "AU",
    "author keywords": "KW",
    "book title": "BT",
    "chapter title": "CH",
    "date of publication": "DP",
    "descriptors": "DE",
    "digital object identifier": "DO",
    "document type": "DT",
    "doi": "DO",
    "doi number": "DO",
    "editor": "ED",
    "editors": "ED",
    "institution": "IN",
    "isbn": "IB",
    "issn": "IS",
    "issn electronic": "IS",
    "issn print": "IS",
    "issue/part": "IP",
    "journal name": "JN",
    "keyword": "KW",
    "keywords": "KW",
    "language": "LG",
    "page": "PG",
    "pages": "PG",
    "pmid": "PM",
    "publication type": "PT",
    "publisher": "PB",
    "series information": "SE",
    "source": "SO",
    "status": "ST",
    "subject headings": "DE",
    "mesh subject headings": "DE",
    "title": "TI",
    "unique identifier": "AN",
    "url": "JL",
    "volume": "VO",
    "year": "YR",
    "year of publication": "YR",
}
"""Name of a field, in small letters -> its tag."""

_SCHEME = Scheme(
    key="",
    keyword="KW",
    note="NT",
    serial="IS",
    names={},
    texts={
        "title": "TI",
        "container-title": "BT",
        "collection-title": "SE",
        "volume": "VO",
        "issue": "IP",
        "page": "PG",
        "publisher": "PB",
        "publisher-place": "CP",
        "DOI": "DO",
        "PMID": "PM",
        "URL": "JL",
        "language": "LG",
        "archive": "DB",
        "abstract": "AB",
        "note": "NT",
    },
    by_type={
        "paper-conference": {"issue": "IP"},
        "patent": {"issue": "IP", "number": "PN"},
        "report": {"number": "RN"},
    },
    others={
        "container-title": ("JN", "JT", "JF"),
        "DOI": ("DI",),
        "publisher": ("PU",),
        "URL": ("IU", "UR"),
    },
    extras={
        "AN": "accession",
        "IN": "affiliation",
        "PA": "assignee",
        "RO": "copyright",
        "SO": "ovid-source",
        "ST": "ovid-status",
        "UI": "accession",
        "XL": "ovid-link",
    },
    passed=frozenset({"VN", "UP", "DD", "AU", "FA", "ED", "PT", "DT", "YR", "DP", "IB", "score"}),
    prefix="ovid-",
)

_LONGEST = 2000
"""How long a place or a name can be, so that no form is tried on a whole book."""

_START = re.compile(r"<\s*\d+\s*\.?\s*>\s*")
_TAGGED = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  - ?(?P<value>.*)")
_FIELD_BEFORE_TEXT = re.compile(r"(?P<name>[A-Z][A-Za-z ]{3,40}):  .*")
_FIELD = re.compile(r"(?P<name>[A-Z][A-Za-z /,()-]{2,60}?)\s*")
_WITH_INITIALS = re.compile(r"[^\W\d_][^\W\d_][\w'’ -]* [A-Z]{1,3}")
_MARKS = re.compile(r"(?:(?<=\w\w)\.|[\s*+\d;,]|\s\(\d+\))+$")
_DEGREES = re.compile(
    r"(?:,?\s+(?:M\.?D|Ph\.?D|R\.?N|M\.?Sc|B\.?Sc|M\.?P\.?H|F\.?A\.?A\.?N|D\.?O|M\.?A|Dr\.?P\.?H)\.?)+$"
)
_IN_BRACKETS = re.compile(r"(?<!\s)\s*\[[^\[\]]*\]")
_IS_EDITOR = re.compile(r"\[(?:[^\[\]]*\b)?Eds?(?:itors?)?\b[^\[\]]*\]", re.IGNORECASE)
_PLACES = (
    # Journal of Hepatology. 62 (1) (pp 1-9), 2015. Date of Publication: 01 Jan 2015.
    re.compile(
        r"(?P<title>.+?)\.\s+(?P<volume>\d+)\s*(?:\((?P<issue>[^()]*)\)\s*)?"
        r"\((?:pp\s+(?P<pages>[\w-]+)|no pagination)\),\s*"
        r"(?:\d{4}\.\s*(?:Article Number: [\w-]+\.\s*)?Date of Publication:\s*)?"
        r"(?P<date>[^:.]*\d{4})\.?"
    ),
    # Journal of Political Studies 12, Winter 2007: 7-14
    re.compile(
        r"(?P<title>.+?),?\s+(?P<volume>\d+)(?:\((?P<issue>[^)]*)\))?,\s*(?P<date>[^:]+):\s*"
        r"(?P<pages>[\w-]+)"
    ),
    # Journal of Current Southeast Asian Affairs, 2013(1): 3-28
    re.compile(
        r"(?P<title>.+?),\s+(?P<volume>\d+)\((?P<issue>[^)]*)\):\s*(?P<pages>[\w-]+)(?P<date>)"
    ),
    # Nursing Science Quarterly.   28(2):103-106, April 2015
    re.compile(
        r"(?P<title>.+?)\.?\s+(?P<volume>\d+)\s*(?:\((?P<issue>[^)]*)\))?\s*:\s*"
        r"(?P<pages>[\w.-]+)(?:,\s*(?P<date>.+?))?"
    ),
    # American Journal Of Industrial Medicine June 2015;58(6):688-696
    re.compile(
        r"(?P<title>.+?)\.?\s+(?P<date>(?:[A-Z][a-z]+\s+)?(?:\d{1,2},?\s+)?\d{4});\s*"
        r"(?P<volume>\d+)(?:\((?P<issue>[^)]*)\))?:(?P<pages>[\w-]+)"
    ),
    # Very Long Title. Vol 28(2) April 2015, 103-106
    re.compile(
        r"(?P<title>.+?)\.\s+Vol\.?\s*(?P<volume>\d+)(?:\((?P<issue>[^)]*)\))?,?\s*"
        r"(?P<date>[^,]*\d{4}),\s*(?P<pages>[\w-]+)"
    ),
    # Official Gazette. 1288(3), Nov. 16, 2004
    re.compile(
        r"(?P<title>.+?)\.\s+(?P<volume>\d+)(?:\((?P<issue>[^)]*)\))?,\s*(?P<date>.*\d{4})(?P<pages>)"
    ),
    # Hydrobiologia. 2007 15 June; 433-441
    re.compile(
        r"(?P<title>.+?)\.\s+(?P<date>\d{4}[^;]*);\s*(?P<pages>\d[\w-]*)(?P<volume>)(?P<issue>)"
    ),
    # Methods in proteome and protein analysis.:371-397, 2004
    re.compile(r"(?P<title>.+?)\.?:\s*(?P<pages>[\w-]+),\s*(?P<date>\d{4})(?P<volume>)(?P<issue>)"),
)
"""Forms of the line that says where an article stands."""

_BOOK = re.compile(
    r"(?P<editors>.*?)\((?P<date>\d{4})\)\.\s*(?P<title>.+?)\.?\s+"
    r"(?:\(pp\. (?P<pages>[\w-]+)\)\s*)?(?:[\w, ]+ pp\.\s*)(?P<place>[^:]+):\s*(?P<publisher>.+)"
)
"""Editor (2015). Title. (pp. 103-106) x pp. Place: Publisher"""


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the citations of a file.

    Raises:
        InputError: No line of it is a tag or the name of a field.
    """
    lines = Lines()
    told: list[Finding] = []
    for _, line in numbered_lines(source, name, told):
        bare = line.lstrip("\ufeff")
        tag, value = _told(bare)
        if lines and (_START.fullmatch(bare) or tag == "score"):
            yield from _decoded(lines)
        if tag:
            lines.begin(tag, value)
        elif not _START.fullmatch(bare):
            lines.go_on(bare)
    if not lines:
        raise InputError("not an export of Ovid: no line is a tag or a field's name", where=name)
    yield from _decoded(lines)
    yield from told


def _decoded(lines: Lines) -> Iterator[Record]:
    fields = lines.taken(" ")
    if any(value for tag, value in fields if tag != "score"):
        yield decode(fields)


def _told(line: str) -> tuple[str, str]:
    """Give the tag that a line begins with, and what follows it."""
    tagged = _TAGGED.fullmatch(line)
    if tagged is not None:
        return tagged["tag"], tagged["value"]
    named = _FIELD.fullmatch(line) or _FIELD_BEFORE_TEXT.fullmatch(line)
    if named is None:
        return "", ""
    name = named["name"].lower()
    if name.startswith("link to the ovid full text"):
        return "XL", ""
    text = line.partition(":")[2] if named.re is _FIELD_BEFORE_TEXT else ""
    return _NAMED.get(name, re.sub(r"[^a-z]+", "-", name).strip("-")), text


def decode(native: Fields) -> Record:
    """Give the record of a citation."""
    fields = tuple(_usual(with_signs(native)))
    source, book = first_of(fields, "SO"), first_of(fields, "BT")
    place = _place(source) or (_place(book) if _EDITORS.fullmatch(book.strip(". ")) else {})
    kind = _kind(fields, place)
    more: dict[str, Value] = {}
    if authors := _people(fields, ("FA", "AU"), editors=False):
        more["author"] = authors
    edited = (*fields, ("ED", place.pop("ED", "")))
    if editors := _people(edited, ("ED",), editors=True):
        more["editor"] = editors
    if issued := _issued(fields, place):
        more["issued"] = issued
    if numbers := [number.partition(" (")[0] for number in all_of(fields, "IB")]:
        more["ISBN"] = " ".join(numbers)
    found = {tag: text for tag, text in place.items() if text and tag in ("BT", "JN")}
    found |= {tag: text for tag, text in place.items() if text and not first_of(fields, tag)}
    left = [(tag, value) for tag, value in fields if tag not in ("SO", *found) or not place]
    title = first_of(fields, "TI")
    if title:
        left = [(tag, value) for tag, value in left if tag != "BT" or not value.startswith(title)]
    if not place and source and kind == "article-journal":
        left.append(("JN", source.rstrip(". ")))
        left.remove(("SO", source))
    return decoded((*found.items(), *left), (kind, kind), _SCHEME, more)


def _usual(native: Fields) -> Iterator[tuple[str, str]]:
    """Give the lines with a value each, as records have them."""
    in_chapter = bool(first_of(native, "CH"))
    for tag, value in native:
        if tag in ("TI", "CH"):
            title = untranslated(re.sub(r"\.?\s*\[[A-Z][\w ]*\]$", "", value))
            yield ("TI" if tag == "CH" or not in_chapter else "BT"), title.strip('"')
        elif tag in ("KW", "DE", "MC", "ST", "SH") and tag != "ST":
            words = re.split(r";\s*" if ";" in value else r"\s*,\s+(?=[A-Z])", value)
            yield from (("KW", word.strip(" .,")) for word in words)
        elif tag == "LG":
            yield tag, tag_of(value.rstrip(". "))
        elif tag == "PB" and "," in value and not first_of(native, "CP"):
            house, _, town = value.partition(",")
            yield from (("PB", house.strip()), ("CP", town.strip()))
        elif tag == "SE":
            yield tag, untranslated(value)
        elif tag == "ST" and not value.startswith("Publish"):
            yield "KW", value
        else:
            yield tag, value


_EDITORS = re.compile(r"(?P<editors>.+\[(?:[^\]]*\b)?Ed(?:s|itors?)?\b[^\]]*\])\.?\s+(?P<rest>.+)")
_EDITOR = re.compile(r"\s*([^\[\]]+?)\s*\[[^\]]*\],?")


def _place(source: str) -> dict[str, str]:
    """Give what a line says of where a work stands, by tags; nothing if it has no known form."""
    text = source.strip().rstrip(".")
    if len(text) > _LONGEST:
        return {}
    if match := _EDITORS.fullmatch(text):
        inside = _in_articles(match["rest"])
        title = inside.pop("JN", "") or untranslated(_TITLE_OF_BOOK.findall(match["rest"])[0])
        return {**inside, "BT": title, "ED": "; ".join(_EDITOR.findall(match["editors"]))}
    return _in_articles(text) or _in_books(text)


_TITLE_OF_BOOK = re.compile(r"\[[^\]]*\]?|(?:[^.]|\.(?!\s))+")


def _in_articles(text: str) -> dict[str, str]:
    for form in _PLACES:
        if match := form.fullmatch(text):
            return {
                "JN": match["title"].strip(" ."),
                "VO": match["volume"] or "",
                "IP": match["issue"] or "",
                "PG": whole_pages(match["pages"] or ""),
                "DP": match["date"] or "",
            }
    return {}


def _in_books(text: str) -> dict[str, str]:
    if match := _BOOK.fullmatch(text):
        return {
            "BT": match["title"],
            "PG": match["pages"] or "",
            "CP": match["place"].strip(),
            "PB": match["publisher"].strip(),
            "DP": match["date"],
        }
    return {}


def _kind(fields: Fields, place: dict[str, str]) -> str:
    told = " ".join((first_of(fields, "PT"), first_of(fields, "DT"))).lower()
    kind = next((kind for word, kind in _WORDS.items() if word in told), "")
    if "BT" in place and kind in ("book", "") and first_of(fields, "TI"):
        return "chapter"
    if kind:
        return kind
    if first_of(fields, "IB", "BT"):
        return "book"
    return "article-journal"


def _people(fields: Fields, tags: tuple[str, ...], *, editors: bool) -> tuple[Name, ...]:
    written = next(filter(None, (all_of(fields, tag) for tag in tags)), [])
    if editors and not written:
        written = [text for text in all_of(fields, "AU") if _IS_EDITOR.search(text)]
    elif not editors:
        written = [text for text in written if not _IS_EDITOR.search(text)]
    bare = (_IN_BRACKETS.sub("", text) for text in written)
    names = (_name(one) for text in bare for one in _several(text))
    return tuple(name for name in names if name is not None)


def _several(text: str) -> list[str]:
    """Part names at semicolons; at commas, if initials stand behind each."""
    pieces = re.split(r",\s*", text.strip(" .,"))
    if len(pieces) > 1 and all(map(_WITH_INITIALS.fullmatch, pieces)):
        return pieces
    return re.split(r";\s*", text)


def _name(text: str) -> Name | None:
    if len(text) > _LONGEST:
        return Name(literal=text)
    bare = _MARKS.sub("", text).strip()
    short = _DEGREES.sub("", f" {bare}").strip()
    if not short or (bare != short and "," not in short and not short.count(" ")):
        return None
    return name_of(short) if "," in short else person(short)


def _issued(fields: Fields, place: dict[str, str]) -> Date | None:
    year = first_of(fields, "YR")
    day = first_of(fields, "DP") or place.get("DP", "")
    status = first_of(fields, "ST")
    written = day or (status.rpartition(",")[2] if status.startswith("Publish") else "")
    return worded_date(written, year) or worded_date(year)
