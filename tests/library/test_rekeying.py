"""New keys for records that are there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_store import folder, own_cache

from northbib.library import Store
from northbib.library.keys import Pattern
from northbib.library.rekeying import rekey

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["folder", "own_cache"]

PATTERN = Pattern.parse("auth.lower + shorttitle(2, 2) + year")
MORE = """
@misc{chapter,
  crossref = {Baker2004Geographies},
  xdata    = {one, rodriguezpose2018revenge ,two},
  related  = {cfc2014summit},
  title    = {A chapter},
}
"""


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_a_record_gets_its_new_key_and_is_found_by_the_old_one(folder: Path) -> None:
    done = rekey(Store(folder), "", PATTERN)
    assert {each.old: each.new for each in done.renamed} == {
        "cfc2014summit": "centreforcitiesNorthernFutures2014",
        "rodriguezpose2018revenge": "rodriguezposeRevengePlaces2018",
        "baker2004geographies": "bakerGeographiesEngland2004",
    }
    store = Store(folder)
    assert store.get("cfc2014summit").record.key == "centreforcitiesNorthernFutures2014"
    assert store.get("bakerGeographiesEngland2004").record.extra["ids"] == "baker2004geographies"


def test_nothing_but_keys_and_aliases_changes(folder: Path) -> None:
    before = (folder / "regional-inequality.bib").read_text(encoding="utf-8")
    rekey(Store(folder), "", PATTERN)
    after = (folder / "regional-inequality.bib").read_text(encoding="utf-8")
    lines = [line for line in after.splitlines() if line not in before.splitlines()]
    assert lines == [
        "@article{rodriguezposeRevengePlaces2018,",
        "  ids          = {rodriguezpose2018revenge},",
        "@collection{bakerGeographiesEngland2004,",
        "  ids       = {baker2004geographies},",
    ]


def test_a_second_run_changes_nothing(folder: Path) -> None:
    rekey(Store(folder), "", PATTERN)
    before = bytes_of(folder)
    assert rekey(Store(folder), "", PATTERN).renamed == ()
    assert bytes_of(folder) == before


def test_entries_of_all_files_name_the_new_key(folder: Path) -> None:
    with (folder / "northern-futures.BIB").open("a", encoding="utf-8") as stream:
        stream.write(MORE)
    done = rekey(Store(folder), "-key:chapter", PATTERN)
    text = (folder / "northern-futures.BIB").read_text(encoding="utf-8")
    assert "crossref = {bakerGeographiesEngland2004}" in text
    assert "xdata    = {one, rodriguezposeRevengePlaces2018 ,two}" in text
    assert "related  = {centreforcitiesNorthernFutures2014}" in text
    assert done.redirected == 1


def test_the_next_keys_keep_all_the_old_ones_and_can_go_back(folder: Path) -> None:
    rekey(Store(folder), "", PATTERN)
    rekey(Store(folder), "", Pattern.parse("auth + year"))
    record = Store(folder).get("Baker2004").record
    assert record.extra["ids"] == "baker2004geographies, bakerGeographiesEngland2004"
    rekey(Store(folder), "", PATTERN)
    record = Store(folder).get("bakerGeographiesEngland2004").record
    assert record.extra["ids"] == "baker2004geographies, Baker2004"


def test_a_dry_run_says_the_same_and_writes_nothing(folder: Path) -> None:
    before = bytes_of(folder)
    tried = rekey(Store(folder), "", PATTERN, dry_run=True)
    assert bytes_of(folder) == before
    assert rekey(Store(folder), "", PATTERN).renamed == tried.renamed


def test_what_is_taken_by_a_key_or_an_alias_is_not_given_again(folder: Path) -> None:
    with (folder / "regional-inequality.bib").open("a", encoding="utf-8") as stream:
        stream.write("@book{other, ids = {Baker2004}, title = {A title}}\n")
        stream.write("@book{third, author = {Baker, B.}, title = {A title}, date = {2004}}\n")
    rekey(Store(folder), "key:baker2004geographies or key:third", Pattern.parse("auth + year"))
    keys = {stored.record.key for stored in Store(folder).all()}
    assert {"Baker2004a", "Baker2004b"} <= keys
    assert "Baker2004" not in keys


def test_records_that_share_a_key_are_left_and_named(folder: Path) -> None:
    with (folder / "northern-futures.BIB").open("a", encoding="utf-8") as stream:
        stream.write("@book{BAKER2004geographies, title = {A title}}\n")
    done = rekey(Store(folder), "", PATTERN)
    assert [finding.key for finding in done.left] == [
        "BAKER2004geographies",
        "baker2004geographies",
    ]
    assert len(done.renamed) == 2


def test_it_can_be_undone(folder: Path) -> None:
    before = bytes_of(folder)
    rekey(Store(folder), "", PATTERN)
    assert bytes_of(folder) != before
    Store(folder).undo()
    assert bytes_of(folder) == before


@pytest.mark.parametrize("source", ["crossref = {cfc2014summit}", "crossref = cfc2014summit"])
def test_a_parent_that_is_no_text_is_left_alone(folder: Path, source: str) -> None:
    with (folder / "northern-futures.BIB").open("a", encoding="utf-8") as stream:
        stream.write(f"@misc{{child, {source}, title = {{A part}}}}\n")
    rekey(Store(folder), "key:cfc2014summit", PATTERN)
    text = (folder / "northern-futures.BIB").read_text(encoding="utf-8")
    wanted = source.replace("{cfc2014summit}", "{centreforcitiesNorthernFutures2014}")
    assert wanted in text
