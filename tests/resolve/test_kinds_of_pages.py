"""What a page is: a story, a post, a report, a press release, an Act; by evidence in order."""

from __future__ import annotations

import pytest
from pages_of_tests import CLUSTERS, TAKE_OFF, metas, read

from northbib.records import Date, Day, Name

ARTICLE = f'<title>{TAKE_OFF}</title><meta property="og:type" content="article">'
DATED = ARTICLE + '<meta property="article:published_time" content="2014-10-23">'


@pytest.mark.parametrize(
    ("url", "kind", "site"),
    [
        ("https://www.bbc.co.uk/news/technology-29737066", "article-newspaper", "BBC News"),
        ("https://www.theguardian.com/uk/2014/a", "article-newspaper", "The Guardian"),
        ("https://www.economist.com/a", "article-magazine", "The Economist"),
        ("https://www.prnewswire.co.uk/news-releases/a", "article", "PR Newswire"),
        ("https://arxiv.org/abs/1706.03762", "article", "arXiv"),
        ("https://www.ippr.org/publications/a", "report", "IPPR"),
        ("https://www.gov.uk/government/speeches/a", "speech", "GOV.UK"),
        ("https://www.gov.uk/government/publications/a", "report", "GOV.UK"),
        ("https://www.gov.uk/government/statistical-data-sets/a", "dataset", "GOV.UK"),
        ("https://www.gov.uk/government/news/a", "article", "GOV.UK"),
        ("https://www.gov.uk/vat-rates", "webpage", "GOV.UK"),
        ("https://commonslibrary.parliament.uk/cbp-8702/", "report", "House of Commons Library"),
        ("https://hansard.parliament.uk/commons/2014-10-23", "hearing", "Hansard"),
        ("https://en.wikipedia.org/wiki/A", "entry-encyclopedia", "Wikipedia"),
        ("https://blogs.lse.ac.uk/a", "post-weblog", "blogs.lse.ac.uk"),
        ("https://www.example.org/blog/a", "post-weblog", "example.org"),
        ("https://www.example.org/2014/posts/a", "post-weblog", "example.org"),
        ("https://www.example.org/press-releases/a", "article", "example.org"),
        ("https://www.example.org/speeches/a", "speech", "example.org"),
        ("https://www.example.org/working-papers/a", "report", "example.org"),
    ],
)
def test_the_address_tells_the_kind_and_the_site(url: str, kind: str, site: str) -> None:
    record = read(f"<title>{TAKE_OFF}</title>", url)
    assert record.type == kind
    assert (record.text("container-title") or record.text("publisher")) == site


def test_a_press_release_says_that_it_is_one() -> None:
    assert read(ARTICLE, "https://www.businesswire.com/a").text("genre") == "Press release"
    page = f"<title>{TAKE_OFF}</title><h1>{TAKE_OFF}</h1><p>FOR IMMEDIATE RELEASE</p>"
    assert read(page).type == "article"


@pytest.mark.parametrize(
    ("page", "url"),
    [
        (DATED + metas(news_keywords="a, b"), "https://www.example.org/a"),
        (DATED, "https://www.leedsgazette.co.uk/a"),
        (DATED + "<meta property='og:site_name' content='The Daily Something'>", ""),
        (DATED + "<script>window.googletag = {}; googletag.cmd = []</script>", ""),
        (
            DATED
            + f"""<script type="application/ld+json">{{"@type": "Article", "headline": "{TAKE_OFF}",
            "publisher": {{"@type": "NewsMediaOrganization", "name": "X"}}}}</script>""",
            "",
        ),
    ],
)
def test_an_article_of_a_newspaper_is_a_story(page: str, url: str) -> None:
    assert read(page, url or "https://www.example.org/a").type == "article-newspaper"


@pytest.mark.parametrize(
    ("page", "url"),
    [
        (ARTICLE, "https://www.example.org/a"),
        (DATED, "https://www.leeds.gov.uk/news/a"),
        (DATED + "<script>googletagmanager</script>", "https://www.example.org/a"),
        (DATED + "<meta property='og:site_name' content='The Standard Society'>", ""),
    ],
)
def test_an_article_of_others_is_a_page(page: str, url: str) -> None:
    assert read(page, url or "https://www.example.org/a").type == "webpage"


@pytest.mark.parametrize(
    "page",
    [
        ARTICLE + metas(generator="Ghost 5.1"),
        ARTICLE + metas(generator="blogger"),
        ARTICLE + "<script src='https://substackcdn.com/a.js'></script>",
        ARTICLE + "<meta property='og:site_name' content='The Cities Blog'>",
        DATED + '<form id="commentform"></form>',
        DATED
        + metas(author="Paul Swinney")
        + "<meta property='og:site_name' content='Paul Swinney'>",
    ],
)
def test_a_post_is_a_post(page: str) -> None:
    assert read(page).type == "post-weblog"


def test_a_weblog_called_after_its_author_keeps_the_author() -> None:
    page = ARTICLE + metas(generator="Ghost 5.1", author="Paul Swinney")
    record = read(page + "<meta property='og:site_name' content='Paul Swinney'>")
    assert record.names() == (Name(family="Swinney", given="Paul"),)


def test_a_post_of_substack_is_a_post_although_it_calls_itself_news() -> None:
    page = f"""{ARTICLE}<link rel="preconnect" href="https://substackcdn.com">
    <script type="application/ld+json">
    {{"@type": "NewsArticle", "headline": "{TAKE_OFF}"}}</script>"""
    assert read(page).type == "post-weblog"


def test_an_article_with_a_doi_of_its_own_is_of_a_journal() -> None:
    page = ARTICLE + metas(dc_dot_identifier="doi:10.1080/00343404.2016.1196289")
    assert read(page).type == "article-journal"


@pytest.mark.parametrize(
    ("path", "number", "year"),
    [
        ("ukpga/2016/1/contents", "2016 c. 1", 2016),
        ("asp/2003/1", "2003 asp 1", 2003),
        ("uksi/2017/430/made", "SI 2017/430", 2017),
        ("id/wsi/2014/1", "WSI 2014/1", 2014),
        ("ukpga/Eliz2/4-5/19", "c. 19", None),
    ],
)
def test_a_law_has_its_number_and_year(path: str, number: str, year: int | None) -> None:
    record = read(f"<title>{CLUSTERS}</title>", f"https://www.legislation.gov.uk/{path}")
    assert (record.type, record.text("number"), record.year) == ("legislation", number, year)


def test_a_debate_has_the_day_of_its_address() -> None:
    url = "https://hansard.parliament.uk/Commons/2014-10-23/debates/A/B"
    assert read(f"<title>{CLUSTERS}</title>", url).date() == Date(Day(2014, 10, 23))


def test_the_commons_library_gives_the_last_edit_as_the_first_day_online() -> None:
    url = "https://commonslibrary.parliament.uk/research-briefings/cbp-8702/"
    page = f"<title>{CLUSTERS}</title><h1>{CLUSTERS}</h1><p>Published 3 December 2020</p>"
    assert read(page + metas(citation_online_date="2021/02/01"), url).date() == Date(
        Day(2020, 12, 3)
    )


@pytest.mark.parametrize(
    ("label", "kind", "genre"),
    [
        ("Press release", "article", "Press release"),
        ("Policy paper", "report", "Policy paper"),
        ("Research and analysis", "report", "Research"),
    ],
)
def test_gov_uk_says_what_it_publishes(label: str, kind: str, genre: str) -> None:
    page = f"<title>{CLUSTERS} - GOV.UK</title><span class='govuk-caption-xl'>{label}</span>"
    record = read(page, "https://www.gov.uk/government/publications/a")
    assert (record.type, record.text("genre")) == (kind, genre)


def test_a_minister_in_the_news_is_not_its_author() -> None:
    page = f"""<title>{CLUSTERS} - GOV.UK</title><dl><dt>From:</dt><dd><a
    href="/government/organisations/hm-treasury">HM Treasury</a> and <a
    href="/government/people/george-osborne">The Rt Hon George Osborne</a></dd></dl>"""
    record = read(page, "https://www.gov.uk/government/news/a")
    assert record.names() == (Name(literal="HM Treasury"),)


def test_the_day_that_a_page_was_first_published_is_read_from_its_metadata() -> None:
    page = f"<title>{CLUSTERS} - GOV.UK</title>" + metas(
        **{"govuk__first-published-at": "2014-10-23T10:00:00.000+01:00"}
    )
    assert read(page, "https://www.gov.uk/guidance/a").date() == Date(Day(2014, 10, 23))
    assert read(page, "https://www.example.org/a").date() is None
