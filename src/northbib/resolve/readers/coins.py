"""COinS: a citation written into the title of an empty span, as a query string.

Source: OpenURL ContextObject in SPAN (COinS), stable version 1.0; the KEV formats of ANSI/NISO
Z39.88-2004 for journals, books, dissertations, patents and Dublin Core.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from northbib.exchange.coins import keys_of, type_of
from northbib.records import Name
from northbib.records.identifiers import doi, isbn
from northbib.resolve.claims import Claim
from northbib.resolve.clean import line, rich
from northbib.resolve.days import read_date
from northbib.resolve.html import selector
from northbib.resolve.kinds import csl_type
from northbib.resolve.people import person_or_body

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from northbib.resolve.readers.parts import Page

__all__ = ["SOURCE", "read_coins"]

SOURCE = "page:coins"

_SPANS = selector(".//span[contains(@class, 'Z3988')]")
_LONGEST = 10_000
# A page with more of them sets one for each of its references.
_MOST = 3

_PLAIN = (
    "volume",
    "issue",
    "ISSN",
    "container-title-short",
    "publisher",
    "publisher-place",
    "edition",
    "language",
)
"""Variables that are taken as they stand."""


def read_coins(page: Page) -> list[Claim]:
    """Give the claims of the one COinS that describes the page; those of a reference list, none."""
    if "Z3988" not in page.source:
        return []
    spans = [keys for span in _SPANS(page.tree) if (keys := _keys(span.get("title") or ""))]
    if len(spans) > _MOST:
        return []
    own = [keys for keys in spans if page.shows(line(_title(keys)))]
    chosen = own[:1] or (spans if len(spans) == 1 and not page.title else [])
    return [claim for keys in chosen for claim in _claims(keys, page) if claim.value]


def _keys(text: str) -> Mapping[str, list[str]]:
    if len(text) > _LONGEST:
        return {}
    try:
        keys = parse_qs(text, max_num_fields=200)
    except ValueError:
        return {}
    return keys if _title(keys) else {}


def _first(keys: Mapping[str, list[str]], *names: str) -> str:
    return next((keys[name][0] for name in names if name in keys), "")


def _title(keys: Mapping[str, list[str]]) -> str:
    return _first(keys, *keys_of("title"))


def _claims(keys: Mapping[str, list[str]], page: Page) -> Iterator[Claim]:
    yield Claim("title", rich(_title(keys)), SOURCE, "rft.atitle")
    yield Claim("type", _type(keys), SOURCE, "rft.genre")
    yield Claim("author", tuple(_names(keys)), SOURCE, "rft.au")
    is_part = "rft.atitle" in keys or _form(keys) == "dc"
    container = _first(keys, *keys_of("container-title")) if is_part else ""
    yield Claim("container-title", line(container), SOURCE, "rft.jtitle")
    if date := read_date(_first(keys, "rft.date"), page.language, page.host):
        yield Claim("issued", date, SOURCE, "rft.date")
    for field in _PLAIN:
        names = keys_of(field)
        yield Claim(field, line(_first(keys, *names)), SOURCE, names[0])
    yield Claim("page", line(_first(keys, "rft.pages")), SOURCE, "rft.pages")
    if "rft.pages" not in keys:
        ends = [line(_first(keys, name)) for name in ("rft.spage", "rft.epage")]
        yield Claim("page", "-".join(dict.fromkeys(filter(None, ends))), SOURCE, "rft.spage")
    yield Claim("ISBN", isbn(_first(keys, "rft.isbn")) or "", SOURCE, "rft.isbn")
    for identifier in keys.get("rft_id", []):
        if found := doi(identifier):
            yield Claim("DOI", found, SOURCE, "rft_id")


def _form(keys: Mapping[str, list[str]]) -> str:
    return _first(keys, "rft_val_fmt").rpartition(":")[2]


def _type(keys: Mapping[str, list[str]]) -> str:
    named = _first(keys, "rft.type")
    kind = type_of(_form(keys), _first(keys, "rft.genre"), named)
    return kind or (csl_type(named) or "" if _form(keys) == "dc" else "")


def _names(keys: Mapping[str, list[str]]) -> Iterator[Name]:
    family, given = _first(keys, "rft.aulast"), _first(keys, "rft.aufirst", "rft.auinit")
    written = [*keys.get("rft.au", []), *keys.get("rft.creator", [])]
    first = person_or_body(f"{family}, {given}", is_person=True) if family and given else None
    others = [name for text in written if (name := person_or_body(text, is_person=True))]
    if first is not None and not (others and others[0].family == first.family):
        yield first
    yield from others
    yield from (Name(literal=body) for text in keys.get("rft.aucorp", []) if (body := line(text)))
