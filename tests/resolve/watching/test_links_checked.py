"""Links checked as a whole: what moved, what archives have, what is written, and how politely."""

from __future__ import annotations

import contextlib
import json
import threading
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from loopback import Answer, html, loopback, redirect
from watched_library import TITLE, entry

from northbib.cli.app import run
from northbib.library import Store
from northbib.resolve import Settings
from northbib.resolve.http.fetcher import Fetcher
from northbib.resolve.watching.copies import find_copy

if TYPE_CHECKING:
    from loopback import Handler
    from watched_library import Watched

PAGE = html(f"<title>{TITLE}</title>")
DOI = "10.1080/00343404.2016.1196289"
STAMP = "20161223101010"


def keep_copy(watched: Watched, stamp: str = STAMP) -> str:
    """Let the Wayback Machine have a copy, and give its address."""
    copy = watched.server.serve(f"/web/{stamp}/page", PAGE)
    closest = {"available": True, "url": copy, "timestamp": stamp, "status": "200"}
    watched.serve_json("/wayback/wayback/available", {"archived_snapshots": {"closest": closest}})
    return copy


def no_copy(watched: Watched) -> None:
    """Let no archive have one."""
    watched.serve_json("/wayback/wayback/available", {"archived_snapshots": {}})


@pytest.mark.parametrize("status", [301, 308])
def test_an_address_that_moved_for_good_is_written_anew(watched: Watched, status: int) -> None:
    watched.server.serve("/new", PAGE)
    old = watched.server.serve("/old", redirect("/new", status))
    no_copy(watched)
    watched.hold(entry("work", url=old))
    before = watched.text
    assert watched.codes("--links") == ["moved-link"]
    assert watched.findings[0]["fix"] == f"write {watched.server.url}/new"
    assert watched.findings[0]["replacements"]
    assert watched.text == before
    assert watched.codes("--links", "--fix") == []
    assert watched.status == 0
    assert watched.text == before.replace("/old", "/new")


@pytest.mark.parametrize("status", [302, 303, 307])
def test_an_address_that_leads_on_for_now_stays(watched: Watched, status: int) -> None:
    watched.server.serve("/new", PAGE)
    watched.hold(entry("work", url=watched.server.serve("/old", redirect("/new", status))))
    assert watched.codes("--links") == []


def test_only_the_steps_for_good_count(watched: Watched) -> None:
    watched.server.serve("/session", PAGE)
    watched.server.serve("/new", redirect("/session?id=1", 302))
    watched.hold(entry("work", url=watched.server.serve("/old", redirect("/new", 301))))
    no_copy(watched)
    watched.check("--links")
    assert watched.findings[0]["fix"] == f"write {watched.server.url}/new"
    watched.server.serve("/old", redirect("/new", 302))
    watched.server.serve("/new", redirect("/session", 301))
    assert watched.codes("--links") == []


def test_an_address_in_a_field_of_old_is_looked_at_too(watched: Watched) -> None:
    watched.server.serve("/new", PAGE)
    old = watched.server.serve("/old", redirect("/new", 301))
    no_copy(watched)
    watched.hold(entry("work", "misc", howpublished=f"\\url{{{old}}}"))
    before = watched.text
    assert watched.codes("--links") == ["moved-link"]
    assert watched.findings[0]["line"] == 3
    assert watched.codes("--links", "--fix") == []
    assert watched.text == before.replace("/old", "/new")


def test_a_new_address_comes_without_a_session(watched: Watched) -> None:
    watched.server.serve("/new;jsessionid=1A2B", PAGE)
    to = redirect("/new;jsessionid=1A2B?utm_source=old", 301)
    watched.hold(entry("work", url=watched.server.serve("/old", to)))
    no_copy(watched)
    watched.check("--links")
    assert watched.findings[0]["fix"] == f"write {watched.server.url}/new"


def test_a_doi_never_moves(watched: Watched) -> None:
    watched.server.serve("/landing", PAGE)
    watched.server.serve(f"/doi/{DOI}", redirect("/landing", 301))
    watched.hold(
        entry("one", "article", doi=DOI), entry("two", "article", url=f"https://doi.org/{DOI}")
    )
    assert watched.codes("--links") == []
    assert watched.server.asked.count(f"/doi/{DOI}") == 1


def test_a_doi_that_nobody_knows_is_dead(watched: Watched) -> None:
    watched.hold(entry("work", "article", doi=DOI))
    assert watched.codes("--links") == ["dead-link"]
    assert watched.findings[0]["line"] == 3


def test_a_doi_whose_page_is_gone_is_dead_and_the_page_is_looked_for(watched: Watched) -> None:
    watched.server.serve(f"/doi/{DOI}", redirect("/landing"))
    copy = keep_copy(watched)
    watched.hold(entry("work", "article", doi=DOI))
    assert watched.codes("--links", "--fix") == []
    assert f"archiveurl = {{{copy}}}" in watched.text


def test_a_dead_link_is_offered_the_copy_near_the_day_of_access(watched: Watched) -> None:
    copy = keep_copy(watched)
    gone = f"{watched.server.url}/gone"
    watched.hold(entry("work", url=gone, date="2014", urldate="2016-12-20"))
    before = watched.text
    assert watched.codes("--links") == ["dead-link"]
    assert watched.findings[0]["fix"] == f"its copy of 2016-12-23 is {copy}"
    asked = next(path for path in watched.server.asked if path.startswith("/wayback"))
    wanted = parse_qs(urlsplit(asked).query)
    assert wanted == {"url": [gone], "timestamp": ["20161220120000"]}
    assert watched.text == before
    assert watched.told("--links", "--fix").startswith("fixed 1 fault in 1 entry; northbib undo")
    added = f"  archiveurl = {{{copy}}},\n  archivedate = {{2016-12-23}},\n"
    assert watched.text == before.replace("}\n\n", "}\n").removesuffix("}\n") + added + "}\n"


@pytest.mark.parametrize(
    "url",
    ["http://x/}", "http://x/{", "http://x/\n@misc{b,}", "http://x/\\end", "javascript:1", ""],
)
def test_a_copy_that_is_no_address_is_not_written(watched: Watched, url: str) -> None:
    closest = {"available": True, "url": url, "timestamp": STAMP, "status": "200"}
    watched.serve_json("/wayback/wayback/available", {"archived_snapshots": {"closest": closest}})
    watched.hold(entry("work", url=f"{watched.server.url}/gone"))
    watched.check("--links", "--fix")
    assert [each.key for each in Store(watched.file).all()] == ["work"]
    assert watched.text.count("{") == watched.text.count("}")
    assert "x/}" not in watched.text


def test_without_a_day_of_access_the_day_of_publication_counts(watched: Watched) -> None:
    keep_copy(watched)
    watched.hold(entry("work", url=f"{watched.server.url}/gone", date="2014-10"))
    watched.check("--links")
    assert "timestamp=20141015120000" in next(p for p in watched.server.asked if "wayback" in p)


def test_what_is_written_is_one_change_that_can_be_taken_back(watched: Watched) -> None:
    keep_copy(watched)
    watched.server.serve("/new", PAGE)
    old = watched.server.serve("/old", redirect("/new", 301))
    watched.hold(entry("one", url=old), entry("two", url=f"{watched.server.url}/gone"))
    before = watched.text
    watched.check("--links", "--fix")
    assert watched.text != before
    store = Store(watched.file)
    assert [each.change.command for each in store.log()] == ["check --fix"]
    store.undo()
    assert watched.text == before


def test_what_is_left_after_a_fix_is_told_at_the_line_where_it_is_now(watched: Watched) -> None:
    keep_copy(watched)
    gone = entry("gone", url=f"{watched.server.url}/gone")
    twice = entry("same", url=watched.server.serve("/no", html("no", 503)))
    watched.hold(gone, twice, twice)
    watched.check("--links", "--fix")
    lines = watched.text.splitlines()
    found = [(each["line"], each["column"]) for each in watched.findings]
    assert len(found) == len(set(found)) == 2
    assert all(lines[line - 1].startswith("  url") for line, _ in found)


def test_a_second_run_after_a_fix_says_that_there_is_a_copy(watched: Watched) -> None:
    keep_copy(watched)
    watched.hold(entry("work", url=f"{watched.server.url}/gone"))
    watched.check("--links", "--fix")
    fixed = watched.text
    assert watched.codes("--links", "--fix") == ["archived-link"]
    assert watched.findings[0]["severity"] == "info"
    assert watched.text == fixed


def test_a_copy_that_is_gone_itself_does_not_help(watched: Watched) -> None:
    gone = f"{watched.server.url}/gone"
    watched.hold(entry("work", url=gone, archiveurl=f"{watched.server.url}/gone-too"))
    assert watched.codes("--links") == ["dead-link", "dead-link"]


def test_an_entry_that_changes_meanwhile_is_left_alone(watched: Watched) -> None:
    address = f"{watched.server.url}/gone"
    closest = {"available": True, "url": address, "timestamp": STAMP, "status": "200"}
    body = json.dumps({"archived_snapshots": {"closest": closest}}).encode()
    edited = entry("work", url=address, note="Somebody was here")

    def behave(handler: Handler) -> None:
        watched.hold(edited)
        Answer(body)(handler)

    watched.server.serve("/wayback/wayback/available", behave)
    watched.hold(entry("work", url=address))
    assert watched.codes("--links", "--fix") == ["dead-link"]
    assert watched.text == edited


def test_where_the_api_knows_nothing_a_timegate_is_asked(watched: Watched) -> None:
    no_copy(watched)
    gone = f"{watched.server.url}/gone"
    stamped = {"Memento-Datetime": "Fri, 23 Dec 2016 10:10:10 GMT"}
    copy = f"/web_archive/web/{STAMP}/{gone}"
    watched.server.serve(copy, Answer(b"old page", headers=stamped))
    watched.server.serve(f"/web_archive/web/20161220120000/{gone}", redirect(copy))
    watched.hold(entry("work", url=gone, urldate="2016-12-20"))
    watched.check("--links", "--fix")
    assert f"archiveurl = {{{watched.server.url}{copy}}}" in watched.text
    assert "archivedate = {2016-12-23}" in watched.text
    gate = watched.server.headers(f"/web_archive/web/20161220120000/{gone}")
    assert gate["Accept-Datetime"] == "Tue, 20 Dec 2016 12:00:00 GMT"


@pytest.mark.parametrize(("original", "is_copy"), [("/", False), ("/gone", True)])
def test_a_copy_of_the_front_page_is_no_copy_of_a_page(
    watched: Watched, original: str, is_copy: bool
) -> None:
    no_copy(watched)
    gone = f"{watched.server.url}/gone"
    stamped = {
        "Memento-Datetime": "Fri, 23 Dec 2016 10:10:10 GMT",
        "Link": f'<{watched.server.url}{original}>; rel="original", <http://x/>; rel="timegate"',
    }
    watched.server.serve(f"/web_archive/web/{gone}", Answer(b"old page", headers=stamped))
    watched.hold(entry("work", url=gone))
    watched.check("--links", "--fix")
    assert ("archiveurl" in watched.text) == is_copy


def test_a_page_in_an_archive_that_is_no_memento_is_no_copy(watched: Watched) -> None:
    no_copy(watched)
    gone = f"{watched.server.url}/gone"
    watched.server.serve(f"/web_archive/web/{gone}", PAGE)
    watched.hold(entry("work", url=gone))
    watched.check("--links")
    assert "no archive that was asked has a copy" in watched.findings[0]["fix"]


def test_an_archive_that_cannot_be_asked_is_said(watched: Watched) -> None:
    watched.serve_json("/wayback/wayback/available", {}, status=503)
    watched.hold(entry("work", url=f"{watched.server.url}/gone"))
    watched.check("--links")
    assert (
        "was not found out: 127.0.0.1: the host answered with HTTP status 503"
        in (watched.findings[0]["fix"])
    )


def test_pages_of_the_state_are_looked_for_in_its_own_archive(watched: Watched) -> None:
    no_copy(watched)
    page = "http://www.communities.gov.uk/page"
    stamped = {"Memento-Datetime": "Fri, 23 Dec 2011 10:10:10 GMT"}
    place = f"/uk_government_archive/ukgwa/{page}"
    watched.server.serve(place, Answer(b"old page", headers=stamped))
    with Fetcher(Settings.from_environment()) as fetcher:
        copy = find_copy(page, None, fetcher).copy
    assert copy is not None
    assert (copy.url, copy.day) == (watched.server.url + place, "2011-12-23")


def test_copies_of_live_links_are_looked_for_on_request(watched: Watched) -> None:
    copy = keep_copy(watched)
    watched.hold(entry("work", url=watched.server.serve("/page", PAGE)))
    assert watched.codes("--links") == []
    assert not any("wayback" in path for path in watched.server.asked)
    assert watched.codes("--archive") == ["unarchived-link"]
    assert watched.codes("--archive", "--fix") == []
    assert f"archiveurl = {{{copy}}}" in watched.text
    assert watched.codes("--archive") == []


def test_a_copy_is_taken_on_request_with_the_users_key(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NORTHBIB_WEB_ARCHIVE_KEY", "access:secret")
    no_copy(watched)
    page = watched.server.serve("/page", PAGE)
    watched.serve_json("/web_archive/save", {"url": page, "job_id": "spn2-1"})
    done = {"status": "success", "timestamp": STAMP, "original_url": page}
    watched.serve_json("/web_archive/save/status/spn2-1", done)
    watched.hold(entry("work", url=page))
    assert watched.codes("--archive") == ["unarchived-link"]
    assert watched.server.bodies == []
    assert watched.codes("--save", "--fix") == []
    assert f"archiveurl = {{{watched.server.url}/web_archive/web/{STAMP}/{page}}}" in watched.text
    assert parse_qs(watched.server.bodies[0].decode())["url"] == [page]
    for path in ("/web_archive/save", "/web_archive/save/status/spn2-1"):
        assert watched.server.headers(path)["Authorization"] == "LOW access:secret"
    told = [headers for path, headers in watched.server.log if "Authorization" in headers]
    assert len(told) == 2


def test_without_a_key_it_is_said_which_one_is_wanted(watched: Watched) -> None:
    no_copy(watched)
    page = watched.server.serve("/page", PAGE)
    watched.serve_json("/web_archive/save", {"message": "You need to be logged in"}, status=401)
    watched.hold(entry("work", url=page))
    assert watched.codes("--save") == ["unarchived-link"]
    assert "NORTHBIB_WEB_ARCHIVE_KEY" in watched.findings[0]["message"]


def test_a_copy_that_could_not_be_taken_is_said(watched: Watched) -> None:
    no_copy(watched)
    page = watched.server.serve("/page", PAGE)
    watched.serve_json("/web_archive/save", {"job_id": "spn2-1"})
    state = {"status": "error", "message": "The target is not there."}
    watched.serve_json("/web_archive/save/status/spn2-1", state)
    watched.hold(entry("work", url=page))
    watched.check("--save")
    assert "The target is not there" in watched.findings[0]["message"]


def test_each_address_is_asked_for_once_and_each_host_gently(watched: Watched) -> None:
    def behave(handler: Handler) -> None:
        watched.server.pause(0.02)
        PAGE(handler)

    pages = [watched.server.serve(f"/page{number}", behave) for number in range(12)]
    entries = [entry(f"a{n}", url=page) for n, page in enumerate(pages)]
    entries += [entry(f"b{n}", url=f"{page}#part") for n, page in enumerate(pages)]
    watched.hold(*entries)
    assert watched.codes("--links") == []
    assert sorted(watched.server.asked) == sorted(urlsplit(page).path for page in pages)
    assert watched.server.most_at_once <= 2
    assert "24 entries: no faults; 12 addresses, all checked" in watched.told("--links")


def test_many_hosts_are_asked_at_the_same_time(watched: Watched) -> None:
    meeting = threading.Barrier(4)

    def behave(handler: Handler) -> None:
        meeting.wait(timeout=10)
        PAGE(handler)

    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(loopback()) for _ in range(4)]
        pages = [server.serve("/page", behave) for server in servers]
        watched.hold(*(entry(f"k{number}", url=page) for number, page in enumerate(pages)))
        assert watched.codes("--links") == []


def test_a_host_is_asked_for_one_made_up_address_only(watched: Watched) -> None:
    texts = [f"<title>Page {n}</title><p>{'word ' * 50}{n}" for n in range(6)]
    pages = [watched.server.serve(f"/page{n}", html(text)) for n, text in enumerate(texts)]
    watched.hold(*(entry(f"a{n}", url=page) for n, page in enumerate(pages)))
    assert watched.codes("--links") == []
    assert sum("no-such-page" in path for path in watched.server.asked) == 1


def test_only_the_beginning_of_a_large_answer_is_read(watched: Watched) -> None:
    sent = 0

    def behave(handler: Handler) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(60_000_000))
        handler.end_headers()
        handler.wfile.write(f"<title>{TITLE}</title>".encode())
        for _ in range(600):
            handler.wfile.write(b"x" * 100_000)
            sent += 100_000

    watched.hold(entry("work", url=watched.server.serve("/large", behave)))
    assert watched.codes("--links") == []
    assert sent < 30_000_000


def test_what_was_answered_is_kept_and_offline_nothing_else_is_fine(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("NORTHBIB_CACHE", f"{tmp_path}/answers.sqlite")
    watched.server.serve("/new", PAGE)
    one = entry("one", url=watched.server.serve("/one", PAGE))
    moved = entry("moved", url=watched.server.serve("/old", redirect("/new", 301)))
    watched.hold(one, moved)
    assert watched.codes("--links", "--ignore", "dead-link") == ["moved-link"]
    asked = list(watched.server.asked)
    watched.hold(one, moved, entry("two", url=watched.server.serve("/two", PAGE)))
    assert watched.codes("--links", "--offline") == ["moved-link", "unchecked-link"]
    assert watched.status == 1
    assert watched.server.asked == asked
    assert watched.codes("--links", "key:one") == []
    assert watched.server.asked == asked
    assert watched.codes("--links", "--refresh", "key:one") == []
    assert watched.server.asked == [*asked, "/one"]


def test_what_is_excepted_is_not_said(watched: Watched) -> None:
    gone = entry("work", url=f"{watched.server.url}/gone")
    no_copy(watched)
    watched.hold(f"% northbib: ignore dead-link -- known\n{gone}")
    assert watched.codes("--links") == []
    assert watched.status == 0
    assert "unused-exception" not in watched.codes()
    watched.hold(gone)
    settings = watched.file.parent / ".northbib.toml"
    settings.write_text('[check.keys]\n"work" = ["dead-link"]\n')
    assert watched.codes("--links") == []
    settings.write_text('[check.severity]\ndead-link = "info"\n[check]\nselect = ["bad-doi"]\n')
    watched.check("--links")
    assert [each["severity"] for each in watched.findings] == ["info"]


def test_a_query_and_a_selection_say_what_is_asked(watched: Watched) -> None:
    for key in ("one", "two"):
        watched.server.serve(f"/{key}", html("no", 503))
    watched.hold(*(entry(key, url=f"{watched.server.url}/{key}") for key in ("one", "two")))
    assert watched.codes("--links", "key:one") == ["unchecked-link"]
    assert watched.server.asked == ["/one"]
    assert watched.codes("--links", "--select", "dead-link") == []
    assert watched.status == 1
    assert watched.codes("--links", "--ignore", "unchecked-link") == []
    assert watched.status == 0
    assert "2 unchecked" in watched.told("--links", "--ignore", "unchecked-link")
    assert watched.codes("--select", "dead-link") == []
    assert watched.status == 2
    assert "add --links" in watched.notes


@pytest.mark.parametrize("form", ["text", "json", "errorformat", "github", "sarif"])
def test_every_report_has_the_link(
    watched: Watched, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    no_copy(watched)
    watched.hold(entry("work", url=f"{watched.server.url}/gone"))
    assert run(["--library", str(watched.file), "check", "--links", "--format", form]) == 1
    out = capsys.readouterr().out
    assert "dead-link" in out
    assert "/gone" in out
