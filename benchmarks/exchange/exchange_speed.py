"""Records a second and peak memory of conversions, beside bibutils, pandoc and citation.js.

    python benchmarks/exchange/exchange_speed.py --count 100000 --peers 10000 --json speed.json

BibTeX of made-up works (`benchmarks/store/generate.py`) goes to CSL-JSON, RIS, MODS and MARCXML and
back: --count records by northbib alone, --peers records by each program. Time is that of the
processor, user and system, of whole processes; memory is the most that a process had. Of several
rounds the quickest counts. NODE_MODULES names the folder that has citation.js (`npm install` in
tests/judges makes one); a program that is not there, or has no such format, is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FORMATS = ("csl-json", "ris", "mods", "marcxml")
OWN = "northbib"
JUDGES = ROOT / "tests/judges/node_modules"
JS = """
const {Cite, plugins} = require('@citation-js/core');
require('@citation-js/plugin-bibtex'); require('@citation-js/plugin-ris');
require('@citation-js/plugin-csl');
plugins.config.get('@bibtex').format.asciiOnly = false;
const fs = require('fs');
const [from, to, file, out] = process.argv.slice(2);
const text = fs.readFileSync(file, 'utf8');
const cite = new Cite(from === 'data' ? JSON.parse(text) : text);
const made = cite.format(to, {format: 'text'});
fs.writeFileSync(out, typeof made === 'string' ? made : JSON.stringify(made));
"""
TIMEOUT = 900


@dataclass(frozen=True, slots=True)
class Measure:
    """What a program took for a conversion.

    Attributes:
        conversion: From which format to which.
        program: Who did it.
        records: How many there were.
        cpu: Seconds of the processor.
        peak: The most memory that it had, in MB.
        status: Its exit status.
    """

    conversion: str
    program: str
    records: int
    cpu: float
    peak: float
    status: int


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="records for northbib alone")
    parser.add_argument("--peers", type=int, default=10_000, help="records for each, 0 for none")
    parser.add_argument("--rounds", type=int, default=1, help="how often, the quickest counts")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    options = parser.parse_args()
    print("| conversion | program | records | a second | peak MB |")
    print("| --- | --- | --- | --- | --- |")
    measures = []
    with TemporaryDirectory() as folder:
        for count in sorted({options.count, options.peers} - {0}):
            with_peers = count == options.peers
            for measure in _measures(Path(folder), count, options.rounds, with_peers=with_peers):
                measures.append(measure)
                print(_row(measure), flush=True)
    if options.json:
        options.json.write_text(json.dumps([asdict(measure) for measure in measures], indent=1))


def _row(measure: Measure) -> str:
    failed = f" (status {measure.status})" if measure.status else ""
    return (
        f"| {measure.conversion} | {measure.program}{failed} | {measure.records:,} "
        f"| {measure.records / measure.cpu:,.0f} | {measure.peak:,.0f} |"
    )


def _measures(folder: Path, count: int, rounds: int, *, with_peers: bool) -> Iterator[Measure]:
    source = folder / f"{count}.bib"
    generate = [sys.executable, str(ROOT / "benchmarks/store/generate.py"), str(count)]
    subprocess.run([*generate, "-o", str(source)], check=True)
    convert = [sys.executable, "-m", "northbib", "convert"]
    for name in FORMATS:
        there = folder / f"{count}.{name}"
        to = [*convert, str(source), "--to", name, "-o", str(there)]
        back = [*convert, str(there), "--from", name, "--to", "biblatex", "-o", f"{folder}/back"]
        for conversion, own, is_back in (
            (f"BibTeX to {name}", to, False),
            (f"{name} to BibTeX", back, True),
        ):
            peers = _peers(folder, source, name, there, is_back=is_back) if with_peers else {}
            commands = {OWN: own, **peers}
            found = [
                _measure(conversion, program, count, command)
                for _ in range(rounds)
                for program, command in commands.items()
            ]
            for program in commands:
                of_one = (measure for measure in found if measure.program == program)
                yield min(of_one, key=lambda measure: measure.cpu)
        there.unlink(missing_ok=True)


def _peers(
    folder: Path, source: Path, name: str, there: Path, *, is_back: bool
) -> dict[str, list[str]]:
    """Give the commands of the other programs that can do a conversion."""
    found: dict[str, list[str]] = {}
    out = str(folder / "peer.out")
    utils = {
        ("ris", False): f"bib2xml {source} | xml2ris > {out}",
        ("ris", True): f"ris2xml {there} | xml2bib > {out}",
        ("mods", False): f"bib2xml {source} > {out}",
        ("mods", True): f"xml2bib {there} > {out}",
    }
    if shutil.which("bib2xml") and (name, is_back) in utils:
        found["bibutils"] = ["sh", "-c", utils[name, is_back]]
    pandoc = os.environ.get("PANDOC") or shutil.which("pandoc") or _packaged_pandoc()
    formats = {
        ("csl-json", False): (source, "bibtex", "csljson"),
        ("csl-json", True): (there, "csljson", "bibtex"),
        ("ris", True): (there, "ris", "bibtex"),
    }
    if pandoc and (name, is_back) in formats:
        file, read, write = formats[name, is_back]
        found["pandoc"] = [pandoc, "-f", read, "-t", write, str(file), "-o", out]
    scripts = {
        ("csl-json", False): ("bibtex", "data", source),
        ("csl-json", True): ("data", "bibtex", there),
        ("ris", False): ("bibtex", "ris", source),
        ("ris", True): ("ris", "bibtex", there),
    }
    if _node_modules() and shutil.which("node") and (name, is_back) in scripts:
        read, write, file = scripts[name, is_back]
        program = folder / "convert.js"
        program.write_text(JS)
        node = ["node", "--max-old-space-size=4096", str(program)]
        found["citation.js"] = [*node, read, write, str(file), out]
    return found


def _node_modules() -> str:
    named = os.environ.get("NODE_MODULES", str(JUDGES))
    return named if Path(named, "@citation-js").is_dir() else ""


def _packaged_pandoc() -> str | None:
    try:
        return str(import_module("pypandoc").get_pandoc_path())
    except ImportError:
        return None


def _measure(conversion: str, program: str, count: int, command: list[str]) -> Measure:
    environment = {**os.environ, "NODE_PATH": _node_modules()}
    process = subprocess.Popen(
        ["timeout", str(TIMEOUT), *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu, peak = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    return Measure(conversion, program, count, cpu, peak, process.returncode)


if __name__ == "__main__":
    main()
