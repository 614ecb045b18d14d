"""From works to faults: what registries tell, and what they could not be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.errors import NotFoundError
from northbib.library.checking.rule import Fault
from northbib.resolve.agencies import agency_of
from northbib.resolve.clean import line
from northbib.resolve.watching.arxiv import arxiv_tells
from northbib.resolve.watching.asking import each_once, is_online
from northbib.resolve.watching.crossref import crossref_tells
from northbib.resolve.watching.datacite import datacite_tells
from northbib.resolve.watching.editions import editions_tell
from northbib.resolve.watching.told import Hearing, Told
from northbib.resolve.watching.works import work_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from northbib.library.checking.subject import Subject
    from northbib.records import Record
    from northbib.resolve.http.fetcher import Fetcher
    from northbib.resolve.watching.told import Update
    from northbib.resolve.watching.works import Work

__all__ = ["Updated", "check_updates"]


@dataclass(frozen=True, slots=True)
class Updated:
    """What has become of some works.

    Attributes:
        faults: What was found: the code of a rule, the entry, and what there is to say.
        works: How many of the works a registry could be asked about.
        unchecked: Of how many of them it could not be established whether they stand.
        nameless: How many have no identifier that a registry knows.
        is_online: Whether any registry could be reached, if some were to be asked.
    """

    faults: tuple[tuple[str, Subject, Fault], ...]
    works: int
    unchecked: int
    nameless: int
    is_online: bool


def check_updates(
    entries: Sequence[tuple[Subject, Record | None]],
    fetcher: Fetcher,
    held: Mapping[str, str],
) -> Updated:
    """Ask registries what has become of some works.

    Args:
        entries: The entries, each with its record; None if it is no work of its own.
        fetcher: Asks.
        held: DOI in lower case -> the key of the entry of the library that has it.
    """
    hearing = Hearing(fetcher)
    works = [work_of(subject, record) for subject, record in entries if record is not None]
    tellings = _tellings(works, hearing)
    faults: list[tuple[str, Subject, Fault]] = []
    unchecked = 0
    for work in works:
        found = list(_faults(work, tellings, held))
        gap = any(code == "unchecked-update" for code, *_ in found)
        unchecked += gap and not work.is_nameless
        faults += found
    nameless = sum(work.is_nameless for work in works)
    online = is_online(hearing.results, fetcher)
    return Updated(tuple(faults), len(works) - nameless, unchecked, nameless, online)


def _tellings(works: Sequence[Work], hearing: Hearing) -> dict[tuple[str, str], Told]:
    """Ask all registries, and give what they tell by kind of identifier and identifier."""
    names = list(dict.fromkeys(work.doi for work in works if work.doi))
    preprints = list(dict.fromkeys(work.arxiv for work in works if work.arxiv))
    books = {work.isbn: work.record for work in reversed(works) if work.isbn}
    by_doi = crossref_tells(names, hearing)
    by_doi |= _elsewhere([name for name in names if name not in by_doi], hearing)
    return {
        **{("doi", name): told for name, told in by_doi.items()},
        **{("arxiv", name): told for name, told in arxiv_tells(preprints, hearing).items()},
        **{("isbn", name): told for name, told in editions_tell(books, hearing).items()},
    }


def _elsewhere(names: Sequence[str], hearing: Hearing) -> dict[str, Told]:
    """Ask about DOIs that Crossref does not have."""
    first = {name.partition("/")[0]: name for name in reversed(names)}

    def agency(prefix: str) -> str:
        try:
            return line(agency_of(first[prefix], hearing.fetcher))
        except NotFoundError as error:
            return error.message

    agencies = each_once(list(first), agency, hearing.fetcher, "asking for agencies")
    of_datacite, found = [], {}
    for name in names:
        of = agencies[name.partition("/")[0]]
        if of == "DataCite":
            of_datacite.append(name)
        else:
            found[name] = Told(gap=_gap(of))
    return found | datacite_tells(of_datacite, hearing)


def _gap(agency: str) -> str:
    if not agency:
        return "Crossref does not know it, and whose it is was not found out"
    if agency == "Crossref":
        return "Crossref does not know it"
    if " " in agency:
        return agency
    return f"{agency}, which registered it, tells nothing of updates"


def _faults(
    work: Work, tellings: Mapping[tuple[str, str], Told], held: Mapping[str, str]
) -> Iterator[tuple[str, Subject, Fault]]:
    named = (("doi", work.doi), ("arxiv", work.arxiv), ("isbn", work.isbn))
    told = [tellings[place] for place in named if place[1]]
    seen: set[tuple[str, str]] = set()
    for update in (update for each in told for update in each.updates):
        place = (update.code, update.leads_to or update.message)
        if place not in seen:
            seen.add(place)
            yield (
                update.code,
                work.subject,
                Fault(update.message, work.field, _advice(update, held)),
            )
    gaps = [each.gap for each in told if each.gap]
    if work.is_nameless and work.is_registered:
        gaps = ["it has no DOI, arXiv id or ISBN by which a registry could be asked"]
    for gap in dict.fromkeys(gaps):
        message = f"whether it has been updated was not found out: {gap}"
        yield "unchecked-update", work.subject, Fault(message, work.field)


def _advice(update: Update, held: Mapping[str, str]) -> str | None:
    if update.leads_to in held:
        return f"that is {held[update.leads_to]} in this library"
    if update.code in ("preprint-published", "newer-version") and update.leads_to:
        return f"northbib add {update.leads_to} adds it"
    if update.isbn:
        return f"northbib add {update.isbn} adds it"
    return "read the notice" if update.leads_to else None
