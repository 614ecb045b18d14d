"""Progress of long work: at a terminal, of what takes long, and nowhere else."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from northbib.cli import progressing
from northbib.progress import counted, watched_by
from terminals import NORTHBIB, Terminal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

CODE = """
import sys, time
from northbib.cli.app import COMMANDS, cli, main
from northbib.progress import counted
import click

@click.command()
def work():
    for _ in counted(range(200), "working"):
        list(counted(range(200), "on a part"))
        time.sleep(0.01)
    click.echo("done")

sys.modules["northbib.cli.working"] = sys.modules["__main__"]
work_command = work
COMMANDS["work"] = ("working", "Work.")
main(["work"])
"""


@pytest.fixture
def work(tmp_path: Path) -> list[str]:
    """A command of northbib that takes two seconds."""
    (tmp_path / "work.py").write_text(CODE, encoding="utf-8")
    return [NORTHBIB.removesuffix("northbib") + "python", "work.py"]


def test_long_work_shows_how_far_it_is_and_leaves_nothing_behind(
    tmp_path: Path, work: list[str]
) -> None:
    terminal = Terminal(tmp_path, *work)
    screen = terminal.wait_for("/200")
    assert "working" in screen
    assert "on a part" not in terminal.output
    assert terminal.end() == 0
    assert terminal.text == "done"


def test_ctrl_c_ends_it_and_gives_the_cursor_back(tmp_path: Path, work: list[str]) -> None:
    terminal = Terminal(tmp_path, *work)
    terminal.wait_for("/200")
    terminal.type("\x03")
    assert terminal.end() == 130
    assert "northbib: interrupted" in terminal.text
    assert terminal.output.rindex("\x1b[?25h") > terminal.output.rindex("\x1b[?25l")


def test_a_pipe_and_a_dumb_terminal_see_nothing(tmp_path: Path, work: list[str]) -> None:
    run = subprocess.run(work, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("done\n", "")
    terminal = Terminal(tmp_path, *work, env={"TERM": "dumb"})
    assert terminal.end() == 0
    assert terminal.text == "done"


def test_what_is_soon_done_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with progressing.Display():
        assert list(counted(range(1000), "counting")) == list(range(1000))
        assert list(counted(range(3), "counting")) == [0, 1, 2]
    assert capsys.readouterr() == ("", "")


def test_who_does_not_watch_gets_the_items_themselves() -> None:
    items = [1, 2, 3]
    assert counted(items, "counting") is items
    told: list[str] = []

    def watch(items: Collection[object], doing: str) -> Iterable[object]:
        told.append(f"{doing} {len(items)}")
        return items

    with watched_by(watch):  # type: ignore[arg-type]
        assert list(counted(items, "counting")) == items
    assert counted(items, "counting") is items
    assert told == ["counting 3"]


@pytest.mark.parametrize(
    ("command", "doing"),
    [
        (["list", "zz"], "indexing"),
        (["check"], "checking"),
        (["duplicates"], "comparing"),
        (["tidy", "--check"], "tidying"),
        (["render", "works"], "setting"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_commands_tell_how_far_they_are(tmp_path: Path, command: list[str], doing: str) -> None:
    entries = (
        f"@book{{k{number}, title = {{Title {number * 7919}}}, abstract = {{{'word ' * 200}}}}}\n"
        for number in range(300)
    )
    (tmp_path / "works.bib").write_text("".join(entries), encoding="utf-8")
    code = (
        "import sys\nfrom northbib.cli import app, progressing\nprogressing._SOON = 0\n"
        f"app.main({command!r})"
    )
    python = NORTHBIB.removesuffix("northbib") + "python"
    terminal = Terminal(tmp_path, python, "-c", code, env={"PAGER": ""})
    terminal.end()
    assert doing in terminal.output
