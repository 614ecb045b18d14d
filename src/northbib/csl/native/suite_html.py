"""The HTML that the official test suite expects.

It is not the HTML that northbib writes: that is made from the tree, by `northbib.markup`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from northbib.csl.native.tokens import CLOSE, NOT_PRINTED

if TYPE_CHECKING:
    from northbib.csl.native.tokens import Tokens

__all__ = ["html"]

_OPEN: Final = {
    ("font-style", "italic"): ("<i>", "</i>"),
    ("font-style", "oblique"): ("<em>", "</em>"),
    ("font-style", "normal"): ('<span style="font-style:normal;">', "</span>"),
    ("font-variant", "small-caps"): ('<span style="font-variant:small-caps;">', "</span>"),
    ("font-variant", "normal"): ('<span style="font-variant:normal;">', "</span>"),
    ("font-weight", "bold"): ("<b>", "</b>"),
    ("font-weight", "normal"): ('<span style="font-weight:normal;">', "</span>"),
    ("font-weight", "light"): ("", ""),
    ("text-decoration", "underline"): ('<span style="text-decoration:underline;">', "</span>"),
    ("text-decoration", "none"): ('<span style="text-decoration:none;">', "</span>"),
    ("vertical-align", "sup"): ("<sup>", "</sup>"),
    ("vertical-align", "sub"): ("<sub>", "</sub>"),
    ("vertical-align", "baseline"): ('<span style="baseline">', "</span>"),
    ("display", "block"): ('\n\n    <div class="csl-block">', "</div>\n"),
    ("display", "left-margin"): ('\n    <div class="csl-left-margin">', "</div>"),
    ("display", "right-inline"): ('<div class="csl-right-inline">', "</div>\n  "),
    ("display", "indent"): ('<div class="csl-indent">', "</div>\n  "),
}
_RAISED = re.compile("[ªº²³¹ʰ-ʸˠ-ˤᴬ-ᵡᵸᶛ-ᶿ⁰-ⁿ℠™ⱽꝰ㆒-㆟ꟸꟹˀˁۥۦ]")


_LETTERS: Final = {"ˀ": "ʔ", "ˁ": "ʕ", "ۥ": "و", "ۦ": "ي"}


def html(tokens: Tokens) -> str:
    """Write a flattened stream."""
    parts: list[str] = []
    closers: list[str] = []
    for token in tokens:
        if isinstance(token, str):
            parts.append(_escape(token))
        elif token is NOT_PRINTED:
            parts.append("[CSL STYLE ERROR: reference with no printed form.]")
        elif token is CLOSE:
            parts.append(closers.pop())
        else:
            opener, closer = _OPEN[token.attribute, token.value]
            parts.append(opener)
            closers.append(closer)
    return "".join(parts)


def _escape(text: str) -> str:
    text = text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")
    return text if text.isascii() else _RAISED.sub(_raise, text)


def _raise(match: re.Match[str]) -> str:
    form = _LETTERS.get(match[0]) or unicodedata.normalize("NFKD", match[0])
    return f"<sup>{form}</sup>" if form != match[0] else match[0]
