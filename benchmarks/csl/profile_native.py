"""Show where the time goes when northbib's engine sets a bibliography.

Usage: python benchmarks/csl/profile_native.py [STYLE]… [--items N] [--lines N]
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
from typing import TYPE_CHECKING

import items as works

from northbib.csl import Processor, Style

if TYPE_CHECKING:
    from collections.abc import Sequence


def profile(style: str, count: int, lines: int, order: Sequence[str]) -> None:
    """Profile a style and print the functions that take most, in each of the orders."""
    loaded, items = Style.load(style), works.mixed(count)
    profiler = cProfile.Profile()
    profiler.runcall(lambda: Processor(loaded, items).bibliography())
    for each in order:
        print(f"## {style}, {count:,} items, by {each}")
        pstats.Stats(profiler).strip_dirs().sort_stats(each).print_stats(lines)


def main() -> None:
    """Profile the styles of the speed benchmark, or those named."""
    parser = argparse.ArgumentParser(description="Profile the native engine.")
    parser.add_argument("style", nargs="*", default=["apa", "chicago-author-date"])
    parser.add_argument("--items", type=int, default=1_000)
    parser.add_argument("--lines", type=int, default=25)
    options = parser.parse_args()
    for style in options.style:
        profile(style, options.items, options.lines, ("tottime", "cumtime"))


if __name__ == "__main__":
    main()
