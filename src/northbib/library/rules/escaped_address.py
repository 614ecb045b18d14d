"""An address stands as it is, without LaTeX's escapes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_ESCAPE = re.compile(
    r"\{\\([_%&#$~])\}|\\([_%&#$])|\{?\\textasciitilde(?:\{\}|\s|\})|\\~\{\}|\{\\~\{\}\}|\$\\sim\$"
)


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having("url", "doi", "eprint"):
        if "\\" in value and "\\url" not in value and _ESCAPE.search(value):
            edits = subject.rewritten(name, _bare)
            yield Fault(f"{name} has LaTeX's escapes in it", name, f"write {_bare(value)}", edits)


def _bare(text: str) -> str:
    return _ESCAPE.sub(lambda match: match[1] or match[2] or "~", text)


RULE = Rule(
    code="escaped-address",
    severity="warning",
    sentence="An address or a DOI stands as it is, without LaTeX's escapes.",
    reason="biblatex takes these fields as they are, so that the link has a backslash in it.",
    bad=r"@online{note, title = {A title}, url = {https://example.org/a\_page}}",
    good="@online{note, title = {A title}, url = {https://example.org/a_page}}",
    fix="takes the escapes out",
    entry=_find,
)
