"""Records added and enriched over a real server: what is filled, what stays, where it came from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from loopback import Answer, Loopback, loopback

import northbib
from northbib.bibtex import Document, records
from northbib.cli.app import run
from northbib.records import Date, Day, Name, Record
from northbib.resolve import Claim, Resolution
from northbib.resolve.enriching import gaps, known_by
from northbib.resolve.http.services import SERVICES
from northbib.resolve.preferring import overridden
from northbib.resolve.provenance import read_origins

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOI = "10.1080/00343404.2016.1196289"
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


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Loopback]:
    with loopback() as running:
        for name in SERVICES:
            monkeypatch.setenv(f"NORTHBIB_{name.upper()}_URL", f"{running.url}/{name}/")
        monkeypatch.setenv("NORTHBIB_ALLOW_PRIVATE", "1")
        monkeypatch.setenv("NORTHBIB_CACHE", "off")
        monkeypatch.setenv("NORTHBIB_KEYRING", "0")
        monkeypatch.setenv("NORTHBIB_LIBRARY", str(tmp_path))
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        agency = json.dumps([{"DOI": "10.1080", "RA": "Crossref"}]).encode()
        running.serve("/doi/ra/10.1080", Answer(agency))
        work = json.dumps({"status": "ok", "message": LEE}).encode()
        running.serve(f"/crossref/works/{DOI}", Answer(work))
        yield running


@pytest.mark.usefixtures("server")
def test_an_added_record_keeps_where_its_fields_come_from_beside_the_library(
    tmp_path: Path,
) -> None:
    (tmp_path / "library.bib").write_text("")
    assert run(["add", DOI, "--key", "lee2017cards"]) == 0
    record = northbib.open(tmp_path).get("lee2017cards").record
    assert read_origins(tmp_path).of(record)["volume"].source == "registry:crossref"
    assert "crossref" not in (tmp_path / "library.bib").read_text()


@pytest.mark.usefixtures("server")
def test_enriching_fills_gaps_and_leaves_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "library.bib"
    entry = f"@article{{lee,\n  title = {{{TITLE}}},\n  volume = {{50}},\n  doi = {{{DOI}}},\n}}\n"
    file.write_text(entry, encoding="utf-8")
    assert run(["enrich", "--dry-run"]) == 1
    assert file.read_text(encoding="utf-8") == entry
    assert run(["enrich"]) == 1
    text = file.read_text(encoding="utf-8")
    assert "author = {Lee, Neil}" in text
    assert "volume = {50}" in text
    assert "pages" not in text
    assert "lee: volume is 50, registry:crossref has 51" in capsys.readouterr().out
    assert run(["enrich", "--overwrite", "volume"]) == 0
    assert "volume = {51}" in file.read_text(encoding="utf-8")
    assert run(["edit", "lee", "--set", "volume=49"]) == 0
    assert run(["enrich", "--overwrite", "volume"]) == 1
    assert "volume = {49}" in file.read_text(encoding="utf-8")


@pytest.mark.usefixtures("server")
def test_enriching_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    file = tmp_path / "library.bib"
    file.write_text(f"@article{{lee, title = {{{TITLE}}}, doi = {{{DOI}}}}}\n", encoding="utf-8")
    assert run(["enrich"]) == 0
    once = file.read_bytes()
    assert b"478" in once
    assert run(["enrich"]) == 0
    assert file.read_bytes() == once


@pytest.mark.usefixtures("server")
def test_explain_shows_the_source_of_each_field(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["resolve", DOI, "--explain"]) == 0
    assert "volume           51  [registry:crossref" in capsys.readouterr().out


@pytest.mark.usefixtures("server")
def test_a_list_is_looked_up_and_what_is_not_recognised_is_said_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = tmp_path / "mine.txt"
    listed.write_text(f"blurb\n# a comment\ndoi:{DOI}\n", encoding="utf-8")
    assert run(["resolve", str(listed), "--to", "csl-json"]) == 1
    shown = capsys.readouterr()
    assert json.loads(shown.out)[0]["DOI"] == DOI
    assert f"{listed}:1: neither an identifier" in shown.err
    assert shown.err.count("blurb") == 1


PRESS = b"""<html lang="en"><head><title>A title of a press release | Business Wire</title>
<meta property="og:title" content="A title of a press release">
<meta property="og:site_name" content="Business Wire">
<meta property="article:published_time" content="2014-10-20"></head><body>
<h1>A title of a press release</h1><p>For immediate release.</p></body></html>"""


def test_a_press_release_is_kept_online_and_reads_back_as_it_was(
    server: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "library.bib").write_text("", encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_bytes(PRESS)
    url = "https://www.businesswire.com/news/home/x"
    asked = [url, "--from-file", str(page)]
    assert run(["resolve", *asked, "--to", "csl-json"]) == 0
    (item,) = json.loads(capsys.readouterr().out)
    assert (item["type"], item["genre"]) == ("article", "Press release")
    assert run(["resolve", *asked]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("@online{")
    assert run(["add", *asked, "--key", "x"]) == 0
    stored = (tmp_path / "library.bib").read_text(encoding="utf-8")
    for text in (printed, stored):
        (record,) = (record for _, record in records(Document.parse(text)))
        assert (record.type, record.text("genre")) == ("webpage", "Press release")


def _resolution(**claims: tuple[Claim, ...]) -> Resolution:
    values = {field: found[0].value for field, found in claims.items()}
    return Resolution(Record("", "article-journal", values), (), "", claims)


def test_a_source_that_is_preferred_is_believed_first() -> None:
    one, other = Claim("title", "One", "registry:crossref"), Claim("title", "Two", "page:jsonld")
    resolution = _resolution(title=(one, other))
    for name in ("page", "jsonld", "page:jsonld"):
        assert overridden(resolution, [name]).record.title == "Two"
    assert overridden(resolution, ["nobody"]) == resolution


def test_what_is_another_work_fills_nothing() -> None:
    found = _resolution(title=(Claim("title", "Something else altogether", "registry:crossref"),))
    assert gaps(Record("a", "book", {"title": "A title of mine"}), found) is None


def test_a_finer_date_of_ones_own_is_no_conflict() -> None:
    title, year = Claim("title", "A title", "x"), Claim("issued", Date(Day(2017)), "x")
    mine = Record("a", "book", {"title": "A title", "issued": Date(Day(2017, 3))})
    found = gaps(mine, _resolution(title=(title,), issued=(year,)))
    assert found is not None
    assert found.conflicts == ()


def test_a_record_is_known_by_its_best_identifier() -> None:
    values = {"DOI": DOI, "URL": "https://www.bbc.co.uk/news"}
    assert known_by(Record("a", "book", values)) == DOI
    assert known_by(Record("a", "book", {"title": "A", "author": (Name(family="B"),)})) == ""
