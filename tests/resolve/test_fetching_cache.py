"""What is kept on disk: for how long, what is never kept, and a cache that is of no use."""

from __future__ import annotations

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from loopback import Answer, Handler, Loopback, fetched, html, redirect
from loopback_clock import TestClock
from loopback_faults import PAGE, challenge, limited, reset, then

from northbib.resolve import Settings
from northbib.resolve.http.fetcher import Fetcher
from northbib.resolve.http.results import Request, Result

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86_400.0


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "answers.sqlite"


def get(request: Request | str, server: Loopback, cache: Path, **changes: Any) -> Result:
    """Ask once, as a run of its own."""
    clock = changes.pop("clock", None)
    return fetched(request, server.settings(cache=cache, **changes), clock)


@pytest.mark.parametrize(
    ("keep", "days"), [("agency", 180), ("record", 30), ("page", 7), ("never", 0)]
)
def test_each_kind_of_answer_is_kept_for_its_time(
    server: Loopback, cache: Path, keep: Any, days: float
) -> None:
    url = server.serve("/a", html(PAGE))
    clock = TestClock()
    first = get(Request(url, keep=keep), server, cache, clock=clock)
    clock.sleep(max(days * DAY - 1, 0))
    second = get(Request(url, keep=keep), server, cache, clock=clock)
    clock.sleep(2)
    third = get(Request(url, keep=keep), server, cache, clock=clock)
    assert [r.kept for r in (first, second, third)] == [False, days > 0, False]
    assert first.require().body == second.require().body == third.require().body
    assert second.fetched == (first.fetched if days else pytest.approx(clock.wall() - 2))


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_is_asked_for_again_after_a_day(
    server: Loopback, cache: Path, status: int
) -> None:
    url = server.serve("/a", Answer(b"no", status))
    clock = TestClock()
    results = []
    for seconds in (0, DAY - 1, 2):
        clock.sleep(seconds)
        results.append(get(Request(url, keep="record"), server, cache, clock=clock))
    assert [result.kept for result in results] == [False, True, False]
    assert {result.outcome for result in results} == {"not_found" if status == 404 else "gone"}


@pytest.mark.parametrize(
    "behaviour",
    [
        Answer(b"", 500),
        Answer(b"", 403),
        Answer(b"", 400),
        limited("1"),
        challenge,
        html("<title>Just a moment...</title>"),
        html("<title>Wait</title><script src='/cdn-cgi/challenge-platform/h/b/x.js'></script>"),
        Answer(PAGE.encode(), headers={"cf-mitigated": "challenge"}),
        reset,
    ],
)
def test_what_is_no_answer_is_never_kept(server: Loopback, cache: Path, behaviour: Any) -> None:
    url = server.serve("/a", then(behaviour, html(PAGE)))
    first, second = get(url, server, cache), get(url, server, cache)
    assert first.outcome != "found"
    assert (second.outcome, second.kept) == ("found", False)


def test_offline_nobody_is_asked(server: Loopback, cache: Path) -> None:
    url = server.serve("/a", redirect("/b"))
    server.serve("/b", html(PAGE))
    clock = TestClock()
    get(url, server, cache, clock=clock)
    clock.sleep(8 * DAY)
    asked = len(server.asked)
    known = get(url, server, cache, clock=clock, offline=True)
    unknown = get(f"{url}?2", server, cache, clock=clock, offline=True)
    assert (known.outcome, known.kept, known.stale) == ("found", True, True)
    assert known.url == f"{server.url}/b"
    assert (unknown.outcome, unknown.kept) == ("offline_miss", False)
    assert "not in the cache" in str(unknown.error())
    assert len(server.asked) == asked


def test_what_is_kept_is_asked_for_again_on_request(server: Loopback, cache: Path) -> None:
    url = server.serve("/a", then(html("<title>Old</title>"), html("<title>New</title>")))
    get(url, server, cache)
    renewed = get(url, server, cache, refresh=True)
    assert renewed.require().body == b"<title>New</title>"
    assert get(url, server, cache).require().body == b"<title>New</title>"


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ({"ETag": '"v1"'}, {"If-None-Match": '"v1"'}),
        (
            {"Last-Modified": "Thu, 24 Nov 2016 15:06:45 GMT"},
            {"If-Modified-Since": "Thu, 24 Nov 2016 15:06:45 GMT"},
        ),
    ],
)
def test_a_host_is_asked_whether_what_is_kept_is_still_right(
    server: Loopback, cache: Path, told: dict[str, str], asked: dict[str, str]
) -> None:
    def behave(handler: Handler) -> None:
        if asked.items() <= dict(handler.headers).items():
            Answer(b"", 304, headers={"Content-Length": "0"})(handler)
        else:
            Answer(PAGE.encode(), headers=told)(handler)

    url = server.serve("/a", redirect("/b"))
    server.serve("/b", behave)
    clock = TestClock()
    get(url, server, cache, clock=clock)
    clock.sleep(8 * DAY)
    second = get(url, server, cache, clock=clock)
    assert second.outcome == "found"
    assert second.require().body == PAGE.encode()
    assert not set(asked) & set(server.headers("/a"))
    asks = len(server.asked)
    assert get(url, server, cache, clock=clock).kept
    assert len(server.asked) == asks


@pytest.mark.parametrize("fault", [Answer(b"", 500), reset, limited("600"), challenge])
def test_an_old_answer_is_better_than_none_and_says_that_it_is_old(
    server: Loopback, cache: Path, fault: Any
) -> None:
    url = server.serve("/a", then(html(PAGE), fault))
    clock = TestClock()
    get(url, server, cache, clock=clock)
    clock.sleep(8 * DAY)
    result = get(url, server, cache, clock=clock)
    assert (result.outcome, result.kept, result.stale) == ("found", True, True)
    assert result.require().body == PAGE.encode()
    assert result.reason


def test_a_page_that_is_gone_is_gone_though_it_was_kept(server: Loopback, cache: Path) -> None:
    url = server.serve("/a", then(html(PAGE), Answer(b"", 410)))
    clock = TestClock()
    get(url, server, cache, clock=clock)
    clock.sleep(8 * DAY)
    assert get(url, server, cache, clock=clock).outcome == "gone"
    assert get(url, server, cache, clock=clock).kept


def test_what_was_asked_for_in_another_form_is_another_answer(
    server: Loopback, cache: Path
) -> None:
    url = server.serve("/a", html(PAGE))
    for accept in ("text/html", "application/json", "text/html"):
        get(Request(url, accept=accept), server, cache)
    assert len(server.asked) == 2


def test_an_answer_of_the_private_network_is_not_given_without_leave(
    server: Loopback, cache: Path
) -> None:
    url = server.serve("/a", html(PAGE))
    assert get(url, server, cache).outcome == "found"
    assert get(url, server, cache, allow_private=False, bases={}).kind == "refused"


SECRETS = {"openalex": "sesame-key", "semantic_scholar": "sesame-header", "web_archive": "a:sesame"}


def test_neither_keys_nor_addresses_of_people_nor_cookies_are_kept_or_shown(
    server: Loopback, cache: Path
) -> None:
    page = Answer(PAGE.encode(), headers={"Set-Cookie": "id=sesame-cookie"})
    server.serve("/openalex/works/W1", redirect("/openalex/works/W2?api_key=sesame-key&x=1"))
    server.serve("/openalex/works/W2", page)
    server.serve("/s2/paper/1", page)
    server.serve("/web_archive/save/x", page)
    server.serve("/unpaywall/v2/x", page)
    server.serve("/broken", reset)
    names = {"openalex": "openalex", "semantic_scholar": "s2", "web_archive": "web_archive"}
    bases = {service: f"{server.url}/{path}/" for service, path in names.items()}
    bases["unpaywall"] = f"{server.url}/unpaywall/"
    settings = server.settings(cache=cache, keys=SECRETS, bases=bases, mailto="sesame@example.org")
    shown = [repr(settings)]
    with Fetcher(settings) as fetcher:
        for path in (
            "/openalex/works/W1",
            "/s2/paper/1",
            "/web_archive/save/x",
            "/unpaywall/v2/x",
            "/broken?api_key=sesame&mailto=sesame@example.org",
            "/missing?access_token=sesame",
        ):
            result = fetcher.get(Request(server.url + path, keep="record"))
            shown += [repr(replace_headers(result))]
            if result.outcome != "found":
                shown += [str(result.error())]
    sent = "\n".join(f"{path} {headers}" for path, headers in server.log)
    for secret in ("sesame-key", "sesame-header", "LOW a:sesame", "sesame%40example.org"):
        assert secret in sent
    assert "sesame" not in "\n".join(shown).replace("sesame@example.org", "", 1)
    kept = b"".join(path.read_bytes() for path in cache.parent.iterdir())
    assert b"sesame" not in kept
    assert b"/openalex/works/W2?x=1" in kept


def replace_headers(result: Result) -> object:
    """Give a result without the headers of its answer, which a host may fill as it likes."""
    response = result.response
    return (result.url, result.reason, result.hint, response and (response.url, response.body))


@pytest.mark.parametrize(
    "echo",
    [Answer(b'{"next": "?api_key=sesame"}'), Answer(b"{}", headers={"Link": "<?api_key=sesame>"})],
)
def test_an_answer_that_repeats_a_key_is_not_kept(
    server: Loopback, cache: Path, echo: Answer
) -> None:
    url = server.serve("/works/W1", echo)
    changes = {"bases": {"openalex": f"{server.url}/"}, "keys": {"openalex": "sesame"}}
    assert not any(get(url, server, cache, **changes).kept for _ in range(2))


def test_a_key_stays_with_its_host_when_that_leads_elsewhere(server: Loopback) -> None:
    with Loopback() as elsewhere:
        elsewhere.serve("/a", html(PAGE))
        server.serve("/s2/paper", redirect(f"{elsewhere.url}/a"))
        settings = server.settings(
            bases={"semantic_scholar": f"{server.url}/s2/"}, keys={"semantic_scholar": "sesame"}
        )
        assert fetched(f"{server.url}/s2/paper", settings).outcome == "found"
        assert server.headers("/s2/paper")["x-api-key"] == "sesame"
        assert "x-api-key" not in elsewhere.headers("/a")


def test_many_threads_and_runs_share_a_cache(server: Loopback, cache: Path) -> None:
    url = server.serve("/a", html(PAGE))
    settings = server.settings(cache=cache, at_once=8, per_host=8)
    with Fetcher(settings) as one, Fetcher(settings) as two, ThreadPoolExecutor(8) as threads:
        jobs = [(fetcher, f"{url}?{n}") for n in range(60) for fetcher in (one, two)]
        results = list(threads.map(lambda job: job[0].get(job[1]), jobs))
        assert (one.notices(), two.notices()) == ((), ())
    assert {result.outcome for result in results} == {"found"}
    with Fetcher(settings) as third:
        assert all(third.get(f"{url}?{n}").kept for n in range(60))


def unusable(kind: str, cache: Path) -> Any:
    """Make the cache unusable; give what keeps it so."""
    cache.parent.mkdir()
    if kind == "no database":
        cache.write_bytes(b"this is no database at all" * 100)
    elif kind == "a folder":
        cache.mkdir()
    elif kind == "in no folder":
        cache.parent.rmdir()
        cache.parent.write_bytes(b"")
    elif kind == "of another kind":
        other = sqlite3.connect(cache)
        other.execute("CREATE TABLE answers (something TEXT)")
        other.commit()
        other.close()
    elif kind == "locked":
        other = sqlite3.connect(cache, isolation_level=None)
        other.execute("CREATE TABLE x (y)")
        other.execute("BEGIN EXCLUSIVE")
        return other
    return None


@pytest.mark.parametrize(
    "kind", ["no database", "a folder", "in no folder", "of another kind", "locked"]
)
def test_a_cache_of_no_use_is_said_once_and_done_without(
    server: Loopback, cache: Path, kind: str
) -> None:
    holder = unusable(kind, cache)
    url = server.serve("/a", html(PAGE))
    with Fetcher(server.settings(cache=cache)) as fetcher:
        assert [fetcher.get(url).outcome for _ in range(3)] == ["found"] * 3
        (finding,) = fetcher.notices()
        assert fetcher.notices() == ()
    assert (finding.code, finding.severity, finding.file) == (
        "cache-not-used",
        "warning",
        str(cache),
    )
    assert ("in use by another program" in finding.message) == (kind == "locked")
    if holder is not None:
        holder.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_cache_that_may_not_be_written_is_said_once(server: Loopback, cache: Path) -> None:
    cache.parent.mkdir(mode=0o500)
    url = server.serve("/a", html(PAGE))
    with Fetcher(server.settings(cache=cache)) as fetcher:
        assert fetcher.get(url).outcome == "found"
        assert [finding.code for finding in fetcher.notices()] == ["cache-not-used"]


def test_a_cache_that_is_damaged_or_locked_in_mid_run_is_done_without(
    server: Loopback, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.serve("/a", html(PAGE))
    with Fetcher(server.settings(cache=cache)) as fetcher:
        fetcher.get(url)
        other = sqlite3.connect(cache)
        other.execute("UPDATE answers SET value = x'00ff'")
        other.commit()
        assert fetcher.get(url).outcome == "found"
        assert [finding.code for finding in fetcher.notices()] == ["cache-not-used"]
    other.close()


def test_a_cache_that_another_program_holds_does_not_hold_the_run(
    server: Loopback, cache: Path
) -> None:
    url = server.serve("/a", html(PAGE))
    with Fetcher(server.settings(cache=cache)) as fetcher:
        other = sqlite3.connect(cache, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert fetcher.get(url).outcome == "found"
        assert [finding.code for finding in fetcher.notices()] == ["cache-not-used"]
        other.close()


def test_what_ran_out_long_ago_is_forgotten(server: Loopback, cache: Path) -> None:
    url = server.serve("/a", html(PAGE))
    clock = TestClock()
    get(url, server, cache, clock=clock)
    clock.sleep(800 * DAY)
    get(f"{url}?2", server, cache, clock=clock)
    with sqlite3.connect(cache) as database:
        assert database.execute("SELECT count(*) FROM answers").fetchone() == (1,)


def test_without_a_file_nothing_is_kept(server: Loopback) -> None:
    url = server.serve("/a", html(PAGE))
    assert Settings().cache is None
    with Fetcher(server.settings()) as fetcher:
        assert not any(fetcher.get(url).kept for _ in range(2))
