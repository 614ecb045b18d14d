"""Render a bibliography once, as a process of its own that speed.py measures.

Usage: python speed_worker.py ENGINE STYLE ITEMS   (a file of CSL-JSON)

Prints the CPU seconds from items in memory to a list of entries in HTML, and how many there are.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from northbib.csl import Processor, Style


def main() -> None:
    """Render, and print what it took."""
    engine, style, file = sys.argv[1:]
    items = json.loads(Path(file).read_bytes())
    loaded = Style.load(Path(style))
    begun = time.process_time()
    entries = Processor(loaded, items, engine=engine).bibliography()
    print(json.dumps({"render": time.process_time() - begun, "entries": len(entries)}))


if __name__ == "__main__":
    main()
