"""A keyword is written alike in all entries."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from typing import TYPE_CHECKING

from northbib.bibtex.values import split_at_commas
from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]


def _find(subjects: Sequence[Subject]) -> Iterator[tuple[Subject, Fault]]:
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    listed = [(subject, _words(subject.values.get("keywords", ""))) for subject in subjects]
    for _, words in listed:
        for word in words:
            forms[word.casefold()][word] += 1
    for subject, words in listed:
        usual = {word: _usual(forms[word.casefold()]) for word in words}
        odd = [word for word in words if usual[word] != word]
        if odd:
            edits = subject.rewritten("keywords", partial(_replaced, usual=usual))
            right = usual[odd[0]]
            message = f"the keyword {odd[0]} is written {right} in {forms[right.casefold()][right]}"
            message += " entries" if forms[right.casefold()][right] > 1 else " entry"
            yield subject, Fault(message, "keywords", f"write {right}", edits)


def _words(value: str) -> list[str]:
    return [word.strip() for word in split_at_commas(value) if word.strip()] if value else []


def _usual(forms: Counter[str]) -> str:
    """Give the form that is met most often; of several, an acronym, or the lowest."""
    return min(forms, key=lambda form: (-forms[form], not _is_acronym(form), _capitals(form), form))


def _is_acronym(form: str) -> bool:
    return form.isupper() and len(form) < 6


def _capitals(form: str) -> int:
    return sum(map(str.isupper, form))


def _replaced(text: str, usual: dict[str, str]) -> str:
    return ",".join(
        word.replace(word.strip(), usual.get(word.strip(), word.strip())) if word.strip() else word
        for word in split_at_commas(text)
    )


RULE = Rule(
    code="keyword-case",
    severity="info",
    sentence="A keyword has the same capitals in all entries.",
    reason="Programs that tell capitals apart show it as two.",
    bad="@misc{one, title = {A title}, keywords = {transport}}\n"
    "@misc{two, title = {Another title}, keywords = {Transport}}",
    good="@misc{one, title = {A title}, keywords = {transport}}\n"
    "@misc{two, title = {Another title}, keywords = {transport}}",
    fix="writes it as most entries do",
    library=_find,
)
