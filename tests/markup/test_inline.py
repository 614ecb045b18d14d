"""The inline markup of CSL-JSON, well written or not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.markup.inline import merge, parse_inline
from northbib.markup.tree import Inlines, Kind, Link, Styled, Text, text_of
from northbib.markup.visible import visible
from northbib.records import plain

TAGS = [
    *("<i>", "</i>", "<b>", "</b>", "<sc>", "</sc>", "<sup>", "</sup>", "<sub>", "</sub>"),
    *('<span class="nocase">', '<span style="font-variant:small-caps;">', "</span>"),
]


def test_every_tag_has_its_style() -> None:
    pairs: list[tuple[str, Kind]] = [
        ("<i>a</i>", "emphasis"),
        ("<b>a</b>", "strong"),
        ("<sc>a</sc>", "small-caps"),
        ("<sup>a</sup>", "superscript"),
        ("<sub>a</sub>", "subscript"),
        ('<span class="nocase">a</span>', "no-case"),
        ('<span style="font-variant:small-caps;">a</span>', "small-caps"),
        ('<span style="font-variant: small-caps">a</span>', "small-caps"),
    ]
    for rich, kind in pairs:
        assert parse_inline(rich) == (Styled(kind, (Text("a"),)),)


def test_styles_nest() -> None:
    assert parse_inline('a <i>b <span class="nocase">c</span></i> d') == (
        Text("a "),
        Styled("emphasis", (Text("b "), Styled("no-case", (Text("c"),)))),
        Text(" d"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "1 < 2 & 3 > 2",
        "AT&amp;T",
        "<i>not closed",
        "not opened</i>",
        "</span>",
        "<em>no tag of CSL-JSON</em>",
        '<span class="other">',
        "<I>a",
        "<script>alert(1)",
    ],
)
def test_what_is_no_markup_is_text(text: str) -> None:
    assert parse_inline(text) == (Text(text),)


def test_a_tag_that_crosses_another_is_text() -> None:
    assert parse_inline("<i>a<b>c</i>d</b>") == (
        Styled("emphasis", (Text("a<b>c"),)),
        Text("d</b>"),
    )


def test_nothing_comes_of_nothing() -> None:
    assert parse_inline("") == ()
    assert parse_inline("<i></i>") == ()


@given(st.lists(st.sampled_from([*TAGS, "a", " ", "<", "&"])).map("".join))
def test_no_text_is_lost(text: str) -> None:
    content = parse_inline(text)
    assert plain(text_of(content)) == plain(text)
    assert merge(content) == content


@given(st.text())
def test_anything_is_read(text: str) -> None:
    assert plain(text_of(parse_inline(text))) == plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "<i>" * 50_000,
        "</i>" * 50_000,
        "<i>" * 50_000 + "</i>" * 50_000,
        "<i></b>" * 50_000,
        "<i>a<b>b</i>c</b>" * 20_000,
        "<" * 200_000,
    ],
    ids=["opened", "closed", "nested", "strangers", "crossed", "bare"],
)
def test_hostile_nesting_is_read_and_can_be_walked(text: str) -> None:
    content = parse_inline(text)
    assert plain(text_of(visible(content))) == plain(text)


def test_merging_joins_texts_and_drops_what_is_empty() -> None:
    content: Inlines = (
        Text("a"),
        Text(""),
        Styled("strong", (Styled("emphasis", ()), Text(""))),
        Text("b"),
        Link("https://a.b", ()),
        Styled("emphasis", (Text("c"), Text("d"))),
    )
    assert merge(content) == (Text("ab"), Styled("emphasis", (Text("cd"),)))
