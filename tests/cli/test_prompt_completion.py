"""Completion as the shells themselves do it, and what they are told."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

import program
from northbib.cli.command_line import read
from terminals import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENTRIES = """
@book{hall1998cities, title = {Cities in civilisation}, keywords = {north east, northern, cities}}
@book{hall1999cities, title = {The future of cities: 10%}, keywords = {cities}}
@report{zoo, title = {A zoo}, keywords = {zoos}}
"""
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "PS1='ready> '"),
    "zsh": (["zsh", "-f", "-i"], "PROMPT='ready> '; autoload -U compinit; compinit -u"),
    "fish": (
        ["fish", "--no-config", "-i"],
        "function fish_prompt; echo 'ready> '; end; set -g fish_autosuggestion_enabled 0",
    ),
}
LOADING = {
    "bash": 'eval "$(northbib completion bash)"',
    "zsh": 'eval "$(northbib completion zsh)"',
    "fish": "northbib completion fish | source",
}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a small library, and another one beside it."""
    for name in ("bibliographies", "elsewhere"):
        (tmp_path / name).mkdir()
    (tmp_path / "bibliographies/urban.bib").write_text(ENTRIES, encoding="utf-8")
    (tmp_path / "bibliographies/rural.bib").write_text("", encoding="utf-8")
    (tmp_path / "elsewhere/far.bib").write_text("@book{away, title = {Away}}", encoding="utf-8")
    return tmp_path


def asked(here: Path, line: str, shell: str = "zsh", breaks: str = "") -> list[list[str]]:
    """Give what a shell is told: for each completion its type, value and meaning."""
    run = subprocess.run(
        [program.path()],
        cwd=here,
        env={
            **os.environ,
            "XDG_CACHE_HOME": str(here / "cache"),
            "_NORTHBIB_COMPLETE": shell,
            "NORTHBIB_LINE": line,
            "NORTHBIB_BREAKS": breaks,
        },
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert run.stderr == ""
    return [row.split("\t") for row in run.stdout.splitlines()]


def values(here: Path, line: str) -> list[str]:
    """Give what a shell is told, `<files>` for its own completion of files."""
    return ["<files>" if kind == "file" else value for kind, value, _ in asked(here, line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("northbib remo", ["remove"]),
        ("northbib --lib", ["--library"]),
        ("northbib show HALL", ["hall1998cities", "hall1999cities"]),
        ("northbib --library elsewhere show ", ["away"]),
        ("northbib show zoo ha", ["hall1998cities", "hall1999cities"]),
        ("northbib tag zoo --add nor", ["north east", "northern"]),
        ("northbib add new.bib", ["<files>"]),
        ("northbib list topic:nor", ['topic:"north east"', "topic:northern"]),
        ("northbib list -topic:zo", ["-topic:zoos"]),
        ("northbib list 'topic:zoos or in:ru", ["topic:zoos or in:rural"]),
        ("northbib list 'title:x (key:z", ["title:x (key:zoo"]),
        ("northbib list in:u", ["in:urban"]),
        ("northbib list to", ["topic:"]),
        ("northbib list has:do", ["has:doi"]),
        ("northbib list is:", ["is:duplicate"]),
        ("northbib list type:article-n", ["type:article-newspaper"]),
        ("northbib list author:hal", []),
        ("northbib list unheard:of", []),
        ("northbib add --to ur", ["urban"]),
        ("northbib add --type leg", ["legal", "legal_case", "legislation"]),
        ("northbib show zoo --to csl-", ["csl-json", "csl-yaml"]),
        ("northbib edit zoo --set journalt", ["journaltitle=", "journaltitleaddon="]),
        ("northbib edit zoo --unset shortt", ["shorttitle"]),
        ("northbib cite zoo --style=northbib-f", ["--style=northbib-further-reading"]),
        ("northbib cite zoo --style northbib-f", ["northbib-further-reading"]),
        ("northbib render urban --sort author,-ye", ["author,-year"]),
        ("northbib render urban --group-by dec", ["decade"]),
        ("northbib render ur", ["urban", "url:", "<files>"]),
        ("northbib cite zoo --locale de-", ["de-AT", "de-CH", "de-DE"]),
        ("northbib styles show northbib-f", ["northbib-further-reading"]),
        ("northbib check --select duplicate-k", ["duplicate-key"]),
        ("northbib duplicates --merge --prefer lo", ["longer"]),
        ("northbib tidy ur", ["urban", "url:"]),
        ("northbib completion z", ["zsh"]),
        ("northbib nonsense --sho", []),
        ("northbib --library nowhere show ha", []),
        ("northbib log | northbib show zo", ["zoo"]),
        ("NORTHBIB_DEBUG=1 northbib show zo", ["zoo"]),
    ],
)
def test_a_word_goes_on_with_what_fits(here: Path, line: str, expected: list[str]) -> None:
    assert values(here, line) == expected


def test_keys_come_with_titles_and_without_control_characters(here: Path) -> None:
    file = here / "bibliographies/urban.bib"
    file.write_text(ENTRIES + "@book{q\x1b[31m, title = {Red}}", encoding="utf-8")
    rows = asked(here, "northbib show ")
    assert ["plain", "hall1999cities", "The future of cities: 10%"] in rows
    assert not [value for _, value, _ in rows if "\x1b" in value]


def test_what_is_open_ends_in_the_sign_that_goes_on(here: Path) -> None:
    assert {kind for kind, *_ in asked(here, "northbib edit zoo --set ti")} == {"open"}
    kinds = {value: kind for kind, value, _ in asked(here, "northbib list t")}
    assert kinds["topic:"] == "open"


def test_bash_gets_the_part_of_the_word_that_it_replaces_quoted_as_it_stands(here: Path) -> None:
    breaks = " \t\n\"'><=;|&(:"
    for line, expected in (
        ("northbib list topic:nor", [r"\"north\ east\"", "northern"]),
        ('northbib list "topic:nor', [r"topic:\"north east\"", "topic:northern"]),
        ("northbib list 'topic:nor", ['topic:"north east"', "topic:northern"]),
        ("northbib cite zoo --style=northbib-f", ["northbib-further-reading"]),
    ):
        assert [value for _, value, _ in asked(here, line, "bash", breaks)] == expected, line


def test_a_damaged_index_or_a_broken_file_says_nothing(here: Path) -> None:
    (here / "bibliographies/urban.bib").write_bytes(b"@book{a, title = {" + b"x" * 300_000)
    assert values(here, "northbib show ") == []
    folder = here / "cache/northbib/index"
    for index in folder.glob("*") if folder.exists() else ():
        index.write_bytes(b"SQLite format 3\0" + b"rubbish" * 1000)
    assert values(here, "northbib list topic:") == []


def test_a_large_library_is_asked_for_by_its_index_and_never_indexed_for_a_key(here: Path) -> None:
    title = "A title " * 40
    entries = (
        f"@book{{key{number:05}, title = {{{title}}}, keywords = {{topic{number % 7}}}}}\n"
        for number in range(2000)
    )
    (here / "bibliographies/urban.bib").write_text("".join(entries), encoding="utf-8")
    assert values(here, "northbib show key0000") == []
    assert not (here / "cache/northbib/index").exists()
    environment = {**os.environ, "XDG_CACHE_HOME": str(here / "cache")}
    subprocess.run(
        [program.path(), "list"], cwd=here, env=environment, check=True, capture_output=True
    )
    assert values(here, "northbib show KEY0000") == [f"key{number:05}" for number in range(10)]
    assert values(here, "northbib list topic:") == [f"topic:topic{number}" for number in range(7)]
    many = values(here, "northbib show k")
    # Too many to be of use; but what they have in common is what all have in common.
    assert (len(many), many[0], many[-1]) == (501, "key00000", "key01999")
    # What a change brings is offered, and what it takes away is not any more.
    for change, is_there in (("--add", True), ("--remove", False)):
        subprocess.run(
            [program.path(), "tag", "key00003", change, "once"],
            cwd=here,
            env={**environment, "XDG_STATE_HOME": str(here / "state")},
            check=True,
            capture_output=True,
        )
        assert ("topic:once" in values(here, "northbib list topic:")) is is_there


@pytest.mark.parametrize(
    ("text", "words", "last", "quote", "cut"),
    [
        ("northbib show a", ["show"], "a", "", 0),
        ("northbib show a ", ["show", "a"], "", "", 0),
        ("northbib list topic:a", ["list"], "topic:a", "", 6),
        ("northbib list 'a b' \"c d", ["list", "a b"], "c d", '"', 0),
        ("northbib list a\\ b\\:c", ["list"], "a b:c", "", 0),
        ("northbib list x'", ["list"], "x", "'", 1),
        ("cd /; northbib show", [], "show", "", 0),
        ("A=b northbib sh", [], "sh", "", 0),
        ("", [], "", "", 0),
        ("northbib \\", [], "", "", 0),
    ],
)
def test_a_command_line_is_cut_as_a_shell_cuts_it(
    text: str, words: list[str], last: str, quote: str, cut: int
) -> None:
    line = read(text, ":=")
    assert (line.words, line.last, line.quote, line.cut) == (words, last, quote, cut)


@pytest.fixture(params=list(SHELLS))
def shell(request: pytest.FixtureRequest, here: Path) -> Iterator[Terminal]:
    """A shell that has loaded the script for it."""
    command, setting = SHELLS[request.param]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    terminal = Terminal(here, *command, columns=100, env={"NORTHBIB_LIBRARY": ""})
    terminal.wait_for(lambda terminal: bool(terminal.output))
    time.sleep(0.5)
    for line in (setting, LOADING[request.param]):
        terminal.type(f"{line}\n")
    terminal.type("clear\n")
    terminal.wait_for(lambda terminal: terminal.text.strip() == "ready>")
    yield terminal
    terminal.type("\x03exit\n")


COMPLETED = {
    "northbib compl": "northbib completion ",
    "northbib show zo": "northbib show zoo ",
    "northbib show hall1": "northbib show hall199",
    "northbib list topic:zo": "northbib list topic:zoos ",
    "northbib list -topic:zo": "northbib list -topic:zoos ",
    "northbib list in:ru": "northbib list in:rural ",
    "northbib list topi": "northbib list topic:",
    "northbib cite --style=northbib-f": "northbib cite --style=northbib-further-reading ",
    "northbib edit zoo --set journaltitlea": "northbib edit zoo --set journaltitleaddon=",
    "northbib render elsewhere/fa": "northbib render elsewhere/far.bib ",
}
"""What is typed before a tab -> what then stands there."""


def test_a_shell_completes(shell: Terminal) -> None:
    for typed, completed in COMPLETED.items():
        shell.type(f"{typed}\t")
        shell.wait_for(completed.strip())
        time.sleep(0.2)
        # What follows shows whether there is a blank behind the word.
        shell.type("!")
        shell.wait_for(f"{completed}!")
        shell.type("\x15")
        shell.wait_for(lambda terminal: terminal.lines[terminal.row].strip() == "ready>")


def test_a_shell_says_nothing_where_nothing_fits(shell: Terminal) -> None:
    shell.type("northbib --library /nowhere show zo\t")
    time.sleep(1)
    shell.type("!")
    shell.wait_for("show zo!")
    assert "Traceback" not in shell.text
    assert "northbib:" not in shell.text


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_printed_for_packagers_as_well(here: Path, name: str) -> None:
    printed = subprocess.check_output([program.path(), "completion", name], text=True)
    environment = {**os.environ, "_NORTHBIB_COMPLETE": f"{name}_source"}
    assert subprocess.check_output([program.path()], env=environment, text=True) == printed
    if shutil.which(name):
        file = here / "script"
        file.write_text(printed, encoding="utf-8")
        subprocess.run([name, "-n", str(file)], check=True)


def test_the_shell_is_that_of_the_user_or_asked_for(here: Path) -> None:
    for shell, status in (("/usr/bin/fish", 0), ("/bin/tcsh", 2), ("", 2)):
        run = subprocess.run(
            [program.path(), "completion"],
            env={**os.environ, "SHELL": shell},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == status, run.stderr
