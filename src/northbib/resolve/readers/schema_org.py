"""Nodes in the words of schema.org -> claims; JSON-LD, microdata and RDFa all give such nodes.

Source: schema.org, CreativeWork and the types below it.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

from northbib.exchange.schema_org import terms as schema_org_terms
from northbib.exchange.schema_org.terms import ISSUED, ISSUES, MEMBERS, NUMBERS
from northbib.records import Name, fold
from northbib.records.identifiers import doi, isbn
from northbib.resolve.claims import Claim
from northbib.resolve.clean import line, rich
from northbib.resolve.days import read_date
from northbib.resolve.kinds import GENERIC, csl_type
from northbib.resolve.people import body, person_or_body, read_byline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from northbib.resolve.readers.parts import Page

__all__ = ["Node", "read_nodes"]

Node = dict[str, Any]

_LONGEST, _MOST_PEOPLE, _MOST_PARENTS, _MOST_SITES = 5000, 500, 5, 10
_IS_DOI = re.compile(
    r"(?:https?://(?:[\w.-]*\.)?doi\.org/|info:doi/|doi:\s*)?10\.\d", re.IGNORECASE
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_]\w{2,4})?")
_BODIES = frozenset(map(str.lower, schema_org_terms.BODIES))
_SITES = frozenset(map(str.lower, schema_org_terms.SITES))
_CONTAINERS = frozenset(
    map(str.lower, (*schema_org_terms.PERIODICALS, "Book", "PublicationVolume"))
)

# What a node must be to describe the work, best first.
_RANKS = ("article", GENERIC, "other", "webpage")
_DATES = (*(("issued", member) for member in ISSUED), ("modified", "dateModified"))
_PARTS = {
    **{member: variable for variable, (_, member) in ISSUES.items()},
    **{MEMBERS[variable]: variable for variable in ("page", "edition")},
    **dict.fromkeys(NUMBERS.values(), "number"),
}


def read_nodes(nodes: Sequence[Node], source: str, page: Page) -> list[Claim]:
    """Give the claims of the one node that describes the work, and of the website around it."""
    known = {_text(node, "@id"): node for node in nodes if _text(node, "@id") and len(node) > 1}
    claims = list(_sites((*nodes, *known.values()), source))
    works = [node for node in nodes if _rank(node) < len(_RANKS) and _is_named(node)]
    if not works:
        return claims
    best = min(map(_rank, works))
    alike = [node for node in works if _rank(node) == best]
    work = alike[0] if len(alike) == 1 else _shown(alike, page)
    return [claim for claim in _Reader(source, page, known).work(work) if claim.value] + claims


def _is_named(node: Node) -> bool:
    return bool(_text(node, "headline") or _text(node, "name"))


def _shown(nodes: Sequence[Node], page: Page) -> Node:
    """Choose among nodes of one rank: the one whose title the page shows; else the first."""
    titles = [(line(_text(node, _headline(node, page))), node) for node in nodes]
    return next((node for title, node in titles if title and page.shows(title)), nodes[0])


def _rank(node: Node) -> int:
    kind = _kind(node)
    if kind is None or kind == "periodical":
        return len(_RANKS)
    if kind in ("webpage", GENERIC):
        return _RANKS.index(kind)
    is_article = kind.startswith(("article", "post"))
    return _RANKS.index("article" if is_article else "other")


def _kind(node: Node) -> str | None:
    kinds = [csl_type(str(name)) for name in _listed(node.get("@type"))]
    known = [kind for kind in kinds if kind]
    telling = [kind for kind in known if kind not in (GENERIC, "webpage")]
    return next(iter(telling + known), None)


def _headline(node: Node, page: Page) -> str:
    # Either of the two may be a summary; the title is the one that the page shows.
    members = [member for member in ("headline", "name") if _text(node, member)]
    shown = fold(line(page.title))
    return next((m for m in members if fold(line(_text(node, m))) in shown), members[0])


def _sites(nodes: Sequence[Node], source: str) -> Iterator[Claim]:
    names = [
        line(_text(node, "name"))
        for node in nodes
        if _types(node) & _SITES and not _text(node, "headline")
    ]
    for name in list(dict.fromkeys(names))[:_MOST_SITES]:
        if name:
            yield Claim("site", name, source, "WebSite")


class _Reader:
    """Reads one work; holds what all of its parts need: who says so, the page, the other nodes."""

    def __init__(self, source: str, page: Page, known: Mapping[str, Node]) -> None:
        self._source = source
        self._page = page
        self._known = known

    def work(self, node: Node) -> Iterator[Claim]:
        kind = _kind(node) or ""
        headline = _headline(node, self._page)
        yield self._claim("type", kind, "@type")
        title = rich(_text(node, headline))
        # The name of a mere page is often that of its site, or of its section.
        if kind != "webpage" or self._page.shows(line(title)):
            yield self._claim("title", title, headline)
        for field, member in (("author", "author"), ("author", "creator"), ("editor", "editor")):
            yield self._claim(field, self._people(node.get(member)), member)
        yield from self._dates(node)
        for publisher in self._resolved(node.get("publisher"))[:_MOST_PARENTS]:
            yield self._claim("site-publisher", line(_text(publisher, "name")), "publisher")
            if "newsmediaorganization" in _types(publisher):
                yield self._claim("news-publisher", "true", "publisher")
        yield self._claim("language", _language(node.get("inLanguage")), "inLanguage")
        yield self._claim("ISBN", isbn(_text(node, "isbn")) or "", "isbn")
        yield from self._part_of(node)
        for member in ("identifier", "sameAs", "@id", "url"):
            yield self._claim("DOI", _doi(node.get(member)), member)

    def _claim(self, field: str, value: Any, member: str, raw: str = "") -> Claim:
        return Claim(field, value, self._source, member, raw=raw)

    def _dates(self, node: Node) -> Iterator[Claim]:
        for field, member in _DATES:
            text = _text(node, member)
            if text and (date := read_date(text, self._page.language, self._page.host)):
                yield self._claim(field, date, member, text)

    def _part_of(self, node: Node) -> Iterator[Claim]:
        yield from self._numbers(node, "")
        parents = self._resolved(node.get("isPartOf"))[:_MOST_PARENTS]
        for _ in range(3):
            for parent in parents:
                kinds = _types(parent)
                field = "site" if kinds & _SITES else ""
                field = "container-title" if kinds & _CONTAINERS else field
                if field:
                    yield self._claim(field, line(_text(parent, "name")), "isPartOf")
                yield from self._numbers(parent, "isPartOf.")
            above = (up for parent in parents for up in self._resolved(parent.get("isPartOf")))
            parents = list(itertools.islice(above, _MOST_PARENTS))

    def _numbers(self, node: Node, prefix: str) -> Iterator[Claim]:
        for member, field in _PARTS.items():
            yield self._claim(field, line(_text(node, member)), prefix + member)
        first, last = line(_text(node, "pageStart")), line(_text(node, "pageEnd"))
        if first and not node.get("pagination"):
            page = "-".join(dict.fromkeys(part for part in (first, last) if part))
            yield self._claim("page", page, f"{prefix}pageStart")
        issn = _text(node, "issn").strip().upper()
        if re.fullmatch(r"\d{4}-\d{3}[\dX]", issn):
            yield self._claim("ISSN", issn, f"{prefix}issn")

    def _people(self, value: object) -> tuple[Name, ...]:
        names: list[Name] = []
        for member in _listed(value)[:_MOST_PEOPLE]:
            if isinstance(member, str) and member not in self._known:
                names += read_byline(member)
            else:
                for node in self._resolved(member):
                    names += self._person(node)
        return tuple(dict.fromkeys(names))

    def _person(self, node: Node) -> tuple[Name, ...]:
        kinds = _types(node)
        family, given = line(_text(node, "familyName")), line(_text(node, "givenName"))
        if family and given and not kinds & _BODIES:
            name = person_or_body(f"{family}, {given}", is_person=True)
            return (name,) if name else ()
        members = [line(str(n)) for n in _listed(node.get("name")) if isinstance(n, (str, int))]
        text = ", ".join(members)
        if kinds & _BODIES and "person" not in kinds:
            name = body(text)
            return (name,) if name else ()
        return read_byline(text, is_person="person" in kinds)

    def _resolved(self, value: object) -> list[Node]:
        """List the nodes that a value stands for: itself, or what its `@id` points to."""
        nodes = []
        for member in _listed(value)[:_MOST_PEOPLE]:
            if isinstance(member, str):
                plain: Node = {"name": member} if "://" not in member else {}
                nodes.append(self._known.get(member, plain))
            elif isinstance(member, dict):
                pointed = self._known.get(str(member.get("@id")), {})
                nodes.append({**pointed, **member})
        return [node for node in nodes if node]


def _types(node: Node) -> set[str]:
    return {str(name).lower().rpartition("/")[2] for name in _listed(node.get("@type"))}


def _language(value: object) -> str:
    names = [v.get("alternateName", "") if isinstance(v, dict) else v for v in _listed(value)]
    code = str(names[0]) if names else ""
    return code.replace("_", "-") if _LANGUAGE.fullmatch(code) else ""


def _doi(value: object) -> str:
    for member in _listed(value):
        node = member if isinstance(member, dict) else {"value": member}
        text = _text(node, "value") or _text(node, "@id") or _text(node, "url")
        if _IS_DOI.match(text):
            return doi(text) or ""
    return ""


def _text(node: Node, member: str) -> str:
    values = _listed(node.get(member))
    value = values[0] if values else ""
    if isinstance(value, dict):
        value = value.get("@value", value.get("name", ""))
    is_text = isinstance(value, (str, int)) and not isinstance(value, bool)
    return str(value)[:_LONGEST] if is_text else ""


def _listed(value: object) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, dict) and "@list" in value:
        value = value["@list"]
    return value if isinstance(value, list) else [value]
