"""Records a second and peak memory of conversions, beside bibutils, pandoc and citation.js.

    python benchmarks/exchange/exchange_speed.py --count 100000 --peers 10000

BibTeX of made-up works (`benchmarks/store/generate.py`) goes to CSL-JSON, RIS, MODS and MARCXML and
back. Time is that of the processor, user and system. NODE_MODULES names the folder that has
citation.js; a program that is not there, or has no such format, is left out.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
FORMATS = ("csl-json", "ris", "mods", "marcxml")
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


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--peers", type=int, default=10_000, help="records for the other programs")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        print("conversion              program        records    records/s   peak MB")
        for count in dict.fromkeys((options.count, options.peers)):
            _measure(Path(folder), count, only_ours=count != options.peers)


def _measure(folder: Path, count: int, *, only_ours: bool) -> None:
    source = folder / f"{count}.bib"
    generate = [sys.executable, str(ROOT / "benchmarks/store/generate.py"), str(count)]
    subprocess.run([*generate, "-o", str(source)], check=True)
    for name in FORMATS:
        there = folder / f"{count}.{name}"
        ours = [sys.executable, "-m", "northbib", "convert"]
        to = [*ours, str(source), "--to", name, "-o", str(there)]
        back = [*ours, str(there), "--from", name, "--to", "biblatex", "-o", str(folder / "back")]
        _row(f"BibTeX -> {name}", "northbib", count, to)
        if not only_ours:
            for program, command in _peers(folder, source, name, there, is_back=False).items():
                _row(f"BibTeX -> {name}", program, count, command)
        _row(f"{name} -> BibTeX", "northbib", count, back)
        if not only_ours:
            for program, command in _peers(folder, source, name, there, is_back=True).items():
                _row(f"{name} -> BibTeX", program, count, command)


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
    if "NODE_MODULES" in os.environ and shutil.which("node") and (name, is_back) in scripts:
        read, write, file = scripts[name, is_back]
        program = folder / "convert.js"
        program.write_text(JS)
        node = ["node", "--max-old-space-size=4096", str(program)]
        found["citation.js"] = [*node, read, write, str(file), out]
    return found


def _packaged_pandoc() -> str | None:
    try:
        return str(import_module("pypandoc").get_pandoc_path())
    except ImportError:
        return None


def _row(conversion: str, program: str, count: int, command: list[str]) -> None:
    environment = {**os.environ, "NODE_PATH": os.environ.get("NODE_MODULES", "")}
    timed = ["timeout", str(TIMEOUT), *command]
    process = subprocess.Popen(
        timed, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    speed = f"{count / (used.ru_utime + used.ru_stime):12,.0f}"
    failed = f"   status {process.returncode}" if process.returncode else ""
    memory = used.ru_maxrss / 1024
    print(f"{conversion:<24}{program:<12}{count:>10,} {speed} {memory:>9,.0f}{failed}", flush=True)


if __name__ == "__main__":
    main()
