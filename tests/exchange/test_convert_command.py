from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

import program

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = "@book{a, title = {A title}}\n@book{b, title = {B\n"


def northbib(*arguments: str | Path, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [program.path(), *map(str, arguments)]
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


def test_a_broken_entry_is_set_aside_and_the_rest_is_done(tmp_path: Path) -> None:
    output = tmp_path / "out.ris"
    run = northbib("convert", "-", "-o", output, data=BROKEN.encode())
    assert run.returncode == 1
    assert output.read_bytes().count(b"TY  -") == 1
    kept = (tmp_path / "out.ris.rejected").read_bytes()
    assert b"@book{b, title = {B" in kept
    assert b"not closed" in kept


def test_strict_writes_nothing_where_a_field_is_lost(tmp_path: Path) -> None:
    data = b"@report{a, title = {A}, author = {B, C}, date = {2001}}"
    output = tmp_path / "out.tsv"
    lossy = northbib(
        "convert", "-", "--to", "leganto", "-o", output, "--strict", "--json", data=data
    )
    assert northbib("convert", "-", "--to", "ris", "--strict", data=data).returncode == 0
    assert lossy.returncode == 1
    assert not output.exists()
    assert {"key": "a", "field": "type", "how": "changed"} in json.loads(lossy.stdout)["losses"]


def test_what_only_is_spelt_another_way_in_bibtex_is_no_loss(root: Path) -> None:
    files = sorted((root / "bibliographies").glob("*.bib"))
    run = northbib("convert", *files, "--to", "bibtex", "--explain")
    said = {line.partition(b": ")[2] for line in run.stderr.splitlines()}
    # BibTeX has no other entry for a report than one that its styles call a technical report.
    assert said == {b"genre: written as something else"}


@pytest.mark.parametrize("to", ["csv", "xlsx"])
def test_a_table_has_the_columns_that_are_asked_for(to: str, tmp_path: Path) -> None:
    output = tmp_path / f"a.{to}"
    data = b"@book{a, title = {A title}, year = 2014, note = {Not asked for}}"
    run = northbib("convert", "-", "-o", output, "--columns", "title,year", data=data)
    assert run.returncode == 0
    (item,) = json.loads(northbib("convert", output, "--to", "csl-json").stdout)
    assert (item["title"], item["issued"]) == ("A title", {"date-parts": [[2014]]})
    assert "note" not in item


def test_columns_are_for_tables_only() -> None:
    run = northbib("convert", "-", "--to", "ris", "--columns", "title", data=b"@book{a}")
    assert (run.returncode, b"RIS has no columns" in run.stderr) == (2, True)


@pytest.mark.parametrize("resume", [(), ("--resume",)])
def test_no_file_is_written_over_itself(tmp_path: Path, resume: tuple[str, ...]) -> None:
    source = tmp_path / "a.bib"
    source.write_text("% a comment of mine\n@book{a, title = {A title}}\n")
    link = tmp_path / "link.ris"
    link.symlink_to(source)
    before = source.read_bytes()
    for output in (source, link):
        run = northbib("convert", source, "-o", output, *resume)
        assert (run.returncode, b"is what is converted" in run.stderr) == (2, True)
    assert source.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [source, link]


def test_records_set_aside_are_not_written_over_while_they_are_converted(tmp_path: Path) -> None:
    source = tmp_path / "out.ris.rejected"
    source.write_text("@book{a, title = {A title}}\n@book{b, title = {B\n")
    before = source.read_bytes()
    run = northbib("convert", source, "-o", tmp_path / "out.ris")
    assert run.returncode == 2
    assert source.read_bytes() == before


def test_a_dash_is_standard_output_as_well(tmp_path: Path) -> None:
    command = [program.path(), "convert", "-", "--to", "ris", "-o", "-"]
    run = subprocess.run(command, input=b"@book{a}", capture_output=True, check=False, cwd=tmp_path)
    assert run.stdout.startswith(b"TY  - BOOK")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("long", [("convert", "-", "-o"), ("convert", "--to", "ris")])
def test_a_name_that_is_too_long_is_said_to_be(tmp_path: Path, long: tuple[str, ...]) -> None:
    run = northbib(*long, tmp_path / f"{'x' * 300}.ris", data=b"@book{a}")
    assert run.returncode == 3
    assert b"ame too long" in run.stderr
    assert b"x.ris: " in run.stderr


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        (("-o", "a.xml"), 2, ".xml is the ending of endnote-xml, mods, marcxml, "),
        (("-o", "a.tsv"), 2, ".tsv is the ending of csv and leganto; name one: --to FORMAT"),
        (("-o", "a.bib", "--profile", "talis"), 2, "Talis Aspire is not written as BibLaTeX"),
        (("-o", "a.bib", "--profile", "leganto"), 0, ""),
        (("-o", "a.txt", "--profile", "leganto"), 0, ""),
        (("-o", "a.yml"), 0, ""),
        (("--to", "leganto", "--fill", "coursecode"), 2, "write COLUMN=TEXT"),
    ],
)
def test_an_ending_that_does_not_tell_the_format_is_asked_about(
    options: tuple[str, ...], status: int, said: str, tmp_path: Path
) -> None:
    command = [program.path(), "convert", "-", *options]
    data = b"@report{a, title = {A}, institution = {B}}"
    run = subprocess.run(command, input=data, capture_output=True, check=False, cwd=tmp_path)
    assert (run.returncode, said in run.stderr.decode()) == (status, True)
    if "a.bib" in options and not status:
        assert (tmp_path / "a.bib").read_bytes().startswith(b"@techreport{a,")


@pytest.mark.parametrize("to", ["biblatex", "bibtex"])
def test_a_key_that_bibtex_does_not_take_costs_no_record(to: str) -> None:
    data = b"".join(
        b"TY  - BOOK\nID  - %s\nTI  - A title\nER  - \n" % key
        for key in (b"Smith 2001, part (1)", rb"IT\ICCU\ANA\0019370", b"{}")
    )
    run = northbib("convert", "-", "--to", to, "--explain", data=data)
    assert run.returncode == 0
    keys = [line for line in run.stdout.splitlines() if line.startswith(b"@")]
    assert keys == [b"@book{Smith-2001-part-(1),", b"@book{IT-ICCU-ANA-0019370,", b"@book{record,"]
    assert run.stderr.count(b": citation-key: written as something else") == 3


@pytest.mark.parametrize("last", ["@book{c, title = {C}}", "@book{, title = {C}}"])
def test_keys_that_several_files_share_are_told(tmp_path: Path, last: str) -> None:
    one, two, output = (tmp_path / name for name in ("one.bib", "two.bib", "both.ris"))
    one.write_text("@book{a, title = {A}}\n@book{b, title = {B}}\n")
    two.write_text(f"{last}\n@book{{B, title = {{Another}}}}\n@book{{a, title = {{A}}}}\n")
    run = northbib("convert", one, two, "-o", output)
    assert b"warning: 2 keys are there more than once" in run.stderr
    assert output.read_bytes().count(b"TY  - ") == 5
    assert b"more than once" not in northbib("convert", one, "-o", output).stderr
