"""A `month` is a number, a macro or an English month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex.dates import read_year
from northbib.bibtex.latex import to_plain
from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having("month"):
        text = to_plain(value).strip()
        if not text or text.isdecimal():
            continue
        start = read_year("2000", text).start
        if start is not None and not (start.month or start.season):
            yield Fault(f"{value!r} is no month", name, "write month = 10, or month = oct")


RULE = Rule(
    code="unknown-month",
    severity="warning",
    sentence="A `month` is a number, one of the macros jan to dec, or a month's English name.",
    reason="It is left out of the date, and works of one year are sorted wrongly.",
    bad="@misc{note, title = {A title}, year = 2014, month = {Octobre}}",
    good="@misc{note, title = {A title}, year = 2014, month = oct}",
    entry=_find,
)
