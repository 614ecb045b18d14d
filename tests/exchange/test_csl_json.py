from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records_strategy import records

from northbib.errors import InputError
from northbib.exchange import FORMATS, csl_json, read, write
from northbib.exchange.conversion import Conversion
from northbib.exchange.losses import differences
from northbib.records import Date, Day, Name, Record
from northbib.records.vocabulary import TYPES

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.exchange.protocol import Reading

pytestmark = pytest.mark.usefixtures("no_litter")


def reading(*items: object) -> Reading:
    return read(json.dumps(items).encode(), "a.json", "csl-json")


def only(**members: object) -> Record:
    (record,) = reading({"id": "a", "type": "book", **members}).records
    return record


@pytest.fixture(scope="session")
def schema(shared: Path) -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    source = json.loads((shared / "exchange/schemas/csl-data.json").read_text())
    return jsonschema.Draft7Validator(source)


def faults(schema: Any, data: bytes) -> list[str]:
    return [
        f"{list(each.path)}: {each.message[:200]}" for each in schema.iter_errors(json.loads(data))
    ]


@given(records)
def test_a_record_comes_back_whole(record: Record) -> None:
    (seen,) = read(write([record], "csl-json"), "a.json", "csl-json").records
    assert differences(record, seen) == ()


def test_any_record_is_valid_by_the_schema(schema: Any) -> None:
    @settings(max_examples=10)
    @given(records)
    def is_valid(record: Record) -> None:
        for profile in ("", "zotero", "citation-js"):
            data, _, _ = Conversion(FORMATS["csl-json"], profile).file([record])
            assert faults(schema, data) == []

    is_valid()


def test_the_collection_is_valid_by_the_schema(collection: list[Record], schema: Any) -> None:
    assert faults(schema, write(collection, "csl-json")) == []


def test_the_schema_and_the_vocabulary_know_the_same_types(schema: Any) -> None:
    assert set(schema.schema["items"]["properties"]["type"]["enum"]) == TYPES


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("journal-article", "article-journal"),
        ("Book", "book"),
        ("posted-content", "article"),
        ("dissertation", "thesis"),
        ("ConferencePaper", "paper-conference"),
        ("journalArticle", "article-journal"),
        ("reference-entry", "entry"),
    ],
)
def test_types_of_registries_and_zotero_become_those_of_csl(written: str, kind: str) -> None:
    seen = reading({"id": "a", "type": written, "title": "T"})
    assert ([each.type for each in seen.records], seen.findings) == ([kind], ())


@pytest.mark.parametrize("kind", ["SoftwareSourceCode", "blockchain", 5, ["book"], {"a": 1}, True])
def test_a_type_that_nobody_knows_is_a_document_is_kept_and_is_told(kind: object) -> None:
    seen = reading({"id": "a", "type": kind, "title": "T"})
    (record,) = seen.records
    (finding,) = seen.findings
    assert (record.type, record.extra["csltype"]) == ("document", str(kind))
    assert (finding.code, finding.severity, finding.key) == ("unknown-type", "warning", "a")
    (again,) = read(write([record], "csl-json"), "b.json", "csl-json").records
    assert again == record


def test_an_unknown_type_in_yaml_is_told_with_its_line() -> None:
    seen = read(b"- id: a\n  type: book\n- id: b\n  type: blockchain\n", "a.yaml", "csl-yaml")
    assert [each.type for each in seen.records] == ["book", "document"]
    assert [(each.code, each.line) for each in seen.findings] == [("unknown-type", 3)]


def test_an_item_without_a_type_is_a_document() -> None:
    seen = reading({"id": "a", "title": "T"}, {"id": "b", "type": None}, {"id": "c", "type": ""})
    assert ([each.type for each in seen.records], seen.findings) == (["document"] * 3, ())


def test_other_names_of_members_are_read_as_variables() -> None:
    record = only(
        shortTitle="T", journalAbbreviation="J. T.", event="Meeting", part="2", printing=3, doi="10"
    )
    assert dict(record.values) == {
        "title-short": "T",
        "container-title-short": "J. T.",
        "event-title": "Meeting",
        "part-number": "2",
        "printing-number": "3",
        "DOI": "10",
    }


def test_a_variable_counts_more_than_another_name_of_it() -> None:
    assert only(shortTitle="old", **{"title-short": "new"}).text("title-short") == "new"


def test_what_csl_has_no_variable_for_is_kept_and_valid_when_written(schema: Any) -> None:
    record = only(**{"reference-count": 12, "@context": "https://schema.org", "state": "findable"})
    assert dict(record.extra) == {
        "reference-count": "12",
        "context": "https://schema.org",
        "state": "findable",
    }
    assert faults(schema, write([record], "csl-json")) == []


def test_lists_dates_and_names_of_registries_are_read() -> None:
    record = only(
        title=["A title", "Ein Titel"],
        ISSN=["0261-3077", "1756-3224"],
        issued="2019-03/2019-05",
        accessed={"date-parts": [["2020", "1", 2]]},
        **{"original-date": 1988},
        author=[{"name": "Academy", "sequence": "first"}, {"family": "Doe", "affiliation": []}],
        editor=["Doe, Jane"],
        subtitle=[],
    )
    assert record.text("title") == "A title"
    assert record.text("ISSN") == "0261-3077, 1756-3224"
    assert record.date() == Date(Day(2019, 3), Day(2019, 5), is_range=True)
    assert record.date("original-date") == Date(Day(1988))
    assert record.date("accessed") == Date(Day(2020, 1, 2))
    assert record.names() == (Name(literal="Academy"), Name("Doe"))
    assert record.names("editor") == (Name("Doe", "Jane"),)


@pytest.mark.parametrize(
    ("note", "seen", "rest"),
    [
        ("original-date: 1988\nDOI: 10.1\nA copy", {"original-date", "DOI"}, "A copy"),
        ("A copy\nPMID: 12\ntex.urn: urn:x", {"PMID", "tex.urn"}, "A copy"),
        ("{:event-place: Oslo}", {"event-place"}, ""),
        ("illustrator: Doe || Jane\nillustrator: Roe || Jan", {"illustrator"}, ""),
        ("volume: 12\nPlace: Oslo", set(), "volume: 12\nPlace: Oslo"),
        ("A copy\nwithout a page\nDOI: 10.1", set(), "A copy\nwithout a page\nDOI: 10.1"),
        ("See: the copy", set(), "See: the copy"),
        ("issued: 2020-03/2020-05", {"issued"}, ""),
        ("type: software\nkeyword: a, b", {"type", "keyword"}, ""),
    ],
)
def test_variables_on_top_of_a_note_are_read_as_processors_do(
    note: str, seen: set[str], rest: str
) -> None:
    plain = only(volume="3", issued={"date-parts": [[2020]]})
    record = only(volume="3", issued={"date-parts": [[2020]]}, note=note)
    assert set(differences(plain, record)) - {"note"} == seen
    assert record.text("note") == rest
    (again,) = read(write([record], "csl-json"), "b.json", "csl-json").records
    assert again == record


def test_the_key_that_people_cite_by_goes_before_the_id() -> None:
    address = "http://zotero.org/users/96641/items/BDQRTS3T"
    record = only(id=address, title="T", **{"citation-key": "doe2020"})
    assert (record.key, dict(record.extra)) == ("doe2020", {"id": address})
    assert only(id=12, **{"citation-key": "doe2020"}).key == "doe2020"
    assert only(id="doe2020", **{"citation-key": ""}).key == "doe2020"


def test_numbers_that_the_schema_names_otherwise_are_written_so() -> None:
    record = Record("a", "book", {"part-number": "2", "license": "CC0", "title": "T"})
    (item,) = json.loads(write([record], "csl-json"))
    assert (item["part"], "part-number" in item, "license" in item) == ("2", False, False)
    (reference,) = read(write([record], "csl-yaml"), "a.yaml", "csl-yaml").records
    assert reference == record
    assert b"part-number: 2" in write([record], "csl-yaml")


_json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=6,
)
_members = st.sampled_from(
    ["id", "type", "title", "author", "issued", "keyword", "custom", "ISSN", "note", "volume"]
)


@given(st.dictionaries(st.one_of(_members, st.text(max_size=8)), _json, max_size=6))
def test_any_object_is_read_without_a_crash(item: dict[str, Any]) -> None:
    record = csl_json.decode(item)
    assert record.type in TYPES
    assert csl_json.decode(csl_json.encode(record)).type == record.type


def test_the_real_files_are_read_with_no_item_lost(shared: Path) -> None:
    found = {}
    for path in sorted((shared / "exchange/data/csl_json").glob("*.json")):
        value = json.loads(path.read_bytes())
        seen = read(path.read_bytes(), path.name, "csl-json")
        assert len(seen.records) == (len(value) if isinstance(value, list) else 1)
        assert all(record.type in TYPES for record in seen.records)
        found[path.name] = seen.records
    (crossref,) = found["handlr__citeproc-crossref.json"]
    assert (crossref.type, crossref.text("ISSN")) == ("article-journal", "0718-4808")
    assert crossref.text("container-title-short") == "Ter Psicol"
    assert crossref.extra["alternative-id"] == "S0718-48082015000300006"
    assert [name.family for name in crossref.names()][:2] == ["Juillerat", "Cornejo"]


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.text(max_size=5), _json, max_size=4), min_size=1, max_size=2))
def test_a_file_is_laid_out_as_json_with_an_indent_of_two(items: list[dict[str, Any]]) -> None:
    laid_out = json.dumps(items, ensure_ascii=False, indent=2) + "\n"
    assert b"".join(csl_json.write(items)) == laid_out.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("small", [1 << 24, 4])
def test_an_array_that_breaks_off_gives_what_stands_before(
    small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csl_json, "_SMALL", small)
    items = [{"id": key, "type": "book", "title": "A title"} for key in "abc"]
    data = json.dumps(items, indent=1).encode()
    for cut in (len(data) - 10, len(data) - 1):
        seen = read(data[:cut], "a.json", "csl-json")
        assert [record.key for record in seen.records] == ["a", "b", "c"][: len(seen.records)]
        assert len(seen.records) >= 2
        (finding,) = seen.findings
        assert (finding.code, finding.severity) == ("broken-json", "error")
    with pytest.raises(InputError, match="not JSON"):
        read(data[:20], "a.json", "csl-json")


def test_items_of_zotero_itself_are_read_with_their_people_and_fields() -> None:
    item = {
        "itemType": "bookSection",
        "title": "A chapter",
        "bookTitle": "A book",
        "creators": [
            {"firstName": "Jane", "lastName": "Doe", "creatorType": "author"},
            {"name": "A body", "creatorType": "editor"},
            {"lastName": "Roe", "firstName": "R.", "creatorType": "seriesEditor"},
        ],
        "date": "June 2001",
        "accessDate": "2020-05-01 12:00:00",
        "tags": [{"tag": "one"}, {"tag": "two"}],
        "notes": [{"note": "<p>Read &amp; seen</p>"}],
        "attachments": [],
        "shelf": "B 12",
    }
    (record,) = reading(item).records
    (again,) = reading({"key": "ABC", "version": 1, "data": item}).records
    assert record.type == "chapter"
    assert record.text("container-title") == "A book"
    assert [str(name) for name in record.names("author")] == ["Jane Doe"]
    assert record.names("editor") == (Name(literal="A body"),)
    assert record.names("collection-editor") == (Name(family="Roe", given="R."),)
    assert record.values["issued"] == Date(Day(2001, 6))
    assert record.values["accessed"] == Date(Day(2020, 5, 1))
    assert record.keywords == ("one", "two")
    assert record.text("annote") == "Read & seen"
    assert record.extra == {"shelf": "B 12"}
    assert again == record


def test_the_real_items_of_zotero_keep_their_people(shared: Path) -> None:
    files = sorted((shared / "exchange/data").glob("*/*expected-zotero.json"))
    for file in files:
        items = json.loads(file.read_text())
        seen = read(file.read_bytes(), file.name).records
        assert len(seen) == len(items)
        for item, record in zip(items, seen, strict=True):
            names = [name for value in record.values.values() for name in names_in(value)]
            assert len(names) == len(item["creators"]), file.name


def names_in(value: object) -> tuple[Name, ...]:
    return tuple(each for each in value if isinstance(each, Name)) if type(value) is tuple else ()
