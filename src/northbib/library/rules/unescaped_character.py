"""LaTeX's own signs have a backslash before them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule
from northbib.library.checking.typeset import masked
from northbib.library.rules.html_entity import ENTITY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_SIGNS = "&%#_^$"
_BARE = re.compile(r"(?<!\\)[&%#_^$]")
_COMMENT = re.compile(r"(?<!\\)%[ \t]*[\r\n]|[\r\n][ \t]*%")
_NO_FIX = frozenset("$^")
_TOO_MUCH = re.compile(r"\\(?:verb|begin|ifthen|catcode|char)\b")


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.printed(_SIGNS):
        if _TOO_MUCH.search(value) or "<a " in value:
            continue
        text = ENTITY.sub(lambda match: " " * len(match[0]), subject.masked(name))
        signs = list(dict.fromkeys(_BARE.findall(text)))
        if signs:
            edits = {} if _NO_FIX.intersection(signs) else subject.rewritten(name, _escaped)
            shown = ", ".join(signs)
            what = "an odd $" if signs == ["$"] else f"{shown} without a backslash"
            yield Fault(f"{name} has {what}", name, f"write {_with_backslash(signs[0])}", edits)


def _escaped(text: str) -> str:
    if _COMMENT.search(text):
        return text  # A person meant it to be a comment.
    searched = ENTITY.sub(lambda match: " " * len(match[0]), masked(text))
    written, position = [], 0
    for match in _BARE.finditer(searched):
        written += [text[position : match.start()], _with_backslash(match[0])]
        position = match.end()
    return "".join((*written, text[position:]))


def _with_backslash(sign: str) -> str:
    return "$^{...}$" if sign == "^" else f"\\{sign}"


RULE = Rule(
    code="unescaped-character",
    severity="error",
    sentence=r"In text, &, %, #, _, ^ and a lone $ have a backslash before them.",
    reason="LaTeX stops at them, and leaves out what follows % on its line.",
    bad="@book{note, title = {Research & development}}",
    good=r"@book{note, title = {Research \& development}}",
    fix="puts the backslash before all but ^ and $",
    entry=_find,
)
