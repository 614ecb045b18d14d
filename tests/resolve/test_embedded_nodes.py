"""JSON-LD, microdata, RDFa, microformats, COinS, unAPI and links of a page."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages_of_tests import BBC, CARDS, CARDS_DOI, CLUSTERS, ELSEWHERE, TAKE_OFF, claimed, read

from northbib.errors import InputError, NotFoundError
from northbib.records import Date, Day, Name
from northbib.resolve.page import read_page

RORY = Name(family="Cellan-Jones", given="Rory")
LEE = Name(family="Lee", given="Neil")


def ld(*nodes: object, title: str = TAKE_OFF) -> str:
    value = nodes[0] if len(nodes) == 1 else list(nodes)
    return f"<title>{title}</title><script type='application/ld+json'>{json.dumps(value)}</script>"


STORY = {"@type": "NewsArticle", "headline": TAKE_OFF}
PERSON = {"@type": "Person", "@id": "#p", "name": "Rory Cellan-Jones"}


@pytest.mark.parametrize(
    "author",
    [
        "Rory Cellan-Jones",
        ["Rory Cellan-Jones"],
        {"@type": "Person", "name": "Rory Cellan-Jones"},
        {"@type": "Person", "name": ["Rory Cellan-Jones"]},
        {"@type": ["Person"], "givenName": "Rory", "familyName": "Cellan-Jones"},
        {"@list": [{"@type": "Person", "name": "Rory Cellan-Jones"}]},
        {"@id": "#p"},
        [{"@id": "#p"}],
        {"@type": "Person", "name": "By Rory Cellan-Jones, Technology correspondent"},
    ],
)
def test_authors_are_read_in_all_the_ways_of_json_ld(author: object) -> None:
    assert read(ld({"@graph": [{**STORY, "author": author}, PERSON]})).names() == (RORY,)


def test_a_person_among_bodies_and_a_body_among_people_are_what_they_are() -> None:
    node = {
        "@type": "Report",
        "name": CLUSTERS,
        "author": [
            {"@type": "Organization", "name": "Centre for Cities"},
            {"@type": "Person", "name": "Neil Lee"},
        ],
    }
    assert read(ld(node, title=CLUSTERS)).names() == (Name(literal="Centre for Cities"), LEE)


@pytest.mark.parametrize(
    "body", ["UK2070 Commission", "Northern Powerhouse 2", "Environment Agency"]
)
def test_a_body_may_have_a_number_in_its_name(body: str) -> None:
    node = {"@type": "Report", "name": CLUSTERS, "author": {"@type": "Organization", "name": body}}
    assert read(ld(node, title=CLUSTERS)).names() == (Name(literal=body),)


@pytest.mark.parametrize(
    ("kind", "csl"),
    [
        ("NewsArticle", "article-newspaper"),
        ("ReportageNewsArticle", "article-newspaper"),
        ("https://schema.org/BlogPosting", "post-weblog"),
        ("ScholarlyArticle", "article-journal"),
        (["Article", "Report"], "report"),
        ("Dataset", "dataset"),
        ("Thesis", "thesis"),
        ("Book", "book"),
        ("Chapter", "chapter"),
        ("Legislation", "legislation"),
        ("WebPage", "webpage"),
    ],
)
def test_types_of_schema_org_have_their_csl_type(kind: object, csl: str) -> None:
    assert read(ld({"@type": kind, "name": CLUSTERS}, title=CLUSTERS)).type == csl


def test_of_several_stories_the_one_that_the_page_shows_is_read() -> None:
    other = {"@type": "NewsArticle", "headline": "Another story", "author": "Neil Lee"}
    record = read(ld(other, {**STORY, "author": "Rory Cellan-Jones"}))
    assert (record.title, record.names()) == (TAKE_OFF, (RORY,))


def test_an_article_knows_its_journal_volume_and_pages() -> None:
    node = {
        "@type": "ScholarlyArticle",
        "name": CARDS,
        "isPartOf": {
            "@type": "PublicationIssue",
            "issueNumber": "3",
            "isPartOf": {
                "@type": ["PublicationVolume"],
                "volumeNumber": 51,
                "isPartOf": {"@type": "Periodical", "name": "Regional Studies"},
            },
        },
        "pageStart": "478",
        "pageEnd": "489",
        "identifier": {"@type": "PropertyValue", "propertyID": "doi", "value": CARDS_DOI},
        "citation": [{"@type": "ScholarlyArticle", "sameAs": "https://doi.org/10.1086/261763"}],
    }
    record = read(ld(node, title=CARDS))
    assert record.text("container-title") == "Regional Studies"
    assert [record.text(v) for v in ("volume", "issue", "page")] == ["51", "3", "478-489"]
    assert record.text("DOI") == CARDS_DOI


@pytest.mark.parametrize(
    "broken",
    [
        '{"@type": "NewsArticle", "headline": "%s" , ]}'.replace(" , ]", ","),
        '/*<![CDATA[*/{"@type": "NewsArticle", "headline": "%s"}/*]]>*/',
        '{"@type": "NewsArticle", "headline": "%s", "description": "a\tb\nc"}',
        '{"@type": "NewsArticle", "headline": "%s", "url": "a\\/b\\c"}',
        '{"@type": "NewsArticle", "headline": "%s"};',
        '{"@type": "Organization", "name": "x"}\n{"@type": "NewsArticle", "headline": "%s"}',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;%s&quot;}",
        '\ufeff{"@type": "NewsArticle", "headline": "%s"}',
    ],
)
def test_broken_json_ld_is_mended(broken: str) -> None:
    page = f"<title>x - y</title><script type='application/ld+json'>{broken % TAKE_OFF}</script>"
    assert read(page).title == TAKE_OFF


def test_the_name_of_a_mere_page_is_not_the_title_if_the_page_does_not_show_it() -> None:
    page = ld({"@type": "WebPage", "name": "Insights"}) + f"<h1>{TAKE_OFF}</h1>"
    assert read(page).title == TAKE_OFF


NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "@type",
                    "@id",
                    "@graph",
                    "name",
                    "headline",
                    "author",
                    "isPartOf",
                    "publisher",
                    "datePublished",
                    "identifier",
                    "inLanguage",
                    "mainEntity",
                    "@list",
                    "@value",
                ]
            ),
            inner | st.sampled_from(["NewsArticle", "Person", "#p", "WebSite"]),
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(NESTED)
def test_no_json_ld_breaks_the_reader(value: object) -> None:
    try:
        assert read(ld(value)).title
    except (InputError, NotFoundError):
        # A headline may be that of an error page.
        return


def test_microdata_is_read_by_items() -> None:
    record = read(
        f"""<title>{TAKE_OFF}</title>
        <div itemscope itemtype="http://schema.org/NewsArticle"><h2 itemprop="headline">{TAKE_OFF}
        </h2><meta itemprop="datePublished" content="2014-10-23">
        <span itemprop="author" itemscope itemtype="http://schema.org/Person">By
        <span itemprop="name">Rory Cellan-Jones</span></span>
        <div itemprop="publisher" itemscope itemtype="http://schema.org/Organization">
        <meta itemprop="name" content="BBC News"></div></div>
        <ul><li itemscope itemtype="http://schema.org/NewsArticle"><a itemprop="headline">Another
        story</a><span itemprop="author">Neil Lee</span></li></ul>"""
    )
    assert record.type == "article-newspaper"
    assert record.names() == (RORY,)
    assert record.date() == Date(Day(2014, 10, 23))


def test_microdata_without_an_item_is_of_the_page() -> None:
    page = f"""<title>{TAKE_OFF} - A site</title><time itemprop="datePublished"
    datetime="2014-10-23">today</time><a itemprop="author">Rory Cellan-Jones</a>"""
    assert claimed(page, "author")["page:microdata"] == (RORY,)
    assert claimed(page, "issued")["page:microdata"] == Date(Day(2014, 10, 23))
    assert "page:microdata" not in claimed(page, "title")


def test_rdfa_is_read_in_the_words_of_schema_org_and_of_dublin_core() -> None:
    page = f"""<title>{TAKE_OFF}</title><article vocab="http://schema.org/" typeof="NewsArticle">
    <h2 property="headline">{TAKE_OFF}</h2><span property="author" typeof="Person">
    <span property="name">Rory Cellan-Jones</span></span></article>"""
    assert claimed(page, "author")["page:rdfa"] == (RORY,)
    drupal = f"""<title>{TAKE_OFF}</title><div typeof="schema:Article"><h2 property="dc:title">
    {TAKE_OFF}</h2><span property="dc:date dc:created" content="2014-10-23T11:00:00+01:00"></span>
    <span rel="sioc:has_creator"><span typeof="foaf:Person" property="foaf:name">x</span></span>
    </div>"""
    assert claimed(drupal, "issued")["page:rdfa"] == Date(Day(2014, 10, 23))


@pytest.mark.parametrize(
    "entry",
    [
        """<article class="h-entry"><h2 class="p-name">{title}</h2><a class="p-author h-card">Rory
        Cellan-Jones</a><time class="dt-published" datetime="2014-10-23">then</time></article>""",
        """<div class="hentry"><h3 class="post-title entry-title">{title}</h3><span
        class="post-author vcard">Posted by <span class="fn">Rory Cellan-Jones</span></span>
        <abbr class="published" title="2014-10-23T11:00:00+01:00">11:00</abbr></div>""",
    ],
)
def test_microformats_are_read_new_and_old(entry: str) -> None:
    page = f"<title>{TAKE_OFF}</title>" + entry.format(title=TAKE_OFF)
    assert claimed(page, "author")["page:hentry"] == (RORY,)
    assert claimed(page, "issued")["page:hentry"] == Date(Day(2014, 10, 23))


def test_a_page_of_several_entries_is_of_none_of_them() -> None:
    entry = '<div class="h-entry"><h2 class="p-name">{}</h2><a class="p-author">Neil Lee</a></div>'
    page = "<title>A weblog of ours</title>" + entry.format("One") + entry.format("Two")
    assert "page:hentry" not in claimed(page, "author")
    assert "page:hentry" not in claimed(page, "title")


KEYS = {
    "ctx_ver": "Z39.88-2004",
    "rft_val_fmt": "info:ofi/fmt:kev:mtx:journal",
    "rft.genre": "article",
    "rft.atitle": CARDS,
    "rft.jtitle": "Regional Studies",
    "rft.aulast": "Lee",
    "rft.aufirst": "Neil",
    "rft.date": "2017",
    "rft.volume": "51",
    "rft.spage": "478",
    "rft.epage": "489",
    "rft_id": f"info:doi/{CARDS_DOI}",
}


def coins(**changes: str) -> str:
    return f"<span class='Z3988' title='{urlencode({**KEYS, **changes}, safe='')}'></span>"


def test_coins_give_the_whole_record() -> None:
    record = read(f"<title>{CARDS}</title>{coins()}")
    assert (record.type, record.names()) == ("article-journal", (LEE,))
    assert record.text("container-title") == "Regional Studies"
    assert record.text("page") == "478-489"
    assert record.text("DOI") == CARDS_DOI


def test_coins_of_a_reference_list_are_not_of_the_page() -> None:
    references = coins() + coins(**{"rft.atitle": CLUSTERS}) * 5
    assert claimed(f"<title>{CARDS}</title>{references}", "author") == {}
    assert claimed(f"<title>{TAKE_OFF}</title>{coins()}", "author") == {}


def test_unapi_gives_the_address_of_the_record() -> None:
    page = f"""<title>{CARDS}</title><link rel="unapi-server" href="/unapi">
    <abbr class="unapi-id" title="doi:{CARDS_DOI}"></abbr>"""
    address = claimed(page, "alternate")["page:unapi"]
    assert address == "https://www.example.org/unapi?id=doi%3A10.1080%2F00343404.2016.1196289"
    assert read(page).text("DOI") == CARDS_DOI


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/news/technology-29737066", BBC),
        (f"{BBC}?utm_source=x&at_medium=y", BBC),
        ("https://m.bbc.co.uk/news/technology-29737066", None),
        ("https://www.bbc.co.uk/", ""),
        ("https://www.example.org/copy", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_canonical_address_is_of_the_same_domain_and_without_tracking(
    href: str, url: str | None
) -> None:
    page = f"<title>{TAKE_OFF}</title><link rel='canonical' href='{href}'>"
    assert read(page, BBC).text("URL") == (href if url is None else url)


def test_a_doi_is_the_pages_own_if_it_is_cited_as_it() -> None:
    page = f"<title>{CARDS}</title><a href='https://doi.org/10.1086/261763'>A reference</a>"
    assert read(page).text("DOI") == ""
    cite_as = f"<link rel='cite-as' href='https://doi.org/{CARDS_DOI}'>"
    assert read(page + cite_as).text("DOI") == CARDS_DOI
    header = f'<https://doi.org/{CARDS_DOI}> ; rel="cite-as", </a.bib>;rel=describedby'
    assert read(page, link=header).text("DOI") == CARDS_DOI


def test_other_formats_of_the_record_are_named() -> None:
    page = f"""<title>{CARDS}</title><link rel="alternate" type="application/x-bibtex"
    href="a.bib"><link rel="alternate" type="application/rss+xml" href="feed">"""
    assert claimed(page, "alternate") == {"page:link": "https://www.example.org/a/a.bib"}


def test_each_claim_says_who_says_so_where_and_how_sure_it_is() -> None:
    claims = read_page(ld(STORY).encode(), {}, ELSEWHERE)
    assert all(claim.source and claim.locator and 0 < claim.confidence < 1 for claim in claims)
