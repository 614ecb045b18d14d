"""A style, compiled: its options, its layouts and its sort keys.

Source: CSL 1.0.2, "Style Structure", "Style Behavior".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from northbib.csl.native.compile import Compiler, attributes_of, local_name
from northbib.csl.native.flatten import Flattener
from northbib.csl.native.formatting import Format
from northbib.csl.native.locale import Locale, load_locale
from northbib.csl.native.macros import Macros
from northbib.csl.native.shape import DISAMBIGUATE, bind_all, remembered
from northbib.csl.native.sorting import SortKey
from northbib.csl.native.tokens import unseal

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from northbib.csl.native.context import Context, Render
    from northbib.csl.native.shape import Node, Shape
    from northbib.csl.native.tokens import Tokens

__all__ = ["Area", "CompiledStyle", "compile_style"]


@dataclass(slots=True)
class Area:
    """The citations of a style, or its bibliography.

    Attributes:
        options: The attributes of the element, with nothing inherited.
        bind: For a shape, what the layout renders, one after the other.
        asked: What the layout and the sort keys ask of the shape of an item.
        format: The formatting of the layout.
        delimiter: What the layout puts between cites.
        keys: The sort keys.
        has_suffix: Whether `year-suffix` is rendered by the style itself.
        has_condition: Whether a condition tests `disambiguate`.
        numbered: Whether `citation-number` is rendered or sorted by.
        sorts_by_number: Whether a sort key calls `citation-number`.
    """

    options: dict[str, str]
    bind: Callable[[Shape], list[Render]]
    asked: frozenset[str]
    format: Format
    delimiter: str
    keys: list[SortKey]
    has_suffix: bool
    has_condition: bool
    numbered: bool
    sorts_by_number: bool

    def flag(self, option: str) -> bool:
        """Tell whether an option is set to true."""
        return self.options.get(option) == "true"

    def render(self, context: Context) -> Tokens:
        """Render one cite or entry, without the formatting of the layout."""
        out: Tokens = []
        for child in self.bind(context.item.shape):
            child(context, out)
        unseal(out)
        return out


@dataclass(slots=True)
class CompiledStyle:
    """A style in one locale, ready to be evaluated.

    Attributes:
        options: The attributes of `cs:style`.
        locale: The locale, with what the style itself says of it.
        citation: The citations.
        bibliography: The bibliography, None if the style has none.
        asked: What the style asks of the shape of an item.
        flattener: The last step.
    """

    options: dict[str, str]
    locale: Locale
    citation: Area
    bibliography: Area | None
    asked: frozenset[str]
    flattener: Flattener

    @property
    def numbers_cites(self) -> bool:
        """Whether citation numbers are rendered anywhere, or sorted by."""
        area = self.bibliography
        return self.citation.numbered or (area is not None and area.numbered)

    @property
    def sorts_by_number(self) -> bool:
        """Whether the bibliography is sorted by citation number, which changes with its order."""
        area = self.bibliography
        return area is not None and area.sorts_by_number

    @property
    def is_english(self) -> bool:
        """Whether the locale is an English one."""
        return self.locale.language == "en"

    @property
    def has_suffix(self) -> bool:
        """Whether the style places year suffixes itself, in citations or in the bibliography."""
        area = self.bibliography
        return self.citation.has_suffix or (area is not None and area.has_suffix)

    @property
    def is_note(self) -> bool:
        """Whether citations are notes."""
        return self.options.get("class") == "note"


def compile_style(xml: bytes, tag: str) -> CompiledStyle:
    """Compile a style for a locale.

    Args:
        xml: The XML of an independent style.
        tag: The language tag of the locale.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    root = etree.fromstring(xml, parser)
    options = attributes_of(root)
    in_style = [child for child in root if local_name(child) == "locale"]
    locale = load_locale(tag, in_style)
    named = {child.get("name", ""): child for child in root if local_name(child) == "macro"}
    macros = Macros(named)
    areas = {local_name(child): child for child in root}
    citation = _area(areas.get("citation"), macros, options, locale)
    bibliography = areas.get("bibliography")
    entries = None if bibliography is None else _area(bibliography, macros, options, locale)
    return CompiledStyle(
        options=options,
        locale=locale,
        citation=citation,
        bibliography=entries,
        asked=citation.asked | (entries.asked if entries is not None else frozenset()),
        flattener=Flattener(locale),
    )


def _area(
    element: _Element | None,
    macros: Macros,
    options: dict[str, str],
    locale: Locale,
) -> Area:
    if element is None:
        return Area({}, _bound([]), frozenset(), Format({}), "", [], False, False, False, False)
    own = attributes_of(element)
    compiler = Compiler(macros, options, own, locale, citing=local_name(element) == "citation")
    layout = next((child for child in element if local_name(child) == "layout"), None)
    sort = next((child for child in element if local_name(child) == "sort"), None)
    attributes = {} if layout is None else attributes_of(layout)
    children = [] if layout is None else compiler.children(layout)
    keys = [] if sort is None else [attributes_of(key) for key in sort]
    rendered = frozenset() if layout is None else macros.asked_by(layout)
    sorted_by = frozenset() if sort is None else macros.asked_by(sort)
    return Area(
        options=own,
        bind=_bound(children),
        asked=rendered | sorted_by,
        format=Format(attributes),
        delimiter=attributes.get("delimiter", ""),
        keys=[SortKey.of(key, compiler, locale.language) for key in keys],
        has_suffix=not rendered.isdisjoint({"year-suffix", "citation-label"}),
        has_condition=DISAMBIGUATE in rendered,
        numbered="citation-number" in rendered | sorted_by,
        sorts_by_number="citation-number" in sorted_by,
    )


def _bound(children: list[Node]) -> Callable[[Shape], list[Render]]:
    return remembered(lambda shape: bind_all(children, shape))
