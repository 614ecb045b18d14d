"""Text of others made fit for a record: one line, no control characters, no markup but ours.

Every text that is claimed passes through here, so that nothing in it can command a terminal, break
a line of a file or hide letters from a reader.
"""

from __future__ import annotations

import html
import re
import unicodedata

from northbib.records import plain

__all__ = ["ESCAPE_SEQUENCE", "line", "paragraph", "rich"]

ESCAPE_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # control sequences (ECMA-48, 5.4)
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?"  # operating system commands
    r"|\x1b.?"
)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_SPACE = re.compile(r"[\s\x1c-\x1f\x85]+")
_TAG = re.compile(r"<(/?)(?:[a-z]+:)?([a-z][a-z0-9-]*)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_NOT_TEXT = re.compile(
    r"<(?:[a-z]+:)?(tex-math|annotation|script|style)\b.*?</(?:[a-z]+:)?\1>",
    re.IGNORECASE | re.DOTALL,
)
_COMMENT = re.compile(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[|\]\]>", re.DOTALL)
_HEADING = re.compile(
    r"<(?:jats:)?(title|h\d)>\s*(?:abstract|summary)\s*[:.]?\s*</(?:jats:)?\1>", re.IGNORECASE
)

# HTML and JATS 1.3 element -> inline markup of CSL-JSON; all other elements go, their text stays.
_MARKUP = {
    "b": "b",
    "bold": "b",
    "em": "i",
    "i": "i",
    "italic": "i",
    "sc": "sc",
    "scp": "sc",
    "strong": "b",
    "sub": "sub",
    "sup": "sup",
}
_ELEMENTS = frozenset(_MARKUP) | frozenset(
    """
    a abbr break br center cite code div dl dd dt ext-link fn font h1 h2 h3 h4 h5 h6 img inf
    inline-formula label li list list-item math mathml mi mml mmultiscripts mn mo monospace mover
    mprescripts mrow ms mspace msqrt mstyle msub msubsup msup mtext munder named-content none ol p
    overline q sans-serif script sec section semantics small span strike styled-content svg table
    td title tr tt u ul underline underscore xref
    """.split()
)
_BLOCKS = frozenset("br break dd div dt h1 h2 h3 h4 h5 h6 li list-item p sec title tr".split())


def line(text: str) -> str:
    """Give plain text as one line: entities read, markup, control and hidden characters gone."""
    return plain(rich(text))


def rich(text: str) -> str:
    """Give one line with the inline markup of CSL-JSON, read from HTML or JATS.

    A tag of no known element stays as text, since a bare `<` in a record stands for itself.
    Entities are read twice: registries hold many that were escaped once too often.
    """
    if "<" in text or "&" in text:
        text = _TAG.sub(_tag, _NOT_TEXT.sub(" ", _COMMENT.sub("", text)))
        text = html.unescape(html.unescape(text))
        text = _balanced(_TAG.sub(_inline_tag, text)) if "<" in text else text
    text = _INVISIBLE.sub("", _SPACE.sub(" ", ESCAPE_SEQUENCE.sub("", text)))
    return unicodedata.normalize("NFC", _SPACE.sub(" ", text).strip())


def paragraph(text: str) -> str:
    """Give the text of an abstract without its heading and markup."""
    return line(_HEADING.sub("", text))


def _tag(match: re.Match[str]) -> str:
    name = match[2].lower()
    if name not in _ELEMENTS:
        return match[0]
    if name in _MARKUP:
        return f"<{match[1]}{_MARKUP[name]}>"
    return " " if name in _BLOCKS else ""


def _inline_tag(match: re.Match[str]) -> str:
    return _tag(match) if match[2].lower() in _MARKUP else match[0]


def _balanced(text: str) -> str:
    # Tags that were cut off, or that close in another order than they were opened, all go.
    opened: list[str] = []
    for match in re.finditer(r"<(/?)(i|b|sc|sub|sup)>", text):
        if not match[1]:
            opened.append(match[2])
        elif not opened or opened.pop() != match[2]:
            opened.append("")
            break
    return re.sub(r"</?(?:i|b|sc|sub|sup)>", "", text) if opened else text
