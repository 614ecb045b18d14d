"""Whole pages, the files that others link to, and the clipboard, from the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from northbib.markup.html_page import ASSETS, asset

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def desktop(tmp_path: Path) -> Path:
    """Give a folder with programs of desktops that write to files what they get."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("wl-copy", "xclip"):
        program = folder / name
        program.write_text(f'#!/bin/sh\ncat > "{tmp_path}/{name}.got"\n', encoding="utf-8")
        program.chmod(0o755)
    (folder / "pyperclip.py").write_text(
        "import pathlib\n"
        f"def copy(text): pathlib.Path({str(tmp_path / 'plain.got')!r}).write_text(text)\n",
        encoding="utf-8",
    )
    return folder


def northbib(
    root: Path, *arguments: str, desktop: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    if desktop is not None:
        environment |= {
            "PATH": f"{desktop}{os.pathsep}{environment['PATH']}",
            "PYTHONPATH": str(desktop),
        }
    return subprocess.run(
        [sys.executable, "-m", "northbib", "--library", str(root / "bibliographies"), *arguments],
        env={**environment, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_list_as_a_page(root: Path) -> None:
    done = northbib(
        root, "render", "topic:transport", "--to", "html", "--page", "--group", "type", "--title",
        "Trains & more", "--locale", "en-GB",
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.startswith('<!DOCTYPE html>\n<html lang="en-GB" dir="ltr">\n')
    assert "<h1>Trains &amp; more</h1>" in done.stdout
    assert '<h2 id="ref-group-' in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--page"], "--page is for HTML"),
        (["--to", "html", "--title", "A"], "--title is that of a page"),
        (["--clipboard", "-o", "a.txt"], "exclude each other"),
    ],
)
def test_options_that_do_not_go_together(root: Path, arguments: list[str], said: str) -> None:
    done = northbib(root, "render", "key:lee2017cards", *arguments)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize("name", ASSETS)
def test_the_files_for_other_pages(root: Path, name: str) -> None:
    assert northbib(root, "asset", name).stdout == asset(name)


@pytest.mark.parametrize(
    ("variable", "program"), [("WAYLAND_DISPLAY", "wl-copy"), ("DISPLAY", "xclip")]
)
def test_html_goes_to_the_clipboard_as_html(
    root: Path, tmp_path: Path, desktop: Path, variable: str, program: str
) -> None:
    words = ("render", "key:lee2017cards", "--to", "html", "--clipboard")
    done = northbib(root, *words, desktop=desktop, **{variable: ":0"})
    assert (done.returncode, done.stdout) == (0, "")
    assert "on the clipboard as HTML" in done.stderr
    assert '<li id="ref-lee2017cards"' in (tmp_path / f"{program}.got").read_text(encoding="utf-8")


def test_elsewhere_the_source_goes_there(root: Path, tmp_path: Path, desktop: Path) -> None:
    done = northbib(
        root, "render", "key:lee2017cards", "--to", "markdown", "--clipboard", desktop=desktop
    )
    assert done.returncode == 0, done.stderr
    assert "on the clipboard as text" in done.stderr
    assert (tmp_path / "plain.got").read_text(encoding="utf-8").startswith("- [")


def test_an_article_goes_there_with_its_sections_written(
    root: Path, tmp_path: Path, desktop: Path
) -> None:
    article = tmp_path / "a.md"
    article.write_text(
        "<!-- northbib:begin key:lee2017cards -->\n<!-- northbib:end -->\n", encoding="utf-8"
    )
    done = northbib(root, "embed", "--clipboard", str(article), desktop=desktop)
    assert done.returncode == 0, done.stderr
    copied = (tmp_path / "plain.got").read_text(encoding="utf-8")
    assert copied == article.read_text(encoding="utf-8")
    assert "Powerhouse of cards?" in copied


@pytest.mark.parametrize("arguments", [["--check", "a.md"], ["a.md", "b.md"], ["missing.md"]])
def test_the_clipboard_holds_one_article(root: Path, arguments: list[str]) -> None:
    done = northbib(root, "embed", "--clipboard", *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_machine_without_a_clipboard_says_so(root: Path, tmp_path: Path) -> None:
    (tmp_path / "pyperclip.py").write_text(
        "def copy(text): raise RuntimeError('none')\n", encoding="utf-8"
    )
    done = northbib(root, "render", "key:lee2017cards", "--clipboard", PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert "nothing can be put on the clipboard here" in done.stderr
