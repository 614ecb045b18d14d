"""Records of every shape, for properties that hold in every format."""

from __future__ import annotations

from hypothesis import strategies as st

from northbib.records import Date, Day, Name, Record
from northbib.records.vocabulary import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    TEXT_VARIABLES,
    TYPES,
)

__all__ = ["dates", "names", "records", "texts"]

# A record holds text as it was read: trimmed, composed, on one line but for notes and abstracts.
_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp", "Co"))
_HARD = "&<>\"'{}[]|=;:,./\\-–—@#%$*_~^`()+ äßø李Яא"
_NOT_IN_RECORD = frozenset({"citation-key", "citation-label", "keyword", "year-suffix"})


def _trimmed(text: str) -> str:
    return " ".join(text.split())


texts = (
    st.text(st.one_of(_LETTERS, st.sampled_from(_HARD)), min_size=1, max_size=30)
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
_values = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(sorted(TEXT_VARIABLES - _NOT_IN_RECORD), _rich),
        **dict.fromkeys(sorted(NUMBER_VARIABLES), texts),
        **dict.fromkeys(sorted(DATE_VARIABLES), dates),
        **{
            name: st.lists(names, min_size=1, max_size=3).map(tuple)
            for name in sorted(NAME_VARIABLES)
        },
    },
)
_topics = st.lists(texts.filter(lambda text: "," not in text and ";" not in text), max_size=3)

records = st.builds(
    Record,
    key=st.from_regex(r"[a-z][a-z0-9:_.-]{0,11}", fullmatch=True),
    type=st.sampled_from(sorted(TYPES)),
    values=_values,
    keywords=_topics.map(lambda words: tuple(dict.fromkeys(words))),
    extra=st.dictionaries(
        st.sampled_from(["archiveurl", "eprint", "howpublished", "confidence"]), texts, max_size=3
    ),
)
"""Records with any of the variables that CSL has, and some fields that it has not."""
