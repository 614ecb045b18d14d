"""A web page -> claims: bytes, headers and address in; no network, no clock.

The layers are read in turn. What is embedded for machines comes first; what only people see is read
last, and bylines and dates in the text only where the layers above leave a gap.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from northbib.records import Date, plain
from northbib.resolve.claims import Claim
from northbib.resolve.days import days_away, local_day
from northbib.resolve.govuk import read_govuk
from northbib.resolve.legislation import read_legislation
from northbib.resolve.parliament import corrected, read_parliament
from northbib.resolve.readers import highwire, platforms, prism, twitter
from northbib.resolve.readers.around import title_element
from northbib.resolve.readers.bylines import read_bylines
from northbib.resolve.readers.coins import read_coins
from northbib.resolve.readers.items import read_microdata, read_rdfa
from northbib.resolve.readers.json_ld import read_json_ld
from northbib.resolve.readers.links import read_links
from northbib.resolve.readers.metas import read_metas
from northbib.resolve.readers.microformats import read_microformats
from northbib.resolve.readers.parts import take_apart
from northbib.resolve.readers.times import read_times
from northbib.resolve.readers.unapi import read_unapi
from northbib.resolve.refusals import refuse
from northbib.resolve.sites import site_claims
from northbib.resolve.sureness import sureness_of
from northbib.resolve.titles import site_in_title, titles_agree, without_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from northbib.resolve.readers.parts import Page

__all__ = ["read_page"]

# The readers of what is embedded for machines; each takes the page and gives claims.
_EMBEDDED: tuple[Callable[[Page], list[Claim]], ...] = (
    read_metas,
    highwire.read_type,
    prism.read_type,
    twitter.read_labels,
    read_json_ld,
    read_microdata,
    read_rdfa,
    read_microformats,
    read_coins,
    read_unapi,
    read_links,
    platforms.read_platform,
    read_govuk,
)
# The readers of an address.
_BY_ADDRESS: tuple[Callable[[str], list[Claim]], ...] = (
    site_claims,
    read_legislation,
    read_parliament,
)
_DESCRIBING = frozenset({"page:highwire", "page:jsonld", "page:eprints", "page:prism"})
_SCHOLARLY = frozenset({"page:highwire", "page:eprints", "page:bepress", "page:prism"})
_PAPERS = frozenset({"article-journal", "chapter", "paper-conference", "thesis"})
_SHORT = 3


def read_page(data: bytes, headers: Mapping[str, str], url: str) -> tuple[Claim, ...]:
    """Read all that a page says of the work it shows.

    Args:
        data: The page as it came over the wire, decompressed.
        headers: The headers of the answer, names in lower case; empty for a saved file.
        url: The address of the page.

    Returns:
        Claims in the order in which they were read; a title is always among them.

    Raises:
        InputError: It is not HTML, has no title, or is a challenge, a log-in or an error message.
        NotFoundError: It says that there is no such page.
    """
    page = take_apart(data, headers, url)
    claims = [claim for read in _EMBEDDED for claim in read(page) if claim.value]
    claims += [claim for read in _BY_ADDRESS for claim in read(url)]
    claims += _shown_titles(page)
    claims = corrected(claims, page.host)
    claims = without_site(claims, [heading.text for heading in page.headings], url)
    claims += site_in_title(page.title, claims)
    _refuse(page, claims)
    claims += _visible(page, claims)
    claims += platforms.read_hints(page, claims)
    return tuple(
        replace(claim, confidence=sureness_of(claim)) for claim in _in_local_time(claims, page.host)
    )


def _shown_titles(page: Page) -> list[Claim]:
    claims = [Claim("language", page.language, "page:html", "lang")] if page.language else []
    if len(page.headings) == 1 and _is_title(page.headings[0].text, page.title):
        claims.append(Claim("title", page.headings[0].text, "page:h1", "h1"))
    if page.title:
        claims.append(Claim("title", page.title, "page:title", "title"))
    return claims


def _is_title(heading: str, title: str) -> bool:
    # "Loading", "Menu" and names of sections are headings, too.
    return not title or len(heading.split()) > _SHORT or titles_agree(heading, title)


def _visible(page: Page, claims: Sequence[Claim]) -> list[Claim]:
    """Read bylines and dates in the text, where nothing that is meant for machines has any."""
    fields = {claim.field for claim in claims if not claim.source.startswith("page:url")}
    needs_date = "issued" not in fields or any(
        claim.field == "issued" and days_away(claim.raw, page.host) for claim in claims
    )
    has_people = any(claim.field == "author" and _has_person(claim) for claim in claims)
    is_from_body = any(c.field == "author" and c.source.startswith("site:") for c in claims)
    if not needs_date and (has_people or is_from_body):
        return []
    titles = [plain(str(claim.value)) for claim in claims if claim.field == "title"]
    heading = title_element(page, titles)
    found: list[Claim] = []
    if not has_people and not is_from_body:
        found += read_bylines(page, heading, is_scholarly=any(map(_is_scholarly, claims)))
    return found + (read_times(page, heading) if needs_date else [])


def _is_scholarly(claim: Claim) -> bool:
    is_paper = claim.field == "type" and claim.value in _PAPERS
    is_paper = is_paper or (claim.value == "article" and claim.source.startswith("site:"))
    return claim.field == "DOI" or is_paper or claim.source in _SCHOLARLY


def _has_person(claim: Claim) -> bool:
    # The label of a card names the account that published, who need not be who wrote.
    return (
        claim.source != twitter.SOURCE
        and isinstance(claim.value, tuple)
        and any(name.family for name in claim.value)
    )


def _in_local_time(claims: Sequence[Claim], host: str) -> list[Claim]:
    edits = {claim.value for claim in claims if claim.field == "modified"}
    dated = [c for c in claims if c.field == "issued" and isinstance(c.value, Date)]
    doubtful = [claim for claim in dated if days_away(claim.raw, host)]
    shown = [c.value for c in dated if c not in doubtful and c.value not in edits]
    days = [day for day in shown if isinstance(day, Date)]
    return [
        replace(claim, value=local_day(claim.raw, claim.value, days, host))
        if claim in doubtful and isinstance(claim.value, Date)
        else claim
        for claim in claims
    ]


def _refuse(page: Page, claims: Sequence[Claim]) -> None:
    is_mere_page = not any(
        claim.field == "type" and claim.source == "page:jsonld" and claim.value != "webpage"
        for claim in claims
    )
    described = any(
        claim.field == "title" and claim.source in _DESCRIBING
        for claim in claims
        if not (claim.source == "page:jsonld" and is_mere_page)
    )
    refuse(page, _titles(page, claims), described=described)


def _titles(page: Page, claims: Iterable[Claim]) -> list[str]:
    return [page.title, *(plain(str(c.value)) for c in claims if c.field == "title")]
