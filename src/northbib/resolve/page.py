"""A web page -> claims: bytes, headers and address in; no network, no clock."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from northbib.records import plain
from northbib.resolve.claims import Claim
from northbib.resolve.clean import line
from northbib.resolve.govuk import read_govuk
from northbib.resolve.html import parse, text_of
from northbib.resolve.json_ld import read_json_ld
from northbib.resolve.kinds import GENERIC
from northbib.resolve.metas import metas_of, read_metas
from northbib.resolve.people import same_body
from northbib.resolve.refusals import refuse
from northbib.resolve.sites import host_of, site_claims
from northbib.resolve.visible import headings_of, read_visible, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.html import HtmlElement

__all__ = ["read_page"]

_SEPARATOR = re.compile(r"\s+[|\-–—·•:»«/]+\s+|\s*\|\s*|:\s+")
_DESCRIBING = frozenset({"page:highwire", "page:jsonld", "page:eprints", "page:prism"})

# A Highwire meta element that is there says what kind of work it is, best first.
_HIGHWIRE_TYPES = (
    ("citation_dissertation_institution", "thesis"),
    ("citation_technical_report_institution", "report"),
    ("citation_technical_report_number", "report"),
    ("citation_conference_title", "paper-conference"),
    ("citation_conference", "paper-conference"),
    ("citation_inbook_title", "chapter"),
    ("citation_book_title", "chapter"),
    ("citation_journal_title", "article-journal"),
    ("prism.publicationname", "article-journal"),
)


def read_page(data: bytes, headers: Mapping[str, str], url: str) -> tuple[Claim, ...]:
    """Read all that a page says of the work it shows.

    Args:
        data: The page as it came over the wire, decompressed.
        headers: The headers of the answer, names in lower case; empty for a saved file.
        url: The address of the page.

    Returns:
        Claims in the order in which they stand in the page; a title is always among them.

    Raises:
        InputError: It is not HTML, has no title, or is a challenge, a log-in or an error message.
        NotFoundError: It says that there is no such page.
    """
    tree = parse(data, headers, url)
    metas = metas_of(tree)
    claims = [
        *read_metas(metas),
        *read_json_ld(tree, line(title_of(tree))),
        *read_visible(tree, url),
        *read_govuk(tree, url),
        *site_claims(url),
        *_highwire_type({name for name, _ in metas}),
    ]
    claims = _without_site(claims, _site_names(claims, url), headings_of(tree))
    claims += _site_in_title(title_of(tree), claims)
    _refuse(tree, claims, url)
    return tuple(claims)


def _refuse(tree: HtmlElement, claims: list[Claim], url: str) -> None:
    described = any(
        claim.field == "title" and claim.source in _DESCRIBING
        for claim in claims
        if not (claim.source == "page:jsonld" and _is_mere_page(claims))
    )
    titles = [title_of(tree), *(plain(str(c.value)) for c in claims if c.field == "title")]
    code = etree.tostring(tree, encoding="unicode")[:300_000]
    refuse(titles, code, text_of(tree)[:5000], url, described=described)


def _is_mere_page(claims: Iterable[Claim]) -> bool:
    return not any(
        claim.field == "type" and claim.source == "page:jsonld" and claim.value != "webpage"
        for claim in claims
    )


def _highwire_type(names: set[str]) -> list[Claim]:
    names = {name.removeprefix("bepress_") for name in names}
    for name, kind in _HIGHWIRE_TYPES:
        if name in names:
            return [Claim("type", kind, "page:highwire", name)]
    return [Claim("type", GENERIC, "page:highwire", "")] if "citation_title" in names else []


def _site_names(claims: Iterable[Claim], url: str) -> list[str]:
    fields = {"site", "site-publisher", "publisher", "container-title"}
    names = [str(claim.value) for claim in claims if claim.field in fields]
    host = host_of(url)
    return [*dict.fromkeys(names), host, *host.split(".")[:-1]]


def _without_site(claims: list[Claim], names: list[str], headings: list[str]) -> list[Claim]:
    headings = [h for h in headings if len(h) > 10 and not _is_site(h, names)]
    cleaned = []
    for claim in claims:
        if claim.field == "title" and isinstance(claim.value, str):
            cleaned.append(replace(claim, value=_title_alone(claim.value, names, headings)))
        else:
            cleaned.append(claim)
    return [claim for claim in cleaned if claim.value]


def _title_alone(title: str, names: list[str], headings: list[str]) -> str:
    """Take the site's name off a title: known names at either end, and what follows a heading."""
    plain_title = line(title)
    for heading in headings:
        if plain_title.startswith(heading) and _SEPARATOR.match(plain_title, len(heading)):
            return heading
    while True:
        cuts = list(_SEPARATOR.finditer(title))
        if cuts and _is_site(title[cuts[-1].end() :], names):
            title = title[: cuts[-1].start()]
        elif cuts and _is_site(title[: cuts[0].start()], names):
            title = title[cuts[0].end() :]
        else:
            return title.strip()


def _site_in_title(title: str, claims: list[Claim]) -> list[Claim]:
    """Give the site's name where the title element is the title and that name."""
    whole = line(title)
    known = {line(str(c.value)) for c in claims if c.field == "title" and c.source != "page:title"}
    for alone in sorted(known, key=lambda text: (-len(text), text)):
        before, found, after = whole.partition(alone)
        if not found or not alone or (before and after):
            continue
        cuts = [c for c in _SEPARATOR.finditer(whole) if c.end() == len(before)] if before else []
        match = _SEPARATOR.match(whole, len(alone)) if after else None
        name = whole[: cuts[0].start()] if cuts else whole[match.end() :] if match else ""
        is_name = 2 < len(name) < 60 and not name.startswith("by ")
        if is_name and not _SEPARATOR.search(name):
            return [Claim("site", name, "page:title", "title")]
    return []


def _is_site(text: str, names: list[str]) -> bool:
    return any(same_body(text, name) for name in names)
