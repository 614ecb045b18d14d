"""Where fields come from: it stays with a record, whatever is done to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from loopback import Answer, Loopback, loopback

import northbib
from northbib.cli.app import run
from northbib.exchange import read, write
from northbib.records import Date, Day, Name, Record, Value
from northbib.resolve.http.services import SERVICES
from northbib.resolve.provenance import (
    Origin,
    Origins,
    begin_anew,
    read_origins,
    with_origins,
    write_origins,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOI = "10.1080/00343404.2016.1196289"
LEE = {
    "type": "journal-article",
    "title": ["Powerhouse of cards? Understanding the ‘Northern Powerhouse’"],
    "author": [{"family": "Lee", "given": "Neil"}],
    "container-title": ["Regional Studies"],
    "published-print": {"date-parts": [[2017]]},
    "volume": "51",
    "page": "478-489",
    "DOI": DOI,
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library to which one record was added by its DOI."""
    with loopback() as server:
        for name in SERVICES:
            monkeypatch.setenv(f"NORTHBIB_{name.upper()}_URL", f"{server.url}/{name}/")
        monkeypatch.setenv("NORTHBIB_ALLOW_PRIVATE", "1")
        monkeypatch.setenv("NORTHBIB_LIBRARY", str(tmp_path))
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        serve(server)
        (tmp_path / "library.bib").write_text("", encoding="utf-8")
        assert run(["add", DOI, "--key", "lee"]) == 0
        yield tmp_path


def serve(server: Loopback) -> None:
    agency = json.dumps([{"DOI": "10.1080", "RA": "Crossref"}]).encode()
    server.serve("/doi/ra/10.1080", Answer(agency))
    work = json.dumps({"status": "ok", "message": LEE}).encode()
    server.serve(f"/crossref/works/{DOI}", Answer(work))


def source(here: Path, key: str, field: str = "volume") -> str:
    record = northbib.open(here).get(key).record
    origin = read_origins(here).of(record).get(field)
    return origin.source if origin is not None else ""


CHANGES = {
    "edit": (["edit", "lee", "--set", "note=Read"], "lee"),
    "tag": (["tag", "lee", "--add", "north"], "lee"),
    "rekey": (["rekey", "--pattern", "auth + year"], "lee2017"),
    "move": (["move", "lee", "--to", "other"], "lee"),
    "tidy": (["tidy"], "lee"),
    "enrich": (["enrich"], "lee"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_stays_with_a_record_that_is_changed(here: Path, change: str) -> None:
    arguments, key = CHANGES[change]
    assert run(arguments) == 0
    assert source(here, key) == "registry:crossref"


def test_it_comes_back_with_a_record_that_was_removed(here: Path) -> None:
    assert run(["remove", "lee"]) == 0
    assert run(["undo"]) == 0
    assert source(here, "lee") == "registry:crossref"


def test_undoing_a_new_key_keeps_it(here: Path) -> None:
    assert run(["rekey", "--pattern", "auth + year"]) == 0
    assert run(["undo"]) == 0
    assert source(here, "lee") == "registry:crossref"


def test_another_work_under_the_key_has_none_of_it(here: Path) -> None:
    assert run(["remove", "lee"]) == 0
    assert (
        run(["add", "--type", "book", "--key", "Lee", "--set", "title=T", "--set", "volume=51"])
        == 0
    )
    assert source(here, "Lee") == ""


def test_what_a_merge_leaves_has_the_origins_of_both(here: Path) -> None:
    copy = (
        f"@article{{copy, title = {{{LEE['title'][0]}}}, author = {{Lee, Neil}}, doi = {{{DOI}}}}}"  # type: ignore[index]
    )
    (here / "more.bib").write_text(f"{copy}\n", encoding="utf-8")
    assert run(["duplicates", "--merge", "--prefer", "copy"]) == 0
    assert source(here, "copy") == "registry:crossref"


def test_show_explains_each_field(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["edit", "lee", "--set", "volume=49", "--set", "note=Read"]) == 0
    capsys.readouterr()
    assert run(["show", "lee", "--explain"]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert "478–489" in lines["page"] or "478-489" in lines["page"]
    assert "[registry:crossref, 2" in lines["page"]
    assert lines["note"].endswith("[yours]")
    assert "[yours, edited; it was from registry:crossref" in lines["volume"]


@pytest.mark.parametrize("form", ["biblatex", "csl-json"])
def test_it_can_leave_with_a_record_and_come_back(
    here: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    assert run(["edit", "lee", "--set", "volume=49"]) == 0
    capsys.readouterr()
    assert run(["show", "lee", "--to", form, "--provenance"]) == 0
    shown = capsys.readouterr().out
    (record,) = read(shown.encode(), f"lee.{form}", form).records
    carried = Origins().of(record)
    assert carried["page"].source == "registry:crossref"
    assert carried["page"].is_of(record.values["page"])
    assert carried["author"].is_of(record.values["author"])
    # What was edited is a person's own.
    assert "volume" not in carried
    assert run(["show", "lee", "--to", form]) == 0
    assert "provenance" not in capsys.readouterr().out


@pytest.mark.parametrize("form", ["biblatex", "csl-json", "ris"])
def test_an_export_takes_it_along_where_it_is_wanted(here: Path, form: str) -> None:
    file = here / "out"
    assert run(["export", "--to", form, "--provenance", "-o", str(file)]) == 0
    (record,) = read(file.read_bytes(), "out", form).records
    assert Origins().of(record)["page"].source == "registry:crossref"
    assert run(["export", "--to", form, "-o", str(file)]) == 0
    assert b"registry:crossref" not in file.read_bytes()


def test_it_is_read_again_in_another_library(
    here: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    run(["show", "lee", "--to", "biblatex", "--provenance"])
    other = tmp_path_factory.mktemp("other")
    (other / "library.bib").write_text(capsys.readouterr().out, encoding="utf-8")
    assert source(other, "lee") == "registry:crossref"
    assert run(["--library", str(other), "edit", "lee", "--set", "volume=49"]) == 0
    record = northbib.open(other).get("lee").record
    assert not Origins().of(record)["volume"].is_of(record.values["volume"])


def test_it_survives_a_conversion_there_and_back(here: Path) -> None:
    record = northbib.open(here).get("lee").record
    taken = with_origins(record, read_origins(here).of(record))
    (through,) = read(write([taken], "csl-json"), "x.json").records
    (back,) = read(write([through], "biblatex"), "x.bib").records
    assert {field: o.source for field, o in Origins().of(back).items()} == {
        field: o.source for field, o in Origins().of(taken).items()
    }


def test_the_bibliography_holds_none_of_it(here: Path) -> None:
    assert "crossref" not in (here / "library.bib").read_text(encoding="utf-8")


VALUES: dict[str, Value] = {
    "title": "Cities & <i>regions</i>",
    "author": (Name(family="Lee", given="Neil"), Name(literal="HM Treasury")),
    "issued": Date(Day(2017, 3)),
}


def test_a_damaged_file_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    write_origins(tmp_path, [Origin("a", "title", "A", "page:og", "")])
    file = tmp_path / ".northbib" / "provenance.jsonl"
    file.write_bytes(b"{\xff\n[]\n" + file.read_bytes() + b'{"key": "a", "fie')
    record = Record("A", "book", {"title": "A"})
    assert read_origins(tmp_path).of(record)["title"].source == "page:og"


def test_the_last_word_counts_and_that_of_the_present_value_most() -> None:
    record = Record("b", "book", {"title": "New"}, extra={"ids": "a"})
    old, new = (
        Origin("a", "title", "Old", "page:og", ""),
        Origin("b", "title", "New", "page:h1", ""),
    )
    assert Origins([new, old]).of(record)["title"] == new
    assert Origins([old]).of(record)["title"] == old
    assert Origins([old]).of(record.replace(values={"title": "Old"}))["title"] == old


def test_a_key_that_nobody_knows_begins_nothing_anew(tmp_path: Path) -> None:
    begin_anew(tmp_path, ["a"])
    assert not (tmp_path / ".northbib").exists()


@pytest.mark.parametrize("text", ["", "title", "title = ", ";;=,,;", "title = a, b", "= x, y, z"])
def test_a_field_that_is_no_provenance_says_nothing(text: str) -> None:
    record = Record("a", "book", VALUES, extra={"provenance": text})
    assert not Origins().of(record).keys() & VALUES.keys()
