"""Which punctuation stays where two pieces of output meet.

Source: CSL 1.0.2, "Affixes" and "Locale Options" (punctuation-in-quote); the table is that of the
official test suite (fixtures "punctuation").
"""

from __future__ import annotations

from typing import Final

__all__ = ["MARKS", "joined"]

MARKS: Final = frozenset(".,;:!?")
_KEPT: Final[dict[str, str]] = {
    "::": ":", ".:": ".:", ";:": ";", "!:": "!", "?:": "?", ",:": ",:",
    ":.": ":", "..": ".", ";.": ";", "!.": "!", "?.": "?", ",.": ",.",
    ":;": ":;", ".;": ".;", ";;": ";", "!;": "!;", "?;": "?;", ",;": ",;",
    ":!": "!", ".!": ".!", ";!": "!", "!!": "!", "?!": "?!", ",!": ",!",
    ":?": "?", ".?": ".?", ";?": "?", "!?": "!?", "??": "?", ",?": ",?",
    ":,": ":,", ".,": ".,", ";,": ";,", "!,": "!,", "?,": "?,", ",,": ",",
}  # fmt: skip


def joined(left: str, right: str) -> str:
    """Give what is written for one mark that comes right after another."""
    return _KEPT[left + right]
