"""Text, numbers, terms and values.

Source: CSL 1.0.2, "Text", "Number", "Terms".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from northbib.csl.native.citation_label import citation_label
from northbib.csl.native.context import CALLED, FILLED
from northbib.csl.native.numbers import (
    Number,
    is_small,
    long_ordinal,
    ordinal,
    padded,
    pieces,
    read_number,
    roman,
)
from northbib.csl.native.pages import format_pages
from northbib.csl.native.punctuation import MARKS
from northbib.csl.native.richtext import parse_rich
from northbib.csl.native.tokens import NUMBER, PART, SEALED, TERM
from northbib.csl.native.variables import DATES, NAMES, NUMBERS, SHORT_FORMS

if TYPE_CHECKING:
    from collections.abc import Callable

    from northbib.csl.native.context import Context, Render
    from northbib.csl.native.locale import Locale
    from northbib.csl.native.tokens import Tokens

__all__ = ["number_renderer", "sources", "term_renderer", "text_renderer", "value_renderer"]

_OF_CITE: Final = frozenset({"citation-number", "first-reference-note-number", "page-first"})
_UNTOLD: Final = _OF_CITE | {"citation-label", "locator", "year-suffix"} | NAMES | DATES
"""What the shape of an item does not tell of, or not as of text."""


def sources(variable: str, form: str = "long") -> tuple[str, ...]:
    """Give the variables of an item that a text comes from, none if no shape of it can tell."""
    if variable in _UNTOLD:
        return ()
    if form == "short":
        return (variable, *SHORT_FORMS.get(variable, (f"{variable}-short",)))
    return (variable,)


def text_renderer(variable: str, form: str, locale: Locale, pages: str) -> Render:
    """Make the renderer of `cs:text variable`."""
    if variable == "year-suffix":
        return _year_suffix
    if variable == "citation-label":
        return _citation_label
    if variable in _OF_CITE:
        return _of_cite(variable)
    if variable in {"page", "locator"}:
        return _pages(variable, _range_delimiter(locale), pages)
    short = form == "short"
    numeric = variable in NUMBERS
    delimiter = _range_delimiter(locale)

    def render(context: Context, out: Tokens) -> None:
        context.calls |= CALLED
        gone = context.substituted
        if gone is not None and variable in gone:
            return
        item = context.item
        number = item.number(variable) if numeric else None
        tokens: Tokens
        if number is not None and len(number.parts) > 1:
            tokens = _several(number, delimiter)
        else:
            tokens = item.short_tokens(variable) if short else item.tokens(variable)
        if tokens:
            context.calls |= FILLED
            out.extend(tokens)
            if number is not None and number.numeric:
                out.append(NUMBER)
            if context.used is not None:
                context.used.add(variable)

    return render


def _year_suffix(context: Context, out: Tokens) -> None:
    # A work without a suffix does not make the group around it empty.
    if context.year_suffix and not context.without_suffix:
        context.calls |= CALLED | FILLED
        out.append(context.year_suffix)


def _citation_label(context: Context, out: Tokens) -> None:
    context.calls |= CALLED
    label = citation_label(context.item)
    if label:
        context.calls |= FILLED
        out.append(label + context.year_suffix)


def _of_cite(variable: str) -> Render:
    def render(context: Context, out: Tokens) -> None:
        context.calls |= CALLED
        text = context.text_of(variable)
        if text:
            context.calls |= FILLED
            out.append(padded(text) if context.sorting else text)

    return render


def _pages(variable: str, delimiter: str, style: str) -> Render:
    def render(context: Context, out: Tokens) -> None:
        context.calls |= CALLED
        gone = context.substituted
        text = context.text_of(variable)
        if not text or (gone is not None and variable in gone):
            return
        context.calls |= FILLED
        if text.isdecimal():
            out.append(text)
            out.append(NUMBER)
            return
        cite = context.cite
        is_page = variable == "page" or cite is None or cite.label == "page"
        out.extend(parse_rich(format_pages(text, style if is_page else "", delimiter)))
        if read_number(text).numeric:
            out.append(NUMBER)

    return render


def term_renderer(name: str, form: str, plural: bool, locale: Locale, cased: bool) -> Render:
    """Make the renderer of `cs:text term`; a term that no locale defines gives nothing.

    Args:
        name: The term.
        form: Its form.
        plural: Whether it is wanted in the plural.
        locale: Where it is defined.
        cased: Whether the style sets its case, so that it gets no capital at the start of an entry.
    """
    term = locale.term(name, form, plural)
    # What has no date sorts as what has no value, wherever the letter n may be.
    undated = name == "no date"

    def render(context: Context, out: Tokens) -> None:
        if term and not (undated and context.sorting):
            if not cased:
                out.append(TERM)
            out.append(term)

    return render


def value_renderer(value: str) -> Render:
    """Make the renderer of `cs:text value`."""
    tokens = parse_rich(value)
    if value[:1] in MARKS:
        # Punctuation that is content is kept; only affixes and delimiters give way.
        tokens.insert(0, SEALED)

    def render(_: Context, out: Tokens) -> None:
        out.extend(tokens)

    return render


def number_renderer(variable: str, form: str, locale: Locale, pages: str) -> Render:
    """Make the renderer of `cs:number`.

    Source: CSL 1.0.2, "Number".
    """
    gender = locale.genders.get(variable, "")
    special = variable in _OF_CITE or variable == "locator"
    if variable in {"page", "locator"} and form == "numeric":
        return _pages(variable, _range_delimiter(locale), pages)
    delimiter = _range_delimiter(locale)

    def render(context: Context, out: Tokens) -> None:
        context.calls |= CALLED
        gone = context.substituted
        if gone is not None and variable in gone:
            return
        item = context.item
        number = read_number(context.text_of(variable)) if special else item.number(variable)
        if not number.text:
            return
        context.calls |= FILLED
        if context.used is not None:
            context.used.add(variable)
        if context.sorting or not number.numeric:
            # A number has no markup of its own.
            plain = _several(number, delimiter, _as_it_is)
            out.extend([padded(number.text)] if context.sorting else plain)
            return
        out.append(
            joined_numbers(number, delimiter, lambda part: _number(part, form, gender, locale))
        )
        out.append(NUMBER)

    return render


def _as_it_is(text: str) -> Tokens:
    return [text]


def _several(number: Number, delimiter: str, read: Callable[[str], Tokens] = parse_rich) -> Tokens:
    """Give the numbers of a variable, or else its words.

    By citeproc-js words that stand as numbers do, "revised and enlarged", each may get a capital.
    """
    if number.numeric:
        return [joined_numbers(number, delimiter)]
    tokens: Tokens = []
    for piece in pieces(number.text):
        if tokens:
            tokens.append(PART)
        tokens.extend(read(piece))
    return tokens


def _range_delimiter(locale: Locale) -> str:
    """Give what stands between the ends of a range of pages, and by citeproc-js of any numbers."""
    return locale.term("page-range-delimiter") or "–"


def joined_numbers(number: Number, delimiter: str, write: Callable[[str], str] = str) -> str:
    """Give numbers with what stands between them in its regular form."""
    if len(number.parts) == 1:
        return write(number.text)
    parts = []
    joints = {"-": delimiter, "–": "–", "—": "–", ",": ", ", "&": " & "}
    for index, part in enumerate(number.parts):
        if index % 2:
            parts.append(joints.get(part, f" {part} "))
        else:
            parts.append(write(part))
    return "".join(parts)


def _number(text: str, form: str, gender: str, locale: Locale) -> str:
    if form == "numeric" or not is_small(text):
        return text
    value = int(text)
    if form == "ordinal":
        return ordinal(value, gender, locale)
    if form == "long-ordinal":
        return long_ordinal(value, gender, locale)
    return roman(value) if form == "roman" else text
