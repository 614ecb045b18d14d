"""How long it takes to merge two versions of a large bibliography, beside `git merge-file`.

    python benchmarks/store/merge.py [ENTRIES]

Two people edit a thousand entries each of a file of benchmarks/store/generate.py, and add two
hundred; in a second case, one of them has shuffled the whole file. Prints CPU seconds and what is
left in conflict.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from generate import bibliography

from northbib.bibtex import Document
from northbib.bibtex.merging import merge


def edited(data: bytes, seed: int) -> bytes:
    """Give a file as somebody has edited it."""
    document = Document.parse(data)
    entries = document.entries
    for entry in Random(seed).sample(entries, min(1000, len(entries))):  # noqa: S311
        entry[f"note{seed % 2}"] = f"Read by {seed}"
    for number in range(200):
        document.add(f"@book{{new{seed}-{number}, title = {{A new title}}}}")
    return document.to_bytes()


def shuffled(data: bytes) -> bytes:
    """Give a file in another order."""
    entries = [entry.data for entry in Document.parse(data).entries]
    Random(1).shuffle(entries)  # noqa: S311
    return b"\n\n".join(entries) + b"\n"


def by_git(base: bytes, ours: bytes, theirs: bytes) -> tuple[float, int]:
    """Give the CPU seconds and the conflicts of `git merge-file`."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("ours", "base", "theirs")]
        for file, data in zip(files, (ours, base, theirs), strict=True):
            file.write_bytes(data)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.run(["git", "merge-file", "-p", *files], capture_output=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, run.returncode


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    base = "".join(bibliography(count, 1)).encode()
    cases = {
        "edited by two": (edited(base, 1), edited(base, 2)),
        "one shuffled": (edited(base, 1), shuffled(base)),
    }
    print(f"{count} entries, {len(base) / 1e6:.1f} MB")
    for name, sides in cases.items():
        start = time.process_time()
        merged = merge(base, *sides)
        seconds = time.process_time() - start
        git_seconds, git_conflicts = by_git(base, *sides)
        print(f"{name}: {seconds:.2f} s, {len(merged.conflicts)} conflicts", end="; ")
        print(f"git merge-file: {git_seconds:.2f} s, {git_conflicts} conflicts")


if __name__ == "__main__":
    main()
