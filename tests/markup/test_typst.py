"""Typst: its own compiler and pandoc read back what the tree held."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest
from hostile_trees import looks, runs_of, texts, trees
from hypothesis import given, settings
from hypothesis import strategies as st
from pandoc_reader import read

from northbib.markup.inline import parse_inline
from northbib.markup.tree import (
    Block,
    Heading,
    Inlines,
    Item,
    ItemList,
    Kind,
    Link,
    Paragraph,
    Text,
    text_of,
)
from northbib.markup.typst import write_blocks, write_inline
from northbib.markup.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

STYLES: dict[str, Kind] = {
    "emph": "emphasis",
    "strong": "strong",
    "smallcaps": "small-caps",
    "super": "superscript",
    "sub": "subscript",
    "underline": "underline",
}


def entry(text: str) -> Inlines:
    return (Text(text),)


def words(text: str) -> str:
    return " ".join(text.split())


def plain(content: Inlines) -> str:
    return words(one_line(text_of(content)))


def compiler() -> Any:
    return pytest.importorskip("typst", reason="typst is not installed")


def read_runs(node: dict[str, Any], styles: Counter[str]) -> Iterator[tuple[str, Counter[str]]]:
    """Give the text of Typst's own content with its styles and links."""
    kind = node["func"]
    if kind == "sequence":
        for child in node["children"]:
            yield from read_runs(child, styles)
    elif kind in ("text", "symbol"):
        yield node["text"], styles
    elif kind == "space":
        yield " ", styles
    elif kind == "link":
        assert isinstance(node["dest"], str)
        yield from read_runs(node["body"], styles + Counter({"link": 1}))
    else:
        yield from read_runs(node["body"], styles + Counter({STYLES[kind]: 1}))


def check_with_typst(contents: list[Inlines]) -> None:
    """Read citations at the start of a line, and in the middle of one before a bracket."""
    source = "".join(
        f"#metadata([\n{write_inline(content)}]) <start>\n"
        f"#metadata([x{write_inline(content)}(y)]) <middle>\n"
        for content in contents
    ).encode()
    for label, before, after in (("start", "", ""), ("middle", "x", "(y)")):
        found = json.loads(compiler().query(source, f"<{label}>", field="value"))
        for content, node in zip(contents, found, strict=True):
            runs = list(read_runs(node, Counter()))
            around = (Text(before), *content, Text(after))
            assert words("".join(text for text, _ in runs)) == plain(around)
            assert looks(runs) == looks(runs_of(around))


def check_with_pandoc(contents: list[Inlines]) -> None:
    found = read(write_blocks(map(Paragraph, contents)), "typst")
    found = [block for block in found if "".join(text for text, _ in block[1]).strip()]
    shown = [content for content in contents if plain(content)]
    assert [(kind, words("".join(text for text, _ in runs))) for kind, runs in found] == [
        ("Para", plain(content)) for content in shown
    ]
    for (_, runs), content in zip(found, shown, strict=True):
        assert looks(runs) == looks(runs_of(content))


@given(contents=st.lists(trees, max_size=30))
@settings(max_examples=20, deadline=None)
def test_typst_reads_back_text_styles_and_links(contents: list[Inlines]) -> None:
    check_with_typst(contents)


@given(contents=st.lists(trees, max_size=30))
@settings(max_examples=10, deadline=None)
def test_pandoc_reads_back_text_styles_and_links(contents: list[Inlines]) -> None:
    check_with_pandoc(contents)


@pytest.mark.long
@given(contents=st.lists(trees | texts.map(entry) | st.text().map(entry), min_size=20, max_size=50))
@settings(max_examples=200, deadline=None)
def test_typst_and_pandoc_read_back_any_text(contents: list[Inlines]) -> None:
    check_with_typst(contents)
    check_with_pandoc(contents)


@given(heading=trees, entries=st.lists(trees, min_size=1, max_size=9), ordered=st.booleans())
@settings(max_examples=20, deadline=None)
def test_typst_reads_back_headings_and_lists(
    heading: Inlines, entries: list[Inlines], ordered: bool
) -> None:
    items = ItemList(tuple(Item("a", content) for content in entries), ordered)
    blocks = (Heading(2, heading), items, items, items, Paragraph(entry("End")))
    page = compiled(write_blocks(blocks))
    assert [words(found.text_content()) for found in page.iter("h3")] == [
        text for text in [plain(heading)] if text
    ]
    lists = list(page.iter("ol" if ordered else "ul"))
    assert [[words(found.text_content()) for found in one] for one in lists] == [
        [plain(content) for content in entries]
    ] * 3


def compiled(source: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(compiler().compile(source.encode(), format="html"))


@pytest.mark.parametrize("level", range(1, 7))
def test_typst_reads_every_level(level: int) -> None:
    found = compiler().query(write_blocks((Heading(level, entry("A")),)).encode(), "heading")
    assert [heading["level"] for heading in json.loads(found)] == [level]


def test_an_address_that_typst_would_stop_at_leaves_only_its_text() -> None:
    longest = "https://a.b/".ljust(8000, "c")
    written = write_blocks((Paragraph((Link(longest, entry("A")), Text("(b)"))),))
    assert compiled(written).xpath("//a/@href") == [longest]
    too_long = (Link(f"{longest}d", entry("- A")), Text("(b)"))
    assert write_inline(too_long) == "#[\\- A]\\(b)"
    assert words(compiled(write_blocks((Paragraph(too_long),))).text_content()) == "- A(b)"


@given(content=trees)
def test_what_is_written_is_one_line_that_any_file_can_hold(content: Inlines) -> None:
    written = write_inline(content)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", written)
    written.encode("utf-8")


@pytest.mark.parametrize(
    "title",
    [
        "Transport for the North: 10% + 5 = more?",
        "£4.5bn (2014–15) – ‘the Powerhouse’",
        "A - B. C! D/E, {p} > q; 2014-15, pp. 3-9",
        "3.5 million",
        "12th",
    ],
)
def test_ordinary_titles_stay_as_they_are(title: str) -> None:
    assert write_inline(entry(title)) == title


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("C# costs $5", "C\\# costs \\$5"),
        ("*a* _b_ `c` \\", "\\*a\\* \\_b\\_ \\`c\\` \\\\"),
        ("[Online] <a> @b ~", "\\[Online\\] \\<a> \\@b \\~"),
        ('it\'s "so"', 'it\\\'s \\"so\\"'),
        ("a -- b --- c -? d ... -5", "a \\-- b \\-\\-- c \\-? d \\... \\-5"),
        ("https://a.b // c", "https:\\//a.b \\// c"),
        ("/* a */", "\\/\\* a \\*/"),
        ("= A", "\\= A"),
        ("- A", "\\- A"),
        ("+ A", "\\+ A"),
        ("/ A: b", "\\/ A: b"),
        ("1. A", "1\\. A"),
        ("\\u{41}", "\\\\u{41}"),
    ],
)
def test_what_typst_would_take_for_markup_is_escaped(text: str, written: str) -> None:
    assert write_inline(entry(text)) == written


@pytest.mark.parametrize(
    ("rich", "written"),
    [
        ("<i>A</i>, <b>50</b>(3)", "#emph[A], #strong[50]\\(3)"),
        ("<i>A</i>. B", "#emph[A]. B"),
        ("<i>A</i>.b", "#emph[A]\\.b"),
        ("<i>A</i>; b", "#emph[A]\\; b"),
        ("<i>A</i>[b]", "#emph[A]\\[b\\]"),
        ("un<i>- a</i>ly", "un#emph[\\- a]ly"),
        ("a<i> b <b> c </b></i>(d)", "a #emph[b  #strong[c]] \\(d)"),
        ("<i> </i>- a", " \\- a"),
        ("<i>a</i><b>b</b>", "#emph[a]#strong[b];"),
        ("<sub>a</sub><sup>b</sup><sc>c</sc> ", "#sub[a]#super[b]#smallcaps[c] "),
    ],
)
def test_styles(rich: str, written: str) -> None:
    assert write_inline(parse_inline(rich)) == written


@pytest.mark.parametrize(
    ("link", "written"),
    [
        (Link("https://a.b/c", entry("c")), '#link("https://a.b/c")[c];'),
        (Link('https://a.b/"\\', entry("c")), '#link("https://a.b/%22%5C")[c];'),
        (Link("https://a.b", entry("https://a.b")), '#link("https://a.b")[https:\\//a.b];'),
        (Link("javascript:alert(1)", entry("c")), "c"),
        (Link("https://a.b", (Link("https://a.c", entry("c")),)), '#link("https://a.b")[c];'),
    ],
)
def test_links(link: Link, written: str) -> None:
    assert write_inline((link,)) == written


def test_blocks() -> None:
    items = (Item("a", entry("A")), Item("b", entry("- B")), Item("c", ()))
    blocks: tuple[Block, ...] = (
        Heading(3, entry("C#")),
        Paragraph(parse_inline("See <i>also</i>")),
        ItemList(items),
        ItemList(items, ordered=True),
        ItemList(items, ordered=True),
    )
    assert write_blocks(blocks) == (
        "=== C\\#\n\nSee #emph[also]\n\n- A\n- \\- B\n-\n\n+ A\n+ \\- B\n+\n\n"
        "#enum(\n  [A],\n  [\\- B],\n  [],\n)\n"
    )


def test_nothing_is_written_for_no_blocks() -> None:
    assert write_blocks(()) == ""
    assert write_blocks((Heading(1, ()), Paragraph(()), ItemList(()))) == ""
