"""Measure how long finding takes in libraries of 1,000 to 100,000 entries, beside other programs.

Usage: python benchmarks/store/commands.py [--entries N]… [--runs N] [--peers FOLDER]

Each command is a process of its own; what is shown is its CPU time, user and system, and its peak
memory. Every round runs each command once in turn, so that a change in the machine's speed falls on
all of them alike; the median of the rounds is shown. `first` is a command that finds no index and
makes it; all others find it. `edit` changes an entry that inherits nothing, in the one large file;
`add` adds to a file of its own.

Peers are taken from a virtual environment (`build/peers`): those that are there are measured, each
with the library in its own format, and only up to the size that it reads in a minute or so.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
NORTHBIB = Path(sys.executable).with_name("northbib")
MOST_IMPORTED = 1_000
"""Entries beyond which it takes minutes to bring them into a peer's own format."""

SLOWEST = 60.0
"""CPU seconds of a peer beyond which larger libraries are not tried."""


@dataclass(frozen=True)
class Cost:
    """What a command took.

    Attributes:
        cpu: Seconds of CPU time, user and system.
        memory: Megabytes at its peak.
    """

    cpu: float
    memory: float


def cost(command: list[str], environment: dict[str, str]) -> Cost:
    """Run a command and give what it took."""
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    # Only wait4 tells the memory of one child from that of those before.
    _, status, usage = os.wait4(process.pid, 0)
    errors = process.stderr.read().decode() if process.stderr else ""
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{errors[-2000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(costs: list[Cost]) -> Cost:
    """Give the median of CPU times, and that of memory."""
    return Cost(
        statistics.median(each.cpu for each in costs),
        statistics.median(each.memory for each in costs),
    )


@dataclass(frozen=True)
class Library:
    """A library to measure in.

    Attributes:
        folder: Its folder.
        entries: How many entries it has.
        key: The key of an entry in the middle.
        words: Two words of the title of that entry.
        environment: That of the commands: a cache and a state of their own.
    """

    folder: Path
    entries: int
    key: str
    words: list[str]
    environment: dict[str, str]

    def northbib(self, *arguments: str) -> list[str]:
        """Give a command line."""
        return [str(NORTHBIB), "--library", str(self.folder), *arguments]

    def first(self) -> list[str]:
        """Give a command line, and delete the index before."""
        shutil.rmtree(Path(self.environment["XDG_CACHE_HOME"]), ignore_errors=True)
        return self.northbib("show", self.key)


def library(folder: Path, entries: int) -> Library:
    """Write a library of one file."""
    folder.mkdir()
    file = folder / "works.bib"
    # In a process of its own: the system counts the memory of this one to those it starts.
    command = [sys.executable, str(Path(__file__).with_name("generate.py")), str(entries)]
    subprocess.run([*command, "--seed", "1", "-o", str(file)], check=True)
    with file.open("rb") as opened:
        opened.seek(file.stat().st_size // 2)
        text = opened.read(20_000).decode("utf-8", "replace")
    entries_there = text[text.index("\n@") + 1 :].split("\n@")
    entry = next(each for each in entries_there if "crossref" not in each.lower())
    key = entry[entry.index("{") + 1 : entry.index(",")]
    title = next(line for line in entry.splitlines() if line.strip().lower().startswith("title"))
    words = [word for word in title.partition("=")[2].split() if word.isalpha() and len(word) > 6]
    # Compiled modules are a part of what an installed program has.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kinds = ("CACHE", "STATE", "CONFIG", "DATA")
    own = {f"XDG_{kind}_HOME": str(folder.parent / kind.lower()) for kind in kinds}
    return Library(folder, entries, key, words[:2] or [key], kept | own)


def northbib_costs(where: Library, runs: int) -> dict[str, Cost]:
    """Measure northbib's commands."""
    new = "@book{{new{}, title = {{A new title}}, date = {{2020}}}}"
    (where.folder.parent / "new").mkdir(exist_ok=True)
    shown = {"first": median([cost(where.first(), where.environment) for _ in range(2)])}
    cost(where.northbib("show", where.key), where.environment)
    reading = {
        "show": where.northbib("show", where.key),
        "search": where.northbib("search", *where.words),
        "list year": where.northbib("list", "year:2001", "type:book"),
        "list all": where.northbib("list"),
    }
    costs: dict[str, list[Cost]] = {name: [] for name in (*reading, "edit", "add")}
    for run in range(runs):
        for name, command in reading.items():
            if name != "list all" or run < 2:
                costs[name].append(cost(command, where.environment))
        edit = where.northbib("edit", where.key, "--set", f"note=Edited {run}")
        costs["edit"].append(cost(edit, where.environment))
        file = where.folder.parent / "new" / f"{run}.bib"
        file.write_text(new.format(run), encoding="utf-8")
        add = where.northbib("add", str(file), "--to", "others")
        costs["add"].append(cost(add, where.environment))
    return shown | {name: median(each) for name, each in costs.items()}


PARSERS = {
    "bibtexparser, parse": (
        "bibtexparser",
        "import sys, bibtexparser; bibtexparser.parse_file(sys.argv[1])",
    ),
    "pybtex, parse": (
        "pybtex",
        "import sys, pybtex.database; pybtex.database.parse_file(sys.argv[1])",
    ),
    "pandoc, to CSL": (
        "pypandoc",
        "import sys, pypandoc; pypandoc.convert_file(sys.argv[1], 'csljson', format='biblatex')",
    ),
}
"""What is called, its module, and what is run."""


def parsers(where: Library, folder: Path) -> dict[str, list[str]]:
    """Give the command lines of the parsers that are there."""
    python, file = str(folder / "bin" / "python"), str(where.folder / "works.bib")
    found = {}
    for name, (module, script) in PARSERS.items():
        asked = [python, "-c", f"import {module}"]
        if subprocess.run(asked, capture_output=True, check=False).returncode == 0:
            found[name] = [python, "-c", script, file]
    return found


def papis(where: Library, folder: Path) -> dict[str, list[str]]:
    """Import a library into papis, and give its command lines; none where it is not there."""
    program, home = folder / "bin" / "papis", where.folder.parent / "papis"
    if not program.exists():
        return {}
    home.mkdir()
    script = (
        "import sys, pathlib, yaml, papis.bibtex\n"
        "home = pathlib.Path(sys.argv[2])\n"
        "for n, entry in enumerate(papis.bibtex.bibtex_to_dict(sys.argv[1])):\n"
        "    (home / str(n)).mkdir()\n"
        "    (home / str(n) / 'info.yaml').write_text(yaml.safe_dump(entry))\n"
    )
    file = str(where.folder / "works.bib")
    subprocess.run([str(folder / "bin" / "python"), "-c", script, file, str(home)], check=True)
    start = [str(program), "--lib", str(home), "list"]
    return {
        "papis, list": [*start, "--all"],
        "papis, search": [*start, "--all", f"title:{where.words[0]}"],
    }


def cobib(where: Library, folder: Path) -> dict[str, list[str]]:
    """Import a library into cobib, and give its command lines; none where it is not there."""
    program, home = folder / "bin" / "cobib", where.folder.parent / "cobib"
    if not program.exists():
        return {}
    home.mkdir()
    config = home / "config.py"
    config.write_text(
        "from cobib.config import config\n"
        f"config.database.file = {str(home / 'database.yaml')!r}\n"
        f"config.database.cache = {str(home / 'cache.json')!r}\n"
        f"config.logging.logfile = {str(home / 'log')!r}\n"
        "config.database.git = False\n",
        encoding="utf-8",
    )
    start = [str(program), "-c", str(config)]
    subprocess.run([*start, "init"], check=True, capture_output=True)
    file = str(where.folder / "works.bib")
    subprocess.run([*start, "add", "-b", file], check=True, capture_output=True)
    return {
        "cobib, list": [*start, "list"],
        "cobib, search": [*start, "search", where.words[0]],
    }


def peer_costs(where: Library, folder: Path, runs: int, slow: set[str]) -> dict[str, Cost]:
    """Measure the peers that are not yet known to be too slow."""
    commands = parsers(where, folder)
    for prepare in (papis, cobib):
        if where.entries <= MOST_IMPORTED:
            commands |= prepare(where, folder)
    found: dict[str, Cost] = {}
    for name, command in commands.items():
        if name in slow:
            continue
        # The first run may fill a cache, which the others find.
        first = cost(command, where.environment)
        more = 1 if first.cpu > SLOWEST / 10 else runs
        found[name] = median([cost(command, where.environment) for _ in range(more)])
        if found[name].cpu * 10 > SLOWEST:
            slow.add(name)
    return found


def show(title: str, costs: dict[str, Cost]) -> None:
    """Print a table."""
    print(f"\n{title}")
    for name, each in costs.items():
        print(f"  {name:22} {each.cpu:8.3f} s {each.memory:7.0f} MB")


def main() -> None:
    """Measure, and print a table for each size."""
    parser = argparse.ArgumentParser(description="Measure how long finding takes.")
    parser.add_argument("--entries", type=int, action="append", metavar="N", help="sizes")
    parser.add_argument("--runs", type=int, default=7, help="rounds (default: 7)")
    parser.add_argument("--peers", type=Path, default=ROOT / "build" / "peers")
    options = parser.parse_args()
    slow: set[str] = set()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for entries in options.entries or [1_000, 10_000, 100_000]:
        with tempfile.TemporaryDirectory(prefix="northbib-speed-") as folder:
            where = library(Path(folder) / "library", entries)
            show(f"{entries:,} entries, northbib", northbib_costs(where, options.runs))
            if (options.peers / "bin" / "python").exists():
                show(f"{entries:,} entries, others", peer_costs(where, options.peers, 3, slow))


if __name__ == "__main__":
    main()
