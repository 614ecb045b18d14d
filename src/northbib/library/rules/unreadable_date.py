"""A date that has figures can be read as a date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.dates import read_date, read_year
from northbib.bibtex.latex import to_plain
from northbib.bibtex.tables import DATES
from northbib.library.checking.dates import in_edtf, numbers
from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject
    from northbib.records import Date

__all__ = ["RULE"]

_UNSPECIFIED = re.compile(r"\d{4}-(?:\d\d|XX)(?:-XX)?")
_ADVICE = "write it as 2014, 2014-10, 2014-10-23 or 2014/2016"


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having(*DATES):
        # What is written year first is the matter of `date-form` and of `impossible-date`.
        if in_edtf(value) or numbers(value) or _UNSPECIFIED.fullmatch(value):
            continue
        if _is_lost(read_date(_plain(value))):
            yield Fault(f"{name} is no date: {value!r}", name, _ADVICE)
    if "date" not in subject.values:
        for name, value in subject.having("year"):
            if _is_lost(read_year(_plain(value))) and not in_edtf(value):
                yield Fault(f"year is no year: {value!r}", name, "write four figures")


def _plain(value: str) -> str:
    return to_plain(value) if "\\" in value or "{" in value else value


def _is_lost(date: Date) -> bool:
    return any(character.isdigit() for character in date.literal)


RULE = Rule(
    code="unreadable-date",
    severity="warning",
    sentence="A date that has figures in it can be read as a date.",
    reason="Nothing can be sorted or found by it, and styles print it as it stands or not at all.",
    bad="@misc{note, title = {A title}, date = {10/23/14}}",
    good="@misc{note, title = {A title}, date = {2014-10-23}}",
    entry=_find,
)
