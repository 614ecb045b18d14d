"""Nodes in the words of schema.org -> records, by the tables by which they are written.

A member may hold one value or several, and an object or its name. Sources: schema.org 29,
CreativeWork and the types below it; JSON-LD 1.1, 4.1 (value objects, `@id`).
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from northbib.exchange.people import name_of
from northbib.exchange.schema_org.terms import (
    BODIES,
    ISSUED,
    ISSUES,
    MEMBERS,
    NUMBERS,
    PEOPLE,
    SERIES,
    TYPE_OF,
)
from northbib.exchange.worded_dates import worded_date
from northbib.records import Date, Name, Record
from northbib.records.identifiers import doi

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from northbib.records import Value

__all__ = ["is_work", "record_of"]

Node = dict[str, Any]

_PARTICLES = re.compile(r" (?P<words>[^\W\d_A-ZÀ-Þ][^\s,]*(?: [^\W\d_A-ZÀ-Þ][^\s,]*)*)$")
_DEEPEST = 4
_MOST_PARENTS = 20


def is_work(names: Iterable[str]) -> bool:
    """Tell whether a node of these types is a work that a bibliography lists."""
    return any(_bare(name) in TYPE_OF for name in names)


def _bare(name: str) -> str:
    return re.split(r"[/#:]", name)[-1]


def record_of(node: Node) -> Record:
    """Give the record of a node.

    Args:
        node: The object of JSON-LD; what it points to by `@id` has been put in its place.
    """
    kinds = [_bare(str(name)) for name in _listed(node.get("@type"))]
    kind = next((TYPE_OF[name] for name in kinds if name in TYPE_OF), "document")
    values: dict[str, Value] = {}
    for variable, member in MEMBERS.items():
        values[variable] = _text(node.get(member))
    values["title"] = values["title"] or _text(node.get("headline")) or _text(node.get("title"))
    values["abstract"] = values["abstract"] or _text(node.get("description"))
    values["genre"] = _text(node.get("inSupportOf" if kind == "thesis" else "genre"))
    values["number"] = next(filter(None, (_text(node.get(name)) for name in NUMBERS.values())), "")
    for variable, member in PEOPLE.items():
        values[variable] = _people(node.get(member))
    values["author"] = values["author"] or _people(node.get("creator") or node.get("agents"))
    _put_date(values, node)
    _put_publisher(values, node)
    _put_container(values, node)
    _put_identifiers(values, node)
    values["version"] = values["version"] or _text(node.get("softwareVersion"))
    kind = _in_its_container(kind, node)
    found = {name: value for name, value in values.items() if value}
    return Record(_key(node), kind, found, _topics(node))


def _key(node: Node) -> str:
    address = _text(node.get("@id"))
    return address.removeprefix("#") if address.startswith("#") else ""


def _listed(value: Any) -> list[Any]:
    if isinstance(value, dict) and "@list" in value:
        value = value["@list"]
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any, depth: int = 0) -> str:
    """Give the first text of a member: its value, or the name of the object that it holds."""
    for one in _listed(value):
        if isinstance(one, dict) and depth < _DEEPEST:
            inner = next(
                (one[name] for name in ("@value", "name", "@id", "url") if name in one), ""
            )
            found = _text(inner, depth + 1)
        else:
            is_text = isinstance(one, (str, int, float)) and not isinstance(one, bool)
            found = " ".join(html.unescape(str(one)).split()) if is_text else ""
        if found:
            return found
    return ""


def _people(value: Any) -> tuple[Name, ...]:
    return tuple(filter(None, map(_person, _listed(value))))


def _person(value: Any) -> Name | None:
    if not isinstance(value, dict):
        text = _text(value)
        return _in_order(text) if text and "://" not in text else None
    family, given = _text(value.get("familyName")), _text(value.get("givenName"))
    suffix = _text(value.get("honorificSuffix"))
    if family and given:
        particle = _PARTICLES.search(given)
        dropping = particle["words"] if particle else ""
        given = given.removesuffix(dropping).rstrip()
        read = name_of(f"{family}, {given}")
        own = read.dropping_particle
        return Name(
            read.family,
            given,
            dropping_particle=dropping,
            non_dropping_particle=own,
            suffix=suffix,
        )
    text = _text(value.get("name")) or family or given
    is_body = any(_bare(str(name)) in BODIES for name in _listed(value.get("@type")))
    if not text:
        return None
    return Name(literal=text) if is_body else _in_order(text)


def _in_order(text: str) -> Name:
    """Read a name as it is spoken, or as an index lists it."""
    words = text.split()
    if "," in text or len(words) != 2:
        return name_of(text) if "," in text or len(words) < 2 else _of_words(words)
    return Name(words[1], words[0])


def _of_words(words: list[str]) -> Name:
    if len(words) > 5:
        return Name(literal=" ".join(words))
    small = next((at for at, word in enumerate(words[1:-1], 1) if word[:1].islower()), None)
    place = small or len(words) - 1
    return Name(words[-1], " ".join(words[:place]), dropping_particle=" ".join(words[place:-1]))


def _put_date(values: dict[str, Value], node: Node) -> None:
    for member in (*ISSUED, "dateCreated"):
        if text := _text(node.get(member)):
            date = Date.parse(text)
            values["issued"] = (worded_date(text) or date) if date.literal else date
            return


def _put_publisher(values: dict[str, Value], node: Node) -> None:
    for one in _listed(node.get("publisher") or node.get("sourceOrganization")):
        values["publisher"] = _text(one)
        if isinstance(one, dict):
            values["publisher-place"] = _text(one.get("location") or one.get("address"))
        return


def _parents(node: Node) -> Iterator[Node]:
    waiting = [(one, 1) for one in _listed(node.get("isPartOf"))[:_MOST_PARENTS]]
    for one, depth in waiting:
        parent = one if isinstance(one, dict) else {"name": one}
        yield parent
        if depth < _DEEPEST and len(waiting) < _MOST_PARENTS:
            above = _listed(parent.get("isPartOf"))[:_MOST_PARENTS]
            waiting += [(up, depth + 1) for up in above]


def _put_container(values: dict[str, Value], node: Node) -> None:
    for variable, (_, member) in ISSUES.items():
        values[variable] = _text(node.get(member))
    values["page"] = values["page"] or _pages(node)
    for parent in _parents(node):
        kinds = {_bare(str(name)) for name in _listed(parent.get("@type"))}
        for variable, (_, member) in ISSUES.items():
            values[variable] = values[variable] or _text(parent.get(member))
        values["ISSN"] = values.get("ISSN") or _text(parent.get("issn"))
        if not values.get("issued"):
            _put_date(values, parent)
        if not values.get("publisher"):
            _put_publisher(values, parent)
        name = _text(parent.get("name"))
        if not name:
            continue
        if kinds & SERIES or "container-title" in values:
            values.setdefault("collection-title", name)
            continue
        values["container-title"] = name
        values["container-title-short"] = _text(parent.get("alternateName"))
        if "Book" in kinds:
            values["ISBN"] = _text(parent.get("isbn"))
            values["editor"] = values["editor"] or _people(parent.get("editor"))


def _pages(node: Node) -> str:
    ends = (_text(node.get("pageStart")), _text(node.get("pageEnd")))
    return "-".join(dict.fromkeys(filter(None, ends)))


def _put_identifiers(values: dict[str, Value], node: Node) -> None:
    values["ISBN"] = values.get("ISBN") or _text(node.get("isbn"))
    values["ISSN"] = values.get("ISSN") or _text(node.get("issn"))
    values["URL"] = _text(node.get("url"))
    for one in (*_listed(node.get("identifier")), *_listed(node.get("sameAs")), node.get("@id")):
        label = _text(one.get("propertyID")) if isinstance(one, dict) else ""
        text = _text(one.get("value") or one) if isinstance(one, dict) else _text(one)
        if label in ("PMID", "PMCID"):
            values.setdefault(label, text)
        elif found := doi(text):
            is_ours = label == "DOI" and text.lower() == found
            values.setdefault("DOI", text if is_ours else found)


def _in_its_container(kind: str, node: Node) -> str:
    """Tell an article of a journal from one of a magazine, and from one that is in nothing."""
    kinds = {_bare(str(name)) for up in _parents(node) for name in _listed(up.get("@type"))}
    if kind == "article-journal" and "Book" in kinds:
        return "paper-conference"
    if kind == "article-magazine" and "Newspaper" in kinds:
        return "article-newspaper"
    return kind


def _topics(node: Node) -> tuple[str, ...]:
    value = node.get("keywords") or node.get("about") or node.get("tags")
    words = [_text(one) for one in _listed(value)]
    if len(words) == 1:
        words = words[0].split(",")
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
