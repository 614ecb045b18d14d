"""Moving records from one bibliography to another: all of them or none, and nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import small_store

from northbib.errors import ConflictError, NotFoundError, UsageError
from northbib.library import Store

if TYPE_CHECKING:
    from pathlib import Path

folder = small_store.folder
own_cache = small_store.own_cache

PEER = "rodriguezpose2018revenge"
SUMMIT = "cfc2014summit"


@pytest.fixture
def store(folder: Path) -> Store:
    return Store(folder)


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_an_entry_moves_as_it_is_written(store: Store, folder: Path) -> None:
    (stored,) = store.move([SUMMIT], "regional-inequality")
    assert (stored.key, stored.bibliography, stored.line) == (SUMMIT, "regional-inequality", 21)
    assert small_store.FUTURES in (folder / "regional-inequality.bib").read_text()
    assert (folder / "northern-futures.BIB").read_bytes() == b""


def test_macros_bring_their_meaning_along(store: Store, folder: Path) -> None:
    store.move([PEER], "northern-futures")
    assert (
        "journaltitle = {Cambridge Journal of Regions, Economy and Society},"
        in (folder / "northern-futures.BIB").read_text()
    )
    assert store.get(PEER).record.plain("container-title").startswith("Cambridge Journal")


def test_a_bibliography_that_is_not_there_is_made(store: Store, folder: Path) -> None:
    moved = store.move([PEER, SUMMIT], "more")
    assert [stored.bibliography for stored in moved] == ["more", "more"]
    assert [stored.key for stored in Store(folder / "more.bib").all()] == [PEER, SUMMIT]


def test_a_record_that_is_there_already_stays(store: Store, folder: Path) -> None:
    before = files(folder)
    (stored,) = store.move([PEER], "regional-inequality")
    assert stored.bibliography == "regional-inequality"
    assert files(folder) == before
    assert store.log() == []


def test_none_is_moved_where_one_is_missing(store: Store, folder: Path) -> None:
    before = files(folder)
    with pytest.raises(NotFoundError):
        store.move([PEER, "nobody"], "more")
    with pytest.raises(UsageError, match="cannot be the name"):
        store.move([PEER], "../more")
    assert files(folder) == before


def test_an_entry_is_not_parted_from_what_it_takes_fields_from(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(
        "@incollection{chapter, title = {C}, crossref = {book}}\n\n@collection{book, title = {B}}\n"
    )
    store = Store(tmp_path)
    with pytest.raises(ConflictError, match="chapter was not moved: it takes fields from book"):
        store.move(["chapter"], "more")
    with pytest.raises(ConflictError, match="book was not moved: chapter takes fields from it"):
        store.move(["book"], "more")
    store.move(["book", "chapter"], "more")
    assert [stored.bibliography for stored in store.all()] == ["more", "more"]
    assert store.get("chapter").record.plain("container-title") == "B"
