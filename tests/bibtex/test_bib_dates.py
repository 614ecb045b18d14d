"""Dates are read from EDTF, from BibTeX's fields and from English words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.bibtex.dates import read_date, read_year


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2014-10-23", "2014-10-23"),
        ("2014/2016", "2014/2016"),
        ("2014/", "2014/.."),
        ("1998/open", "1998/.."),
        ("1723~", "1723~"),
        ("1723?~", "1723~"),
        ("20uu", "2000/2099"),
        ("199X", "1990/1999"),
        ("2004-22", "2004-22"),
        ("-0876", "-0876"),
        ("20141023", "2014-10-23"),
        ("23 October 2014", "2014-10-23"),
        ("Summer 1991", "1991-22"),
        ("1999-XX", "1999"),
        ("1999-01-XX", "1999-01"),
        ("1999-uu-uu", "1999"),
        ("1999-00-00", "1999"),
        ("1999-1-2", "1999-01-02"),
        ("1999/1/2", "1999-01-02"),
        ("2004-04-05T14:34:00Z", "2004-04-05"),
        ("2004-04-05T24:34:00-03:30/2004-04-06T10:00:00", "2004-04-05/2004-04-06"),
        ("../1999", "../1999"),
        ("Y-10000", "Y-10000"),
    ],
)
def test_a_date_field_is_read(text: str, edtf: str) -> None:
    date = read_date(text)
    assert not date.literal
    assert date.edtf() == edtf


@pytest.mark.parametrize(
    "text", ["20145", "2014-13", "12/2010", "20141399", "today", "5--6", "1999-1-32", "2010/3"]
)
def test_what_is_no_date_is_kept_as_it_is(text: str) -> None:
    assert read_date(text).literal == text


@pytest.mark.parametrize(
    ("year", "month", "day", "edtf"),
    [
        ("2014", "", "", "2014"),
        ("2014", "October", "", "2014-10"),
        ("2014", "oct.", "23", "2014-10-23"),
        ("2014", "10", "", "2014-10"),
        ("2014", "23~October", "", "2014-10-23"),
        ("2014", "October~23", "", "2014-10-23"),
        ("2014", "March/April", "", "2014-03/2014-04"),
        ("2014", "Jan.--Feb.", "", "2014-01/2014-02"),
        ("2014", "Autumn", "", "2014-23"),
        ("2014", "feb", "31", "2014-02"),
        ("2014", "13", "", "2014"),
        ("c. 1850", "", "", "1850~"),
        ("[1850?]", "", "", "1850~"),
        ("2010--12", "", "", "2010/2012"),
        ("n.d.", "", "", "n.d."),
    ],
)
def test_year_month_and_day_are_read_together(year: str, month: str, day: str, edtf: str) -> None:
    assert read_year(year, month, day).edtf() == edtf


@given(st.text("0123456789 -/?~uxcaprilmay.") | st.text(), st.text(), st.text())
def test_any_text_is_some_date(year: str, month: str, day: str) -> None:
    assert read_date(year) is not None
    assert read_year(year, month, day) is not None
