"""Politeness: how often, how many at a time, and what is waited for."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from loopback import Answer, Handler, Loopback, fetched, html
from loopback_clock import TestClock
from loopback_faults import PAGE, limited, reset, then

from northbib.resolve import Settings
from northbib.resolve.http.fetcher import Fetcher
from northbib.resolve.http.keys import Keys
from northbib.resolve.http.limits import Lane
from northbib.resolve.http.manners import Manners
from northbib.resolve.http.results import Fault, Request
from northbib.resolve.http.retries import backoff, retry_after
from northbib.resolve.http.services import SERVICES, Rate

if TYPE_CHECKING:
    from loopback import Behaviour

NOW = 1_480_000_000.0


@pytest.mark.parametrize(("per_host", "at_once", "most"), [(2, 8, 2), (8, 3, 3), (1, 8, 1)])
def test_no_more_requests_run_at_a_time_than_may(
    server: Loopback, per_host: int, at_once: int, most: int
) -> None:
    def slow(handler: Handler) -> None:
        server.pause(0.05)
        html(PAGE)(handler)

    url = server.serve("/a", slow)
    settings = server.settings(bases={}, per_host=per_host, at_once=at_once)
    with Fetcher(settings) as fetcher, ThreadPoolExecutor(12) as threads:
        results = list(threads.map(fetcher.get, [f"{url}?{n}" for n in range(12)]))
    assert {result.outcome for result in results} == {"found"}
    assert server.most_at_once == most


def test_a_site_is_asked_once_a_second_after_a_few_at_once(server: Loopback) -> None:
    url = server.serve("/a", html(PAGE))
    clock = TestClock()
    with Fetcher(server.settings(bases={}, site_rate=1.0), clock=clock) as fetcher:
        for n in range(8):
            assert fetcher.get(f"{url}?{n}").outcome == "found"
    assert clock.waits == [1.0, 1.0, 1.0, 1.0]


def starts(rate: Rate, count: int) -> list[float]:
    """Give when each of so many requests starts that all want to at once."""
    clock = TestClock()
    lane = Lane(rate, clock)
    found = []
    for _ in range(count):
        lane.enter(60)
        found.append(round(clock.now(), 6))
        lane.leave()
    return found


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (Rate(0, 1), [0, 0, 0, 0]),
        (Rate(2, 1), [0, 0.5, 1, 1.5]),
        (Rate(1 / 3, 1), [0, 3, 6, 9]),
        (Rate(1, 1, burst=3), [0, 0, 0, 1]),
    ],
)
def test_a_lane_lets_in_as_many_as_its_rate_says(rate: Rate, expected: list[float]) -> None:
    assert starts(rate, 4) == expected


@pytest.mark.parametrize(
    ("url", "mailto", "per_second", "at_once"),
    [
        ("https://api.crossref.org/works/x", "", 5, 1),
        ("https://api.crossref.org/works/x", "a@example.org", 10, 3),
        ("https://export.arxiv.org/api/query", "a@example.org", 1 / 3, 1),
        ("https://api.datacite.org/dois/x", "", 1.5, 2),
        ("https://api.datacite.org/dois/x", "a@example.org", 3, 2),
        ("https://data.crosscite.org/x", "a@example.org", 3, 2),
        ("https://eutils.ncbi.nlm.nih.gov/x", "", 3, 2),
        ("https://openlibrary.org/x", "", 1, 2),
        ("https://openlibrary.org/x", "a@example.org", 3, 2),
        ("https://www.legislation.gov.uk/ukpga/2016/1", "", 5, 2),
        ("https://www.bbc.co.uk/news", "a@example.org", 1, 2),
    ],
)
def test_each_service_is_asked_as_its_documents_say(
    url: str, mailto: str, per_second: float, at_once: int
) -> None:
    rate = Manners(Settings(mailto=mailto), Keys({}, keyring=False)).rate(url)
    assert (rate.per_second, rate.at_once) == (per_second, at_once)


def test_a_key_raises_the_limit_where_the_documents_say_so() -> None:
    manners = Manners(Settings(), Keys({"ncbi": "abc"}, keyring=False))
    assert manners.rate("https://eutils.ncbi.nlm.nih.gov/x").per_second == 10


def test_the_hosts_of_one_provider_share_its_limit() -> None:
    manners = Manners(Settings(), Keys({}, keyring=False))
    hosts = ("api.ncbi.nlm.nih.gov", "eutils.ncbi.nlm.nih.gov", "pmc.ncbi.nlm.nih.gov")
    assert {manners.lane(f"https://{host}/") for host in hosts} == {"ncbi"}


def test_a_mirror_is_not_held_to_the_limits_of_the_service() -> None:
    settings = Settings(bases={"arxiv": "https://mirror.example/arxiv/"}, per_host=4)
    manners = Manners(settings, Keys({}, keyring=False))
    assert manners.rate("https://mirror.example/arxiv/api/query") == Rate(0, 4)
    assert manners.rate("https://mirror.example/else").per_second == 1


def test_services_have_an_address_of_their_own_or_none() -> None:
    addresses = [service.url for service in SERVICES.values() if service.url]
    assert len(set(addresses)) == len(addresses)
    assert all(url.startswith("https://") and url.endswith("/") for url in addresses)
    assert [name for name, service in SERVICES.items() if not service.url] == ["translation"]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"x-rate-limit-limit": "5", "x-rate-limit-interval": "1s"}, [0, 0.2, 0.4]),
        ({"x-rate-limit-limit": "50, 50", "x-rate-limit-interval": "1s, 1s"}, [0, 0.02, 0.04]),
        ({"x-ratelimit-limit": "1", "x-ratelimit-interval": "2s"}, [0, 2, 4]),
        ({"x-rate-limit-limit": "1000000", "x-rate-limit-interval": "1s"}, [0, 0.02, 0.04]),
        ({"x-rate-limit-limit": "0", "x-rate-limit-interval": "1s"}, [0, 1, 2]),
        ({"x-rate-limit-limit": "many", "x-rate-limit-interval": "1s"}, [0, 1, 2]),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "9"}, [9, 10, 11]),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW) + 9)}, [9, 10, 11]),
        ({"x-ratelimit-remaining": "3", "x-ratelimit-reset": "9"}, [0, 1, 2]),
    ],
)
def test_limits_that_a_service_states_are_kept(
    headers: dict[str, str], expected: list[float]
) -> None:
    clock = TestClock(wall=NOW)
    lane = Lane(Rate(1, 1), clock)
    lane.learn(headers)
    found = []
    for _ in range(3):
        lane.enter(60)
        found.append(round(clock.now(), 6))
        lane.leave()
    assert found == expected


def test_a_budget_that_is_spent_for_long_is_said_and_not_waited_for() -> None:
    clock = TestClock()
    lane = Lane(Rate(1, 1), clock)
    lane.learn({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "30000"})
    with pytest.raises(Fault) as caught:
        lane.enter(60)
    assert caught.value.retry_after == 30000
    assert clock.waits == []


@pytest.mark.parametrize(
    ("status", "text", "seconds"),
    [
        (429, "7", 7),
        (503, "0", 0),
        (429, "999999999999", 86400),
        (429, "Thu, 24 Nov 2016 15:06:45 GMT", 5),
        (503, "Thu, 24 Nov 2016 15:06:00 GMT", 0),
        (429, "Thursday, 24-Nov-16 15:06:45 GMT", 5),
        (429, "soon", None),
        (429, "-3", None),
        (429, "", None),
        (200, "59", None),
        (301, "59", None),
        (500, "59", None),
    ],
)
def test_retry_after_is_read_in_seconds_and_as_a_date_and_only_where_it_counts(
    status: int, text: str, seconds: float | None
) -> None:
    assert retry_after(status, {"retry-after": text}, NOW) == seconds


def test_further_tries_come_later_and_later_and_not_all_together() -> None:
    waits = [backoff(attempt, 1.0, 60.0, 0.0) for attempt in range(1, 9)]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert [backoff(2, 1.0, 60.0, chance) for chance in (0.0, 0.5, 0.999)] == [2, 1.5, 1.001]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_an_error_that_passes_is_waited_out(server: Loopback, status: int) -> None:
    url = server.serve("/a", then(Answer(b"", status), Answer(b"", status), html(PAGE)))
    clock = TestClock()
    result = fetched(url, server.settings(retries=3, backoff=1.0), clock)
    assert result.outcome == "found"
    assert clock.waits == [1, 2]


def test_a_connection_that_breaks_once_is_tried_again(server: Loopback) -> None:
    url = server.serve("/a", then(reset, html(PAGE)))
    assert fetched(url, server.settings(retries=1), TestClock()).outcome == "found"


def test_what_was_sent_is_not_sent_again_if_nobody_knows_whether_it_came(server: Loopback) -> None:
    url = server.serve("/save", then(reset, html(PAGE)))
    result = fetched(Request(url, body=b"x", keep="never"), server.settings(retries=3))
    assert result.kind == "broken"
    assert server.asked == ["/save"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 501])
def test_what_does_not_pass_is_not_tried_again(server: Loopback, status: int) -> None:
    url = server.serve("/a", Answer(b"", status))
    fetched(url, server.settings(retries=3), TestClock())
    assert server.asked == ["/a"]


@pytest.mark.parametrize(("wait", "waits"), [("20", [20]), (None, [1]), ("0", [])])
def test_a_host_that_asks_to_wait_is_waited_for(
    server: Loopback, wait: str | None, waits: list[float]
) -> None:
    url = server.serve("/a", then(limited(wait), html(PAGE)))
    clock = TestClock()
    result = fetched(url, server.settings(retries=3, backoff=1.0), clock)
    assert result.outcome == "found"
    assert clock.waits == waits


def test_a_host_that_asks_to_wait_for_long_is_left_alone(server: Loopback) -> None:
    url = server.serve("/a", then(limited("600"), html(PAGE)))
    clock = TestClock()
    with Fetcher(server.settings(retries=3), clock=clock) as fetcher:
        first, second = fetcher.get(url), fetcher.get(f"{url}?2")
        assert (first.outcome, first.retry_after) == ("rate_limited", 600)
        assert "in 600 seconds" in first.hint
        assert (second.outcome, second.retry_after) == ("rate_limited", 600)
        clock.sleep(600)
        assert fetcher.get(url).outcome == "found"
    assert server.asked == ["/a", "/a"]


def test_one_that_is_told_to_wait_makes_all_wait(server: Loopback) -> None:
    url = server.serve("/a", then(limited("20"), html(PAGE)))
    clock = TestClock()
    with Fetcher(server.settings(retries=0), clock=clock) as fetcher:
        assert fetcher.get(url).outcome == "rate_limited"
        assert fetcher.get(f"{url}?2").outcome == "found"
    assert clock.waits == [20]


def test_a_host_that_never_has_time_is_given_up(server: Loopback) -> None:
    url = server.serve("/a", limited(None))
    result = fetched(url, server.settings(retries=3, backoff=1.0), TestClock())
    assert result.outcome == "rate_limited"
    assert len(server.asked) == 4


def test_a_service_may_say_too_many_in_its_own_way(server: Loopback) -> None:
    def behave(handler: Handler) -> None:
        behaviours.pop(0)(handler)

    behaviours: list[Behaviour] = [limited(None, 403), html(PAGE)]
    url = server.serve("/ukpga/2016/1", behave)
    settings = server.settings(bases={"legislation": f"{server.url}/"}, retries=1)
    assert fetched(url, settings, TestClock()).outcome == "found"


def test_a_host_that_does_not_answer_is_given_up_but_one_that_did_has_chances() -> None:
    lane = Lane(Rate(0, 1), TestClock())

    def chances() -> int:
        for n in range(20):
            try:
                lane.enter(60)
            except Fault:
                return n
            lane.leave()
            lane.missed(Fault("connect", "nobody is there"))
        return 20

    assert chances() == 2
    lane = Lane(Rate(0, 1), TestClock())
    lane.reached()
    assert chances() == 8


def test_a_connection_that_did_not_come_about_is_tried_again(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = socket.socket.connect
    calls: list[object] = []

    def late(self: socket.socket, address: object) -> None:
        calls.append(address)
        if len(calls) == 1:
            raise TimeoutError
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", late)
    url = server.serve("/a", html(PAGE))
    assert fetched(url, server.settings(retries=3), TestClock()).outcome == "found"


def test_a_host_that_is_not_there_is_asked_once() -> None:
    settings = Settings(allow_private=True, retries=3)
    with Fetcher(settings, clock=TestClock()) as fetcher:
        first = fetcher.get("http://northern.invalid/a")
        second = fetcher.get("http://northern.invalid/b")
    assert (first.kind, second.kind) == ("dns", "dns")
    assert first.reason == second.reason
    assert second.url.endswith("/b")
