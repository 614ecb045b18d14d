"""Titles and whole citations as text, matched against Crossref's records.

Source: https://www.crossref.org/documentation/retrieve-metadata/rest-api/, "query.bibliographic".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from northbib.errors import NotFoundError
from northbib.records import Date, Name, fold, plain
from northbib.resolve.claims import Answer
from northbib.resolve.http.results import Request
from northbib.resolve.merge import merge
from northbib.resolve.sources.crossref import claims_of_work, works_in
from northbib.resolve.uncertain import Candidate, UncertainError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from northbib.resolve.claims import Claim
    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "THRESHOLD", "read", "recognises", "requests", "score"]

NAME = "crossref"
SURE = 0.9
THRESHOLD = 0.9
"""The score from which a match is taken; `benchmarks/resolve/matching.py` measures it."""

_CLEARLY = 0.02
_WORTH_A_LOOK = 0.5
_LONG = 5
_LONGEST_QUERY = 600
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_FIELDS = ("author", "editor", "container-title", "publisher", "volume", "issue", "page", "DOI")
# Words of a citation that no record explains.
_NOISE = frozenset(
    "a an and at available doi et al ed eds from https http in org no of on p pp the vol".split()
)


def recognises(identifier: Identifier) -> bool:
    """Take words."""
    return identifier.kind == "text"


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for the five nearest works."""
    query = quote(identifier.value[:_LONGEST_QUERY], safe="")
    url = f"{address_of(NAME)}works?query.bibliographic={query}&rows=5"
    return (Request(url, accept="application/json", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:
    """Read the work that matches the words, if it is clearly the one.

    Raises:
        UncertainError: None scores enough, or two works score alike.
        NotFoundError: There is nothing like it.
    """
    found = [claims_of_work(work, response.url) for work in works_in(response) if work.get("title")]
    ranked = sorted(((score(identifier.value, each), each) for each in found), key=lambda p: -p[0])
    sure = [pair for pair in ranked if pair[0] >= THRESHOLD]
    if sure and (len(sure) == 1 or sure[0][0] - sure[1][0] >= _CLEARLY):
        return Answer(sure[0][1], response.url)
    candidates = [each for _, claims in ranked if (each := _candidate(claims)) is not None]
    if not candidates:
        raise NotFoundError("Crossref has nothing like it", where=identifier.value)
    what = "several works match alike" if sure else "no work matches surely"
    raise UncertainError(what, candidates, where=identifier.value, what="the DOI of one")


def score(text: str, claims: Iterable[Claim]) -> float:
    """Say how well the claims of a work match the words of a citation, from 0 to 1.

    All words of its title must be among the words, and the work must explain the words: its title,
    people, container, year and numbers. A year among the words that is none of the work's counts
    against it.
    """
    claims = tuple(claims)
    words, title = _words(text), _words(_text(claims, "title"))
    if not words or not title:
        return 0.0
    years = {str(c.value.year) for c in claims if c.field == "issued" and isinstance(c.value, Date)}
    known = {*title, *years, *(w for field in _FIELDS for w in _words(_text(claims, field)))}
    named = _share_named(title, words)
    telling = [w for w in words if w not in _NOISE and len(w) > 1] or words
    explained = _share_named(telling, known)
    return named * (0.4 + 0.6 * explained) * _years_agree(text, _text(claims, "title"), years)


def _share_named(words: Sequence[str], among: Collection[str]) -> float:
    """Give the share of words that are among others, a word with one typing error being so."""
    exact = [word in among for word in words]
    share = sum(exact) / len(words)
    if share < _WORTH_A_LOOK or share == 1:
        return share
    rest = [word for word, found in zip(words, exact, strict=True) if not found]
    near = sum(any(_mistyped(word, other) for other in among) for word in rest)
    return (sum(exact) + 0.9 * near) / len(words)


def _mistyped(one: str, other: str) -> bool:
    """Whether two longer words differ by one letter, or by two that changed places."""
    if min(len(one), len(other)) < _LONG or abs(len(one) - len(other)) > 1:
        return False
    before = _shared(one, other)
    after = _shared(one[before:][::-1], other[before:][::-1])
    between = one[before : len(one) - after], other[before : len(other) - after]
    return max(map(len, between)) <= 1 or between[0] == between[1][::-1]


def _shared(one: str, other: str) -> int:
    """Give the number of letters that two words begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _years_agree(text: str, title: str, years: set[str]) -> float:
    written = set(_YEAR.findall(text)) - set(_YEAR.findall(title))
    if not written or not years:
        return 1.0
    nearest = min(abs(int(one) - int(other)) for one in written for other in years)
    return 1.0 if nearest <= 1 else 0.8


def _text(claims: Iterable[Claim], field: str) -> str:
    return " ".join(_parts(claim for claim in claims if claim.field == field))


def _parts(claims: Iterable[Claim]) -> Iterator[str]:
    for claim in claims:
        if isinstance(claim.value, tuple):
            yield from (str(name) for name in claim.value if isinstance(name, Name))
        elif isinstance(claim.value, str):
            yield plain(claim.value)


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in fold(text).replace("'", "")).split()


def _candidate(claims: tuple[Claim, ...]) -> Candidate | None:
    record, _ = merge(claims)
    name = record.text("DOI")
    return Candidate(name, record) if name else None
