"""Measures `northbib embed` over a site, beside reading its files and beside `pandoc --citeproc`.

    python benchmarks/embed/refreshing.py [--articles 1000] [--entries 10000] [--pandoc 10]

All figures are CPU seconds, user and system, of whole processes; peak memory is theirs as well.
What starting costs is that of a check of one article. pandoc gets some of the articles, each with
the works of its sections cited in the text, and the library as CSL-JSON, which it reads fastest.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from site_of_articles import make_site

_ENTRY = re.compile(r'id="ref-([^"]+)"|northbib:begin keys=(\S+)')
_SETTLED = 3.0
"""Seconds after which the stamps of files are trusted."""


class Cost(NamedTuple):
    """What a process cost: CPU seconds, and MB at its peak."""

    seconds: float
    peak: float


def main() -> None:
    """Make a site, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--pandoc", type=int, default=10, help="articles that pandoc gets")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        os.environ["XDG_CACHE_HOME"] = str(Path(folder) / "cache")
        make_site(site, options.articles, 3, options.entries)
        _measure(site, options.articles, options.pandoc)


def _measure(site: Path, articles: int, sample: int) -> None:
    first = "content/00/article-0001.md"
    northbib = [sys.executable, "-m", "northbib"]
    _run([*northbib, "list", "key:none"], site)
    _say("write all, nothing known", _run([*northbib, "embed", "content"], site))
    _say("write all again", _run([*northbib, "embed", "content"], site))
    time.sleep(_SETTLED)
    _run([*northbib, "embed", "--check", "content"], site)
    start = min(_run([*northbib, "embed", "--check", first], site).seconds for _ in range(5))
    whole = [_run([*northbib, "embed", "--check", "content"], site) for _ in range(5)]
    check = min(whole)
    reading = min(_reading(site) for _ in range(5))
    _say("check one article", Cost(start, check.peak))
    _say("check all, nothing changed", check)
    print(f"beyond the start: {check.seconds - start:.4f} s; reading: {reading:.4f} s;", end=" ")
    print(f"ratio {(check.seconds - start) / reading:.2f}")
    library = site / "bibliographies" / "works.bib"
    key = re.findall(r"northbib:begin keys=([^,\s]+)", (site / first).read_text())
    key = key or re.findall(r"northbib:begin keys=([^,\s]+)", _all_text(site))
    text = library.read_text(encoding="utf-8")
    start_of = text.index(f"{{{key[0]},")
    place = text.index("title", start_of)
    place = text.index("{" if "{" in text[place : place + 30] else '"', place) + 1
    library.write_text(f"{text[:place]}New {text[place:]}", encoding="utf-8")
    shows = _all_text(site).count(key[0])
    _say(f"one entry changed, shown {shows} times", _run([*northbib, "embed", "content"], site))
    if sample and shutil.which("pandoc"):
        _beside_pandoc(site, articles, sample)


def _beside_pandoc(site: Path, articles: int, sample: int) -> None:
    source = ["pandoc", "-f", "biblatex", "-t", "csljson", "bibliographies/works.bib"]
    _run([*source, "-o", "works.json"], site)
    total = 0.0
    for path in sorted(site.glob("content/**/*.md"))[:sample]:
        text = path.read_text(encoding="utf-8")
        keys = [key for match in _ENTRY.findall(text) for key in (match[1] or match[0]).split(",")]
        cited = site / "cited.md"
        cited.write_text(f"{text}\n\n{' '.join(f'[@{key}]' for key in keys)}\n", encoding="utf-8")
        command = ["pandoc", "--citeproc", "--bibliography", "works.json", "cited.md", "-o"]
        total += _run([*command, "out.html"], site).seconds
    each = total / sample
    print(f"pandoc --citeproc: {each:.2f} s an article, {each * articles:.0f} s for {articles}")


def _run(command: list[str], folder: Path) -> Cost:
    """Run a command, and give what it cost."""
    with (folder / "said.txt").open("w") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit((folder / "said.txt").read_text())
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _reading(site: Path) -> float:
    """Give the CPU seconds that a plain loop takes to read all articles."""
    paths = sorted(str(path) for path in site.glob("content/**/*.md"))
    before = resource.getrusage(resource.RUSAGE_SELF)
    for path in paths:
        with open(path, "rb") as file:  # noqa: PTH123 - the quickest way
            file.read()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _all_text(site: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in site.glob("content/**/*.md"))


def _say(what: str, cost: Cost) -> None:
    print(f"{what:<40} {cost.seconds:8.3f} s {cost.peak:6.0f} MB", flush=True)


if __name__ == "__main__":
    main()
