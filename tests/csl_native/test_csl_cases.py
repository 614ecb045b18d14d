"""northbib's own fixtures of CSL: each rule by a small style, items and what comes of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from case_files import Case, CaseError, Cluster, read_cases, whole_style

from northbib.csl import Processor, Style
from northbib.csl.processor import CSL_HTML

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = Path(__file__).parents[1] / "cases" / "csl"
CASES = [case for path in sorted(FOLDER.glob("[a-z]*.md")) for case in read_cases(path)]
TAGS = ("b", "i", "u", "sc", "sup", "sub")
"""How the cases write formatting, from the outside in."""

Runs = list[tuple[str, frozenset[str]]]


@dataclass(slots=True)
class Output:
    """What comes of a case: a line for each citation, entry and changed citation."""

    citation: list[str] = field(default_factory=list)
    bibliography: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def rendered(case: Case, folder: Path) -> Output:
    """Render a case: the one place where the cases meet the engine."""
    style = _style(case, folder)
    processor = _processor(case, style, "html")
    is_note = style.class_ == "note"
    output = Output(_cited(case, processor, is_note))
    if style.has_bibliography:
        wanted = dict(line.split(": ", 1) for line in case.lines("only"))
        entries = processor.bibliography(only=lambda item: wanted.items() <= item.items())
        output.bibliography = [light(entry.text) for entry in entries]
    if "html" in case.blocks:
        finished = _processor(case, style, CSL_HTML)
        _cited(case, finished, is_note)
        lines = [entry.text for entry in finished.bibliography()]
        output.html = [re.sub(r">\s+<", "><", line).strip() for line in lines]
    if "update" in case.blocks:
        changed = processor.update(_placed(case.update, is_note))
        output.changed = [f"{id_}: {light(text)}" for id_, text in changed.items()]
    return output


def _style(case: Case, folder: Path) -> Style:
    xml = whole_style(case.blocks["xml"])
    if "dependent" not in case.blocks:
        return Style.load(xml)
    (folder / "parent.csl").write_text(xml, encoding="utf-8")
    return Style.load(whole_style(case.blocks["dependent"]), [folder])


def _processor(case: Case, style: Style, to: str) -> Processor:
    return Processor(
        style,
        case.items,
        case.locale,
        to=to,
        engine="native",
        abbreviations=case.data("abbreviations"),
        uncited=case.lines("uncited"),
    )


def _cited(case: Case, processor: Processor, is_note: bool) -> list[str]:
    """Lay down the document; a citation that names its author in the text is set by itself."""
    if any(cluster.cites[0].get("mode") == "composite" for cluster in case.clusters):
        return [light(processor.cite(cluster.cites)) for cluster in case.clusters]
    texts = processor.update(_placed(case.clusters, is_note))
    return [light(text) for text in texts.values()]


def _placed(clusters: Iterable[Cluster], is_note: bool) -> list[dict[str, Any]]:
    return [
        {
            "id": cluster.name or f"c{number}",
            "cites": cluster.cites,
            "note": (number if is_note else 0) if cluster.note is None else cluster.note,
        }
        for number, cluster in enumerate(clusters, 1)
    ]


class _Reader(HTMLParser):
    """Reads inline HTML as pieces of text with the styles that each is set in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: Runs = []
        self._opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._opened.append("sc" if ("class", "small-caps") in attrs else tag)

    def handle_endtag(self, tag: str) -> None:
        self._opened.pop()

    def handle_data(self, data: str) -> None:
        tags = frozenset(self._opened).intersection(TAGS)
        if self.runs and self.runs[-1][1] == tags:
            data = self.runs.pop()[0] + data
        self.runs.append((data, tags))


def light(html: str) -> str:
    """Write inline HTML in the light markup of the cases: each piece with its own tags."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return light_runs(reader.runs)


def light_runs(runs: Runs) -> str:
    pieces = []
    for text, tags in runs:
        opened = [tag for tag in TAGS if tag in tags]
        start = "".join(f"<{tag}>" for tag in opened)
        pieces.append(start + text + "".join(f"</{tag}>" for tag in reversed(opened)))
    return "".join(pieces)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_rule_of_csl(case: Case, tmp_path: Path) -> None:
    output = rendered(case, tmp_path)
    for block in ("citation", "bibliography", "html", "changed"):
        if block in case.blocks:
            assert case.lines(block) == getattr(output, block), block


def test_the_cases_are_many_and_each_has_a_name_of_its_own() -> None:
    assert len(CASES) >= 200
    assert len({case.name for case in CASES}) == len(CASES)


WHOLE = "## A\nSource: x\n```xml\n```\n```items\na: book\n```\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("```xml\n```\n", "1: a block before the first case"),
        ("## A\n```csl\n```\n", "2: no such block"),
        ("## A\n```xml\n", "2: the block is not closed"),
        (f"{WHOLE}```xml\n```\n", "8: a second 'xml'"),
        ("## A\n```xml\n```\n", "1: no line `Source:`"),
        (WHOLE, "1: nothing is expected"),
        (f"{WHOLE}```cite\nb\n```\n```citation\n-\n```\n", "1: cited, but no item: ['b']"),
        (f"{WHOLE}```citation\n-\n-\n```\n", "1: 1 citations, not 2"),
        (f"{WHOLE}```cite\na?\n```\n```citation\n-\n```\n", "1: not a cite: 'a?'"),
        (WHOLE.replace("a: book", "a: book | title"), "1: not a field, or twice: 'title'"),
        (WHOLE.replace("a: book", "a: book | issued: now"), "1: not a date: 'now'"),
        (WHOLE.replace("a: book", "a: book | issued: {now}"), "1: Expecting property name"),
    ],
)
def test_a_slip_in_a_case_is_an_error_at_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "slip.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=re.escape(f"slip.md:{message}")):
        read_cases(path)
