"""The engine behind the protocol that all engines share."""

from __future__ import annotations

from typing import Any

from northbib.csl.engines import Cite, Options
from northbib.csl.native import session
from northbib.csl.native.tokens import CLOSE, Tokens, decoration, display
from northbib.csl.native.tree import tree
from northbib.csl.style import Style
from northbib.markup.tree import Styled, Text, text_of

WORKS: list[dict[str, Any]] = [
    {
        "id": "A",
        "type": "book",
        "title": "A title of <i>one</i>",
        "author": [{"family": "Doe", "given": "Jane"}],
        "issued": {"date-parts": [[2001]]},
    },
    {
        "id": "a",
        "type": "article-journal",
        "title": "Another title",
        "container-title": "A journal",
        "author": [{"family": "Roe", "given": "Richard"}],
        "issued": {"date-parts": [[2002]]},
        "page": "12-15",
    },
]


def test_ids_that_differ_in_case_are_two_works() -> None:
    begun = session(Style.load("apa"), WORKS, Options("en-US"))
    assert [id_ for id_, _ in begun.bibliography()] == ["A", "a"]


def test_a_cite_with_a_locator_and_words_of_the_user_is_set() -> None:
    begun = session(Style.load("apa"), WORKS, Options("en-US"))
    cited = begun.cite([Cite("a", locator="14", prefix="see", suffix="and others")])
    assert text_of(cited) == "(see Roe, 2002, p. 14 and others)"


def test_emphasis_within_emphasis_is_upright() -> None:
    begun = session(Style.load("apa"), WORKS, Options("en-US"))
    entry = dict(begun.bibliography())["A"]
    assert Styled("emphasis", (Text("A title of "),)) in entry
    assert Text(" ") not in entry
    assert "A title of one" in text_of(entry)


def test_the_same_style_can_set_two_documents_at_once() -> None:
    style = Style.load("chicago-notes-bibliography")
    first, second = (session(style, WORKS, Options("en-US")) for _ in range(2))
    assert first.cite([Cite("A")]) == second.cite([Cite("A")])
    assert first.cite([Cite("A")]) != first.cite([Cite("a")])


def test_a_work_of_which_a_style_prints_nothing_is_given_in_plain_words() -> None:
    style = Style.load(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
        "<info><title>A style</title><id>x</id><updated>2020-01-01T00:00:00+00:00</updated></info>"
        '<citation><layout><text variable="DOI"/></layout></citation>'
        '<bibliography><layout><text variable="DOI"/></layout></bibliography></style>'
    )
    begun = session(style, WORKS[:1], Options("en-US"))
    assert "Doe" in text_of(begun.cite([Cite("A")]))
    assert "Doe" in text_of(dict(begun.bibliography())["A"])
    assert [(finding.code, finding.key) for finding in begun.warnings] == [("not-set", "A")]


def test_blocks_stand_apart_in_a_tree() -> None:
    tokens: Tokens = [display("left-margin"), "1.", CLOSE, display("right-inline"), "Text", CLOSE]
    assert text_of(tree(tokens)) == "1. Text"


def test_styles_that_share_their_outer_part_are_one_node() -> None:
    bold, italic = decoration("font-weight", "bold"), decoration("font-style", "italic")
    tokens: Tokens = [bold, "a", italic, "b", CLOSE, CLOSE]
    assert tree(tokens) == (Styled("strong", (Text("a"), Styled("emphasis", (Text("b"),)))),)


def test_equal_styles_that_meet_are_one() -> None:
    small = decoration("font-variant", "small-caps")
    tokens: Tokens = [small, "d’", CLOSE, small, "Exemple", CLOSE]
    assert tree(tokens) == (Styled("small-caps", (Text("d’Exemple"),)),)
