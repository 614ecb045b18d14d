"""Where each field of a record comes from, and who is believed against the written order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.cli.terminal import safe
from northbib.library import Stored
from northbib.records import Date
from northbib.resolve.preferring import overridden
from northbib.resolve.provenance import read_origins, with_origins

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from northbib.cli.session import Session
    from northbib.records import Value
    from northbib.resolve import Claim, Resolution
    from northbib.resolve.provenance import Origin

__all__ = ["explained", "explained_records", "preferred", "shown", "with_provenance"]

_LONGEST = 100


def preferred(resolution: Resolution, prefer: Sequence[str]) -> Resolution:
    """Give a resolution in which some sources are believed before all others.

    Args:
        resolution: A record with all the claims for it.
        prefer: Names of sources, or their beginnings (`registry`, `page`), the first one first.
    """
    return overridden(resolution, prefer) if prefer else resolution


def explained(resolution: Resolution) -> Iterator[str]:
    """Give a line for each field with its source and the day, and below it its rivals."""
    for field, claims in resolution.claims.items():
        first, *rivals = claims
        value = resolution.record.values.get(field, first.value)
        yield f"{field:16} {shown(value)}  [{_source(first)}{_day(first)}]"
        known = {shown(value)}
        for rival in rivals:
            if shown(rival.value) not in known:
                known.add(shown(rival.value))
                yield f"{'':16}   not {shown(rival.value)}  [{_source(rival)}{_day(rival)}]"


def explained_records(session: Session, found: Iterable[Stored]) -> Iterator[str]:
    """Give a line for each field of records of the library, with its source and the day."""
    origins = read_origins(session.store.folder)
    for stored in found:
        record, known = stored.record, origins.of(stored.record)
        yield f"{record.key}  {stored.file}:{stored.line}"
        for field, value in record.values.items():
            yield f"{field:16} {shown(value)}  [{_whence(value, known.get(field))}]"


def _whence(value: Value, origin: Origin | None) -> str:
    if origin is None:
        return "yours"
    said = ", ".join(part for part in (safe(origin.source), origin.day) if part)
    if origin.is_decided:
        return f"yours, kept on {origin.day}"
    return said if origin.is_of(value) else f"yours, edited; it was from {said}"


def with_provenance(session: Session, found: Iterable[Stored]) -> list[Stored]:
    """Give records of the library with their origins in a field of their own."""
    origins = read_origins(session.store.folder)
    return [
        Stored(
            with_origins(each.record, origins.of(each.record)),
            each.bibliography,
            each.file,
            each.line,
        )
        for each in found
    ]


def shown(value: Value) -> str:
    """Give a value on one line, shortened."""
    if isinstance(value, tuple):
        text = "; ".join(map(str, value))
    elif isinstance(value, Date):
        text = value.literal or value.edtf()
    else:
        text = value
    text = safe(text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _day(claim: Claim) -> str:
    return f", {claim.day}" if claim.day else ""


def _source(claim: Claim) -> str:
    where = f" {claim.locator}" if claim.locator and claim.locator != claim.field else ""
    return safe(f"{claim.source}{where}")
