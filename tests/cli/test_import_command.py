from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

import program
from terminals import NORTHBIB, Terminal

if TYPE_CHECKING:
    from pathlib import Path


def northbib(*arguments: str | Path, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [program.path(), *map(str, arguments)]
    return subprocess.run(command, input=data, capture_output=True, check=False)


@pytest.fixture
def library(root: Path, tmp_path: Path) -> Path:
    return shutil.copytree(root / "bibliographies", tmp_path / "library")


NEW = b"TY  - BOOK\r\nTI  - A title of its own\r\nPY  - 2001\r\nAU  - Doe, Jane\r\nER  - \r\n"


def test_in_a_pipe_what_is_new_is_written_and_can_be_undone(library: Path) -> None:
    run = northbib("--library", library, "import", "-", "--to", "taken", data=NEW)
    assert run.returncode == 0, run.stderr
    assert b"new        doe2001title" in run.stdout
    assert b"doe2001title" in (library / "taken.bib").read_bytes()
    assert northbib("--library", library, "undo").returncode == 0
    assert not (library / "taken.bib").exists()


def test_a_library_that_comes_back_in_another_format_is_the_same(library: Path) -> None:
    out = library.parent / "all.ris"
    northbib("--library", library, "export", "-o", out)
    run = northbib("--library", library, "import", out)
    assert (run.returncode, run.stdout) == (0, b"")
    assert b"0 new, 160 same, 0 changed, 0 duplicate" in run.stderr


def test_what_is_left_makes_the_status_1(library: Path) -> None:
    (line,) = [
        line
        for line in (library / "northern-futures.bib").read_text().splitlines()
        if line.startswith("@article{lee2017cards")
    ]
    entry = (library / "northern-futures.bib").read_text().split(line)[1].split("\n}\n")[0]
    again = line.replace("lee2017cards", "another") + entry + "\n}\n"
    run = northbib("--library", library, "import", "-", data=again.encode())
    assert run.returncode == 1
    assert b"is lee2017cards at" in run.stdout
    assert b"same DOI" in run.stdout


def test_a_plan_is_data(library: Path) -> None:
    run = northbib("--library", library, "import", "-", "--dry-run", "--json", data=NEW)
    (found,) = json.loads(run.stdout)
    assert (found["status"], found["key"], found["there"]) == ("new", "doe2001title", None)


def test_the_file_is_the_source_of_what_was_imported(library: Path) -> None:
    northbib("--library", library, "import", "-", "--to", "taken", data=NEW)
    run = northbib("--library", library, "show", "doe2001title", "--explain")
    assert b"file:<stdin>" in run.stdout


CHANGED = b"TY  - BOOK\r\nID  - a\r\nTI  - A title\r\nPB  - Somebody\r\nER  - \r\n"


@pytest.mark.parametrize(
    ("keys", "status", "is_new_there", "is_changed"),
    [
        ("y\r", 1, True, False),
        ("u\r", 0, True, True),
        ("\x03", 130, False, False),
    ],
)
def test_at_a_terminal_a_person_is_asked_once(
    tmp_path: Path, keys: str, status: int, *, is_new_there: bool, is_changed: bool
) -> None:
    (tmp_path / "one.bib").write_text("@book{a,\n  title = {A title},\n}\n")
    (tmp_path / "theirs.ris").write_bytes(NEW + CHANGED)
    terminal = Terminal(tmp_path, NORTHBIB, "import", "theirs.ris")
    terminal.wait_for("import 1 new? y, n, or u to take over what differs in 1 as well")
    assert "publisher: 'Somebody'" in terminal.text
    terminal.type(keys)
    assert terminal.end() == status
    text = (tmp_path / "one.bib").read_text()
    assert ("A title of its own" in text) == is_new_there
    assert ("Somebody" in text) == is_changed
