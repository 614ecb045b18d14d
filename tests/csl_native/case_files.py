"""Reads the cases of tests/cases/csl; their form is laid down in the README there.

The reader is strict: what it does not know is an error with file and line, so that a slip in a case
cannot pass for a test.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Case", "CaseError", "Cluster", "read_cases", "whole_style"]

BLOCKS = frozenset(
    "xml dependent items cite uncited only update abbreviations "
    "citation bibliography html changed".split()
)
EXPECTED = ("citation", "bibliography", "html", "changed")
NAMES = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator "
    "director editor editor-translator editorial-director executive-producer guest host "
    "illustrator interviewer narrator organizer original-author performer producer recipient "
    "reviewed-author script-writer series-creator translator".split()
)
DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
_DATE = re.compile(r"-?\d+(-\d+){0,2}(/-?\d+(-\d+){0,2})?")
_CLUSTER = re.compile(r"(?:(?P<name>\w*)(?:@(?P<note>\d+))?: +)?(?P<cites>.+)")
_CITE = re.compile(
    r"(?P<id>[\w-]+)(?: \[(?P<label>[a-z-]+) (?P<locator>[^\]]+)\])?"
    r"(?: (?P<more>\{[^}]*\}))?(?:; |$)"
)
_MORE = frozenset(("prefix", "suffix", "mode"))


class CaseError(ValueError):
    """A case file is not of the form that the README lays down."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A citation of a document: where it stands and what it cites."""

    name: str
    note: int | None
    cites: tuple[dict[str, Any], ...]


@dataclass(slots=True)
class Case:
    """One rule, a style, items and what is expected of them."""

    file: str
    line: int
    heading: str
    source: str = ""
    locale: str | None = None
    blocks: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.file}: {self.heading}"

    @property
    def items(self) -> list[dict[str, Any]]:
        return [_item(line) for line in _joined(self.blocks["items"])]

    @property
    def clusters(self) -> list[Cluster]:
        """The citations: those given, else one for each item."""
        lines = self.lines("cite") or [item["id"] for item in self.items]
        return [_cluster(line) for line in lines]

    @property
    def update(self) -> list[Cluster]:
        return [_cluster(line) for line in self.lines("update")]

    def lines(self, block: str) -> list[str]:
        return self.blocks.get(block, "").splitlines()

    def data(self, block: str) -> Any:
        return json.loads(self.blocks[block]) if block in self.blocks else None


def read_cases(path: Path) -> list[Case]:
    """Read a case file.

    Raises:
        CaseError: It is not of the form of the README.
    """
    cases: list[Case] = []
    numbered = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    for number, line in numbered:
        if line.startswith("## "):
            cases.append(Case(path.name, number, line[3:].strip()))
        elif line.startswith("```"):
            block = line[3:].strip()
            _require(bool(cases), path, number, "a block before the first case")
            _require(block in BLOCKS, path, number, f"no such block: {block!r}")
            _require(block not in cases[-1].blocks, path, number, f"a second {block!r}")
            cases[-1].blocks[block] = "\n".join(_body(numbered, path, number))
        elif cases and line.startswith("Source: "):
            cases[-1].source = line[8:].strip()
        elif cases and line.startswith("Locale: "):
            cases[-1].locale = line[8:].strip()
    for case in cases:
        try:
            _check(case)
        except ValueError as error:
            raise CaseError(f"{path.name}:{case.line}: {error}") from error
    return cases


def _body(numbered: Iterator[tuple[int, str]], path: Path, start: int) -> Iterator[str]:
    for _, line in numbered:
        if line.startswith("```"):
            return
        yield line
    raise CaseError(f"{path.name}:{start}: the block is not closed")


def _require(good: bool, path: Path, line: int, message: str) -> None:
    if not good:
        raise CaseError(f"{path.name}:{line}: {message}")


def _check(case: Case) -> None:
    """Raise ValueError for what is wrong with a case."""
    blocks = case.blocks
    known = {item["id"] for item in case.items} if "items" in blocks else set()
    clusters = case.clusters if known else []
    cites = [cite["id"] for cluster in (*clusters, *case.update) for cite in cluster.cites]
    unknown = {*cites, *case.lines("uncited")} - known
    given = len(case.lines("citation"))
    faults = {
        "no line `Source:`": not case.source,
        "no style": "xml" not in blocks,
        "no items": not known,
        "nothing is expected": not any(blocks.get(block) for block in EXPECTED),
        "`update` and `changed` go together": ("update" in blocks) != ("changed" in blocks),
        f"cited, but no item: {sorted(unknown)}": bool(unknown),
        f"{len(clusters)} citations, not {given}": given not in {0, len(clusters)},
    }
    for message, is_so in faults.items():
        if is_so:
            raise CaseError(message)


def _joined(text: str) -> list[str]:
    """Give the lines of a text, those that begin with a space joined to the line before."""
    return [line for line in re.sub(r"\n +", " ", text).splitlines() if line]


def _item(line: str) -> dict[str, Any]:
    head, *fields = line.split(" | ")
    id_, _, kind = head.partition(": ")
    if not kind:
        raise CaseError(f"an item begins with `id: type`: {line!r}")
    item: dict[str, Any] = {"id": id_, "type": kind}
    for each in fields:
        variable, colon, value = each.strip().partition(": ")
        if not colon or variable in item:
            raise CaseError(f"not a field, or twice: {each!r}")
        item[variable] = _value(variable, value)
    return item


def _value(variable: str, text: str) -> Any:
    if text[:1] in {"[", "{", "="}:
        return json.loads(text.removeprefix("="))
    if variable in NAMES:
        return [_name(each) for each in text.split("; ")]
    if variable in DATES:
        if not _DATE.fullmatch(text):
            raise CaseError(f"not a date: {text!r}")
        return {"date-parts": [_parts(side) for side in text.split("/")]}
    return text


def _name(text: str) -> dict[str, str]:
    family, comma, given = text.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": text}


def _parts(text: str) -> list[int]:
    sign = -1 if text.startswith("-") else 1
    year, *rest = text.removeprefix("-").split("-")
    return [sign * int(year), *map(int, rest)]


def _cluster(line: str) -> Cluster:
    found = _CLUSTER.fullmatch(line)
    if found is None:
        raise CaseError(f"not a cluster: {line!r}")
    text = found["cites"]
    cites = []
    place = 0
    while place < len(text):
        cite = _CITE.match(text, place)
        if cite is None:
            raise CaseError(f"not a cite: {text[place:]!r}")
        place = cite.end()
        cites.append(_cite(cite))
    note = None if found["note"] is None else int(found["note"])
    return Cluster(found["name"] or "", note, tuple(cites))


def _cite(found: re.Match[str]) -> dict[str, Any]:
    cite: dict[str, Any] = {"id": found["id"]}
    if found["locator"]:
        cite.update(label=found["label"], locator=found["locator"])
    more = json.loads(found["more"] or "{}")
    if not more.keys() <= _MORE:
        raise CaseError(f"not known of a cite: {sorted(more.keys() - _MORE)}")
    return {**cite, **more}


_NAMESPACE = 'xmlns="http://purl.org/net/xbiblio/csl" version="1.0"'
_INFO = "<info><title>Case</title><id>case</id><updated>2026-01-01T00:00:00+00:00</updated></info>"


def whole_style(fragment: str) -> str:
    """Make a whole style of what a case gives of it; see the README."""
    text = fragment.strip()
    if not text.startswith("<style"):
        if "<citation" not in text and "<bibliography" not in text:
            text = f"<citation><layout>{text}</layout></citation>"
        text = f"<style>{text}</style>"
    if "<citation" not in text and "independent-parent" not in text:
        cited = '<citation><layout><text variable="title"/></layout></citation>'
        text = text.replace("<bibliography", f"{cited}<bibliography", 1)
    opening, close, rest = text.partition(">")
    if " class=" not in opening:
        opening += ' class="in-text"'
    info = "" if "<info>" in rest else _INFO
    return opening.replace("<style", f"<style {_NAMESPACE}", 1) + close + info + rest
