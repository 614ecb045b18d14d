"""What is said of a link, by what its host answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Answer, html, loopback, redirect
from loopback_faults import challenge, limited, nothing, reset, slow_first_byte, truncated
from loopback_tls import Authority
from watched_library import TITLE, entry

from northbib.resolve.http.outcomes import of_fault, of_response
from northbib.resolve.http.results import Fault, FaultKind, Redirect, Response
from northbib.resolve.watching.judging import judge
from northbib.resolve.watching.missing import made_up_address

if TYPE_CHECKING:
    from pathlib import Path

    from loopback import Behaviour
    from watched_library import Watched

PAGE = f"<title>{TITLE}</title><h1>{TITLE}</h1><p>Some text.</p>"
LONG = " ".join(f"word{number}" for number in range(400))


def one(watched: Watched, behaviour: Behaviour, path: str = "/folder/page") -> str:
    """Serve one address, check it, and give the code of what is said, "" if it is fine."""
    address = watched.server.serve(path, behaviour)
    watched.hold(entry("work", url=address))
    codes = watched.codes("--links")
    assert len(codes) <= 1
    assert watched.status == (1 if codes else 0)
    return codes[0] if codes else ""


def test_a_page_that_is_there_is_fine(watched: Watched) -> None:
    assert one(watched, html(PAGE)) == ""
    assert watched.told("--links") == "1 entry: no faults; 1 address, all checked\n"


def test_a_file_that_is_no_page_is_fine(watched: Watched) -> None:
    assert one(watched, Answer(b"%PDF-1.7 ...", type="application/pdf")) == ""


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_dead(watched: Watched, status: int) -> None:
    assert one(watched, html("gone", status)) == "dead-link"
    found = watched.findings[0]
    assert (found["severity"], found["line"], found["key"]) == ("error", 3, "work")
    assert str(status) in found["message"]
    assert watched.server.url in found["message"]


@pytest.mark.parametrize("status", [401, 402, 451])
def test_a_page_for_some_is_closed_and_no_error(watched: Watched, status: int) -> None:
    assert one(watched, html("<title>No</title>", status)) == "closed-link"
    assert watched.findings[0]["severity"] == "info"


def test_a_page_that_says_it_is_not_free_is_closed(watched: Watched) -> None:
    data = '{"@type": "NewsArticle", "headline": "A title", "isAccessibleForFree": false}'
    page = f'{PAGE}<script type="application/ld+json">{data}</script>'
    assert one(watched, html(page)) == "closed-link"
    meta = f'{PAGE}<meta itemprop="isAccessibleForFree" content="false">'
    assert one(watched, html(meta)) == "closed-link"
    free = page.replace("false", "true")
    assert one(watched, html(free)) == ""


def test_a_page_that_forbids_programs_is_not_checked(watched: Watched) -> None:
    assert one(watched, html("<title>Forbidden</title>", 403)) == "unchecked-link"
    assert one(watched, html("<title>Log in</title>", 403)) == "closed-link"
    assert one(watched, challenge) == "unchecked-link"
    assert one(watched, html("<title>Just a moment...</title>", 404)) == "unchecked-link"


@pytest.mark.parametrize(
    "status", [202, 204, 300, 400, 405, 406, 408, 418, 429, 500, 502, 503, 999]
)
def test_a_status_that_settles_nothing_leaves_a_link_unchecked(
    watched: Watched, status: int
) -> None:
    assert one(watched, html(PAGE, status)) == "unchecked-link"


@pytest.mark.parametrize("fault", [reset, truncated, nothing, limited("1"), limited(None)])
def test_a_fault_on_the_way_leaves_a_link_unchecked(watched: Watched, fault: Behaviour) -> None:
    assert one(watched, fault) == "unchecked-link"
    assert "1 address, 1 unchecked" in watched.told("--links")


def test_a_host_that_keeps_silent_leaves_a_link_unchecked(watched: Watched) -> None:
    assert one(watched, slow_first_byte(watched.server)) == "unchecked-link"


def test_an_answer_without_anything_in_it_is_not_checked(watched: Watched) -> None:
    assert one(watched, html("")) == "unchecked-link"


def test_a_private_address_is_not_asked_and_not_fine(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NORTHBIB_ALLOW_PRIVATE")
    watched.hold(entry("work", url=watched.server.serve("/page", html(PAGE))))
    assert watched.codes("--links") == ["unchecked-link"]
    assert "public internet" in watched.findings[0]["message"]
    assert watched.server.asked == []
    assert watched.codes("--links", "--allow-private") == []


def test_what_is_not_of_the_web_is_not_checked(watched: Watched) -> None:
    watched.hold(entry("work", url="ftp://example.org/file"))
    assert watched.codes("--links") == ["unchecked-link"]


def test_a_host_whose_name_nobody_knows_is_dead_if_others_are_there(watched: Watched) -> None:
    watched.server.serve("/doi/", html("the resolver"))
    watched.hold(entry("work", url="http://northern.invalid/page"))
    assert watched.codes("--links") == ["dead-link"]


def test_without_a_network_nothing_is_dead_and_the_status_says_so(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DOI", "CROSSREF", "WAYBACK"):
        monkeypatch.setenv(f"NORTHBIB_{name}_URL", "http://127.0.0.1:9/")
    watched.hold(entry("work", url="http://northern.invalid/page"))
    assert watched.codes("--links") == ["unchecked-link"]
    assert watched.status == 5
    assert "nobody could be reached" in watched.notes


def test_a_certificate_that_is_not_to_be_trusted_is_said(watched: Watched, tmp_path: Path) -> None:
    with loopback(Authority(tmp_path).expired()) as server:
        watched.hold(entry("work", url=server.serve("/page", html(PAGE))))
        assert watched.codes("--links") == ["unsafe-link"]
    assert "certificate" in watched.findings[0]["message"]


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 Not Found",
        "Page not found",
        "Page not found | Regional Studies",
        "GOV.UK - Page not found",
        "Sorry, we can’t find that page",
        "Oops! That page can’t be found.",
        "The page you were looking for doesn't exist",
        "This page is no longer available",
        "Seite nicht gefunden",
        "Tudalen heb ei chanfod",
    ],
)
def test_a_page_that_says_not_found_with_status_200_is_said(watched: Watched, title: str) -> None:
    assert one(watched, html(f"<title>{title}</title><p>{LONG}")) == "soft-404"
    assert one(watched, html(f"<title>The site</title><h1>{title}</h1><p>{LONG}")) == "soft-404"


def test_a_work_that_is_called_not_found_is_found(watched: Watched) -> None:
    address = watched.server.serve("/page", html("<title>Page not found - A journal</title>"))
    watched.hold(entry("work", title="Page not found", url=address))
    assert watched.codes("--links") == []
    watched.server.serve("/page", html("<title>A journal</title><h1>Page not found</h1>"))
    assert watched.codes("--links") == []


def test_the_name_of_the_site_does_not_stand_for_the_work(watched: Watched) -> None:
    address = watched.server.serve(
        "/page", html("<title>Page not found - Regional Studies</title>")
    )
    watched.hold(entry("work", title="Not Regional Studies", url=address))
    assert watched.codes("--links") == ["soft-404"]


@pytest.mark.parametrize("target", ["/", "/index.html", "/en/", "/home"])
@pytest.mark.parametrize("status", [301, 302])
def test_a_page_that_leads_to_the_front_page_is_not_there(
    watched: Watched, target: str, status: int
) -> None:
    watched.server.serve(target, html(f"<title>The site</title><p>{LONG}"))
    assert one(watched, redirect(target, status)) == "soft-404"


def test_a_front_page_that_shows_the_work_is_where_it_has_moved(watched: Watched) -> None:
    watched.server.serve("/", html(PAGE))
    assert one(watched, redirect("/", 301)) == "moved-link"


@pytest.mark.parametrize(
    "target", ["/404.html", "/errors/404", "/page-not-found", "/error?code=404"]
)
def test_a_page_that_leads_to_an_error_page_is_not_there(watched: Watched, target: str) -> None:
    watched.server.serve(target.partition("?")[0], html(f"<title>The site</title><p>{LONG}"))
    assert one(watched, redirect(target)) == "soft-404"


def test_a_page_that_leads_to_its_section_is_not_there(watched: Watched) -> None:
    watched.server.serve("/folder", html(f"<title>The site</title><p>{LONG}"))
    assert one(watched, redirect("/folder", 301)) == "soft-404"
    watched.server.serve("/folder", html(PAGE))
    assert one(watched, redirect("/folder", 301)) == "moved-link"
    watched.server.serve("/folder/", html(f"<title>The site</title><p>{LONG}"))
    assert one(watched, redirect("/folder/", 301), "/folder/index.html") == "moved-link"


@pytest.mark.parametrize("title", ["Internal Server Error", "503 Service Unavailable", "Error"])
def test_an_error_message_with_status_200_is_not_checked(watched: Watched, title: str) -> None:
    assert one(watched, html(f"<title>{title}</title><p>{LONG}")) == "unchecked-link"


def test_a_page_cannot_command_the_terminal(watched: Watched) -> None:
    evil = "\x1b]0;owned\x07\x1b[31m"
    for page in (
        f"<title>{evil}Page not found{evil}</title>",
        f'<title>x</title><meta http-equiv="refresh" content="0; url=/{evil}">',
        f"<title>Log in {evil}</title>",
    ):
        one(watched, html(page))
        assert "\x1b" not in watched.findings[0]["message"]
        assert "\x07" not in watched.findings[0]["message"]


def test_a_page_that_leads_to_a_log_in_is_closed(watched: Watched) -> None:
    watched.server.serve("/login", html(f"<title>The site</title><p>{LONG}"))
    assert one(watched, redirect("/login?next=/page")) == "closed-link"


def test_a_host_that_says_the_same_at_a_made_up_address_says_nothing(watched: Watched) -> None:
    page = html(f"<title>The site</title><p>{LONG}")
    address = f"{watched.server.url}/folder/page"
    for path in (address, made_up_address(address)):
        watched.server.serve(urlsplit(path).path, page)
    watched.hold(entry("work", url=address))
    assert watched.codes("--links") == ["soft-404"]
    page.body = b"<title>The site</title><div id=app></div><script>draw()</script>"
    assert watched.codes("--links") == ["unchecked-link"]


def test_a_page_unlike_that_at_a_made_up_address_is_there(watched: Watched) -> None:
    assert one(watched, html(f"<title>Another name of it</title><p>{LONG}")) == ""
    asked = [path for path in watched.server.asked if "no-such-page" in path]
    assert len(asked) == 1
    assert asked[0].startswith("/folder/")


def test_a_domain_that_is_for_sale_is_said(watched: Watched) -> None:
    for page in (
        "<title>northern.example is for sale</title>",
        "<title>northern.example</title><p>This domain may be for sale. Make an offer.",
        '<title>x</title><script src="https://www.google.com/adsense/domains/caf.js"></script>',
    ):
        assert one(watched, html(page)) == "parked-domain"


def test_a_domain_that_leads_to_where_domains_are_sold_is_said(watched: Watched) -> None:
    assert one(watched, redirect("https://www.hugedomains.com/northern.example")) == "parked-domain"


def test_a_paper_about_domains_is_no_parked_domain(watched: Watched) -> None:
    title = "This domain is for sale"
    address = watched.server.serve("/paper", html(f"<title>{title}</title><h1>{title}</h1>"))
    watched.hold(entry("work", title=title, url=address))
    assert watched.codes("--links") == []
    page = f"<title>{TITLE}</title><p>Why a domain is for sale, and who will buy this domain."
    assert one(watched, html(page + LONG * 20)) == ""


def test_a_page_that_leads_on_by_itself_is_not_checked(watched: Watched) -> None:
    page = '<title>The site</title><meta http-equiv="refresh" content="0; url=/elsewhere">'
    assert one(watched, html(page)) == "unchecked-link"


# Whatever a host answers: only a whole answer of a known status is fine.


@given(
    st.integers(100, 999),
    st.sampled_from(["", PAGE, "<title>404</title>", "x"]),
    st.sampled_from(["text/html", "application/pdf", "text/plain", ""]),
    st.lists(st.sampled_from([301, 302, 303, 307, 308]), max_size=3),
)
def test_no_status_but_those_of_a_whole_answer_is_fine(
    status: int, body: str, kind: str, steps: list[int]
) -> None:
    asked = "https://example.org/page"
    redirects = tuple(Redirect(step, f"https://example.org/{n}") for n, step in enumerate(steps))
    url = redirects[-1].url if redirects else asked
    response = Response(url, status, body.encode(), {"content-type": kind}, redirects)
    verdict = judge(asked, of_response(response, 0, frozenset()), [TITLE], stays=False)
    if not verdict.code:
        assert status in (200, 203)
        assert body
        assert not redirects or redirects[0].status not in (301, 308)
    if verdict.code == "moved-link":
        assert redirects[0].status in (301, 308)
    if verdict.code == "dead-link":
        assert status in (404, 410)
    assert verdict.reason or not verdict.code


@given(st.integers(100, 999))
def test_an_old_answer_is_never_fine(status: int) -> None:
    response = Response("https://example.org/page", status, PAGE.encode())
    result = replace(of_response(response, 0, frozenset()), kept=True, stale=True)
    assert judge(response.url, result, [TITLE], stays=False).is_unchecked


@given(st.sampled_from([*get_args(FaultKind), "something new"]), st.none() | st.floats(0, 100))
def test_no_fault_is_ever_fine(kind: str, wait: float | None) -> None:
    result = of_fault("https://example.org/page", Fault(kind, "it went wrong", "", wait))  # type: ignore[arg-type]
    verdict = judge("https://example.org/page", result, [], stays=False)
    assert verdict.code in ("unchecked-link", "unsafe-link", "dead-link")
    assert (verdict.code == "dead-link") == (kind == "dns" and wait is None)
    assert verdict.needs_network == (verdict.code == "dead-link")
