"""A DOI stands in its own field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from northbib.bibtex.latex import to_verbatim
from northbib.library.checking.rule import Fault, Rule
from northbib.records.identifiers import doi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_RESOLVER = re.compile(r"https?://(?:(?:dx|www)\.)?doi\.org/(10\.\S+)", re.IGNORECASE)


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having("url"):
        match = _RESOLVER.fullmatch(to_verbatim(value).strip()) if "doi.org/" in value else None
        if match is None:
            continue
        known = subject.values.get("doi", "")
        if not known:
            own = unquote(match[1])
            edits = {"doi": own, name: None} if _is_literal(subject, name, own) else {}
            yield Fault("url is a DOI, and there is no doi", name, f"write doi = {{{own}}}", edits)
        elif _bare(known) == _bare(match[1]):
            edits = {name: None} if name in subject.literals else {}
            yield Fault("url says the same as doi", name, "take the url out", edits)
        else:
            message = f"url is the DOI {match[1]} and doi is {known}"
            yield Fault(message, name, "keep the right one, as doi")


def _bare(text: str) -> str | None:
    return doi(to_verbatim(text).replace("{", "").replace("}", ""))


def _is_literal(subject: Subject, name: str, own: str) -> bool:
    return name in subject.literals and "doi" not in subject.values and doi(own) == own.lower()


RULE = Rule(
    code="doi-in-url",
    severity="info",
    sentence="A DOI stands in the field `doi`, and `url` does not repeat it.",
    reason="Styles print both, and works are found and compared by their `doi`.",
    bad="@article{krugman1991increasing, url = {https://doi.org/10.1086/261763}}",
    good="@article{krugman1991increasing, doi = {10.1086/261763}}",
    fix="moves the DOI, or takes the `url` out",
    entry=_find,
)
