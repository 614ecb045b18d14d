"""Measures how long finding duplicates takes, and how the time grows with the library.

    python benchmarks/store/duplicates.py [--sizes 1000,10000,100000] [--copies 0.1] [--seed 1]

The entries are those of `generate.py`; a share of them is there twice, the copy with a letter less
in its title, initials for given names, another key, and without its DOI. Times are CPU seconds of
this process: reading the records, and finding what is there twice.
"""

from __future__ import annotations

import argparse
import re
import time
from random import Random
from typing import TYPE_CHECKING

from generate import bibliography

from northbib.bibtex import Document, records
from northbib.library.duplicates import duplicates
from northbib.records import Name, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def works(count: int, share: float, seed: int) -> tuple[list[Record], int]:
    """Give so many records, a share of them copies of others, and the number of copies."""
    random = Random(seed)  # noqa: S311 - repeatable
    copies = int(count * share)
    source = "\n".join(bibliography(count - copies, seed))
    found = [record for _, record in records(Document.parse(source))]
    chosen = random.sample([record for record in found if len(record.title) > 30], copies)
    found += [_copy(record, random) for record in chosen]
    random.shuffle(found)
    return found, copies


def _copy(record: Record, random: Random) -> Record:
    values = {name: value for name, value in record.values.items() if name not in ("DOI", "URL")}
    words = re.findall(r"\b[a-z]{6,}\b", record.text("title"))
    if words:
        word = random.choice(words)
        values["title"] = record.text("title").replace(word, word[:3] + word[4:], 1)
    values["author"] = tuple(
        Name(family=name.family, given=name.given[:1], literal=name.literal)
        for name in record.names()
    )
    kept = {name: value for name, value in values.items() if value}
    return record.replace(key=f"{record.key}-copy", values=kept)


def measured(count: int, share: float, seed: int) -> str:
    """Give a line of the table."""
    start = time.process_time()
    found, copies = works(count, share, seed)
    read = time.process_time()
    groups = duplicates(found)
    done = time.process_time()
    keys = [{found[place].key.removesuffix("-copy") for place in group.members} for group in groups]
    right = sum(len(each) == 1 for each in keys)
    return (
        f"{count:>9,}  {read - start:>8.2f}  {done - read:>8.2f}"
        f"  {(done - read) / count * 1e6:>9.0f}  {right / max(copies, 1):>7.3f}"
        f"  {len(groups) - right:>6}"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of records")
    parser.add_argument("--copies", type=float, default=0.1, help="share that is there twice")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args(arguments)
    print("  records      read      find  us/record  recall  wrong")
    for size in wanted.sizes.split(","):
        print(measured(int(size), wanted.copies, wanted.seed), flush=True)


if __name__ == "__main__":
    main()
