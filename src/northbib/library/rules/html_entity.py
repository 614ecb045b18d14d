"""Signs are not written as HTML writes them."""

from __future__ import annotations

import html
import re
from functools import partial
from html.entities import html5
from typing import TYPE_CHECKING

from northbib.bibtex.source import escape
from northbib.bibtex.tables import is_verbatim
from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["ENTITY", "RULE"]

ENTITY = re.compile(
    r"(?:\{\\&\}|\\&|&)"
    r"((?:amp;)?(?:\\?#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6})|[A-Za-z][A-Za-z0-9]{1,31});)"
)


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.values.items():
        if "&" not in value or ";" not in value:
            continue
        found = next((m for m in ENTITY.finditer(value) if _sign(m) is not None), None)
        if found is not None:
            edits = subject.rewritten(name, partial(_decoded, name))
            message = f"{name} has the HTML entity {found[0]}"
            yield Fault(message, name, f"write {_decoded(name, found[0])}", edits)


def _sign(match: re.Match[str]) -> str | None:
    name = match[1].replace("\\", "").removeprefix("amp;") or "amp;"
    if name.startswith("#") or name in html5:
        return html.unescape(f"&{name}")
    return None


def _decoded(name: str, text: str) -> str:
    def sign(match: re.Match[str]) -> str:
        found = _sign(match)
        if found is None:
            return match[0]
        if found in "\"'" and _is_accent(match):
            return f"\\{found}"
        return found if is_verbatim(name) else escape(found)

    return ENTITY.sub(sign, text)


def _is_accent(match: re.Match[str]) -> bool:
    r"""Whether its backslash was that of an accent, as in `{\&quot;u}`."""
    text = match.string
    around = text[match.start() - 1 : match.start()] + text[match.end() + 1 : match.end() + 2]
    return match[0].startswith("\\") and around == "{}"


RULE = Rule(
    code="html-entity",
    severity="warning",
    sentence="Signs are written as themselves or in LaTeX, not as HTML entities.",
    reason="LaTeX prints `amp;`, or stops.",
    bad="@book{note, title = {Research &amp; development}}",
    good=r"@book{note, title = {Research \& development}}",
    fix="writes the sign",
    entry=_find,
)
