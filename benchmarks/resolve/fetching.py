"""Measure fetching against a server on loopback that takes its time for each answer.

Usage: python benchmarks/resolve/fetching.py [--requests N] [--latency MS] [--at-once N]

The first run asks for N records, each of which the server gives after a pause; with so many
requests at once nothing could be quicker than N × pause / at once, and the ratio to that is shown.
The second run takes them from the cache, by a fetcher of its own, as the next command would. Two
more runs do the same with DOIs, from recognising them to the merged record; their agency is asked
once. The server is another process, so that it does not take the time of the fetcher; a run with
the plain session of requests in as many threads stands beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import requests
from requests.adapters import HTTPAdapter

from northbib.resolve.batch import in_order, resolve_all
from northbib.resolve.http.fetcher import Fetcher
from northbib.resolve.http.results import Request
from northbib.resolve.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.queues import Queue

# The prefix that Crossref keeps for tests.
_PREFIX = "10.5555"
_WORK = {
    "type": "journal-article",
    "title": ["A title"],
    "author": [{"family": "Family", "given": "Given"}],
    "container-title": ["A journal"],
    "issued": {"date-parts": [[2017]]},
    "abstract": "word " * 800,
}


def _answer(value: object) -> bytes:
    body = json.dumps(value).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return head.encode() + b"\r\n\r\n" + body


_RECORD = _answer({"status": "ok", "message": _WORK})
_AGENCY = _answer([{"DOI": _PREFIX, "RA": "Crossref"}])


def serve(pause: float, ports: Queue[int]) -> None:
    """Answer every request after a pause, with a record."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(pause)
                writer.write(_AGENCY if head.startswith(b"GET /ra/") else _RECORD)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        ports.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def plainly(urls: list[str], threads: int) -> None:
    """Ask with requests alone, without limits, checks or cache."""
    with requests.Session() as session, ThreadPoolExecutor(threads) as pool:
        session.mount("http://", HTTPAdapter(pool_maxsize=threads))
        for answer in pool.map(session.get, urls):
            answer.raise_for_status()


def fetch(urls: list[str], settings: Settings) -> None:
    """Ask with a fetcher; every answer must come."""
    with Fetcher(settings) as fetcher:
        wanted = [Request(url, accept="application/json", keep="record") for url in urls]
        found = in_order(wanted, fetcher.get, threads=settings.at_once * 4, stop=fetcher.stop)
        outcomes = {result.outcome for result in found}
    if outcomes != {"found"}:
        sys.exit(f"not all were found: {outcomes}")


def resolve(sources: list[str], settings: Settings) -> None:
    """Resolve; every source must give a record."""
    failed = [outcome for outcome in resolve_all(sources, settings=settings) if outcome.error]
    if failed:
        sys.exit(f"not all were resolved: {failed[0].error}")


def measured(work: Callable[[], None]) -> tuple[float, float]:
    """Give the seconds that some work takes, by the clock and of the processor."""
    before, begin = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    work()
    end, after = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return end - begin, cpu


def main() -> None:
    """Measure, and print one line a run."""
    parser = argparse.ArgumentParser(description="Measure fetching.")
    parser.add_argument("--requests", type=int, default=1000, help="how many (default: 1000)")
    parser.add_argument("--latency", type=float, default=50, help="milliseconds (default: 50)")
    parser.add_argument("--at-once", type=int, default=8, help="at once (default: 8)")
    options = parser.parse_args()
    pause = options.latency / 1000
    ports: Queue[int] = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(pause, ports), daemon=True)
    server.start()
    base = f"http://127.0.0.1:{ports.get()}/"
    urls = [f"{base}works/{n}" for n in range(options.requests)]
    dois = [f"{_PREFIX}/{n}" for n in range(options.requests)]
    limit = options.requests * pause / options.at_once
    print(f"{options.requests} requests of {options.latency:g} ms, {options.at_once} at once")
    print(f"  {'limit of concurrency':26} {limit:6.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            bases={"doi": base, "crossref": f"{base}works-of/"},
            allow_private=True,
            at_once=options.at_once,
            per_host=options.at_once,
            cache=Path(folder) / "answers.sqlite",
        )
        runs: dict[str, Callable[[], None]] = {
            "requests alone": lambda: plainly(urls, options.at_once),
            "northbib, first run": lambda: fetch(urls, settings),
            "northbib, from its cache": lambda: fetch(urls, settings),
            "northbib, DOI to record": lambda: resolve(dois, settings),
            "the same, from its cache": lambda: resolve(dois, settings),
        }
        for name, work in runs.items():
            seconds, cpu = measured(work)
            rate = options.requests / seconds
            print(
                f"  {name:26} {seconds:6.2f} s  {seconds / limit:5.2f} × limit"
                f"  {rate:7.0f} a second  {cpu:6.2f} CPU s"
            )
    server.terminate()


if __name__ == "__main__":
    main()
