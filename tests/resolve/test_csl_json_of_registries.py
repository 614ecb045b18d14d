"""Answers of registration agencies, as good and as bad as they come."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from northbib.errors import InputError
from northbib.records import Name, Record
from northbib.resolve.csl_json import read_csl_json
from northbib.resolve.merge import merge

LEE: dict[str, Any] = {
    "type": "journal-article",
    "title": ["Powerhouse of cards? Understanding the \u2018Northern Powerhouse\u2019"],
    "author": [
        {
            "given": "Neil",
            "family": "Lee",
            "sequence": "first",
            "affiliation": [{"name": "A department"}],
        }
    ],
    "container-title": ["Regional Studies"],
    "issued": {"date-parts": [[2017]]},
    "volume": "51",
    "issue": "3",
    "page": "478-489",
    "DOI": "10.1080/00343404.2016.1196289",
    "URL": "http://dx.doi.org/10.1080/00343404.2016.1196289",
    "indexed": {"timestamp": 1},
    "reference-count": 7,
    "link": [{"URL": "http://www.tandfonline.com/x"}],
}


def record(**changes: object) -> Record:
    item = {**LEE, **changes}
    return merge(read_csl_json(json.dumps(item).encode(), "https://doi.org/x"))[0]


def test_an_article_comes_out_whole_and_without_junk() -> None:
    assert record().to_csl() == {
        "id": "",
        "type": "article-journal",
        "title": "Powerhouse of cards? Understanding the ‘Northern Powerhouse’",
        "author": [{"family": "Lee", "given": "Neil"}],
        "container-title": "Regional Studies",
        "issued": {"date-parts": [[2017]]},
        "volume": "51",
        "issue": "3",
        "page": "478-489",
        "DOI": "10.1080/00343404.2016.1196289",
    }


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("journal-article", "article-journal"),
        ("proceedings-article", "paper-conference"),
        ("book-chapter", "chapter"),
        ("monograph", "book"),
        ("edited-book", "book"),
        ("posted-content", "article"),
        ("dissertation", "thesis"),
        ("peer-review", "review"),
        ("Dataset", "dataset"),
        ("article-journal", "article-journal"),
        ("something new", "article-journal"),
        (None, "article-journal"),
    ],
)
def test_types_of_the_agencies_become_types_of_csl(theirs: object, ours: str) -> None:
    assert record(type=theirs).type == ours


@pytest.mark.parametrize(
    ("title", "subtitle", "ours"),
    [
        ("Powerhouse of cards?", [], "Powerhouse of cards?"),
        ("Powerhouse of cards?", ["Understanding"], "Powerhouse of cards? Understanding"),
        (["Powerhouse"], ["Understanding"], "Powerhouse: Understanding"),
        (["Powerhouse: Understanding"], ["Understanding"], "Powerhouse: Understanding"),
        (["The <i>Powerhouse</i> &amp;amp; more\n"], None, "The <i>Powerhouse</i> & more"),
    ],
)
def test_titles_are_joined_and_cleaned(title: object, subtitle: object, ours: str) -> None:
    assert record(title=title, subtitle=subtitle).text("title") == ours


@pytest.mark.parametrize(
    ("issued", "edtf"),
    [
        ({"date-parts": [[2016, 7, 13]]}, "2016-07-13"),
        ({"date-parts": [["2016", "7"]]}, "2016-07"),
        ({"date-parts": [[2016, 7, 13, 13]]}, "2016-07-13"),
        ({"raw": "2016-07-13"}, "2016-07-13"),
    ],
)
def test_dates_are_read_whatever_their_parts(issued: object, edtf: str) -> None:
    date = record(issued=issued).date()
    assert date is not None
    assert date.edtf() == edtf


@pytest.mark.parametrize(
    "issued",
    [
        {"date-parts": [[None]]},
        {"date-parts": [[]]},
        {"date-parts": []},
        {"date-parts": [["a", {}]]},
        {"date-parts": [[9999, 1, 1]]},
        {"date-parts": "2017"},
        {"raw": 5},
        [2017],
        "2017",
        None,
    ],
)
def test_what_is_no_date_is_left_out(issued: object) -> None:
    assert record(issued=issued).date() is None


def test_the_date_of_the_volume_goes_before_the_first_day_online() -> None:
    made = record(
        issued={"date-parts": [[2016, 7, 13]]}, **{"published-print": {"date-parts": [[2017]]}}
    )
    assert made.year == 2017


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ({"name": "HM Treasury"}, Name(literal="HM Treasury")),
        ({"literal": "HM Treasury"}, Name(literal="HM Treasury")),
        ({"literal": "Lee, Neil"}, Name(family="Lee", given="Neil")),
        ({"literal": "Neil Lee"}, Name(family="Lee", given="Neil")),
        ({"family": "HM Treasury"}, Name(literal="HM Treasury")),
        (
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            Name(family="King", given="Martin Luther", suffix="Jr."),
        ),
    ],
)
def test_names_are_people_or_bodies(entry: object, name: Name) -> None:
    assert record(author=[entry, None, "x", {}]).names() == (name,)


def test_numbers_of_books_and_journals_are_checked_and_bare() -> None:
    made = record(
        ISBN=["http://id.crossref.org/isbn/9780719075520", "123"], ISSN=["x", "0034-3404"]
    )
    assert made.text("ISBN") == "9780719075520"
    assert made.text("ISSN") == "0034-3404"


def test_an_address_that_is_not_just_the_doi_is_kept() -> None:
    assert record(URL="https://www.gov.uk/a").text("URL") == "https://www.gov.uk/a"
    assert "URL" not in record().values


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"Resource not found.",
        b"<html></html>",
        b"[]",
        b"5",
        b"{}",
        b'{"title": []}',
        b"\xff\xfe",
        b'{"title": {"a": 1}}',
        b'{"title": true}',
        b"[" * 100_000,
    ],
)
def test_an_answer_without_a_work_is_refused(body: bytes) -> None:
    with pytest.raises(InputError):
        read_csl_json(body, "https://doi.org/x")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(sorted({*LEE, "subtitle", "ISBN", "ISSN", "abstract", "editor"})),
        json_values,
    )
)
def test_json_of_any_shape_is_a_record_or_an_input_error(changes: dict[str, Any]) -> None:
    try:
        made = record(**changes)
    except InputError:
        return
    assert made.title
    assert Record.from_csl(made.to_csl()) == made
