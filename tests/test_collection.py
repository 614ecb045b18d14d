"""The collection that ships: its files are sound, and they say what the reference records say."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from bibtexparser.entrypoint import parse_string

from northbib.bibtex import Document, records
from northbib.records import Date, identifiers, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from northbib.records import Name, Record

Bibliographies = dict[str, list["Record"]]

FIELDS_OF_FACT = frozenset(
    """
    author editor title journaltitle booktitle publisher institution organization location date
    volume number pages doi isbn url
    """.split()
)
DOUBT = re.compile(
    r"recalled|inferred|not seen|not checked|not opened|searched for and not found|left out",
    re.IGNORECASE,
)
ALIKE = {
    "container": "container-title",
    "publisher": "publisher",
    "publisher_place": "publisher-place",
    "volume": "volume",
    "issue": "issue",
    "number": "number",
    "page": "page",
    "doi": "DOI",
    "isbn": "ISBN",
    "url": "URL",
    "title": "title",
}
ADDED = {
    "bbc2012heseltine": {"container-title-short"},
    "cellanjones2014northern": {"container-title-short"},
    "dpmo2014technorth": {"genre"},
}
"""What the files say beyond the reference records, on the word of the seed article or evidence."""

CITED_BY_THE_SEED_ARTICLE = {
    "cellanjones2014northern",
    "cgc2014unleashing",
    "dpmo2014technorth",
    "lambert2014power",
    "lambert2014summit",
    "lambert2014technorth",
}


@pytest.fixture(scope="module")
def files(root: Path) -> list[Path]:
    return sorted((root / "bibliographies").glob("*.bib"))


@pytest.fixture(scope="module")
def bibliographies(files: list[Path]) -> Bibliographies:
    documents = {path.stem: Document.parse(path.read_bytes(), path.name) for path in files}
    return {
        name: [record for _, record in records(document)] for name, document in documents.items()
    }


@pytest.fixture(scope="module")
def collection(bibliographies: Bibliographies) -> list[Record]:
    return [record for held in bibliographies.values() for record in held]


@pytest.fixture(scope="module")
def manual(root: Path) -> str:
    return (root / "docs" / "collection.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reference(shared: Path) -> dict[str, dict[str, Any]]:
    lines = (shared / "collection" / "records.jsonl").read_text(encoding="utf-8").splitlines()
    return {record["id"]: record for record in map(json.loads, lines)}


def test_files_are_read_without_a_problem(files: list[Path]) -> None:
    assert files
    for path in files:
        assert Document.parse(path.read_bytes(), path.name).problems == ()


def test_another_bibtex_reader_finds_the_same_entries(
    files: list[Path], bibliographies: Bibliographies
) -> None:
    for path in files:
        library = parse_string(path.read_text(encoding="utf-8"))
        assert library.failed_blocks == []
        keys = [entry.key for entry in library.entries]
        assert keys == [record.key for record in bibliographies[path.stem]]


def test_files_are_utf8_with_unix_line_ends_and_a_head_comment(files: list[Path]) -> None:
    for path in files:
        text = path.read_bytes().decode("utf-8")
        assert "\r" not in text
        assert "\t" not in text
        assert text.startswith("% ")
        assert text.endswith("}\n")
        assert not text.endswith("\n\n")


def test_no_two_records_share_a_key(collection: list[Record]) -> None:
    keys = [record.key.lower() for record in collection]
    assert len(keys) == len(set(keys))


def test_every_record_has_a_title_topics_and_provenance(collection: list[Record]) -> None:
    for record in collection:
        assert plain(str(record.values["title"])), record.key
        assert 1 <= len(record.keywords) <= 4, record.key
        assert record.extra["confidence"] in {"verified", "high"}, record.key
        assert record.extra["evidence"].endswith("."), record.key


def test_topics_come_from_the_table_of_the_manual(collection: list[Record], manual: str) -> None:
    topics = set(_topics(manual))
    for record in collection:
        assert set(record.keywords) <= topics, record.key
        assert len(set(record.keywords)) == len(record.keywords), record.key


def test_the_manual_counts_the_records_of_each_file(
    bibliographies: Bibliographies, manual: str
) -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| (\d+) \|$", manual, re.MULTILINE)
    counted = {name: int(count) for name, count in rows}
    assert counted == {name: len(held) for name, held in bibliographies.items()}
    assert f"{sum(counted.values())} works" in manual


def test_the_entry_that_the_manual_shows_is_the_one_in_the_files(
    files: list[Path], manual: str
) -> None:
    (shown,) = re.findall(r"^```bibtex\n(.*?)^```$", manual, re.MULTILINE | re.DOTALL)
    assert any(shown in path.read_text(encoding="utf-8") for path in files)


def test_dois_isbns_and_addresses_are_valid(collection: list[Record]) -> None:
    for record in collection:
        for variable, check in (
            ("DOI", identifiers.doi),
            ("ISBN", identifiers.isbn),
            ("URL", identifiers.web_address),
        ):
            if variable in record.values:
                assert check(str(record.values[variable])) is not None, record.key


def test_works_cited_by_the_seed_article_stand_in_northern_futures(
    bibliographies: Bibliographies,
) -> None:
    held = {record.key for record in bibliographies["northern-futures"]}
    assert held >= CITED_BY_THE_SEED_ARTICLE


def test_notseen_names_fields_of_fact_once_each(collection: list[Record]) -> None:
    for record in collection:
        names = _not_seen(record)
        assert set(names) <= FIELDS_OF_FACT, record.key
        assert len(set(names)) == len(names), record.key


def test_doubt_in_the_evidence_is_marked_by_notseen(collection: list[Record]) -> None:
    doubted = [record for record in collection if DOUBT.search(record.extra["evidence"])]
    assert doubted
    for record in doubted:
        assert _not_seen(record), record.key


def test_a_record_nobody_checked_marks_every_fact_that_it_gives(collection: list[Record]) -> None:
    unchecked = [r for r in collection if r.extra["evidence"] == "Recalled; not checked."]
    assert unchecked
    for record in unchecked:
        assert len(_not_seen(record)) == len(record.values), record.key


def test_a_date_that_is_not_there_is_marked(collection: list[Record]) -> None:
    for record in collection:
        assert "issued" in record.values or "date" in _not_seen(record), record.key


def test_every_reference_record_is_there_field_by_field(
    collection: list[Record], reference: dict[str, dict[str, Any]]
) -> None:
    found = {record.key: record for record in collection}
    assert found.keys() >= reference.keys()
    differences = {
        key: different
        for key, expected in reference.items()
        if (different := list(_differences(found[key], expected)))
    }
    assert differences == {}


def test_files_add_no_variable_to_the_reference_records(
    collection: list[Record], reference: dict[str, dict[str, Any]]
) -> None:
    for record in collection:
        if record.key in reference:
            expected = _expected(reference[record.key]).keys()
            assert record.values.keys() - expected == ADDED.get(record.key, set()), record.key
            assert record.extra.keys() <= {"confidence", "evidence", "notseen"}, record.key


def test_the_manual_has_all_the_topics_of_the_reference(shared: Path, manual: str) -> None:
    assert _topics((shared / "collection" / "topics.md").read_text("utf-8")) == _topics(manual)


def _topics(text: str) -> list[str]:
    """Read the tags in the first column of the table of topics, in its order."""
    table = re.search(r"^\| (?:topic|tag) \|.*\n\|.*\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert table is not None
    return re.findall(r"^\| `([a-z-]+)` \|", table[1], re.MULTILINE)


def _not_seen(record: Record) -> list[str]:
    return [name.strip() for name in record.extra.get("notseen", "").split(",") if name.strip()]


def _expected(reference: dict[str, Any]) -> dict[str, Any]:
    """Give a reference record's facts by CSL variable."""
    facts = {ALIKE[name]: text for name, text in reference.items() if name in ALIKE}
    if reference["type"] == "thesis":
        facts["genre"] = facts.pop("number")
    if "issued" in reference:
        facts["issued"] = reference["issued"]
    return facts | {role: reference[role] for role in ("author", "editor") if role in reference}


def _found(record: Record, variable: str) -> object:
    """Give what a record has under a variable, in the form of the reference records."""
    value = record.values.get(variable)
    if isinstance(value, tuple):
        names: tuple[Name, ...] = value
        return [name.to_csl() for name in names]
    if isinstance(value, Date):
        return value.edtf()
    if variable == "page" and value is not None:
        return value.replace("–", "-")
    return None if value is None else plain(value)


def _differences(record: Record, reference: dict[str, Any]) -> Iterator[tuple[str, object, object]]:
    expected = _expected(reference)
    found = {variable: _found(record, variable) for variable in expected}
    expected |= {name: reference[name] for name in ("type", "keywords", "confidence", "evidence")}
    found |= {"type": record.type, "keywords": list(record.keywords)}
    found |= {name: record.extra.get(name) for name in ("confidence", "evidence")}
    for name, wanted in expected.items():
        if found[name] != wanted:
            yield name, wanted, found[name]
