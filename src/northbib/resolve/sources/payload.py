"""JSON and XML of services, read as what comes from outside: with limits, and never trusted."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from northbib.errors import InputError
from northbib.records import Name
from northbib.resolve.claims import Claim
from northbib.resolve.clean import line
from northbib.resolve.days import is_plausible, read_date
from northbib.resolve.people import person_or_body

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from northbib.records import Date, Value
    from northbib.resolve.recognition import Identifier

__all__ = [
    "asked",
    "claims_of",
    "day",
    "json_object",
    "json_value",
    "language",
    "local_name",
    "members",
    "named",
    "text_in",
    "text_of",
    "under",
    "xml_root",
]

_LONGEST = 20_000

# ISO 639-2 codes, both kinds, and English names -> BCP 47.
_LANGUAGES = {
    word: tag
    for tag, words in {
        "ar": "ara arabic",
        "cs": "cze ces czech",
        "cy": "wel cym welsh",
        "da": "dan danish",
        "de": "ger deu german",
        "en": "eng english",
        "es": "spa spanish",
        "fi": "fin finnish",
        "fr": "fre fra french",
        "ga": "gle irish",
        "gd": "gla gaelic",
        "it": "ita italian",
        "ja": "jpn japanese",
        "ko": "kor korean",
        "la": "lat latin",
        "nl": "dut nld dutch",
        "no": "nor norwegian",
        "pl": "pol polish",
        "pt": "por portuguese",
        "ru": "rus russian",
        "sv": "swe swedish",
        "tr": "tur turkish",
        "zh": "chi zho chinese",
    }.items()
    for word in words.split()
}


def json_value(data: bytes, url: str, service: str) -> Any:
    """Read JSON.

    Raises:
        InputError: It is none.
    """
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{service} did not answer in JSON", where=url) from error


def json_object(data: bytes, url: str, service: str) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        InputError: It is none.
    """
    value = json_value(data, url, service)
    if not isinstance(value, dict):
        raise InputError(f"{service} answered with JSON of another kind", where=url)
    return value


def under(value: Any, *path: str | int) -> Any:
    """Give what stands under a path of names and numbers, None where there is nothing."""
    for step in path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def text_in(value: Any, *path: str | int) -> str:
    """Give the text or number that stands under a path as one line, "" where there is none."""
    found = under(value, *path)
    if isinstance(found, bool) or not isinstance(found, (str, int, float)):
        return ""
    return line(str(found)[:_LONGEST])


def members(value: Any, *path: str | int) -> list[Any]:
    """Give the list that stands under a path, [] where there is none."""
    found = under(value, *path)
    return found if isinstance(found, list) else []


def day(text: str) -> Date | None:
    """Read a date of a service, None if it is none or a placeholder (0001, 9999)."""
    found = read_date(text) if text else None
    return found if found is not None and is_plausible(found) else None


def language(text: str) -> str:
    """Give a BCP 47 tag for a tag, a code of three letters or an English name, "" if unknown."""
    tag = text.strip().replace("_", "-")
    if re.fullmatch(r"[a-z]{2}(?:-[A-Za-z]{2,4})?", tag):
        return tag
    return _LANGUAGES.get(tag.lower(), "")


def xml_root(data: bytes, url: str, service: str) -> etree._Element:
    """Parse XML without entities, DTDs and network.

    Raises:
        InputError: It is not well-formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{service} did not answer in XML", where=url) from error
    return root


def local_name(element: etree._Element) -> str:
    """Give the name of an element without its namespace, "" for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: etree._Element | None) -> str:
    """Give the text inside an element as one line, "" for None."""
    return "" if element is None else line("".join(_texts(element))[:_LONGEST])


def _texts(element: etree._Element) -> Iterator[str]:
    return (str(text) for text in element.itertext("*"))


def claims_of(fields: Iterable[tuple[str, Value | None]], source: str) -> tuple[Claim, ...]:
    """Give a claim for each field that has a value."""
    return tuple(Claim(field, value, source, field) for field, value in fields if value)


def asked(identifier: Identifier) -> tuple[Claim, ...]:
    """Give the claim that a work has the DOI or ISBN by which it was asked for."""
    variable = {"doi": "DOI", "isbn": "ISBN"}.get(identifier.kind)
    return (Claim(variable, identifier.value, "asked"),) if variable else ()


def named(names: Iterable[str], *, is_person: bool = False) -> tuple[Name, ...]:
    """Read names of people and bodies, each once."""
    found = (person_or_body(name, is_person=is_person) or Name(literal=name) for name in names)
    return tuple(dict.fromkeys(name for name in found if name != Name()))
