"""Pages that say "not found" with status 200: by their words, or by being like any made-up page."""

from __future__ import annotations

import collections
import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from northbib.records import fold

if TYPE_CHECKING:
    from northbib.resolve.watching.seen import Seen

__all__ = ["is_alike", "is_bare", "is_denial", "made_up_address", "says_missing"]

_THING = r"(?:page|file|article|document|content|item|record|resource|url|story|site|object|link)s?"
_IS_GONE = "|".join(
    (
        r"(?:does not|doesn't|no longer) exists?",
        r"(?:is not|isn't) (?:available|here|there|found)",
        r"(?:could not|couldn't|can not|cannot|can't) be (?:found|located|displayed)",
        r"(?:was not|wasn't|not) found",
        r"has been (?:removed|deleted|withdrawn|moved or deleted)",
        r"is no longer (?:available|here|online|there)",
        r"(?:has|is) (?:gone|expired|missing)",
        r"may (?:have been|be) (?:moved|removed|deleted)",
    )
)
_YOU_ASKED = (
    r"(?:that )?you(?:'ve| have|'re| are| were)? (?:requested|request|looking for|look for"
    r"|tried to (?:reach|access|view)|trying to (?:reach|access|view|find)) "
)
_CANNOT = r"(?:can ?not|can't|could not|couldn't|(?:were|are) unable to)"
_PHRASES = (
    rf"4(?:04|10)\b(?:\W*error)?(?:\W*(?:gone|(?:{_THING} )?not found|page))?",
    rf"{_THING} (?:is |was |could |can |cannot )?(?:not )?(?:be )?found",
    r"not found",
    rf"(?:no such|unknown) {_THING}",
    rf"(?:the |this |that |your )?(?:requested )?{_THING} (?:{_YOU_ASKED})?(?:{_IS_GONE})",
    rf"(?:we |i )?{_CANNOT} (?:find|locate) (?:that |this |the |your )?(?:{_THING}|what)",
    rf"{_THING} (?:no longer available|unavailable|removed|deleted|missing|expired)",
    r"(?:oops|whoops|uh-?oh)",
    r"you(?:'ve| have) (?:followed|found) an? (?:broken|dead|old|outdated) link",
    r"broken link",
    r"nothing (?:was )?found(?: here)?",
    r"(?:diese |die )?seite (?:existiert nicht|(?:wurde )?(?:leider )?nicht gefunden)",
    r"(?:la )?page (?:demandee )?(?:n'existe pas|(?:est )?introuvable|non trouvee)",
    r"pagina (?:no encontrada|non trovata|niet gevonden)",
    r"(?:tudalen )?heb ei (?:chanfod|darganfod|ganfod)",
)
_SAYS = re.compile(rf"(?:\W*\b(?:error|http|status|code)\b)*\W*(?:{'|'.join(_PHRASES)})(?!\w)")
_APOLOGY = re.compile(r"\W*(?:(?:we're |we are )?sorry|oops|uh-?oh|whoops)\b\W*(?:but )?")
_APART = re.compile(r"\s+[-–—|·:»›/]+\s+|\s*[|»]\s*")
_LONGEST, _LITTLE_MORE = 200, 4
_LITTLE_TEXT, _ALIKE = 200, 0.9


def says_missing(seen: Seen) -> str:
    """Give the title or heading in which a page says that there is no such page, "" if none."""
    return next((text for text in (seen.title, *seen.headings) if is_denial(text)), "")


def is_denial(text: str) -> bool:
    """Whether a title or heading says that there is no such page."""
    return len(text) <= _LONGEST and any(map(_says, _parts(text)))


def _parts(text: str) -> list[str]:
    whole = " ".join(fold(text).split())
    parts = [whole, *_APART.split(whole)]
    return [*parts, *(_APOLOGY.sub("", part, count=1) for part in parts)]


def _says(part: str) -> bool:
    match = _SAYS.match(part)
    # "Not found: a history of lost property" is the title of a work.
    return match is not None and len(part[match.end() :].split()) <= _LITTLE_MORE


def made_up_address(url: str) -> str:
    """Give the address of a page beside another that nobody can have made; always the same one."""
    host = urlsplit(url).netloc
    name = hashlib.sha256(host.encode()).hexdigest()[:12]
    return urljoin(url, f"./no-such-page-{name}")


def is_bare(seen: Seen) -> bool:
    """Whether hardly anything can be read on a page that no script has filled."""
    return len(seen.text) < _LITTLE_TEXT


def is_alike(one: Seen, other: Seen) -> bool:
    """Whether two pages say the same, but for their addresses."""
    first, second = _words(one), _words(other)
    both, all_ = first & second, first | second
    return not all_ or both.total() / all_.total() >= _ALIKE


def _words(seen: Seen) -> collections.Counter[str]:
    own = set(re.findall(r"\w+", fold(urlsplit(seen.url).path)))
    words = re.findall(r"\w+", fold(f"{seen.title} {seen.text}"))
    return collections.Counter(word for word in words if word not in own)
