"""Notes that belong to one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.errors import InputError, NotFoundError
from northbib.lists.notes import Note, notes_of, parse_notes, read_notes

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\

# lee2017cards
The shortest way
into the debate.

Its figures are <i>old</i>.


## @sandford2009veto ##

On the referendum. #notakey
#notakeyeither
# act2011localism
"""


def test_a_note_is_a_heading_and_paragraphs() -> None:
    assert parse_notes(TEXT) == (
        Note(
            "lee2017cards",
            ("The shortest way into the debate.", "Its figures are <i>old</i>."),
            line=2,
        ),
        Note("sandford2009veto", ("On the referendum. #notakey #notakeyeither",), line=9),
        Note("act2011localism", (), line=13),
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_make_no_difference(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.notes.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", end).encode())
    assert read_notes(path) == parse_notes(TEXT)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("\nHello\n# a\n", 2, "this text stands before the first heading"),
        ("# a\n\n# two words\n", 3, "the heading 'two words' is no citation key"),
        ("# a\nx\n# A\ny\n", 3, "there is a note on A at line 1 already"),
    ],
)
def test_what_is_wrong_comes_with_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    path = tmp_path / "a.notes.txt"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        read_notes(path)
    assert (caught.value.where, caught.value.line, caught.value.message) == (path, line, message)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no such file of notes"):
        read_notes(tmp_path / "absent.txt")
    with pytest.raises(InputError, match="no file of notes"):
        read_notes(tmp_path)
    (tmp_path / "latin.txt").write_bytes(b"# a\n\xe9\n")
    with pytest.raises(InputError, match="not UTF-8"):
        read_notes(tmp_path / "latin.txt")
    (tmp_path / "large.txt").write_bytes(b"# a\n" + b"x" * 5_000_000)
    with pytest.raises(InputError, match="no file of notes"):
        read_notes(tmp_path / "large.txt")


def test_a_program_gives_notes_as_texts_by_key() -> None:
    assert notes_of({"a": "One.\n\nTwo\nlines."}) == (Note("a", ("One.", "Two lines.")),)
    assert notes_of(parse_notes("# a\nOne.")) == (Note("a", ("One.",), line=1),)


KEYS = st.text(
    st.characters(categories=("L", "N"), exclude_characters="#@"), min_size=1, max_size=5
)
WORDS = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=6).filter(
    lambda word: not word.startswith("#")
)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=3).map(tuple)


@given(st.dictionaries(KEYS, PARAGRAPHS, max_size=4))
def test_what_is_written_down_is_read_again(notes: dict[str, tuple[str, ...]]) -> None:
    once = {key.lower(): (key, text) for key, text in notes.items()}
    text = "".join(f"# {key}\n" + "\n\n".join(parts) + "\n\n" for key, parts in once.values())
    assert [(note.key, note.paragraphs) for note in parse_notes(text)] == list(once.values())


@given(st.text())
def test_any_text_is_notes_or_an_error_with_a_line(text: str) -> None:
    try:
        notes = parse_notes(text)
    except InputError as error:
        lines = [error.line]
    else:
        lines = [note.line for note in notes]
    assert all(line is not None and 1 <= line <= len(text.splitlines()) for line in lines)
