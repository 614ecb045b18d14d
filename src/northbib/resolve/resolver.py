"""From what a user pasted to a record: recognise, ask source after source, follow leads, merge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from northbib.errors import InputError, NetworkError, NorthbibError, NotFoundError
from northbib.findings import Finding
from northbib.records import Date, Day
from northbib.resolve.agencies import agency_of
from northbib.resolve.claims import Answer, Resolution
from northbib.resolve.http.fetcher import Fetcher
from northbib.resolve.http.results import Response
from northbib.resolve.merge import merge
from northbib.resolve.recognition import Identifier, doi_in_address
from northbib.resolve.sources import load, sources_for
from northbib.resolve.sources.asking import ask
from northbib.resolve.titles import titles_agree
from northbib.resolve.uncertain import UncertainError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from northbib.resolve.settings import Settings
    from northbib.resolve.sources import Source

__all__ = ["resolution_of", "resolved"]

_FAILURES = (InputError, NetworkError, NotFoundError)
_DEEPEST = 3

# What stands in for pages that could not be read; where it fails, too, the page says why.
_STAND_INS = frozenset({"translation", "citoid"})

# Where people read about what an identifier names.
_PAGES = {
    "arxiv": "https://arxiv.org/abs/{}",
    "law": "https://www.legislation.gov.uk/{}",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
}

# What a record of a book should have; as long as it lacks one of them, the next library is asked.
_OF_A_BOOK = (frozenset({"author", "editor"}), frozenset({"issued"}), frozenset({"publisher"}))


def resolution_of(
    identifier: Identifier, settings: Settings, page: bytes | None, today: datetime.date | None
) -> Resolution:
    """Do what `northbib.resolve.resolve` says."""
    with Fetcher(settings) as fetcher:
        return resolved(identifier, fetcher, page, today)


def resolved(
    identifier: Identifier,
    fetcher: Fetcher,
    page: bytes | None = None,
    today: datetime.date | None = None,
) -> Resolution:
    """Make a record with a fetcher that many share."""
    address = _address(identifier, fetcher.settings)
    if page is None:
        answer = _asked(identifier, fetcher)
    else:
        answer = _of_saved_page(page, identifier, address, fetcher.settings)
    answer = _with_leads(answer, fetcher)
    record, claims = merge(answer.claims, url=answer.url, today=_date(today))
    findings = (*fetcher.notices(), *answer.findings)
    return Resolution(record, findings, address, claims)


def _of_saved_page(page: bytes, identifier: Identifier, address: str, settings: Settings) -> Answer:
    if len(page) > settings.max_bytes:
        raise InputError(f"the page is larger than {settings.max_bytes / 1e6:g} MB", where=address)
    at = Identifier("url", address)
    answer = load("web").read(Response(address, 200, page), at)
    return replace(answer, leads=(identifier,)) if identifier.kind == "doi" else answer


def _asked(identifier: Identifier, fetcher: Fetcher) -> Answer:
    """Ask the sources that know something, until one gives a record or a lead to one."""
    failures: dict[str, NorthbibError] = {}
    answer: Answer | None = None
    for source in _candidates(identifier, fetcher):
        try:
            more = ask(source, identifier, fetcher)
        except _FAILURES as error:
            failures[source.NAME] = error
            continue
        if more is not None:
            answer = more if answer is None else _together(answer, more)
            if identifier.kind != "isbn" or _is_whole(answer):
                return answer
    if answer is not None:
        return answer
    return _without_answer(identifier, failures, fetcher)


def _candidates(identifier: Identifier, fetcher: Fetcher) -> Sequence[Source]:
    """Give the sources to ask; of those for DOIs the one of its registration agency."""
    sources = sources_for(identifier)
    if identifier.kind != "doi":
        return sources
    agency = agency_of(identifier.value, fetcher)
    return [source for source in sources if getattr(source, "AGENCY", agency) == agency]


def _without_answer(
    identifier: Identifier, failures: dict[str, NorthbibError], fetcher: Fetcher
) -> Answer:
    if not failures:
        raise NotFoundError(
            f"no source that is set up can be asked about {identifier.value}",
            hint="an address of a service may have been set to off",
        )
    error = _most_telling(failures)
    answer = _by_another_way(identifier, error, fetcher)
    if answer is not None:
        return answer
    if identifier.kind == "doi" and isinstance(error, NotFoundError):
        raise NotFoundError(
            f"there is no such DOI: {identifier.value}",
            where=error.where,
            hint="check it for typing errors",
        ) from error
    raise error


def _most_telling(failures: dict[str, NorthbibError]) -> NorthbibError:
    offered = (each for each in failures.values() if isinstance(each, UncertainError))
    knowing = (each for name, each in failures.items() if name not in _STAND_INS)
    missing = (each for each in knowing if isinstance(each, NotFoundError))
    page = failures.get("web")
    if isinstance(page, InputError):
        # It was no page that it could have been; a service that knows the address says more.
        page = next(missing, page)
    # The page, or the resolver, is what was asked for; it says more than those beside it.
    said = page or failures.get("doi") or next(iter(failures.values()))
    return next(offered, said)


def _by_another_way(
    identifier: Identifier, error: NorthbibError, fetcher: Fetcher
) -> Answer | None:
    """Ask about the DOI in the address of a page, or read the page of what a service has."""
    name = doi_in_address(identifier.value) if identifier.kind == "url" else None
    if name is not None:
        answer = _instead(Identifier("doi", name), fetcher)
        message = f"the page could not be read ({error.message}); "
        message += "the record is that of the DOI in its address"
        # The DOI is the work's own, and leads no further.
        return answer and _with_word(answer, "page-not-read", message, identifier.value, ())
    page = _PAGES.get(identifier.kind, "").format(identifier.value)
    if not page or isinstance(error, NotFoundError):
        return None
    answer = _instead(Identifier("url", page), fetcher)
    message = f"the service did not answer ({error.message}); the record is that of its page"
    return answer and _with_word(answer, "service-not-read", message, page, answer.leads)


def _instead(identifier: Identifier, fetcher: Fetcher) -> Answer | None:
    try:
        return _asked(identifier, fetcher)
    except _FAILURES:
        # What went wrong with what was asked for says more.
        return None


def _with_word(
    answer: Answer, code: str, message: str, where: str, leads: tuple[Identifier, ...]
) -> Answer:
    finding = Finding(code=code, severity="warning", message=message, file=where)
    return replace(answer, findings=(*answer.findings, finding), leads=leads)


def _with_leads(answer: Answer, fetcher: Fetcher) -> Answer:
    """Follow the leads of an answer; one without a title of its own is no more than its leads."""
    for _ in range(_DEEPEST):
        if _has(answer, "title") or not answer.leads:
            break
        further = _asked(answer.leads[0], fetcher)
        answer = replace(further, findings=(*answer.findings, *further.findings))
    for lead in answer.leads:
        answer = _followed(answer, lead, fetcher)
    return answer


def _followed(answer: Answer, lead: Identifier, fetcher: Fetcher) -> Answer:
    """Add what is known about the DOI that a source states, if it is that of the same work."""
    try:
        more = _asked(lead, fetcher)
    except _FAILURES as error:
        finding = Finding(
            code="doi-not-resolved",
            severity="warning",
            message=f"the page states the DOI {lead.value}, which could not be resolved "
            f"({error.message}); the record is the page's own",
            file=answer.url,
        )
        return replace(answer, findings=(*answer.findings, finding))
    if titles_agree(_title(answer), _title(more)):
        return _together(answer, more)
    finding = Finding(
        code="doi-of-another-work",
        severity="warning",
        message=f"the page states the DOI {lead.value}, which is that of another work "
        f"({_title(more)}); it is left out",
        file=answer.url,
    )
    kept = tuple(claim for claim in answer.claims if claim.field != "DOI")
    return replace(answer, claims=kept, findings=(*answer.findings, finding))


def _together(answer: Answer, more: Answer) -> Answer:
    return replace(
        answer,
        claims=(*answer.claims, *more.claims),
        findings=(*answer.findings, *more.findings),
    )


def _is_whole(answer: Answer) -> bool:
    fields = {claim.field for claim in answer.claims}
    return all(fields & wanted for wanted in _OF_A_BOOK)


def _has(answer: Answer, field: str) -> bool:
    return any(claim.field == field for claim in answer.claims)


def _title(answer: Answer) -> str:
    return merge(answer.claims, url=answer.url)[0].title


def _address(identifier: Identifier, settings: Settings) -> str:
    if identifier.kind == "doi":
        return settings.url("doi") + identifier.value
    if identifier.kind == "law":
        return settings.url("legislation") + identifier.value
    return identifier.value


def _date(day: datetime.date | None) -> Date | None:
    return None if day is None else Date(Day(day.year, day.month, day.day))
