"""CSL-JSON is taken as it comes, and what is wrong with it is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.csl.items import read_item
from northbib.records import Date, Day, Name
from northbib.records.vocabulary import DATE_VARIABLES, NAME_VARIABLES, TYPES


def values_of(**variables: Any) -> Any:
    item = {name.replace("_", "-"): value for name, value in variables.items()}
    return read_item({"id": "a", "type": "book", **item})[0].values


def codes_of(**variables: Any) -> list[str]:
    item = {name.replace("_", "-"): value for name, value in variables.items()}
    return [finding.code for finding in read_item({"id": "a", "type": "book", **item})[1]]


def test_numbers_become_text() -> None:
    assert values_of(volume=51, issue=3.0, version=1.5) == {
        "volume": "51",
        "issue": "3",
        "version": "1.5",
    }


def test_lists_of_texts_are_joined() -> None:
    assert values_of(ISSN=["0034-3404", "1360-0591"]) == {"ISSN": "0034-3404, 1360-0591"}


def test_empty_values_and_unknown_variables_go_without_a_word() -> None:
    given_values: dict[str, Any] = {
        "title": "",
        "volume": None,
        "author": [],
        "issued": {},
        "nonsense": {"a": 1},
    }
    assert values_of(**given_values) == {}
    assert codes_of(**given_values) == []


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("title", {"a": 1}),
        ("title", True),
        ("title", [None]),
        ("volume", float("nan")),
        ("author", 7),
        ("author", [[]]),
        ("issued", [2014]),
        ("issued", False),
    ],
)
def test_a_value_of_the_wrong_kind_is_left_out_with_a_warning(variable: str, value: Any) -> None:
    assert values_of(**{variable: value}) == {}
    assert codes_of(**{variable: value}) == ["wrong-kind"]


def test_a_number_too_long_to_be_written_is_left_out() -> None:
    assert codes_of(volume=10**5000) == ["wrong-kind"]


def test_an_item_without_a_type_or_with_an_unknown_one_is_a_document() -> None:
    for type_ in (None, "", "press-release", 7, ["book"]):
        record, warnings = read_item({"id": "a", "type": type_})
        assert record.type == "document"
        assert [warning.code for warning in warnings] == ["unknown-type"]


def test_names_may_be_texts_or_a_single_name() -> None:
    assert values_of(author="HM Treasury") == {"author": (Name(literal="HM Treasury"),)}
    assert values_of(editor={"family": "Lee", "given": "Neil"}) == {
        "editor": (Name(family="Lee", given="Neil"),)
    }
    assert values_of(author=[{}, {"family": ""}, "RSA"]) == {"author": (Name(literal="RSA"),)}


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ({"date-parts": [[2014, 10, 23]]}, Date(Day(2014, 10, 23))),
        ({"date-parts": [["2014", "10"]]}, Date(Day(2014, 10))),
        ({"date-parts": [2014, 10]}, Date(Day(2014, 10))),
        ({"date-parts": [[2014, 0, 0]]}, Date(Day(2014))),
        ({"date-parts": [[2014, None, ""]]}, Date(Day(2014))),
        ({"date-parts": [[2014], [2016]]}, Date(Day(2014), Day(2016), is_range=True)),
        ({"date-parts": [[2014], [0]]}, Date(Day(2014), is_range=True)),
        ({"date-parts": [[2014]], "season": "2"}, Date(Day(2014, season=2))),
        ({"date-parts": [[2014]], "circa": True}, Date(Day(2014), circa=True)),
        ({"raw": "2014-10"}, Date(Day(2014, 10))),
        ({"raw": "23 Oct 2014"}, Date(literal="23 Oct 2014")),
        ({"literal": "n.d."}, Date(literal="n.d.")),
        ({"edtf": "2014/.."}, Date(Day(2014), is_range=True)),
        ("2014-10-23", Date(Day(2014, 10, 23))),
        (2014, Date(Day(2014))),
    ],
)
def test_dates_are_read_in_all_their_spellings(value: Any, date: Date) -> None:
    assert values_of(issued=value) == {"issued": date}


def test_a_day_that_never_was_is_cut_to_its_month() -> None:
    wrong = {"date-parts": [[2014, 2, 30]]}
    assert values_of(issued=wrong) == {"issued": Date(Day(2014, 2))}
    assert codes_of(issued=wrong) == ["impossible-date"]


def test_older_names_of_variables_are_known() -> None:
    assert values_of(shortTitle="A", journalAbbreviation="B", event="C") == {
        "title-short": "A",
        "container-title-short": "B",
        "event-title": "C",
    }
    assert values_of(event="C", event_title="D") == {"event-title": "D"}


def test_text_stands_on_one_line_and_can_be_written() -> None:
    assert values_of(title=" A\r\ntitle\x00\ud800\ufdd0 ") == {"title": "A title"}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["date-parts", "season", "circa", "literal", "raw", "family", "given"])
            | st.text(max_size=4),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["type", "title", "author", "issued", "page", "language", "event", "x"]),
        json_values,
    )
)
def test_any_json_gives_a_record_that_holds(item: dict[str, Any]) -> None:
    record, warnings = read_item({**item, "id": "a"})
    assert record.type in TYPES
    for variable, value in record.values.items():
        kind = tuple if variable in NAME_VARIABLES else str
        assert isinstance(value, Date if variable in DATE_VARIABLES else kind)
    assert all(warning.key == "a" for warning in warnings)
