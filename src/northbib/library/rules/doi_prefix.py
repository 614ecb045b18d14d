"""A `doi` field holds the DOI alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.latex import to_verbatim
from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["PREFIX", "RULE"]

PREFIX = re.compile(
    r"(?:https?://[\w.-]*\bdoi[\w.-]*/(?:doi/(?:abs/|full/|pdf/)?)?(?=10\.)|(?:dx\.|www\.)?doi\.org/|(?:doi|DOI)(?:\.org)?\s*[:/]?\s*(?=10\.))+",
    re.IGNORECASE,
)


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having("doi"):
        text = to_verbatim(value).strip()
        prefix = PREFIX.match(text)
        if prefix is not None:
            bare = text[prefix.end() :].strip()
            edits = subject.replaced(name, bare)
            yield Fault(f"the DOI has {prefix[0].strip()} before it", name, f"write {bare}", edits)


RULE = Rule(
    code="doi-prefix",
    severity="warning",
    sentence="A `doi` field holds the DOI alone, without the address of a resolver.",
    reason="Styles put the address before it themselves, so that it would stand there twice.",
    bad="@article{krugman1991increasing, doi = {https://doi.org/10.1086/261763}}",
    good="@article{krugman1991increasing, doi = {10.1086/261763}}",
    fix="takes the prefix away",
    entry=_find,
)
