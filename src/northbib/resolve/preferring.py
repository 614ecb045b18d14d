"""Believe a source before all others, where the user says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from northbib.resolve.source_names import is_named

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from northbib.records import Value
    from northbib.resolve.claims import Claim, Resolution

__all__ = ["is_preferred", "overridden"]

# What belongs together is taken from one source or not at all.
_TOGETHER = ("volume", "issue", "page")


def overridden(
    resolution: Resolution, prefer: Sequence[str], fields: Collection[str] | None = None
) -> Resolution:
    """Give a resolution with the values of the sources that are preferred.

    Args:
        resolution: A record and all the claims for its fields.
        prefer: Names of sources as claims have them, whole (`registry:crossref`) or in part
            (`crossref`, `registry`, `page`); the first one is believed first. A source that says
            nothing about a field leaves it as it is.
        fields: The fields for which they are preferred; all, if it is None.
    """
    claims = {
        field: found if fields is not None and field not in fields else _sorted(found, prefer)
        for field, found in resolution.claims.items()
    }
    values: dict[str, Value] = dict(resolution.record.values)
    for field in values.keys() & claims.keys():
        if claims[field][0] is not resolution.claims[field][0]:
            values[field] = claims[field][0].value
    _keep_together(values, claims)
    kind = resolution.record.type
    if claims.get("type") != resolution.claims.get("type"):
        kind = str(claims["type"][0].value)
    record = resolution.record.replace(type=kind, values=values)
    return replace(resolution, record=record, claims=claims)


def _keep_together(values: dict[str, Value], claims: Mapping[str, Sequence[Claim]]) -> None:
    sources = {field: claims[field][0].source for field in _TOGETHER if field in claims}
    leading = next(iter(sources.values()), "")
    for field, source in sources.items():
        if source != leading:
            values.pop(field, None)


def _sorted(claims: tuple[Claim, ...], prefer: Sequence[str]) -> tuple[Claim, ...]:
    return tuple(sorted(claims, key=lambda claim: _rank(claim, prefer)))


def is_preferred(claim: Claim, prefer: Sequence[str]) -> bool:
    """Whether the source of a claim is among those that are preferred."""
    return _rank(claim, prefer) < len(prefer)


def _rank(claim: Claim, prefer: Sequence[str]) -> int:
    matching = (rank for rank, name in enumerate(prefer) if is_named(claim.source, name))
    return next(matching, len(prefer))
