from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

import program

if TYPE_CHECKING:
    from pathlib import Path


def northbib(*arguments: str | Path, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [program.path(), *map(str, arguments)]
    return subprocess.run(command, input=data, capture_output=True, check=False)


def test_formats_and_groups_go_into_a_folder_with_a_manifest(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    command = [
        "--library", str(root / "bibliographies"), "export", "--to", "ris,mods",
        "--split-by", "bibliography", "-o", str(folder),
    ]  # fmt: skip
    assert northbib(*command).returncode == 0
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for each in manifest["files"]:
        data = (folder / each["file"]).read_bytes()
        assert each["sha256"] == sha256(data).hexdigest()
        assert each["bytes"] == len(data)
    assert sum(each["records"] for each in manifest["files"]) == 2 * 160
    times = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert northbib(*command).returncode == 0
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == times


def test_a_record_of_several_topics_is_in_the_file_of_each(tmp_path: Path) -> None:
    (tmp_path / "x.bib").write_text("@book{a, title = {A}, keywords = {one, two}}\n")
    run = northbib(
        "--library", tmp_path, "export", "--to", "ris", "--split-by", "topic", "-o", tmp_path
    )
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "one.ris").read_bytes() == (tmp_path / "two.ris").read_bytes()


def test_nothing_is_written_where_something_would_be_lost(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    run = northbib(
        "--library", root / "bibliographies", "export", "nevin",
        "--to", "leganto,ris", "--profile", "leganto", "--strict", "-o", folder,
    )  # fmt: skip
    assert run.returncode == 1
    assert not folder.exists()


def test_several_files_need_a_folder(root: Path) -> None:
    run = northbib("--library", root / "bibliographies", "export", "--to", "ris,mods")
    assert run.returncode == 2


@pytest.mark.parametrize("arguments", [("formats",), ("formats", "--profiles")])
def test_tables_fit_the_terminal(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    run = northbib(*arguments)
    lines = run.stdout.decode().splitlines()
    assert [line for line in lines if len(line) > 80 and "http" not in line] == []


def test_a_binary_format_is_shown_as_it_is(root: Path) -> None:
    run = northbib("--library", root / "bibliographies", "show", "lee2017cards", "--to", "marc")
    assert run.returncode == 0, run.stderr
    assert run.stdout.endswith(b"\x1d")


@pytest.mark.parametrize(
    ("place", "options", "status", "said"),
    [
        ("none/x.ris", [], 4, "there is no folder"),
        ("none/x.ris", ["--resume"], 4, "there is no folder"),
        ("folder", [], 3, "this is a folder; name a file in it"),
        ("folder", ["--resume"], 3, "this is a folder; name a file in it"),
        ("/dev/full", [], 3, "/dev/full: cannot be written: no space left on device"),
        ("/proc/x.ris", [], 3, "cannot be written"),
        ("/proc/x.ris", ["--resume"], 3, "cannot be written"),
    ],
)
def test_where_nothing_can_be_written_one_sentence_says_so_and_nothing_is_left(
    tmp_path: Path, place: str, options: list[str], status: int, said: str
) -> None:
    source, folder = tmp_path / "x.bib", tmp_path / "folder"
    source.write_text("@book{a, title = {A}}\n")
    folder.mkdir()
    run = northbib("convert", source, "--to", "ris", "-o", tmp_path / place, *options)
    assert (run.returncode, run.stdout) == (status, b"")
    assert said in run.stderr.decode()
    assert run.stderr.count(b"\n") == 1
    assert {file.name for file in tmp_path.rglob("*")} == {"x.bib", "folder"}


def test_a_pipe_that_closes_early_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "x.bib").write_text(
        "".join(f"@book{{k{number}, title = {{{'A' * 200}}}}}\n" for number in range(2000))
    )
    command = [sys.executable, "-m", "northbib", "--library", str(tmp_path), "export", "--to"]
    run = subprocess.Popen([*command, "mods"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout is not None
    assert run.stderr is not None
    assert run.stdout.readline().startswith(b"<?xml")
    run.stdout.close()
    said = run.stderr.read()
    run.stderr.close()
    assert (run.wait(), said) == (0, b"")


def test_the_library_itself_is_not_written_over(tmp_path: Path) -> None:
    library = tmp_path / "lib"
    library.mkdir()
    source = library / "one.bib"
    source.write_text("% mine\n@book{a, title = {A title}}\n@book{b, title = {B}}\n")
    before = source.read_bytes()
    alone = northbib("--library", library, "export", "key:a", "-o", source)
    apart = ["--to", "biblatex", "--split-by", "bibliography"]
    folder = northbib("--library", library, "export", *apart, "-o", library)
    for run in (alone, folder):
        assert (run.returncode, b"one.bib" in run.stderr) == (2, True)
    assert source.read_bytes() == before
    assert list(library.iterdir()) == [source]


def test_losses_name_the_file_where_there_are_several(tmp_path: Path) -> None:
    library = tmp_path / "one.bib"
    library.write_text("@misc{a, title = {A title}, keywords = {b}, evidence = {Seen}}")
    options = ["--to", "ris,leganto", "--explain", "-o", str(tmp_path / "out")]
    run = northbib("--library", library, "export", *options)
    said = run.stderr.decode().splitlines()
    assert "one.ris: a: tex.evidence: kept in a note" in said
    assert "one.tsv: a: tex.evidence: lost" in said
    assert said[-1].startswith("wrote 3 files in ")
    data = json.loads(northbib("--library", library, "export", *options, "--json").stdout)
    assert {"file": "one.tsv", "key": "a", "field": "tex.evidence", "how": "lost"} in data["losses"]
