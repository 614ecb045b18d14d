"""Dates and names as web pages write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.records import Name
from northbib.resolve.days import find_day, read_date
from northbib.resolve.people import is_body, read_byline, same_body


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2014-10-23", "2014-10-23"),
        ("2014-10-23T02:57:00Z", "2014-10-23"),
        ("2014-10-23 02:57:00 +0100", "2014-10-23"),
        ("2014/10/23", "2014-10-23"),
        ("2014/10", "2014-10"),
        ("2014", "2014"),
        ("20141023", "2014-10-23"),
        ("23 October 2014", "2014-10-23"),
        ("23rd Oct. 2014", "2014-10-23"),
        ("Thursday, 23 October 2014, 11:00", "2014-10-23"),
        ("October 23, 2014", "2014-10-23"),
        ("Thu, 23 Oct 2014 11:00:00 GMT", "2014-10-23"),
        ("Thu Oct 23 11:00:00 BST 2014", "2014-10-23"),
        ("October 2014", "2014-10"),
        ("2014 Oct 23", "2014-10-23"),
        ("23/10/2014", "2014-10-23"),
        ("10/23/2014", "2014-10-23"),
        ("10/10/2014", "2014-10-10"),
    ],
)
def test_dates_are_read_in_the_forms_of_the_web(text: str, edtf: str) -> None:
    date = read_date(text)
    assert date is not None
    assert date.edtf() == edtf


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "05/06/2014",
        "2014-13-45",
        "31 February 2014",
        "0001-01-01",
        "9999-01-01",
        "12 hours",
    ],
)
def test_what_is_no_date_or_two_dates_is_not_guessed_at(text: str) -> None:
    assert read_date(text) is None


def test_a_day_is_found_in_running_text() -> None:
    date = find_day("Published on Thursday 23 October 2014 by our staff")
    assert date is not None
    assert date.edtf() == "2014-10-23"


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    date = read_date(text)
    assert date is None or date.year is not None


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Rory Cellan-Jones", [Name(family="Cellan-Jones", given="Rory")]),
        ("Lee, Neil", [Name(family="Lee", given="Neil")]),
        ("by RORY CELLAN-JONES", [Name(family="Cellan-Jones", given="Rory")]),
        ("Neil Lee, Professor of Economic Geography", [Name(family="Lee", given="Neil")]),
        ("Dr Neil Lee", [Name(family="Lee", given="Neil")]),
        (
            "Neil Lee and Rory Cellan-Jones, Technology correspondent",
            [Name(family="Lee", given="Neil"), Name(family="Cellan-Jones", given="Rory")],
        ),
        (
            "Charles de Gaulle; Ludwig Mies van der Rohe",
            [
                Name(family="Gaulle", given="Charles", non_dropping_particle="de"),
                Name(family="Rohe", given="Ludwig Mies", non_dropping_particle="van der"),
            ],
        ),
        ("Martin Luther King Jr.", [Name(family="King", given="Martin Luther", suffix="Jr.")]),
        (
            "Department for Environment, Food & Rural Affairs",
            [Name(literal="Department for Environment, Food & Rural Affairs")],
        ),
        ("HM Treasury", [Name(literal="HM Treasury")]),
        ("University of Leeds", [Name(literal="University of Leeds")]),
        ("Homes and Communities Agency", [Name(literal="Homes and Communities Agency")]),
    ],
)
def test_people_are_read_as_people_and_bodies_as_bodies(byline: str, names: list[Name]) -> None:
    assert list(read_byline(byline)) == names


@pytest.mark.parametrize(
    "byline",
    [
        "",
        "By",
        "admin",
        "Guest",
        "Guest contributor",
        "Our Foreign Staff",
        "PA news agency",
        "Agencies",
        "Guardian staff reporter",
        "https://www.facebook.com/bbcnews",
        "@NatGeoUK",
        "someone@example.org",
        "12 October",
        "a sentence that goes on about something else entirely",
    ],
)
def test_no_name_is_better_than_a_wrong_one(byline: str) -> None:
    assert read_byline(byline) == ()


@given(st.text(max_size=120))
def test_no_text_breaks_the_reading_of_names(text: str) -> None:
    for name in read_byline(text):
        assert str(name).strip()


def test_bodies_are_told_from_people() -> None:
    assert is_body("Manchester City Council")
    assert is_body("DCLG")
    assert not is_body("Neil Lee")


def test_a_site_is_the_same_with_and_without_article_and_domain() -> None:
    assert same_body("The Guardian", "guardian")
    assert same_body("Express.co.uk", "Express")
    assert not same_body("", "")
