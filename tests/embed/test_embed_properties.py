"""What holds for every article: bytes outside of sections stay, and a second run changes none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, event, given, reject, settings
from hypothesis import strategies as st
from small_library import small_library

from northbib.embed.article import Article
from northbib.embed.markers import sections
from northbib.embed.needs import Needs
from northbib.embed.refreshing import Refreshed, refresh_with
from northbib.embed.rendering import ListMaker
from northbib.embed.shown import Oblivion, Shower
from northbib.errors import ArticleError

if TYPE_CHECKING:
    from northbib.embed import Markup

BEGIN = "<!-- northbib:begin keys=act2011localism,sandford2009veto group=type style=apa -->"
END = "<!-- northbib:end -->"

EOLS = st.sampled_from(["\n", "\n", "\r\n", "\r"])
PREFIXES = st.sampled_from(
    ["", "", "", "  ", "   ", "    ", "\t", "> ", ">", "- ", "1. ", "  - ", ">\t", "-\t", "  \t"]
)
BODIES = st.sampled_from(
    [
        "", BEGIN, END, BEGIN + END, f"{BEGIN} x {END} y", "text", "```", "~~~ x", "<div>",
        "</div>", "<pre>", "</pre>", "# heading", "---", "===", "+++", "`code", "<code>", "</code>",
        f"<details>{BEGIN}", f"{END}</td>", "<script>", "</script>", "[x]: y", "<!-- x", "-->",
        "{% raw %}", "{% endraw %}", '<a b="', "\x00", "\u2028", "é",
    ]
)  # fmt: skip
LINES = st.builds("".join, st.tuples(PREFIXES, PREFIXES, BODIES, EOLS))
WHOLE = st.builds("{}{}{}{}".format, BODIES, EOLS, st.just(BEGIN + END), EOLS)
ARTICLES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "\ufeff", "---\nx: y\n---\r\n"]),
    st.lists(st.one_of(LINES, LINES, WHOLE), max_size=6).map("".join),
    st.sampled_from(["", "last"]),
)
MARKUPS: st.SearchStrategy[Markup] = st.sampled_from(["markdown", "html"])


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Shower:
    """One maker for all examples: each list is made once."""
    return Shower(ListMaker(small_library(tmp_path_factory.mktemp("library"))), Needs(), Oblivion())


def refreshed(maker: Shower, data: bytes, markup: Markup) -> Refreshed:
    return refresh_with(maker, data, "article", markup)


def outside(data: bytes, markup: Markup) -> list[bytes]:
    """Give the parts of an article that are not between two markers."""
    article = Article.read(data, "article", markup)
    parts, done = [], 0
    for section in sections(article)[0]:
        parts.append(article.text[done : section.begin.comment.end].encode())
        done = section.end.comment.start
    return [*parts, article.text[done:].encode()]


@settings(max_examples=4 * settings().max_examples)
@given(ARTICLES, MARKUPS)
def test_a_second_run_changes_nothing_and_bytes_outside_stay(
    maker: Shower, text: str, markup: Markup
) -> None:
    data = text.encode()
    try:
        once = refreshed(maker, data, markup)
    except ArticleError:
        reject()
    event(f"{len(once.sections)} sections")
    assert outside(once.data, markup) == outside(data, markup)
    twice = refreshed(maker, once.data, markup)
    assert twice.data == once.data
    assert not any(section.changed for section in twice.sections)


@given(st.binary(max_size=200), MARKUPS)
def test_an_article_without_markers_is_given_back_whatever_it_holds(
    maker: Shower, data: bytes, markup: Markup
) -> None:
    assume(b"northbib" not in data and not data.startswith((b"\xef\xbb\xbf", b"\xff", b"\xfe")))
    assume(b"charset" not in data and b"encoding" not in data)
    assert refreshed(maker, data, markup).data == data


@given(
    st.sampled_from(["```", "````", "~~~", "~~~~~"]),
    st.lists(st.sampled_from(["text", BEGIN, END, "", "    x", "> x", "- x", "<pre>"]), max_size=5),
    EOLS,
    st.sampled_from([("", ""), ("  ", "  "), ("> ", "> "), ("- ", "  ")]),
)
def test_markers_in_a_fence_are_left_alone(
    maker: Shower, fence: str, lines: list[str], eol: str, prefixes: tuple[str, str]
) -> None:
    first, following = prefixes
    block = [f"{first}{fence} x", *(following + line for line in lines), following + fence]
    for end in (len(block), -1):
        text = eol.join([*block[:end], ""])
        assert refreshed(maker, text.encode(), "markdown").data == text.encode()


@given(
    st.sampled_from(["pre", "script", "style", "textarea"]),
    st.lists(st.sampled_from(["text", BEGIN, END, "", "<b>", "</div>", "```"]), max_size=5),
    EOLS,
    MARKUPS,
)
def test_markers_in_raw_html_are_left_alone(
    maker: Shower, tag: str, lines: list[str], eol: str, markup: Markup
) -> None:
    text = eol.join([f"<{tag}>", *lines, f"</{tag}>", ""])
    assert refreshed(maker, text.encode(), markup).data == text.encode()
