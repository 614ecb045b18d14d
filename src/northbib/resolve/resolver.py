"""From what a user pasted to a record: recognise, ask, follow leads, merge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.errors import InputError, NetworkError, NotFoundError
from northbib.findings import Finding
from northbib.records import Date, Day
from northbib.resolve.claims import Answer, Resolution
from northbib.resolve.fetch import Fetcher
from northbib.resolve.merge import merge, titles_agree
from northbib.resolve.recognition import Identifier, doi_in_address
from northbib.resolve.sources import source_for, web

if TYPE_CHECKING:
    import datetime

    from northbib.resolve.settings import Settings

__all__ = ["resolution_of"]

_FAILURES = (InputError, NetworkError, NotFoundError)


def resolution_of(
    identifier: Identifier, settings: Settings, page: bytes | None, today: datetime.date | None
) -> Resolution:
    """Do what `northbib.resolve.resolve` says."""
    address = _address(identifier, settings)
    if page is not None and len(page) > settings.max_bytes:
        raise InputError(f"the page is larger than {settings.max_bytes / 1e6:g} MB", where=address)
    with Fetcher(settings) as fetcher:
        answer = web.read(page, {}, address) if page is not None else _ask(identifier, fetcher)
        if page is not None and identifier.kind == "doi":
            answer = Answer(answer.claims, answer.url, answer.findings, (identifier,))
        for lead in answer.leads:
            answer = _followed(answer, lead, fetcher)
    record, claims = merge(answer.claims, url=answer.url, today=_date(today))
    return Resolution(record, answer.findings, address, claims)


def _ask(identifier: Identifier, fetcher: Fetcher) -> Answer:
    try:
        return source_for(identifier).ask(identifier, fetcher)
    except _FAILURES as error:
        answer = _ask_doi_in_address(identifier, fetcher, error.message)
        if answer is None:
            raise
        return answer


def _ask_doi_in_address(identifier: Identifier, fetcher: Fetcher, why: str) -> Answer | None:
    """Ask about the DOI that stands in the address of a page that could not be read."""
    name = doi_in_address(identifier.value) if identifier.kind == "url" else None
    if name is None:
        return None
    lead = Identifier("doi", name)
    try:
        answer = source_for(lead).ask(lead, fetcher)
    except _FAILURES:
        # What went wrong with the page, which is what was asked for, says more.
        return None
    finding = Finding(
        code="page-not-read",
        severity="warning",
        message=f"the page could not be read ({why}); the record is that of the DOI in its address",
        file=identifier.value,
    )
    return Answer(answer.claims, answer.url, (*answer.findings, finding))


def _followed(answer: Answer, lead: Identifier, fetcher: Fetcher) -> Answer:
    """Add what is known about the DOI that a page states, if it is the DOI of the same work."""
    try:
        more = source_for(lead).ask(lead, fetcher)
    except _FAILURES as error:
        finding = Finding(
            code="doi-not-resolved",
            severity="warning",
            message=f"the page states the DOI {lead.value}, which could not be resolved "
            f"({error.message}); the record is the page's own",
            file=answer.url,
        )
        return Answer(answer.claims, answer.url, (*answer.findings, finding))
    if titles_agree(_title(answer), _title(more)):
        findings = (*answer.findings, *more.findings)
        return Answer((*answer.claims, *more.claims), answer.url, findings)
    finding = Finding(
        code="doi-of-another-work",
        severity="warning",
        message=f"the page states the DOI {lead.value}, which is that of another work "
        f"({_title(more)}); it is left out",
        file=answer.url,
    )
    kept = tuple(claim for claim in answer.claims if claim.field != "DOI")
    return Answer(kept, answer.url, (*answer.findings, finding))


def _title(answer: Answer) -> str:
    return merge(answer.claims, url=answer.url)[0].title


def _address(identifier: Identifier, settings: Settings) -> str:
    if identifier.kind == "doi":
        return settings.doi_url + identifier.value
    return identifier.value


def _date(day: datetime.date | None) -> Date | None:
    return None if day is None else Date(Day(day.year, day.month, day.day))
