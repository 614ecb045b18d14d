"""What stands between two commas of a name is a suffix."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.latex import to_plain
from northbib.bibtex.values import split_at_commas
from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.rule import Edits
    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_SUFFIX = re.compile(
    r"""\s*(?:
        jr|sr|jnr|snr|junior|senior|esq|hrsg|eds?|filho|neto|sobrinho|fils|p[èe]re|a[iî]n[ée]
        | [ivx]+ | \d(?:st|nd|rd|th)
        | (?:[a-z]{1,3}\.\s?){1,3}[a-z]{0,2} | [a-z]{2,4}
    )\.?\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_CERTAIN = re.compile(
    r"[\s{}~]*(?:jr|sr|jnr|snr|junior|senior|II|III|IV)\.?[\s{}~]*", re.IGNORECASE
)
_MEMBERS = re.compile(r"\s*[a-z-]+\s*=")


def _find(subject: Subject) -> Iterator[Fault]:
    for name, names in subject.lists.items():
        for one in names:
            pieces = split_at_commas(one) if one.count(",") > 1 else ()
            if len(pieces) != 3 or _MEMBERS.match(one) or _is_suffix(pieces[1]):
                continue
            family, middle, given = (piece.strip() for piece in pieces)
            message = f"{name} has {middle!r} for a suffix in {one!r}"
            advice, right = "put `and` between names, or braces round the comma", one
            if not given and " " not in family:
                right = one[:-1].rstrip()
                message, advice = f"{name} has a comma behind {right!r}", "take the comma out"
            elif _CERTAIN.fullmatch(given):
                right = f"{family}, {given}, {middle}"
                advice = f"write {right}"
            yield Fault(message, name, advice, _with(subject, name, one, right))


def _with(subject: Subject, name: str, one: str, right: str) -> Edits:
    return subject.rewritten(name, lambda text: text.replace(one, right))


def _is_suffix(piece: str) -> bool:
    # `Family,, Given` is read as it is meant.
    return not piece.strip() or _SUFFIX.fullmatch(to_plain(piece)) is not None


RULE = Rule(
    code="doubtful-suffix",
    severity="warning",
    sentence="What stands between the two commas of a name is a suffix such as Jr. or III.",
    reason="BibTeX takes it for one, whatever it is: `Krugman, Lee, Smith` is one person.",
    bad="@book{note, author = {King, Martin Luther, Jr.}}",
    good="@book{note, author = {King, Jr., Martin Luther}}",
    fix="puts a suffix that stands last in its place, and takes a comma behind a name out",
    entry=_find,
)
