"""A record says the same in CSL-JSON as it does in Python."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.records import Date, Name, Record, fold, plain
from northbib.records.identifiers import doi, isbn, web_address

LEE = {
    "id": "lee2017cards",
    "type": "article-journal",
    "title": "Powerhouse of cards? Understanding the ‘Northern Powerhouse’",
    "author": [{"family": "Lee", "given": "Neil"}],
    "issued": {"date-parts": [[2017]]},
    "container-title": "Regional Studies",
    "volume": "51",
    "page": "478-489",
    "DOI": "10.1080/00343404.2016.1196289",
    "keyword": "northern-powerhouse, agglomeration",
    "custom": {"confidence": "verified"},
}


def test_an_item_of_csl_json_comes_back_as_it_was() -> None:
    assert Record.from_csl(LEE).to_csl() == LEE


def test_a_record_answers_for_title_year_names_and_address() -> None:
    record = Record.from_csl(LEE)
    assert record.title == "Powerhouse of cards? Understanding the ‘Northern Powerhouse’"
    assert record.year == 2017
    assert record.names() == (Name(family="Lee", given="Neil"),)
    assert record.url == "https://doi.org/10.1080/00343404.2016.1196289"
    assert record.keywords == ("northern-powerhouse", "agglomeration")


def test_values_of_the_wrong_json_type_are_left_out() -> None:
    record = Record.from_csl(
        {"id": 7, "title": None, "author": "Lee", "issued": "2017", "volume": 51, "page": True}
    )
    assert record.key == "7"
    assert record.type == "document"
    assert record.values == {"volume": "51"}


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["id", "type", "title", "author", "issued", "keyword", "custom"])
        | st.text(),
        json,
    )
)
def test_json_of_any_shape_is_read_without_an_error(item: dict[str, object]) -> None:
    first = Record.from_csl(item)
    assert Record.from_csl(first.to_csl()) == first


def test_a_name_reads_aloud_and_sorts() -> None:
    name = Name(family="Niro", given="Robert", non_dropping_particle="De", suffix="Jr.")
    assert str(name) == "Robert De Niro Jr."
    assert name.sort_form == "De Niro, Robert, Jr."
    assert Name.from_csl(name.to_csl()) == name


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Páraic", "paraic"),
        ("Zsibók, Zsuzsanna", "zsibok, zsuzsanna"),
        ("Rodríguez-Pose", "rodriguez-pose"),
        ("‘left-behind’", "'left-behind'"),
        ("Straße", "strasse"),
        ("ŁÓDŹ", "lodz"),
    ],
)
def test_case_accents_and_typographic_punctuation_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_markup_is_not_part_of_the_plain_text() -> None:
    text = '<i>a</i> <span class="nocase">UK</span> R&D if 3 < 4 <script>'
    assert plain(text) == "a UK R&D if 3 < 4 <script>"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.1086/261763", "10.1086/261763"),
        ("https://doi.org/10.1086/261763", "10.1086/261763"),
        ("http://dx.doi.org/10.1111%2F1467-923X.12278", "10.1111/1467-923x.12278"),
        ("doi:10.1016/S1574-0080(04)80005-1.", "10.1016/s1574-0080(04)80005-1"),
        ("(10.1016/S1574-0080(04)80005-1)", "10.1016/s1574-0080(04)80005-1"),
        ("Powerhouse of cards", None),
        ("10.12/x", None),
    ],
)
def test_a_doi_is_found_in_every_spelling(text: str, found: str | None) -> None:
    assert doi(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9781138647237", "9781138647237"),
        ("978-1-138-64723-7", "9781138647237"),
        ("185112165X", "9781851121656"),
        ("ISBN 0-521-82261-0", "9780521822619"),
        ("9781138647238", None),
        ("1851121651", None),
        ("Regional Studies", None),
    ],
)
def test_an_isbn_has_thirteen_digits_and_a_right_check_digit(text: str, found: str | None) -> None:
    assert isbn(text) == found


@given(st.text())
def test_no_text_breaks_the_reading_of_identifiers(text: str) -> None:
    doi(text)
    isbn(text)
    web_address(text)


def test_only_http_and_https_are_web_addresses() -> None:
    assert web_address(" https://nic.org.uk/ ") == "https://nic.org.uk/"
    for text in ("ftp://nic.org.uk/", "javascript:alert(1)", "https://", "http://[", "nic.org.uk"):
        assert web_address(text) is None


def test_an_empty_date_is_no_value() -> None:
    assert Record.from_csl({"id": "a", "issued": {}}).values == {}
    assert Record.from_csl({"id": "a", "issued": {"raw": "n.d."}}).values == {
        "issued": Date(literal="n.d.")
    }
