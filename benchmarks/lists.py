"""Measure how fast reading lists of 1,000 entries are made: sorted, grouped, linked, annotated.

Usage: python benchmarks/lists.py [FOLDER]

The works are those of a folder of .bib files (bibliographies/ if none is named), over and over,
each time with other keys and titles. Every round makes each list once in turn; the least CPU time
of the rounds is shown. To compare two versions, run them in turn with PYTHONPATH set to each.
"""

from __future__ import annotations

import sys
import time
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from northbib.library import Store
from northbib.lists import list_spec, reading_list
from northbib.lists.ordering import ordered
from northbib.lists.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from northbib.records import Record

ENTRIES = 1_000
ROUNDS = 7
LISTS: dict[str, dict[str, Any]] = {
    "house style": {},
    "apa": {"style": "apa"},
    "sorted": {"sort": "-year,title"},
    "by type": {"group": "type"},
    "by topic, year": {"group": "topic,-year", "sort": "author"},
    "limited groups": {"group": "topic", "sort": "author", "limit-per-group": 3},
    "links, marks": {"links": "title,doi,archive", "oa": True, "annotate": True},
}
LANGUAGES = ("en-GB", "sv-SE", "cs-CZ", "cy-GB", "uk-UA")


def works(records: list[Record]) -> Iterator[Record]:
    """Give the records over and over, each time as other works."""
    number = 0
    while True:
        for record in records:
            values = {**record.values, "title": f"{record.title} {number}"}
            yield record.replace(key=f"{record.key}{number}", values=values)
        number += 1


def main() -> None:
    """Measure, and print one line a list and one a language."""
    folder = sys.argv[1] if len(sys.argv) > 1 else "bibliographies"
    records = [stored.record for stored in Store(folder).all()]
    made = list(islice(works(records), ENTRIES))
    tasks: dict[str, Callable[[], object]] = {}
    for name, options in LISTS.items():
        spec = list_spec(options)
        tasks[name] = partial(reading_list, made, spec)
    for locale in LANGUAGES:
        words = Words(locale)
        tasks[f"order, {locale}"] = partial(ordered, made, ("author", "title"), words)
    spent: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            started = time.process_time()
            task()
            spent[name].append(time.process_time() - started)
    for name, times in spent.items():
        print(f"{name:15} {min(times) * 1000:6.0f} ms")


if __name__ == "__main__":
    main()
