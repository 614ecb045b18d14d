"""What Crossref tells of works: retractions and the like, and what became of preprints.

An update is told in two ways, which do not always agree: in the work (`updated-by`) and in the
notice (`update-to`); both are asked for. Retraction Watch is one of the sources of both. Sources:
https://www.crossref.org/documentation/retrieve-metadata/rest-api/rest-api-filters/ and
https://www.crossref.org/documentation/retrieve-metadata/retraction-watch/.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from northbib.errors import InputError
from northbib.records.identifiers import doi
from northbib.resolve.sources.crossref import (
    MOST_LISTED,
    address_of_list,
    address_of_work,
    works_in,
)
from northbib.resolve.sources.payload import json_object, members, text_in, under
from northbib.resolve.watching.asking import told_in_lists
from northbib.resolve.watching.told import Told, Update, batches, gap_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.resolve.watching.told import Hearing

__all__ = ["crossref_tells"]

_WHO = "Crossref"
_MOST_ROWS = 1000
_MALFORMED = 400
_REFUSED = "Crossref refused the list"

# Crossref's types of updates -> the rule, and the words for it.
_TYPES = {
    "retraction": ("retracted", "retracted"),
    "partial_retraction": ("retracted", "retracted in part"),
    "withdrawal": ("retracted", "withdrawn"),
    "removal": ("retracted", "removed"),
    "expression_of_concern": ("expression-of-concern", "subject to an expression of concern"),
    "correction": ("corrected", "corrected"),
    "erratum": ("corrected", "corrected by an erratum"),
    "corrigendum": ("corrected", "corrected by a corrigendum"),
    "addendum": ("corrected", "added to"),
    "clarification": ("corrected", "clarified"),
    "new_version": ("newer-version", "published in a new version"),
    "new_edition": ("newer-edition", "published in a new edition"),
}
# Publishers write so into titles, and some do nothing else.
_RETRACTED = re.compile(
    r"\W*(?:retracted|withdrawn|removed)(?: (?:article|paper|chapter|manuscript))?"
    r"\s*[\]:\N{EN DASH}-]",
    re.IGNORECASE,
)
_OTHER = ("corrected", "updated")
_OWN = frozenset({"newer-version", "newer-edition"})
_SOURCES = {"retraction-watch": "Retraction Watch", "publisher": "the publisher"}
# Relations of a work -> the rule, and the words for it.
_RELATIONS = {
    "is-preprint-of": ("preprint-published", "the preprint has been published"),
    "is-replaced-by": ("newer-version", "it has been replaced"),
}

_Told = tuple[str, Any]
"""The DOI of a notice, and what is told of it."""


@dataclass(slots=True)
class _Notice:
    """An update as several may tell it."""

    words: str
    day: str = ""
    sources: set[str] = field(default_factory=set)


def crossref_tells(names: Sequence[str], hearing: Hearing) -> dict[str, Told]:
    """Ask Crossref about works.

    Args:
        names: DOIs, in lower case.
        hearing: Asks.

    Returns:
        What it tells of those that it knows, and of those about which it could not be asked; the
        others are left out.
    """
    if not hearing.settings.url("crossref"):
        return {name: Told(gap="Crossref is turned off in the settings") for name in names}
    # A comma parts the values of a filter, so that a DOI with one in it cannot be among them.
    listed = [name for name in names if "," not in name]
    jobs = [*batches(listed, MOST_LISTED, _written), *([name] for name in names if "," in name)]
    return told_in_lists(jobs, lambda job: _ask(job, hearing), hearing.fetcher, "asking Crossref")


def _written(name: str) -> str:
    return f"updates:{quote(name, safe='/')},"


def _ask(names: Sequence[str], hearing: Hearing) -> dict[str, Told]:
    works, gap = _works(names, hearing)
    if gap == _REFUSED:
        # One DOI that makes no sense spoils a list for the others.
        return {key: told for name in names for key, told in _ask([name], hearing).items()}
    if gap:
        return {name: Told(gap=gap) for name in names}
    if not works:
        return {}
    notices, gap = _notices([name for name in works if "," not in name], hearing)
    return {
        name: Told((*_updates(name, work, notices.get(name, [])), *_related(name, work)), gap)
        for name, work in works.items()
    }


def _works(names: Sequence[str], hearing: Hearing) -> tuple[dict[str, dict[str, Any]], str]:
    """Give the works that Crossref has among `names`, or why it could not be asked."""
    base = hearing.settings.url("crossref")
    is_one = len(names) == 1
    url = address_of_work(base, names[0]) if is_one else address_of_list(base, names)
    result = hearing.get(url)
    if is_one and result.outcome in ("not_found", "gone") and not result.stale:
        return {}, ""
    response = result.response
    if not is_one and response is not None and response.status == _MALFORMED:
        return {}, _REFUSED
    if (gap := gap_of(result, _WHO)) or response is None:
        return {}, gap
    try:
        works = works_in(response)
    except InputError as error:
        return {}, error.message
    named = ((doi(text_in(work, "DOI")) or "", work) for work in works)
    return {name: work for name, work in named if name in names}, ""


def _notices(names: Sequence[str], hearing: Hearing) -> tuple[dict[str, list[_Told]], str]:
    """Give the updates that notices state, by the work that they are about."""
    found: defaultdict[str, list[_Told]] = defaultdict(list)
    if not names:
        return found, "Crossref cannot be asked for notices about a DOI with a comma in it"
    base = hearing.settings.url("crossref")
    result = hearing.get(address_of_list(base, names, "updates", _MOST_ROWS))
    if (gap := gap_of(result, _WHO)) or result.response is None:
        return found, f"whether there is a notice was not found out ({gap})"
    try:
        notices = works_in(result.response)
    except InputError as error:
        return found, f"whether there is a notice was not found out ({error.message})"
    for notice in notices:
        for each in members(notice, "update-to"):
            if (about := doi(text_in(each, "DOI"))) in names and about is not None:
                found[about].append((doi(text_in(notice, "DOI")) or "", each))
    answer = json_object(result.response.body, result.url, _WHO)
    total = under(answer, "message", "total-results")
    if isinstance(total, int) and total > len(notices):
        return found, f"of {total} notices, Crossref gave {len(notices)}"
    return found, ""


def _updates(name: str, work: dict[str, Any], notices: Sequence[_Told]) -> Iterator[Update]:
    """Give the updates of a work, each once, whoever tells it."""
    told = [(doi(text_in(each, "DOI")) or "", each) for each in members(work, "updated-by")]
    known: dict[tuple[str, str, str], _Notice] = {}
    title = text_in(work, "title", 0)
    if _RETRACTED.match(title) and not any(map(_is_retraction, (*told, *notices))):
        yield Update("retracted", f"its title is now {title[:80]!r}")
    for notice, each in (*told, *notices):
        kind = _kind(each)
        code, words = _TYPES.get(kind, _OTHER)
        if code in _OWN and notice in ("", name):
            continue  # Some publishers have every version say that it is one of itself.
        words = words if kind in _TYPES else f"updated ({text_in(each, 'label') or kind})"
        found = known.setdefault((code, words, notice), _Notice(words))
        found.day = found.day or _day(each)
        if source := text_in(each, "source"):
            found.sources.add(_SOURCES.get(source, source))
    for (code, words, notice), each in known.items():
        about = ", ".join(filter(None, (each.day, notice if notice != name else "")))
        by = f", says {' and '.join(sorted(each.sources))}" if each.sources else ""
        shown = f" ({about})" if about else ""
        yield Update(code, f"it has been {words}{shown}{by}", notice if notice != name else "")


def _kind(told: Any) -> str:
    return text_in(told, "type").lower().replace("-", "_").replace(" ", "_")


def _is_retraction(told: _Told) -> bool:
    return _TYPES.get(_kind(told[1]), _OTHER)[0] == "retracted"


def _related(name: str, work: dict[str, Any]) -> Iterator[Update]:
    for relation, (code, words) in _RELATIONS.items():
        others = (doi(text_in(each, "id")) or "" for each in members(work, "relation", relation))
        for other in dict.fromkeys(others):
            if other and other != name:
                yield Update(code, f"{words} as {other}", other)


def _day(told: Any) -> str:
    parts = under(told, "updated", "date-parts", 0)
    numbers = [each for each in parts if isinstance(each, int)] if isinstance(parts, list) else []
    return "-".join(f"{number:02d}" for number in numbers)
