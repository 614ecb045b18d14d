"""LaTeX commands in a field are those that can be read without LaTeX."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from northbib.bibtex import macros
from northbib.bibtex.latex import WAITING, to_plain
from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_COMMAND = re.compile(r"\\([a-zA-Z]+)")
_TABLES = (
    WAITING,
    macros.ACCENTS,
    macros.DECLARATIONS,
    macros.DROPPED,
    macros.MATH_LETTERS,
    macros.STYLES,
    macros.SYMBOLS,
    macros.TRANSPARENT,
)


def _find(subject: Subject) -> Iterator[Fault]:
    for name, _ in subject.printed("\\"):
        strange = [
            command
            for command in dict.fromkeys(_COMMAND.findall(subject.masked(name)))
            if not _is_known(command) and command not in subject.sheet.commands
        ]
        if strange:
            shown = ", ".join(f"\\{command}" for command in strange)
            advice = "write what it prints, or define it in a @preamble"
            yield Fault(f"{name} has LaTeX that is read by LaTeX alone: {shown}", name, advice)


@cache
def _is_known(command: str) -> bool:
    if any(command in table for table in _TABLES) or macros.symbol(command) is not None:
        return True
    # A command that changes or wraps what follows it is known; one that is lost is not.
    return to_plain(rf"\{command}{{x}}") not in ("x", "") and "\\" not in to_plain(
        rf"\{command}{{x}}"
    )


RULE = Rule(
    code="unknown-command",
    severity="info",
    sentence="LaTeX commands in a printed field are common ones, or are defined in a `@preamble`.",
    reason="Anything but LaTeX leaves them out: lists of this library, other programs, web pages.",
    bad=r"@book{note, title = {A \mymacro{title}}}",
    good=r"@book{note, title = {A \emph{title}}}",
    entry=_find,
)
