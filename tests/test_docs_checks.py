"""docs/checks.md says of the rules what they say of themselves."""

from __future__ import annotations

from rules_page import BEGIN, PAGE, written


def test_the_page_of_checks_tells_of_every_rule() -> None:
    page = PAGE.read_text(encoding="utf-8")
    told = page[page.index(BEGIN) :]
    assert told == written(), "python tests/rules_page.py writes it anew"
