"""What arXiv tells of preprints: where they were published, withdrawals, newer versions.

Source: the arXiv API User's Manual, https://info.arxiv.org/help/api/user-manual.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.records.identifiers import doi
from northbib.resolve.sources.payload import text_of, xml_root
from northbib.resolve.watching.asking import told_in_lists
from northbib.resolve.watching.told import Told, Update, batches, gap_of
from northbib.resolve.watching.works import unversioned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from northbib.resolve.watching.told import Hearing

__all__ = ["arxiv_tells"]

_WHO = "arXiv"
_MOST = 100
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_ABS = re.compile(r"https?://(?:export\.)?arxiv\.org/abs/(?P<name>\S+?)(?:v(?P<version>\d+))?")
_CITED = re.compile(r"v(\d+)$")
_WITHDRAWN = re.compile(
    r"\bthis (?:paper|article|submission|manuscript|version|work|preprint)[\w ,]{0,40}?"
    r"\bwithdrawn\b|^withdrawn\b",
    re.IGNORECASE,
)


def arxiv_tells(names: Sequence[str], hearing: Hearing) -> dict[str, Told]:
    """Ask arXiv about preprints.

    Args:
        names: arXiv ids, with the version that is cited if one is.
        hearing: Asks.

    Returns:
        What it tells of each of them.
    """
    base = hearing.settings.url("arxiv")
    if not base:
        return {name: Told(gap="arXiv is turned off in the settings") for name in names}
    jobs = list(batches(names, _MOST))
    return told_in_lists(
        jobs, lambda job: _ask(job, base, hearing), hearing.fetcher, "asking arXiv"
    )


def _ask(names: Sequence[str], base: str, hearing: Hearing) -> dict[str, Told]:
    wanted = list(dict.fromkeys(map(unversioned, names)))
    url = f"{base}api/query?id_list={','.join(wanted)}&max_results={len(wanted)}"
    result = hearing.get(url, "application/atom+xml")
    if (gap := gap_of(result, _WHO)) or result.response is None:
        return {name: Told(gap=gap) for name in names}
    try:
        root = xml_root(result.response.body, result.url, _WHO)
    except InputError as error:
        return {name: Told(gap=error.message) for name in names}
    found: dict[str, tuple[int, _Element]] = {}
    for entry in root.iterfind(f"{_ATOM}entry"):
        match = _ABS.fullmatch(text_of(entry.find(f"{_ATOM}id")))
        if match is not None:
            found[match["name"].lower()] = (int(match["version"] or 1), entry)
    return {name: _told(name, found.get(unversioned(name))) for name in names}


def _told(name: str, found: tuple[int, _Element] | None) -> Told:
    if found is None:
        return Told(gap="arXiv does not know it")
    return Told(tuple(_updates(name, *found)))


def _updates(name: str, version: int, entry: _Element) -> Iterator[Update]:
    comment = text_of(entry.find(f"{_ARXIV}comment"))
    summary = text_of(entry.find(f"{_ATOM}summary"))
    if _WITHDRAWN.search(comment) or _WITHDRAWN.match(summary):
        yield Update("retracted", "it has been withdrawn from arXiv")
    published = doi(text_of(entry.find(f"{_ARXIV}doi")))
    place = text_of(entry.find(f"{_ARXIV}journal_ref"))
    if published or place:
        where = f" in {place}" if place else ""
        what = f" as {published}" if published else ""
        message = f"the preprint has been published{where}{what}"
        yield Update("preprint-published", message, published or "")
    cited = _CITED.search(name)
    if cited is not None and int(cited[1]) < version:
        yield Update(
            "newer-version", f"version {cited[1]} is cited, and there is version {version}"
        )
