"""Measure how fast northbib sets bibliographies, beside citeproc-js, citeproc-py, pandoc and typst.

Usage: python benchmarks/csl/speed.py [--items N]… [--engine E]… [--large] [--runs N] [--json FILE]

Every run is a process of its own, and the engines take turns, so that a change in the machine's
speed falls on all alike; the least CPU time of the runs is shown. `render` is the time from items
in memory to entries, where an engine can tell it; `whole` that of the process. pandoc and typst
read items and style each time: their `render` is the whole process less that of one item.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hayagriva
import items as works
import peers

from northbib.csl.installed import locale_folder, style_package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Maker = Callable[[int], list[dict[str, Any]]]

STYLES = ("apa", "chicago-author-date", "ieee", "oscola")
NO_ET_AL = "american-medical-association-no-et-al"
SIZES = (1, 1_000, 10_000)
LARGE = 100_000
WORKER = Path(__file__).with_name("speed_worker.py")
JS_WORKER = Path(__file__).with_name("speed_citeproc_js.js")
TYPST = 'import sys, typst; open("out.html", "wb").write(typst.compile(sys.argv[1], format="html"))'
PANDOC = "import pypandoc; print(pypandoc.get_pandoc_path())"


@dataclass(frozen=True, slots=True)
class Task:
    """A bibliography to be set: a name, a style, items, and the folder that has them as files."""

    name: str
    style: str
    count: int
    folder: Path

    @property
    def style_file(self) -> Path:
        """Give the file of the style."""
        return style_package() / "styles" / f"{self.style}.csl"


@dataclass(slots=True)
class Measured:
    """What a run took: CPU seconds, and mebibytes at the peak; None for a run that did not end."""

    engine: str
    task: str
    style: str
    count: int
    whole: float | None = None
    render: float | None = None
    memory: float | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A command, and where and in what environment it runs."""

    command: list[str]
    environment: dict[str, str] | None = None


def _python_engine(name: str) -> Callable[[Task], Run]:
    return lambda task: Run(
        [sys.executable, str(WORKER), name, str(task.style_file), str(task.folder / "items.json")]
    )


def _citeproc_js(task: Task) -> Run:
    command, environment = peers.node()
    files = [str(locale_folder()), str(task.style_file), str(task.folder / "items.json")]
    memory = "--max-old-space-size=8000"
    return Run([command[0], memory, *command[1:], str(JS_WORKER), *files], environment)


def _pandoc(task: Task) -> Run:
    program = subprocess.run(
        [str(peers.python()), "-c", PANDOC], check=True, capture_output=True, text=True
    ).stdout.strip()
    source = str(task.folder / "items.json")
    options = ["-f", "csljson", "-t", "html", "--citeproc", f"--csl={task.style_file}"]
    return Run([program, source, *options, "-o", str(task.folder / "out.html")])


def _typst(task: Task) -> Run:
    file = task.folder / f"{task.style}.typ"
    (task.folder / f"{task.style}.csl").write_bytes(task.style_file.read_bytes())
    file.write_text(f'#bibliography("items.yml", style: "{task.style}.csl", full: true)\n')
    return Run([str(peers.python()), "-c", TYPST, str(file)])


ENGINES: dict[str, Callable[[Task], Run]] = {
    "native": _python_engine("native"),
    "typst": _typst,
    "citeproc-js": _citeproc_js,
    "pandoc": _pandoc,
    "citeproc-py": _python_engine("citeproc-py"),
}


def measure(engine: str, task: Task, limit: float) -> Measured:
    """Run an engine on a task once.

    Args:
        engine: One of `ENGINES`.
        task: What it sets.
        limit: CPU seconds after which it is stopped.
    """
    run = ENGINES[engine](task)
    measured = Measured(engine, task.name, task.style, task.count)
    process = subprocess.Popen(
        ["prlimit", f"--cpu={limit:.0f}", *run.command],
        env=run.environment,
        cwd=task.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with process:
        output = process.stdout.read() if process.stdout else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        return measured
    measured.whole = used.ru_utime + used.ru_stime
    measured.memory = used.ru_maxrss / 1024
    measured.render = _render_seconds(output)
    return measured


def _render_seconds(output: bytes) -> float | None:
    """Give the time that a worker of ours reports."""
    if not output.startswith(b"{"):
        return None
    told = json.loads(output)
    seconds = told.get("render")
    return float(seconds) if seconds is not None else None


def tasks(sizes: list[int], folder: Path) -> Iterator[Task]:
    """Write the items of each size, and give the tasks."""
    for count in sizes:
        yield from _tasks(f"mixed-{count}", works.mixed, count, STYLES, folder)


def hard_tasks(folder: Path) -> Iterator[Task]:
    """Give the tasks on which an engine may take quadratic time."""
    styles = (*STYLES, NO_ET_AL)
    yield from _tasks("5,000 authors", works.one_of_many_authors, 5_000, styles, folder)
    yield from _tasks("5,000 of one year", works.same_author_and_year, 5_000, STYLES, folder)


def _tasks(
    name: str, maker: Maker, count: int, styles: tuple[str, ...], folder: Path
) -> Iterator[Task]:
    place = folder / name.replace(" ", "-")
    place.mkdir()
    # A process counts the peak of the one that started it as its own, so this one stays small.
    with ProcessPoolExecutor(1) as pool:
        made = pool.submit(_write_items, maker, count, place).result()
    for style in styles:
        yield Task(name, style, made, place)


def _write_items(maker: Maker, count: int, place: Path) -> int:
    items = maker(count)
    (place / "items.json").write_text(json.dumps(items), encoding="utf-8")
    (place / "items.yml").write_text(hayagriva.library(items), encoding="utf-8")
    return len(items)


def measure_all(engines: list[str], found: list[Task], runs: int, limit: float) -> list[Measured]:
    """Measure all engines on all tasks; one that was too slow for a task gets no larger one."""
    results = []
    hopeless: set[tuple[str, str]] = set()
    for task in found:
        best: dict[str, Measured] = {}
        for _ in range(runs if task.count < 10_000 else 1):
            for engine in engines:
                if (engine, task.style) in hopeless:
                    best.setdefault(engine, Measured(engine, task.name, task.style, task.count))
                    continue
                got = measure(engine, task, limit)
                if got.whole is None:
                    hopeless.add((engine, task.style))
                best[engine] = _better(best.get(engine), got)
        results += list(best.values())
        _show(best, task)
    return results


def _better(a: Measured | None, b: Measured) -> Measured:
    if a is None or a.whole is None:
        return b
    return b if b.whole is not None and b.whole < a.whole else a


def _show(best: dict[str, Measured], task: Task) -> None:
    cells = (f"{name} {_seconds(got.whole)}" for name, got in best.items())
    print(
        f"{time.strftime('%H:%M:%S')} {task.name} {task.style}: {', '.join(cells)}", file=sys.stderr
    )


def add_render_times(results: list[Measured]) -> None:
    """Fill in the render time of engines that do not tell it."""
    base = {(r.engine, r.style): r.whole for r in results if r.task == "mixed-1"}
    for result in results:
        start = base.get((result.engine, result.style))
        if result.render is None and result.whole is not None and start is not None:
            result.render = max(0.0, result.whole - start)


def table(results: list[Measured], what: str, engines: list[str]) -> str:
    """Write one of the measures as a table: a line a task and engine, a column a style."""
    styles = list(dict.fromkeys(result.style for result in results))
    lines = [f"| {what} | {' | '.join(styles)} |", "| --- |" + " ---: |" * len(styles)]
    found = {(r.task, r.engine, r.style): getattr(r, what) for r in results}
    for task in dict.fromkeys(result.task for result in results):
        for engine in engines:
            cells = [found.get((task, engine, style)) for style in styles]
            write = _mebibytes if what == "memory" else _seconds
            lines.append(f"| {task}: {engine} | {' | '.join(map(write, cells))} |")
    return "\n".join(lines)


def _seconds(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if value < 1 else f"{value:.1f}"


def _mebibytes(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the speed of CSL engines.")
    parser.add_argument("--items", type=int, action="append", help="sizes (default: 1 to 10,000)")
    parser.add_argument("--large", action="store_true", help=f"{LARGE:,} items as well")
    parser.add_argument("--hard", action="store_true", help="many authors, many works of one year")
    parser.add_argument("--engine", action="append", choices=list(ENGINES))
    parser.add_argument("--runs", type=int, default=3, help="runs below 10,000 items (default: 3)")
    parser.add_argument("--limit", type=float, default=300, help="CPU seconds for one run")
    parser.add_argument("--json", type=Path, help="write the measurements to this file")
    options = parser.parse_args()
    engines = options.engine or list(ENGINES)
    sizes = options.items or [*SIZES, *([LARGE] if options.large else [])]
    with tempfile.TemporaryDirectory() as place:
        found = list(tasks(sizes, Path(place)))
        results = measure_all(engines, found, options.runs, options.limit)
        if options.hard:
            hard = list(hard_tasks(Path(place)))
            results += measure_all(engines, hard, 1, options.limit)
    add_render_times(results)
    for what in ("render", "whole", "memory"):
        print(table(results, what, engines), end="\n\n")
    if options.json:
        written = json.dumps([asdict(result) for result in results], indent=1)
        options.json.write_text(written + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
