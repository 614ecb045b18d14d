"""A `doi` field holds a DOI."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.latex import to_verbatim
from northbib.library.checking.rule import Fault, Rule
from northbib.library.rules.doi_prefix import PREFIX
from northbib.records.identifiers import doi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"]+|10/[a-z0-9]{3,}")
_BRACED = re.compile(r"[{}]")


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having("doi"):
        text = PREFIX.sub("", _BRACED.sub("", to_verbatim(value)).strip())
        found = doi(text)
        if _DOI.fullmatch(text) and not text.endswith((".", ",", ";")):
            continue
        if found is not None and text.lower().rstrip(" .,;") == found:
            bare = text.rstrip(" .,;")
            edits = subject.replaced(name, bare)
            yield Fault(f"the DOI ends in {text[-1]!r}", name, f"write {bare}", edits)
        else:
            advice = f"it may be {found}" if found else "look it up, or take it out"
            yield Fault(f"{value!r} is no DOI", name, advice)


RULE = Rule(
    code="bad-doi",
    severity="error",
    sentence="A `doi` field holds one DOI: 10., a number, a slash and the publisher's own part.",
    reason="A link that is made of it leads nowhere, and a registry cannot be asked for the work.",
    bad="@article{krugman1991increasing, doi = {261763}}",
    good="@article{krugman1991increasing, doi = {10.1086/261763}}",
    fix="takes a full stop at its end away",
    entry=_find,
)
