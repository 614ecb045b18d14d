"""Dates are read as biblatex's manual and EDTF have them, and lose nothing on the way."""

from __future__ import annotations

from datetime import date

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.records import Date, Day

CASES = [
    ("2014", {"date-parts": [[2014]]}),
    ("2014-10", {"date-parts": [[2014, 10]]}),
    ("2014-10-23", {"date-parts": [[2014, 10, 23]]}),
    ("1723~", {"date-parts": [[1723]], "circa": True}),
    ("1723?", {"date-parts": [[1723]], "circa": True}),
    ("2004-21", {"date-parts": [[2004]], "season": 1}),
    ("1988/1992", {"date-parts": [[1988], [1992]]}),
    ("1997/", {"date-parts": [[1997], [0]]}),
    ("1997/..", {"date-parts": [[1997], [0]]}),
    ("-0876", {"date-parts": [[-877]]}),
    ("0000", {"date-parts": [[-1]]}),
    ("156X", {"date-parts": [[1560], [1569]]}),
    ("19XX", {"date-parts": [[1900], [1999]]}),
]


@pytest.mark.parametrize(("written", "csl"), CASES)
def test_a_written_date_has_the_date_parts_of_csl(written: str, csl: dict[str, object]) -> None:
    assert Date.from_edtf(written).to_csl() == csl


@pytest.mark.parametrize(
    "written",
    ["", "n.d.", "23 Oct 2014", "2014-2-3", "2014-02-30", "2014-13", "2014-00", "/", "../.."],
)
def test_what_is_no_date_is_refused_or_kept_as_it_was_written(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Date.from_edtf(written)
    assert Date.parse(written).literal == written.strip()


days = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(lambda d: Day(d.year, d.month, d.day))
months = st.builds(Day, st.integers(-9999, 9999), st.integers(0, 12))
seasons = st.builds(
    lambda year, season: Day(year, season=season), st.integers(0, 9999), st.integers(1, 4)
)
points = days | months | seasons
singles = st.builds(Date, points, circa=st.booleans())
ranges = st.builds(
    Date, days | months, st.none() | days | months, st.just(value=True), st.booleans()
)


@given(singles | ranges)
def test_a_date_survives_edtf_and_csl_json(value: Date) -> None:
    assert Date.from_edtf(value.edtf()) == value
    if not (value.end and value.end.season):
        assert Date.from_csl(value.to_csl()) == value


@given(days | months.filter(lambda day: day.year >= 0))
def test_another_reader_of_edtf_agrees_on_the_day(day: Day) -> None:
    theirs = edtf.parse_edtf(day.edtf())
    assert (theirs.year, theirs.month, theirs.day) == (
        f"{day.year:04d}",
        f"{day.month:02d}" if day.month else None,
        f"{day.day:02d}" if day.day else None,
    )


@given(st.text())
def test_any_text_is_a_date_of_some_kind(text: str) -> None:
    assert Date.parse(text).to_csl().keys() <= {"date-parts", "season", "circa", "literal"}


@given(
    st.dictionaries(
        st.sampled_from(["date-parts", "season", "circa", "literal", "raw", "edtf"]),
        st.none()
        | st.booleans()
        | st.integers()
        | st.text()
        | st.lists(st.lists(st.none() | st.integers() | st.text()) | st.integers()),
    )
)
def test_csl_json_of_any_shape_is_read_without_an_error(value: dict[str, object]) -> None:
    Date.from_csl(value)


def test_dates_sort_by_time_and_undated_works_first() -> None:
    written = ["2014-10-23", "n.d.", "2014", "-0044", "2014-22", "2013/2015", "2014-11"]
    ordered = sorted((Date.parse(text) for text in written), key=lambda value: value.sort_key)
    assert [value.edtf() for value in ordered] == [
        "n.d.",
        "-0044",
        "2013/2015",
        "2014",
        "2014-22",
        "2014-10-23",
        "2014-11",
    ]
