"""Markdown: other people's parsers read back what the tree held."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hostile_trees import looks, runs_of, texts, trees
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from northbib.markup.inline import parse_inline
from northbib.markup.links import link_addresses, link_title
from northbib.markup.markdown import write_blocks, write_inline
from northbib.markup.tree import (
    Block,
    Heading,
    Inlines,
    Item,
    ItemList,
    Link,
    Paragraph,
    Text,
    text_of,
)
from northbib.markup.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

COMMONMARK = MarkdownIt("commonmark")
GFM = MarkdownIt("commonmark").enable(["table", "strikethrough"])
READERS = [COMMONMARK, GFM]

STYLES = {
    "em": "emphasis",
    "strong": "strong",
    "sup": "superscript",
    "sub": "subscript",
    "u": "underline",
    "span": "small-caps",
}
TAG = re.compile(r'<(/?)(em|strong|sup|sub|u|span)(?: class="small-caps")?>')


def read_runs(tokens: list[Token]) -> Iterator[tuple[str, Counter[str]]]:
    """Give the text that a parser read, with the styles and links it read it in."""
    styles: Counter[str] = Counter()
    for token in tokens:
        if token.type in ("text", "text_special"):
            yield token.content, styles.copy()
        elif token.type in ("em_open", "em_close", "strong_open", "strong_close"):
            styles[STYLES[token.tag]] += token.nesting
        elif token.type in ("link_open", "link_close"):
            styles["link"] += token.nesting
        else:
            tag = TAG.fullmatch(token.content)
            assert token.type == "html_inline", token
            assert tag is not None, token
            styles[STYLES[tag.group(2)]] += -1 if tag.group(1) else 1


def inline_tokens(tokens: list[Token]) -> list[list[Token]]:
    return [token.children or [] for token in tokens if token.type == "inline"]


def plain(content: Inlines) -> str:
    return one_line(text_of(content)).strip()


def entry(text: str) -> Inlines:
    return (Text(text),)


@pytest.mark.parametrize("reader", READERS, ids=["commonmark", "gfm"])
@given(content=trees)
def test_a_parser_reads_back_text_styles_and_links(reader: MarkdownIt, content: Inlines) -> None:
    tokens = reader.parse(write_inline(content))
    if plain(content):
        assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    runs = [run for children in inline_tokens(tokens) for run in read_runs(children)]
    assert "".join(text for text, _ in runs).strip() == plain(content)
    assert looks(runs) == looks(runs_of(content))


@given(text=texts)
def test_text_alone_stays_text(text: str) -> None:
    for reader in READERS:
        (children,) = inline_tokens(reader.parse(write_inline(entry(f"a{text}b"))))
        assert {token.type for token in children} == {"text"}
        assert "".join(token.content for token in children) == one_line(f"a{text}b")


@pytest.mark.parametrize("reader", READERS, ids=["commonmark", "gfm"])
@given(
    heading=trees,
    entries=st.lists(trees, min_size=1, max_size=4),
    ordered=st.booleans(),
    level=st.integers(1, 6),
)
def test_a_parser_reads_back_headings_paragraphs_and_lists(
    reader: MarkdownIt,
    heading: Inlines,
    entries: list[Inlines],
    ordered: bool,
    level: int,
) -> None:
    items = tuple(Item("a", content) for content in entries)
    tokens = reader.parse(
        write_blocks(
            (
                Heading(level, heading),
                Paragraph(heading),
                ItemList(items, ordered),
                Paragraph(entry("End")),
            )
        )
    )
    types = [token.type for token in tokens]
    assert [token.tag for token in tokens if token.type == "heading_open"] == [f"h{level}"]
    assert types.count("ordered_list_open" if ordered else "bullet_list_open") == 1
    assert types.count("list_item_open") == len(entries)
    read = ["".join(text for text, _ in read_runs(line)) for line in inline_tokens(tokens)]
    lines = [heading, heading, *entries, entry("End")]
    assert [text.strip() for text in read if text.strip()] == [
        text for text in map(plain, lines) if text
    ]


@given(content=trees)
def test_what_is_written_is_one_line_that_any_file_can_hold(content: Inlines) -> None:
    written = write_inline(content)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", written)
    written.encode("utf-8")


@pytest.mark.parametrize(
    "title",
    [
        "E & FN Spon",
        "C#",
        "F# in 2014-15",
        "a_b and snake_case_names",
        "Transport for the North: 10% + 5 = more?",
        "£4.5bn (2014–15) – “the Powerhouse”, it’s…",
        "A - B. C! D/E, p < q".replace("<", "to"),
        "Rochdale & Oldham; AT&T",
        "Costs $10 million",
        "someone@example.org",
    ],
)
def test_ordinary_titles_stay_as_they_are(title: str) -> None:
    assert write_inline(entry(title)) == title


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1. A title", "1\\. A title"),
        ("2014) A title", "2014\\) A title"),
        ("(i) A title", "(i\\) A title"),
        ("c. 1900", "c\\. 1900"),
        ("A. Lee", "A. Lee"),
        ("# A title", "\\# A title"),
        ("- A title", "\\- A title"),
        ("> A title", "&#62; A title"),
        ("    A title", "&#32;   A title"),
        ("[Online]", "\\[Online\\]"),
        ("[^1]", "\\[&#94;1\\]"),
        ("_a_ *b* `c`", "\\_a\\_ \\*b\\* \\`c\\`"),
        ("<i> & &amp; \\", "&lt;i> & &amp;amp; \\\\"),
        ("~~a~~", "&#126;&#126;a&#126;&#126;"),
        ("$1 to $2", "&#36;1 to &#36;2"),
        ("@a", "&#64;a"),
        ("{{ a }}", "\\{\\{ a }}"),
        ("https://a.b and www.a.b", "https&#58;//a.b and www\\.a.b"),
        ("A\r\ntitle\x00", "A title"),
    ],
)
def test_what_markdown_would_take_for_markup_is_escaped(text: str, written: str) -> None:
    assert write_inline(entry(text)) == written


@pytest.mark.parametrize(
    ("rich", "written"),
    [
        ("<i>Regional Studies</i>, <b>50</b>(3)", "*Regional Studies*, **50**(3)"),
        ("un<i>likely</i>", "un*likely*"),
        ("a<i> title </i>b", "a *title* b"),
        ("a<i>(b)</i>c", "a<em>(b)</em>c"),
        ("<i>a</i><b>b</b>", "<em>a</em>**b**"),
        ("<b><i>a</i></b>", "**<em>a</em>**"),
        ("<i>a <b>b</b> c</i>", "*a **b** c*"),
        ("<i>a <i>b</i> c</i>", "*a b c*"),
        ("<i> </i>", " "),
        ("H<sub>2</sub>O, 1<sup>st</sup>", "H<sub>2</sub>O, 1<sup>st</sup>"),
        ("<sc>bce</sc>", '<span class="small-caps">bce</span>'),
        ('A <span class="nocase">UK</span> &<span class="nocase">amp;</span>', "A UK &amp;amp;"),
    ],
)
def test_styles(rich: str, written: str) -> None:
    assert write_inline(parse_inline(rich)) == written


@pytest.mark.parametrize(
    ("link", "written"),
    [
        (Link("https://a.b/c", entry("c")), "[c](https://a.b/c)"),
        (Link("https://a.b/c", entry("https://a.b/c")), "<https://a.b/c>"),
        (Link("https://a.b/%20", entry("https://a.b/%20")), "[https://a.b/%20](https://a.b/%20)"),
        (Link("https://a.b/(c)", entry("[c]")), "[\\[c\\]](https://a.b/(c))"),
        (Link("https://a.b/c)", entry("c")), "[c](<https://a.b/c)>)"),
        (Link("https://a.b/ <c>", entry("c")), "[c](https://a.b/%20%3Cc%3E)"),
        (Link("https://a.b?c&copy;", entry("c")), "[c](https://a.b?c&amp;copy;)"),
        (Link("javascript:alert(1)", entry("c")), "c"),
        (Link("https://a.b", ()), ""),
    ],
)
def test_links(link: Link, written: str) -> None:
    assert write_inline((link,)) == written


def test_an_exclamation_mark_before_a_link_makes_no_image() -> None:
    assert write_inline((Text("Oh!"), Link("https://a.b", entry("c")))) == "Oh\\![c](https://a.b)"


@pytest.mark.parametrize("url", ["https://a.b/(c)d)", "https://a.b/((c", "https://a.b/'c'*d_e~f$g"])
def test_a_parser_reads_back_the_address(url: str) -> None:
    (children,) = inline_tokens(COMMONMARK.parse(write_inline((Link(url, entry("c")),))))
    assert children[0].attrs["href"] == url


def test_an_entry_of_the_house_style() -> None:
    text = "<i>Can a northern tech cluster take off?</i> 23 Oct 2014 BBC"
    content = link_title(
        link_addresses(parse_inline(text)),
        "Can a northern tech cluster take off?",
        "https://www.bbc.co.uk/",
    )
    assert write_blocks((ItemList((Item("a", content),)),)) == (
        "- [*Can a northern tech cluster take off?*](https://www.bbc.co.uk/) 23 Oct 2014 BBC\n"
    )


def test_blocks_stand_apart_and_lists_are_tight() -> None:
    items = (Item("a", entry("A")), Item("b", entry("- B")))
    blocks: tuple[Block, ...] = (
        Heading(3, entry("1. C#")),
        Paragraph(entry("1. See also")),
        ItemList(items),
        ItemList(items, ordered=True),
    )
    assert write_blocks(blocks) == (
        "### 1. C\\#\n\n1\\. See also\n\n- A\n- \\- B\n\n1. A\n2. \\- B\n"
    )


def test_a_list_after_a_list_is_a_list_of_its_own() -> None:
    items = (Item("a", entry("A")),)
    ordered = ItemList(items, ordered=True)
    blocks: list[Block] = [
        *(ItemList(items), ItemList(items), ItemList(()), ItemList(items), Paragraph(())),
        *(ItemList(items), ordered, ordered),
    ]
    types = [token.type for token in COMMONMARK.parse(write_blocks(blocks))]
    assert types.count("bullet_list_open") == 4
    assert types.count("ordered_list_open") == 2


def test_nothing_is_written_for_no_blocks() -> None:
    assert write_blocks(()) == ""
    assert write_blocks((Paragraph(()), ItemList(()))) == ""
