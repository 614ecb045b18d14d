"""Memory does not grow with the file, whatever is written."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from northbib.exchange import FORMATS, write

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.records import Record

FEW, MANY = 4_000, 40_000
ALLOWED = 8
"""MB by which the peaks may differ: tables of what is known fill up, and keys are remembered."""

PAIR = f"""
@inbook{{part%(n)d, title = {{A part}}, crossref = {{whole%(n)d}}}}
@book{{whole%(n)d, title = {{A whole}}, year = 2000, abstract = {{{"word " * 400}}}}}
"""

# What the kernel says of a child begins with the memory of the process that started it.
PROGRAM = """
import atexit, pathlib, re, runpy
status = pathlib.Path("/proc/self/status")
atexit.register(lambda: print(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]))
runpy.run_module("northbib", run_name="__main__", alter_sys=True)
"""

ONE_WORK = "cff"
"""A file of it is about one work, and its references are held at once."""

WRITTEN = [name for name, entry in FORMATS.items() if entry.writes and name != ONE_WORK]

ONLY_LINUX = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="memory is counted otherwise"
)


def file_of(folder: Path, collection: list[Record], count: int) -> Path:
    """Write a file of records with a key each."""
    file = folder / f"{count}.ris"
    numbered = (
        collection[number % len(collection)].replace(key=f"a{number}") for number in range(count)
    )
    file.write_bytes(write(numbered, "ris"))
    return file


def peak(source: Path, name: str) -> float:
    """Convert a file, and give the most memory that the process had, in MB."""
    output = source.with_suffix(".out")
    convert = [sys.executable, "-c", PROGRAM, "convert", str(source), "--to", name]
    run = subprocess.run([*convert, "-o", str(output)], capture_output=True, text=True, check=True)
    output.unlink()
    return int(run.stdout) / 1024


@pytest.mark.long
@ONLY_LINUX
def test_memory_stays_the_same_in_every_format(tmp_path: Path, collection: list[Record]) -> None:
    few, many = (file_of(tmp_path, collection, count) for count in (FEW, MANY))
    grown = {}
    for name in WRITTEN:
        more = peak(many, name) - peak(few, name)
        if more > ALLOWED:
            grown[name] = round(more)
    assert grown == {}


@pytest.mark.long
@ONLY_LINUX
def test_memory_stays_the_same_when_every_second_entry_is_a_parent(tmp_path: Path) -> None:
    def file(count: int) -> Path:
        source = tmp_path / f"{count}.bib"
        source.write_text("".join(PAIR % {"n": number} for number in range(count // 2)))
        return source

    assert peak(file(MANY), "csl-json") - peak(file(FEW), "csl-json") <= ALLOWED
