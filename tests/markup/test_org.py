"""Org: pandoc reads back what the tree held."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hostile_trees import looks, runs_of, texts, trees
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pandoc_reader import Runs, read

from northbib.markup.inline import parse_inline
from northbib.markup.org import write_blocks, write_inline
from northbib.markup.tree import (
    Heading,
    Inline,
    Inlines,
    Item,
    ItemList,
    Link,
    Paragraph,
    Styled,
    Text,
    text_of,
)
from northbib.markup.visible import one_line

BREAK = "\u200b"


def entry(text: str) -> Inlines:
    return (Text(text),)


def words(text: str) -> str:
    return " ".join(text.replace(BREAK, "").split())


def plain(content: Inlines) -> str:
    return words(one_line(text_of(content)))


def text_in(runs: Runs) -> str:
    return words("".join(text for text, _ in runs))


def check_with_pandoc(contents: list[Inlines]) -> None:
    found = read(write_blocks(map(Paragraph, contents)), "org")
    found = [block for block in found if text_in(block[1])]
    shown = [content for content in contents if plain(content)]
    assert [(kind, text_in(runs)) for kind, runs in found] == [
        ("Para", plain(content)) for content in shown
    ]


def check_looks(contents: list[Inlines]) -> None:
    """See that what is set in a way that Org can say is never set in another way."""
    found = read(write_blocks(map(Paragraph, contents)), "org")
    shown = [content for content in contents if plain(content)]
    found = [block for block in found if text_in(block[1])]
    for (_, runs), content in zip(found, shown, strict=True):
        kept, wanted_runs = (
            [(text.replace(BREAK, ""), styles) for text, styles in given]
            for given in (runs, runs_of(content))
        )
        pairs = zip(looks(kept), looks(wanted_runs), strict=True)
        for (sign, styles, linked), (_, wanted, followed) in pairs:
            # Of two scripts, one in the other, one may be lost.
            assert Counter(dict(styles)) <= Counter(dict(wanted)), sign
            assert linked <= followed, sign


@given(contents=st.lists(trees, max_size=30))
@settings(max_examples=20, deadline=None)
def test_pandoc_reads_back_text_and_no_style_that_was_not_there(contents: list[Inlines]) -> None:
    check_with_pandoc(contents)
    check_looks(contents)


def test_a_link_with_nothing_to_be_seen_is_no_link() -> None:
    content = (Text("a "), Link("https://a.b/", (Text("\u200b"),)), Text("#b"))
    assert "[[" not in write_inline(content)
    check_with_pandoc([content])


@pytest.mark.long
@given(contents=st.lists(trees | texts.map(entry) | st.text().map(entry), min_size=20, max_size=50))
@settings(max_examples=200, deadline=None)
def test_pandoc_reads_back_any_text(contents: list[Inlines]) -> None:
    check_with_pandoc(contents)


@given(heading=trees, entries=st.lists(trees, min_size=1, max_size=9), ordered=st.booleans())
@example(heading=(), entries=[(Text("www.a.b--http://a.b/"),)], ordered=False)
@settings(max_examples=20, deadline=None)
def test_pandoc_reads_back_headings_and_lists(
    heading: Inlines, entries: list[Inlines], ordered: bool
) -> None:
    items = ItemList(tuple(Item("a", content) for content in entries), ordered)
    blocks = (Heading(2, heading), items, items, Paragraph(entry("End")))
    kind = "OrderedList" if ordered else "BulletList"
    expected = [("Header 2", plain(heading))] if plain(heading) else []
    expected += [(kind, plain(content)) for content in entries] * 2
    found = [(kind, text_in(runs)) for kind, runs in read(write_blocks(blocks), "org")]
    assert found == [*expected, ("Para", "End")]


@pytest.mark.parametrize(
    "title",
    [
        "Transport for the North: 10% + 5 = more?",
        "£4.5bn (2014–15) – ‘the Powerhouse’",
        "A - B. C! D/E, and/or {p} > q; 2014-15, pp. 3-9",
        "snake_ case, R&D, C#, a@b.c, $5 and $6",
        "The [Northern] Powerhouse",
    ],
)
def test_ordinary_titles_stay_as_they_are(title: str) -> None:
    assert write_inline(entry(title)) == title


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("*a* and /b/", "*|a* and /|b/"),
        ("- A", "|- A"),
        ("* A", "|* A"),
        ("1. A", "|1. A"),
        ("#+begin_src", "|#+|begin_|src"),
        ("| a |", "|" + "| a |"),
        ("[[a][b]]", "[|[a]|[b]|]"),
        ("a_b and a^2", "a_|b and a^|2"),
        ("a -- b ...", "a -|- b .|.."),
        ("https://a.b/", "https|:/|/|a.b/"),
        ("<<a>>", "<|<|a>>"),
        ("a :: b", "a :|: b"),
        ("\\alpha", "=\\=|alpha"),
        ("$a$", "=$=|a|=$="),
        ("[fn:1] and [2014-10-23 Thu]", "[|fn|:1] and [|2014-10-23 Thu]"),
    ],
)
def test_what_org_would_take_for_markup_is_broken(text: str, written: str) -> None:
    assert write_inline(entry(text)) == written.replace("|", BREAK) or "|" in text


@pytest.mark.parametrize(
    ("rich", "written"),
    [
        ("<i>A</i>, <b>50</b>(3)", "/A/, *50*|(3)"),
        ("A <i>et al.</i>, <i>“B”</i>. C", "A /et al./, /“B”/. C"),
        ("un<i>a</i>ly", "un|/a/|ly"),
        ("<i>a <b>b</b> c</i>", "/a *b* c/"),
        ("<i> a </i>b", " /a/ b"),
        ("19<sup>th</sup> H<sub>2</sub>O", "19^{th} H_{2}O"),
        ("<sup>a</sup>", "a"),
        ('<span style="font-variant:small-caps;">a</span>', "a"),
    ],
)
def test_styles_are_written_as_org_has_them(rich: str, written: str) -> None:
    assert write_inline(parse_inline(rich)) == written.replace("|", BREAK)


def test_a_link_has_no_brackets_inside() -> None:
    link = Link("https://a.b/[c]", entry("a [b] c"))
    url = "https://a.b/%5Bc%5D"
    assert write_inline((link,)) == f"[[{url}][a ]][[[{url}][b]]][[{url}][ c]]"


def test_a_link_right_after_a_link_keeps_its_emphasis() -> None:
    # Adjacent, pandoc takes the marks in the second for text.
    first, second = (
        Link("https://a.example/", (Styled("emphasis", (Text(text),)),))
        for text in ("(i) a", "b!!!")
    )
    check_with_pandoc([(first, second)])


def link(text: str) -> Link:
    return Link("https://a.example/", entry(text))


def strong(*content: Inline) -> Styled:
    return Styled("strong", content)


def emphasis(text: str) -> Styled:
    return Styled("emphasis", entry(text))


# What stands in the way of a mark in one place does not in another: all are written at once.
HARD_PLACES: list[Inlines] = [
    (strong(link("a"), Text("*.")),),
    (strong(link(" "), Text("N*0")),),
    (Styled("emphasis", (link("b"), Text("/> -"))),),
    (emphasis("b/中"),),
    (strong(Text("-\xa0*;")),),
    (strong(Text("c_\v")),),
    (strong(Text("/ ")), Text("</")),
    (strong(Text("+ ")), Text("]+")),
    (Text("0\u2003^a"),),
    (Text("é_\u202e a/_c"),),
    (Text("-"), Styled("small-caps", entry("-a"))),
    (Text("-"), Styled("subscript", entry("-"))),
    (Text("http"), Styled("small-caps", entry("://a.example/"))),
    (Text("e/"), link("b<p>"), Text("<a/ b")),
    (Text(" "), Text("Z/</")),
    (link(":"), Text("p=#42;= a")),
    (link("a"), Text("6*A5é``* a")),
    (link("<"), Text("<b/<!-- a:/ c")),
    (link("# "), Text("%"), link("$")),
    (Text("n"), Styled("subscript", entry("> ")), Text("L:9*{n*O [V*.]")),
    (strong(link("䫦")), Text("0=a.{#=b"), emphasis("~\\")),
    entry("[2]1"),
    entry("[2] A title"),
]


def test_marks_in_hard_places_are_broken() -> None:
    check_with_pandoc(HARD_PLACES)
    check_looks(HARD_PLACES)


def test_numbers_that_begin_items_stay_as_they_are() -> None:
    items = tuple(Item(key, entry(f"[{number}] A")) for number, key in enumerate("ab", 1))
    assert write_blocks([ItemList(items)]) == "- [1] A\n- [2] A\n"
    assert [text_in(runs) for _, runs in read(write_blocks([ItemList(items)]), "org")] == [
        "[1] A",
        "[2] A",
    ]


def test_a_discrete_heading_opens_no_subtree() -> None:
    heading = Heading(3, entry("Reports"), discrete=True)
    assert write_blocks((heading,)) == "*Reports*\n"
    assert write_blocks((Heading(3, entry("TODO")),)) == f"*** {BREAK}TODO\n"


@given(content=trees)
def test_what_is_written_is_one_line_that_any_file_can_hold(content: Inlines) -> None:
    written = write_inline(content)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", written)
    written.encode("utf-8")
