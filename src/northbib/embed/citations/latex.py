r"""Citations in LaTeX: the commands of biblatex and of natbib.

Source: the manuals of biblatex (3.9, "Citation Commands") and of natbib (2.3 to 2.7).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from northbib.embed.citations.arguments import Brackets
from northbib.embed.citations.locators import located
from northbib.embed.citations.model import Cite, Cluster, Note, Scan
from northbib.embed.citations.spans import masked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.embed.citations.model import Form

__all__ = ["scan", "verbatim"]

_FORMS: dict[str, Form] = {
    "cite": "parenthetical",
    "parencite": "parenthetical",
    "citep": "parenthetical",
    "autocite": "parenthetical",
    "smartcite": "parenthetical",
    "supercite": "parenthetical",
    "footcite": "parenthetical",
    "footcitetext": "parenthetical",
    "fullcite": "parenthetical",
    "footfullcite": "parenthetical",
    "textcite": "narrative",
    "citet": "narrative",
    "citealt": "bare",
    "citealp": "bare",
    "citeauthor": "author",
    "citefullauthor": "author",
    "citetitle": "title",
    "citeyear": "bare",
    "citedate": "bare",
    "citeyearpar": "parenthetical",
    "nocite": "uncited",
    "notecite": "bare",
    "pnotecite": "parenthetical",
    "fnotecite": "parenthetical",
}
_NOTES = frozenset({"footcite", "footcitetext", "footfullcite", "fnotecite"})
_WITHOUT_AUTHOR = frozenset({"citeyear", "citedate", "citeyearpar"})
_STARRED_WITHOUT_AUTHOR = frozenset({"cite", "parencite", "autocite"})
_SEVERAL = {f"{name}s": name for name in _FORMS if name.endswith("cite")}
_COMMAND = re.compile(
    r"\\(?P<name>"
    + "|".join(sorted((*_FORMS, *_SEVERAL), key=len, reverse=True))
    + r")(?P<star>\*?)(?![A-Za-z@*])",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\\(?:footnote|footnotetext|thanks)(?=[\[{])")
_NOT_READ = re.compile(
    r"""
      \\[%\\]
    | (?P<comment>%[^\r\n]*+)
    | (?P<verb>\\(?:verb\*?|lstinline|mintinline\{[^{}]*\})(?P<sign>[^\sA-Za-z*{\[])
        (?:(?!(?P=sign))[^\r\n])*+(?P=sign))
    | (?P<begin>\\begin\{(?P<name>(?:[bBlL]?[vV]erbatim|lstlisting|minted|comment|filecontents|alltt
        |Verbatim|SaveVerbatim|VerbatimOut)\*?)\})
    | (?P<end>\\end\{document\})
    """,
    re.VERBOSE,
)
_SPACE = re.compile(r"[ \t]*+(?:(?:\r\n?|\n)[ \t]*+)?(?=[\[{(])")
_DEFINED = re.compile(r".*\\(?:(?:re)?newcommand\*?\s*\{?|def)\s*", re.DOTALL)
_DEFINED_WITHIN = 30


def verbatim(text: str) -> Iterator[tuple[int, int]]:
    """Give where comments, verbatim text, and what comes after the document begin and end."""
    place = 0
    unclosed: set[str] = set()
    while match := _NOT_READ.search(text, place):
        place = match.end()
        if match["end"]:
            yield place, len(text)
            return
        if match["comment"] or match["verb"]:
            yield match.span()
        elif match["begin"] and match["name"] not in unclosed:
            end = text.find(f"\\end{{{match['name']}}}", place)
            if end < 0:
                unclosed.add(match["name"])
                continue
            yield match.start(), end
            place = end


def scan(text: str) -> Scan:
    """Find the citations of an article and its notes."""
    brackets = Brackets(masked(text, verbatim(text)))
    read = brackets.text
    found = Scan(notes=list(_notes(brackets)))
    place = 0
    while match := _COMMAND.search(read, place):
        place = match.end()
        before = read[max(0, match.start() - _DEFINED_WITHIN) : match.start()]
        cluster = None if _DEFINED.fullmatch(before) else _cluster(brackets, match)
        if cluster is not None:
            found.clusters.append(cluster)
            place = cluster.end
    return found


def _notes(brackets: Brackets) -> Iterator[Note]:
    read = brackets.text
    for match in _FOOTNOTE.finditer(read):
        place = match.end()
        if read[place] == "[":
            number = brackets.argument(place)
            place = number[1] + 1 if number else place
        inside = brackets.argument(place) if read[place : place + 1] == "{" else None
        if inside is not None:
            yield Note(*inside, match.start())


def _cluster(brackets: Brackets, match: re.Match[str]) -> Cluster | None:
    written = match["name"].lower()
    name = _SEVERAL.get(written, written)
    several = written in _SEVERAL
    without = name in _WITHOUT_AUTHOR or (bool(match["star"]) and name in _STARRED_WITHOUT_AUTHOR)
    place = match.end()
    before = after = ""
    if several:
        before, after, place = _around(brackets, place)
    cites: list[Cite] = []
    while (work := _works(brackets, place, without_author=without)) is not None:
        found, place = work
        cites += found
        if not several:
            break
    if not cites:
        return None
    cites = _with_words(cites, before, after)
    form = _FORMS[name]
    return Cluster(match.start(), place, tuple(cites), form, note=name in _NOTES)


def _around(brackets: Brackets, place: int) -> tuple[str, str, int]:
    """Read `(before)(after)` of commands that cite several lists of works."""
    found, place = _optional(brackets, place, "(")
    return *_two(found), place


def _two(found: list[str]) -> tuple[str, str]:
    """Give what stands before and after: of one note alone it stands after."""
    if len(found) > 1:
        return found[0], found[1]
    return "", found[0] if found else ""


def _optional(brackets: Brackets, place: int, opening: str) -> tuple[list[str], int]:
    read = brackets.text
    found: list[str] = []
    while len(found) < 2:
        at = _next(read, place)
        inside = brackets.argument(at) if at is not None and read[at] == opening else None
        if inside is None:
            break
        found.append(" ".join(read[slice(*inside)].split()))
        place = inside[1] + 1
    return found, place


def _next(read: str, place: int) -> int | None:
    space = _SPACE.match(read, place)
    return space.end() if space else None


def _works(
    brackets: Brackets, place: int, *, without_author: bool
) -> tuple[list[Cite], int] | None:
    """Read `[before][after]{key,key}`."""
    read = brackets.text
    notes, at = _optional(brackets, place, "[")
    opening = _next(read, at)
    keys = brackets.argument(opening) if opening is not None and read[opening] == "{" else None
    if keys is None:
        return None
    cites = []
    start = keys[0]
    for part in read[slice(*keys)].split(","):
        key = part.strip(" \t\r\n\0")
        if key and "\\" not in key:
            at = start + part.index(key[0])
            cites.append(Cite(key, suppress_author=without_author, place=at))
        start += len(part) + 1
    return _with_words(cites, *_two(notes)), keys[1] + 1


def _with_words(cites: list[Cite], before: str, after: str) -> list[Cite]:
    """Put words before the first work and after the last one, where a locator is told apart."""
    if not cites:
        return cites
    first, last = cites[0], cites[-1]
    if before:
        cites[0] = first = replace(first, prefix=f"{before} {first.prefix}".strip())
    if len(cites) == 1:
        last = first
    if after:
        locator, label, rest = ("", "", "") if last.locator else located(after)
        if locator:
            cites[-1] = replace(last, locator=locator, label=label, suffix=rest)
        else:
            cites[-1] = replace(last, suffix=f"{last.suffix}, {after}")
    return cites
