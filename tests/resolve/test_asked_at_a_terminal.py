"""Uncertain matches, likenesses and conflicts: asked at a terminal, and nowhere else."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from loopback import Answer, Loopback, html, loopback

import program
from northbib.resolve.http.services import SERVICES
from terminals import NORTHBIB, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loopback import Handler

DOI = "10.1080/00343404.2016.1196289"
OTHER = "10.1086/261763"
TITLE = "Powerhouse of cards? Understanding the ‘Northern Powerhouse’"
LEE = {
    "type": "journal-article",
    "title": [TITLE],
    "author": [{"family": "Lee", "given": "Neil"}],
    "container-title": ["Regional Studies"],
    "published-print": {"date-parts": [[2017]]},
    "volume": "51",
    "issue": "3",
    "page": "478-489",
    "DOI": DOI,
}
KRUGMAN = {
    "type": "journal-article",
    "title": ["Increasing Returns and Economic Geography"],
    "author": [{"family": "Krugman", "given": "Paul"}],
    "container-title": ["Journal of Political Economy"],
    "published-print": {"date-parts": [[1991]]},
    "DOI": OTHER,
}
WORDS = "The powerhouse and its cards in geography"


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        for prefix in ("10.1080", "10.1086"):
            agency = json.dumps([{"DOI": prefix, "RA": "Crossref"}]).encode()
            running.serve(f"/doi/ra/{prefix}", Answer(agency))
        for work in (LEE, KRUGMAN):
            answer = json.dumps({"status": "ok", "message": work}).encode()
            running.serve(f"/crossref/works/{work['DOI']}", Answer(answer))
        listed = json.dumps({"status": "ok", "message": {"items": [LEE, KRUGMAN]}}).encode()
        running.serve("/crossref/works", Answer(listed))
        yield running


@pytest.fixture
def env(server: Loopback) -> dict[str, str]:
    bases = {f"NORTHBIB_{name.upper()}_URL": f"{server.url}/{name}/" for name in SERVICES}
    return {**bases, "NORTHBIB_ALLOW_PRIVATE": "1", "NORTHBIB_CACHE": "off"}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "library.bib").write_text("", encoding="utf-8")
    return tmp_path


def entry(here: Path) -> str:
    return (here / "library.bib").read_text(encoding="utf-8")


def in_a_pipe(here: Path, env: dict[str, str], *arguments: str) -> tuple[int, str, str]:
    run = subprocess.run(
        [program.path(), *arguments],
        cwd=here,
        env={"HOME": str(here), "PATH": "/usr/bin", "XDG_STATE_HOME": str(here / "state"), **env},
        input="1\n",
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stdout, run.stderr


def test_an_uncertain_match_is_chosen_from_works_as_readers_see_them(
    here: Path, env: dict[str, str]
) -> None:
    terminal = Terminal(here, NORTHBIB, "add", WORDS, env=env, columns=120)
    screen = terminal.wait_for("which one is it?")
    assert "no work matches surely" in screen
    assert "Regional Studies" in screen
    assert OTHER in screen
    terminal.type("x\r")
    terminal.wait_for("'x' is none of that")
    terminal.type("2\r" if screen.index(OTHER) > screen.index(DOI) else "1\r")
    assert terminal.end() == 0
    assert OTHER in entry(here)
    assert "Increasing Returns" in terminal.text


def test_none_of_them_adds_nothing_and_is_an_error(here: Path, env: dict[str, str]) -> None:
    terminal = Terminal(here, NORTHBIB, "add", WORDS, env=env)
    terminal.wait_for("which one is it?")
    terminal.type("n\r")
    assert terminal.end() == 4
    assert entry(here) == ""


def test_a_person_who_leaves_has_added_nothing(here: Path, env: dict[str, str]) -> None:
    terminal = Terminal(here, NORTHBIB, "add", WORDS, env=env)
    terminal.wait_for("which one is it?")
    terminal.type("\x03")
    assert terminal.end() == 130
    assert entry(here) == ""


@pytest.mark.parametrize("command", ["add", "resolve"])
def test_in_a_pipe_an_uncertain_match_is_said_and_nobody_is_asked(
    here: Path, env: dict[str, str], command: str
) -> None:
    status, out, err = in_a_pipe(here, env, command, WORDS)
    assert (status, out) == (4, "")
    assert f"{WORDS}: no work matches surely; give the DOI of one: " in err
    assert DOI in err
    assert "which one" not in err


def test_resolve_asks_too_and_its_output_stays_clean(here: Path, env: dict[str, str]) -> None:
    command = f"{NORTHBIB} resolve '{WORDS}' --to csl-json 2>/dev/null"
    terminal = Terminal(here, "sh", "-c", command, env=env)
    terminal.type("1\r")
    assert terminal.end() == 0
    terminal = Terminal(here, "sh", "-c", f"{NORTHBIB} resolve '{WORDS}' > found", env=env)
    assert terminal.end() == 4
    assert (here / "found").read_bytes() == b""


def test_what_was_added_is_shown_as_its_reader_sees_it(here: Path, env: dict[str, str]) -> None:
    status, out, _ = in_a_pipe(here, env, "add", DOI, "--key", "lee")
    assert status == 0
    first, seen = out.splitlines()
    assert first == "added lee to library"
    assert seen.startswith("  ")
    assert "Powerhouse of cards" in seen
    assert "Regional Studies" in seen


def test_what_a_record_lacks_is_said(here: Path, env: dict[str, str], server: Loopback) -> None:
    bare = {"type": "journal-article", "title": ["A title"], "DOI": OTHER}
    answer = json.dumps({"status": "ok", "message": bare}).encode()
    server.serve(f"/crossref/works/{OTHER}", Answer(answer))
    _, out, _ = in_a_pipe(here, env, "add", OTHER)
    assert out.splitlines()[-1] == "  this @article has no author, journaltitle and date"


@pytest.fixture
def page(server: Loopback) -> str:
    """A page that gives another year and volume than the registry of its DOI."""
    of_page = {
        "title": TITLE,
        "author": "Lee, Neil",
        "journal_title": "Regional Studies",
        "publication_date": "2016/08/12",
        "volume": "50",
        "doi": DOI,
    }
    metas = "".join(f'<meta name="citation_{n}" content="{v}">' for n, v in of_page.items())
    server.serve("/lee", html(f"<title>{TITLE}</title>{metas}<h1>{TITLE}</h1>"))
    return f"{server.url}/lee"


def test_of_rival_sources_the_right_one_is_chosen_field_by_field(
    here: Path, env: dict[str, str], page: str
) -> None:
    terminal = Terminal(here, NORTHBIB, "add", page, "--key", "lee", env=env, columns=120)
    screen = terminal.wait_for("which one is right?")
    assert "sources differ in issued" in screen
    assert "1  registry:crossref has 2017" in screen
    assert "2  page has 2016-08-12" in screen
    terminal.type("2\r")
    terminal.wait_for("sources differ in volume/issue/page")
    terminal.wait_for("which one is right?")
    terminal.type("\r")
    assert terminal.end() == 0
    assert "date         = {2016-08-12}" in entry(here)
    assert "volume       = {51}" in entry(here)
    _, out, _ = in_a_pipe(here, env, "show", "lee", "--explain")
    assert "2016-08-12  [page:highwire" in out
    assert "51  [registry:crossref" in out


def test_what_belongs_together_is_believed_together(
    here: Path, env: dict[str, str], page: str
) -> None:
    terminal = Terminal(here, NORTHBIB, "add", page, env=env, columns=120)
    terminal.wait_for("which one is right?")
    terminal.type("\r")
    terminal.wait_for("volume/issue/page")
    terminal.type("2\r")
    assert terminal.end() == 0
    assert "volume       = {50}" in entry(here)
    assert "pages" not in entry(here)


def test_in_a_pipe_rival_sources_are_shown_and_settled_by_an_option(
    here: Path, env: dict[str, str], page: str
) -> None:
    status, _, err = in_a_pipe(here, env, "add", page, "--dry-run")
    assert status == 0
    assert (
        "sources differ in issued: registry:crossref has 2017; page has 2016-08-12; the first one"
        " is believed, --prefer page believes the other" in err
    )
    status, _, err = in_a_pipe(here, env, "add", page, "--prefer", "page")
    assert (status, err) == (0, "")
    assert "date         = {2016-08-12}" in entry(here)


def test_sources_that_agree_are_no_question(
    here: Path, env: dict[str, str], server: Loopback
) -> None:
    metas = f'<meta name="citation_title" content="{TITLE}">'
    metas += f'<meta name="citation_doi" content="{DOI}">'
    metas += '<meta name="citation_author" content="N. Lee">'
    metas += '<meta name="citation_publication_date" content="2017/03/01">'
    metas += '<meta name="citation_publisher" content="Taylor &amp; Francis">'
    server.serve("/lee", html(f"{metas}<h1>{TITLE}</h1>"))
    terminal = Terminal(here, NORTHBIB, "add", f"{server.url}/lee", env=env, columns=120)
    assert terminal.end() == 0
    assert "sources differ" not in terminal.text


COPY = f"""@article{{mine,
  author = {{Lee, Neil}},
  title = {{{TITLE}}},
  journaltitle = {{Regional Studies}},
  date = {{2017}},
}}
"""


def test_a_work_that_is_like_one_that_is_there_is_not_added_in_a_pipe(
    here: Path, env: dict[str, str]
) -> None:
    (here / "library.bib").write_text(COPY, encoding="utf-8")
    status, out, err = in_a_pipe(here, env, "add", DOI)
    assert (status, out) == (1, "")
    assert f"{DOI}: not added: it seems to be here as mine, at library.bib:1" in err
    assert entry(here) == COPY
    status, out, _ = in_a_pipe(here, env, "add", DOI, "--anyway")
    assert status == 0
    assert DOI in entry(here)


@pytest.mark.parametrize(("answer", "status"), [("n", 1), ("y", 0)])
def test_at_a_terminal_a_likeness_is_a_question(
    here: Path, env: dict[str, str], answer: str, status: int
) -> None:
    (here / "library.bib").write_text(COPY, encoding="utf-8")
    terminal = Terminal(here, NORTHBIB, "add", DOI, env=env, columns=120)
    assert "mine at library.bib:1" in terminal.wait_for("add it all the same?")
    terminal.type(f"{answer}\r")
    assert terminal.end() == status
    assert (DOI in entry(here)) == (answer == "y")


OLD = f"""@article{{lee,
  title = {{{TITLE}}},
  volume = {{50}},
  pages = {{1--2}},
  doi = {{{DOI}}},
}}

@article{{krugman,
  title = {{Increasing Returns and Economic Geography}},
  date = {{1990}},
  doi = {{{OTHER}}},
}}
"""


@pytest.fixture
def old(here: Path) -> Path:
    (here / "library.bib").write_text(OLD, encoding="utf-8")
    return here


def test_conflicts_are_chosen_when_the_gaps_are_filled(old: Path, env: dict[str, str]) -> None:
    terminal = Terminal(old, NORTHBIB, "enrich", env=env, columns=120)
    screen = terminal.wait_for("[q]uit")
    assert "1 of 2: lee" in screen
    assert "volume is 50, registry:crossref has 51" in screen
    assert "author = {Lee, Neil}" in entry(old)
    terminal.type("e\r")
    terminal.wait_for("volume: [k]eep 50, [t]ake 51")
    terminal.type("t\r")
    terminal.wait_for("page: [k]eep")
    terminal.type("k\r")
    terminal.wait_for("2 of 2: krugman")
    terminal.type("t\r")
    assert terminal.end() == 0
    assert "volume = {51}" in entry(old)
    assert "pages = {1--2}" in entry(old)
    assert "date = {1991}" in entry(old)
    # What was kept is not asked about again, and no preference takes it.
    assert Terminal(old, NORTHBIB, "enrich", env=env).end() == 0
    assert in_a_pipe(old, env, "enrich", "--prefer", "crossref")[0] == 0
    assert "pages = {1--2}" in entry(old)
    assert in_a_pipe(old, env, "enrich", "--overwrite", "page")[0] == 0
    assert "pages = {478--489}" in entry(old)


def test_one_answer_serves_all_that_follow_and_quitting_leaves_them_open(
    old: Path, env: dict[str, str]
) -> None:
    terminal = Terminal(old, NORTHBIB, "enrich", env=env, columns=120)
    terminal.wait_for("[q]uit")
    terminal.type("q\r")
    assert terminal.end() == 1
    assert "3 fields differ" in terminal.text
    assert "volume = {50}" in entry(old)
    terminal = Terminal(old, NORTHBIB, "enrich", env=env, columns=120)
    terminal.wait_for("[q]uit")
    terminal.type("ta\r")
    assert terminal.end() == 0
    assert "volume = {51}" in entry(old)
    assert "number = {3}" in entry(old)
    assert "date = {1991}" in entry(old)


def test_in_a_pipe_conflicts_are_shown_or_settled_by_an_option(
    old: Path, env: dict[str, str]
) -> None:
    status, out, _ = in_a_pipe(old, env, "enrich")
    assert status == 1
    assert "lee: volume is 50, registry:crossref has 51" in out
    assert "volume = {50}" in entry(old)
    assert in_a_pipe(old, env, "enrich", "--prefer", "mine")[0] == 0
    assert "volume = {50}" in entry(old)
    assert in_a_pipe(old, env, "enrich", "--prefer", "crossref")[0] == 0
    assert "volume = {51}" in entry(old)
    assert "pages = {478--489}" in entry(old)


def test_a_dry_run_asks_nothing(old: Path, env: dict[str, str]) -> None:
    assert Terminal(old, NORTHBIB, "enrich", "--dry-run", env=env).end() == 1
    assert entry(old) == OLD


def test_a_record_that_is_renamed_meanwhile_is_left_alone_and_said(
    old: Path, env: dict[str, str], server: Loopback
) -> None:
    answer = Answer(json.dumps({"status": "ok", "message": LEE}).encode())

    def rename(handler: Handler) -> None:
        (old / "library.bib").write_text(OLD.replace("{lee,", "{lee2017,"), encoding="utf-8")
        answer(handler)

    server.serve(f"/crossref/works/{DOI}", rename)
    status, out, err = in_a_pipe(old, env, "enrich", "key:lee", "--prefer", "mine")
    assert (status, out.splitlines()[-1]) == (1, "0 of 1 records filled, 0 fields differ")
    assert "no record has the key 'lee'" in err
    assert entry(old) == OLD.replace("{lee,", "{lee2017,")
