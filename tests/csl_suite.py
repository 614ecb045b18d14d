"""Runs the official CSL test suite, or fixtures of its form, against northbib.

Usage: python tests/csl_suite.py DIR [--only GLOB] [--json FILE] [--show]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from northbib.csl import Processor, Style
from northbib.csl.processor import CSL_HTML

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

SECTION = re.compile(
    r"^\s*>>=+ *([A-Z-]+) *=+>>[^\n]*\n(.*?)^\s*<<=+ *\1 *=+<<", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Fixture:
    """A test of the suite: its sections by name."""

    name: str
    sections: dict[str, str]

    @classmethod
    def read(cls, path: Path) -> Fixture:
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        return cls(path.stem, {found[1]: found[2] for found in SECTION.finditer(text)})

    @property
    def expected(self) -> str:
        return self.sections["RESULT"]

    def data(self, section: str) -> Any:
        text = self.sections.get(section, "").strip()
        return json.loads(text) if text else None


def run(fixture: Fixture) -> str:
    """Give what northbib renders for a fixture."""
    given = ({"id": f"item-{number}", **item} for number, item in enumerate(fixture.data("INPUT")))
    # The suite looks items up by their ids, and the last one of an id is there.
    items = list({str(item["id"]): item for item in given}.values())
    citations = fixture.data("CITATIONS")
    included = fixture.data("BIBENTRIES")
    processor = Processor(
        Style.load(fixture.sections["CSL"].strip()),
        items,
        to=CSL_HTML,
        abbreviations=(fixture.data("ABBREVIATIONS") or {}).get("default"),
        uncited=[] if citations else map(str, included[-1]) if included else None,
    )
    result = _citations(processor, citations) if citations else ""
    if fixture.sections["MODE"].strip().startswith("bibliography"):
        rules = fixture.data("BIBSECTION") or {}
        entries = processor.bibliography(only=lambda item: _is_wanted(rules, item))
        lines = "".join(f'  <div class="csl-entry">{entry.text}</div>\n' for entry in entries)
        return f'<div class="csl-bib-body">\n{lines}</div>'
    if citations:
        return result
    groups = fixture.data("CITATION-ITEMS")
    if groups is None:
        # The suite's own harness cites all works in the order of the bibliography.
        listed = {entry.id: place for place, entry in enumerate(processor.bibliography())}
        ordered = sorted(items, key=lambda item: listed.get(str(item["id"]), len(listed)))
        groups = [[{"id": item["id"]} for item in ordered]]
    return "\n".join(processor.preview([_cite(cite) for cite in group]) for group in groups)


def _is_wanted(rules: dict[str, Any], item: Mapping[str, Any]) -> bool:
    """Tell whether an item belongs to a section of a bibliography."""
    tests: dict[str, Callable[[list[bool]], bool]] = {
        "include": any,
        "select": all,
        "exclude": lambda met: not any(met),
        "quash": lambda met: not all(met),
    }
    return all(
        tests[rule]([_matches(item, each["field"], each["value"]) for each in conditions])
        for rule, conditions in rules.items()
    )


def _matches(item: Mapping[str, Any], field: str, value: Any) -> bool:
    found = item.get(field)
    if isinstance(found, list):
        return value in found if value else not found
    return str(found or "") == str(value)


def _citations(processor: Processor, citations: Any) -> str:
    """Lay the citations down one after the other, and say which the last one changed."""
    clusters: dict[str, dict[str, Any]] = {}
    texts: dict[str, str] = {}
    changed: dict[str, str] = {}
    order: list[Any] = []
    for number, (citation, before, after) in enumerate(citations):
        id_ = citation.get("citationID") or f"citation-{number}"
        note = citation.get("properties", {}).get("noteIndex", 0)
        cites = [_cite(cite) for cite in citation["citationItems"]]
        clusters[id_] = {"id": id_, "cites": cites}
        order = [*before, [id_, note], *after]
        changed = processor.update([{**clusters[each], "note": index} for each, index in order])
        texts.update(changed)
    return "\n".join(
        f"{'>>' if id_ in changed else '..'}[{number}] {texts[id_]}"
        for number, (id_, _) in enumerate(order)
    )


POSITIONS = ("first", "subsequent", "ibid", "ibid-with-locator")


def _cite(data: dict[str, Any]) -> dict[str, Any]:
    """Give a cite in the words of the processor."""
    modes = [mode for mode in ("suppress-author", "author-only") if data.get(mode)]
    return {
        **data,
        "id": str(data["id"]),
        "position": POSITIONS[int(data.get("position") or 0)],
        "mode": modes[0] if modes else "",
    }


def normalized(text: str) -> str:
    """Bring a result into the form in which the suite compares."""
    text = text.replace("\r\n", "\n").strip()
    text = re.sub(r"(<div[^>]*>|</div>)\s+(?=<)", r"\1", text)
    text = re.sub(r">\s+(?=</?div)", ">", text)
    text = re.sub(r"\s+(?=</?div)", "", text)
    text = re.sub(r"^>>\[", "..[", text, flags=re.MULTILINE)
    for written, sign in SPELLINGS.items():
        text = text.replace(written, sign)
    return text


SPELLINGS = {
    "&#38;": "&amp;",
    "&#60;": "&lt;",
    "&#62;": "&gt;",
    "&#34;": "&quot;",
    "&#39;": "'",
    "&#160;": "\N{NO-BREAK SPACE}",
}
"""The same character, escaped in one way and in another."""


def fixtures(folder: Path, pattern: str) -> Iterator[Fixture]:
    for path in sorted(folder.glob(f"{pattern}.txt")):
        yield Fixture.read(path)


def outcome(fixture: Fixture) -> tuple[bool, str]:
    """Tell whether a fixture passes, and give what came out."""
    try:
        got = run(fixture)
    except Exception:  # noqa: BLE001 - a crash is a failed fixture, not the end of the run
        return False, traceback.format_exc()
    return normalized(got) == normalized(fixture.expected), got


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main(arguments: list[str]) -> int:
    """Run the suite and print passed and total by category."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="*", help="a pattern of names")
    parser.add_argument("--json", type=Path, help="write name -> pass or fail")
    parser.add_argument("--show", action="store_true", help="show expected and got of failures")
    options = parser.parse_args(arguments)
    results: dict[str, str] = {}
    passed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for fixture in fixtures(options.folder, options.only):
        good, got = outcome(fixture)
        category = fixture.name.partition("_")[0]
        total[category] += 1
        passed[category] += good
        results[fixture.name] = "pass" if good else "fail"
        if options.show and not good:
            _say(f"--- {fixture.name}\n{fixture.expected.strip()}\n+++\n{got.strip()}")
    for category in sorted(total):
        _say(f"{category:20} {passed[category]:4} / {total[category]}")
    _say(f"{'all':20} {passed.total():4} / {total.total()}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0 if passed.total() == total.total() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
