"""What the JSON-LD of a page claims: schema.org articles, reports and datasets.

Sources: schema.org (CreativeWork and below); JSON-LD 1.1, 3.3 (`@id` references into `@graph`).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from northbib.records import Name
from northbib.records.identifiers import doi
from northbib.resolve.claims import Claim
from northbib.resolve.clean import line, rich
from northbib.resolve.days import read_date
from northbib.resolve.kinds import GENERIC, csl_type
from northbib.resolve.people import person_or_body, read_byline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

__all__ = ["read_json_ld"]

SOURCE = "page:jsonld"
Node = dict[str, Any]

_LARGEST, _LONGEST = 1_000_000, 5000
_CONTROL = re.compile(r"[\x00-\x1f]+")
_COMMENT = r"(?:/[/*]\s*)?"
_WRAPPING = re.compile(
    rf"^\s*{_COMMENT}(?:<!\[CDATA\[|<!--)(?:\s*\*/)?"
    rf"|{_COMMENT}(?:\]\]>|-->)(?:\s*\*/)?\s*;?\s*$"
)
_IS_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?10\.\d", re.IGNORECASE)
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_CONTAINERS = ("@graph", "mainEntity", "mainEntityOfPage")
_BODIES = frozenset(
    """
    collegeoruniversity corporation educationalorganization governmentorganization
    governmentservice newsmediaorganization ngo organization researchorganization
    """.split()
)


def read_json_ld(tree: HtmlElement, shown: str) -> list[Claim]:
    """Give the claims of the one node that describes the work, and of the website around it.

    Args:
        tree: The page.
        shown: The text of its title element.
    """
    nodes = [node for block in _blocks(tree) for node in _walk(block, 0)]
    known = {_text(node, "@id"): node for node in nodes if _text(node, "@id") and len(node) > 1}
    work = min(
        (node for node in nodes if _text(node, "headline") or _text(node, "name")),
        key=_rank,
        default=None,
    )
    claims = _site(nodes, known)
    if work is None or _rank(work) >= len(_RANKS):
        return claims
    return [claim for claim in _work(work, shown, known) if claim.value] + claims


# What a node must be to describe the work, best first.
_RANKS = ("article", GENERIC, "other", "webpage")


def _rank(node: Node) -> int:
    kind = _kind(node)
    if kind is None or kind == "periodical":
        return len(_RANKS)
    if kind in ("webpage", GENERIC):
        return _RANKS.index(kind)
    is_article = kind.startswith(("article", "post"))
    return _RANKS.index("article" if is_article else "other")


def _blocks(tree: HtmlElement) -> Iterator[object]:
    for script in tree.iter("script"):
        kind = (script.get("type") or "").partition(";")[0].strip().lower()
        text = script.text or ""
        if kind != "application/ld+json" or len(text) > _LARGEST:
            continue
        text = _CONTROL.sub(" ", _WRAPPING.sub("", _WRAPPING.sub("", text.strip())))
        for candidate in (text, _TRAILING_COMMA.sub(r"\1", text)):
            try:
                yield json.loads(candidate)
            except (ValueError, RecursionError):
                continue
            break


def _walk(value: object, depth: int) -> Iterator[Node]:
    if depth > 8:
        return
    if isinstance(value, list):
        for member in value[:200]:
            yield from _walk(member, depth + 1)
    elif isinstance(value, dict):
        yield value
        for container in _CONTAINERS:
            yield from _walk(value.get(container), depth + 1)


def _kind(node: Node) -> str | None:
    kinds = [csl_type(str(name)) for name in _listed(node.get("@type"))]
    known = [kind for kind in kinds if kind]
    telling = [kind for kind in known if kind not in (GENERIC, "webpage")]
    return next(iter(telling + known), None)


def _headline(node: Node, shown: str) -> str:
    # Either of the two may be a summary; the title is the one that the title element shows.
    members = [member for member in ("headline", "name") if _text(node, member)]
    return next((m for m in members if line(_text(node, m)) in shown), members[0])


def _work(node: Node, shown: str, known: dict[str, Node]) -> Iterator[Claim]:
    kind = _kind(node) or ""
    headline = _headline(node, shown)
    yield Claim("type", kind, SOURCE, "@type")
    yield Claim("title", rich(_text(node, headline)), SOURCE, headline)
    for field, member in (("author", "author"), ("author", "creator"), ("editor", "editor")):
        yield Claim(field, _people(node.get(member), known), SOURCE, member)
    for field, member in (("issued", "datePublished"), ("modified", "dateModified")):
        if date := read_date(_text(node, member)):
            yield Claim(field, date, SOURCE, member)
    for publisher in _resolved(node.get("publisher"), known):
        yield Claim("site-publisher", line(_text(publisher, "name")), SOURCE, "publisher")
    yield Claim("language", _language(node.get("inLanguage")), SOURCE, "inLanguage")
    yield from _part_of(node, known)
    for member in ("identifier", "sameAs", "@id", "url"):
        yield Claim("DOI", _doi(node.get(member)), SOURCE, member)


def _part_of(node: Node, known: dict[str, Node]) -> Iterator[Claim]:
    fields = {"volumeNumber": "volume", "issueNumber": "issue", "pagination": "page"}
    for member, field in fields.items():
        yield Claim(field, line(_text(node, member)), SOURCE, member)
    parents = _resolved(node.get("isPartOf"), known)
    for _ in range(3):
        for parent in parents:
            kinds = {str(name).lower() for name in _listed(parent.get("@type"))}
            field = "container-title" if kinds & {"periodical", "newspaper", "book"} else ""
            field = "site" if kinds & {"website"} else field
            if field:
                yield Claim(field, line(_text(parent, "name")), SOURCE, "isPartOf")
            for member, variable in fields.items():
                yield Claim(variable, line(_text(parent, member)), SOURCE, f"isPartOf.{member}")
        parents = [up for parent in parents for up in _resolved(parent.get("isPartOf"), known)]


def _site(nodes: list[Node], known: dict[str, Node]) -> list[Claim]:
    names = [
        line(_text(node, "name"))
        for node in (*nodes, *known.values())
        if "website" in (str(name).lower() for name in _listed(node.get("@type")))
    ]
    return [Claim("site", name, SOURCE, "WebSite") for name in dict.fromkeys(names) if name]


def _people(value: object, known: dict[str, Node]) -> tuple[Name, ...]:
    names: list[Name] = []
    for member in _listed(value)[:200]:
        if isinstance(member, str):
            names += read_byline(member)
        for node in _resolved(member, known) if isinstance(member, dict) else ():
            names += _person(node)
    return tuple(dict.fromkeys(names))


def _person(node: Node) -> tuple[Name, ...]:
    kinds = {str(name).lower() for name in _listed(node.get("@type"))}
    family, given = line(_text(node, "familyName")), line(_text(node, "givenName"))
    if family and given and not kinds & _BODIES:
        name = person_or_body(f"{family}, {given}", is_person=True)
        return (name,) if name else ()
    members = [line(str(name)) for name in _listed(node.get("name")) if isinstance(name, str)]
    text = ", ".join(members)
    if kinds & _BODIES:
        body = person_or_body(text)
        return (Name(literal=text),) if body else ()
    return read_byline(text, is_person="person" in kinds)


def _resolved(value: object, known: dict[str, Node]) -> list[Node]:
    """List the nodes that a value stands for: itself, or what its `@id` points to."""
    nodes = []
    for member in _listed(value):
        if isinstance(member, str):
            nodes.append(known.get(member, {"name": member} if "://" not in member else {}))
        elif isinstance(member, dict):
            pointed = known.get(str(member.get("@id")), {})
            nodes.append({**pointed, **member})
    return [node for node in nodes if node]


def _language(value: object) -> str:
    names = [v.get("alternateName", "") if isinstance(v, dict) else v for v in _listed(value)]
    code = str(names[0]) if names else ""
    return code.replace("_", "-") if re.fullmatch(r"[a-z]{2,3}(?:[-_]\w{2,4})?", code) else ""


def _doi(value: object) -> str:
    for member in _listed(value):
        node = member if isinstance(member, dict) else {"value": member}
        text = _text(node, "value") or _text(node, "@id")
        if _IS_DOI.match(text):
            return doi(text) or ""
    return ""


def _text(node: Node, member: str) -> str:
    values = _listed(node.get(member))
    value = values[0] if values else ""
    if isinstance(value, dict):
        value = value.get("@value", "")
    is_text = isinstance(value, (str, int)) and not isinstance(value, bool)
    return str(value)[:_LONGEST] if is_text else ""


def _listed(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
