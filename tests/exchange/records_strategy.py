"""Records of every shape, for properties that hold in every format.

The values of a record are drawn from pools, which are the same in every run: to draw each character
by itself would take longer than most tests. Where new examples are looked for it is done all the
same.
"""

from __future__ import annotations

import unicodedata
from random import Random
from typing import TYPE_CHECKING, TypeVar

from hypothesis import settings
from hypothesis import strategies as st

from northbib.records import Date, Day, Name, Record
from northbib.records.vocabulary import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    TEXT_VARIABLES,
    TYPES,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["HARD", "dates", "names", "records", "texts"]

T = TypeVar("T")

# A record holds text as it was read: trimmed, composed, on one line but for notes and abstracts.
_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp", "Co"))
HARD = "&<>\"'{}[]|=;:,./\\-–—@#%$*_~^`()+ äßø李Яא"
_NO_TEXT = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp", "Co"})
_NOT_IN_RECORD = frozenset({"citation-key", "citation-label", "keyword", "year-suffix"})
_EXTRA = ["archiveurl", "eprint", "howpublished", "confidence"]


def _trimmed(text: str) -> str:
    return " ".join(text.split())


texts = (
    st.text(st.one_of(_LETTERS, st.sampled_from(HARD)), min_size=1, max_size=30)
    .map(_trimmed)
    .filter(bool)
)
_rich = st.one_of(texts, st.builds("{} <i>{}</i> {}".format, texts, texts, texts).map(_trimmed))
_part = st.one_of(st.just(""), st.text(st.characters(categories=["L"]), min_size=1, max_size=8))
_word = st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=8)
names = st.one_of(
    st.builds(Name, family=_word, given=_part, suffix=_part, dropping_particle=_part),
    st.builds(Name, family=_word, given=_part, non_dropping_particle=_part),
    st.builds(Name, literal=texts.filter(lambda text: "||" not in text)),
)
_days = st.one_of(
    st.builds(Day, st.integers(1, 2100)),
    st.builds(Day, st.integers(1, 2100), st.integers(1, 12), st.integers(1, 28)),
    st.builds(Day, st.integers(1, 2100), st.integers(1, 12)),
    st.builds(Day, st.integers(1, 2100), season=st.integers(1, 4)),
)
dates = st.one_of(
    st.builds(Date, _days),
    st.builds(Date, _days, circa=st.just(True)),
    st.builds(Date, _days, _days, is_range=st.just(True)),
    st.builds(Date, _days, is_range=st.just(True)),
    st.sampled_from(["n.d.", "forthcoming"]).map(lambda text: Date(literal=text)),
)
_people = st.lists(names, min_size=1, max_size=3).map(tuple)
_topic = texts.filter(lambda text: "," not in text and ";" not in text)


class _Pools:
    """Values as the strategies above would give them, made without them."""

    def __init__(self) -> None:
        self._random = Random(1)  # noqa: S311 - repeatable
        every = [*range(0x20, 0x3000), *range(0x3000, 0x20000, 7)]
        kinds = {chr(code): unicodedata.category(chr(code)) for code in every}
        self._signs = [sign for sign, kind in kinds.items() if kind not in _NO_TEXT]
        self._any_case = [sign for sign in self._signs if kinds[sign][0] == "L"]
        self._cased = [sign for sign in self._signs if kinds[sign] in ("Lu", "Ll")]

    def of(self, make: Callable[[], T], size: int = 300) -> st.SearchStrategy[T]:
        """Give a strategy that draws from so many values."""
        return st.sampled_from([make() for _ in range(size)])

    def text(self) -> str:
        alphabets = (HARD, HARD, self._signs)
        signs = (
            self._random.choice(self._random.choice(alphabets))
            for _ in range(self._random.randint(1, 30))
        )
        return _trimmed("".join(signs)) or "a"

    def rich(self) -> str:
        if self._random.random() < 0.5:
            return self.text()
        return f"{self.text()} <i>{self.text()}</i> {self.text()}"

    def people(self) -> tuple[Name, ...]:
        return tuple(self._name() for _ in range(self._random.randint(1, 3)))

    def date(self) -> Date:
        kind = self._random.randrange(5)
        if kind == 0:
            return Date(literal=self._random.choice(["n.d.", "forthcoming"]))
        if kind == 1:
            return Date(self._day(), circa=True)
        if kind == 2:
            return Date(self._day(), self._day(), is_range=True)
        return Date(self._day(), is_range=kind == 3)

    def topic(self) -> str:
        return self.text().replace(",", "").replace(";", "").strip() or "a"

    def _name(self) -> Name:
        kind = self._random.randrange(3)
        if kind == 0:
            return Name(literal=self.text().replace("||", "|·|"))
        family, given = self._word(self._cased), self._part()
        if kind == 1:
            return Name(family=family, given=given, non_dropping_particle=self._part())
        suffix, particle = self._part(), self._part()
        return Name(family=family, given=given, suffix=suffix, dropping_particle=particle)

    def _part(self) -> str:
        return self._random.choice(["", self._word(self._any_case)])

    def _word(self, alphabet: list[str]) -> str:
        return "".join(self._random.choices(alphabet, k=self._random.randint(1, 8)))

    def _day(self) -> Day:
        year, month = self._random.randint(1, 2100), self._random.randint(1, 12)
        days = (
            Day(year),
            Day(year, month, self._random.randint(1, 28)),
            Day(year, month),
            Day(year, season=self._random.randint(1, 4)),
        )
        return self._random.choice(days)


def _records(
    text: st.SearchStrategy[str],
    rich: st.SearchStrategy[str],
    people: st.SearchStrategy[tuple[Name, ...]],
    date: st.SearchStrategy[Date],
    topic: st.SearchStrategy[str],
) -> st.SearchStrategy[Record]:
    values = {
        **dict.fromkeys(sorted(TEXT_VARIABLES - _NOT_IN_RECORD), rich),
        **dict.fromkeys(sorted(NUMBER_VARIABLES), text),
        **dict.fromkeys(sorted(DATE_VARIABLES), date),
        **dict.fromkeys(sorted(NAME_VARIABLES), people),
    }
    return st.builds(
        Record,
        key=st.from_regex(r"[a-z][a-z0-9:_.-]{0,11}", fullmatch=True),
        type=st.sampled_from(sorted(TYPES)),
        values=st.fixed_dictionaries({}, optional=values),
        keywords=st.lists(topic, max_size=3).map(lambda words: tuple(dict.fromkeys(words))),
        extra=st.dictionaries(st.sampled_from(_EXTRA), text, max_size=3),
    )


def _from_pools() -> st.SearchStrategy[Record]:
    pools = _Pools()
    return _records(
        pools.of(pools.text),
        pools.of(pools.rich),
        pools.of(pools.people),
        pools.of(pools.date),
        pools.of(pools.topic),
    )


_is_exploring = settings.get_current_profile_name() == "exploring"
records = _records(texts, _rich, _people, dates, _topic) if _is_exploring else _from_pools()
"""Records with any of the variables that CSL has, and some fields that it has not."""
