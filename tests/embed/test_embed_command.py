"""`northbib embed` as a process: what it prints, writes and ends with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from small_library import BIBTEX

import program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PAIR = "<!-- northbib:begin keys=lee2017cards style=apa -->\n<!-- northbib:end -->\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    (tmp_path / "bibliographies").mkdir()
    (tmp_path / "bibliographies" / "north.bib").write_text(BIBTEX, encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "one.md").write_text(f"# One\n\n{PAIR}")
    (tmp_path / "content" / "two.html").write_text(PAIR)
    return tmp_path


def embed(here: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [program.path(), "embed", *arguments]
    done = subprocess.run(command, cwd=here, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "bug in northbib" not in done.stderr
    return done


def test_a_line_is_printed_for_each_file_that_changed(here: Path) -> None:
    done = embed(here, "content")
    assert (done.returncode, done.stdout) == (
        0,
        "content/one.md: 1 section written\ncontent/two.html: 1 section written\n",
    )
    again = embed(here, "content")
    assert (again.returncode, again.stdout) == (0, "")
    assert again.stderr == "2 articles: 2 sections up to date\n"
    (here / "content" / "one.md").write_text(PAIR)
    third = embed(here, "content/**/*.*")
    assert third.stdout == "content/one.md: 1 section written\n"
    assert third.stderr == "2 articles: 2 sections, 1 written, 1 up to date\n"


def test_a_check_names_sections_and_the_command_that_mends_them(here: Path) -> None:
    before = {path: path.read_bytes() for path in (here / "content").iterdir()}
    done = embed(here, "--check", "content")
    assert done.returncode == 1
    assert done.stdout == (
        "content/one.md:3: error: this section would change: `keys=lee2017cards style=apa`;"
        " to refresh it: northbib embed content [stale-section]\n"
        "content/two.html:1: error: this section would change: `keys=lee2017cards style=apa`;"
        " to refresh it: northbib embed content [stale-section]\n"
    )
    assert done.stderr == (
        "2 articles: 2 sections, 2 would change\nto refresh: northbib embed content\n"
    )
    assert {path: path.read_bytes() for path in (here / "content").iterdir()} == before
    embed(here, "content")
    assert embed(here, "--check", "content").returncode == 0


def test_the_command_that_mends_names_the_library(here: Path) -> None:
    command = [program.path(), "--library", "bibliographies/north.bib", "embed"]
    done = subprocess.run(
        [*command, "--check", "content/one.md"],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )
    mends = "northbib --library bibliographies/north.bib embed content/one.md"
    assert done.stderr.endswith(f"to refresh: {mends}\n")


def test_a_check_reports_in_the_forms_of_other_checks(here: Path) -> None:
    (here / "content" / "three.md").write_text("<!-- northbib:begin keys=lee -->\n")
    found = json.loads(embed(here, "--check", "--format", "json", "content").stdout)
    assert [(each["code"], each["file"], each["line"]) for each in found] == [
        ("stale-section", "content/one.md", 3),
        ("unmatched-begin", "content/three.md", 1),
        ("unknown-key", "content/three.md", 1),
        ("stale-section", "content/two.html", 1),
    ]
    done = embed(here, "--check", "--format", "github", "content/one.md")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=content/one.md,line=3,title=stale-section::this")
    done = embed(here, "--check", "--format", "errorformat", "content/one.md")
    assert done.stdout.startswith("content/one.md:3:1: error: this section would change")
    sarif = json.loads(embed(here, "--check", "--format", "sarif", "content/one.md").stdout)
    (result,) = sarif["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "content/one.md"


def test_a_check_of_faulty_articles_ends_as_their_faults_do(here: Path) -> None:
    (here / "bad.md").write_text("<!-- northbib:end -->\n")
    assert embed(here, "--check", "bad.md", "content").returncode == 3
    assert embed(here, "--check", "gone.md").returncode == 4
    assert embed(here, "--check", "a.docx").returncode == 2


def test_a_difference_is_shown_and_nothing_is_written(here: Path) -> None:
    before = (here / "content" / "one.md").read_bytes()
    done = embed(here, "--diff", "content")
    assert done.returncode == 1
    assert done.stdout.startswith("--- content/one.md\n+++ content/one.md\n@@ ")
    assert "--- content/two.html" in done.stdout
    assert (here / "content" / "one.md").read_bytes() == before


def test_an_edited_section_is_told_with_its_line_and_the_others_are_written(here: Path) -> None:
    embed(here, "content/one.md")
    one = here / "content" / "one.md"
    edited = one.read_text().replace("Powerhouse of cards", "Powerhouse of bards")
    one.write_text(edited)
    done = embed(here, "content")
    assert done.returncode == 1
    assert done.stdout == "content/two.html: 1 section written\n"
    assert "content/one.md:3: this section was edited by hand" in done.stderr
    assert "northbib embed --force content/one.md" in done.stderr
    assert one.read_text() == edited
    check = embed(here, "--check", "content")
    assert (check.returncode, check.stdout.count("[edited-section]")) == (1, 1)
    forced = embed(here, "--check", "--force", "content/one.md")
    assert "to refresh: northbib embed --force content/one.md" in forced.stderr
    assert embed(here, "--force", "content/one.md").returncode == 0
    assert "Powerhouse of cards" in one.read_text()
    assert embed(here, "--check", "content").returncode == 0


def test_markers_are_put_in_written_and_taken_out(here: Path) -> None:
    path = here / "new.md"
    path.write_text("# New\n")
    assert embed(here, "--init", "--diff", "new.md", "topic:regeneration").returncode == 1
    assert path.read_text() == "# New\n"
    done = embed(here, "--init", "new.md", "-type:article-journal", "author:Neil Lee", "style=apa")
    assert done.stdout == "new.md:5: markers put in; northbib embed new.md writes the list\n"
    assert '<!-- northbib:begin -type:article-journal author:"Neil Lee" style=apa -->' in (
        path.read_text()
    )
    again = embed(here, "--init", "new.md", "-type:article-journal", "author:Neil Lee", "style=apa")
    assert (again.returncode, "has this section already" in again.stderr) == (1, True)
    assert embed(here, "--clean", "--diff", "new.md").returncode == 1
    done = embed(here, "--clean", "new.md")
    assert (done.returncode, done.stdout) == (0, "new.md: 1 section taken out\n")
    assert path.read_text() == "# New\n\n## Further Reading\n"
    assert embed(here, "--clean", "new.md").returncode == 0


def test_without_a_query_what_is_cited_or_the_only_bibliography_is_listed(here: Path) -> None:
    (here / "new.md").write_text("# New\n")
    assert embed(here, "--init", "new.md").returncode == 0
    assert "<!-- northbib:begin in:north -->" in (here / "new.md").read_text()
    (here / "cites.md").write_text("As it was said [@lee2017cards].\n")
    assert embed(here, "--init", "cites.md").returncode == 0
    assert "<!-- northbib:begin cited=yes -->" in (here / "cites.md").read_text()
    (here / "bibliographies" / "second.bib").write_text("")
    (here / "other.md").write_text("# Other\n")
    done = embed(here, "--init", "other.md")
    assert (done.returncode, "say what the section is to list" in done.stderr) == (2, True)


def test_words_that_make_no_section_are_refused(here: Path) -> None:
    (here / "new.md").write_text("# New\n")
    done = embed(here, "--init", "new.md", "styel=apa")
    assert (done.returncode, "did you mean style" in done.stderr) == (2, True)
    assert (here / "new.md").read_text() == "# New\n"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("topics:x",), 2, "no field is called 'topics'"),
        (("topic:transport", "style=nope"), 4, "there is no style 'nope'"),
        (("keys=lee2017card",), 4, "no record has the key 'lee2017card'"),
    ],
)
def test_no_markers_are_put_in_of_which_no_list_could_be_made(
    here: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    (here / "new.md").write_text("# New\n")
    done = embed(here, "--init", "new.md", *words)
    assert done.returncode == status
    assert said in done.stderr
    assert (here / "new.md").read_text() == "# New\n"


@pytest.mark.parametrize(
    "options",
    [
        ("--check", "--diff"),
        ("--check", "--watch"),
        ("--init", "--clean"),
        ("--watch", "--diff"),
        ("--keep-text",),
        ("--init", "--force"),
        ("--format", "json"),
    ],
)
def test_options_that_do_not_go_together_are_refused(here: Path, options: tuple[str, ...]) -> None:
    assert embed(here, *options, "content/one.md").returncode == 2
    assert (here / "content" / "one.md").read_text() == f"# One\n\n{PAIR}"


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)


@pytest.fixture(params=["watchfiles", "polling"])
def watch(here: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """A process that watches the folder `content`."""
    if request.param == "watchfiles":
        pytest.importorskip("watchfiles")
        code = ""
    else:
        code = "import sys; sys.modules['watchfiles'] = None\n"
    # A shell that runs the tests in the background has them ignore the interrupt.
    code += (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from northbib.cli import main; main(['embed', '--watch', 'content'])"
    )
    with (here / "said.txt").open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=here,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    yield process
    process.kill()
    process.communicate()


def test_a_watch_refreshes_what_is_saved_and_ends_on_an_interrupt(
    here: Path, watch: subprocess.Popen[str]
) -> None:
    one = here / "content" / "one.md"
    until(lambda: "Powerhouse of cards" in one.read_text())
    written = one.stat().st_mtime_ns
    three = here / "content" / "three.md"
    three.write_text(PAIR)
    until(lambda: "Powerhouse of cards" in three.read_text())
    library = here / "bibliographies" / "north.bib"
    library.write_text(BIBTEX.replace("Powerhouse of cards", "Powerhouse of bards"))
    until(lambda: "Powerhouse of bards" in one.read_text() + three.read_text())
    until(lambda: all("of bards" in path.read_text() for path in (one, three)))
    assert one.stat().st_mtime_ns != written
    three.write_text("<!-- northbib:begin keys=le")  # as it may be saved half typed
    until(lambda: "three.md" in (here / "said.txt").read_text())
    one.write_text(PAIR)
    until(lambda: "of bards" in one.read_text())
    time.sleep(1.5)
    states = [path.stat().st_mtime_ns for path in (one, three)]
    time.sleep(1)
    assert [path.stat().st_mtime_ns for path in (one, three)] == states
    watch.send_signal(signal.SIGINT)
    out, _ = watch.communicate(timeout=20)
    assert watch.returncode == 130
    lines = out.splitlines()
    assert lines.count("content/three.md: 1 section written") == 2
    assert lines.count("content/one.md: 1 section written") == 3
    said = (here / "said.txt").read_text()
    assert said.count("three.md: there ") == 1
    assert "Traceback" not in said
