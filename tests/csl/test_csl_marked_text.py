"""Rich text goes through an engine of strings and comes out as the tree it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.csl.citeproc_py.casing import change_case
from northbib.csl.citeproc_py.marks import mark_field, tidy, unmark
from northbib.markup.inline import parse_inline
from northbib.markup.tree import Styled, Text, text_of

PIECES = st.sampled_from(
    ["<i>", "</i>", "<b>", "</b>", "<sup>", "</sup>", '<span class="nocase">', "</span>"]
)
RICH = st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join)
HOSTILE = st.text(alphabet=st.characters(min_codepoint=0xFDCE, max_codepoint=0xFDF1), max_size=12)


@given(RICH)
def test_the_text_of_a_field_is_kept(text: str) -> None:
    plain = "".join(c for c in text if not "\ufdd0" <= c <= "\ufdef")
    assert text_of(unmark(str(mark_field(text)))) == text_of(parse_inline(plain))


@given(HOSTILE)
def test_marks_cannot_be_forged_by_a_field(text: str) -> None:
    assert all(isinstance(node, Text) for node in unmark(str(mark_field(text))))


@given(HOSTILE)
def test_marks_that_do_not_pair_up_are_left_out(text: str) -> None:
    shown = text_of(unmark(text))
    assert shown == "".join(c for c in text if not "\ufdd0" <= c <= "\ufdef")


@given(
    RICH,
    st.sampled_from(
        ["lowercase", "uppercase", "capitalize-first", "capitalize-all", "title", "sentence"]
    ),
)
def test_a_change_of_case_changes_nothing_but_case(text: str, case: str) -> None:
    before = str(mark_field(text))
    after = change_case(before, case, "en")
    assert text_of(unmark(after)).casefold() == text_of(unmark(before)).casefold() or (
        # A few letters become two, such as ß in capitals, or have no way back.
        not text.isascii()
    )


@pytest.mark.parametrize(
    ("case", "text", "changed"),
    [
        (
            "title",
            "the rise of the <i>northern</i> powerhouse",
            "The Rise of the Northern Powerhouse",
        ),
        ("title", "power: a history", "Power: A History"),
        ("title", "how eBay and the BBC work", "How eBay and the BBC Work"),
        ("title", "‘northern’ futures", "‘Northern’ Futures"),
        ("title", 'see <span class="nocase">de facto</span> rule', "See de facto Rule"),
        ("sentence", "The North Of England", "The north of england"),
        ("sentence", 'The <span class="nocase">North</span> of the BBC', "The North of the BBC"),
        ("sentence", "ALL CAPITALS", "All capitals"),
        ("capitalize-first", "<i>two</i> words", "Two words"),
        ("capitalize-all", "two (good) words", "Two (Good) Words"),
        ("uppercase", 'ab<span class="nocase">c</span>d', "ABcD"),
        ("lowercase", "ÀB", "àb"),
        ("no such case", "As is", "As is"),
    ],
)
def test_text_case(case: str, text: str, changed: str) -> None:
    assert text_of(unmark(change_case(str(mark_field(text)), case, "en"))) == changed


def test_title_case_is_for_english() -> None:
    assert change_case("der norden", "title", "de") == "der norden"
    assert change_case("der norden", "title", None) == "der norden"


def test_seams_are_tidied_and_text_is_not() -> None:
    italic = str(mark_field("<i>Potential.</i>"))
    assert text_of(unmark(tidy(f"{italic}. Next"))) == "Potential. Next"
    assert (
        text_of(unmark(tidy(str(mark_field("<i>Take off?</i>. ")) + " 2014"))) == "Take off? 2014"
    )
    assert tidy("Wait... what?. A..B") == "Wait... what?. A..B"


def test_a_style_inside_the_same_style_is_not_nested() -> None:
    assert unmark(str(mark_field("<i>a <i>b</i></i>"))) == (Styled("emphasis", (Text("a b"),)),)
