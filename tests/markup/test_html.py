"""HTML: a browser's parser reads back what the tree held, and nothing hostile comes out."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import lxml.html
import pytest
from hostile_trees import looks, runs_of, texts, trees
from hypothesis import assume, given
from hypothesis import strategies as st

from northbib.markup.html import anchor, write_blocks, write_inline
from northbib.markup.inline import parse_inline
from northbib.markup.tree import (
    Heading,
    Inlines,
    Item,
    ItemList,
    Link,
    Paragraph,
    Reference,
    Styled,
    Text,
    text_of,
)
from northbib.markup.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

STYLES = {
    "i": "emphasis",
    "b": "strong",
    "sup": "superscript",
    "sub": "subscript",
    "u": "underline",
    "span": "small-caps",
    "a": "link",
}


def entry(text: str) -> Inlines:
    return (Text(text),)


def parse(source: str) -> HtmlElement:
    return lxml.html.fragment_fromstring(source, create_parent="div")


def read_runs(element: HtmlElement, styles: Counter[str]) -> Iterator[tuple[str, Counter[str]]]:
    yield element.text or "", styles
    for child in element:
        assert isinstance(child.tag, str), "a comment or processing instruction"
        yield from read_runs(child, styles + Counter({STYLES[child.tag]: 1}))
        yield child.tail or "", styles


@given(content=trees)
def test_a_parser_reads_back_text_styles_and_links(content: Inlines) -> None:
    runs = list(read_runs(parse(f"<p>{write_inline(content)}</p>")[0], Counter()))
    assert "".join(text for text, _ in runs) == one_line(text_of(content))
    assert looks(runs) == looks(runs_of(content))


@given(keys=st.lists(texts, max_size=4), heading=trees, level=st.integers(1, 6))
def test_a_parser_reads_back_blocks(keys: list[str], heading: Inlines, level: int) -> None:
    items = tuple(Item(key, entry(f"About {key}")) for key in keys)
    top, about, entries = parse(
        write_blocks((Heading(level, heading), Paragraph(heading), ItemList(items)))
    )
    assert (top.tag, about.tag, entries.tag) == (f"h{level}", "p", "ul")
    assert top.text_content() == about.text_content() == one_line(text_of(heading))
    assert [li.text_content() for li in entries] == [one_line(f"About {key}") for key in keys]
    ids = [li.get("id") for li in entries if li.get("id")]
    assert ids == [anchor(key) for key in dict.fromkeys(keys) if key]


@given(one=texts | st.text(), other=texts | st.text())
def test_every_key_has_an_anchor_of_its_own(one: str, other: str) -> None:
    assume(one != other)
    assert anchor(one) != anchor(other)


@given(key=texts | st.text())
def test_an_anchor_is_safe_in_an_attribute_and_a_fragment(key: str) -> None:
    assert not set(anchor(key)) & set(" \t\n\"'<>&#%/?`")
    anchor(key).encode("utf-8")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("lee2017", "ref-lee2017"),
        ("DBLP:conf/foo", "ref-DBLP:conf=2Ffoo"),
        ("müller_2014", "ref-müller_2014"),
        ("a=2Fb", "ref-a=3D2Fb"),
    ],
)
def test_anchors(key: str, expected: str) -> None:
    assert anchor(key) == expected


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,a",
        "vbscript:a",
        "file:///a",
        "//a.b",
        "https:",
        "",
    ],
)
def test_an_address_that_nobody_should_follow_leaves_only_its_text(url: str) -> None:
    assert write_inline((Link(url, entry("A title")),)) == "A title"


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://a.b/?c&d", "https://a.b/?c&amp;d"),
        ('https://a.b/"onclick="c', "https://a.b/%22onclick=%22c"),
        ("https://a.b/<c> d", "https://a.b/%3Cc%3E%20d"),
        ("https://a.b/'é", "https://a.b/'é"),
        ("HTTP://a.b", "HTTP://a.b"),
        ("mailto:c@a.b", "mailto:c@a.b"),
    ],
)
def test_an_address_is_written_for_an_attribute(url: str, written: str) -> None:
    assert write_inline((Link(url, entry("c")),)) == f'<a href="{written}">c</a>'


def test_styles() -> None:
    rich = (
        "<i>a</i> <b>b</b> <sub>c</sub> <sup>d</sup> <sc>e</sc> "
        '<span class="nocase">f</span> & < > "'
    )
    assert write_inline(parse_inline(rich)) == (
        "<i>a</i> <b>b</b> <sub>c</sub> <sup>d</sup> "
        '<span class="small-caps">e</span> f &amp; &lt; &gt; "'
    )


def test_links_never_nest() -> None:
    inner = Link("https://a.b/2", entry("two"))
    assert write_inline((Link("https://a.b/1", (Text("one "), inner)),)) == (
        '<a href="https://a.b/1">one two</a>'
    )


def test_blocks_are_one_element_a_line() -> None:
    blocks = (
        Heading(3, entry("Articles & more")),
        Paragraph(entry("See also")),
        ItemList((Item("a", entry("A")), Item("b/1", entry("B")))),
        ItemList((Item("a", entry("A")), Item("", entry("C"))), ordered=True),
    )
    assert write_blocks(blocks) == (
        "<h3>Articles &amp; more</h3>\n"
        "<p>See also</p>\n"
        '<ul class="northbib">\n'
        '  <li id="ref-a" dir="auto">A</li>\n'
        '  <li id="ref-b=2F1" dir="auto">B</li>\n'
        "</ul>\n"
        '<ol class="northbib">\n'
        '  <li dir="auto">A</li>\n'
        '  <li dir="auto">C</li>\n'
        "</ol>\n"
    )


def test_the_title_of_a_work_is_cited() -> None:
    title = Styled("work-title", (Styled("emphasis", entry("High Speed North")),))
    assert write_inline((title,)) == "<cite><i>High Speed North</i></cite>"


def test_a_citation_leads_to_its_entry_and_the_entry_back() -> None:
    citation = Reference("a", entry("Lee"), id="cite-a-1")
    assert write_inline((citation,)) == (
        '<a href="#ref-a" role="doc-biblioref" id="cite-a-1">Lee</a>'
    )
    (line,) = lines_of(Item("a", entry("A"), cited_at=("cite-a-1", "cite-a-2")))
    assert '<a href="#cite-a-1" role="doc-backlink" lang="en"' in line
    assert 'aria-label="Back to citation 2">↩2</a>' in line


def test_a_prefix_begins_all_ids_and_what_leads_to_them() -> None:
    written = write_blocks(
        (
            Heading(3, entry("2014"), ("2014",), "more-"),
            ItemList((Item("a", entry("A")),), prefix="more-"),
        )
    )
    assert '<h3 id="more-group-2014">' in written
    assert '<li id="more-a"' in written
    assert 'href="#more-a"' in write_inline((Reference("a", entry("Lee"), prefix="more-"),))


def test_no_two_headings_share_an_id() -> None:
    groups = (("2014",), ("2014", "C"), ("2014", "C++"), ("2014", "C"))
    top = parse(write_blocks(Heading(3, entry("x"), group) for group in groups))
    ids = [heading.get("id") for heading in top]
    assert ids == ["ref-group-2014", "ref-group-2014-c", "ref-group-2014-c-2", "ref-group-2014-c-3"]


def lines_of(item: Item) -> list[str]:
    return write_blocks((ItemList((item,)),)).splitlines()[1:-1]


def test_the_language_is_that_of_the_work_and_not_of_what_is_said_about_it() -> None:
    assert lines_of(Item("a", entry("A"), language="de")) == [
        '  <li id="ref-a" lang="de" dir="auto">A</li>'
    ]
    note = (Paragraph(entry("Read this first.")),)
    assert lines_of(Item("a", entry("A"), language="de", annotation=note)) == [
        '  <li id="ref-a" dir="auto"><span lang="de">A</span>',
        '    <p class="northbib-annotation" dir="auto">Read this first.</p>',
        "  </li>",
    ]


@pytest.mark.parametrize("language", ["", "deutsch, mostly", 'de" onclick="', "english"])
def test_what_is_no_language_tag_is_left_out(language: str) -> None:
    assert lines_of(Item("a", entry("A"), language=language)) == [
        '  <li id="ref-a" dir="auto">A</li>'
    ]


@given(source=texts.map(lambda text: f"@book{{a,\n  title = {{{text}}},\n}}"))
def test_bibtex_is_read_back_whatever_is_in_it(source: str) -> None:
    (item,) = parse(write_blocks((ItemList((Item("a", entry("A"), bibtex=source),)),)))[0]
    assert item.find(".//code").text == "\n".join(map(one_line, source.splitlines()))
    assert len(lines_of(Item("a", entry("A"), bibtex=source))) == 3


@given(texts)
def test_coins_is_an_empty_span_that_nobody_is_read(value: str) -> None:
    (item,) = parse(write_blocks((ItemList((Item("a", entry("A"), coins=value),)),)))[0]
    span = item.find("span")
    assert (span is not None) == bool(value)
    if span is not None:
        assert (span.get("class"), span.text) == ("Z3988", None)
        assert (span.get("title"), span.get("aria-hidden")) == (one_line(value), "true")


@given(titles=st.lists(texts, min_size=1, max_size=3))
def test_json_ld_is_one_list_that_no_title_breaks_out_of(titles: list[str]) -> None:
    nodes = [json.dumps({"@type": "Book", "name": title}) for title in titles]
    items = tuple(Item(str(n), entry("A"), schema_org=node) for n, node in enumerate(nodes))
    *_, script = parse(write_blocks((ItemList(items), ItemList(items))))
    assert (script.tag, script.get("type")) == ("script", "application/ld+json")
    found = json.loads(script.text)
    names = list(dict.fromkeys(titles))
    assert found["numberOfItems"] == len(names)
    assert [each["position"] for each in found["itemListElement"]] == [*range(1, len(names) + 1)]
    assert [each["item"]["name"] for each in found["itemListElement"]] == names


def test_nothing_is_written_for_no_blocks() -> None:
    assert write_blocks(()) == ""
