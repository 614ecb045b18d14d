"""Quotation marks are those that LaTeX prints as such."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_QUOTED = re.compile(
    r"(?<![\w\\'])(\{?)\"(\}?)(?=[^\s\"])([^\"]*?)(?<=[^\s\"\\])(\{?)\"(\}?)(?!\w)"
)


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.printed('"'):
        text = subject.masked(name)
        # An odd number may be inches, or what babel reads for some languages.
        if text.count('"') % 2 or text != value:
            continue
        quoted = _QUOTED.search(value)
        if quoted is not None and _QUOTED.sub("", value).count('"') == 0:
            edits = subject.rewritten(name, _with_quotes)
            yield Fault(f"{name} has straight quotation marks", name, "write ``...''", edits)


def _with_quotes(text: str) -> str:
    def quotes(match: re.Match[str]) -> str:
        braces = match[1], match[2], match[4], match[5]
        paired = braces[0] + braces[1] in ("", "{}") and braces[2] + braces[3] in ("", "{}")
        before, after = ("", "") if paired else (braces[0] + braces[1], braces[2] + braces[3])
        return f"{before}``{match[3]}''{after}" if paired else match[0]

    return _QUOTED.sub(quotes, text)


RULE = Rule(
    code="straight-quotes",
    severity="info",
    sentence="Quotation marks are ``…'' or “…”, not the straight ones of a typewriter.",
    reason="LaTeX prints two closing marks for them.",
    bad='@book{note, title = {What the "North" is}}',
    good="@book{note, title = {What the ``North'' is}}",
    fix="writes ``...'' for pairs of them",
    entry=_find,
)
