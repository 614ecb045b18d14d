"""Measure how fast each markup writes a reading list of 1,000 entries.

Usage: python benchmarks/markups.py

Every round writes the list once in each markup in turn; the least CPU time of the rounds is shown.
"""

from __future__ import annotations

import time

from northbib.markup import BINARY, MARKUPS, write_document
from northbib.markup.inline import parse_inline
from northbib.markup.links import link_addresses
from northbib.markup.tree import Block, Item, ItemList

ENTRY = (
    "Lee, N. (2017) ‘Powerhouse of cards? [Online] Understanding the “Northern <i>Powerhouse</i>”’,"
    " <i>Regional Studies</i>, <b>51</b>(3), pp. 478–489. doi:10.1080/00343404.2016.1196289. "
)
ROUNDS = 5
ENTRIES = 1_000


def main() -> None:
    """Measure, and print one line a markup."""
    content = link_addresses(parse_inline(ENTRY + "A note & more. " * 10))
    blocks: tuple[Block, ...] = (ItemList((Item("lee2017cards", content),) * ENTRIES),)
    spent: dict[str, list[float]] = {name: [] for name in (*MARKUPS, *BINARY)}
    for _ in range(ROUNDS):
        for name, times in spent.items():
            started = time.process_time()
            write_document(name, blocks)
            times.append(time.process_time() - started)
    for name, times in spent.items():
        print(f"{name:10} {min(times) * 1000:6.0f} ms")


if __name__ == "__main__":
    main()
