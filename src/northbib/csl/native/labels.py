"""Labels: "p.", "eds.", "vol.".

Source: CSL 1.0.2, "Label", "Label in cs:names".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.csl.native.formatting import formatted
from northbib.csl.native.numbers import is_plural

if TYPE_CHECKING:
    from northbib.csl.native.context import Context, Render
    from northbib.csl.native.formatting import Format
    from northbib.csl.native.locale import Locale
    from northbib.csl.native.people import Name
    from northbib.csl.native.tokens import Tokens

__all__ = ["NamesLabel", "number_label"]

_COUNTS = frozenset({"number-of-pages", "number-of-volumes"})


class NamesLabel:
    """The label of a list of names."""

    __slots__ = ("_format", "_locale", "_plural", "_renders", "first", "form")

    def __init__(self, form: str, plural: str, style: Format, locale: Locale, first: bool) -> None:
        self.form = form
        self._renders: dict[str, Render] = {}
        self._plural = plural
        self._format = style
        self._locale = locale
        self.first = first

    def write(self, variable: str, names: tuple[Name, ...], context: Context, out: Tokens) -> None:
        """Write the term of a variable, in the number of its names."""
        if context.sorting:
            return
        plural = len(names) > 1 if self._plural == "contextual" else self._plural == "always"
        term = self._locale.term(variable, self.form, plural)
        if term:
            render = self._renders.get(term)
            if render is None:
                render = self._renders[term] = formatted(_constant(term), self._format, True)
            render(context, out)


def _constant(term: str) -> Render:
    def render(_: Context, out: Tokens) -> None:
        out.append(term)

    return render


def number_label(variable: str, form: str, plural: str, locale: Locale) -> Render:
    """Make the renderer of a `cs:label` for a number variable or the locator.

    By CSL 1.0.2, "Label", the label of an empty variable is not shown. By citeproc-js, with which
    styles are tested, it is a term like any other: it goes with the group that holds its variable,
    and stays where it stands alone.
    """
    is_locator = variable == "locator"
    contextual, always = plural == "contextual", plural == "always"

    def render(context: Context, out: Tokens) -> None:
        cite = context.cite
        if is_locator:
            text = "" if cite is None else cite.locator
            name = "page" if cite is None else cite.label
            if (name, "long") not in locale.terms:
                name = name.replace(" ", "-")
        else:
            text = context.text_of(variable)
            name = variable
        many = bool(text) and _is_many(variable, text) if contextual else always
        term = locale.term(name, form, many)
        if term:
            out.append(term)

    return render


def _is_many(variable: str, text: str) -> bool:
    if variable in _COUNTS and text.isdecimal():
        return text.lstrip("0") not in ("", "1")
    return is_plural(text)
