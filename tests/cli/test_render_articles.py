"""`northbib render ARTICLE`, run as a user runs it."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

import program

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def here(tmp_path: Path, root: Path) -> Path:
    """A folder with a copy of the collection and an article."""
    shutil.copytree(root / "bibliographies", tmp_path / "bibliographies")
    (tmp_path / "a.md").write_text("As @lee2017cards [p. 480] says.\n", encoding="utf-8")
    return tmp_path


def run(here: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run northbib in a folder."""
    return subprocess.run(
        [program.path(), *arguments], cwd=here, capture_output=True, text=True, check=False
    )


def test_an_article_goes_to_a_new_file_and_stays_as_it_is(here: Path) -> None:
    before = (here / "a.md").read_bytes()
    done = run(here, "render", "a.md", "--style", "apa", "-o", "b.md")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "wrote b.md\n")
    assert "p. 480" in (here / "b.md").read_text("utf-8")
    assert (here / "a.md").read_bytes() == before


def test_the_article_itself_is_not_overwritten(here: Path) -> None:
    (here / "link.md").symlink_to("a.md")
    for name in ("a.md", "./a.md", "link.md"):
        done = run(here, "render", "a.md", "-o", name)
        assert done.returncode == 2
        assert "not overwritten" in done.stderr


def test_a_name_that_ends_in_html_asks_for_html(here: Path) -> None:
    run(here, "render", "a.md", "--style", "apa", "-o", "b.html")
    assert (here / "b.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    done = run(here, "render", "a.md", "--style", "apa", "--to", "html", "--fragment")
    assert done.stdout.startswith("<p>As Lee (")


def test_unknown_keys_leave_nothing_written(here: Path) -> None:
    (here / "a.md").write_text("A [@nobody].\n\n@noone too.\n", encoding="utf-8")
    done = run(here, "render", "a.md", "-o", "b.md")
    assert done.returncode == 4
    assert "a.md:1:4: no record has the key 'nobody'" in done.stderr
    assert "a.md:3:1: no record has the key 'noone'" in done.stderr
    assert not (here / "b.md").exists()
    kept = run(here, "render", "a.md", "--keep-unknown")
    assert (kept.returncode, kept.stdout) == (0, "A [@nobody].\n\n@noone too.\n")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("missing.md",), 4, "there is no such article"),
        (("a.md", "topic:transport"), 2, "rendered alone"),
        (("a.md", "--sort", "year"), 2, "--sort is for reading lists"),
        (("a.md", "--to", "rst"), 2, "pandoc converts to the others"),
        (("a.md", "--style", "no-such-style"), 4, "no-such-style"),
        (("a.md", "--fragment"), 2, "say --to html"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    here: Path, arguments: tuple[str, ...], status: int, message: str
) -> None:
    done = run(here, "render", *arguments)
    assert done.returncode == status
    assert message in done.stderr
    assert "Traceback" not in done.stderr
