"""legislation.gov.uk: Acts and statutory instruments, from their metadata in CLML or Akoma Ntoso.

Source: https://legislation.github.io/data-documentation/.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.findings import Finding
from northbib.resolve.citations_of_law import LAWS, law_number
from northbib.resolve.claims import Answer
from northbib.resolve.http.results import Request
from northbib.resolve.sources.law_choices import choices, uncertain
from northbib.resolve.sources.payload import claims_of, day, local_name, text_of, xml_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from northbib.records import Value
    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "legislation"
SURE = 0.99
_CHOICE = 300
_SOURCE = "site:legislation.gov.uk"
_UKM = "{http://www.legislation.gov.uk/namespaces/metadata}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PATH = re.compile(
    r"legislation\.gov\.uk/(?:id/)?([a-z]+)/((?:\d{4}|[A-Z][A-Za-z]+\d?/[\d-]+)/\w+)"
)
_REPEALED = re.compile(r"\s*\((repealed|revoked)(?:\s[^()]*)?\)$", re.IGNORECASE)
_MAIN_TYPES = {
    "UnitedKingdomPublicGeneralAct": "ukpga",
    "UnitedKingdomLocalAct": "ukla",
    "UnitedKingdomPrivateOrPersonalAct": "ukppa",
    "ScottishAct": "asp",
    "WelshAssemblyMeasure": "mwa",
    "WelshNationalAssemblyAct": "anaw",
    "WelshParliamentAct": "asc",
    "UnitedKingdomChurchMeasure": "ukcm",
    "NorthernIrelandAct": "nia",
    "NorthernIrelandAssemblyMeasure": "mnia",
    "NorthernIrelandParliamentAct": "apni",
    "ScottishOldAct": "aosp",
    "EnglandAct": "aep",
    "IrelandAct": "aip",
    "GreatBritainAct": "apgb",
    "UnitedKingdomStatutoryInstrument": "uksi",
    "WelshStatutoryInstrument": "wsi",
    "ScottishStatutoryInstrument": "ssi",
    "NorthernIrelandOrderInCouncil": "nisi",
    "NorthernIrelandStatutoryRule": "nisr",
    "UnitedKingdomStatutoryRuleOrOrder": "uksro",
    "NorthernIrelandStatutoryRuleOrOrder": "nisro",
    "UnitedKingdomChurchInstrument": "ukci",
    "UnitedKingdomMinisterialOrder": "ukmo",
    "UnitedKingdomMinisterialDirection": "ukmd",
    "UnitedKingdomDraftStatutoryInstrument": "ukdsi",
    "ScottishDraftStatutoryInstrument": "sdsi",
    "NorthernIrelandDraftStatutoryRule": "nidsr",
    "EuropeanUnionRegulation": "eur",
    "EuropeanUnionDecision": "eudn",
    "EuropeanUnionDirective": "eudr",
}


def recognises(identifier: Identifier) -> bool:
    """Take laws of the United Kingdom."""
    return identifier.kind == "law"


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for the metadata of a law, in the forms that come without its text."""
    base = f"{address_of(NAME)}{identifier.value}"
    forms = ("resources/data.xml", "contents/data.xml", "introduction/data.xml")
    return tuple(Request(f"{base}/{form}", "application/xml", "record") for form in forms)


def read(response: Response, identifier: Identifier) -> Answer:
    """Read the metadata of a law.

    Raises:
        UncertainError: Several laws have that number.
        InputError: It is another document.
    """
    if response.status == _CHOICE and (laws := choices(response)):
        raise uncertain(laws, f"{len(laws)} laws have that number", identifier.value)
    root = xml_root(response.body, response.url, "legislation.gov.uk")
    if local_name(root) == "akomaNtoso":
        claims = claims_of(_of_drafting(root), _SOURCE)
    else:
        claims = claims_of(_fields(root), _SOURCE)
    title = next((str(claim.value) for claim in claims if claim.field == "title"), "")
    if not title:
        raise InputError("legislation.gov.uk did not answer with one law", where=response.url)
    return Answer(claims, response.url, _repealed(root))


def _fields(root: _Element) -> Iterator[tuple[str, Value | None]]:
    meta = root if root.tag == f"{_UKM}Metadata" else root.find(f".//{_UKM}Metadata")
    if meta is None:
        return
    title = _REPEALED.sub("", text_of(meta.find(f"{_DC}title")))
    year, number = _value(meta, "Year"), _value(meta, "Number")
    place = _PATH.search(root.get("IdURI") or text_of(meta.find(f"{_DC}identifier")))
    kind = _MAIN_TYPES.get(_value(meta, "DocumentMainType")) or (place[1] if place else "")
    yield "title", title
    yield from _numbered(kind, year, number)
    yield "issued", day(_date(meta)) or day(year)
    yield "ISBN", _value(meta, "ISBN")
    version = "/made" if (root.get("DocumentURI") or "").endswith("/made") else ""
    if place:
        yield "URL", f"https://www.legislation.gov.uk/{place[1]}/{place[2]}{version}"
    yield "language", root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""


def _numbered(kind: str, year: str, number: str) -> Iterator[tuple[str, Value | None]]:
    yield "type", "legislation"
    if kind in LAWS:
        _, genre, jurisdiction = LAWS[kind]
        if year and number.isdigit():
            yield "number", law_number(kind, year, number)
        yield "genre", genre
        yield "jurisdiction", jurisdiction
    yield "site", "legislation.gov.uk"


def _value(meta: _Element, name: str) -> str:
    element = meta.find(f".//{_UKM}{name}")
    return "" if element is None else element.get("Value") or ""


def _date(meta: _Element) -> str:
    # Of primary legislation that of enactment, of secondary the day on which it was made.
    for name in ("EnactmentDate", "Made"):
        element = meta.find(f".//{_UKM}{name}")
        if element is not None:
            return element.get("Date") or ""
    return ""


def _of_drafting(root: _Element) -> Iterator[tuple[str, Value | None]]:
    """Read Akoma Ntoso, where the drafting tool keeps values in a list of concepts."""
    concepts = {e.get("eId", ""): e.get("showAs") or "" for e in root.iter("{*}TLCConcept")}
    year, number = concepts.get("varActYear", ""), concepts.get("varActNoComp", "")
    act = root.find("{*}act")
    kind = "" if act is None else act.get("name") or ""
    written = concepts.get("varActTitle", "").replace("#varActYear", year)
    yield "title", " ".join(written.split()) or text_of(root.find(".//{*}docTitle"))
    yield from _numbered(kind, year, number)
    yield "issued", day(concepts.get("varAssentDate", "")) or day(year)
    if year and number and kind:
        yield "URL", f"https://www.legislation.gov.uk/{kind}/{year}/{number}"


def _repealed(root: _Element) -> tuple[Finding, ...]:
    match = _REPEALED.search(text_of(root.find(f".//{_DC}title")))
    if match is None:
        return ()
    return (Finding(code="repealed", severity="warning", message=f"it has been {match[1]}"),)
