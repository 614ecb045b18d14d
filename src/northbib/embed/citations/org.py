"""Citations in Org: `[cite:see @key p. 3; @other]`, `[cite/t:@key]`.

Source: Org manual, "Citation handling"; Org syntax, "Citations".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from northbib.embed.citations.arguments import Brackets, parts
from northbib.embed.citations.locators import located
from northbib.embed.citations.model import Cite, Cluster, Note, Scan
from northbib.embed.citations.spans import masked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.embed.citations.model import Form

__all__ = ["scan", "verbatim"]

_CITATION = re.compile(r"\[cite(?:/(?P<style>[\w-]+)(?:/[\w/-]+)?)?:\s*")
_KEY = re.compile(r"(?<!\w)@(?P<key>[\w.:?!`'/*@+|(){}<>&^$#%~-]+)")
_FORMS: dict[str, Form] = {
    "t": "narrative",
    "text": "narrative",
    "a": "author",
    "author": "author",
    "b": "bare",
    "bare": "bare",
    "n": "uncited",
    "nocite": "uncited",
    "title": "title",
}
_LONGEST = 4000
_WITHOUT_AUTHOR = ("na", "noauthor", "year")
_BLOCK = re.compile(
    r"^[ \t]*#\+begin_(?P<name>src|example|export|comment)\b[^\r\n]*(?:\r\n?|\n|\Z)",
    re.IGNORECASE | re.MULTILINE,
)
_LINES = re.compile(
    r"^[ \t]*(?:#(?:[ \t][^\r\n]*)?(?=[\r\n]|\Z)|:[ \t][^\r\n]*|#\+(?!print)\w+:[^\r\n]*)",
    re.MULTILINE,
)
_INLINE = re.compile(
    r"(?<![^\s\-('\"{])(?P<mark>[=~])(?=[^\s])[^\r\n]*?(?<=[^\s])(?P=mark)(?![^\s\-.,;:!?'\")}\[])"
)
_NOTE = re.compile(r"^\[fn:(?P<label>[\w-]+)\](?=\s)", re.MULTILINE)
_NOTE_END = re.compile(r"(?:\r\n?|\n)(?=\[fn:|\*+[ ]|(?:[ \t]*(?:\r\n?|\n)){2})|\Z")
_REFERENCE = re.compile(r"(?<!^)\[fn:(?P<label>[\w-]*)(?P<inline>:)?", re.MULTILINE)


def verbatim(text: str) -> Iterator[tuple[int, int]]:
    """Give where code, verbatim text, comments and keywords begin and end."""
    yield from (match.span() for match in _LINES.finditer(text))
    yield from (match.span() for match in _INLINE.finditer(text))
    place = 0
    unclosed: set[str] = set()
    while match := _BLOCK.search(text, place):
        place = match.end()
        name = match["name"].lower()
        closing = re.compile(rf"^[ \t]*#\+end_{name}\b", re.IGNORECASE | re.MULTILINE)
        end = None if name in unclosed else closing.search(text, place)
        if end is None:
            unclosed.add(name)
        else:
            yield match.start(), end.end()
            place = end.end()


def scan(text: str) -> Scan:
    """Find the citations of an article and its notes."""
    brackets = Brackets(masked(text, verbatim(text)))
    read = brackets.text
    found = Scan(notes=_notes(brackets))
    for match in _CITATION.finditer(read):
        inside = brackets.argument(match.start())
        if inside is None or inside[1] - inside[0] > _LONGEST:
            continue
        cluster = _cluster(read, match, inside[1])
        if cluster is not None:
            found.clusters.append(cluster)
    return found


def _cluster(read: str, match: re.Match[str], end: int) -> Cluster | None:
    style = match["style"] or ""
    without = style in _WITHOUT_AUTHOR
    cites: list[Cite] = []
    before = after = ""
    for start, stop in parts(read, match.end(), end, ";"):
        key = _KEY.search(read, start, stop)
        words = " ".join(read[start:stop].split())
        if key is not None:
            cites.append(_cite(read, key, start, stop, without_author=without))
        elif not cites:
            before = words
        else:
            after = words
    if not cites:
        return None
    if before:
        cites[0] = replace(cites[0], prefix=f"{before} {cites[0].prefix}".strip())
    if after:
        cites[-1] = replace(cites[-1], suffix=f"{cites[-1].suffix} {after}")
    return Cluster(match.start(), end + 1, tuple(cites), _FORMS.get(style, "parenthetical"))


def _cite(read: str, key: re.Match[str], start: int, stop: int, *, without_author: bool) -> Cite:
    # A mark at the end of a key is taken for the sentence's own.
    name = key["key"].rstrip(".:?!'`")
    after = key.start("key") + len(name)
    prefix = " ".join(read[start : key.start()].split())
    suffix = read[after:stop].rstrip()
    locator, label, rest = located(suffix)
    rest = f" {' '.join(rest.split())}" if rest[:1].isspace() else " ".join(rest.split())
    return Cite(name, prefix, locator, label, rest.rstrip(), without_author, key.start())


def _notes(brackets: Brackets) -> list[Note]:
    """Give the notes: those in the text, and those that are defined at a margin."""
    read = brackets.text
    places: dict[str, int] = {}
    notes = []
    for match in _REFERENCE.finditer(read):
        if match["label"]:
            places.setdefault(match["label"], match.start())
        inside = brackets.argument(match.start()) if match["inline"] else None
        if inside is not None:
            notes.append(Note(match.end(), inside[1], match.start()))
    for match in _NOTE.finditer(read):
        end = _NOTE_END.search(read, match.end())
        notes.append(
            Note(match.end(), end.start() if end else len(read), places.get(match["label"]))
        )
    return notes
