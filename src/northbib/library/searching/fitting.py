"""A regular expression -> the words, or parts of words, that a text has if it fits.

Only the common signs are understood: letters, figures, sets of them, blanks and other signs, `.`,
groups, alternatives and repetition. A sign that may stand for a letter as well as for a blank makes
two variants, one where it stands within a word and one where it parts two words.
"""

from __future__ import annotations

import re
from itertools import groupby, product
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Piece", "Variant", "variants"]


class Piece(NamedTuple):
    """A part of a word, or a whole one.

    Attributes:
        source: The regular expression that it fits.
        at_start: Whether it stands at the beginning of a word.
        at_end: Whether it stands at the end of a word.
    """

    source: str
    at_start: bool
    at_end: bool


class Variant(NamedTuple):
    """One way in which a text may fit.

    Attributes:
        pieces: The parts of words that it has then.
        side_by_side: Whether their words follow one upon the other.
        is_exact: Whether a text that has them fits.
    """

    pieces: tuple[Piece, ...]
    side_by_side: bool
    is_exact: bool


_Kind = Literal["letter", "figure", "either", "any", "sign", "edge", "first", "last", "gap"]


class _Atom(NamedTuple):
    kind: _Kind
    source: str = ""
    least: int = 1


_Sequence = tuple[_Atom, ...]
_MOST = 48
"""Sequences and variants beyond which a pattern is given up."""
_MOST_ANY = 3
_IN_WORDS = frozenset({"letter", "figure", "either"})
_GAP = _Atom("gap")
_TOKEN = re.compile(
    r"""(?P<letter>[A-Za-z]) | (?P<figure>[0-9]|\\d) | (?P<any>\.|\\w) | (?P<edge>\\b)
      | (?P<set>\[(?:[a-zA-Z0-9](?:-[a-zA-Z0-9])?|\\d)+\])
      | (?P<sign>[ ]|\\[ ]|\\?[^\w\s.^$*+?{}()\[\]|\\]|\\[.^$*+?{}()\[\]|\\])
      | (?P<first>\^) | (?P<last>\$)""",
    re.VERBOSE | re.ASCII,
)
_QUANTIFIER = re.compile(r"([?*+]|\{(\d{1,2})(,\d{0,2})?\})[?+]?")
_RANGE = re.compile(r"([a-zA-Z0-9])-([a-zA-Z0-9])")


class _NotUnderstood(Exception):  # noqa: N818 - it is no error of anybody's
    pass


def variants(pattern: str, *, is_key: bool = False) -> list[Variant] | None:
    """Give the variants of a pattern; None where it is not understood.

    Args:
        pattern: The pattern; case does not count.
        is_key: Whether its text is a key, of which letters and figures count as words of their own.
    """
    try:
        sequences, end = _alternatives(pattern, 0)
        if end < len(pattern):
            return None
        expanded = [each for sequence in sequences for each in _expanded(sequence, is_key=is_key)]
        if len(expanded) > _MOST:
            return None
        return [found for each in expanded if (found := _variant(each)) is not None]
    except _NotUnderstood:
        return None


def _alternatives(pattern: str, at: int) -> tuple[list[_Sequence], int]:
    done: list[_Sequence] = []
    open_: list[_Sequence] = [()]
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            done, open_, at = done + open_, [()], at + 1
            continue
        options, at = _element(pattern, at)
        open_ = [before + own for before in open_ for own in options]
        if len(open_) + len(done) > _MOST:
            raise _NotUnderstood
    return done + open_, at


def _element(pattern: str, at: int) -> tuple[list[_Sequence], int]:
    if pattern[at] == "(":
        inner, at = _group(pattern, at)
        quantifier = _QUANTIFIER.match(pattern, at)
        if quantifier is None:
            return inner, at
        if quantifier[0] not in ("?", "??"):
            raise _NotUnderstood
        return [*inner, ()], quantifier.end()
    token = _TOKEN.match(pattern, at)
    if token is None or not pattern[at].isascii():
        raise _NotUnderstood
    quantifier = _QUANTIFIER.match(pattern, token.end())
    end = quantifier.end() if quantifier else token.end()
    return _options(token, quantifier), end


def _group(pattern: str, at: int) -> tuple[list[_Sequence], int]:
    at += 3 if pattern.startswith("(?:", at) else 1
    if pattern[at : at + 1] in ("?", "*"):
        raise _NotUnderstood
    inner, at = _alternatives(pattern, at)
    if at >= len(pattern):
        raise _NotUnderstood
    return inner, at + 1


def _options(token: re.Match[str], quantifier: re.Match[str] | None) -> list[_Sequence]:
    if quantifier is not None and quantifier[0][1:].endswith("+"):
        # What is taken is not given back: "a++a" fits nothing.
        raise _NotUnderstood
    kind, source = _kind(token), token[0]
    least = 1 if quantifier is None else {"?": 0, "*": 0, "+": 1}.get(quantifier[1], -1)
    if quantifier is not None and least < 0:
        least = int(quantifier[2])
    if kind in _IN_WORDS:
        own = quantifier[1] if quantifier else ""
        return [(_Atom(kind, source.lower() + own, least),)]
    if quantifier is None:
        return [(_Atom(kind, source),)]
    if kind == "sign":
        return [(_Atom(kind),)] if least else [(_Atom(kind),), ()]
    if kind == "any":
        return [(_Atom(kind, source),), ()] if quantifier[1] == "?" else [(_GAP,)]
    raise _NotUnderstood


def _kind(token: re.Match[str]) -> _Kind:
    if token["set"]:
        return _kind_of_set(token["set"][1:-1].replace("\\d", "0-9"))
    return token.lastgroup  # type: ignore[return-value]


def _kind_of_set(items: str) -> _Kind:
    for first, last in _RANGE.findall(items):
        if not any(first in kind and last in kind and first <= last for kind in _CLASSES):
            raise _NotUnderstood
    letters = any(item.isalpha() for item in items)
    figures = any(item.isdecimal() for item in items)
    return "either" if letters and figures else "letter" if letters else "figure"


_CLASSES = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _expanded(sequence: _Sequence, *, is_key: bool) -> Iterator[_Sequence]:
    """Give the sequences in which what may be a sign as well as a letter is one of them."""
    unclear = {"any", "either"} if is_key else {"any"}
    if sum(atom.kind in unclear for atom in sequence) > _MOST_ANY:
        yield tuple(_GAP if atom.kind in unclear else atom for atom in sequence)
        return
    options = (
        _options_in_key(atom)
        if is_key and atom.kind in unclear
        else _options_in_text(atom)
        if atom.kind in unclear
        else (atom,)
        for atom in sequence
    )
    for chosen in product(*options):
        yield tuple(_parted(chosen)) if is_key else chosen


def _options_in_text(atom: _Atom) -> tuple[_Atom, ...]:
    return _Atom("either", r"[^\n]" if atom.source == "." else atom.source), _Atom("sign")


def _options_in_key(atom: _Atom) -> tuple[_Atom, ...]:
    if atom.kind == "any":
        return _Atom("letter", r"[^\W\d_]"), _Atom("figure", r"\d"), _Atom("sign")
    return _Atom("letter", *atom[1:]), _Atom("figure", *atom[1:]), _GAP


def _parted(atoms: Iterable[_Atom]) -> Iterator[_Atom]:
    """Put a gap between the letters and the figures of a key."""
    before = _GAP
    for atom in atoms:
        if {before.kind, atom.kind} == {"letter", "figure"}:
            yield _GAP
        yield atom
        before = atom


def _variant(sequence: _Sequence) -> Variant | None:
    """Give the variant of a sequence without unclear signs; None if nothing can fit it."""
    kinds = [atom.kind for atom in sequence]
    if "first" in kinds[1:] or "last" in kinds[:-1]:
        raise _NotUnderstood
    if any(kinds[at] == "edge" and _is_inside(kinds, at) for at in range(len(kinds))):
        return None
    pieces: list[Piece] = []
    for start, end in _runs(kinds):
        own = sequence[start:end]
        if not any(atom.least for atom in own):
            # It may be missing, so that what stands beside it is not what it is taken for.
            raise _NotUnderstood
        source = "".join(atom.source for atom in own)
        at_start, at_end = _is_end(kinds[start - 1 : start]), _is_end(kinds[end : end + 1])
        pieces.append(Piece(source, at_start, at_end))
    is_exact = len(pieces) == 1 and _IN_WORDS.issuperset(kinds)
    return Variant(tuple(pieces), "gap" not in kinds, is_exact)


def _runs(kinds: Sequence[_Kind]) -> Iterator[tuple[int, int]]:
    """Give the beginning and the end of all that stands within words."""
    start = 0
    for is_within, group in groupby(kinds, _IN_WORDS.__contains__):
        end = start + len(list(group))
        if is_within:
            yield start, end
        start = end


def _is_inside(kinds: Sequence[_Kind], at: int) -> bool:
    beside = (*kinds[:at][-1:], *kinds[at + 1 : at + 2])
    return len(beside) > 1 and _IN_WORDS.issuperset(beside)


def _is_end(beside: Sequence[_Kind]) -> bool:
    return bool(beside) and beside[0] in ("sign", "edge", "first", "last")
