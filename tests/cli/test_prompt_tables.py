"""Lists on a terminal: tables that fit it, colours, pages; and none of that in a pipe."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import program
from northbib.cli.highlighting import marker
from northbib.cli.table import fitted, lines
from northbib.cli.terminal import safe
from northbib.records import Date, Name, Record
from terminals import NORTHBIB, Terminal

if TYPE_CHECKING:
    from pathlib import Path

CELLS = st.text(st.sampled_from("aé日本語한글e\u0301ß–👩🏽ﬁ\u200d\ufe0f -<i>"), max_size=80)
ODD = """
@book{kanji, title = {日本語の題名がとても長い場合にどうなるかを見るための本、続く続く続く},
  author = {山田, 太郎}, date = {2014}}
@book{accents, title = {Cafe\u0301 de\u0301ja\u0300 vu of a title that goes on and on and on},
  author = {Pa\u0301raic, Se\u0301an}, date = {2015}}
@book{a-very-long-citation-key-that-somebody-made-of-the-title, title = {Short}, date = {2016}}
@book{hostile, title = {Red \x1b[31mtext\x07 and more}, author = {A \x9b5mB}, date = {2017}}
"""


@pytest.fixture
def here(tmp_path: Path, root: Path) -> Path:
    """A folder with a copy of the collection."""
    shutil.copytree(root / "bibliographies", tmp_path / "bibliographies")
    return tmp_path


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A folder with records that are hard to show."""
    (tmp_path / "odd.bib").write_text(ODD, encoding="utf-8")
    return tmp_path


def listed(here: Path, *arguments: str, columns: int = 80, **env: Any) -> Terminal:
    """Run northbib on a terminal without a pager, to its end."""
    terminal = Terminal(
        here, NORTHBIB, *arguments, columns=columns, rows=400, env={"PAGER": "", **env}
    )
    assert terminal.end() == 0
    return terminal


@pytest.mark.parametrize("columns", [24, 40, 59, 60, 80, 109, 110, 139, 140, 200])
def test_every_record_has_one_line_that_fits_the_terminal(here: Path, columns: int) -> None:
    shown = listed(here, "list", columns=columns).text.splitlines()
    assert len(shown) == 160
    piped = subprocess.check_output([program.path(), "list"], cwd=here, text=True)
    keys = [line.split("\t")[0] for line in piped.splitlines()]
    cut = [key[: columns - 1] for key in keys]
    assert all(line.startswith(key) for line, key in zip(shown, cut, strict=True))


def test_a_wider_terminal_shows_more_of_a_record(here: Path) -> None:
    query = ("list", "key:lee2017cards")
    narrow, usual, wide, widest = (
        listed(here, *query, columns=columns).text for columns in (50, 80, 120, 180)
    )
    assert narrow == "lee2017cards  2017  Powerhouse of cards? Understa…"
    assert usual.startswith("lee2017cards  Lee  2017  Powerhouse of cards?")
    assert wide.endswith("article-journal")
    assert widest.endswith("northern-powerhouse, agglomeration")


def test_wide_characters_and_combining_marks_keep_the_columns(odd: Path) -> None:
    shown = listed(odd, "list", columns=70)
    years = [
        line.index(str(year)) for year, line in zip(range(2014, 2016), shown.lines, strict=False)
    ]
    # On the screen of pyte a wide character is followed by an empty cell.
    kanji, accents = shown.lines[:2]
    assert cell_len(kanji[: years[0]]) == cell_len(accents[: years[1]])
    assert max(map(cell_len, shown.lines)) <= 70


def test_a_key_is_whole_as_long_as_the_terminal_is_wide_enough(odd: Path) -> None:
    key = "a-very-long-citation-key-that-somebody-made-of-the-title"
    assert key in listed(odd, "list", columns=70).lines[2]
    assert listed(odd, "list", columns=50).lines[2] == f"{key[:49]}…"


def test_a_record_cannot_command_the_terminal(odd: Path) -> None:
    for arguments in (("list",), ("search", "red"), ("show", "hostile")):
        output = listed(odd, *arguments, NO_COLOR="1").output
        assert "Red  [31mtext  and more" in output
        assert not [sign for sign in ("\x1b[31m", "\x07", "\x9b") if sign in output]


def test_columns_counts_before_the_terminal(here: Path) -> None:
    shown = listed(here, "list", columns=120, COLUMNS="50").text.splitlines()
    assert max(map(cell_len, shown)) == 50


def test_what_a_search_found_is_highlighted_but_for_no_color_and_dumb_terminals(here: Path) -> None:
    query = ("search", "author:lee", "pówerhouse")
    coloured = listed(here, *query).output
    assert "\x1b[31m\x1b[1mPowerhouse\x1b[0m of" in coloured
    assert "\x1b[31m\x1b[1mLee\x1b[0m" in coloured
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb")):
        plain = listed(here, *query, columns=80, **{name: value})
        assert "\x1b" not in plain.output
        assert re.search(r"^lee2017cards +Lee +2017  Powerhouse of", plain.text, re.MULTILINE)


@pytest.mark.parametrize(
    ("query", "text", "column", "marked"),
    [
        ("strasse", "Die Straße", "title", "Die [Straße]"),
        ("left behind", "A left-behind place", "title", "A [left]-[behind] place"),
        ('"left behind"', "A left-behind place", "title", "A [left-behind] place"),
        ("-power house", "power house", "title", "power [house]"),
        ("author:lee", "Sleep Lee", "people", "Sleep [Lee]"),
        ("author:lee", "Lee", "title", "Lee"),
        ("topic:north", "north", "topics", "[north]"),
        ("rege*", "Unrege regeneration", "title", "Unrege [rege]neration"),
        ("/(a+)+b/", "aaaa", "title", "aaaa"),
        ("year:2014 in:x", "2014 x", "title", "2014 x"),
    ],
)
def test_the_words_of_a_query_are_marked_where_they_are_looked_for(
    query: str, text: str, column: str, marked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("northbib.cli.highlighting.styled", lambda text, **_: f"[{text}]")
    assert marker(query)(text, column) == marked


@pytest.mark.skipif(shutil.which("less") is None, reason="less is not installed")
def test_a_list_longer_than_the_screen_is_paged(here: Path) -> None:
    terminal = Terminal(here, NORTHBIB, "list")
    terminal.wait_for("adonis2014mending")
    terminal.wait_for(lambda terminal: terminal.lines[-1].startswith(":"))
    terminal.type("q")
    assert terminal.end() == 0
    short = Terminal(here, NORTHBIB, "list", "key:lee2017cards")
    assert short.end() == 0
    assert short.text.startswith("lee2017cards")


def test_pager_names_the_pager(here: Path) -> None:
    pager = here / "pager"
    pager.write_text("#!/bin/sh\nwc -l\n", encoding="utf-8")
    pager.chmod(0o755)
    terminal = Terminal(here, NORTHBIB, "list", env={"PAGER": str(pager)})
    assert terminal.end() == 0
    assert terminal.text.strip() == "160"
    plain = Terminal(here, NORTHBIB, "list", rows=400, env={"PAGER": "cat"})
    assert plain.end() == 0
    assert len(plain.text.splitlines()) == 160


def test_a_pipe_gets_tabs_and_nothing_that_draws(here: Path) -> None:
    code = (
        "import sys\nfrom northbib.cli.app import run\nrun(['list'])\n"
        "drawing = {'rich', 'prompt_toolkit', 'northbib.cli.table'} & set(sys.modules)\n"
        "sys.exit(', '.join(drawing) or 0)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=here, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert all(line.count("\t") == 1 for line in run.stdout.splitlines())


@given(CELLS, st.integers(0, 60))
def test_a_text_is_cut_to_its_columns_exactly(text: str, columns: int) -> None:
    cut = fitted(text, columns)
    assert cell_len(cut) == columns
    if columns and cell_len(text) <= columns:
        assert cut.startswith(text.rstrip("\u200d"))


@given(CELLS, CELLS, CELLS, st.integers(20, 200))
def test_no_line_is_wider_than_the_terminal(key: str, title: str, name: str, width: int) -> None:
    values: dict[str, str | tuple[Name, ...] | Date] = {
        "title": title,
        "author": (Name(family=name),) * 5,
        "issued": Date.parse("2014"),
    }
    records = [Record(key or "k", "book", values), Record("short", "report", {})]
    assert all(cell_len(line) <= width for line in lines(records, width))


@given(st.text())
def test_what_is_safe_has_no_control_characters(text: str) -> None:
    cleaned = safe(text)
    assert not [sign for sign in cleaned if ord(sign) < 32 or 127 <= ord(sign) < 160]
