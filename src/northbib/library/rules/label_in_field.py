"""A number stands without the word that a style puts before it."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_BEFORE_FIGURE = r"[\s~]*(?=\d)"
_LABELS = {
    "pages": re.compile(rf"^(?:pages?\b|pp?\b|Seiten?\b|S\.)\.?{_BEFORE_FIGURE}", re.IGNORECASE),
    "volume": re.compile(rf"^(?:volume|vol|band|bd)\b\.?{_BEFORE_FIGURE}", re.IGNORECASE),
    "number": re.compile(rf"^(?:number|num|no|nr|issue|iss)\b\.?{_BEFORE_FIGURE}", re.IGNORECASE),
}
_ARTICLES = frozenset({"article", "periodical", "suppperiodical"})


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having(*_LABELS):
        label = _LABELS[name].search(value)
        # The number of a report is printed as it stands, with its own words.
        if label is None or (name == "number" and subject.type not in _ARTICLES):
            continue
        bare = _LABELS[name].sub("", value)
        edits = subject.rewritten(name, partial(_LABELS[name].sub, ""))
        yield Fault(f"{name} is {value!r}, with its label", name, f"write {bare}", edits)


RULE = Rule(
    code="label-in-field",
    severity="warning",
    sentence="Pages, volume and number of an article stand without pp., vol. and no.",
    reason="Styles put the word there themselves, so that it would stand there twice.",
    bad="@article{krugman1991increasing, pages = {pp. 483--499}}",
    good="@article{krugman1991increasing, pages = {483--499}}",
    fix="takes the word away",
    entry=_find,
)
