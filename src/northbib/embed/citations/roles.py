"""Roles that cite, of MyST and of sphinxcontrib-bibtex: their names and what they hold.

Source: sphinxcontrib-bibtex, "Usage", roles and directives; mystmd, "Citations".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from northbib.embed.citations.locators import located
from northbib.embed.citations.model import Cite, Cluster

if TYPE_CHECKING:
    from northbib.embed.citations.model import Form

__all__ = ["cited_by_role"]

_NAME = re.compile(
    r"(?P<foot>foot)?cite(?P<full>full)?"
    r"(?::(?:c?(?P<form>alp|authorpar|author|yearpar|year|labelpar|label|title|empty|p|t)s?))?"
)
_FORMS: dict[str, Form] = {
    "t": "narrative",
    "alp": "bare",
    "author": "author",
    "year": "bare",
    "label": "bare",
    "title": "title",
    "empty": "uncited",
}
_WITHOUT_AUTHOR = ("year", "yearpar")
_TITLED = re.compile(r"(?P<prefix>[^<>]*)<(?P<keys>[^<>]*)>(?P<suffix>[^<>]*)", re.DOTALL)
_WORK = re.compile(
    r"\s*(?:\{(?P<prefix>[^{}]*)\})?\s*(?P<key>[^\s,;{}]+)\s*(?:\{(?P<suffix>[^{}]*)\})?\s*"
)


def cited_by_role(name: str, text: str, start: int, end: int, inside: int) -> Cluster | None:
    """Give the citation of a role.

    Args:
        name: The name of the role, such as `cite:p`.
        text: What it holds: keys with commas or semicolons between, each with `{prefix}` before
            and `{suffix}` after it.
        start: Where the role begins in the article.
        end: Where it ends.
        inside: Where its text begins.

    Returns:
        The citation; None for roles that do not cite, or hold no keys.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    form = match["form"] or ""
    prefix = suffix = ""
    titled = _TITLED.fullmatch(text)
    if titled is not None:
        prefix, suffix = titled["prefix"].strip(), titled["suffix"].strip()
        inside += titled.start("keys")
        text = titled["keys"]
    cites = _works(text, inside, without_author=form in _WITHOUT_AUTHOR)
    if not cites:
        return None
    cites = _around(cites, prefix, suffix)
    return Cluster(start, end, cites, _FORMS.get(form, "parenthetical"), bool(match["foot"]))


def _works(text: str, inside: int, *, without_author: bool) -> tuple[Cite, ...]:
    cites: list[Cite] = []
    place = 0
    while match := _WORK.match(text, place):
        locator, label, suffix = _after(match["suffix"] or "")
        cites.append(
            Cite(
                match["key"],
                (match["prefix"] or "").strip(),
                locator,
                label,
                suffix,
                without_author,
                inside + match.start("key"),
            )
        )
        place = match.end() + 1
        if text[match.end() : place] not in (",", ";", ""):
            return ()
    return tuple(cites) if place > len(text) else ()


def _after(text: str) -> tuple[str, str, str]:
    """Take the words after a key for a locator and the rest, or for a suffix of their own."""
    locator, label, rest = located(text)
    if locator or not text.strip():
        return locator, label, rest.rstrip()
    return "", "", f", {text.strip()}"


def _around(cites: tuple[Cite, ...], prefix: str, suffix: str) -> tuple[Cite, ...]:
    first = replace(cites[0], prefix=prefix or cites[0].prefix)
    cites = (first, *cites[1:])
    if not suffix:
        return cites
    return (*cites[:-1], replace(cites[-1], suffix=f"{cites[-1].suffix} {suffix}"))
