from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from records_strategy import records

from northbib.errors import InputError
from northbib.exchange import cff, read, write
from northbib.exchange.cff.terms import MEMBERS, TOP
from northbib.exchange.losses import differences
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.records import Value


@given(records)
def test_a_record_comes_back_whole(record: Record) -> None:
    (seen,) = read(write([record], "cff"), "CITATION.cff").records
    assert differences(record, seen) == ()


def test_the_collection_comes_back_whole(collection: list[Record]) -> None:
    assert list(read(write(collection, "cff"), "CITATION.cff").records) == collection


@pytest.fixture(scope="module")
def schema() -> Any:
    """Give the schema of CFF 1.2.0, as check-jsonschema has it."""
    pytest.importorskip("check_jsonschema")
    jsonschema: Any = pytest.importorskip("jsonschema")
    vendored = files("check_jsonschema") / "builtin_schemas" / "vendor"
    text = (vendored / "citation-file-format.json").read_text()
    return jsonschema.Draft7Validator(json.loads(text))


def faults(schema: Any, records: list[Record]) -> list[str]:
    document = yaml.safe_load(write(records, "cff"))
    return [error.message for error in schema.iter_errors(document)]


def test_the_collection_is_valid(collection: list[Record], schema: Any) -> None:
    assert faults(schema, collection) == []


def test_a_person_that_is_named_twice_is_written_once(schema: Any) -> None:
    names = (Name("Berg", "Jan"), Name("Roe", "Ana"), Name("Berg", "Jan"))
    record = Record("a", "book", {"title": "A book", "author": names})
    assert faults(schema, [record]) == []
    assert cff.encode(record)["authors"] == [
        {"family-names": "Berg", "given-names": "Jan"},
        {"family-names": "Roe", "given-names": "Ana"},
    ]


@given(records)
def test_any_work_is_valid(schema: Any, record: Record) -> None:
    assert faults(schema, [record]) == []


def test_the_entries_of_the_yardstick_are_valid(shared: Path, schema: Any) -> None:
    path = shared / "exchange/yardstick/samples/samples.biblatex.bib"
    assert faults(schema, list(read(path.read_bytes(), path.name).records)) == []


def test_software_that_comes_first_is_what_the_file_is_about() -> None:
    names = (Name("Berg", "Jan"),)
    values: dict[str, Value] = {"title": "A tool", "version": "1.10", "author": names}
    records = [
        Record("a", "software", {**values, "issued": Date(Day(2020, 1, 2))}),
        Record("b", "book", {"title": "A book"}),
    ]
    text = write(records, "cff").decode()
    assert text == (
        'cff-version: "1.2.0"\nmessage: If you use this work, please cite it as below.\n'
        "type: software\ntitle: A tool\nauthors:\n  - family-names: Berg\n    given-names: Jan\n"
        'version: "1.10"\ndate-released: "2020-01-02"\nidentifiers:\n  - type: other\n'
        "    value: a\n    description: citation key\nreferences:\n- type: book\n  title: A book\n"
        "  authors:\n    - name: anonymous\n  identifiers:\n    - type: other\n      value: b\n"
        "      description: citation key\n"
    )
    assert list(read(text.encode(), "CITATION.cff").records) == records


def test_only_members_of_the_schema_are_written(collection: list[Record]) -> None:
    for record in collection:
        assert cff.encode(record).keys() <= MEMBERS
    assert {"references", "preferred-citation"} <= TOP


@pytest.mark.parametrize(
    ("file", "findings"),
    [
        ("fail_additional-key", [("unknown-member", 8)]),
        ("fail_ls1mardyn", [("missing-member", 1), ("unknown-member", 14)]),
        ("fail_tue-excellent", [("bad-date", 12)]),
    ],
)
def test_files_that_the_schema_refuses_are_read_and_said_so(
    file: str, findings: list[tuple[str, int]], shared: Path
) -> None:
    (path,) = (shared / "exchange/data/cff").glob(f"*{file}*")
    reading = read(path.read_bytes(), "CITATION.cff")
    assert [(finding.code, finding.line) for finding in reading.findings] == findings
    assert reading.records[0].type == "software"


def test_no_work_of_real_files_is_lost(shared: Path) -> None:
    for path in sorted((shared / "exchange/data/cff").iterdir()):
        text = path.read_text()
        if "authors:" in text or "author:" in text:
            reading = read(path.read_bytes(), path.name)
            assert len(reading.records) == 1 + text.count("type: ", text.find("\nreferences:")) * (
                "\nreferences:" in text
            ) + ("preferred-citation:" in text) - _types_inside(text), path.name


def _types_inside(text: str) -> int:
    """Count what a reference calls its type beside the type that it has."""
    return text.count("thesis-type: ")


def test_references_are_read_by_their_members(shared: Path) -> None:
    folder = shared / "exchange/data/cff"
    (path,) = folder.glob("*pass_reference-conference-paper*")
    _, paper = read(path.read_bytes(), path.name).records
    assert paper == Record(
        "",
        "paper-conference",
        {
            "title": "Ultimate-accuracy syntax parsing with My Research Tool",
            "DOI": "10.5281/zenodo.1234",
            "author": (Name("Doe", "Jane"),),
            "editor": (Name("Kirk", "James T."),),
            "page": "42-45",
            "container-title": "Proceedings of the 1st Conference on Wishful Thinking",
            "event-title": "1st Conference on Wishful Thinking",
            "event-place": "Bielefeld, Jarvis Island",
            "event-date": Date(Day(2017, 4, 1)),
            "issued": Date(Day(2017)),
        },
    )
    (path,) = folder.glob("*pass_esalmela*")
    article = read(path.read_bytes(), path.name).records[2]
    assert article.text("container-title") == "Annals of Human Genetics"
    assert article.text("page") == "61-73"
    assert len(article.names()) == 9
    (path,) = folder.glob("*pass_reference-thesis*")
    thesis = read(path.read_bytes(), path.name).records[1]
    assert (thesis.text("genre"), thesis.text("publisher-place")) == ("PhD", "Berlin")
    assert thesis.date() == Date(Day(2017, 3, 21))


def test_yaml_of_another_kind_is_refused() -> None:
    with pytest.raises(InputError, match="not a citation file"):
        read(b"test: 123\n", "CITATION.cff", "cff")
