"""Measures what one change costs: an edit and an addition, by the size of the library.

    python benchmarks/store/writing.py [--entries 10000] [--others 0,1,4] [--turns 9] [--seed 1]

The library has one bibliography of that many entries, which is changed, and others like it.
Times are CPU seconds of this process, start-up and the first reading left out: the median of some
turns, each with lock, journal, flush to the disk and index. They are given beside what a plain copy
of the file costs (read, write beside, flush, rename).
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from generate import bibliography

from northbib.library import Store

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["main"]

_PLAIN = re.compile(r"@\w+\{([^,\s]+),\n(?:[^@#]*?= \{[^@#]*\},?\n)+\}")


def library(folder: Path, entries: int, others: int, seed: int) -> str:
    """Write a library; give the key of an entry in the middle of its first file."""
    for number in range(others + 1):
        text = "".join(bibliography(entries, seed + number))
        (folder / f"f{number}.bib").write_text(text, encoding="utf-8")
        if number == 0:
            keys = [match[1] for match in _PLAIN.finditer(text, len(text) // 2)]
    return keys[0]


def cost(change: Callable[[int], object], turns: int) -> float:
    """Give the median CPU milliseconds of a change, after one that is not counted."""
    change(0)
    times = []
    for turn in range(1, turns + 1):
        begun = time.process_time()
        change(turn)
        times.append((time.process_time() - begun) * 1000)
    return statistics.median(times)


def copied(file: Path) -> None:
    """Do by hand the least that replaces a file safely."""
    beside = file.with_suffix(".tmp")
    with beside.open("wb") as copy:
        copy.write(file.read_bytes())
        copy.flush()
        os.fsync(copy.fileno())
    beside.replace(file)


def measured(entries: int, others: int, turns: int, seed: int) -> str:
    """Measure one library; give a line of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key = library(folder, entries, others, seed)
        file = folder / "f0.bib"
        size = file.stat().st_size / 1e6
        store = Store(folder)
        _ = store.problems
        edit = cost(lambda turn: store.edit(key, {"note": f"Note {turn}"}), turns)
        text = "@book{{added{}, title = {{Added}}}}"
        add = cost(lambda turn: store.add_source(text.format(turn), to="f0"), turns)
        plain = cost(lambda _: copied(file), turns)
    return f"{size:10.1f} {others:8} {edit:10.1f} {add:10.1f} {plain:10.1f}"


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entries", type=int, default=10000)
    parser.add_argument("--others", default="0,1,4", help="numbers of other files of that size")
    parser.add_argument("--turns", type=int, default=9)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as own:
        os.environ["XDG_STATE_HOME"] = os.environ["XDG_CACHE_HOME"] = own
        print(f"{'MB':>10} {'others':>8} {'edit ms':>10} {'add ms':>10} {'copy ms':>10}")
        for others in map(int, options.others.split(",")):
            print(measured(options.entries, others, options.turns, options.seed))


if __name__ == "__main__":
    main()
