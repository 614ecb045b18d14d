"""Citations in AsciiDoc: the macros of asciidoctor-bibtex, and some of asciidoctor-bibliography.

Source: the documentation of both, "Citations".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from northbib.embed.citations.locators import locator_of
from northbib.embed.citations.model import Cite, Cluster, Note, Scan
from northbib.embed.citations.spans import masked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.embed.citations.model import Form

__all__ = ["scan", "verbatim"]

_MACRO = re.compile(
    r"(?<![\w\\])(?P<name>citenp|citep|citet|citeauthor|citeyear|nocite|cite):"
    r"(?P<before>[^\[\]\r\n:]*)\[(?P<list>[^\[\]]*)\]"
)
_FORMS: dict[str, Form] = {
    "cite": "parenthetical",
    "citep": "parenthetical",
    "citenp": "narrative",
    "citet": "narrative",
    "citeauthor": "author",
    "citeyear": "bare",
    "nocite": "uncited",
}
_WORK = re.compile(
    r"\s*(?P<prefix>(?:[^\s,()\[\]]+\s+)*)(?P<key>[^\s,()\[\]]+)\s*(?:\((?P<locator>[^()]*)\))?\s*"
)
_NAMED = re.compile(r"\s*(?P<name>[a-z]+)\s*=\s*(?P<value>\"[^\"]*\"|[^,\"]*)")
_MORE = re.compile(r"\+\[([^\[\]]*)\]")
_KEY_ALONE = re.compile(r"[^\W\d][\w:.+/-]*")
_FENCE = re.compile(
    r"(?P<fence>-{4,}|\.{4,}|\+{4,}|/{4,}|```+)(?P<info>[^\r\n`]*?)[ \t]*(?=[\r\n]|\Z)"
)
_LINE = re.compile(r"(?P<line>[^\r\n]*)(?:\r\n?|\n|\Z)")
_INLINE = re.compile(
    r"`\+[^\r\n]*?\+`|\+\+\+[^\r\n]*?\+\+\+|\bpass:[a-z,]*\[[^\[\]\r\n]*\]|(?<!\w)`[^`\r\n]+`(?!\w)"
    r"|\b(?:https?|ftp)://[^\s\[\]]+"
)
_PARAGRAPH_OF_CODE = re.compile(r"\[(?:source|listing|literal|stem|pass|latexmath)\b[^\r\n]*\]\s*$")
_FOOTNOTE = re.compile(r"footnote:(?P<id>[\w-]*)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]")


def verbatim(text: str) -> Iterator[tuple[int, int]]:
    """Give where blocks of code, comments and passed-through text begin and end."""
    yield from (match.span() for match in _INLINE.finditer(text))
    fence, start = "", 0
    code_paragraph, previous_blank = False, True
    place = 0
    while place < len(text):
        match = _LINE.match(text, place)
        if match is None:  # It matches the empty text as well.
            return
        line, place = match["line"].rstrip(), match.end()
        delimiter = _FENCE.fullmatch(line)
        if fence:
            if line == fence:
                yield start, place
                fence = ""
        elif delimiter and (delimiter["fence"][0] == "`" or not delimiter["info"]):
            fence, start = delimiter["fence"], match.start()
        elif line.startswith("//") or (code_paragraph and line):
            yield match.span()
        elif line[:1] in (" ", "\t") and (previous_blank or code_paragraph) and not _is_item(line):
            yield match.span()
            code_paragraph = True
        code_paragraph = bool(line) and (
            code_paragraph or _PARAGRAPH_OF_CODE.match(line) is not None
        )
        previous_blank = not line
    if fence:
        yield start, len(text)


def _is_item(line: str) -> bool:
    return re.match(r"\s+(?:[*.-]+|\d+\.|[^\s].*::)\s", line) is not None


def scan(text: str) -> Scan:
    """Find the citations of an article and its notes."""
    read = masked(text, verbatim(text))
    found = Scan()
    for match in _MACRO.finditer(read):
        cluster = _cluster(read, match)
        if cluster is not None:
            found.clusters.append(cluster)
    found.notes = [
        Note(*match.span("text"), match.start())
        for match in _FOOTNOTE.finditer(read)
        if match["text"]
    ]
    return found


def _cluster(read: str, match: re.Match[str]) -> Cluster | None:
    without = match["name"] == "citeyear"
    end = match.end()
    before = match["before"].strip()
    if _KEY_ALONE.fullmatch(before) and not _KEY_ALONE.match(match["list"].strip()):
        locator, label = locator_of(match["list"])
        cites = [Cite(before, "", locator, label, "", without, match.start("before"))]
    else:
        cites = list(_works(match["list"], match.start("list"), without_author=without))
        while more := _MORE.match(read, end):
            cites += _works(more[1], more.start(1), without_author=without)
            end = more.end()
        if before and cites:
            cites[0] = replace(cites[0], prefix=f"{before} {cites[0].prefix}".strip())
    if not cites:
        return None
    return Cluster(match.start(), end, tuple(cites), _FORMS[match["name"]])


def _works(text: str, start: int, *, without_author: bool) -> Iterator[Cite]:
    """Read `key(480), see other(3)`, or one key with `page=480` and the like after it."""
    place = 0
    cite: Cite | None = None
    while place <= len(text):
        named = _NAMED.match(text, place)
        work = _WORK.match(text, place)
        if named is not None and cite is not None:
            cite = _with_named(cite, named["name"], named["value"].strip('" '))
            end = named.end()
        elif work is not None:
            if cite is not None:
                yield cite
            locator, label = locator_of((work["locator"] or "").replace("--", "-"))
            at = start + work.start("key")
            prefix = work["prefix"].strip()
            cite = Cite(work["key"], prefix, locator, label, "", without_author, at)
            end = work.end()
        else:
            break
        if text[end : end + 1] not in (",", ";"):
            break
        place = end + 1
    if cite is not None:
        yield cite


def _with_named(cite: Cite, name: str, value: str) -> Cite:
    if name == "prefix":
        return replace(cite, prefix=value)
    if name == "suffix":
        return replace(cite, suffix=f", {value}")
    return replace(cite, locator=value, label=name)
