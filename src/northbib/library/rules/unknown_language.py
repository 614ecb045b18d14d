"""A language is one that babel and polyglossia know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.languages import BABEL, CODES
from northbib.library.checking.rule import Fault, Rule
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_TAG = re.compile(
    r"([a-z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?(?:[-_]\w{4,8})*", re.IGNORECASE
)
_CODE = re.compile(r"([a-z]{2})(?:[-_][A-Za-z]{2})?", re.IGNORECASE)


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having("langid", "hyphenation"):
        text = value.strip().lower()
        if text.partition("-")[0] not in BABEL and not _is_tag(text):
            advice = did_you_mean(text, BABEL) or "write its name in English, such as british"
            yield Fault(f"{name} is no language that babel knows: {value}", name, advice)
    for name, value in subject.having("language"):
        # Any text may stand here; what looks like a code has to be one.
        code = _CODE.fullmatch(value.strip())
        if code is not None and code[1].lower() not in CODES:
            yield Fault(
                f"language is no code of ISO 639-1: {value}", name, "write the language's name"
            )


def _is_tag(text: str) -> bool:
    tag = _TAG.fullmatch(text)
    return tag is not None and (tag[1] in CODES or (len(tag[1]) == 3 and tag[1] == text))


RULE = Rule(
    code="unknown-language",
    severity="warning",
    sentence="A `langid` is a language that babel or polyglossia knows; a code in `language` is one"
    " of ISO 639-1.",
    reason="Terms and hyphenation stay those of the document.",
    bad="@book{note, title = {A title}, langid = {brittish}}",
    good="@book{note, title = {A title}, langid = {british}}",
    entry=_find,
)
