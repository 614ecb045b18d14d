"""What sources of one new record contradict each other in, so that a person may decide.

Only what is a fact of the work counts, and only between parties that say it on their own account:
all that one page embeds is one party. A publisher's many names, a date that says less, and whatever
else the written precedence settles well enough are no contradiction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.records import Date, fold
from northbib.resolve.preferring import is_preferred, overridden
from northbib.resolve.provenance import same

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from northbib.records import Name, Value
    from northbib.resolve.claims import Claim, Resolution

__all__ = ["FIELDS", "Rivalry", "believing", "party_of", "rivalries"]

FIELDS = (("author",), ("issued",), ("volume", "issue", "page"), ("number",), ("edition",))
"""Fields that can be wrong; those that belong together are believed together."""


@dataclass(frozen=True, slots=True)
class Rivalry:
    """Parties that contradict each other.

    Attributes:
        fields: What it is about: one field, or those that belong together.
        parties: For each party what it claims of them; the first one is believed.
    """

    fields: tuple[str, ...]
    parties: tuple[tuple[Claim, ...], ...]


def rivalries(resolution: Resolution, prefer: Sequence[str] = ()) -> tuple[Rivalry, ...]:
    """Give what the sources of a record contradict each other in.

    Args:
        resolution: A record and all the claims for its fields.
        prefer: Sources that the user has said to believe first: what one of them says is settled.
    """
    found = []
    for fields in FIELDS:
        believed, *others = _parties(resolution, fields) or [()]
        rivals = [each for each in others if _contradicts(each, believed)]
        if rivals and not is_preferred(believed[0], prefer):
            found.append(Rivalry(fields, (believed, *rivals)))
    return tuple(found)


def believing(resolution: Resolution, rivalry: Rivalry, party: Sequence[Claim]) -> Resolution:
    """Give a resolution with what one party of a rivalry says of its fields."""
    return overridden(resolution, [party_of(party[0].source)], rivalry.fields)


def party_of(source: str) -> str:
    """Give who speaks by a source: a page by all that it embeds."""
    return "page" if source.startswith("page:") else source


def _parties(resolution: Resolution, fields: Collection[str]) -> list[tuple[Claim, ...]]:
    spoken: dict[str, dict[str, Claim]] = {}
    for field in fields:
        for claim in resolution.claims.get(field, ()) if field in resolution.record.values else ():
            spoken.setdefault(party_of(claim.source), {}).setdefault(field, claim)
    return [tuple(said.values()) for said in spoken.values()]


def _contradicts(one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    values = {claim.field: claim.value for claim in other}
    return any(
        claim.field in values and _differ(claim.field, claim.value, values[claim.field])
        for claim in one
    )


def _differ(field: str, one: Value, other: Value) -> bool:
    """Whether two values cannot both be right; one that only says less can be."""
    if isinstance(one, Date) and isinstance(other, Date):
        return one.year != other.year
    if isinstance(one, tuple) and isinstance(other, tuple):
        ours, theirs = _families(one), _families(other)
        return not (ours <= theirs or theirs <= ours)
    if field == "page":
        return _first_page(one) != _first_page(other)
    if field == "edition" and _digits(one) and _digits(other):
        return _digits(one) != _digits(other)
    return not same(one, other)


def _families(names: tuple[Name, ...]) -> set[str]:
    return {fold(name.family or name.literal) for name in names}


def _first_page(value: Value) -> str:
    return re.split(r"[-\N{EN DASH}]", str(value), maxsplit=1)[0].strip()


def _digits(value: Value) -> list[str]:
    return re.findall(r"\d+", str(value))
