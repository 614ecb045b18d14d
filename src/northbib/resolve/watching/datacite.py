"""What DataCite tells of works: newer versions, published preprints, and what was withdrawn.

Sources: https://support.datacite.org/docs/api-queries; the DataCite Metadata Schema 4.6, appendix 1
(relationType, dateType).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from northbib.errors import InputError
from northbib.records.identifiers import doi
from northbib.resolve.sources.payload import json_object, members, text_in
from northbib.resolve.watching.asking import told_in_lists
from northbib.resolve.watching.told import Told, Update, batches, gap_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.resolve.watching.told import Hearing

__all__ = ["datacite_tells"]

_WHO = "DataCite"
_MOST = 40
_NEWER = frozenset({"ispreviousversionof", "isobsoletedby"})
_PUBLISHED = frozenset({"ispreprintof"})
# Of a preprint, what it is a version of is what was published; of data, it is all versions.
_OF_PREPRINT = frozenset({"isversionof", "ispublishedin"})


def datacite_tells(names: Sequence[str], hearing: Hearing) -> dict[str, Told]:
    """Ask DataCite about works.

    Args:
        names: DOIs, in lower case.
        hearing: Asks.

    Returns:
        What it tells of each of them.
    """
    base = hearing.settings.url("datacite")
    if not base:
        return {name: Told(gap="DataCite is turned off in the settings") for name in names}
    jobs = list(batches(names, _MOST, _written))
    return told_in_lists(
        jobs, lambda job: _ask(job, base, hearing), hearing.fetcher, "asking DataCite"
    )


def _written(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return quote(f'"{escaped}" OR ')


def _ask(names: Sequence[str], base: str, hearing: Hearing) -> dict[str, Told]:
    wanted = "".join(map(_written, names)).removesuffix(quote(" OR "))
    url = f"{base}dois?query={quote('doi:(')}{wanted}{quote(')')}&page%5Bsize%5D={len(names)}"
    result = hearing.get(url, "application/vnd.api+json")
    if (gap := gap_of(result, _WHO)) or result.response is None:
        return {name: Told(gap=gap) for name in names}
    try:
        answer = json_object(result.response.body, result.url, _WHO)
    except InputError as error:
        return {name: Told(gap=error.message) for name in names}
    found = {
        doi(text_in(each, "attributes", "doi") or text_in(each, "id")) or "": each
        for each in members(answer, "data")
    }
    return {
        name: Told(tuple(_updates(name, found[name])))
        if name in found
        else Told(gap="DataCite does not know it")
        for name in names
    }


def _updates(name: str, resource: Any) -> Iterator[Update]:
    for each in members(resource, "attributes", "dates"):
        if text_in(each, "dateType").lower() == "withdrawn":
            yield Update("retracted", f"it has been withdrawn ({text_in(each, 'date')})")
    kind = text_in(resource, "attributes", "types", "resourceTypeGeneral").lower()
    published = _PUBLISHED | (_OF_PREPRINT if kind == "preprint" else frozenset())
    for each in members(resource, "attributes", "relatedIdentifiers"):
        other = doi(text_in(each, "relatedIdentifier")) or ""
        relation = text_in(each, "relationType").lower()
        if not other or other == name:
            continue
        if relation in _NEWER:
            yield Update("newer-version", f"there is a newer version, {other}", other)
        elif relation in published:
            message = f"the preprint has been published as {other}"
            yield Update("preprint-published", message, other)
