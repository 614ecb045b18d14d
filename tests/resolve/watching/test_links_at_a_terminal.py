"""Links checked at a terminal: how far it is, and Ctrl-C in the middle of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from loopback import html
from watched_library import TITLE, entry, stand_in

from terminals import NORTHBIB, Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from loopback import Handler, Loopback

COUNT = 30


@pytest.fixture
def env(server: Loopback, tmp_path: Path) -> dict[str, str]:
    """The environment of the program; it keeps what was answered."""
    options = {"CACHE": str(tmp_path / "answers.sqlite"), "PER_HOST": "2", "TIMEOUT": "30"}
    return stand_in(server, tmp_path) | {f"NORTHBIB_{name}": v for name, v in options.items()}


@pytest.fixture
def library(server: Loopback, tmp_path: Path) -> Path:
    """A library of links that each take a while."""

    def behave(handler: Handler) -> None:
        server.pause(0.25)
        html(f"<title>{TITLE}</title>")(handler)

    pages = [server.serve(f"/page{number}", behave) for number in range(COUNT)]
    file = tmp_path / "library.bib"
    entries = [entry(f"k{number}", url=page) for number, page in enumerate(pages)]
    file.write_text("\n".join(entries), encoding="utf-8")
    return file


def test_it_shows_how_far_it_is_and_a_run_that_was_broken_off_goes_on_where_it_was(
    server: Loopback, library: Path, tmp_path: Path, env: dict[str, str]
) -> None:
    command = (NORTHBIB, "--library", str(library), "check", "--links")
    terminal = Terminal(tmp_path, *command, env=env)
    assert "checking links" in terminal.wait_for(f"/{COUNT}")
    terminal.type("\x03")
    assert terminal.end() == 130
    assert terminal.text.endswith("northbib: interrupted")
    asked = len(server.asked)
    assert 0 < asked < COUNT
    terminal = Terminal(tmp_path, *command, env=env)
    assert terminal.end() == 0
    assert f"{COUNT} addresses, all checked" in terminal.text
    # What was under way when it was broken off is asked for again.
    assert len(server.asked) <= COUNT + int(env["NORTHBIB_PER_HOST"])
