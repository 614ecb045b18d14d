"""How alike two titles are, word by word.

Letters alone do not tell: "Scotland Act 2012" and "Scotland Act 2016" differ by one, as much as a
slip of the pen does. So what is left over, once equal words are taken away, is paired with what
could be the same word, misspelt or abbreviated; a word that finds no partner is another word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA, Indel
from rapidfuzz.fuzz import ratio

from northbib.library.keys.plain import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.library.duplicates.profile import Profile

__all__ = ["KINDS_OF_WORK", "Likeness", "abbreviates", "is_misspelt", "likeness", "telling_words"]

_SHORTEST_SUBSEQUENCE = 3
_FIGURE = re.compile(r"\d")
_GENERIC = frozenset(
    """
    abstracts acknowledgements announcement announcements appendix bibliography book conclusion
    conclusions contents contributors editorial editorials editors erratum errata foreword
    frontmatter glossary guest in index introduction introductory issue letter letters list
    matter news note notes obituary overview preface references reply review reviews special
    summary this to untitled
    """.split()
)


KINDS_OF_WORK = frozenset(
    """
    abstract addendum appendix comment commentary consultation corrigendum correction draft errata
    erratum interim part rejoinder reply response retraction review rezension summary supplement
    volume
    """.split()
)
"""Words that make of a title that of another work: a review, a reply, a correction, a part."""


class Likeness(NamedTuple):
    """What two titles have in common, and what they have not.

    Attributes:
        score: 1 for the same words, 0 for none.
        left: Telling words of the first title that are not in the other, nor misspelt there.
        right: Those of the other title.
        tail: The words of the subtitle that one of them goes without.
    """

    score: float
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether no word of either is another word in the other."""
        return not self.left and not self.right


def likeness(one: Profile, other: Profile) -> Likeness:
    """Compare two titles."""
    if one.title == other.title:
        return Likeness(1.0)
    whole = _compared(one.words, other.words)
    short, long = (one, other) if len(one.words) <= len(other.words) else (other, one)
    for count in long.breaks:
        if abs(count - len(short.words)) <= 1 and not whole.is_same:
            part = _compared(short.words, long.words[:count])
            if part.is_same:
                whole = part._replace(tail=long.words[count:])
    return whole


def telling_words(words: Sequence[str]) -> int:
    """Count the words of a title that could tell a work from others."""
    telling = {word for word in words if word not in STOP_WORDS}
    return len(telling - _GENERIC) if len(telling) > 1 or telling - _GENERIC else 0


def _compared(one: Sequence[str], other: Sequence[str]) -> Likeness:
    score = ratio(" ".join(one), " ".join(other)) / 100
    left, right = _left_over(one, other), _left_over(other, one)
    if "".join(left) == "".join(right):
        # The same letters, with a blank or a hyphen more.
        return Likeness(max(score, 0.99))
    for word in list(left):
        partner = next((candidate for candidate in right if _same_word(word, candidate)), None)
        if partner is not None:
            left.remove(word)
            right.remove(partner)
            # What is abbreviated is as good as written out.
            score += (1 - score) * 0.5
    telling = [[word for word in words if word not in STOP_WORDS] for words in (left, right)]
    return Likeness(score, tuple(telling[0]), tuple(telling[1]))


def _left_over(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """Give the words of one title that the other has not, or not as often."""
    rest = list(other)
    left = []
    for word in one:
        if word in rest:
            rest.remove(word)
        else:
            left.append(word)
    return left


def _same_word(one: str, other: str) -> bool:
    return is_misspelt(one, other) or abbreviates(one, other) or abbreviates(other, one)


def is_misspelt(one: str, other: str) -> bool:
    """Tell whether one word may be a slip for another: one letter in four to seven, two in more."""
    shortest = min(len(one), len(other))
    allowed = 0 if shortest < 4 else 1 if shortest < 8 else 2
    if abs(len(one) - len(other)) > allowed or _FIGURE.search(one) or _FIGURE.search(other):
        return False
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def abbreviates(short: str, long: str) -> bool:
    """Tell whether a word is an abbreviation of another: its beginning, or letters of it."""
    if not short or len(short) >= len(long) or short[0] != long[0] or short.isdigit():
        return False
    if long.startswith(short):
        return len(short) > 1
    if len(short) < _SHORTEST_SUBSEQUENCE or len(short) * 2 > len(long) + 2:
        return False
    return Indel.distance(short, long) == len(long) - len(short)
