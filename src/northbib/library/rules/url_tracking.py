"""A `url` does not say who followed it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_NAME = (
    r"(?:utm(?:\\?_|%5F)(?:source|medium|campaign|term|content|id|name|reader|cid|social)"
    r"|fbclid|gclid|dclid|msclkid|mc\\?_[ce]id|igshid|yclid|_hsenc|_hsmi|mkt\\?_tok|oly\\?_enc\\?_id"
    r"|oly\\?_anon\\?_id|vero\\?_id|wt\\?_mc|ref\\?_src)"
)
_PARAMETER = re.compile(rf"(?<=[?&]){_NAME}=[^&#\s]*&?", re.IGNORECASE)
_LEFT_OVER = re.compile(r"[?&]\\?(?=#|$)")


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having("url"):
        if "?" in value and _PARAMETER.search(value):
            clean = _clean(value)
            edits = subject.rewritten(name, _clean)
            yield Fault("url has parameters that track readers", name, f"write {clean}", edits)


def _clean(address: str) -> str:
    return _LEFT_OVER.sub("", _PARAMETER.sub("", address).replace("\\&#", "#"))


RULE = Rule(
    code="url-tracking",
    severity="info",
    sentence="A `url` has no parameters that say where its reader came from.",
    reason="They make an address long and two copies of it different, and report your readers.",
    bad="@online{note, title = {A title}, url = {https://example.org/page?utm_source=rss&id=3}}",
    good="@online{note, title = {A title}, url = {https://example.org/page?id=3}}",
    fix="takes the parameters out",
    entry=_find,
)
