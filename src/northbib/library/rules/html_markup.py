"""Text has LaTeX's markup, not that of HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule
from northbib.library.checking.typeset import PRINTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_COMMANDS = {
    "i": r"\emph{",
    "em": r"\emph{",
    "italic": r"\emph{",
    "b": r"\textbf{",
    "strong": r"\textbf{",
    "bold": r"\textbf{",
    "sub": r"\textsubscript{",
    "sup": r"\textsuperscript{",
    "sc": r"\textsc{",
    "scp": r"\textsc{",
}
_DEEPEST = 4
"""How many tags within tags are written in LaTeX."""

_TAG = re.compile(
    r"<(/?)(i|em|italic|b|strong|bold|sub|sup|scp?|u|p|br|span|div|tt|font|small|big|h[1-6]|li|ul|ol|a"
    r"|inf|title|sec|jats:[\w-]+|mml:[\w-]+)(\s[^<>]*)?\s*/?>",
    re.IGNORECASE,
)
_PAIR = re.compile(rf"<({'|'.join(_COMMANDS)})>([^<>]*)</\1>", re.IGNORECASE)


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having(*PRINTED, "abstract", "annotation", "annote"):
        if "<" not in value:
            continue
        tag = _TAG.search(subject.masked(name))
        if tag is not None and (
            tag[2].lower() not in ("a", "p", "b", "i", "u") or f"</{tag[2]}" in value
        ):
            edits = subject.rewritten(name, _in_latex)
            command = _COMMANDS.get(tag[2].lower())
            advice = f"write {command}...}}" if command else "take it out"
            yield Fault(f"{name} has HTML in it: {tag[0]}", name, advice, edits)


def _in_latex(text: str) -> str:
    def command(match: re.Match[str]) -> str:
        inside = match[2]
        if inside.count("{") != inside.count("}"):
            return match[0]
        return f"{_COMMANDS[match[1].lower()]}{inside}}}"

    for _ in range(_DEEPEST):
        before, text = text, _PAIR.sub(command, text)
        if text == before:
            break
    return text


RULE = Rule(
    code="html-markup",
    severity="warning",
    sentence="Text has LaTeX's markup in it, not tags of HTML.",
    reason="LaTeX prints the tags.",
    bad="@book{note, title = {A history of <i>Punch</i>}}",
    good=r"@book{note, title = {A history of \emph{Punch}}}",
    fix="writes LaTeX for italic, bold, small capitals, subscripts and superscripts",
    entry=_find,
)
