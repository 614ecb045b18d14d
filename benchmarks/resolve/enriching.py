"""Measure `northbib enrich` on a library of N records that know no more than their DOI and title.

Usage: python benchmarks/resolve/enriching.py [--records N] [--latency MS] [--at-once N]

The program itself runs, as a user would run it, against a server of another process that gives each
answer after a pause. If every record took one question and nothing else cost anything, it could be
no quicker than N × pause / at once: the ratio to that is shown, and how many questions were asked.
The first run may ask Crossref for 40 works at a time; the others may not, since their server knows
no lists. "From the cache" enriches a new library with what was kept, "a second run" the library
that is enriched already: these two are judged by records a second.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import multiprocessing
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.queues import Queue
    from multiprocessing.sharedctypes import Synchronized

# The prefix that Crossref keeps for tests.
_PREFIX = "10.5555"
_PROGRAM = str(Path(sys.executable).with_name("northbib"))
_AGAIN = "a second run"
_LISTED = re.compile(rb"doi(?::|%3A)([^,&\s]+)")


def _work(number: str) -> dict[str, object]:
    return {
        "type": "journal-article",
        "DOI": f"{_PREFIX}/{number}",
        "title": [f"A title {number}"],
        "author": [{"family": "Family", "given": "Given"}],
        "container-title": ["A journal"],
        "issued": {"date-parts": [[2017]]},
        "volume": "51",
        "issue": "3",
        "page": "1-10",
        "reference": [{"unstructured": "word " * 40}] * 20,
    }


def _answer(value: object, status: str = "200 OK") -> bytes:
    body = json.dumps(value).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return head.encode() + b"\r\n\r\n" + body


def _answer_to(head: bytes, *, lists: bool) -> bytes:
    path = head.split(b" ")[1]
    if path.startswith(b"/ra/"):
        return _answer([{"DOI": _PREFIX, "RA": "Crossref"}])
    if b"filter=" not in path:
        return _answer({"status": "ok", "message": _work(path.rpartition(b"/")[2].decode())})
    if not lists:
        return _answer({"status": "failed"}, "400 Bad Request")
    names = [unquote(name.decode()) for name in _LISTED.findall(path)]
    items = [_work(name.rpartition("/")[2]) for name in names]
    return _answer({"status": "ok", "message": {"items": items}})


def serve(pause: float, ports: Queue[int], asked: Synchronized[int], lists: bool) -> None:
    """Answer every request after a pause, with a record or a list of them."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                asked.value += 1
                answer = _answer_to(head, lists=lists)
                await asyncio.sleep(pause)
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        ports.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


@contextlib.contextmanager
def serving(latency: float, lists: bool) -> Iterator[tuple[str, Synchronized[int]]]:
    """Run a server in a process of its own; give its address and the count of its questions."""
    ports: Queue[int] = multiprocessing.Queue()
    asked: Synchronized[int] = multiprocessing.Value("i", 0)
    server = multiprocessing.Process(
        target=serve, args=(latency / 1000, ports, asked, lists), daemon=True
    )
    server.start()
    try:
        yield f"http://127.0.0.1:{ports.get()}/", asked
    finally:
        server.terminate()


def write_library(folder: Path, records: int) -> None:
    """Write a library whose records lack everything but title and DOI."""
    entries = (
        f"@article{{k{n},\n  title = {{A title {n}}},\n  doi = {{{_PREFIX}/{n}}},\n}}\n"
        for n in range(records)
    )
    (folder / "library.bib").write_text("\n".join(entries))


def enrich(folder: Path, base: str, at_once: int) -> tuple[float, float]:
    """Enrich the library in a folder with the cache there; give seconds, by clock and CPU."""
    environment = {
        **os.environ,
        "NORTHBIB_DOI_URL": base,
        "NORTHBIB_CROSSREF_URL": base,
        "NORTHBIB_AT_ONCE": str(at_once),
        "NORTHBIB_PER_HOST": str(at_once),
        "NORTHBIB_CACHE": str(folder / "answers.sqlite"),
        "NORTHBIB_KEYRING": "0",
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_STATE_HOME": str(folder / "state"),
    }
    library = str(folder / "library.bib")
    command = [_PROGRAM, "--library", library, "enrich", "--allow-private"]
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    end, after = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode:
        sys.exit(f"not all were filled: {run.stdout[-200:]} {run.stderr[-500:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return end - begin, cpu


def main() -> None:
    """Measure, and print one line a run."""
    parser = argparse.ArgumentParser(description="Measure enrich.")
    parser.add_argument("--records", type=int, default=1000, help="how many (default: 1000)")
    parser.add_argument("--latency", type=float, default=50, help="milliseconds (default: 50)")
    parser.add_argument("--at-once", type=int, default=8, help="at once (default: 8)")
    options = parser.parse_args()
    limit = options.records * options.latency / 1000 / options.at_once
    print(f"{options.records} records, {options.latency:g} ms, {options.at_once} at once")
    print(f"  {'one question a record':22} {limit:6.2f} s")
    plans = ((("with lists of works",), True), (("one by one", "from the cache", _AGAIN), False))
    for runs, lists in plans:
        with tempfile.TemporaryDirectory() as folder, serving(options.latency, lists) as server:
            base, asked = server
            for name in runs:
                if name != _AGAIN:
                    write_library(Path(folder), options.records)
                before = asked.value
                seconds, cpu = enrich(Path(folder), base, options.at_once)
                print(
                    f"  {name:22} {seconds:6.2f} s  {seconds / limit:5.2f} × limit"
                    f"  {options.records / seconds:6.0f} a second  {cpu:6.2f} CPU s"
                    f"  {asked.value - before:5} questions"
                )


if __name__ == "__main__":
    main()
