"""Measures reading bibliographies beside bibtexparser and pybtex: CPU seconds, MB/s and memory.

    python benchmarks/bibtex/parse.py [--sizes 1000 10000 100000] [--peers PYTHON] [FILE ...]

Without files, bibliographies of benchmarks/store/generate.py are read. Every round reads each file
once with each reader in turn, in a process of its own; the median of the rounds is shown. PYTHON is
an interpreter that has bibtexparser and pybtex; readers that it has not are left out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
_MEASURED = """
import resource, sys, time
{imports}
path = sys.argv[1]
start = time.process_time()
{code}
seconds = time.process_time() - start
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
_OWN = "from pathlib import Path\nfrom northbib.bibtex.document import Document"
_READ = "document = Document.parse(Path(path).read_bytes())"
READERS = {
    "northbib, blocks": (_OWN, _READ),
    "northbib, keys": (_OWN, f"{_READ}\nlist(document)"),
    "northbib, all fields": (_OWN, f"{_READ}\nfor entry in document.entries: len(entry)"),
    "bibtexparser": (
        "import bibtexparser, logging\nlogging.disable(logging.CRITICAL)",
        "library = bibtexparser.parse_file(path)",
    ),
    "pybtex": (
        "from pybtex import errors; from pybtex.database import parse_file",
        "errors.set_strict_mode(False)\nlibrary = parse_file(path, 'bibtex')",
    ),
}


def measured(python: str, reader: str, path: Path) -> tuple[float, float] | None:
    """Give CPU seconds and megabytes, None if the reader is not there or gives up."""
    imports, code = READERS[reader]
    script = _MEASURED.format(imports=imports, code=code)
    command = [python, "-c", script, str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        return None
    seconds, memory = run.stdout.split()[-2:]
    return float(seconds), float(memory)


def show(path: Path, rounds: int, peers: str) -> None:
    """Print a line for each reader."""
    size = path.stat().st_size / 1e6
    print(f"{path.name}: {size:.1f} MB")
    found: dict[str, list[tuple[float, float]]] = {reader: [] for reader in READERS}
    for _ in range(rounds):
        for reader, runs in found.items():
            python = sys.executable if reader.startswith("northbib") else peers
            result = measured(python, reader, path)
            if result is not None:
                runs.append(result)
    for reader, runs in found.items():
        if runs:
            seconds, memory = (median(values) for values in zip(*runs, strict=True))
            print(f"  {reader:22} {seconds:8.2f} s {size / seconds:8.1f} MB/s {memory:7.0f} MB")


def main() -> None:
    """Measure the files, or bibliographies of the sizes that are asked for."""
    parser = argparse.ArgumentParser(description="Measure reading bibliographies.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--sizes", nargs="*", type=int, default=[1000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", default=sys.executable, help="Python that has the others")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for size in [] if options.files else options.sizes:
            path = Path(folder) / f"{size}.bib"
            generator = ROOT / "benchmarks" / "store" / "generate.py"
            subprocess.run([sys.executable, generator, str(size), "-o", path], check=True)
            options.files.append(path)
        for path in options.files:
            show(path, options.rounds, options.peers)


if __name__ == "__main__":
    main()
