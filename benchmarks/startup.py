"""Measure what starting a command costs, in CPU seconds of the whole process.

Usage: python benchmarks/startup.py [--runs N] [--papis PATH]

Every round runs each command once in turn, so that a change in the machine's speed falls on all
of them alike; the median of the rounds is shown, and its ratio to the bare import of click.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BASE = 'python -c "import click"'


def cpu_seconds(command: list[str]) -> float:
    """Run a command and give the CPU time, user and system, that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def commands(papis: str | None) -> dict[str, list[str]]:
    """Give the commands to measure, by the name they are shown under."""
    northbib = str(Path(sys.executable).with_name("northbib"))
    found = {
        "python -c pass": [sys.executable, "-c", "pass"],
        BASE: [sys.executable, "-c", "import click"],
        "northbib --help": [northbib, "--help"],
        "northbib list": [northbib, "list"],
        "northbib search paraic": [northbib, "search", "paraic"],
    }
    if papis:
        found["papis --help"] = [papis, "--help"]
    return found


def main() -> None:
    """Measure, and print one line a command."""
    parser = argparse.ArgumentParser(description="Measure the start of commands.")
    parser.add_argument("--runs", type=int, default=15, help="rounds (default: 15)")
    parser.add_argument("--papis", default=shutil.which("papis"), help="path of papis")
    options = parser.parse_args()
    measured = commands(options.papis)
    times: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(options.runs + 1):
        for name, command in measured.items():
            times[name].append(cpu_seconds(command))
    medians = {name: statistics.median(runs[1:]) for name, runs in times.items()}
    print(f"CPU seconds, median of {options.runs}, {os.cpu_count()} cores")
    for name, median in medians.items():
        print(f"{name:26} {median:.3f}   {median / medians[BASE]:.1f} x import click")
    if not options.papis:
        print("papis is not installed here: make bench installs it beside")


if __name__ == "__main__":
    main()
