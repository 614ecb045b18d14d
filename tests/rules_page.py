"""The part of docs/checks.md that tells of the rules; run it to write that part anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from northbib.library.rules import GROUPS, rule

if TYPE_CHECKING:
    from northbib.library.checking.rule import Rule

PAGE = Path(__file__).parents[1] / "docs" / "checks.md"
BEGIN = "<!-- What follows is written by tests/rules_page.py. -->\n"


def written() -> str:
    """Give the part, from `BEGIN` to the end of the page."""
    parts = [BEGIN]
    for group, codes in GROUPS.items():
        parts += [f"\n## {group}\n", *(_about(rule(code)) for code in codes)]
    return "".join(parts)


def _about(each: Rule) -> str:
    text = f"\n### {each.code}\n\n{each.severity}. {each.sentence}\n{each.reason}\n"
    if each.bad:
        text += f"\n```bibtex\n{each.bad}\n```\n\nRight:\n\n```bibtex\n{each.good}\n```\n"
    if each.fix:
        text += f"\n`--fix` {each.fix}.\n"
    return text


if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(page.partition(BEGIN)[0] + written(), encoding="utf-8")
