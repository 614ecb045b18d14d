"""PNX, the normalised records of Primo and Alma discovery (Ex Libris), read only.

Source: "The PNX Record" in the technical guide of Primo. What a program shall cite stands in
`addata`; what people see, in `display`, where `$$` and a letter begin another part of a value.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from northbib.exchange import ris, xml
from northbib.exchange.languages import tag_of
from northbib.exchange.people import name_of
from northbib.exchange.relators import role_of
from northbib.exchange.tagged import Fields, all_of, first_of
from northbib.exchange.worded_dates import worded_date
from northbib.records import Name, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from lxml.etree import _Element

    from northbib.exchange.protocol import Read
    from northbib.records import Value

__all__ = ["TYPES", "decode", "read"]

TYPES: dict[str, str] = {
    "article-journal": "article",
    "article-newspaper": "newspaper_article",
    "book": "book",
    "chapter": "book_chapter",
    "dataset": "dataset",
    "entry-encyclopedia": "reference_entry",
    "graphic": "image",
    "legal_case": "legal_document",
    "manuscript": "manuscript",
    "map": "map",
    "motion_picture": "video",
    "musical_score": "score",
    "paper-conference": "conference_proceeding",
    "patent": "patent",
    "periodical": "journal",
    "report": "report",
    "review": "review",
    "song": "audio",
    "standard": "standard",
    "thesis": "dissertation",
    "webpage": "website",
}
"""CSL type -> the value of `display/type`."""

_ALSO = {
    "archival_material": "manuscript",
    "audio_video": "motion_picture",
    "collection": "book",
    "government_document": "report",
    "magazinearticle": "article-magazine",
    "media": "motion_picture",
    "microform": "book",
    "statistical_data_set": "dataset",
    "technical_report": "report",
    "text_resource": "article-journal",
    "theses": "thesis",
    "web_resource": "webpage",
}
_TYPE_OF = {name: type_ for type_, name in TYPES.items()} | _ALSO
_IN_OTHERS = frozenset(
    "article-journal article-magazine article-newspaper review paper-conference".split()
)

_TEXTS: dict[str, tuple[str, ...]] = {
    "volume": ("addata/volume",),
    "issue": ("addata/issue",),
    "part-number": ("addata/part",),
    "number": ("addata/artnum",),
    "edition": ("display/edition", "addata/edition"),
    "publisher": ("addata/pub",),
    "publisher-place": ("addata/cop", "display/place"),
    "DOI": ("addata/doi",),
    "PMID": ("addata/pmid",),
    "container-title-short": ("addata/stitle",),
    "abstract": ("addata/abstract",),
    "note": ("addata/notes",),
    "original-title": ("display/unititle",),
}
"""Variable -> the paths that hold it."""

_EXTRAS = {
    "accession": "control/recordid",
    "oclc": "addata/oclcid",
    "lccn": "addata/lccn",
    "degree": "addata/degree",
}
_SHOWN_DATE = "display/creationdate"
_SECTIONS = frozenset("control display links search facets addata".split())
_UNSORTED = re.compile(r"<<|>>|\u0098|\u009c|[\u200c-\u200f]")
_STATEMENT = re.compile(r"\s+/\s.*", re.DOTALL)
_LIFE = re.compile(r",?\s*\(?\d{3,4}-(?:\d{3,4})?\)?\.?.*")
_ROLE = re.compile(r"[\[<(]([^\[\]<>()]+)[\]>)]")
_COUNT = re.compile(r"(?:\b[xvi]+[-, ]+)?\b(\d+)(?:[ -]*\])?\s*(?:p|pp|pages|S|с|str|Seiten)\b\.?")


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the records of a file.

    Raises:
        InputError: It is not well-formed XML, or holds no record of Primo.
    """
    refusal = "not PNX: there is no record with display or addata"
    return xml.records(source, name, ["{*}record"], _record, refusal)


def _record(element: _Element) -> Record | None:
    if element.find("{*}display") is None and element.find("{*}addata") is None:
        return None
    return decode(tuple(_fields(element)))


def _fields(record: _Element) -> Iterator[tuple[str, str]]:
    for section in record:
        name = xml.local_name(section)
        if name in _SECTIONS:
            for part in section:
                yield f"{name}/{xml.local_name(part)}", _clean(xml.text_of(part))


def _clean(text: str) -> str:
    # Catalogues escape twice.
    return _UNSORTED.sub("", html.unescape(text)).strip()


def decode(native: Fields) -> Record:
    """Give the record of a PNX record's parts: section and element, and the text."""
    kind = _kind(native)
    values: dict[str, Value] = {}
    for variable, paths in _TEXTS.items():
        if text := _seen(first_of(native, *paths)):
            values[variable] = text
    values |= {name: text for name, text in _titles(native, kind).items() if text}
    values |= _people(native)
    if date := worded_date(first_of(native, "addata/risdate", "addata/date", _SHOWN_DATE)):
        values["issued"] = date
    values |= {name: text for name, text in _details(native, kind).items() if text}
    extra = {name: "; ".join(dict.fromkeys(all_of(native, path))) for name, path in _EXTRAS.items()}
    return Record(
        "", kind, values, _topics(native), {name: text for name, text in extra.items() if text}
    )


def _kind(native: Fields) -> str:
    shown = first_of(native, "display/type").lower()
    kind = _TYPE_OF.get(shown) or _TYPE_OF.get(shown.removesuffix("s"))
    told = ris.type_of(first_of(native, "addata/ristype"))
    if kind in (None, "book") and told not in ("document", ""):
        return told
    return kind or told or "document"


def _seen(text: str) -> str:
    """Give the part of a value that is shown."""
    return text.partition("$$")[0].strip()


def _titles(native: Fields, kind: str) -> dict[str, str]:
    shown = _STATEMENT.sub("", _seen(first_of(native, "display/title"))).strip(" /")
    own = first_of(native, "addata/atitle", "addata/btitle", "addata/jtitle", "addata/title")
    series, _, number = first_of(native, "addata/seriestitle", "display/series").partition(";")
    container = ""
    if kind in _IN_OTHERS:
        container = first_of(native, "addata/jtitle", "facets/jtitle", "search/addtitle")
    elif kind in ("chapter", "entry-encyclopedia") and first_of(native, "addata/atitle"):
        container = first_of(native, "addata/btitle", "addata/jtitle")
    return {
        "title": shown or own.removesuffix("."),
        "container-title": container,
        "collection-title": _seen(series),
        "collection-number": number.strip(),
    }


def _people(native: Fields) -> dict[str, Value]:
    """Give who has a part in it; those who are not its authors by the role that is shown."""
    authors = all_of(native, "addata/au")
    bodies = all_of(native, "addata/aucorp")
    if not authors + bodies:
        shown = (_seen(text) for text in all_of(native, "display/creator"))
        authors = [one for text in shown for one in text.split(" ; ")]
    people: dict[str, list[Name]] = {"author": [*map(_name, authors)]}
    people["author"] += [Name(literal=body) for body in bodies]
    roles = {_name(_called(text)): _role(text) for text in all_of(native, "display/contributor")}
    for text in all_of(native, "addata/addau"):
        name = _name(text)
        people.setdefault(roles.get(name) or "contributor", []).append(name)
    return {role: tuple(dict.fromkeys(names)) for role, names in people.items() if names}


def _called(text: str) -> str:
    _, sign, name = text.partition("$$Q")
    return name.partition("$$")[0] if sign else _ROLE.sub("", _seen(text))


def _role(text: str) -> str:
    found = _ROLE.search(_seen(text))
    return role_of(found[1]) if found else ""


def _name(text: str) -> Name:
    return name_of(_LIFE.sub("", text).strip(" .,"))


def _details(native: Fields, kind: str) -> dict[str, str]:
    pages = first_of(native, "addata/pages")
    ends = [first_of(native, f"addata/{end}page") for end in "se"]
    count = _COUNT.search(first_of(native, "display/format"))
    called = (re.search(r"\$\$2\(?([^$]*?)\)?\s*(?:\$\$|$)", text) for text in _held(native))
    link = re.search(r"\$\$U([^$\s]+)", first_of(native, "links/linktorsrc", "links/linktouc"))
    language = first_of(native, "display/language").partition(";")[0]
    return {
        "page": (pages or "-".join(filter(None, ends))) if kind != "book" else "",
        "number-of-pages": count[1] if count and kind not in _IN_OTHERS else "",
        "ISSN": " ".join(dict.fromkeys(all_of(native, "addata/issn", "addata/eissn"))),
        "ISBN": " ".join(dict.fromkeys(all_of(native, "addata/isbn", "addata/eisbn"))),
        "language": tag_of(language) if language else "",
        "call-number": "; ".join(dict.fromkeys(match[1].strip() for match in called if match)),
        "URL": link[1] if link else "",
    }


def _held(native: Fields) -> list[str]:
    return all_of(native, "display/availlibrary")


def _topics(native: Fields) -> tuple[str, ...]:
    shown = (_seen(text) for text in all_of(native, "display/subject"))
    words = [word.strip(" .") for text in shown for word in text.split(" ; ")]
    return tuple(dict.fromkeys(filter(None, words or all_of(native, "facets/topic"))))
