"""The commands, each run as a user runs it: a process of its own, real files, real statuses."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import program
from terminals import NORTHBIB


@pytest.fixture
def here(tmp_path: Path, root: Path) -> Path:
    """A folder with a copy of the collection."""
    shutil.copytree(root / "bibliographies", tmp_path / "bibliographies")
    return tmp_path


def run(here: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run northbib in a folder."""
    return subprocess.run(
        [program.path(), *arguments],
        cwd=here,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def only_line(text: str) -> str:
    """Give the one line that a text is."""
    (line,) = text.splitlines()
    return line


def test_list_gives_a_line_a_record_and_says_nothing_else(here: Path) -> None:
    listed = run(here, "list")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert len(listed.stdout.splitlines()) == 160


def test_a_single_file_is_a_library(here: Path) -> None:
    listed = run(here, "--library", "bibliographies/northern-transport.bib", "list")
    assert len(listed.stdout.splitlines()) == 6


def test_negative_words_and_or_reach_the_query(here: Path) -> None:
    some = run(here, "list", "topic:transport", "-type:report", "--json")
    types = {item["type"] for item in json.loads(some.stdout)}
    assert "report" not in types
    assert types
    both = run(here, "search", "key:act2011localism", "or", "key:lee2017cards")
    assert len(both.stdout.splitlines()) == 2


def test_json_says_what_a_record_is_and_where_it_stands(here: Path) -> None:
    (item,) = json.loads(run(here, "list", "key:lee2017cards", "--json").stdout)
    assert item["DOI"] == "10.1080/00343404.2016.1196289"
    assert item["bibliography"] == "northern-futures"
    line = (here / item["file"]).read_text(encoding="utf-8").splitlines()[item["line"] - 1]
    assert line == "@article{lee2017cards,"


@pytest.mark.parametrize("form", ["biblatex", "csl-json"])
def test_what_show_prints_in_a_format_can_be_rendered_from_a_pipe(here: Path, form: str) -> None:
    shown = run(here, "show", "lee2017cards", "--to", form)
    rendered = run(here, "render", "-", "--from", form, stdin=shown.stdout)
    assert rendered.stdout == run(here, "render", "key:lee2017cards").stdout
    assert "Powerhouse of cards?" in rendered.stdout


def test_an_edit_changes_one_line_of_one_file(here: Path, root: Path) -> None:
    done = run(here, "edit", "lee2017cards", "--set", "note=Read R&D again")
    assert done.returncode == 0
    changed = [
        file
        for file in sorted((here / "bibliographies").iterdir())
        if file.read_bytes() != (root / "bibliographies" / file.name).read_bytes()
    ]
    assert [file.name for file in changed] == ["northern-futures.bib"]
    before = (root / "bibliographies/northern-futures.bib").read_text(encoding="utf-8")
    after = changed[0].read_text(encoding="utf-8")
    new = [line for line in after.splitlines() if line not in before.splitlines()]
    assert new == [r"  note         = {Read R\&D again},"]


def test_a_record_by_hand_gets_a_key_and_its_type(here: Path) -> None:
    fields = (
        "--set",
        "title=Can a northern tech cluster take off?",
        "--set",
        "author=Cellan-Jones, Rory",
    )
    done = run(here, "add", "--type", "article-newspaper", *fields, "--to", "new")
    assert done.stdout == "added cellanjonesndnorthern to new\n"
    text = (here / "bibliographies/new.bib").read_text(encoding="utf-8")
    assert "@article{cellanjonesndnorthern," in text
    assert "entrysubtype = {newspaper}" in text


def test_a_dry_run_shows_the_entry_and_writes_nothing(here: Path) -> None:
    done = run(here, "add", "--type", "book", "--set", "title=A title", "--to", "new", "--dry-run")
    assert done.stdout.startswith("@book{")
    assert not (here / "bibliographies/new.bib").exists()


def test_of_several_sources_the_good_ones_are_added_and_the_status_tells(here: Path) -> None:
    source = "@book{a, title={One}}\n@book{b, title={Two}\n\n@book{c, title={Three}}\n"
    done = run(here, "add", "-", "--to", "new", stdin=source)
    assert done.returncode == 1
    assert done.stdout == "added a to new\nadded c to new\n"
    assert "<stdin>:2" in done.stderr


def test_a_work_that_is_there_already_is_not_added_twice(here: Path) -> None:
    entry = "@article{another, doi = {10.1080/00343404.2016.1196289}, title = {Cards}}"
    done = run(here, "add", "-", "--to", "new", stdin=entry)
    assert done.returncode == 1
    assert "already here as lee2017cards" in only_line(done.stderr)


def test_removing_is_all_or_nothing(here: Path) -> None:
    failed = run(here, "remove", "lee2017cards", "lee2017crds")
    assert failed.returncode == 4
    assert "did you mean lee2017cards" in failed.stderr
    assert run(here, "show", "lee2017cards").returncode == 0
    assert run(here, "remove", "lee2017cards").returncode == 0
    assert run(here, "show", "lee2017cards").returncode == 4


def test_an_empty_library_says_how_to_put_records_in(tmp_path: Path) -> None:
    (tmp_path / "works.bib").write_text("", encoding="utf-8")
    for command in (("list",), ("show", "lee2017cards"), ("cite", "lee2017cards")):
        done = run(tmp_path, *command)
        assert "northbib add puts records in" in done.stderr, command
    assert run(tmp_path, "show", "lee2017cards").returncode == 4


def test_output_to_a_file_leaves_standard_output_alone(here: Path) -> None:
    done = run(here, "render", "in:northern-transport", "--to", "html", "-o", "list.html")
    assert done.stdout == ""
    assert (here / "list.html").read_text(encoding="utf-8").startswith("<ul")


def test_colour_is_for_terminals_only(here: Path) -> None:
    assert "\x1b" not in run(here, "show", "lee2017cards").stdout


def test_a_reader_that_goes_away_is_no_error(here: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{NORTHBIB} list --json | head -1; echo ${{PIPESTATUS[0]}}"],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("[\n0\n", "")


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no /dev/full here")
def test_a_full_disk_behind_standard_output_is_said(here: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [NORTHBIB, "list"], cwd=here, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 3
    assert b"standard output cannot be written" in done.stderr
    assert b"bug" not in done.stderr


def test_a_value_that_begins_with_a_minus_belongs_to_its_option(here: Path) -> None:
    newest = run(here, "render", "in:northern-transport", "--sort", "-year").stdout.splitlines()
    assert "18 Nov 2021" in newest[0]
    grouped = run(here, "render", "in:northern-transport", "--group-by", "-year").stdout
    assert grouped.startswith("2021\n")
    assert run(here, "render", "in:northern-transport", "-olist.md").stdout == ""
    assert (here / "list.md").is_file()


def test_output_to_a_pipe_or_device_leaves_it_what_it_is(here: Path) -> None:
    pipe = here / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE, text=True) as reader:
        try:
            done = run(here, "render", "key:lee2017cards", "-o", "pipe")
            assert done.returncode == 0
            assert reader.communicate(timeout=30)[0].startswith("- Powerhouse of cards?")
        finally:
            reader.kill()
    assert pipe.is_fifo()


def test_keys_can_be_rendered_as_they_are(here: Path) -> None:
    done = run(here, "render", "lee2017cards", "act2011localism")
    assert len(done.stdout.splitlines()) == 2


def test_a_word_file_needs_a_name_and_opens_elsewhere(here: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    assert run(here, "render", "key:lee2017cards", "--to", "docx").returncode == 2
    assert run(here, "render", "key:lee2017cards", "--to", "docx", "-o", "l.docx").returncode == 0
    paragraphs = [each.text for each in docx.Document(str(here / "l.docx")).paragraphs]
    assert paragraphs[0].startswith("Powerhouse of cards?")


@pytest.mark.parametrize("text", ['{"a": 1}', "[", "3", '"x"'])
def test_json_that_holds_no_items_is_refused(here: Path, text: str) -> None:
    assert run(here, "render", "-", "--from", "csl-json", stdin=text).returncode == 3


def test_nothing_on_standard_input_is_said(here: Path) -> None:
    done = run(here, "add", "-")
    assert done.returncode == 3
    assert "nothing came in" in done.stderr


BROKEN = "@book{open,\n  title = {T}\n\n@book{good, title = {U}}\n"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--library", "broken.bib", "list"], 1, "broken.bib:1"),
        (["--library", "binary.bib", "list"], 3, "binary.bib"),
        (["render", "broken.bib"], 1, "broken.bib:1"),
        (["render", "binary.bib"], 3, "binary.bib"),
        (["render", "absent.bib"], 4, "there is no such file"),
        (["render", "northern-futurs"], 4, "did you mean northern-futures"),
        (["cite", "lee2017cards", "--style", "apx"], 4, "did you mean apa"),
        (["cite", "lee2017cards", "--style", "page.csl"], 3, "page.csl:1"),
        (["cite", "lee2017cards", "--locale", "zz"], 4, "there is no locale 'zz'"),
        (["show", "lee2017crds"], 4, "did you mean lee2017cards"),
        (["list", "colour:red"], 2, "no field is called 'colour'"),
        (["list", "year:soon"], 2, "write year:2014"),
        (["list", "in:nowhere"], 4, "no bibliography is called 'nowhere'"),
        (["--library", "nowhere", "list"], 4, "northbib init nowhere"),
        (["edit", "lee2017cards", "--set", "date=soon"], 2, "write 2014"),
        (["edit", "lee2017cards", "--set", "title={x"], 2, "close every {"),
        (["add", "ftp://example.org/"], 2, "https: or http:"),
        (["add"], 2, "--type and --set"),
        (["add", "http://127.0.0.1:9/"], 5, "NORTHBIB_ALLOW_PRIVATE"),
        (["embed", "absent.md"], 4, "absent.md"),
        (["embed", "broken.bib"], 2, "broken.bib"),
        (["render", "key:lee2017cards", "-o", "absent/list.md"], 4, "there is no folder absent"),
        (["render", "key:lee2017cards", "--sort", "colour"], 2, "known are author"),
        (["frobnicate"], 2, "No such command"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_gets_a_sentence_and_its_status(
    here: Path, arguments: list[str], status: int, said: str
) -> None:
    (here / "broken.bib").write_text(BROKEN, encoding="utf-8")
    (here / "binary.bib").write_bytes(bytes(range(256)) * 8)
    (here / "page.csl").write_text("<html/>", encoding="utf-8")
    done = run(here, *arguments)
    assert done.returncode == status, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_articles_are_not_written_from_a_library_that_cannot_be_read_whole(here: Path) -> None:
    (here / "bibliographies/broken.bib").write_text(BROKEN, encoding="utf-8")
    article = here / "article.md"
    article.write_text("<!-- northbib:begin topic:transport -->\n<!-- northbib:end -->\n")
    before = article.read_bytes()
    done = run(here, "embed", "article.md")
    assert done.returncode == 3
    assert "broken.bib:1" in done.stderr
    assert article.read_bytes() == before


def test_an_empty_folder_is_an_empty_library(tmp_path: Path) -> None:
    listed = run(tmp_path, "list")
    assert (listed.returncode, listed.stdout) == (0, "")
    assert "northbib add" in listed.stderr
    assert run(tmp_path, "list", "--json").stdout == "[]\n"


def test_a_library_is_started_once(tmp_path: Path) -> None:
    assert run(tmp_path, "init").stdout == "made bibliographies/library.bib\n"
    assert "nothing was changed" in run(tmp_path, "init").stdout


def test_an_interrupt_ends_a_command_with_130(here: Path) -> None:
    code = (
        "import signal\n"
        "from northbib.cli.app import main\n"
        "signal.signal(signal.SIGALRM, signal.default_int_handler)\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.5)\n"
        "main(['add', '-'])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=here,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as waiting:
        # Standard input stays open, so that it is still being read when the signal comes.
        assert waiting.wait(timeout=30) == 130
        assert waiting.stderr is not None
        assert waiting.stderr.read().strip() == "northbib: interrupted"


def test_a_style_in_the_folder_styles_goes_by_its_name(here: Path, root: Path) -> None:
    (here / "styles").mkdir()
    text = (root / "styles/northbib-further-reading.csl").read_text(encoding="utf-8")
    own = text.replace("<title>northbib Further Reading</title>", "<title>Our own lines</title>")
    (here / "styles/ours.csl").write_text(own, encoding="utf-8")
    house = run(here, "render", "key:lee2017cards")
    assert run(here, "render", "key:lee2017cards", "--style", "ours").stdout == house.stdout
    assert run(here, "styles", "own", "lines").stdout.startswith("ours  Our own lines\n")
