"""The commands that clean a library, each run as a user runs it."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

import program
from terminals import NORTHBIB

if TYPE_CHECKING:
    from pathlib import Path

COPY = """\
@Article{Lee17,
  Author = "Lee, N.",
  title = {Powerhouse of cards? Understanding the `Northern Powerhouse'},
  journal = {Reg. Stud.}, year = 2017, doi = {https://doi.org/10.1080/00343404.2016.1196289},
  note = {Read twice},
}
"""


@pytest.fixture
def here(tmp_path: Path, root: Path) -> Path:
    """A folder with two bibliographies of the collection."""
    folder = tmp_path / "bibliographies"
    folder.mkdir()
    for name in ("northern-futures.bib", "northern-transport.bib"):
        shutil.copy(root / "bibliographies" / name, folder)
    return tmp_path


def run(here: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run northbib in a folder."""
    return subprocess.run(
        [program.path(), *arguments],
        cwd=here,
        env=environment(here),
        capture_output=True,
        text=True,
        check=False,
    )


def environment(here: Path) -> dict[str, str]:
    return {**os.environ, "HOME": str(here / "home"), "XDG_STATE_HOME": "", "XDG_CACHE_HOME": ""}


def add(here: Path, text: str, name: str = "mine.bib") -> Path:
    file = here / "bibliographies" / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("command", ["duplicates", "tidy", "rekey"])
def test_a_query_that_finds_nothing_is_not_told_as_clean(here: Path, command: str) -> None:
    done = run(here, command, "zzzz")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "no record matches zzzz\n"


def test_a_library_without_duplicates_is_found_clean(here: Path) -> None:
    done = run(here, "duplicates")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no duplicates\n")


def test_duplicates_come_with_their_reasons_and_places(here: Path) -> None:
    add(here, COPY)
    done = run(here, "duplicates")
    assert done.returncode == 1
    first, one, other = done.stdout.splitlines()
    assert first.startswith("1.00 certain  same DOI, title")
    assert "Lee17" in one
    assert "bibliographies/northern-futures.bib:" in other
    assert done.stderr == "1 work with 2 records\n"


def test_a_query_leaves_out_other_groups(here: Path) -> None:
    add(here, COPY)
    assert run(here, "duplicates", "in:northern-transport").returncode == 0
    assert run(here, "duplicates", "key:lee17").returncode == 1


def test_json_says_all_of_it(here: Path) -> None:
    add(here, COPY)
    found = json.loads(run(here, "duplicates", "--json").stdout)
    (group,) = found["duplicates"]
    assert group["certain"]
    assert [each["key"] for each in group["records"]] == ["Lee17", "lee2017cards"]
    done = json.loads(run(here, "duplicates", "--merge", "--json").stdout)
    assert done["merged"] == [{"key": "lee2017cards", "gone": ["Lee17"], "conflicts": []}]
    assert done["duplicates"] == []


def test_what_is_certain_is_merged_without_asking(here: Path) -> None:
    file = add(here, COPY)
    done = run(here, "duplicates", "--merge")
    assert (done.returncode, done.stdout) == (0, "merged Lee17 into lee2017cards\n")
    assert file.read_text(encoding="utf-8") == ""
    shown = run(here, "show", "Lee17", "--to", "biblatex").stdout
    assert "Read twice" in shown
    assert "ids" in shown


def test_what_differs_is_left_until_it_is_said_whose_values_stay(here: Path) -> None:
    add(here, COPY.replace("note =", "pages = {1--2}, note ="))
    left = run(here, "duplicates", "--merge")
    assert left.returncode == 1
    assert "not merged: they differ in pages; --prefer KEY decides" in left.stdout
    assert "pages: '478--489' stays, '1--2' of Lee17 does not" in left.stdout
    done = run(here, "duplicates", "--merge", "--prefer", "Lee17")
    assert done.returncode == 0
    assert "pages: '1--2' stays, '478--489' of lee2017cards does not" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--prefer", "longer"], "give --merge too"),
        (["--merge", "--prefer", "nobody"], "has no duplicates"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(here: Path, arguments: list[str], says: str) -> None:
    done = run(here, "duplicates", *arguments)
    assert done.returncode == 2
    assert says in done.stderr


def typed(here: Path, answers: str, *arguments: str) -> tuple[int, str]:
    """Run northbib at a terminal and type answers."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [NORTHBIB, *arguments],
        cwd=here,
        env=environment(here) | {"NO_COLOR": "1"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    os.write(ours, answers.encode())
    shown = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            shown += os.read(ours, 4096)
        except OSError:
            break
    os.close(ours)
    return process.wait(60), shown.decode().replace("\r\n", "\n")


def test_at_a_terminal_each_group_is_shown_and_asked_about(here: Path) -> None:
    add(here, COPY.replace("  doi", "  x").replace(", doi", ", x"))
    status, shown = typed(here, "what\nLee17\n", "duplicates", "--merge")
    assert status == 0
    assert "1 of 1:" in shown
    assert "merge into lee2017cards? y, n, l for the longer values" in shown
    assert "'what' is none of that" in shown
    assert "merged lee2017cards into Lee17" in shown
    assert run(here, "duplicates").returncode == 0


@pytest.mark.parametrize("answer", ["n", "q", ""])
def test_at_a_terminal_nothing_is_merged_that_is_not_wanted(here: Path, answer: str) -> None:
    file = add(here, COPY)
    status, _ = typed(here, f"{answer}\n", "duplicates", "--merge")
    assert status == 1
    assert file.read_text(encoding="utf-8") == COPY


def test_rekey_shows_old_and_new_keys(here: Path) -> None:
    pattern = "auth.lower + shorttitle(3, 3) + year"
    arguments = ("rekey", "key:lee2017cards", "--pattern", pattern)
    tried = run(here, *arguments, "--dry-run")
    assert tried.stdout == "lee2017cards -> leePowerhouseCardsUnderstanding2017\n"
    assert run(here, "show", "leePowerhouseCardsUnderstanding2017").returncode == 4
    done = run(here, *arguments)
    assert (done.returncode, done.stdout) == (0, tried.stdout)
    assert done.stderr == "1 record renamed\n"
    assert run(here, "show", "lee2017cards").returncode == 0
    assert run(here, *arguments, "--json").stdout == "[]\n"


def test_rekey_takes_the_pattern_of_the_settings(here: Path) -> None:
    settings = here / "bibliographies" / ".northbib.toml"
    settings.write_text("[keys]\npattern = 'auth + year'\n", encoding="utf-8")
    assert run(here, "rekey", "key:lee2017cards").stdout == "lee2017cards -> Lee2017\n"


def test_a_pattern_that_is_none_is_refused_with_its_column(here: Path) -> None:
    done = run(here, "rekey", "--pattern", "auth + yeer")
    assert done.returncode == 2
    assert (
        done.stderr
        == "northbib: key pattern, column 8: no function is called yeer; did you mean year\n"
    )


def test_tidy_says_what_it_tidied_and_does_it_once(here: Path) -> None:
    file = add(here, COPY)
    done = run(here, "tidy")
    assert (done.returncode, done.stdout) == (0, f"tidied {file.relative_to(here)}: 1 entry\n")
    again = run(here, "tidy")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "everything is tidy\n")


def test_tidy_check_and_diff_write_nothing(here: Path) -> None:
    file = add(here, COPY)
    checked = run(here, "tidy", "--check")
    assert checked.returncode == 1
    assert checked.stdout == (
        "bibliographies/mine.bib:1: Lee17 is not tidy: types, names, doi, delimiters, layout\n"
    )
    shown = run(here, "tidy", "--diff")
    assert shown.returncode == 1
    assert {"-@Article{Lee17,", "+@article{Lee17,"} <= set(shown.stdout.splitlines())
    assert file.read_text(encoding="utf-8") == COPY
    assert run(here, "tidy", "--check", "northern-transport").returncode == 0


def test_tidy_takes_a_query_and_rules(here: Path) -> None:
    file = add(here, f"{COPY}@Misc{{other,}}\n")
    done = run(here, "tidy", "key:other", "--only", "types")
    assert done.returncode == 0
    assert file.read_text(encoding="utf-8") == f"{COPY}@misc{{other,}}\n"
    assert run(here, "tidy", "--skip", "layuot").returncode == 2
    rules = run(here, "tidy", "--rules").stdout
    assert "unicode" in rules
    assert "only if asked for" in rules


def test_tidy_can_be_undone(here: Path) -> None:
    file = add(here, COPY)
    run(here, "tidy")
    assert run(here, "undo").returncode == 0
    assert file.read_text(encoding="utf-8") == COPY


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("indent = 'two'", "tidy.indent is no number"),
        ("colum = 2", "did you mean column"),
        ("skip = ['layuot']", "did you mean layout"),
        ("sort = 'size'", "use key or year"),
    ],
)
def test_settings_that_make_no_sense_are_named_with_their_file(
    here: Path, line: str, says: str
) -> None:
    settings = here / "bibliographies" / ".northbib.toml"
    settings.write_text(f"[tidy]\n{line}\n", encoding="utf-8")
    done = run(here, "tidy", "--check")
    assert done.returncode == 3
    assert says in done.stderr
    assert ".northbib.toml" in done.stderr
