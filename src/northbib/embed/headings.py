"""Headings under which a reading list stands, as each markup writes them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.embed.markups import Markup

__all__ = ["TITLE", "end_of_body", "heading", "under_headings"]

TITLE = "Further Reading"
"""The heading that is written where there is none."""

_TITLES = rf"(?:{TITLE}|Reading\ List|References|Bibliography)"
_EOL = r"(?:\r\n|\r|\n)"
_SPACE = r"[ \t]*+"

_SIGNS = {"markdown": "#", "mdx": "#", "asciidoc": "=", "typst": "=", "org": r"\*"}
"""Markups in which a heading begins with so many signs as its level."""

_RST_LINE = re.compile(
    rf"^(?P<title>\S[^\r\n]*?){_SPACE}{_EOL}(?P<line>([!-/:-@\[-`{{-~])\3{{2,}}){_SPACE}$",
    re.MULTILINE,
)
_PATTERNS = {
    "html": rf"<(h[1-6])\b[^>]*>\s*{_TITLES}\s*</\1\s*>",
    "latex": rf"\\(?:chapter|(?:sub)*section)\*?\{{\s*{_TITLES}\s*\}}[^\r\n]*",
    "rst": rf"^{_TITLES}{_SPACE}{_EOL}([!-/:-@\[-`{{-~])\1{{2,}}{_SPACE}$",
}
_ENDS = {
    "html": (r"[ \t]*</(?:article|main)\s*>", r"[ \t]*</body\s*>", r"[ \t]*</html\s*>"),
    "latex": (r"^[ \t]*\\end\{document\}",),
}
"""Markup -> what ends the text of an article, the best place first; the last of each counts."""


def under_headings(text: str, markup: Markup) -> Iterator[int]:
    """Give the ends of headings that a reading list can stand under, `TITLE` first.

    They may stand in code: whoever puts something there has to see what comes of it.
    """
    if markup in _SIGNS:
        pattern = rf"^{_SIGNS[markup]}{{1,6}}[ \t]++{_TITLES}{_SPACE}{_SIGNS[markup]}*{_SPACE}$"
    else:
        pattern = _PATTERNS[markup]
    found = list(re.finditer(pattern, text.replace("\r", " "), re.MULTILINE | re.IGNORECASE))
    found.sort(key=lambda match: TITLE.lower() not in match[0].lower())
    return (match.end() for match in found)


def end_of_body(text: str, markup: Markup) -> int:
    """Give the place in a text up to which something more can stand."""
    for pattern in _ENDS.get(markup, ()):
        found = list(re.finditer(pattern, text, re.MULTILINE | re.IGNORECASE))
        if found:
            return found[-1].start()
    return len(text)


def heading(text: str, markup: Markup) -> list[str]:
    """Give the lines of the heading `TITLE` as a section of a text."""
    if markup == "html":
        return [f"<h2>{TITLE}</h2>"]
    if markup == "latex":
        return [rf"\section*{{{TITLE}}}"]
    if markup == "rst":
        return [TITLE, _underline(text) * len(TITLE)]
    if markup in ("markdown", "mdx", "asciidoc"):
        return [f"{_SIGNS[markup] * 2} {TITLE}"]
    sign = _SIGNS[markup]
    tops = re.findall(rf"^{sign}[ \t]", text, re.MULTILINE)
    return [f"{sign.strip(chr(92)) * (2 if len(tops) == 1 else 1)} {TITLE}"]


def _underline(text: str) -> str:
    """Give the sign that underlines the sections of a reStructuredText article.

    A title of its own stands above them; a sign that is new after deeper ones would be an error.
    """
    signs = Counter(match["line"][0] for match in _RST_LINE.finditer(text))
    if not signs:
        return "="
    first, *others = signs
    if signs[first] > 1:
        return first
    return others[0] if others else "-" if first != "-" else "="
