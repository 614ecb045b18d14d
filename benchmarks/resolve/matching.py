"""How well titles and citations are matched to works, and at which score.

    matching.py [--seed 7]

Each work of the collection is asked for as people write it: by its title, without its subtitle, in
capitals, with typing errors, as a whole citation, as a citation without its year. The candidates
are all works of the collection (the right one among them), and then all but the right one, when
every match is a wrong one. Printed for each threshold: the share of queries answered, and the share
of answers that are wrong.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING

from northbib.library import Store
from northbib.resolve.claims import Claim
from northbib.resolve.sources.crossref_match import THRESHOLD, score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.records import Record

COLLECTION = Path(__file__).resolve().parents[2] / "bibliographies"


def queries(record: Record, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Give the ways in which people write a work down."""
    title = record.title
    people = ", ".join(name.sort_form for name in record.names())
    container = record.plain("container-title") or record.plain("publisher")
    numbers = f"{record.plain('volume')}({record.plain('issue')}), {record.plain('page')}"
    year = f" ({record.year})" if record.year else ""
    yield "title", title
    yield "title in capitals", title.upper()
    yield "title with typing errors", _mistyped(title, chance)
    if ":" in title:
        yield "title without subtitle", title.partition(":")[0]
    yield "citation", f"{people}{year} ‘{title}’, {container}, {numbers}"
    yield "citation without year", f"{people}. {title}. {container}."


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    chance = random.Random(parser.parse_args().seed)  # noqa: S311  # not for secrets
    records = [stored.record for stored in Store(COLLECTION).all()]
    claims = {record.key: _claims(record) for record in records}
    asked = [(r.key, kind, text) for r in records for kind, text in queries(r, chance)]
    scored = [(key, kind, _ranked(text, claims)) for key, kind, text in asked]
    print(f"{len(asked)} queries, {len(records)} works")
    for threshold in (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9):
        there = [(k, _answer(r, threshold)) for k, _, r in scored]
        right = sum(answer == key for key, answer in there)
        wrong = sum(answer not in (key, "") for key, answer in there)
        absent = sum(bool(_answer([p for p in r if p[1] != k], threshold)) for k, _, r in scored)
        mark = "  <- in use" if threshold == THRESHOLD else ""
        print(
            f"{threshold:.2f}: right {right / len(asked):.3f}, wrong {wrong / len(asked):.3f}; "
            f"without the work there: wrong {absent / len(asked):.3f}{mark}"
        )
    for kind in dict.fromkeys(kind for _, kind, _ in scored):
        own = [(k, _answer(r, THRESHOLD)) for k, name, r in scored if name == kind]
        print(f"{kind}: {sum(a == k for k, a in own) / len(own):.3f} right")


def _claims(record: Record) -> tuple[Claim, ...]:
    return tuple(Claim(field, value, "registry:crossref") for field, value in record.values.items())


def _ranked(text: str, claims: dict[str, tuple[Claim, ...]]) -> list[tuple[float, str]]:
    return sorted(((score(text, each), key) for key, each in claims.items()), reverse=True)[:6]


def _answer(ranked: list[tuple[float, str]], threshold: float) -> str:
    sure = [pair for pair in ranked if pair[0] >= threshold]
    if not sure or (len(sure) > 1 and sure[0][0] - sure[1][0] < 0.02):
        return ""
    return sure[0][1]


def _mistyped(title: str, chance: random.Random) -> str:
    letters = list(title)
    for _ in range(max(1, len(letters) // 40)):
        at = chance.randrange(len(letters))
        letters[at] = chance.choice("aeiorst")
    return "".join(letters)


if __name__ == "__main__":
    main()
