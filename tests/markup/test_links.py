"""Links made of what an entry shows: addresses, DOIs and the title."""

from __future__ import annotations

import pytest
from hostile_trees import texts, trees
from hypothesis import given

from northbib.markup.inline import merge, parse_inline
from northbib.markup.links import has_link, link_addresses, link_title
from northbib.markup.tree import Inlines, Link, Styled, Text, text_of

URL = "https://www.gov.uk/"


def linked(content: Inlines) -> list[tuple[str, str]]:
    """Give address and text of each link."""
    found = []
    for node in content:
        if isinstance(node, Link):
            assert not has_link(node.children)
            found.append((node.url, text_of(node.children)))
        elif isinstance(node, Styled):
            found += linked(node.children)
    return found


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("See https://a.b/c.", "https://a.b/c"),
        ("See https://a.b/c, or not", "https://a.b/c"),
        ("(https://a.b/c)", "https://a.b/c"),
        ("(https://a.b/c_(d)).", "https://a.b/c_(d)"),
        ("[https://a.b/c]", "https://a.b/c"),
        ("<https://a.b/c>", "https://a.b/c"),
        ("“https://a.b/c”", "https://a.b/c"),
        ("https://a.b/c?d=e&f#g!", "https://a.b/c?d=e&f#g"),
        ("HTTP://a.b", "HTTP://a.b"),
        ("https://a.b/c。", "https://a.b/c"),
        ("https://a.b/c\u200b", "https://a.b/c"),
    ],
)
def test_an_address_ends_before_punctuation(text: str, address: str) -> None:
    assert linked(link_addresses((Text(text),))) == [(address, address)]


@pytest.mark.parametrize(
    ("text", "shown", "address"),
    [
        ("doi:10.1086/261763.", "doi:10.1086/261763", "https://doi.org/10.1086/261763"),
        ("DOI: 10.1086/261763)", "DOI: 10.1086/261763", "https://doi.org/10.1086/261763"),
        (
            "https://doi.org/10.1086/261763.",
            "https://doi.org/10.1086/261763",
            "https://doi.org/10.1086/261763",
        ),
        ("doi:10.1000/(a)1<2::b>3;4-#.", "doi:10.1000/(a)1<2::b>3;4-#", None),
    ],
)
def test_a_doi_leads_to_its_resolver(text: str, shown: str, address: str | None) -> None:
    expected = address or "https://doi.org/10.1000/(a)1%3C2::b%3E3;4-%23"
    assert linked(link_addresses((Text(text),))) == [(expected, shown)]


@pytest.mark.parametrize(
    "text",
    [
        "www.a.b",
        "ftp://a.b",
        "10.1086/261763",
        "xhttps://a.b",
        "https://",
        "javascript:a//b",
        "doi:",
    ],
)
def test_nothing_else_is_an_address(text: str) -> None:
    assert link_addresses((Text(text),)) == (Text(text),)


def test_addresses_are_found_inside_styles_and_across_texts_and_left_alone_in_links() -> None:
    there = Link("https://a.b/1", (Text("https://a.b/2"),))
    content = (Styled("emphasis", (Text("a https://a.b/"), Text("3 b"))), there)
    found = (
        Styled(
            "emphasis", (Text("a "), Link("https://a.b/3", (Text("https://a.b/3"),)), Text(" b"))
        ),
        there,
    )
    assert link_addresses(content) == found
    assert link_addresses(found) == found


@given(content=trees)
def test_no_text_is_lost_by_linking_addresses(content: Inlines) -> None:
    once = link_addresses(content)
    assert text_of(once) == text_of(content)
    assert link_addresses(once) == once


def test_a_title_in_a_style_is_linked_around_it() -> None:
    content = parse_inline("<i>Northern Futures Summit</i> 8 Nov 2014 IP Yorkshire")
    title = Styled("emphasis", (Text("Northern Futures Summit"),))
    assert link_title(content, "Northern Futures Summit", URL) == (
        Link(URL, (title,)),
        Text(" 8 Nov 2014 IP Yorkshire"),
    )


def test_a_title_in_a_longer_style_is_linked_inside_it() -> None:
    content = parse_inline("<i>See: A title. Online</i>")
    assert link_title(content, "A title", URL) == (
        Styled("emphasis", (Text("See: "), Link(URL, (Text("A title"),)), Text(". Online"))),
    )


def test_a_title_across_styles_is_one_link() -> None:
    content = parse_inline("See ‘On <i>Nature</i> <b>and more</b>’, online")
    assert link_title(content, "On <i>Nature</i> and", URL) == (
        Text("See ‘"),
        Link(
            URL,
            (
                Text("On "),
                Styled("emphasis", (Text("Nature"),)),
                Text(" "),
                Styled("strong", (Text("and"),)),
            ),
        ),
        Styled("strong", (Text(" more"),)),
        Text("’, online"),
    )


@pytest.mark.parametrize(
    ("text", "title", "run"),
    [
        ("THE NORTH’S POWERHOUSE, 2014", "The North's powerhouse", "THE NORTH’S POWERHOUSE"),
        ("‘A “title” here’", "A 'title' here", "A “title” here"),
        ("«A title»", "A title", "A title"),
        ("Die Straße – eins", "DIE STRASSE - EINS", "Die Straße – eins"),
        ("Cafe\u0301, 2014", "Café", "Cafe\u0301"),
        ("A title?, 2014", "A title?", "A title?"),
        ("A title, 2014", "A title.", "A title"),
        ("Wait… 2014", "Wait...", "Wait…"),
        ("Leeds and Lee", "Lee", "Lee"),
        ("A title. A title", "A title", "A title"),
        ("中文. 2014", "中文", "中文"),
    ],
)
def test_a_title_is_found_whatever_the_style_made_of_it(text: str, title: str, run: str) -> None:
    assert linked(link_title((Text(text),), title, URL)) == [(URL, run)]


def test_the_first_whole_run_is_the_one() -> None:
    assert link_title((Text("Leeds, Lee, Lee"),), "Lee", URL) == (
        Text("Leeds, "),
        Link(URL, (Text("Lee"),)),
        Text(", Lee"),
    )


@pytest.mark.parametrize("title", ["Another title", "", " ", "itl", "A tit", "stras"])
def test_a_title_that_is_not_there_changes_nothing(title: str) -> None:
    content = parse_inline("<i>A title</i>. Straße")
    assert link_title(content, title, URL) == content


def test_a_title_with_a_link_in_it_or_around_it_is_left_alone() -> None:
    within: Inlines = (Text("A "), Link("https://a.b", (Text("title"),)))
    around: Inlines = (Link("https://a.b", (Text("See A title"),)),)
    assert link_title(within, "A title", URL) == within
    assert link_title(around, "A title", URL) == around


@given(content=trees, title=texts)
def test_no_text_is_lost_by_linking_a_title(content: Inlines, title: str) -> None:
    assert text_of(link_title(content, title, URL)) == text_of(content)


@given(before=texts, title=texts, after=texts)
def test_a_title_that_stands_alone_is_found(before: str, title: str, after: str) -> None:
    shown = parse_inline(title)
    content = (Text(f"{before} "), Styled("emphasis", shown), Text(f" {after}"))
    if text_of(shown).strip():
        assert has_link(link_title(merge(content), title, URL))


@pytest.mark.parametrize(
    "text",
    ["https://a.b/" + ")" * 200_000, "https://a.b/ " * 20_000, "doi:" * 50_000, "http" * 50_000],
)
def test_hostile_addresses_come_back_as_they_were(text: str) -> None:
    assert text_of(link_addresses((Text(text),))) == text


def test_a_title_is_found_where_a_full_stop_moved_into_its_quotation_marks() -> None:
    (link,) = linked(link_title((Text("A. The ‘North.’ B"),), "The ‘North’", URL))
    assert link == (URL, "The ‘North.’")
