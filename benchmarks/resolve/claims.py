"""Count for each field and source how many of its claims are right: how sure they are.

    python benchmarks/resolve/claims.py [--data DIR]

The figures stand in src/northbib/resolve/sureness.py. The pages and the yardstick, score.py, are
not part of the project.
"""

from __future__ import annotations

import argparse
import collections
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pages import DATA, pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.resolve.claims import Claim

from northbib.errors import NorthbibError
from northbib.records import Record
from northbib.resolve.kinds import GENERIC
from northbib.resolve.page import read_page

# The field of a claim -> what the yardstick calls it.
FIELDS = {
    "title": "title",
    "author": "authors",
    "issued": "date",
    "site": "site",
    "type": "type",
    "DOI": "doi",
}


def claims_of(data: Path) -> Iterator[tuple[dict[str, Any], Claim]]:
    """Give what is expected of each page with each claim that it makes."""
    for row, page, headers in pages(data):
        expected = row.get("expected") or {}
        try:
            claims = read_page(page, headers, row["recorded_from"])
        except NorthbibError:
            continue
        if expected.get("title"):
            yield from ((expected, claim) for claim in claims)


def item_of(claim: Claim) -> dict[str, Any]:
    """Give a claim as an item of CSL-JSON that has nothing else."""
    if claim.field == "type":
        return {"type": claim.value}
    variable = "container-title" if claim.field == "site" else claim.field
    return Record(key="", type="webpage", values={variable: claim.value}).to_csl()


def main() -> None:
    """Count, and print what was counted."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=DATA)
    data = options.parse_args().data
    sys.path.insert(0, str(data))
    judge = import_module("score").judge
    counts: dict[tuple[str, str], list[int]] = collections.defaultdict(lambda: [0, 0])
    for expected, claim in claims_of(data):
        if claim.field not in FIELDS or claim.value == GENERIC:
            continue
        for field, correct, returned, *_ in judge(expected, item_of(claim)):
            if field == FIELDS[claim.field] and returned:
                source = "site" if claim.source.startswith("site:") else claim.source
                counts[claim.field, source][0] += int(correct == returned)
                counts[claim.field, source][1] += 1
    for (field, source), (right, total) in sorted(counts.items()):
        print(f"{field:7} {source:16} {right:4} of {total:4}  {right / total:.2f}")


if __name__ == "__main__":
    main()
