"""Many sources in one run, some of which go wrong: all the good ones are in, in their order."""

from __future__ import annotations

import itertools
import threading
import time
from typing import TYPE_CHECKING, Any

import loopback_faults as faults
import pytest
from loopback import Answer, Handler, Loopback, csl_json, html, redirect
from loopback_clock import TestClock
from loopback_recordings import Recorded, Recordings, path_of

from northbib.errors import UsageError
from northbib.resolve.batch import in_order, resolve_all
from northbib.resolve.http.fetcher import Fetcher
from northbib.resolve.http.results import Request

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.resolve.batch import Outcome

LASTING: tuple[Any, ...] = (
    faults.truncated,
    faults.broken_gzip,
    faults.challenge,
    Answer(b"", 404),
    Answer(b"", 500),
    redirect("http://169.254.169.254/"),
    html("<title>Just a moment...</title>"),
    csl_json('{"title": "A ti'),
)
PASSING: tuple[Any, ...] = (faults.reset, Answer(b"", 503), faults.limited("0"), Answer(b"", 502))


def page(number: int) -> Answer:
    """Give the page of a work of its own."""
    return html(
        f'<title>Title {number}</title><meta name="citation_title" content="Title {number}">'
        f'<meta name="citation_author" content="Lee, N.">'
    )


def titles(outcomes: list[Outcome]) -> list[str]:
    """Give the titles of the records that came, in order."""
    return [outcome.resolution.record.title for outcome in outcomes if outcome.resolution]


def test_of_500_sources_with_faults_among_them_all_the_good_ones_are_in_in_order(
    server: Loopback,
) -> None:
    lasting, passing = itertools.cycle(LASTING), itertools.cycle(PASSING)
    bad, sources = set(), []
    for n in range(500):
        behave: Any = page(n)
        if n % 10 == 7:
            behave = next(lasting)
            bad.add(n)
        elif n % 10 == 3:
            behave = faults.then(next(passing), behave)
        sources.append(server.serve(f"/works/{n}", behave))
    settings = server.settings(
        bases={}, retries=2, per_host=8, connect_timeout=0.5, allow_private=True
    )
    outcomes = list(resolve_all(sources, settings=settings))
    assert [outcome.source for outcome in outcomes] == sources
    failed = {n for n, outcome in enumerate(outcomes) if outcome.error is not None}
    assert failed == bad
    assert titles(outcomes) == [f"Title {n}" for n in range(500) if n not in bad]
    for outcome in outcomes:
        assert (outcome.error is None) != (outcome.resolution is None)
        assert outcome.error is None or "\n" not in str(outcome.error)


def test_what_is_no_source_does_not_hold_the_others_up(server: Loopback) -> None:
    url = server.serve("/a", page(1))
    outcomes = list(resolve_all(["ftp://example.org/", url], settings=server.settings()))
    assert isinstance(outcomes[0].error, UsageError)
    assert titles(outcomes) == ["Title 1"]


def test_a_slow_host_does_not_hold_up_the_others(server: Loopback) -> None:
    done: list[float] = []

    def slow(handler: Handler) -> None:
        server.pause(0.2)
        page(0)(handler)

    begin = time.monotonic()
    with Loopback() as quick:

        def note(handler: Handler) -> None:
            done.append(time.monotonic() - begin)
            page(1)(handler)

        slow_ones = [f"{server.serve('/slow', slow)}?{n}" for n in range(10)]
        quick_ones = [f"{quick.serve('/quick', note)}?{n}" for n in range(10)]
        settings = server.settings(per_host=1, at_once=4, site_rate=0)
        outcomes = list(resolve_all([*slow_ones, *quick_ones], settings=settings))
    assert len(titles(outcomes)) == 20
    assert max(done) < 1.5 < time.monotonic() - begin


def test_results_come_as_soon_as_those_before_them_are_there(server: Loopback) -> None:
    sources = (server.serve(f"/{n}", page(n)) for n in itertools.count())
    results = resolve_all(sources, settings=server.settings(at_once=2))
    first = list(itertools.islice(results, 5))
    results.close()  # type: ignore[attr-defined]
    assert titles(first) == [f"Title {n}" for n in range(5)]
    assert len(server.asked) < 200


def test_a_run_that_is_not_wanted_any_longer_ends(server: Loopback) -> None:
    server.serve("/quick", page(0))
    server.serve("/slow", faults.slow_first_byte(server, 20))
    sources = [f"{server.url}/quick", *(f"{server.url}/slow?{n}" for n in range(20))]
    settings = server.settings(read_timeout=20, total_timeout=20)
    results = resolve_all(sources, settings=settings)
    assert titles([next(results)]) == ["Title 0"]
    begin = time.monotonic()
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - begin < 3


def test_work_in_threads_comes_back_in_order_and_its_errors_too() -> None:
    stopped = threading.Event()

    def work(number: int) -> int:
        time.sleep(0.002 * (7 - number % 7))
        if number == 90:
            raise ValueError(str(number))
        return number

    results = in_order(range(200), work, threads=8, stop=stopped.set)
    assert list(itertools.islice(results, 90)) == list(range(90))
    with pytest.raises(ValueError, match="90"):
        next(results)
    assert stopped.is_set()


@pytest.fixture(scope="module")
def recordings(shared: Path) -> Recordings:
    return Recordings(shared / "resolve" / "data")


def test_recorded_answers_come_over_the_network_as_they_were_recorded(
    server: Loopback, recordings: Recordings
) -> None:
    recordings.serve(server)
    adapter = Recorded(server)
    adapters = {"http://": adapter, "https://": adapter}
    settings = server.settings(bases={}, max_wait=0)
    with Fetcher(settings, clock=TestClock(), adapters=adapters) as fetcher:
        for url, row in recordings.rows.items():
            result = fetcher.get(Request(url, keep="record"))
            status = row.get("status") or 200
            if status in (301, 302) or result.outcome in ("blocked", "rate_limited"):
                continue
            assert result.response is not None, url
            assert result.response.status == status, url
            assert result.response.body == recordings.answer(row).body, url
            expected = "found" if status < 300 else "not_found" if status == 404 else "error"
            assert result.outcome == ("gone" if status == 410 else expected), url
        blocked = [row["recorded_from"] for row in recordings.rows.values() if is_blocked(row)]
        assert [fetcher.get(url).outcome for url in blocked] == ["blocked"] * len(blocked)


def is_blocked(row: dict[str, Any]) -> bool:
    """Whether a row is that of a challenge."""
    return bool((row.get("expected") or {}).get("blocked"))


def test_recorded_pages_are_resolved_though_a_tenth_of_the_hosts_fail(
    server: Loopback, recordings: Recordings
) -> None:
    recordings.serve(server)
    rows = [
        row
        for row in recordings.rows.values()
        if row["kind"] == "html"
        and (row.get("expected") or {}).get("title")
        and not is_blocked(row)
    ]
    # Registries are out of reach here, so that each page speaks for itself.
    failing = {row["recorded_from"] for row in rows[::10]}
    for url, fault in zip(sorted(failing), itertools.cycle(LASTING), strict=False):
        server.serve(path_of(url), fault)
    adapter = Recorded(server)
    settings = server.settings(bases={"doi": "", "govuk": ""}, per_host=8)
    sources = [row["recorded_from"] for row in rows]
    adapters = {"http://": adapter, "https://": adapter}
    with Fetcher(settings, clock=TestClock(), adapters=adapters) as fetcher:
        outcomes = list(resolve_all(sources, settings=settings, fetcher=fetcher))
    came = {outcome.source for outcome in outcomes if outcome.resolution is not None}
    assert [outcome.source for outcome in outcomes] == sources
    assert len((set(sources) - failing) - came) <= 0.03 * len(sources)
    assert not came & failing
