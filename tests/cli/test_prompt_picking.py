"""Choosing records at a terminal where a command gets no key; never without a terminal."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import program
from terminals import NORTHBIB, Terminal

if TYPE_CHECKING:
    from pathlib import Path

DOWN = "\x1b[B"
LIVE: dict[str, str] = {}
NUMBERED = {"TERM": "dumb"}


@pytest.fixture
def here(tmp_path: Path, root: Path) -> Path:
    """A folder with a copy of the collection."""
    shutil.copytree(root / "bibliographies", tmp_path / "bibliographies")
    return tmp_path


def has(here: Path, key: str) -> bool:
    return any(f"{{{key}," in file.read_text("utf-8") for file in here.glob("bibliographies/*"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("show",),
        ("edit", "--set", "note=x"),
        ("tag", "--add", "x"),
        ("move", "--to", "x"),
        ("remove",),
        ("cite",),
    ],
    ids=" ".join,
)
def test_without_a_terminal_a_key_has_to_be_named(here: Path, arguments: tuple[str, ...]) -> None:
    run = subprocess.run(
        [program.path(), *arguments],
        cwd=here,
        input="1\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert f"as in northbib {arguments[0]} KEY" in run.stderr


def test_with_only_half_a_terminal_nobody_is_asked(here: Path) -> None:
    terminal = Terminal(here, "sh", "-c", f"{NORTHBIB} show | cat; {NORTHBIB} show < /dev/null")
    assert terminal.end() == 2
    assert terminal.text.count("no key was given") == 2


def test_typing_makes_the_records_fewer_and_enter_takes_one(here: Path) -> None:
    terminal = Terminal(here, NORTHBIB, "show", columns=100)
    terminal.wait_for("1 of 160")
    terminal.type("powerhouse cards")
    screen = terminal.wait_for("1 of 2;")
    assert "lee2016serc" in screen
    terminal.type(DOWN)
    terminal.wait_for("2 of 2")
    terminal.type("\r")
    assert terminal.end() == 0
    # What was drawn to choose is gone.
    assert terminal.text.startswith("lee2017cards  bibliographies/northern-futures.bib:")


def test_a_query_has_all_its_fields_and_mistakes_do_no_harm(here: Path) -> None:
    terminal = Terminal(here, NORTHBIB, "cite")
    terminal.wait_for("of 160")
    terminal.type("topic:transport type:rep")
    terminal.wait_for("no type is called 'rep'")
    terminal.type("ort in:northern-transport")
    terminal.wait_for("of 5;")
    terminal.type("\x15lee2017crds")
    terminal.wait_for("no record matches lee2017crds")
    terminal.type("\r")
    terminal.type("\x15key:lee2017cards")
    terminal.wait_for("1 of 1;")
    terminal.type("\r")
    assert terminal.end() == 0
    assert "2017" in terminal.text


def test_tab_marks_several_in_the_order_of_marking(here: Path) -> None:
    terminal = Terminal(here, NORTHBIB, "tag", "--add", "chosen", columns=100)
    terminal.wait_for("of 160")
    terminal.type("act2016")
    terminal.wait_for("of 2;")
    terminal.type("\t\t")
    terminal.wait_for("2 marked")
    terminal.type("\x15key:lee2017cards")
    terminal.wait_for("1 of 1, 2 marked")
    terminal.type("\t")
    terminal.wait_for("3 marked")
    terminal.type("\t")
    terminal.wait_for("1 of 1, 2 marked")
    terminal.type("\r")
    assert terminal.end() == 0
    assert sorted(line.split(":")[0] for line in terminal.text.splitlines()) == [
        "act2016cities",
        "act2016scotland",
    ]


@pytest.mark.parametrize("settings", [LIVE, NUMBERED], ids=["live", "numbered"])
@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["ctrl-c", "ctrl-d"])
def test_leaving_changes_nothing(here: Path, settings: dict[str, str], key: str) -> None:
    terminal = Terminal(here, NORTHBIB, "remove", env=settings)
    terminal.wait_for("adonis2014mending")
    terminal.wait_for("northbib remove")
    terminal.type(key)
    assert terminal.end() == 130
    assert has(here, "adonis2014mending")


def test_what_was_chosen_is_removed_only_after_a_question(here: Path) -> None:
    for answer, status in (("n", 130), ("y", 0)):
        terminal = Terminal(here, NORTHBIB, "remove")
        terminal.wait_for("of 160")
        terminal.type("key:lee2017cards")
        terminal.wait_for("1 of 1;")
        terminal.type("\r")
        terminal.wait_for("remove lee2017cards?")
        terminal.type(f"{answer}\n")
        assert terminal.end() == status
        assert has(here, "lee2017cards") == bool(status)


def test_a_plain_terminal_gets_numbers(here: Path) -> None:
    terminal = Terminal(here, NORTHBIB, "show", columns=100, rows=60, env=NUMBERED)
    terminal.wait_for("145 more")
    terminal.type("topic:\n")
    terminal.wait_for("topic: needs a word")
    terminal.type("powerhouse cards\n")
    terminal.wait_for(" 2  lee2017cards")
    terminal.type("99999\n")
    terminal.wait_for("no record matches 99999")
    terminal.type("powerhouse cards\n")
    terminal.wait_for(lambda terminal: terminal.text.count(" 2  lee2017cards") == 2)
    terminal.type("2, 1\n")
    assert terminal.end() == 0
    assert "\x1b" not in terminal.output
    shown = terminal.output.rpartition("search for:")[2]
    assert 0 < shown.index("lee2017cards  bib") < shown.index("lee2016serc  bib")


def test_without_prompt_toolkit_numbers_do(here: Path) -> None:
    code = (
        "import sys\nsys.modules['prompt_toolkit'] = None\n"
        "from northbib.cli.app import main\nmain(['show'])"
    )
    terminal = Terminal(here, sys.executable, "-c", code)
    terminal.wait_for("numbers, or words to search for")
    terminal.type("1\n")
    assert terminal.end() == 0
    assert "type" in terminal.text


def test_an_empty_library_has_nothing_to_choose(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, NORTHBIB, "show")
    assert terminal.end() == 4
    assert "no records to choose from" in terminal.text
