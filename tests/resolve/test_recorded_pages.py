"""Pages and answers as they were recorded, read where the reference data is beside the project."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from northbib.errors import InputError, NorthbibError, NotFoundError
from northbib.records import Record, fold
from northbib.resolve.csl_json import read_csl_json
from northbib.resolve.merge import merge
from northbib.resolve.page import read_page

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def recorded(shared: Path) -> list[dict[str, Any]]:
    """The rows of the manifest, with the bytes of each."""
    data = shared / "resolve" / "data"
    lines = (data / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [{**row, "data": (data / row["file"]).read_bytes()} for row in rows]


def _read(row: dict[str, Any]) -> Record | None:
    headers = {name.lower(): text for name, text in (row.get("response_headers") or {}).items()}
    try:
        return merge(read_page(row["data"], headers, row["recorded_from"]))[0]
    except (InputError, NotFoundError):
        return None


def test_recorded_pages_are_read_and_challenges_are_not(recorded: list[dict[str, Any]]) -> None:
    pages = [row for row in recorded if row["kind"] == "html"]
    records = {row["id"]: _read(row) for row in pages}
    for row in pages:
        expected, record = row.get("expected") or {}, records[row["id"]]
        if expected.get("blocked"):
            assert record is None, row["id"]
        elif expected.get("title"):
            assert record is not None, row["id"]
            assert Record.from_csl(record.to_csl()) == record


def test_titles_and_dates_of_recorded_pages_are_right_nearly_always(
    recorded: list[dict[str, Any]],
) -> None:
    pages = [row for row in recorded if row["kind"] == "html" and _expected(row).get("title")]
    records = [(row, _read(row)) for row in pages]
    titles = [
        _bare(record.title) in [_bare(t) for t in _accepted(row, "title")]
        for row, record in records
        if record
    ]
    assert sum(titles) / len(pages) >= 0.95
    dated = [(row, record) for row, record in records if record and _expected(row).get("date")]
    dates = [_is_day(record, _accepted(row, "date")) for row, record in dated]
    assert sum(dates) / len(dated) >= 0.9


def test_recorded_answers_of_registries_never_break_the_reader(
    recorded: list[dict[str, Any]],
) -> None:
    read = 0
    for row in recorded:
        if row["kind"] != "api":
            continue
        try:
            read += bool(read_csl_json(row["data"], row["recorded_from"]))
        except NorthbibError:
            continue
    assert read


def _expected(row: dict[str, Any]) -> dict[str, Any]:
    return row.get("expected") or {}


def _accepted(row: dict[str, Any], field: str) -> list[str]:
    expected = _expected(row)
    return [expected[field], *expected.get(f"{field}_alt", [])]


def _bare(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())


def _is_day(record: Record, accepted: list[str]) -> bool:
    date = record.date()
    return date is not None and any(date.edtf().startswith(day) for day in accepted)
