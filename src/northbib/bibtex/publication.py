"""Where and by whom a work was published: publisher, place, number, pages, notes and addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.latex import to_plain, to_rich, to_verbatim
from northbib.bibtex.localisation import COUNTRIES
from northbib.bibtex.names import split_list
from northbib.bibtex.source import escape, to_source, verbatim
from northbib.bibtex.tables import (
    EPRINTS,
    ISSUE_TYPES,
    PUBLISHERS,
    number_variable,
    publisher_field,
)
from northbib.bibtex.titles import cut_off, joined
from northbib.records.text import plain

if TYPE_CHECKING:
    from northbib.bibtex.draft import Draft

__all__ = [
    "list_source",
    "pages_source",
    "place_source",
    "read_addresses",
    "read_publication",
    "write_publication",
]

_DASHES = re.compile(r"\s*[-–—]+\s*")
_LONG_DASHES = re.compile(r"\s*(?:-*[–—][-–—]*|--+)\s*")
_USUAL_PAGES = re.compile(r"([0-9]+)--?([0-9]+)")
_HYPHEN = re.compile(r"(?<![-–—])-(?![-–—])")
_ONLY_URL = re.compile(r"(?:\\url\s*\{([^{}]*)\}|((?:https?|ftp)://[^\s{}]+))\.?")
_ADDRESS = re.compile(r"(?:[a-z]+://|www\.)\S+", re.IGNORECASE)
_RESOLVER = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_ARXIV = re.compile(r"arxiv:\s*", re.IGNORECASE)
_AND = re.compile(r"\sand\s", re.IGNORECASE)
_ONE_PLACE = re.compile(
    r"Antigua and Barbuda|Bosnia and Herzegovina|Brighton and Hove|Dumfries and Galloway"
    r"|Hammersmith and Fulham|Kensington and Chelsea|Newfoundland and Labrador|Perth and Kinross"
    r"|Redcar and Cleveland|Saint Kitts and Nevis|São Tomé and Príncipe|Trinidad and Tobago"
    r"|Tyne and Wear|Windsor and Maidenhead"
)
"""Places with an `and` in their name, which nobody puts into braces."""


def read_publication(draft: Draft) -> None:
    """Read publisher, place, number, pages and notes."""
    fields, values = draft.fields, draft.values
    if "howpublished" in fields:
        _read_way(draft)
    usual = publisher_field(draft.type)
    for name in (usual, *PUBLISHERS):
        if name in fields:
            values["publisher"] = text = to_rich(fields.pop(name))
            draft.keep_name(name, usual, PUBLISHERS, text)
            break
    if "location" in fields:
        _read_place(draft, fields.pop("location"))
    if "number" in fields or "issue" in fields:
        _read_number(draft)
    if "pages" in fields:
        values["page"] = page = _pages(fields.pop("pages"))
        if "eid" in fields and to_plain(fields["eid"]) == page:
            draft.extra["pages"] = page
    elif "eid" in fields:
        values["page"] = draft.extra["eid"] = _pages(fields.pop("eid"))
    if "addendum" in fields:
        _read_addendum(draft)


def _read_way(draft: Draft) -> None:
    """Read a `howpublished` that is nothing but an address."""
    source = draft.fields["howpublished"]
    address = _ONLY_URL.fullmatch(source) or _ONLY_URL.fullmatch(to_plain(source))
    if address is not None:
        del draft.fields["howpublished"]
        url = to_verbatim(address[1] or address[2].rstrip("."))
        draft.fields.setdefault("url", url)
        if _ADDRESS.fullmatch(url) is not None:
            draft.extra["howpublished"] = url


def _read_place(draft: Draft, source: str) -> None:
    if draft.type != "patent":
        draft.values["publisher-place"] = _listed(source)
        return
    places = [to_rich(place) for place in split_list(source)]
    draft.values["jurisdiction"] = "; ".join(COUNTRIES.get(place, place) for place in places)
    if not COUNTRIES.keys().isdisjoint(places):
        draft.extra["location"] = " and ".join(places)


def _listed(source: str) -> str:
    """Give a list of places as one text: biblatex's "and" is in no language, CSL's text is."""
    if _AND.search(source) is None or _ONE_PLACE.search(source) is not None:
        return to_rich(source)
    return "; ".join(place for place in map(to_rich, split_list(source)) if place)


def _read_number(draft: Draft) -> None:
    number = to_rich(draft.fields.pop("number", ""))
    variable = number_variable(draft.type, in_series="series" in draft.fields)
    if variable == "issue" and "issue" in draft.fields:
        issue = to_rich(draft.fields.pop("issue"))
        draft.extra["issue"] = plain(issue)
        number = f"{number}, {issue}" if number else issue
    if number:
        draft.values[variable] = number


def _pages(source: str) -> str:
    """Give pages with hyphens for ranges; with dashes if hyphens are parts of their numbers."""
    usual = _USUAL_PAGES.fullmatch(source)
    if usual is not None:
        return f"{usual[1]}-{usual[2]}"
    text = to_rich(source)
    if _HYPHEN.search(text) is not None and _LONG_DASHES.search(text) is not None:
        return _LONG_DASHES.sub("–", text)
    return _DASHES.sub("-", text)


def _read_addendum(draft: Draft) -> None:
    note, addendum = (to_rich(draft.fields.pop(name, "")) for name in ("note", "addendum"))
    draft.values["note"] = joined(note, addendum, is_addition=True)
    draft.extra["addendum"] = plain(addendum)


def read_addresses(draft: Draft) -> None:
    """Read the DOI, and where a copy is that `eprint` names."""
    fields, values = draft.fields, draft.values
    if "doi" in fields:
        doi = to_verbatim(fields.pop("doi"))
        values["DOI"] = _RESOLVER.sub("", doi, count=1) if _RESOLVER.match(doi) else doi
    if "eprint" in fields and "eprinttype" in fields:
        eprint, kind = to_verbatim(fields["eprint"]), to_rich(fields["eprinttype"])
        for variable, value in _copies(eprint, kind).items():
            given = fields.get(variable.lower())
            if given is None:
                values[variable] = value
            elif to_verbatim(given) == value:
                draft.extra[variable.lower()] = value


def _copies(eprint: str, kind: str) -> dict[str, str]:
    """Give the variables that follow from `eprint` and `eprinttype`."""
    if not eprint or kind.lower() not in EPRINTS:
        return {}
    form, variable = EPRINTS[kind.lower()]
    found = {"URL": form.format(_ARXIV.sub("", eprint, count=1))}
    return found | ({variable: eprint} if variable else {})


def write_publication(draft: Draft) -> None:
    """Write what `read_publication` and `read_addresses` read, where it has forms of its own."""
    values, fields, extra = draft.values, draft.fields, draft.extra
    for variable, value in _copies(extra.get("eprint", ""), extra.get("eprinttype", "")).items():
        if values.get(variable) == value and extra.pop(variable.lower(), None) != value:
            del values[variable]
    publisher = values.pop("publisher", None)
    if isinstance(publisher, str):
        name = draft.name_kept(publisher_field(draft.type), PUBLISHERS, publisher)
        fields[name] = list_source(to_source(publisher))
    _write_place(draft)
    _write_number(draft)
    _write_pages(draft)
    _write_addendum(draft)
    if _ADDRESS.fullmatch(extra.get("howpublished", "")) is not None:
        fields["howpublished"] = f"\\url{{{verbatim(extra.pop('howpublished'))}}}"


def _write_place(draft: Draft) -> None:
    variable = "jurisdiction" if draft.type == "patent" else "publisher-place"
    place = draft.values.pop(variable, None)
    if not isinstance(place, str):
        return
    given = draft.extra.pop("location", None)
    if given is not None and variable == "jurisdiction":
        words = (COUNTRIES.get(one, one) for one in given.split(" and "))
        if "; ".join(words) == place:
            draft.fields["location"] = escape(given)
            return
    draft.fields["location"] = place_source(place)


def place_source(place: str) -> str:
    """Give the source of places, which are a list in BibLaTeX."""
    parts = [list_source(to_source(part)) for part in place.split("; ")]
    source = " and ".join(parts)
    return source if _listed(source) == place else f"{{{to_source(place)}}}"


def list_source(source: str) -> str:
    """Give the source of one item of a list, in braces if there is an `and` in it."""
    return f"{{{source}}}" if _AND.search(source) else source


def _write_pages(draft: Draft) -> None:
    page = draft.values.pop("page", None)
    if not isinstance(page, str):
        return
    if draft.extra.pop("pages", None) != page and draft.extra.get("eid") == page:
        del draft.extra["eid"]
        draft.fields["eid"] = to_source(page)
    else:
        draft.fields["pages"] = pages_source(page)


def pages_source(page: str) -> str:
    """Give the source of pages, with the dash of ranges."""
    source = to_source(page)
    return source.replace("–" if "–" in source else "-", "--")


def _write_number(draft: Draft) -> None:
    if draft.type not in ISSUE_TYPES:
        return
    number = draft.values.pop("issue", None)
    if not isinstance(number, str):
        return
    issue = draft.extra.pop("issue", "")
    head = number.removesuffix(issue)
    if issue and head != number and (not head or head.endswith(", ")):
        draft.fields["issue"] = to_source(issue)
        number = head.removesuffix(", ")
    if number:
        draft.fields["number"] = to_source(number)


def _write_addendum(draft: Draft) -> None:
    addendum, note = draft.extra.get("addendum", ""), draft.values.get("note")
    if not addendum or not isinstance(note, str):
        return
    del draft.extra["addendum"]
    parts = cut_off(note, addendum, is_addition=True)
    if parts is not None:
        del draft.values["note"]
        sources = zip(("note", "addendum"), map(to_source, parts), strict=True)
        draft.fields.update((name, source) for name, source in sources if source)
