"""Measure how much of 20 entries comes through each format, by the yardstick in ../shared.

northbib is put into the yardstick's table of tools as a writer and a reader, and every pair of
tools that share a format is tried. Tools that are not installed are named as failed.

    python benchmarks/exchange/yardstick.py [--dialect biblatex] [--fmt ris] [--out DIR]
"""

from __future__ import annotations

import importlib
import io
import sys
from pathlib import Path

from northbib.exchange import FORMATS, read, write

YARDSTICK = Path(__file__).resolve().parents[3] / "shared" / "exchange" / "yardstick"

NAMES = {
    "ris": "ris",
    "refer": "enw",
    "mods": "mods",
    "endnotexml": "endnote-xml",
    "csljson": "csl-json",
    "wordxml": "word-xml",
    "isi": "wos",
    "zrdf": "zotero-rdf",
    "marcxml": "marcxml",
    "marc": "marc",
    "hayagriva": "hayagriva",
}
"""The yardstick's name of a format -> ours."""


def write_with_northbib(text: str, dialect: str, fmt: str) -> bytes:
    """Write the entries of a bibliography in a format."""
    return write(read(text.encode(), "samples.bib", dialect).records, NAMES[fmt])


def read_with_northbib(data: bytes, fmt: str) -> str:
    """Read a file of a format and write BibLaTeX."""
    return write(read(data, "samples", NAMES[fmt]).records, "biblatex").decode()


def there_and_back(text: str, dialect: str) -> str:
    """Read a bibliography and write it again."""
    return write(read(text.encode(), "samples.bib", dialect).records, dialect).decode()


def main() -> int:
    """Run the yardstick; its own options apply."""
    if not YARDSTICK.is_dir():
        print(f"the yardstick is not there: {YARDSTICK}", file=io.TextIOWrapper(sys.stderr.buffer))
        return 1
    sys.path.insert(0, str(YARDSTICK))
    tools = importlib.import_module("rt.tools")
    reads = [fmt for fmt, name in NAMES.items() if name in FORMATS and FORMATS[name].reads]
    writes = [fmt for fmt, name in NAMES.items() if name in FORMATS and FORMATS[name].writes]
    tools.WRITERS["northbib"] = (write_with_northbib, writes)
    tools.READERS["northbib"] = (read_with_northbib, reads)
    tools.IDENT["northbib"] = there_and_back
    importlib.import_module("rt.run").main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
