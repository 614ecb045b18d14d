"""Text of others in a record: harmless and on one line."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.resolve.clean import line, paragraph, rich


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Powerhouse\n  of\tcards?", "Powerhouse of cards?"),
        ("Cities &amp;amp; regions", "Cities & regions"),
        ("the &#8216;Northern Powerhouse&#8217;", "the ‘Northern Powerhouse’"),
        ("\x1b[31mRed\x1b[0m \x1b]0;title\x07news\x9b1m", "Red news"),
        ("Tw\u200bo\u202ewords\u2069 \ufeffhere", "Twowords here"),
        ("soft\u00adhyphen\x00\x07\x08", "softhyphen"),
        ("<jats:title>A <jats:italic>Homo</jats:italic> title</jats:title>", "A <i>Homo</i> title"),
        ("CO<sub>2</sub> and <sup>14</sup>C", "CO<sub>2</sub> and <sup>14</sup>C"),
        ("<span class='x'>A</span> <u>title</u>", "A title"),
        ("<i>never closed", "never closed"),
        ("<i>crossed <b>over</i></b>", "crossed over"),
        ("p < 0.05 and q > 1", "p < 0.05 and q > 1"),
        ("<script>alert(1)</script>A title", "A title"),
        ("How {braces} and \\commands{stay} text", "How {braces} and \\commands{stay} text"),
        ("e\u0301lan", "élan"),
    ],
)
def test_markup_is_kept_where_it_means_something_and_all_else_goes(raw: str, clean: str) -> None:
    assert rich(raw) == clean


def test_plain_lines_have_no_markup() -> None:
    assert line("<i>Regional</i> Studies") == "Regional Studies"


def test_an_abstract_loses_its_heading() -> None:
    raw = "<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two.</jats:p>"
    assert paragraph(raw) == "One. Two."


@given(st.text())
def test_nothing_that_commands_a_terminal_or_ends_a_line_survives(text: str) -> None:
    clean = rich(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in clean)
    assert not any(c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" for c in clean)
    assert clean == clean.strip()


@given(st.text(alphabet="<>/ibspu &;amltg"))
def test_tags_in_a_record_are_always_balanced(text: str) -> None:
    clean = rich(text)
    for tag in ("i", "b", "sub", "sup"):
        assert clean.count(f"<{tag}>") == clean.count(f"</{tag}>")
