"""Claims of several sources -> one record, by written precedence.

The table below says for each field who is believed first; a source that it does not name comes
after those that it names. The rules for single fields, below it, say what is not believed at all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.records import Date, Name, Record, fold, plain
from northbib.resolve.days import is_plausible
from northbib.resolve.kinds import GENERIC
from northbib.resolve.people import looks_like_person, same_body
from northbib.resolve.titles import titles_agree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from northbib.records import Value
    from northbib.resolve.claims import Claim

__all__ = ["PRECEDENCE", "merge", "titles_agree"]

_DEFAULT = (
    "registry",
    "site",
    "page:highwire",
    "page:bepress",
    "page:eprints",
    "page:prism",
    "page:jsonld",
    "page:dc",
    "page:link",
    "page:html",
    "page:meta",
    "page:microdata",
    "page:rdfa",
    "page:coins",
    "page:unapi",
    "page:og",
    "page:arxiv",
    "page:url",
    "index",
    "plugin",
)

PRECEDENCE: Mapping[str, tuple[str, ...]] = {
    "type": (
        "registry",
        "site",
        "page:platform",
        "page:highwire",
        "page:eprints",
        "page:prism",
        "page:jsonld",
        "page:dc",
        "page:url",
        "page:microdata",
        "page:rdfa",
        "page:og",
        "page:hint",
        "page:coins",
    ),
    "title": (
        "registry",
        "site",
        "page:highwire",
        "page:bepress",
        "page:eprints",
        "page:jsonld",
        "page:og",
        "page:dc",
        "page:microdata",
        "page:rdfa",
        "page:hentry",
        "page:coins",
        "page:twitter",
        "page:h1",
        "page:meta",
        "page:title",
    ),
    "author": (
        "registry",
        "site",
        "page:highwire",
        "page:bepress",
        "page:eprints",
        "page:jsonld",
        "page:meta",
        "page:dc",
        "page:og",
        "page:microdata",
        "page:rdfa",
        "page:hentry",
        "page:coins",
        "page:author-link",
        "page:byline",
        "page:twitter",
    ),
    "issued": (
        "registry",
        "site",
        "page:jsonld",
        "page:highwire",
        "page:bepress",
        "page:og",
        "page:prism",
        "page:eprints",
        "page:microdata",
        "page:rdfa",
        "page:dc",
        "page:hentry",
        "page:meta",
        "page:coins",
        "page:online",
        "page:time",
        "page:url",
    ),
    "site": ("site", "page:og", "page:jsonld", "page:meta", "page:title", "page:host"),
    "URL": ("page:link", "page:final", "registry"),
    "DOI": ("asked", *_DEFAULT),
}

# What belongs together is taken from one source or not at all.
_GROUP = ("volume", "issue", "page")

# The variables that are taken as they are, by precedence alone.
_PLAIN = (
    "editor",
    "translator",
    "container-title-short",
    "collection-title",
    "publisher-place",
    "genre",
    "number",
    "edition",
    "version",
    "event-title",
    "event-date",
    "event-place",
    "authority",
    "jurisdiction",
    "PMID",
    "PMCID",
    "DOI",
    "ISBN",
    "ISSN",
    "URL",
    "language",
    "abstract",
)

# Works that stand in something: a journal, a book, a website.
_CONTAINED = frozenset(
    """
    article-journal article-magazine article-newspaper bill chapter entry entry-dictionary
    entry-encyclopedia hearing legislation paper-conference post post-weblog review speech webpage
    """.split()
)
_ON_THE_WEB = _CONTAINED - {"article-journal", "chapter", "entry", "paper-conference", "review"}
_AUTHORED_BY_BODIES = frozenset({"report", "dataset", "webpage", "legislation", "bill", "article"})
_FIRST_CLASS = ("registry", "site", "page:highwire", "page:bepress", "page:eprints")

# Dates that are often those of the last edit.
_UNSURE_DATES = frozenset({"page:online", "page:time"})
_BY_SIGHT = frozenset({"page:time", "page:url"})

Claims = tuple["Claim", ...]


def merge(
    claims: Iterable[Claim], *, url: str = "", today: Date | None = None
) -> tuple[Record, dict[str, Claims]]:
    """Make one record of all claims.

    Args:
        claims: The claims of all sources, in any order between sources.
        url: Where they come from, for errors.
        today: The day of access of what carries no day of its own, kept with works of the web;
            dates after its year + 1 are dropped.

    Returns:
        The record, with an empty key; and for each of its variables the claims for it, the one
        that is in the record first.

    Raises:
        InputError: Nobody claims a title: this is no record.
    """
    ranked = _ranked(claims)
    kind = _type(ranked)
    chosen: dict[str, Claims] = {
        "title": _titles(ranked),
        "author": _authors(ranked, kind),
        "container-title": _containers(ranked, kind),
        "issued": _dates(ranked, today),
        **_numbers(ranked),
        "publisher": _publishers(ranked, kind),
    }
    for variable in _PLAIN:
        chosen[variable] = ranked.get(variable, ())
    chosen = {variable: found for variable, found in chosen.items() if found}
    if "title" not in chosen:
        raise InputError("no title is given there", where=url, hint="is it the address of a work?")
    values: dict[str, Value] = {variable: found[0].value for variable, found in chosen.items()}
    if today is not None and "URL" in values and _seen_on_the_web(chosen["URL"]):
        # Of a page from the cache, the day on which it was seen.
        seen = chosen["URL"][0].day
        values["accessed"] = Date.from_edtf(seen) if "" < seen < today.edtf() else today
    types = tuple(claim for claim in ranked.get("type", ()) if claim.value != GENERIC)
    types = tuple(sorted(types, key=lambda claim: claim.value != kind))
    return Record(key="", type=kind, values=values), {"type": types, **chosen} if types else chosen


def _ranked(claims: Iterable[Claim]) -> dict[str, Claims]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.field, []).append(claim)
    return {
        field: tuple(sorted(members, key=lambda claim: _rank(field, claim.source)))
        for field, members in found.items()
    }


def _rank(field: str, source: str) -> int:
    order = PRECEDENCE.get(field, _DEFAULT)
    for rank, name in enumerate(order):
        if source == name or source.startswith(f"{name}:"):
            return rank
    return len(order)


def _type(ranked: Mapping[str, Claims]) -> str:
    claims = [claim for claim in ranked.get("type", ()) if claim.value != GENERIC]
    # Every page is a web page: that says less than any other type.
    telling = [c for c in claims if c.value != "webpage" or c.source.startswith("site:")]
    for claim in telling:
        return str(claim.value)
    if "container-title" in ranked and "DOI" in ranked:
        return "article-journal"
    return "webpage"


def _titles(ranked: Mapping[str, Claims]) -> Claims:
    claims = ranked.get("title", ())
    sites = _names_of_site(ranked)
    telling = tuple(c for c in claims if not _is_any(plain(str(c.value)), sites)) or claims
    if not telling:
        return ()
    stem = fold(plain(str(telling[0].value))).rstrip()
    if stem.endswith(("…", "...")):
        stem = stem.rstrip("….").rstrip()
        whole = [c for c in telling[1:] if fold(plain(str(c.value))).startswith(stem)]
        return _first(telling, whole[0]) if whole else telling
    return telling


def _authors(ranked: Mapping[str, Claims], kind: str) -> Claims:
    sites = [] if kind in _AUTHORED_BY_BODIES else _names_of_site(ranked)
    if kind == "post-weblog":
        # Many a weblog is called after the person who writes it.
        sites = [site for site in sites if not looks_like_person(site)]
    hosts = [str(c.value) for c in ranked.get("site", ()) if c.source == "page:host"]
    claims = [
        claim
        for claim in ranked.get("author", ())
        if _is_authorship(claim.value, sites + hosts, by_sight=claim.source == "page:byline")
    ]
    for claim in claims:
        if claim.source.startswith(_FIRST_CLASS) or _has_person(claim.value):
            return _first(claims, _without(claim, sites))
    return tuple(claims)


def _is_authorship(value: Value, sites: Sequence[str], *, by_sight: bool) -> bool:
    names = value if isinstance(value, tuple) else ()
    if by_sight and not _has_person(value):
        return False
    return any(not _is_any(str(name), sites) for name in names)


def _without(claim: Claim, sites: Sequence[str]) -> Claim:
    names = claim.value if isinstance(claim.value, tuple) else ()
    kept: tuple[Name, ...] = tuple(name for name in names if not _is_any(str(name), sites))
    return replace(claim, value=kept)


def _has_person(value: Value) -> bool:
    return isinstance(value, tuple) and any(name.family for name in value)


def _dates(ranked: Mapping[str, Claims], today: Date | None) -> Claims:
    latest = 2100 if today is None or today.year is None else today.year + 1
    claims = [
        claim
        for claim in ranked.get("issued", ())
        if isinstance(claim.value, Date) and is_plausible(claim.value, latest)
    ]
    edits = {claim.value for claim in ranked.get("modified", ())}
    claims = [c for c in claims if not (c.value in edits and c.source in _UNSURE_DATES)]
    sure = [c for c in claims if _is_of_issue(c, edits)]
    if sure:
        claims = [c for c in claims if c in sure or c.source in _BY_SIGHT]
    if not claims:
        return ()
    finer = [claim for claim in claims[1:] if _is_finer(claim.value, claims[0].value)]
    is_registry = claims[0].source.startswith("registry")
    return tuple(claims) if is_registry or not finer else _first(claims, finer[0])


def _is_of_issue(claim: Claim, edits: set[Value]) -> bool:
    if claim.source.startswith(("registry", "site")):
        return True
    return claim.value not in edits and claim.source not in _BY_SIGHT


def _is_finer(one: Value, other: Value) -> bool:
    if not isinstance(one, Date) or not isinstance(other, Date):
        return False
    if one.start is None or other.start is None:
        return False
    parts, coarse = one.start.parts, other.start.parts
    return len(parts) > len(coarse) and parts[: len(coarse)] == coarse


def _containers(ranked: Mapping[str, Claims], kind: str) -> Claims:
    containers, sites = ranked.get("container-title", ()), _sites(ranked)
    if any(claim.source.startswith("registry") for claim in containers):
        return containers
    if kind not in _CONTAINED:
        return ()
    return (*sites, *containers) if kind in _ON_THE_WEB else (*containers, *sites)


def _publishers(ranked: Mapping[str, Claims], kind: str) -> Claims:
    publishers = ranked.get("publisher", ())
    if kind in _CONTAINED:
        return () if kind in _ON_THE_WEB else publishers
    return (*publishers, *ranked.get("site-publisher", ()), *_sites(ranked))


def _sites(ranked: Mapping[str, Claims]) -> Claims:
    # A site that is called like the work is a mistake of the page.
    title = "".join(fold(plain(str(claim.value))) for claim in _titles(ranked)[:1])
    claims = [claim for claim in ranked.get("site", ()) if fold(str(claim.value)) != title]
    hosts = [claim for claim in claims if claim.source == "page:host"]
    named = [claim for claim in claims if claim.source != "page:host"]
    named += [c for c in ranked.get("site-publisher", ()) if fold(str(c.value)) != title]
    return tuple(named + hosts)


def _numbers(ranked: Mapping[str, Claims]) -> dict[str, Claims]:
    first = next((ranked[variable][0] for variable in _GROUP if variable in ranked), None)
    if first is None:
        return {}
    group = {}
    for variable in _GROUP:
        same = [claim for claim in ranked.get(variable, ()) if claim.source == first.source]
        if same:
            group[variable] = _first(ranked[variable], same[0])
    return group


def _names_of_site(ranked: Mapping[str, Claims]) -> list[str]:
    fields = ("site", "site-publisher")
    return [str(claim.value) for field in fields for claim in ranked.get(field, ())]


def _is_any(text: str, names: Sequence[str]) -> bool:
    return any(same_body(text, name) for name in names)


def _first(claims: Sequence[Claim], chosen: Claim) -> Claims:
    return (chosen, *(claim for claim in claims if claim.value != chosen.value))


def _seen_on_the_web(claims: Claims) -> bool:
    return claims[0].source.startswith("page:")
