"""The page of formats says what the modules of the formats do."""

from __future__ import annotations

from formats_page import PAGE, written


def test_the_page_of_formats_is_up_to_date() -> None:
    assert PAGE.read_text() == written(), "python tests/formats_page.py writes it anew"
