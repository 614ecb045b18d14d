"""citeproc-py's elements of a style, with what makes them fail mended.

lxml makes each element of a style an object of a class of citeproc-py. The classes here stand in
for some of them, in documents that are read by `read_style` and `read_locale` alone.
"""

from __future__ import annotations

from typing import Any

from citeproc import model
from citeproc.source import DateRange, VariableError
from citeproc.string import MixedString, String
from lxml import etree

from northbib.csl.citeproc_py.casing import change_case
from northbib.csl.installed import locale_folder
from northbib.csl.locale import locale_files
from northbib.csl.xml import CSL

__all__ = ["read_style"]

_MOST_IN_ROMAN = 4999


class _Cased:
    """Text case and the stripping of periods, for any kind of string, and numbers."""

    def case(self: Any, text: Any, language: str | None = None) -> Any:
        case = self.get("text-case")
        return change_case(str(text), case, language) if case and text is not None else text

    def strip_periods(self: Any, string: Any) -> Any:
        if string is None or self.get("strip-periods") != "true":
            return string
        return String(string).replace(".", "")


class _Paged:
    """Page ranges and roman numbers that cannot go wrong."""

    def _format_last_page(self, first: str, last: str) -> str:
        # "5-12" is not to be cut to "5-2".
        if len(first) != len(last):
            return last
        return str(super()._format_last_page(first, last))  # type: ignore[misc]

    def format_number(self: Any, number: Any) -> Any:
        if self.get("form") == "roman" and not _has_roman_form(str(number)):
            return String(number)
        return super().format_number(number)  # type: ignore[misc]


def _has_roman_form(number: str) -> bool:
    digits = number.isascii() and number.isdigit() and len(number) <= len(str(_MOST_IN_ROMAN))
    return digits and 0 < int(number) <= _MOST_IN_ROMAN


class _Style(model.Style):  # type: ignore[misc]
    def get_option(self, name: str) -> Any:
        # Asked for by `position="near-note"`, where citeproc-py has no default; CSL says 5.
        if name == "near-note-distance":
            return int(self.find(f"{CSL}citation").get(name, "5"))
        return super().get_option(name)


class _Text(_Cased, _Paged, model.Text):  # type: ignore[misc]
    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        text, language = super().process(item, context, **kwargs)
        known = text is None or isinstance(text, (String, MixedString))
        return text if known else String(text), language


class _Number(_Cased, _Paged, model.Number):  # type: ignore[misc]
    pass


class _NamePart(_Cased, model.Name_Part):  # type: ignore[misc]
    def format_part(self, given: Any, family: Any) -> tuple[Any, Any]:
        if not {"given": given, "family": family}.get(self.get("name", "")):
            return given, family
        # citeproc-py joins names as plain strings, which its mixed ones are not.
        given, family = super().format_part(given, family)
        return given and str(given), family and str(family)


class _Label(_Cased, model.Label):  # type: ignore[misc]
    def _is_plural(self, item: Any) -> bool:
        variable = self.get("variable", "")
        if not variable.startswith("number-of"):
            return bool(super()._is_plural(item))
        return str(item.reference.get(variable, "")).strip() not in ("", "0", "1")


class _Date(model.Date):  # type: ignore[misc]
    def render_date_range(
        self, date_range: DateRange, show_parts: list[str], context: Any = None
    ) -> Any:
        # A range inside one year has no year left to print once it is taken out as common to both.
        shown = list(show_parts)
        if not self.is_locale_date():
            # Else it may be the text that calls the macro, which has no delimiter to join with.
            context = self
        try:
            text = super().render_date_range(date_range, show_parts, context)
        except VariableError:
            text = None
        return text or self.render_single_date(date_range.begin, shown, context)


class _DatePart(_Cased, model.Date_Part):  # type: ignore[misc]
    def render(self, date: Any, context: Any = None) -> Any:
        # citeproc-py writes the attributes that a style overrides into the locale, where they
        # would be found by each date that comes after.
        own = dict(self.attrib)
        try:
            return super().render(date, context)
        finally:
            self.attrib.clear()
            self.attrib.update(own)

    def process(self, date: Any, context: Any = None) -> Any:
        if self.get("name") == "month" and "month" not in date and "season" not in date:
            raise VariableError
        return super().process(date, context)


_CLASSES = {
    "style": _Style,
    "text": _Text,
    "number": _Number,
    "name-part": _NamePart,
    "label": _Label,
    "date": _Date,
    "date-part": _DatePart,
}


def read_style(xml: bytes, locale: str, formatter: Any) -> Any:
    """Read a style for citeproc-py, with the locales that it draws on.

    Args:
        xml: An independent style that `northbib.csl.xml.parse` has taken.
        locale: The tag of the locale to render in.
        formatter: A module as those of `citeproc.formatter`.

    Returns:
        The root element. Its children hold as long as it is held.
    """
    root: Any = etree.fromstring(xml, _parser())
    root.formatter = formatter
    root.locales = [*_locales_inside(root, locale), *map(_read_locale, locale_files(locale))]
    for each in root.locales:
        each.style = root
    _add_missing_names(root)
    _set_off_first_field(root)
    return root


def _locales_inside(root: Any, tag: str) -> list[Any]:
    """Give the style's own locales that apply, best first (CSL 1.0.2, "Locale Fallback")."""
    inside = root.findall(f"{CSL}locale")
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    wanted = dict.fromkeys((tag, tag.split("-", maxsplit=1)[0], None))
    return [locale for want in wanted for locale in inside if locale.get(lang) == want]


def _read_locale(tag: str) -> Any:
    path = locale_folder() / f"locales-{tag}.xml"
    return etree.fromstring(path.read_bytes(), _parser())


def _add_missing_names(root: Any) -> None:
    """Give each `names` its `name`: citeproc-py adds another one each time that it finds none.

    A `names` of a `substitute` is left without, since it takes that of the `names` around it.
    """
    for names in root.iter(f"{CSL}names"):
        if names.find(f"{CSL}name") is None and names.getparent().tag != f"{CSL}substitute":
            before = names.find(f"{CSL}label") is not None and names[0].tag == f"{CSL}label"
            names.insert(1 if before else 0, names.makeelement(f"{CSL}name"))


def _set_off_first_field(root: Any) -> None:
    """Put a space after the first field of an entry where a style would align the second one."""
    bibliography = root.find(f"{CSL}bibliography")
    if bibliography is None or not bibliography.get("second-field-align"):
        return
    first = next(iter(bibliography.find(f"{CSL}layout")), None)
    if first is not None:
        first.set("suffix", f"{first.get('suffix', '').rstrip()} ")


def _parser() -> etree.XMLParser:
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(CSL.strip("{}"))
    namespace[None] = model.CitationStylesElement
    for cls in model.CitationStylesElement.__subclasses__():
        namespace[cls.__name__.replace("_", "-").lower()] = cls
    for tag, replacement in _CLASSES.items():
        namespace[tag] = replacement
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    parser.set_element_class_lookup(lookup)
    return parser
