"""Citations in Typst: `@key`, `@key[p. 480]` and `#cite(<key>, …)`.

Source: Typst, reference of `ref` and `cite`. A label that is no key is a cross reference.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.embed.citations.arguments import Brackets, parts
from northbib.embed.citations.locators import located
from northbib.embed.citations.model import Cite, Cluster, Note, Scan
from northbib.embed.citations.spans import masked
from northbib.embed.code_spans import CodeSpans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.embed.citations.model import Form

__all__ = ["scan", "verbatim"]

_NOT_READ = re.compile(
    r"""
      \\.
    | (?P<line>//[^\r\n]*+)
    | (?P<block>/\*)
    | (?P<ticks>`++)
    | (?P<url>\bhttps?://[^\s\[\]()]++)
    """,
    re.VERBOSE,
)
_BLOCK_SIGN = re.compile(r"/\*|\*/")
_CITATION = re.compile(
    r"(?P<ref>(?<![\w@\\])@(?P<key>\w(?:[\w-]|[:.](?=[\w-]))*+))|(?P<call>#cite\()"
)
_LABEL = re.compile(r"\s*(?:<(?P<angle>[^<>\s]+)>|label\(\s*\"(?P<quoted>[^\"]+)\"\s*\))\s*")
_NAMED = re.compile(r"\s*(?P<name>[a-z-]+)\s*:\s*(?P<value>.*?)\s*", re.DOTALL)
_FORMS: dict[str, Form] = {
    "normal": "parenthetical",
    "prose": "narrative",
    "author": "author",
    "year": "bare",
    "full": "parenthetical",
}
_LONGEST_CALL = 4000
_FOOTNOTE = re.compile(r"#footnote(?:\([^()\r\n]*\))?(?=\[)")
_BETWEEN = re.compile(r"[ \t]*+(?:(?:\r\n?|\n)[ \t]*+)?")


def verbatim(text: str) -> Iterator[tuple[int, int]]:
    """Give where comments, raw text and addresses begin and end."""
    spans = CodeSpans(text)
    place = 0
    while match := _NOT_READ.search(text, place):
        place = match.end()
        if match["line"] or match["url"]:
            yield match.span()
        elif match["block"]:
            place = _after_comment(text, place)
            yield match.start(), place
        elif match["ticks"]:
            if len(match["ticks"]) == 2:  # An empty raw text.
                continue
            place = spans.end_of(match.start(), len(match["ticks"])) or len(text)
            yield match.start(), place


def _after_comment(text: str, place: int) -> int:
    depth = 1
    while match := _BLOCK_SIGN.search(text, place):
        depth += 1 if match[0] == "/*" else -1
        place = match.end()
        if not depth:
            return place
    return len(text)


def scan(text: str) -> Scan:
    """Find the citations of an article and its notes."""
    brackets = Brackets(masked(text, verbatim(text)))
    read = brackets.text
    found = Scan(notes=list(_notes(brackets)))
    beside: list[Cluster] = []
    place = 0
    while match := _CITATION.search(read, place):
        place = match.end()
        cluster = _reference(brackets, match) if match["ref"] else _call(brackets, match)
        if cluster is None:
            continue
        place = cluster.end
        if beside and not _goes_with(read, beside[-1], cluster):
            found.clusters.append(_together(beside))
            beside = []
        beside.append(cluster)
    if beside:
        found.clusters.append(_together(beside))
    return found


def _together(clusters: list[Cluster]) -> Cluster:
    """Make one citation of references that stand side by side."""
    if len(clusters) == 1:
        return clusters[0]
    cites = tuple(cite for cluster in clusters for cite in cluster.cites)
    return Cluster(clusters[0].start, clusters[-1].end, cites, sure=False)


def _goes_with(read: str, last: Cluster, cluster: Cluster) -> bool:
    """Tell whether two references stand side by side, which Typst sets as one citation."""
    if last.sure or cluster.sure:
        return False
    space = _BETWEEN.match(read, last.end)
    return space is not None and space.end() == cluster.start and cluster.start > last.end


def _notes(brackets: Brackets) -> Iterator[Note]:
    for match in _FOOTNOTE.finditer(brackets.text):
        inside = brackets.argument(match.end())
        if inside is not None:
            yield Note(*inside, match.start())


def _reference(brackets: Brackets, match: re.Match[str]) -> Cluster:
    read = brackets.text
    end = match.end()
    words = ""
    if read[end : end + 1] == "[":
        inside = brackets.argument(end)
        if inside is not None:
            words, end = " ".join(read[slice(*inside)].split()), inside[1] + 1
    locator, label, suffix = _after(words)
    cite = Cite(match["key"], "", locator, label, suffix, place=match.start("key"))
    return Cluster(match.start(), end, (cite,), sure=False)


def _after(words: str) -> tuple[str, str, str]:
    locator, label, rest = located(words)
    if locator or not words:
        return locator, label, rest
    return "", "", f", {words}"


def _call(brackets: Brackets, match: re.Match[str]) -> Cluster | None:
    inside = brackets.argument(match.end() - 1)
    if inside is None or inside[1] - inside[0] > _LONGEST_CALL:
        return None
    read = brackets.text
    pieces = parts(read, *inside, ",")
    target = _LABEL.fullmatch(read, *pieces[0])
    if target is None:
        return None
    values = {}
    for start, end in pieces[1:]:
        named = _NAMED.fullmatch(read, start, end)
        if named is not None:
            values[named["name"]] = named["value"]
    words = values.get("supplement", "").removeprefix("[").removesuffix("]").strip()
    locator, label, suffix = _after("" if words == "none" else words)
    written = values.get("form", "").strip('"')
    form: Form = "uncited" if written == "none" else _FORMS.get(written, "parenthetical")
    key = target["angle"] or target["quoted"]
    without = written == "year"
    cite = Cite(key, "", locator, label, suffix, without, target.start(target.lastgroup or 0))
    return Cluster(match.start(), inside[1] + 1, (cite,), form)
