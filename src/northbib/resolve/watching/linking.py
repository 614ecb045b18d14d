"""From the links of entries to faults: what is dead or has moved, and where a copy is."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from northbib.bibtex import field_source
from northbib.library.checking.rule import Fault
from northbib.resolve.watching.asking import ask_all, each_once, is_online
from northbib.resolve.watching.copies import Sought, day_of_reading, find_copy
from northbib.resolve.watching.judging import judge
from northbib.resolve.watching.links import is_persistent, links_of
from northbib.resolve.watching.saving import save_copy
from northbib.resolve.watching.verdicts import Verdict, unchecked

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from northbib.library.checking.rule import Edits
    from northbib.library.checking.subject import Subject
    from northbib.records import Record
    from northbib.resolve.http.fetcher import Fetcher
    from northbib.resolve.watching.asking import Asked
    from northbib.resolve.watching.links import Link

__all__ = ["Linked", "check_links"]

_SAYS = {
    "dead-link": "leads nowhere",
    "soft-404": "leads nowhere, though with status 200",
    "parked-domain": "leads to a domain that is parked",
    "moved-link": "has moved",
    "unsafe-link": "is not safe",
    "closed-link": "is not open to everybody",
    "archived-link": "leads nowhere, but there is a copy",
    "unarchived-link": "has no archiveurl beside it",
    "unchecked-link": "was not checked",
}
_LOST = frozenset({"dead-link", "soft-404", "parked-domain"})
_WITH_COPY = _LOST | {"moved-link"}
_ALIVE = frozenset({"", "closed-link"})
_COPY = "archiveurl"
_SAVE = "northbib check --links --save has one taken"


@dataclass(frozen=True, slots=True)
class Linked:
    """What came of the links of some entries.

    Attributes:
        faults: What is wrong: the code of a rule, the entry, and what is wrong with it.
        addresses: How many addresses there were.
        unchecked: Of how many of them nothing could be established.
        is_online: Whether any host could be reached, if some were to be asked.
    """

    faults: tuple[tuple[str, Subject, Fault], ...]
    addresses: int
    unchecked: int
    is_online: bool


@dataclass(frozen=True, slots=True)
class _Judged:
    link: Link
    verdict: Verdict
    arrived: str


def check_links(
    works: Sequence[tuple[Subject, Record | None]],
    fetcher: Fetcher,
    *,
    archive: bool = False,
    save: bool = False,
) -> Linked:
    """Look where the links of some entries lead.

    Args:
        works: The entries, each with its record; None if it is no work of its own.
        fetcher: Asks.
        archive: Whether copies are looked for of links that are alive, too.
        save: Whether the Wayback Machine is asked to take a copy where there is none.
    """
    address_of = fetcher.settings.url
    links = [link for subject, record in works for link in links_of(subject, record, address_of)]
    titles: dict[str, list[str]] = {}
    for link in links:
        if link.address:
            title = link.record.title if link.record is not None else ""
            titles.setdefault(link.address, []).extend([title] if title else [])
    answers = ask_all(titles, fetcher, "checking links")
    judged = [_judged(link, answers.get(link.address), titles) for link in links]
    results = [asked.result for asked in answers.values()]
    doubtful = any(each.verdict.needs_network for each in judged)
    online = is_online(results, fetcher, by_name=doubtful)
    judged = [_undecided(each) if not online or _lasts(each) else each for each in judged]
    sought = _copies(judged, fetcher, archive=archive, save=save)
    states = {(each.link.subject, each.link.field): each.verdict for each in judged}
    faults = [fault for each in judged for fault in _faults(each, states, sought)]
    all_, open_ = _counted(judged)
    return Linked(tuple(faults), all_, open_, online)


def _judged(link: Link, asked: Asked | None, titles: dict[str, list[str]]) -> _Judged:
    if asked is None:
        what = (
            "it is no DOI that can be asked for" if link.field == "doi" else "it is not of the web"
        )
        return _Judged(link, unchecked(what), "")
    verdict = judge(
        link.address,
        asked.result,
        titles[link.address],
        stays=link.stays,
        sibling=asked.sibling,
    )
    return _Judged(link, verdict, asked.result.url)


def _undecided(judged: _Judged) -> _Judged:
    """Take back what only holds if this machine is online."""
    verdict = judged.verdict
    return replace(judged, verdict=unchecked(verdict.reason)) if verdict.needs_network else judged


def _lasts(judged: _Judged) -> bool:
    """Whether nobody would believe that its host is gone."""
    return is_persistent(judged.arrived)


def _counted(judged: Sequence[_Judged]) -> tuple[int, int]:
    """Give the number of addresses, and of those that are not checked."""
    names = {each.link.address or each.link.written: each.verdict for each in judged}
    return len(names), sum(verdict.is_unchecked for verdict in names.values())


def _copies(
    judged: Sequence[_Judged], fetcher: Fetcher, *, archive: bool, save: bool
) -> dict[tuple[str, datetime.date | None], Sought]:
    """Look for the copies that are wanted, each once."""
    wanted = dict.fromkeys(
        _wanted(each)
        for each in judged
        if each.link.field != _COPY
        and _COPY not in each.link.subject.values
        and _is_sought(each, archive=archive or save)
    )
    alive = {_wanted(each) for each in judged if each.verdict.code in _ALIVE}

    def seek(place: tuple[str, datetime.date | None]) -> Sought:
        found = find_copy(*place, fetcher)
        if found.copy is None and save and place in alive:
            return save_copy(place[0], fetcher, time.sleep)
        return found

    return each_once(list(wanted), seek, fetcher, "looking for copies")


def _wanted(judged: _Judged) -> tuple[str, datetime.date | None]:
    link = judged.link
    address = judged.arrived if link.field == "doi" else link.address
    return address, day_of_reading(link.record)


def _is_sought(judged: _Judged, *, archive: bool) -> bool:
    link, code = judged.link, judged.verdict.code
    if link.field == "doi":
        # Of the page that it leads to, not of the resolver's.
        return code in _LOST and judged.arrived != link.address
    return code in _WITH_COPY or (archive and code in _ALIVE and not link.stays)


def _faults(
    judged: _Judged,
    states: dict[tuple[Subject, str], Verdict],
    sought: dict[tuple[str, datetime.date | None], Sought],
) -> Iterable[tuple[str, Subject, Fault]]:
    link, verdict = judged.link, judged.verdict
    code = verdict.code
    is_copy, has_copy = link.field == _COPY, _COPY in link.subject.values
    found = sought.get(_wanted(judged)) if not is_copy and not has_copy else None
    archived = states.get((link.subject, _COPY)) if not is_copy else None
    if code in _LOST and archived is not None and archived.code in _ALIVE:
        code = "archived-link"
    if code in _ALIVE and found is not None:
        yield _unarchived(link, found)
    if not code:
        return
    advice: str | None = None
    edits: dict[str, str | None] = {}
    if code in _WITH_COPY and found is not None:
        advice, copied = _offer(found)
        edits |= copied
    if code == "moved-link":
        edits |= _moved(link, field_source("url", verdict.target))
        advice = f"write {verdict.target}" + (f"; {advice}" if found and found.copy else "")
    yield _fault(code, link, verdict.reason, advice, edits)


def _moved(link: Link, target: str) -> Edits:
    if link.field == "url":
        return link.subject.replaced("url", target)
    return link.subject.rewritten(link.field, lambda text: text.replace(link.written, target))


def _fault(
    code: str, link: Link, reason: str, advice: str | None = None, edits: Edits | None = None
) -> tuple[str, Subject, Fault]:
    message = f"{link.field} {link.written} {_SAYS[code]}: {reason}"
    return code, link.subject, Fault(message, link.field, advice, edits or {})


def _unarchived(link: Link, found: Sought) -> tuple[str, Subject, Fault]:
    if found.copy is not None:
        return _fault("unarchived-link", link, "there is a copy", *_offer(found))
    reason = found.failure or "no archive that was asked has a copy"
    return _fault("unarchived-link", link, reason, _SAVE)


def _offer(found: Sought) -> tuple[str, dict[str, str | None]]:
    """Give what to do about a copy, and the edits that name it."""
    copy = found.copy
    if copy is None and found.failure:
        return f"whether there is a copy was not found out: {found.failure}", {}
    if copy is None:
        return "look for it elsewhere: no archive that was asked has a copy", {}
    advice = f"its copy of {copy.day} is {copy.url}"
    source = field_source(_COPY, copy.url)
    return advice, {_COPY: source, "archivedate": copy.day}
