"""Pages and answers as they were recorded on the web: pages that are there are said to be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from loopback import Answer
from loopback_recordings import Recordings
from watched_library import entry

from northbib.resolve.http.outcomes import of_response
from northbib.resolve.http.results import Response
from northbib.resolve.watching.judging import judge

if TYPE_CHECKING:
    from pathlib import Path

    from watched_library import Watched

_LOST = {"dead-link", "soft-404", "parked-domain", "moved-link", "unsafe-link"}


@pytest.fixture(scope="module")
def recordings(shared: Path) -> Recordings:
    return Recordings(shared / "resolve" / "data")


def said_of(recordings: Recordings, row: dict[str, Any], titles: list[str]) -> str:
    """Give the code of what is said of a recorded page."""
    answer = recordings.answer(row)
    headers = {"content-type": answer.type, **answer.headers}
    response = Response(row["recorded_from"], answer.status, answer.body[:262_144], headers)
    return judge(response.url, of_response(response, 0, frozenset()), titles, stays=False).code


def test_no_page_that_is_there_is_said_to_be_lost(recordings: Recordings) -> None:
    pages = [row for row in recordings.rows.values() if row["kind"] == "html"]
    there = [row for row in pages if (row.get("expected") or {}).get("title")]
    assert len(there) > 90
    for row in there:
        for titles in ([row["expected"]["title"]], []):
            assert said_of(recordings, row, titles) not in _LOST, row["id"]
    fine = [row for row in there if not said_of(recordings, row, [row["expected"]["title"]])]
    assert len(fine) > 0.95 * len(there)


def test_no_challenge_is_said_to_be_a_page(recordings: Recordings) -> None:
    challenges = [
        row for row in recordings.rows.values() if (row.get("expected") or {}).get("blocked")
    ]
    assert challenges
    said = {row["id"]: said_of(recordings, row, []) for row in challenges}
    assert set(said.values()) == {"unchecked-link"}


def test_a_correction_is_read_as_crossref_sends_it(
    watched: Watched, recordings: Recordings
) -> None:
    name = "10.1371/journal.pone.0033693"
    row = next(
        row
        for row in recordings.rows.values()
        if row["file"].endswith(f"{name.replace('/', '-')}.json")
    )
    watched.server.serve(f"/crossref/works/{name}", recordings.answer(row))
    watched.serve_json("/crossref/works", {"status": "ok", "message": {"items": []}})
    watched.hold(entry("work", "article", doi=name))
    assert watched.codes("--updates") == ["corrected"]
    assert "(2012-05-08, 10.1371/annotation/" in watched.findings[0]["message"]


def test_editions_are_read_as_open_library_sends_them(
    watched: Watched, recordings: Recordings, shared: Path
) -> None:
    listed = (shared / "resolve/data/api/book-ol-edition-list.json").read_bytes()
    number = "9788478710539"
    details = {"works": [{"key": "/works/OL15832982W"}], "languages": [{"key": "/languages/spa"}]}
    watched.serve_json("/openlibrary/api/books", {f"ISBN:{number}": {"details": details}})
    answer = Answer(listed, type="application/json")
    watched.server.serve("/openlibrary/works/OL15832982W/editions.json", answer)
    watched.hold(entry("book", "book", isbn=number, date="2006"))
    assert recordings.rows
    assert watched.codes("--updates") == []
