from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = "@book{a, title = {A title}}\n@book{b, title = {B\n"


def northbib(*arguments: str | Path, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "northbib", *map(str, arguments)]
    return subprocess.run(command, input=data, capture_output=True, check=False)


def test_a_library_goes_out_as_ris_and_comes_back_without_a_difference(
    root: Path, tmp_path: Path
) -> None:
    library, ris, bib = root / "bibliographies", tmp_path / "all.ris", tmp_path / "all.bib"
    assert northbib("--library", library, "export", "-o", ris).returncode == 0
    assert northbib("convert", ris, "-o", bib).returncode == 0
    both = tmp_path / "both.bib"
    both.write_bytes(b"\n".join(file.read_bytes() for file in sorted(library.glob("*.bib"))))
    assert b"no differences" in northbib("diff", both, bib).stderr


def test_standard_input_goes_to_standard_output_and_the_content_tells_its_format() -> None:
    run = northbib("convert", "-", "--to", "csl-json", data=b"TY  - BOOK\nID  - a\nER  - \n")
    assert json.loads(run.stdout) == [{"id": "a", "type": "book", "citation-key": "a"}]
    assert (run.returncode, run.stderr) == (0, b"")


def test_records_without_a_key_are_given_one_each() -> None:
    data = b"TY  - BOOK\nTI  - A title\nPY  - 2014\nER  - \n" * 2
    keys = [
        item["id"]
        for item in json.loads(northbib("convert", "-", "--to", "csl-json", data=data).stdout)
    ]
    assert len(set(keys)) == 2
    assert all(keys)


def test_an_explanation_names_what_is_kept_in_notes_on_standard_error() -> None:
    data = b"@book{a, title = {A title}, origdate = {1988}}"
    run = northbib("convert", "-", "--to", "ris", "--explain", data=data)
    assert run.stderr == b"a: original-date: kept in a note\n"
    assert b"{:original-date: 1988}" in run.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("convert", "none.ris", "--to", "biblatex"), 4, "no such file"),
        (("convert", "-", "--to", "riz"), 2, "did you mean ris"),
        (("convert", "-"), 2, "no format to write is named"),
        (("convert", "-", "--to", "ris"), 3, "the format of this file is not known"),
        (("convert", "-", "--from", "ris", "--to", "ris"), 3, "not RIS"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    arguments: tuple[str, ...], status: int, said: str
) -> None:
    run = northbib(*arguments, data=b"hello")
    assert run.returncode == status
    assert said in run.stderr.decode()
    assert run.stderr.count(b"\n") == 1


def test_formats_are_listed_for_people_and_for_programs() -> None:
    assert b"csl-json" in northbib("formats").stdout
    listed = json.loads(northbib("formats", "--json").stdout)
    assert {"name", "reads", "writes", "specification", "cannot"} <= listed[0].keys()
