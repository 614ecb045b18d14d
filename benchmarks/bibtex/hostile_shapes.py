"""Reads input made to hurt at 1, 2 and 4 times a size: linear reading takes 4 times as long.

    python benchmarks/bibtex/hostile_shapes.py [SIZE]

SIZE is the number of repeats, 100,000 if left out. Each line shows CPU seconds for parsing and
reading every field, and the factor from the first size to the last, 4 if reading is linear.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from northbib.bibtex import Document

if TYPE_CHECKING:
    from collections.abc import Callable

_CASES: dict[str, Callable[[int], str]] = {
    "unclosed braces": lambda n: "@a{k, title = " + "{" * n,
    "unclosed entries": lambda n: "@a{k,\n t = {x\n" * n,
    "entries without an end": lambda n: "@a{k, t = {x},\n" * n,
    "at signs": lambda n: "@" * n,
    "at signs with blanks": lambda n: "@ " * n,
    "at signs on lines": lambda n: "@\n" * n,
    "names with at signs": lambda n: "@a" * n,
    "openings on one line": lambda n: "x @a{" * n,
    "openings with keys on one line": lambda n: "x @a{k," * n,
    "one long line": lambda n: "@a{k, t = {" + "word and word " * n + "}}",
    "one long line outside": lambda n: "word and @ word " * n,
    "deep nesting": lambda n: "@a{k, t = " + "{" * n + "}" * n + "}",
    "entries in entries": lambda n: "@a{k, t = {\n" * n + "}}" * n,
    "entries in entries, with garbage": lambda n: "@a{k, t = {\n" * n + "}x}" * n,
    "entries in quotes": lambda n: '@a(k, t = "{\n' * n + '}")' * n,
    "quotes": lambda n: '@a(k, t = "\n' * n,
    "quotes in groups": lambda n: '@a{k, t = "{"' * n,
    "comments that do not close": lambda n: "@comment{(\n" * n,
    "comments with parentheses": lambda n: "@comment(\n" * n,
    "strings that do not close": lambda n: "@string{a = {\n" * n,
    "strings in strings": lambda n: "@string{a = {\n" * n + "}}" * n,
    "preambles": lambda n: "@preamble{\n" * n,
    "stray text": lambda n: "@a{k, " + "x " * n + "}",
    "stray signs": lambda n: "@a{k, " + "( " * n + "}",
    "stray assignments": lambda n: "@a{k, " + "x = " * n + "}",
    "commas": lambda n: "@a{k" + "," * n + "}",
    "comment lines": lambda n: "@a{k,\n" + "% x\n" * n + "}",
    "names without values": lambda n: "@a{k" + ", x" * n + "}",
    "missing commas": lambda n: "@a{k" + " x = 1" * n + "}",
    "parts": lambda n: "@a{k, t = " + "{a} # " * n + "{b}}",
    "macros of macros": lambda n: "@string{a = {x}}\n" * n + "@a{k, t = a}",
    "long key": lambda n: "@a{" + "k" * n + ", t = 1}",
    "key of many words": lambda n: "@a{" + "k " * n + ", t = 1}",
    "blanks": lambda n: "@a{k," + " " * n + "t" + " " * n + "=" + " " * n + "1}",
    "blank lines before entries": lambda n: (" " * 40 + "\n" + " " * 40 + "@a{k}") * (n // 10),
    "parentheses in keys": lambda n: "@a(" + "k)" * n + ", t = 1)",
    "zero bytes": lambda n: "\0" * n,
    "look-alikes": lambda n: "@a b{k,\n" * n,
    "stop inside": lambda n: "@a{k,t={\n" * n + "}\n@stop{x}\n}" * n,
}


def seconds(text: str) -> float:
    """Give the CPU seconds that reading a text takes."""
    start = time.process_time()
    document = Document.parse(text)
    for entry in document.entries:
        len(entry)
    return time.process_time() - start


def main() -> None:
    """Print a line for each case."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    for name, case in _CASES.items():
        times = [seconds(case(size * factor // 4)) for factor in (1, 2, 4)]
        factor = times[2] / max(times[0], 0.001)
        print(f"{name:34}", *(f"{each:7.3f}" for each in times), f"{factor:6.1f}", flush=True)


if __name__ == "__main__":
    main()
