"""Entries in order of key or year, each with the comment right above it.

Text that stands for itself, a heading or a macro, parts a file: entries stay on their side of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.values import keys_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.bibtex import Entry

__all__ = ["in_order", "is_behind_text"]

_BLANK_LINE = re.compile(rb"(?>\r\n|\r|\n)[ \t]*(?>\r\n|\r|\n)")
_YEAR = re.compile(r"\d{4}")
_BLANKS = b" \t\r\n"
_NO_YEAR = "9999"
_PARENTS = ("crossref", "xdata", "xref")

_Rank = tuple[bool, str, str]


def in_order(
    gaps: Sequence[bytes], raws: Sequence[bytes], entries: Sequence[Entry], by: str, eol: bytes
) -> tuple[list[bytes], list[bytes]]:
    """Put entries in order.

    Args:
        gaps: What stands before, between and behind the entries.
        raws: The entries as they are to be written.
        entries: The entries as they were read.
        by: `key` or `year`.
        eol: The line end of the file.

    Returns:
        The gaps and the entries in their new order.
    """
    parents = {key.lower() for entry in entries for key in _parents(entry)}
    first: dict[str, _Rank] = {}
    ranks = [first.setdefault(e.key.lower(), _rank(e, by, parents)) for e in entries]
    split = [_split(gap, place) for place, gap in enumerate(gaps[:-1])]
    moved: list[bytes] = []
    placed: list[bytes] = []
    for section in _sections(split):
        for place, origin in zip(section, sorted(section, key=ranks.__getitem__), strict=True):
            above, comment = split[place][0], split[origin][1]
            if comment and place and not _BLANK_LINE.search(above):
                above = above.rstrip(_BLANKS) + eol * 2
            moved.append(above + comment)
            placed.append(raws[origin])
    return [*moved, gaps[-1]], placed


def _split(gap: bytes, place: int) -> tuple[bytes, bytes]:
    """Part what stands before an entry into what stays there and the comment that goes with it."""
    breaks = list(_BLANK_LINE.finditer(gap))
    start = breaks[-1].end() if breaks else 0 if place == 0 else len(gap)
    comment = gap[start:]
    return (gap[:start], comment) if comment.strip(_BLANKS) and b"@" not in comment else (gap, b"")


def _sections(split: Sequence[tuple[bytes, bytes]]) -> list[list[int]]:
    """Give the places of entries between which nothing stands that stays."""
    sections: list[list[int]] = []
    is_fixed = False
    for place, (above, _) in enumerate(split):
        was_fixed, is_fixed = is_fixed, is_behind_text(above)
        if above.strip(_BLANKS) or not sections or is_fixed or was_fixed:
            sections.append([])
        sections[-1].append(place)
    return sections


def is_behind_text(gap: bytes) -> bool:
    """Tell whether an entry follows other text on its line: behind a `%` it may be none."""
    line = gap[max(gap.rfind(b"\n"), gap.rfind(b"\r")) + 1 :]
    return bool(line.strip(_BLANKS + b"\0"))


def _parents(entry: Entry) -> list[str]:
    return [key for name in _PARENTS for key in keys_in(entry.get(name, ""))]


def _rank(entry: Entry, by: str, parents: set[str]) -> _Rank:
    """Give what an entry is put in order by; BibTeX wants parents behind their children."""
    year = ""
    if by == "year":
        found = _YEAR.search(entry.get("date", "") or entry.get("year", ""))
        year = found[0] if found else _NO_YEAR
    return entry.key.lower() in parents, year, entry.key.lower()
