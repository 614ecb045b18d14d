"""Enriching many records: stopped at any moment, it goes on and asks nothing twice."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from loopback import Answer, Handler, Loopback, loopback

import program
from northbib.resolve.batch import resolve_all
from terminals import NORTHBIB, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from northbib.resolve import Settings

# The prefix that Crossref keeps for tests.
PREFIX = "10.5555"
COUNT = 120
THREADS = 32


def work(number: str) -> dict[str, object]:
    return {
        "type": "journal-article",
        "DOI": f"{PREFIX}/{number}",
        "title": [f"A title {number}"],
        "container-title": ["A journal"],
        "volume": "51",
    }


class Registry:
    """Crossref on loopback: single works, and lists of them if it has these."""

    def __init__(self, server: Loopback, pause: float = 0.0, *, lists: bool = True) -> None:
        self._server, self._pause, self._lists = server, pause, lists
        agency = json.dumps([{"DOI": PREFIX, "RA": "Crossref"}]).encode()
        server.serve(f"/ra/{PREFIX}", Answer(agency))
        server.serve("/works", self.several)
        for number in range(COUNT):
            server.serve(f"/works/{PREFIX}/{number}", self.single)

    def single(self, handler: Handler) -> None:
        self._server.pause(self._pause)
        number = handler.path.rpartition("/")[2]
        message = {"status": "ok", "message": work(number)}
        Answer(json.dumps(message).encode())(handler)

    def several(self, handler: Handler) -> None:
        self._server.pause(self._pause)
        if not self._lists:
            Answer(b"no lists here", 400)(handler)
            return
        numbers = re.findall(rf"doi:{PREFIX}/(\d+)", unquote(handler.path))
        # One is missing, as the documentation says may be.
        items = [work(number) for number in reversed(numbers) if number != "7"]
        message = {"status": "ok", "message": {"items": items}}
        Answer(json.dumps(message).encode())(handler)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


@pytest.fixture
def env(server: Loopback, tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "NORTHBIB_DOI_URL": f"{server.url}/",
        "NORTHBIB_CROSSREF_URL": f"{server.url}/",
        "NORTHBIB_ALLOW_PRIVATE": "1",
        "NORTHBIB_CACHE": str(tmp_path / "answers.sqlite"),
        "NORTHBIB_KEYRING": "0",
        "NORTHBIB_PER_HOST": "8",
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }


@pytest.fixture
def library(tmp_path: Path) -> Path:
    entries = (
        f"@article{{k{n},\n  title = {{A title {n}}},\n  doi = {{{PREFIX}/{n}}},\n}}\n"
        for n in range(COUNT)
    )
    file = tmp_path / "library.bib"
    file.write_text("\n".join(entries), encoding="utf-8")
    return file


def settings(server: Loopback, **changes: object) -> Settings:
    bases = {"doi": f"{server.url}/", "crossref": f"{server.url}/"}
    return server.settings(bases=bases, **changes)


def test_works_of_one_registry_are_asked_about_in_lists(server: Loopback) -> None:
    Registry(server)
    names = [f"https://doi.org/{PREFIX}/{number}" for number in range(100)]
    outcomes = list(resolve_all(names, settings=settings(server)))
    titles = [each.resolution and each.resolution.record.title for each in outcomes]
    assert titles == [f"A title {number}" for number in range(100)]
    asked = [path.partition("?")[0] for path in server.asked]
    assert asked.count("/works") == 3
    assert [path for path in asked if path.startswith("/works/")] == [f"/works/{PREFIX}/7"]


def test_few_works_are_asked_about_one_by_one(server: Loopback) -> None:
    Registry(server)
    list(resolve_all([f"{PREFIX}/1", f"{PREFIX}/2"], settings=settings(server)))
    assert sorted(server.asked) == [f"/ra/{PREFIX}", f"/works/{PREFIX}/1", f"/works/{PREFIX}/2"]


def test_where_a_registry_has_no_lists_each_work_is_asked_about(server: Loopback) -> None:
    Registry(server, lists=False)
    names = [f"{PREFIX}/{number}" for number in range(50)]
    outcomes = list(resolve_all(names, settings=settings(server)))
    assert all(each.resolution for each in outcomes)


def test_what_came_in_a_list_is_kept_for_each_work(server: Loopback, tmp_path: Path) -> None:
    Registry(server)
    names = [f"{PREFIX}/{number}" for number in range(50)]
    chosen = settings(server, cache=tmp_path / "answers.sqlite")
    list(resolve_all(names, settings=chosen))
    before = len(server.asked)
    list(resolve_all(names, settings=chosen))
    offline = settings(server, cache=tmp_path / "answers.sqlite", offline=True)
    assert all(each.resolution for each in resolve_all(names[:5], settings=offline))
    assert len(server.asked) == before


def test_results_that_are_not_wanted_any_longer_end_the_asking(server: Loopback) -> None:
    Registry(server, 0.05)
    outcomes = resolve_all((f"{PREFIX}/{n}" for n in range(COUNT)), settings=settings(server))
    next(outcomes)
    begin = time.monotonic()
    outcomes.close()  # type: ignore[attr-defined]
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "kill"])
def test_a_run_that_was_stopped_goes_on_and_asks_nothing_twice(
    server: Loopback, env: dict[str, str], library: Path, stop: signal.Signals
) -> None:
    Registry(server, 0.05, lists=False)
    command = [NORTHBIB, "--library", str(library), "enrich"]
    with subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        # Something has been found; most has not.
        assert first.stdout.readline().startswith("k")
        first.send_signal(stop)
        _, said = first.communicate()
    assert first.returncode == (130 if stop is signal.SIGINT else -stop)
    assert "Traceback" not in said
    # Whole records, or none of it: the file can be read, and nobody's field is half there.
    text = library.read_text(encoding="utf-8")
    assert text.count("@article{") == COUNT
    assert text.count("volume = {51}") == text.count("journaltitle = {A journal}")
    if stop is signal.SIGINT:
        assert "volume = {51}" in text
    again = subprocess.run(
        [program.path(), *command[1:]], env=env, capture_output=True, text=True, check=False
    )
    assert again.returncode == 0, again.stderr
    assert library.read_text(encoding="utf-8").count("volume = {51}") == COUNT
    asked = [path for path in server.asked if path.startswith("/works/")]
    repeated = len(asked) - len(set(asked))
    # What was under way in one of the threads when it was stopped had not been kept.
    assert repeated <= THREADS
    # Each was read as often as it was needed: the first run had asked for some of them only.
    assert len(set(asked)) == COUNT


def test_a_terminal_shows_how_far_it_is(
    server: Loopback, env: dict[str, str], library: Path
) -> None:
    Registry(server, 0.1, lists=False)
    terminal = Terminal(library.parent, NORTHBIB, "--library", str(library), "enrich", env=env)
    screen = terminal.wait_for(f"/{COUNT}")
    assert "looking up" in screen
    assert terminal.end() == 0
    assert f"{COUNT} of {COUNT} records filled, 0 fields differ" in terminal.text


def test_what_a_person_sets_while_it_runs_stays(
    server: Loopback, env: dict[str, str], library: Path
) -> None:
    Registry(server, 0.1, lists=False)
    command = [program.path(), "--library", str(library)]
    with subprocess.Popen([*command, "enrich"], env=env, stdout=subprocess.DEVNULL) as run:
        while not any(path.startswith("/works/") for path in server.asked):
            time.sleep(0.01)
        subprocess.run([*command, "edit", "k9", "--set", "volume=9"], env=env, check=True)
        run.wait()
    assert "volume = {9}" in library.read_text(encoding="utf-8")


def test_one_undo_takes_back_what_one_write_filled(
    server: Loopback, env: dict[str, str], library: Path
) -> None:
    Registry(server)
    before = library.read_bytes()
    command = [program.path(), "--library", str(library)]
    subprocess.run([*command, "enrich"], env=env, check=True, capture_output=True)
    assert library.read_bytes() != before
    log = subprocess.run([*command, "log"], env=env, check=True, capture_output=True, text=True)
    for _ in log.stdout.splitlines():
        subprocess.run([*command, "undo"], env=env, check=True, capture_output=True)
    assert library.read_bytes() == before
