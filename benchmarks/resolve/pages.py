"""Read recorded web pages beside trafilatura, htmldate and extruct, and score all of them.

    python benchmarks/resolve/pages.py [--peers PYTHON] [--data DIR] [--rounds N]

The peers run in a Python of their own (build/peers/bin/python), which needs them installed:
`pip install trafilatura htmldate extruct`. Every reader gets the same bytes, once, in a process of
its own; its CPU seconds count without start-up and without reading files. In each of `--rounds` the
readers take turns, and the median counts. The pages and the yardstick, score.py, are not part of
the project.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "resolve"
PEERS = ROOT / "build" / "peers" / "bin" / "python"
READERS_FOLDER = Path(__file__).parent / "readers"
READERS = ("northbib", "trafilatura", "htmldate", "extruct", "extruct_four")

Item = dict[str, Any]
Reader = Callable[[bytes, dict[str, str], str], Item | None]


def pages(data: Path) -> Iterator[tuple[Item, bytes, dict[str, str]]]:
    """Give the rows of the manifest that are pages, with their bytes and headers."""
    for written in (data / "data" / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(written)
        if row["kind"] == "html":
            headers = row.get("response_headers") or {}
            lowered = {name.lower(): str(text) for name, text in headers.items()}
            yield row, (data / "data" / row["file"]).read_bytes(), lowered


def work(name: str, data: Path) -> None:
    """Read all pages with one reader; print its predictions and what they cost."""
    sys.path.insert(0, str(READERS_FOLDER))
    read: Reader = import_module(f"{name}_reader").read
    recorded = list(pages(data))
    read(b"<title>A page</title>", {}, "https://www.example.org/")
    started = time.process_time()
    items = [read(page, headers, row["recorded_from"]) for row, page, headers in recorded]
    spent = time.process_time() - started
    predictions = [
        {"id": row["id"], "item": item} for (row, _, _), item in zip(recorded, items, strict=True)
    ]
    print(json.dumps({"cpu": spent, "pages": len(recorded), "predictions": predictions}))


def run(name: str, python: Path, data: Path) -> Item:
    """Run one reader in a process of its own."""
    command = [str(python), __file__, "--reader", name, "--data", str(data)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: Item = json.loads(done.stdout.splitlines()[-1])
    return result


def score(predictions: list[Item], data: Path) -> Item:
    """Give precision, recall and F1 for each group and field."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in predictions)
        file.flush()
        command = [sys.executable, str(data / "score.py"), file.name, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: Item = json.loads(done.stdout)
    return result


def compare(options: argparse.Namespace) -> None:
    """Run all readers and print their scores and their speed side by side."""
    pythons = dict.fromkeys(READERS, options.peers) | {"northbib": Path(sys.executable)}
    rounds = [
        {name: run(name, python, options.data) for name, python in pythons.items()}
        for _ in range(options.rounds)
    ]
    for name in READERS:
        result = rounds[-1][name]
        spent = median(each[name]["cpu"] for each in rounds) / result["pages"]
        print(f"{name}: {1000 * spent:.1f} CPU ms a page, {1 / spent:.0f} pages a CPU second")
        for group, row in score(result["predictions"], options.data).items():
            fields = (
                f"{field} {f['precision']:.3f}/{f['recall']:.3f}/{f['f1']:.3f}"
                for field, f in row.items()
                if field != "pages"
            )
            print(f"  {group:9} {row['pages']:3}  {'  '.join(fields)}")


def main() -> None:
    """Read the options and do what they say."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=DATA)
    options.add_argument("--peers", type=Path, default=PEERS)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--reader", choices=READERS)
    parsed = options.parse_args()
    if parsed.reader:
        work(parsed.reader, parsed.data)
    else:
        compare(parsed)


if __name__ == "__main__":
    main()
