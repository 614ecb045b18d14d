"""What the formatting attributes of an element do to its output.

Source: CSL 1.0.2, "Formatting", "Affixes", "Quotes", "Strip-periods", "Text-case", "Display".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from northbib.csl.native.punctuation import MARKS
from northbib.csl.native.textcase import apply_case
from northbib.csl.native.tokens import (
    AFTER_GROUP,
    AFTER_LEAF,
    AS_IS,
    CLOSE,
    CLOSE_QUOTE,
    END_NO_QUOTES,
    NO_QUOTES,
    OPEN_QUOTE,
    QUOTED,
    SEALED,
    SUFFIXED,
    Affix,
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

    __slots__ = ("block", "case", "marks", "prefix", "quotes", "strip", "suffix", "unquoted")

    def __init__(self, attributes: Mapping[str, str]) -> None:
        get = attributes.get
        self.prefix = get("prefix", "")
        self.suffix = get("suffix", "")
        self.quotes = get("quotes") == "true"
        self.unquoted = get("quotes") == "false"
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
            or self.unquoted
            or self.strip
            or self.case
            or self.block
            or self.marks
        )


def formatted(inner: Render, style: Format, term: bool = False, leaf: bool = False) -> Render:
    """Wrap a renderer in formatting; it costs nothing for what an element does not set.

    Args:
        inner: What is formatted.
        style: How.
        term: Whether it is a term, which has no language but that of the style.
        leaf: Whether it is one text, and no group or macro.
    """
    if style.empty:
        return inner
    inside, closing = _marks(style)
    if not (inside or style.strip or style.case or style.block):
        return _with_affixes(inner, style.prefix, style.suffix)
    suffix, case = style.suffix, style.case
    opening: list[Mark] = [style.block] if style.block else []
    head: Tokens = [*opening, *_before(style.prefix, bool(style.marks)), *inside]
    after, sealed, marked = _after(suffix), _sealed(style), bool(style.marks)

    def render(context: Context, out: Tokens) -> None:
        begin = len(out)
        out.extend(head)
        start = len(out)
        inner(context, out)
        if len(out) == start:
            del out[begin:]
            return
        if style.strip:
            strip_periods(out, start)
        if case:
            language = "" if context.is_foreign() else context.language
            apply_case(case, out, start, term or context.english(), language)
        plain = leaf and len(out) == start + 1
        out.extend(closing)
        if plain and sealed:
            out.extend(sealed)
        else:
            if marked and not suffix:
                out.append(AFTER_GROUP)
            out.extend(after)
        if opening:
            out.append(CLOSE)

    return render


def _before(prefix: str, marked: bool = False) -> Tokens:
    """Give the tokens of a prefix.

    That of an element within does not give way to it, and that of an element with formats of its
    own does not move into quotes before it: citeproc-js' habit, on which styles rely.
    """
    if not prefix:
        return []
    tokens: Tokens = [AS_IS] if marked and prefix[0] in MARKS else []
    tokens.append(Affix(prefix))
    if prefix[-1] in MARKS:
        tokens.append(SEALED)
    return tokens


def _sealed(style: Format) -> Tokens:
    """Give what comes after a formatted text that has no markup, and keeps marks from giving way.

    It is citeproc-js' habit, and styles are tested against it; CSL is silent.
    """
    if not (style.marks or style.quotes or style.unquoted):
        return []
    after = _after(style.suffix)
    if style.quotes and len(style.suffix) < 2:
        after.insert(1, QUOTED)
    if style.suffix:
        return [AFTER_LEAF, *after]
    if style.marks and style.quotes:
        return [*after, AFTER_GROUP]
    return [*after, SEALED if style.marks or style.quotes else AFTER_LEAF]


def _after(suffix: str) -> Tokens:
    if not suffix:
        return []
    return [Affix(suffix), SUFFIXED] if suffix[-1] in MARKS else [Affix(suffix)]


def _marks(style: Format) -> tuple[list[Mark], list[Mark]]:
    """Give what opens and what closes around a text, inside its affixes."""
    inside: list[Mark] = list(style.marks)
    closing: list[Mark] = [CLOSE] * len(style.marks)
    if style.quotes or style.unquoted:
        inside.append(OPEN_QUOTE if style.quotes else NO_QUOTES)
        closing.insert(0, CLOSE_QUOTE if style.quotes else END_NO_QUOTES)
    return inside, closing


def _with_affixes(inner: Render, prefix: str, suffix: str) -> Render:
    before, after = _before(prefix), _after(suffix)

    def render(context: Context, out: Tokens) -> None:
        begin = len(out)
        out.extend(before)
        start = len(out)
        inner(context, out)
        if len(out) == start:
            del out[begin:]
        else:
            out.extend(after)

    return render
