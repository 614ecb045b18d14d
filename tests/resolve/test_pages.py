"""Web pages and what is read from them: pure, without a network."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.errors import InputError, NotFoundError
from northbib.records import Date, Day, Name, Record
from northbib.resolve.merge import merge
from northbib.resolve.page import read_page

pytestmark = pytest.mark.usefixtures("no_litter")

BBC = "https://www.bbc.co.uk/news/technology-29737066"
TITLE = "Can a northern tech cluster take off?"
ELSEWHERE = "https://www.example.org/a/page"


def read(page: str | bytes, url: str = ELSEWHERE, **headers: str) -> Record:
    data = page.encode() if isinstance(page, str) else page
    return merge(read_page(data, headers, url), url=url)[0]


def test_a_news_story_by_json_ld() -> None:
    record = read(
        f"""<!doctype html><html lang="en-GB"><head><title>{TITLE} - BBC News</title>
        <meta property="og:title" content="{TITLE} - BBC News">
        <meta property="og:site_name" content="BBC News"><meta property="og:type" content="article">
        <link rel="canonical" href="https://www.bbc.co.uk/news/technology-29737066?utm_source=x">
        <script type="application/ld+json">{{"@context": "http://schema.org",
        "@type": "ReportageNewsArticle", "headline": "{TITLE}",
        "datePublished": "2014-10-23T11:00:00+01:00", "dateModified": "2014-10-24",
        "author": {{"@type": "Person", "name": "By Rory Cellan-Jones"}},
        "publisher": {{"@type": "NewsMediaOrganization", "name": "BBC News"}}}}</script>
        </head><body><h1>{TITLE}</h1></body></html>""",
        BBC,
    )
    assert record == Record(
        key="",
        type="article-newspaper",
        values={
            "title": TITLE,
            "author": (Name(family="Cellan-Jones", given="Rory"),),
            "container-title": "BBC News",
            "issued": Date(Day(2014, 10, 23)),
            "URL": BBC,
            "language": "en-GB",
        },
    )


def test_a_journal_article_by_its_highwire_tags() -> None:
    record = read(
        """<title>Powerhouse of cards? | Regional Studies</title>
        <meta name="citation_title" content="Powerhouse of cards?">
        <meta name="citation_author" content="Lee, Neil">
        <meta name="citation_publication_date" content="2017">
        <meta name="citation_journal_title" content="Regional Studies">
        <meta name="citation_volume" content="51"><meta name="citation_issue" content="3">
        <meta name="citation_firstpage" content="478"><meta name="citation_lastpage" content="489">
        <meta name="citation_doi" content="doi:10.1080/00343404.2016.1196289">"""
    )
    assert record.type == "article-journal"
    assert record.to_csl() == {
        "id": "",
        "type": "article-journal",
        "title": "Powerhouse of cards?",
        "author": [{"family": "Lee", "given": "Neil"}],
        "container-title": "Regional Studies",
        "issued": {"date-parts": [[2017]]},
        "volume": "51",
        "issue": "3",
        "page": "478-489",
        "DOI": "10.1080/00343404.2016.1196289",
    }


def test_dublin_core_and_eprints() -> None:
    record = read(
        """<title>x</title>
        <meta name="eprints.title" content="Agglomeration, clusters, and industrial policy">
        <meta name="eprints.creators_name" content="Nathan, Max">
        <meta name="eprints.creators_name" content="Overman, Henry">
        <meta name="eprints.type" content="article"><meta name="eprints.date" content="2013">
        <meta name="eprints.publication" content="Oxford Review of Economic Policy">
        <meta name="DC.title" content="Another title"><meta name="DC.type" content="Article">"""
    )
    assert record.title == "Agglomeration, clusters, and industrial policy"
    assert [name.family for name in record.names()] == ["Nathan", "Overman"]
    assert record.text("container-title") == "Oxford Review of Economic Policy"


def test_a_gov_uk_publication_names_its_departments_and_first_day() -> None:
    record = read(
        """<title>Levelling Up the United Kingdom - GOV.UK</title>
        <h1>Levelling Up the United Kingdom</h1>
        <dl><dt>From:</dt><dd><a
        href="/government/organisations/department-for-levelling-up-housing-and-communities">
        Department for Levelling Up, Housing and Communities</a></dd>
        <dt>Published</dt><dd>2 February 2022</dd>
        <dt>Last updated</dt><dd>3 March 2023</dd></dl>""",
        "https://www.gov.uk/government/publications/levelling-up-the-united-kingdom",
    )
    assert record.type == "report"
    assert record.title == "Levelling Up the United Kingdom"
    assert record.names() == (Name(literal="Department for Levelling Up, Housing and Communities"),)
    assert record.date() == Date(Day(2022, 2, 2))


def test_a_speech_is_the_speakers() -> None:
    record = read(
        """<title>Chancellor on the pathway to a Northern Powerhouse - GOV.UK</title>
        <dl><dt>From:</dt><dd><a href="/government/organisations/hm-treasury">HM Treasury</a> and
        <a href="/government/people/george-osborne">The Rt Hon George Osborne</a></dd></dl>""",
        "https://www.gov.uk/government/speeches/chancellor-on-the-pathway-to-a-northern-powerhouse",
    )
    assert record.type == "speech"
    assert record.names() == (Name(family="Osborne", given="George"),)
    assert record.text("container-title") == "GOV.UK"


def test_an_act_has_its_number_and_year_from_its_address() -> None:
    record = read(
        "<title>Cities and Local Government Devolution Act 2016</title>",
        "https://www.legislation.gov.uk/ukpga/2016/1/contents",
    )
    assert record.type == "legislation"
    assert record.text("number") == "2016 c. 1"
    assert record.year == 2016


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} - BBC News",
        f"{TITLE} | BBC News",
        f"{TITLE} — BBC News",
        f"BBC News - {TITLE}",
        f"BBC News | {TITLE}",
        f"{TITLE} - BBC News - BBC News",
    ],
)
def test_the_name_of_the_site_is_not_part_of_the_title(title: str) -> None:
    page = f'<title>{title}</title><meta property="og:site_name" content="BBC News">'
    assert read(page, BBC).title == TITLE


def test_a_title_that_has_a_dash_of_its_own_keeps_it() -> None:
    page = """<title>Leeds - a city - Some Site</title>
    <meta property="og:site_name" content="Some Site">"""
    assert read(page).title == "Leeds - a city"


def test_a_title_cut_short_gives_way_to_the_whole_one() -> None:
    page = f"""<meta property="og:title" content="Can a northern tech…"><title>{TITLE}</title>"""
    assert read(page).title == TITLE


def test_a_heading_that_leads_home_is_the_logo_of_the_site() -> None:
    page = f"<title>{TITLE}</title><h1><a href='/'>Some Site of Ours</a></h1><h1>{TITLE}</h1>"
    assert read(page).title == TITLE


def test_the_site_is_called_by_its_name_not_its_host() -> None:
    record = read(f"<title>{TITLE} - Some Site</title><meta property='og:title' content='{TITLE}'>")
    assert record.text("container-title") == "Some Site"
    assert read(f"<title>{TITLE}</title>").text("container-title") == "example.org"


@pytest.mark.parametrize(
    "url", ["https://example.wordpress.com/2014/10/23/a/", "https://www.example.org/blog/a"]
)
def test_posts_of_blogs_are_posts(url: str) -> None:
    assert read(f"<title>{TITLE}</title>", url).type == "post-weblog"


def test_the_day_of_the_last_edit_is_not_the_day_of_publication() -> None:
    page = f"""<title>{TITLE}</title><meta property="article:modified_time" content="2020-01-02">
    <article><time datetime="2020-01-02">2 January</time></article>"""
    assert read(page).date() is None


def test_the_author_of_a_graph_is_found_by_reference() -> None:
    page = f"""<title>{TITLE}</title><script type="application/ld+json">{{"@graph": [
    {{"@type": "NewsArticle", "headline": "{TITLE}", "author": {{"@id": "#p"}}}},
    {{"@type": "Person", "@id": "#p", "name": "Rory Cellan-Jones"}}]}}</script>"""
    assert read(page).names() == (Name(family="Cellan-Jones", given="Rory"),)


@pytest.mark.parametrize(
    "author",
    ["https://www.facebook.com/bbcnews", "admin", "BBC News", "@bbcnews", "Our Foreign Staff"],
)
def test_no_author_is_made_of_a_link_a_handle_or_the_site(author: str) -> None:
    page = f"""<title>{TITLE}</title><meta property="og:site_name" content="BBC News">
    <meta property="article:author" content="{author}"><meta name="author" content="{author}">"""
    assert read(page, BBC).names() == ()


@pytest.mark.parametrize(
    "broken",
    [
        '{"@type": "NewsArticle", "headline": "%s",}',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "%s"}\n//]]>',
        '<!-- {"@type": "NewsArticle", "headline": "%s"} -->',
        '{"@type": "NewsArticle",\n"headline": "%s",\n"description": "two\nlines"}',
    ],
)
def test_json_ld_is_read_although_it_is_broken(broken: str) -> None:
    page = f"<title>x - y</title><script type='application/ld+json'>{broken % TITLE}</script>"
    record = read(page)
    assert (record.title, record.type) == (TITLE, "article-newspaper")


@pytest.mark.parametrize(
    "junk", ["{", "null", "[[[]]]", '{"@type": 5}', '{"@graph": {"@graph": 1}}', "[" * 50_000]
)
def test_json_ld_that_is_no_use_does_no_harm(junk: str) -> None:
    page = f"<title>{TITLE}</title><script type='application/ld+json'>{junk}</script>"
    assert read(page).title == TITLE


NAME = "Páraic’s café"


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (f"<title>{NAME}</title>".encode(), ""),
        (f"<title>{NAME}</title>".encode(), "text/html; charset=iso-8859-1"),
        (f"<title>{NAME}</title>".encode("cp1252"), "text/html; charset=iso-8859-1"),
        (f"<title>{NAME}</title>".encode("cp1252"), ""),
        (f"<title>{NAME}</title>".encode("utf-16"), "text/html; charset=utf-8"),
        (b"\xef\xbb\xbf" + f"<title>{NAME}</title>".encode(), "text/html; charset=latin1"),
        (f"<meta charset=windows-1252><title>{NAME}</title>".encode("cp1252"), ""),
        (f"<?xml version='1.0' encoding='utf-8'?><title>{NAME}</title>".encode(), ""),
        (f"<title>{NAME}</title>".encode(), "text/html; charset=nonsense"),
        (f"<title>{NAME}</title>".encode(), "text/html; charset=hex"),
    ],
)
def test_letters_are_read_right_whatever_is_declared(data: bytes, content_type: str) -> None:
    claims = read_page(data, {"content-type": content_type}, ELSEWHERE)
    assert merge(claims)[0].title == NAME


def test_japanese_is_read_by_its_declared_charset() -> None:
    data = "<title>北の都市</title>".encode("shift_jis")
    claims = read_page(data, {"content-type": "text/html; charset=Shift_JIS"}, ELSEWHERE)
    assert merge(claims)[0].title == "北の都市"


@pytest.mark.parametrize(
    "title",
    [
        "Just a moment...",
        "Attention Required! | Cloudflare",
        "Access Denied",
        "Are you a robot?",
        "403 Forbidden",
        "502 Bad Gateway",
        "Service Unavailable",
        "Sign in | Some Site",
        "Log in - Some Site",
        "Subscribe to read",
        "Error",
        "",
    ],
)
def test_a_challenge_an_error_or_a_log_in_is_no_record(title: str) -> None:
    with pytest.raises(InputError):
        read(f"<title>{title}</title><p>Some text</p>")


@pytest.mark.parametrize(
    "title",
    [
        "Page not found",
        "404",
        "404 Not Found",
        "Page not found - GOV.UK",
        "Error 404",
        "Not Found | A Site",
    ],
)
def test_a_page_that_says_that_it_is_not_there_is_not_found(title: str) -> None:
    with pytest.raises(NotFoundError):
        read(f"<title>{title}</title><p>Some text</p>")


@pytest.mark.parametrize(
    "title", ["404 days in the north", "Access to housing", "Error bars explained", "Gone"]
)
def test_works_with_alarming_titles_are_works(title: str) -> None:
    assert read(f"<title>{title}</title>").title == title


def test_a_page_that_describes_a_work_is_believed_whatever_its_title() -> None:
    page = '<meta name="citation_title" content="Access denied"><title>Access denied</title>'
    assert read(page).title == "Access denied"


@pytest.mark.parametrize(
    "data", [b"", b"   ", b"%PDF-1.4 binary", b"\x00" * 100, b"plain words", b"<", b"<!---->"]
)
def test_what_is_no_page_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        read(data)


def test_a_hostile_title_comes_out_harmless() -> None:
    title = read(
        "<meta property='og:title' content='\x1b[2Jtitle = {x}},\n@article{evil,\n"
        "&lt;script&gt;alert(1)&lt;/script&gt;\u202e'><title>x</title>"
    ).text("title")
    assert title == "title = {x}}, @article{evil,"


def test_entities_are_not_expanded() -> None:
    bomb = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
    page = f"""<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "ha">{bomb}
    <!ENTITY file SYSTEM "file:///etc/passwd">]><html><title>A title &a12; &file;</title></html>"""
    title = read(page).title
    assert "root:" not in title
    assert len(title) < 200


def test_deep_nesting_and_endless_attributes_are_survived() -> None:
    assert read("<title>A title</title>" + "<div>" * 100_000).title == "A title"
    assert read("<title>A title</title><p " + "a=b " * 50_000 + ">").title == "A title"


@pytest.mark.parametrize("part", ["<!--", "<script>", "&lt;i&gt;", "- ", "a, ", "\x1b]", "<h1>"])
def test_a_page_made_to_take_for_ever_does_not(part: str) -> None:
    long = part * 300_000
    page = f"""<meta property="og:title" content="A title"><title>{long}</title><h1>{long}</h1>
    <meta name="author" content="{long}"><div class="byline published">{long}</div>"""
    assert read(page).title == "A title"


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        record = read(data)
    except (InputError, NotFoundError):
        return
    assert record.title


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "citation_title",
                    "citation_author",
                    "citation_date",
                    "og:title",
                    "dc.identifier",
                    "dc.creator",
                    "author",
                    "og:type",
                    "citation_firstpage",
                    "citation_issn",
                ]
            ),
            st.text(alphabet=st.characters(exclude_characters="'\x00", exclude_categories=["Cs"])),
        ),
        max_size=8,
    )
)
def test_no_metadata_breaks_the_reader(metas: list[tuple[str, str]]) -> None:
    page = "".join(f"<meta name='{name}' content='{content}'>" for name, content in metas)
    record = read(f"<title>A title of its own</title>{page}")
    assert record.title
    assert Record.from_csl(record.to_csl()) == record
