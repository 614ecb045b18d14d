"""The options of `northbib render`: those of every reading list."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

import program
from northbib import open as open_library
from northbib.lists.options import OPTIONS

if TYPE_CHECKING:
    from pathlib import Path

NOTES = "# lee2017cards\nRead it <i>first</i>.\n\n# leeuw\nA note.\n"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder with a copy of the collection, and notes."""
    folder = tmp_path_factory.mktemp("here")
    shutil.copytree(root / "bibliographies", folder / "bibliographies")
    (folder / "notes.txt").write_text(NOTES)
    return folder


def run(here: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program.path(), "render", *arguments],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_option_of_a_list_is_one_of_the_command(here: Path) -> None:
    said = " ".join(run(here, "--help").stdout.split())
    for name, option in OPTIONS.items():
        assert f"--{name}" in said or f"--no-{name}" in said
        if name not in ("style", "locale", "engine"):
            assert option.meaning[1:] in said.replace("- ", "-") or option.meaning[1:] in said


def test_a_list_is_the_same_on_the_command_line_and_in_python(here: Path) -> None:
    done = run(
        here,
        *("topic:transport", "--group-by=-decade,type", "--order", "report", "--level", "2"),
        *("--sort", "author,-year", "--limit", "8", "--limit-per-group=2", "--ordered", "--oa"),
        *("--links", "title", "--intro", "To <i>begin</i> with", "--style", "apa"),
        *("--to", "html", "--no-coins"),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("<p>To <i>begin</i> with</p>\n<h2")
    assert "<ol" in done.stdout
    made = open_library(here / "bibliographies").render(
        "topic:transport",
        group="-decade,type",
        order=["report"],
        level=2,
        sort=["author", "-year"],
        limit=8,
        limit_per_group=2,
        ordered=True,
        oa=True,
        links=("title",),
        intro="To <i>begin</i> with",
        style="apa",
        coins=False,
    )
    assert made == done.stdout


def test_python_lists_keys_in_their_order(here: Path) -> None:
    library = open_library(here / "bibliographies")
    keys = ["osborne2014powerhouse", "lee2017cards", "act2011localism"]
    html = library.render(keys=keys, notes={"act2011localism": "One.\n\nTwo."})
    places = [html.index(f'id="ref-{key}"') for key in keys]
    assert places == sorted(places)
    assert html.count("northbib-annotation") == 2


def test_notes_come_from_a_file_and_those_without_a_work_are_named(here: Path) -> None:
    done = run(here, "lee2017cards", "--notes", "notes.txt", "--to", "markdown")
    assert "    Read it *first*.\n" in done.stdout
    assert done.stderr == "the note on leeuw belongs to no work of the list\n"


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--level", "7"], 2, "--level: '7' is not a number from 1 to 6"),
        (["--group-by", "tpoic"], 2, "--group-by: there is no field 'tpoic' to group by; did you"),
        (["--group-by", "type", "--order", "reprot"], 2, "there is no type 'reprot' to put in"),
        (["--order", "report"], 2, "an order of groups needs groups"),
        (["--links", "dio"], 2, "--links: there is no 'dio' to link; did you mean doi"),
        (["--notes", "none.txt"], 4, "none.txt: there is no such file of notes"),
        (["--limit", ""], 2, "--limit: the option limit has no value"),
        (["--locale", "en-GV"], 4, "there is no locale 'en-GV'"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(
    here: Path, arguments: list[str], status: int, message: str
) -> None:
    done = run(here, "topic:transport", *arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.startswith(f"northbib: {message}")
    assert len(done.stderr.splitlines()) == 1
