"""Dates are written as biblatex reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.dates import read_date
from northbib.bibtex.tables import DATES
from northbib.library.checking.dates import in_edtf
from northbib.library.checking.rule import Fault, Rule
from northbib.records import Date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_FULL_YEAR = re.compile(r"\d{4}")


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having(*DATES):
        if not Date.parse(value).literal:
            continue
        written = _written(value)
        if written is not None:
            edits = subject.replaced(name, written)
            message = f"{name} is not written as biblatex reads dates: {value!r}"
            yield Fault(message, name, f"write {written}", edits)


def _written(value: str) -> str | None:
    written = in_edtf(value)
    if written is not None:
        return written
    date = read_date(value) if _FULL_YEAR.search(value) else Date()
    return None if date.literal or date == Date() else date.edtf()


RULE = Rule(
    code="date-form",
    severity="warning",
    sentence="`date`, `urldate`, `eventdate` and `origdate` are written in EDTF (ISO 8601).",
    reason="biber drops a date in words or with too few figures.",
    bad="@online{note, title = {A title}, urldate = {23 October 2014}}",
    good="@online{note, title = {A title}, urldate = {2014-10-23}}",
    fix="writes the date in EDTF",
    entry=_find,
)
