"""`date` and `year` say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.library.checking.dates import numbers
from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]


def _find(subject: Subject) -> Iterator[Fault]:
    date, year = subject.values.get("date", ""), subject.values.get("year", "").strip()
    years = [part.year for part in numbers(date)]
    if years and year.isdecimal() and int(year) not in range(min(years), max(years) + 1):
        message = f"date says {date} and year says {year}"
        yield Fault(message, "year", "keep the right one, as date")


RULE = Rule(
    code="contradicting-dates",
    severity="warning",
    sentence="Where an entry has both `date` and `year`, they say the same.",
    reason="biblatex prints the one and BibTeX the other.",
    bad="@misc{note, title = {A title}, date = {2014-10}, year = {2015}}",
    good="@misc{note, title = {A title}, date = {2014-10}}",
    entry=_find,
)
