"""What a regular expression is known to need is in every text that it fits."""

from __future__ import annotations

import re
import warnings
from importlib import import_module

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from northbib.library.searching.fitting import Piece, variants
from northbib.library.searching.literals import needed

regex = import_module("regex")
SIGNS = "abcAB12 -.[](|)*+?^${},:=!<\\\\dbwsxNp#"
TEXTS = st.lists(st.text("abc12 -.", max_size=12), max_size=20)


@pytest.mark.parametrize(
    ("pattern", "run"),
    [
        ("gro.th", "gro"),
        ("Growth", "growth"),
        (r"\bgrowth\b", "growth"),
        ("growths?", "growth"),
        ("growth{2}", "growt"),
        ("(growth)*market", "market"),
        ("(growth|market) town", "town"),
        ("[abc]growth", "growth"),
        ("smith2014", "smith"),
        ("growth|market", ""),
        ("(?i)growth", ""),
        (r"\x41growth", ""),
        ("19[0-9]{2}", ""),
    ],
)
def test_the_longest_run_that_is_sure_is_needed(pattern: str, run: str) -> None:
    assert needed(pattern) == run


@given(st.text(SIGNS, max_size=14), TEXTS)
@example("[[:alpha:]abc]", ["x", "1"])
@example("abc(?:b)?12", ["abc12"])
@example("abca{e<=1}", ["abc"])
def test_what_fits_has_what_is_needed(pattern: str, texts: list[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compiled = regex.compile(pattern, regex.IGNORECASE | regex.MULTILINE)
        except regex.error:
            return
    for text in (*texts, "".join(character for character in pattern if character in "abc12 -.")):
        if compiled.search(text, timeout=1) is not None:
            assert needed(pattern) in text.lower()


def has_piece(words: list[str], piece: Piece) -> bool:
    start, end = r"\A" if piece.at_start else "", r"\Z" if piece.at_end else ""
    search = regex.compile(f"{start}{piece.source}{end}").search
    return any(search(word) is not None for word in words)


PATTERNS = st.text(SIGNS, max_size=10) | st.lists(
    st.sampled_from(
        [*r"a b c 1 2 . - | ( ) ? + \b ^ $ [ab] [a1] [0-9] \d \w {2} (?:".split(), " "]
    ),
    max_size=9,
).map("".join)


@given(PATTERNS, TEXTS, st.booleans())
@example("a(b|c) ?1", ["ab1", "ac 1"], False)
@example("a.1", ["ab1", "a11", "a-1"], True)
def test_what_fits_has_the_words_of_a_variant(pattern: str, texts: list[str], is_key: bool) -> None:
    found = variants(pattern, is_key=is_key)
    if found is None:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compiled = regex.compile(pattern, regex.IGNORECASE | regex.MULTILINE)
        except regex.error:
            return
    for text in (*texts, "".join(character for character in pattern if character in "abc12 -.")):
        words = re.findall("[a-z]+|[0-9]+" if is_key else "[a-z0-9]+", text)
        has = [all(has_piece(words, piece) for piece in each.pieces) for each in found]
        if compiled.search(text, timeout=1) is not None:
            assert any(has)
        elif not is_key:
            exact = (own for own, each in zip(has, found, strict=True) if each.is_exact)
            assert not any(exact)
