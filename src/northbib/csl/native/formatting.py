"""What the formatting attributes of an element do to its output.

Source: CSL 1.0.2, "Formatting", "Affixes", "Quotes", "Strip-periods", "Text-case", "Display".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from northbib.csl.native.textcase import apply_case
from northbib.csl.native.tokens import (
    CLOSE,
    CLOSE_QUOTE,
    OPEN_QUOTE,
    Mark,
    decoration,
    display,
    strip_periods,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.csl.native.context import Context, Render
    from northbib.csl.native.tokens import Tokens

__all__ = ["Format", "formatted"]

_ATTRIBUTES: Final = (
    "vertical-align",
    "text-decoration",
    "font-weight",
    "font-variant",
    "font-style",
)
"""From the outside in."""

_PLAIN: Final = frozenset(
    {("font-style", "normal"), ("font-variant", "normal"), ("font-weight", "normal"),
     ("text-decoration", "none"), ("vertical-align", "baseline")}
)  # fmt: skip


class Format:
    """The formatting of one element."""

    __slots__ = ("block", "case", "marks", "prefix", "quotes", "strip", "suffix")

    def __init__(self, attributes: Mapping[str, str]) -> None:
        get = attributes.get
        self.prefix = get("prefix", "")
        self.suffix = get("suffix", "")
        self.quotes = get("quotes") == "true"
        self.strip = get("strip-periods") == "true"
        self.case = get("text-case", "")
        block = get("display")
        self.block: Mark | None = display(block) if block else None
        self.marks = tuple(
            decoration(name, attributes[name]) for name in _ATTRIBUTES if name in attributes
        )

    @classmethod
    def of(cls, attributes: Mapping[str, str]) -> Format | None:
        """Read the formatting of an element, None if it has none."""
        style = cls(attributes)
        return None if style.empty else style

    @property
    def empty(self) -> bool:
        """Whether it changes nothing."""
        return not (
            self.prefix
            or self.suffix
            or self.quotes
            or self.strip
            or self.case
            or self.block
            or self.marks
        )


def formatted(inner: Render, style: Format, term: bool = False) -> Render:
    """Wrap a renderer in formatting; it costs nothing for what an element does not set.

    Args:
        inner: What is formatted.
        style: How.
        term: Whether it is a term, which has no language but that of the style.
    """
    if style.empty:
        return inner
    if not (style.quotes or style.strip or style.case or style.block or style.marks):
        return _with_affixes(inner, style.prefix, style.suffix)
    prefix, suffix, marks, case = style.prefix, style.suffix, style.marks, style.case
    opening: list[Mark] = [style.block] if style.block else []
    inside: list[Mark] = list(marks)
    if style.quotes:
        inside.append(OPEN_QUOTE)
    closing: list[Mark] = [CLOSE] * len(marks)
    if style.quotes:
        closing.insert(0, CLOSE_QUOTE)

    def render(context: Context, out: Tokens) -> None:
        begin = len(out)
        out.extend(opening)
        if prefix:
            out.append(prefix)
        out.extend(inside)
        start = len(out)
        inner(context, out)
        if len(out) == start:
            del out[begin:]
            return
        if style.strip:
            strip_periods(out, start)
        if case:
            apply_case(case, out, start, term or context.english())
        out.extend(closing)
        if suffix:
            out.append(suffix)
        if opening:
            out.append(CLOSE)

    return render


def _with_affixes(inner: Render, prefix: str, suffix: str) -> Render:
    def render(context: Context, out: Tokens) -> None:
        begin = len(out)
        if prefix:
            out.append(prefix)
            start = begin + 1
        else:
            start = begin
        inner(context, out)
        if len(out) == start:
            if prefix:
                out.pop()
        elif suffix:
            out.append(suffix)

    return render
