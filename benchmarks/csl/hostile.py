"""Render every published style in several locales, and items that are wrong in every way.

Usage: python benchmarks/csl/hostile.py [--styles N] [--only NAME]… [--engine E] [--json FILE]

Nothing is compared here: each style must give entries and citations without an error, for the works
of all CSL types in its own locale and in five others, and for works that no style expects.
"""

from __future__ import annotations

import argparse
import json
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from engines import StyleFile, chosen, render, style_options
from items import Item, Specimens, specimens

LOCALES = ("de-DE", "fr-FR", "ar", "ja-JP", "ru-RU")
MANY = 10_000
SLOW = 10.0
"""CPU seconds from which a style is listed as slow."""

VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    "",
    " ",
    [],
    {},
    [[]],
    [None],
    ["text"],
    {"x": 1},
    [{}],
    {"literal": 5},
    "9" * 5_000,
    "²",
    "٣-٤",
    "1-" * 500,
    ", & -",
    "0",
    "MMMMMMMMMM",
    "<i>unclosed",
    "closed</b> only",
    "<span style=",
    "<i>" * 300,
    '"' * 999,
    "'“‘«" * 99,
    "a\x00b\x1bc\u0085",
    "\u202eright to left\u202c \u200f\u05d0",
    "lone \ud800 surrogate",
    "e\u0301\u200b\ufeff",
    "<script>alert(1)</script>&amp;",
    "ß",
)
"""What is put in the place of any field."""

TEXTS = ("title", "page", "volume", "number", "edition", "container-title", "URL", "note", "genre")
NAMES: tuple[Any, ...] = (
    "A name",
    [None],
    [[]],
    [{}],
    [3],
    {"family": "Family1"},
    [{"family": ""}],
    [{"family": None, "given": None}],
    [{"family": 3, "given": ["x"]}],
    [{"literal": ""}],
    [{"given": "Given1"}],
    [{"family": "-", "given": "-"}],
    [{"family": ". .", "given": "'"}],
    [{"family": "Family1", "given": "Given1", "suffix": 3, "comma-suffix": "yes"}],
    [{"family": "von", "non-dropping-particle": 1, "dropping-particle": []}],
    [{"family": "\u202eFamily", "given": "<i>Given"}],
)
DATES: tuple[Any, ...] = (
    "2001",
    2001,
    {"date-parts": []},
    {"date-parts": [[]]},
    {"date-parts": [[None]]},
    {"date-parts": [["x", "y"]]},
    {"date-parts": [["2001", "02", "03"]]},
    {"date-parts": "2001"},
    {"date-parts": [2001]},
    {"date-parts": [[10**30]]},
    {"date-parts": [[2001, 13, 45]]},
    {"date-parts": [[2001, 0, 0]]},
    {"date-parts": [[0]]},
    {"date-parts": [[2001], [None]]},
    {"date-parts": [[2001], [1999], [1998]]},
    {"date-parts": [[2001.5]]},
    {"season": "x"},
    {"season": 9, "date-parts": [[2001]]},
    {"raw": 5},
    {"raw": "\x00"},
    {"literal": []},
    {"circa": "x", "date-parts": [[2001]]},
    {"date-parts": [[True]]},
)


@dataclass(slots=True)
class Outcome:
    """What happened to a style.

    Attributes:
        style: Its name.
        errors: What was rendered -> the error.
        seconds: CPU time of it all.
    """

    style: str
    errors: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0


def hostile_items() -> list[Item]:
    """Give items with wrong types, names, dates, characters and markup."""
    items: list[Item] = [{}, {"type": None}, {"type": 3}, {"type": "no-such-type"}, {"type": []}]
    base = {"type": "article-journal", "title": "A title"}
    items += [{**base, name: value} for name in TEXTS for value in VALUES]
    items += [{"type": value, "title": "A title"} for value in VALUES]
    for variable in ("author", "editor", "translator"):
        items += [{**base, variable: value} for value in (*NAMES, *VALUES)]
    for variable in ("issued", "accessed", "original-date"):
        items += [{**base, variable: value} for value in (*DATES, *VALUES)]
    items.append(dict.fromkeys(TEXTS, "x") | {"language": 3, "custom": {"a": []}})
    items = [{**item, "id": f"hostile-{number}"} for number, item in enumerate(items)]
    return [*items, *({**base, "id": value} for value in VALUES), base]


def hostile_clusters(items: list[Item]) -> list[list[dict[str, Any]]]:
    """Cite some of the items with odd locators and affixes."""
    ids = [item["id"] for item in items[:100]]
    odd = (*[value for value in VALUES if isinstance(value, str)], "iv", "1, 3 & 5–7", "p. 3")
    clusters = [[{"id": ids[n], "locator": value}] for n, value in enumerate(odd)]
    clusters += [[{"id": ids[1], "prefix": value, "suffix": value}] for value in odd]
    return [*clusters, [{"id": id_} for id_ in ids[:40]]]


def many_authors() -> Specimens:
    """Give a work of very many authors, cited."""
    names = [{"family": f"Family{n}", "given": f"Given{n}"} for n in range(MANY)]
    item = {"id": "many", "type": "book", "title": "A title", "author": names, "editor": names}
    return Specimens([item], [[{"id": "many"}]])


def trial(engine: str, style: StyleFile, many: bool) -> Outcome:
    """Put a style to all tests.

    Args:
        engine: One of `engines.ENGINES`.
        style: The style.
        many: Whether to render the work of `MANY` authors, which takes its time.
    """
    begun = time.process_time()
    outcome = Outcome(style.name)
    works = specimens()
    for locale in dict.fromkeys((style.locale, *LOCALES)):
        error = render(engine, style._replace(locale=locale), works).error
        if error:
            outcome.errors[locale] = error
    items = hostile_items()
    outcome.errors |= _blamed(engine, style, Specimens(items, hostile_clusters(items)))
    if many:
        error = render(engine, style, many_authors()).error
        if error:
            outcome.errors[f"{MANY} authors"] = error
    outcome.seconds = time.process_time() - begun
    return outcome


def _blamed(engine: str, style: StyleFile, works: Specimens) -> dict[str, str]:
    """Render hostile items together; if that fails, each alone to find out which do."""
    error = render(engine, style, works).error
    if not error:
        return {}
    errors: dict[str, str] = {}
    for item in works.items:
        alone = render(engine, style, Specimens([item], [])).error
        if alone and alone not in errors.values():
            errors[_in_short(item)] = alone
    return errors or {"all items together": error}


def _in_short(item: Item) -> str:
    return json.dumps({k: v for k, v in item.items() if k != "id"})[:120]


def report(outcomes: list[Outcome]) -> str:
    """Write what failed, one line an error."""
    bad = [outcome for outcome in outcomes if outcome.errors]
    slow = [outcome for outcome in outcomes if outcome.seconds > SLOW]
    lines = [
        f"{len(outcomes):,} styles, {len(bad):,} with an error",
        f"CPU seconds {sum(outcome.seconds for outcome in outcomes):.0f}",
    ]
    lines += [f"slow: {each.style} {each.seconds:.1f} CPU seconds" for each in slow[:20]]
    styles_of: dict[tuple[str, str], list[str]] = {}
    for outcome in bad:
        for what, error in outcome.errors.items():
            styles_of.setdefault((error, what), []).append(outcome.style)
    for (error, what), names in sorted(styles_of.items(), key=lambda each: -len(each[1])):
        lines.append(f"{len(names):5} styles ({names[0]}): {error}: {what}")
    return "\n".join(lines)


def main() -> None:
    """Try all styles and print what failed."""
    parser = argparse.ArgumentParser(description="Render every style, and hostile items.")
    style_options(parser)
    parser.add_argument("--many", action="store_true", help=f"a work of {MANY:,} authors as well")
    parser.add_argument("--json", type=Path, help="write the outcomes to this file")
    options = parser.parse_args()
    each = partial(_trial, options.engine, options.many)
    with ProcessPoolExecutor(options.jobs) as pool:
        outcomes = list(pool.map(each, chosen(options), chunksize=4))
    print(report(outcomes))
    if options.json:
        data = {outcome.style: outcome.errors for outcome in outcomes}
        options.json.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def _trial(engine: str, many: bool, style: StyleFile) -> Outcome:
    return trial(engine, style, many)


if __name__ == "__main__":
    main()
