"""HTML: a browser's parser reads back what the tree held, and nothing hostile comes out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import lxml.html
import pytest
from hostile_trees import looks, runs_of, texts, trees
from hypothesis import assume, given
from hypothesis import strategies as st

from northbib.markup.html import anchor, write_blocks, write_inline
from northbib.markup.inline import parse_inline
from northbib.markup.tree import Heading, Inlines, Item, ItemList, Link, Paragraph, Text, text_of
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
        '  <li id="ref-a">A</li>\n'
        '  <li id="ref-b=2F1">B</li>\n'
        "</ul>\n"
        '<ol class="northbib">\n'
        "  <li>A</li>\n"
        "  <li>C</li>\n"
        "</ol>\n"
    )


def test_nothing_is_written_for_no_blocks() -> None:
    assert write_blocks(()) == ""
