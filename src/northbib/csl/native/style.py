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
from northbib.csl.native.sorting import SortKey
from northbib.csl.native.tokens import unseal

if TYPE_CHECKING:
    from lxml.etree import _Element

    from northbib.csl.native.context import Context, Render
    from northbib.csl.native.tokens import Tokens

__all__ = ["Area", "CompiledStyle", "compile_style"]


@dataclass(slots=True)
class Area:
    """The citations of a style, or its bibliography.

    Attributes:
        options: The attributes of the element, with nothing inherited.
        children: What the layout renders, one after the other.
        format: The formatting of the layout.
        delimiter: What the layout puts between cites.
        keys: The sort keys.
        has_suffix: Whether `year-suffix` is rendered by the style itself.
        has_condition: Whether a condition tests `disambiguate`.
        numbered: Whether `citation-number` is rendered or sorted by.
        sorts_by_number: Whether a sort key calls `citation-number`.
    """

    options: dict[str, str]
    children: list[Render]
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
        for child in self.children:
            child(context, out)
        unseal(out)
        return out


@dataclass(slots=True)
class CompiledStyle:
    """A style in one locale, ready to be evaluated."""

    options: dict[str, str]
    locale: Locale
    citation: Area
    bibliography: Area | None
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
    macros = {child.get("name", ""): child for child in root if local_name(child) == "macro"}
    areas = {local_name(child): child for child in root}
    citation = _area(areas.get("citation"), macros, options, locale)
    bibliography = areas.get("bibliography")
    return CompiledStyle(
        options=options,
        locale=locale,
        citation=citation,
        bibliography=(
            None if bibliography is None else _area(bibliography, macros, options, locale)
        ),
        flattener=Flattener(locale),
    )


def _area(
    element: _Element | None,
    macros: dict[str, _Element],
    options: dict[str, str],
    locale: Locale,
) -> Area:
    if element is None:
        return Area({}, [], Format({}), "", [], False, False, False, False)
    own = attributes_of(element)
    compiler = Compiler(macros, options, own, locale)
    layout = next((child for child in element if local_name(child) == "layout"), None)
    sort = next((child for child in element if local_name(child) == "sort"), None)
    attributes = {} if layout is None else attributes_of(layout)
    reached = [] if layout is None else _reached(layout, macros)
    sorted_by = [] if sort is None else _reached(sort, macros)
    return Area(
        options=own,
        children=[] if layout is None else compiler.children(layout),
        format=Format(attributes),
        delimiter=attributes.get("delimiter", ""),
        keys=[]
        if sort is None
        else [SortKey.of(attributes_of(k), compiler, locale.language) for k in sort],
        has_suffix=any(
            node.get("variable") in {"year-suffix", "citation-label"} for node in reached
        ),
        numbered=_calls_number(reached) or _calls_number(sorted_by),
        sorts_by_number=_calls_number(sorted_by),
        has_condition=any("disambiguate" in node.attrib for node in reached),
    )


def _calls_number(nodes: list[_Element]) -> bool:
    return any(node.get("variable") == "citation-number" for node in nodes)


def _reached(top: _Element, macros: dict[str, _Element]) -> list[_Element]:
    """Give all elements that an element has or calls."""
    found: list[_Element] = []
    waiting = [top]
    seen: set[str] = set()
    while waiting:
        for node in waiting.pop().iter("{*}*"):
            found.append(node)
            name = node.get("macro")
            if name is not None and name not in seen and name in macros:
                seen.add(name)
                waiting.append(macros[name])
    return found
