"""What people see on a page, where nothing is written for machines: bylines, dates, headings."""

from __future__ import annotations

import pytest
from pages_of_tests import CARDS, CARDS_DOI, CLUSTERS, TAKE_OFF, claimed, read

from northbib.records import Date, Day, Name

RORY = Name(family="Cellan-Jones", given="Rory")
NATHAN, OVERMAN = Name(family="Nathan", given="Max"), Name(family="Overman", given="Henry")
TOP = f"<title>{TAKE_OFF}</title><main><h1>{TAKE_OFF}</h1>"
DAY = Date(Day(2014, 10, 23))


@pytest.mark.parametrize(
    "byline",
    [
        "<p>By Rory Cellan-Jones</p>",
        "<p>By <a href='/a'>Rory Cellan-Jones</a>, Technology correspondent</p>",
        (
            "<p>A summary of the story in one sentence.</p><div>Written by Rory Cellan-Jones | 23 "
            "October 2014</div>"
        ),
        "<div>Author: Rory Cellan-Jones</div>",
        "<dl><dt>Author</dt><dd>Rory Cellan-Jones</dd></dl>",
        "<div class='byline'>Rory Cellan-Jones</div>",
        "<span class='c-article__author-name'>RORY CELLAN-JONES</span>",
        "<a rel='author' href='/x'>Rory Cellan-Jones</a>",
        "<a href='/people/rory'>Rory Cellan-Jones</a>",
    ],
)
def test_a_byline_names_the_author(byline: str) -> None:
    assert read(f"{TOP}{byline}<p>The text.</p></main>").names() == (RORY,)


@pytest.mark.parametrize(
    "part",
    [
        "<p>By the time it was over, Max Nathan had left.</p>",
        "<p>By admin</p>",
        "<p>By Our Foreign Staff</p>",
        "<a href='/people'>Read More</a>",
        "<aside class='related'><a rel='author' href='/x'>Max Nathan</a></aside>",
        "<div class='comments'><span class='author'>Max Nathan</span></div>",
        "<div class='author-bio'>Max Nathan</div>",
        "<p>Max Nathan</p>",
        "<p>Photo: Max Nathan / Getty Images</p>",
        "<ul>"
        + "".join(
            f"<li><div><p><a>A story</a></p><p class='author'>{name}</p></div></li>"
            for name in ("Max Nathan", "Henry Overman", "Neil Lee", "Paul Swinney")
        )
        + "</ul>",
    ],
)
def test_no_author_is_made_of_what_is_no_byline(part: str) -> None:
    assert read(f"{TOP}{part}<p>The text.</p></main>").names() == ()


@pytest.mark.parametrize(
    "authors",
    [
        "<p>Max Nathan<sup>1</sup> and Henry Overman<sup>2,*</sup></p>",
        (
            "<p>Max Nathan, London School of Economics</p><p>m [at] example.org</p>"
            "<p>Henry Overman, London School of Economics</p>"
        ),
        (
            "<ul class='authors'><li><span class='given-name'>Max</span>"
            " <span class='surname'>Nathan</span></li><li><span class='given-name'>Henry</span>"
            " <span class='surname'>Overman</span></li></ul>"
        ),
        (
            "<div class='author-list'><a href='/a'>Max Nathan</a><sup>1</sup>, <a href='/b'>Henry "
            "Overman</a><sup>2</sup> show more</div>"
        ),
    ],
)
def test_the_names_under_the_title_of_a_paper_are_its_authors(authors: str) -> None:
    page = f"""<title>{CLUSTERS}</title><meta name="doi" content="{CARDS_DOI}">
    <h3>{CLUSTERS}</h3>{authors}<h4>Abstract</h4><p>Paul Swinney</p>"""
    assert read(page).names() == (NATHAN, OVERMAN)


def test_who_is_named_in_the_title_did_not_write_it() -> None:
    page = "<title>Max Nathan</title><h1>Max Nathan</h1><p class='byline'>Max Nathan</p>"
    assert read(page).names() == ()


@pytest.mark.parametrize(
    "shown",
    [
        "<time datetime='2014-10-23T11:00'>today</time>",
        "<p>23 October 2014</p>",
        "<p>Published: Thursday 23rd October, 2014 at 11:00</p>",
        "<p>Published 23 October 2014. Last updated 3 March 2020</p>",
        "<p>By Rory Cellan-Jones | Oct 23, 2014 | Technology</p>",
        "<p>Last updated 3 March 2020</p><p>Posted on 23 October 2014</p>",
        "<table><tr><th>Publication date</th><td>23/10/2014</td></tr></table>",
        "<div class='x'><p>Text</p></div><span class='post-date'>23 October 2014</span>",
        (
            "<span class='updated'><time datetime='2020-03-03'>x</time></span>"
            "<time class='published' datetime='2014-10-23'>y</time>"
        ),
    ],
)
def test_the_day_of_publication_is_found(shown: str) -> None:
    assert read(f"{TOP}{shown}</main>").date() == DAY


@pytest.mark.parametrize(
    "shown",
    [
        "<p>Last updated 3 March 2020</p>",
        "<p>Copyright 2020</p>",
        "<p>Event date: 3 March 2020</p>",
        "<p>Deadline: 3 March 2020</p>",
        "<p>Received 3 March 2020; accepted 5 March 2020</p>",
        "<div class='cookies'>We use cookies. Reviewed 3 March 2020</div>",
        "<h3>More on this topic</h3><p>3 March 2020</p>",
        "<aside><time datetime='2020-03-03'>x</time></aside>",
        "<p>" + "A long text that goes on. " * 10 + "On 3 March 2020 it ended.</p>",
    ],
)
def test_no_other_day_is_taken_for_it(shown: str) -> None:
    assert read(f"{TOP}{shown}</main>").date() is None


@pytest.mark.parametrize(
    ("language", "url", "day"),
    [
        ("en-GB", "https://www.example.org/a", Date(Day(2014, 6, 5))),
        ("en-US", "https://www.example.org/a", Date(Day(2014, 5, 6))),
        ("", "https://www.example.co.uk/a", Date(Day(2014, 6, 5))),
        ("en", "https://www.example.org/a", None),
    ],
)
def test_the_order_of_day_and_month_is_that_of_the_page(
    language: str, url: str, day: Date | None
) -> None:
    page = f"<html lang='{language}'>{TOP}<p>Published: 05/06/2014</p></main></html>"
    assert read(page, url).date() == day


@pytest.mark.parametrize(
    ("written", "shown", "url", "day"),
    [
        ("2014-10-24T02:57:00Z", "23 October 2014", "https://www.example.org/a", 23),
        ("2014-10-24T02:57:00Z", "24 October 2014", "https://www.example.org/a", 24),
        ("2014-10-24T02:57:00Z", "23 October 2014", "https://www.example.co.uk/a", 24),
        ("2014-10-24T15:00:00Z", "25 October 2014", "https://www.example.org/a", 24),
        ("2014-10-24T15:00:00Z", "25 October 2014", "https://www.example.com.au/a", 25),
        ("2014-10-24T00:57:00+01:00", "23 October 2014", "https://www.example.org/a", 24),
    ],
)
def test_a_time_in_utc_is_of_the_local_day_that_the_page_shows(
    written: str, shown: str, url: str, day: int
) -> None:
    page = f'{TOP}<p>{shown}</p></main><meta property="article:published_time" content="{written}">'
    assert read(page, url).date() == Date(Day(2014, 10, day))


def test_a_heading_that_has_nothing_of_the_title_is_none() -> None:
    assert read(f"<title>{TAKE_OFF}</title><h1>Loading</h1>").title == TAKE_OFF


def test_the_number_of_a_paper_on_its_site_is_not_part_of_the_title() -> None:
    page = "<title>Powerhouse of cards? - example/006747</title>"
    assert read(page, "https://example.net/example/006747").title == "Powerhouse of cards?"


def test_what_is_written_for_machines_is_believed_before_what_is_seen() -> None:
    page = f'{TOP}<p>By Max Nathan</p></main><meta name="author" content="Rory Cellan-Jones">'
    assert read(page).names() == (RORY,)
    assert "page:byline" not in claimed(page, "author")
    assert read(f"<title>{CARDS}</title>").names() == ()
