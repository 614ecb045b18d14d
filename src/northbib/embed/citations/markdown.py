"""Citations in a Markdown article: pandoc's, and the roles of MyST.

markdown-it-py says what is code (CommonMark 0.31). Notes whose text is indented, and directives of
MyST that hold prose, are not code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from northbib.embed.citations.model import Cite, Cluster, Note, Scan
from northbib.embed.citations.pandoc import Reader, keys_in
from northbib.embed.citations.roles import cited_by_role
from northbib.embed.citations.spans import Spans
from northbib.embed.citations.terms import labels_for
from northbib.embed.front_matter import after_front_matter, front_matter
from northbib.embed.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

__all__ = ["scan", "verbatim"]

_DEFINITION = re.compile(r" {0,3}\[\^(?P<label>[^\s\[\]]+)\]:")
_LINK_DEFINITION = re.compile(
    r"""^[ \t>]*\[(?![@^])[^\[\]\r\n]++\]:[ \t]*+(?:<[^<>\r\n]*+>|[^\s<]\S*+)"""
    r"""(?:[ \t]++(?:"[^"\r\n]*+"|'[^'\r\n]*+'|\([^()\r\n]*+\)))?+[ \t]*+$""",
    re.MULTILINE,
)
_EXAMPLE = re.compile(r"^[ \t>]*\(@([\w-]+)\)(?=[ \t])", re.MULTILINE)
_LIQUID = re.compile(
    r"\{%-?\s*(raw|highlight|comment)\b[^%]*%\}.*?\{%-?\s*end\1\s*-?%\}", re.DOTALL
)
_DIRECTIVE = re.compile(r"\{bibliography\}")
_CONTINUES = re.compile(r" {4}| {0,3}\t")
_PROSE_DIRECTIVE = re.compile(
    r"""\{(?:note|tip|hint|important|warning|caution|attention|danger|error|admonition|seealso|todo
    |margin|sidebar|aside|epigraph|pull-quote|blockquote|topic|figure|table|list-table|card|grid
    |tab-item|tab-set|dropdown|details|exercise|solution|proof|prf:[a-z]+|versionadded
    |versionchanged|deprecated)\}""",
    re.VERBOSE,
)
# Figures, tables and the like that Quarto and pandoc-crossref refer to as if they were works.
_CROSS_REFERENCE = re.compile(
    r"(?:fig|tbl|tab|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|tip|nte|wrn|imp|cau)"
    r"[-:]",
    re.IGNORECASE,
)

Definitions = dict[int, tuple[str, int, int]]
"""Line of a note's definition -> its label, and where its text begins and ends."""


def scan(text: str) -> Scan:
    """Find the citations of an article and its notes."""
    front = front_matter(text)
    lines = Lines(text)
    first = lines.position(front.end)[0] - 1 if front.end else 0
    source, definitions = _for_parser(lines, first)
    regions = list(_regions(source, 0, len(source)))
    labels = labels_for(front.values.get("lang", ""))
    reader = Reader(text, _examples(lines, regions), labels)
    definitions = _real(definitions, regions)
    for start, end in _pieces(lines, regions, definitions):
        reader.read(start, end)
    found = Scan(
        [*_uncited(text, front.values), *_clusters(text, reader)],
        _notes(lines, definitions, reader),
        _references(reader, definitions),
    )
    return found if "{%" not in text else _without_liquid(text, found)


def verbatim(text: str) -> Iterator[tuple[int, int]]:
    """Give where code in blocks begins and ends, and front matter."""
    end = after_front_matter(text)
    lines = Lines(text)
    first = lines.position(end)[0] - 1 if end else 0
    yield 0, end
    source, _ = _for_parser(lines, first)
    for token in _blocks(source, 0, len(source)):
        is_code = token.type in ("fence", "code_block") and token.map is not None
        if is_code and not _DIRECTIVE.match(token.info):
            start, end = token.map or (0, 0)
            yield lines.start_of(start), lines.start_of(end)


def _blocks(source: list[str], first: int, last: int) -> list[Token]:
    parser = MarkdownIt("commonmark").disable(["inline", "reference"])
    return parser.parse("\n".join(source[first:last]))


def _for_parser(lines: Lines, first: int) -> tuple[list[str], Definitions]:
    """Give the lines for the parser, with those of notes moved to the margin."""
    source = [line for line, _ in lines.pairs()]
    source[:first] = [""] * first
    definitions: Definitions = {}
    opened: tuple[int, str, int] | None = None
    last = blank = 0
    for number in range(first, len(source)):
        line = source[number]
        match = _DEFINITION.match(line)
        if opened is not None and (match or not _belongs(line, blank=blank > last)):
            definitions[opened[0]] = (opened[1], opened[2], _end_of(lines, last))
            opened = None
        if match:
            opened = (number, match["label"], lines.start_of(number) + match.end())
        elif opened is not None and (indent := _CONTINUES.match(line)):
            source[number] = line[indent.end() :]
        if line.strip():
            last = number
        else:
            blank = number
    if opened is not None:
        definitions[opened[0]] = (opened[1], opened[2], _end_of(lines, last))
    return source, definitions


def _belongs(line: str, *, blank: bool) -> bool:
    """Tell whether a line goes on with a note: after a blank one, only where it is indented."""
    return not blank or not line.strip() or _CONTINUES.match(line) is not None


def _end_of(lines: Lines, number: int) -> int:
    """Give where a line ends, without its line end."""
    start, following = lines.start_of(number), lines.start_of(number + 1)
    return start + len(lines.text[start:following].rstrip("\r\n"))


def _regions(source: list[str], first: int, last: int) -> Iterator[tuple[int, int, bool]]:
    """Give the lines of each block of text, and whether the block is HTML."""
    for token in _blocks(source, first, last):
        if token.map is None:
            continue
        start, end = (first + line for line in token.map)
        if token.type in ("inline", "html_block"):
            yield start, end, token.type == "html_block"
        elif token.type == "fence" and _PROSE_DIRECTIVE.match(token.info):
            yield from _regions(source, start + 1, end)


def _examples(lines: Lines, regions: list[tuple[int, int, bool]]) -> frozenset[str]:
    if "(@" not in lines.text:
        return frozenset()
    return frozenset(
        match[1]
        for start, end, _ in regions
        for match in _EXAMPLE.finditer(lines.text[lines.start_of(start) : lines.start_of(end)])
    )


def _real(definitions: Definitions, regions: list[tuple[int, int, bool]]) -> Definitions:
    """Leave out definitions of notes that are code."""
    if not definitions:
        return definitions
    text = {line for start, end, html in regions if not html for line in range(start, end)}
    return {line: found for line, found in definitions.items() if line in text}


def _pieces(
    lines: Lines, regions: list[tuple[int, int, bool]], definitions: Definitions
) -> Iterator[tuple[int, int]]:
    """Give where running text begins and ends; a note begins a piece, and links have none."""
    for first, last, html in regions:
        start, end = lines.start_of(first), lines.start_of(last)
        cuts = [definitions[line][1] for line in range(first, last) if line in definitions]
        for begin, stop in zip([start, *cuts], [*cuts, end], strict=True):
            yield from [(begin, stop)] if html else _without_links(lines.text, begin, stop)


def _without_links(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    if "]:" in part:
        for match in _LINK_DEFINITION.finditer(part):
            stop = match.start() + end - len(part)
            yield start, stop
            start = stop + len(match[0])
    yield start, end


def _clusters(text: str, reader: Reader) -> Iterator[Cluster]:
    for cluster in reader.found.clusters:
        if len(cluster.cites) == 1 and _CROSS_REFERENCE.match(cluster.cites[0].key):
            yield Cluster(cluster.start, cluster.end, cluster.cites, cluster.form, sure=False)
        else:
            yield cluster
    for start, end, name, inside, close in reader.found.roles:
        cluster_of_role = cited_by_role(name, text[inside:close], start, end, inside)
        if cluster_of_role is not None:
            yield cluster_of_role


def _uncited(text: str, values: dict[str, str]) -> Iterator[Cluster]:
    """Give the works of the front matter's `nocite`, which stand nowhere in the text."""
    place = max(0, text.find("nocite"))
    for cite in keys_in(values.get("nocite", "")):
        place = max(place, text.find(f"@{cite.key}", place))
        yield Cluster(0, 0, (Cite(cite.key, place=place),), "uncited")


def _notes(lines: Lines, definitions: Definitions, reader: Reader) -> list[Note]:
    text = lines.text
    places: dict[str, int] = {}
    for start, end in _references(reader, definitions):
        places.setdefault(text[start + 2 : end - 1], start)
    notes = [Note(start, end, start) for start, end in reader.found.notes]
    return notes + [
        Note(start, end, places.get(label)) for label, start, end in definitions.values()
    ]


def _references(reader: Reader, definitions: Definitions) -> list[tuple[int, int]]:
    """Give where notes are referred to, in order; the label of a definition refers to nothing."""
    own = {inside for _, inside, _ in definitions.values()}
    return sorted(span for span in reader.found.references if span[1] + 1 not in own)


def _without_liquid(text: str, found: Scan) -> Scan:
    spans = Spans(match.span() for match in _LIQUID.finditer(text))
    clusters = [each for each in found.clusters if spans.holding(each.start) is None]
    return Scan(clusters, found.notes, found.references)
