"""From the XML of a style to closures; the only module, with `style`, that sees elements.

Each rendering element becomes a function of a context and an output stream. A macro is compiled
when it is first called, once for citations and once for the bibliography, which may hand down
different name options.

Source: CSL 1.0.2, "Rendering Elements".
"""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Final

from northbib.csl.native.conditions import condition
from northbib.csl.native.context import CALLED, FILLED
from northbib.csl.native.date_parts import PartSpec, date_renderer, localized_specs
from northbib.csl.native.formatting import Format, formatted
from northbib.csl.native.labels import NamesLabel, number_label
from northbib.csl.native.name_options import INHERITED, NameOptions
from northbib.csl.native.names import NameFormats, NameList, NamesElement, names_renderer
from northbib.csl.native.texts import number_renderer, term_renderer, text_renderer, value_renderer
from northbib.csl.native.tokens import Affix, after_element, unseal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from lxml.etree import _Element

    from northbib.csl.native.context import Context, Render
    from northbib.csl.native.locale import Locale
    from northbib.csl.native.tokens import Tokens

__all__ = ["Compiler", "attributes_of", "group_of", "local_name"]

_DEEPEST: Final = 60
"""How deep macros may call macros; one that calls itself ends there."""

_NAME_ALIASES = {"form": "name-form", "delimiter": "name-delimiter"}


def local_name(element: _Element) -> str:
    """Give the name of an element without its namespace, "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attributes_of(element: _Element) -> dict[str, str]:
    """Give the attributes of an element as plain data.

    Entities that were escaped twice, as in `suffix="&amp;#160;"`, are read.
    """
    return {
        str(key): unescape(str(value)) if "&" in value else str(value)
        for key, value in element.attrib.items()
    }


class Compiler:
    """Compiles the elements of one area of a style: its citations, or its bibliography."""

    def __init__(
        self,
        macros: Mapping[str, _Element],
        style: Mapping[str, str],
        area: Mapping[str, str],
        locale: Locale,
    ) -> None:
        self._macros = macros
        self._compiled: dict[str, Render] = {}
        self._style = style
        self._locale = locale
        self._names = {
            key: value for key in INHERITED if (value := area.get(key, style.get(key))) is not None
        }
        self._substituting: NamesElement | None = None
        self._makers: dict[str, Callable[[_Element], Render]] = {
            "text": self._text,
            "group": self._group,
            "names": self._names_element,
            "date": self._date,
            "number": self._number,
            "label": self._label,
        }
        self._pages = style.get("page-range-format", "")
        self.demote = style.get("demote-non-dropping-particle", "display-and-sort")

    def children(self, element: _Element, delimiter: str = "") -> list[Render]:
        """Compile what is in an element."""
        found = (self.element(child, delimiter) for child in element)
        return [render for render in found if render is not None]

    def element(self, element: _Element, delimiter: str = "") -> Render | None:
        """Compile a rendering element.

        Args:
            element: The element.
            delimiter: That of the nearest group around, for what `cs:choose` renders.
        """
        name = local_name(element)
        if name == "choose":
            return self._choose(element, delimiter)
        maker = self._makers.get(name)
        return None if maker is None else maker(element)

    def macro(self, name: str) -> Render:
        """Give the renderer of a macro, which compiles it at the first call."""
        found = self._compiled.get(name)
        if found is None:
            found = self._compiled[name] = self._lazy_macro(name)
        return found

    def _lazy_macro(self, name: str) -> Render:
        children: list[Render] = []
        pending = [self._macros[name]] if name in self._macros else []

        def render(context: Context, out: Tokens) -> None:
            if pending:
                children.extend(self.children(pending.pop()))
            if context.depth > _DEEPEST:
                return
            context.depth += 1
            for child in children:
                child(context, out)
            context.depth -= 1

        return group_of([render], "")

    def _text(self, element: _Element) -> Render:
        attributes = attributes_of(element)
        style = Format(attributes)
        form = attributes.get("form", "long")
        if "variable" in attributes:
            inner = text_renderer(attributes["variable"], form, self._locale, self._pages)
        elif "macro" in attributes:
            inner = self.macro(attributes["macro"])
        elif "term" in attributes:
            plural = attributes.get("plural") == "true"
            inner = term_renderer(attributes["term"], form, plural, self._locale)
        else:
            inner = value_renderer(attributes.get("value", ""))
        return formatted(inner, style, "term" in attributes, "macro" not in attributes)

    def _number(self, element: _Element) -> Render:
        attributes = attributes_of(element)
        variable = attributes.get("variable", "")
        form = attributes.get("form", "numeric")
        inner = number_renderer(variable, form, self._locale, self._pages)
        return formatted(inner, Format(attributes), leaf=True)

    def _label(self, element: _Element) -> Render:
        attributes = attributes_of(element)
        inner = number_label(
            attributes.get("variable", ""),
            attributes.get("form", "long"),
            attributes.get("plural", "contextual"),
            self._locale,
        )
        return formatted(inner, Format(attributes), True)

    def _group(self, element: _Element) -> Render:
        attributes = attributes_of(element)
        delimiter = attributes.get("delimiter", "")
        return formatted(group_of(self.children(element, delimiter), delimiter), Format(attributes))

    def _choose(self, element: _Element, delimiter: str) -> Render:
        branches = []
        for branch in element:
            name = local_name(branch)
            if name in {"if", "else-if"}:
                test = condition(attributes_of(branch))
                branches.append((test, _sequence(self.children(branch, delimiter), delimiter)))
            elif name == "else":
                render = _sequence(self.children(branch, delimiter), delimiter)
                branches.append((_always, render))

        def render_choose(context: Context, out: Tokens) -> None:
            for test, render in branches:
                if test(context):
                    render(context, out)
                    return

        return render_choose

    def _date(self, element: _Element) -> Render:
        attributes = attributes_of(element)
        own = [attributes_of(part) for part in element if local_name(part) == "date-part"]
        form = attributes.get("form")
        delimiter = attributes.get("delimiter", "")
        if form:
            wanted = attributes.get("date-parts", "")
            specs, delimiter = localized_specs(form, wanted, own, self._locale)
        else:
            specs = [PartSpec(part) for part in own]
        inner = date_renderer(attributes.get("variable", ""), specs, delimiter, self._locale)
        return formatted(inner, Format(attributes))

    def _names_element(self, element: _Element) -> Render:
        attributes = attributes_of(element)
        outer = self._substituting
        parts = {local_name(child): child for child in element}
        given = {key: value for key, value in attributes.items() if key in INHERITED}
        bare = outer is not None and not parts
        if bare and outer is not None:
            names, label = outer.list, outer.label
        else:
            names = self._name_list(parts, given)
            label = self._names_label(element, parts)
            if outer is not None:
                names = names if "name" in parts or "et-al" in parts else outer.list
                label = label if "label" in parts else outer.label
        delimiter = attributes.get("delimiter", self._names.get("names-delimiter", ""))
        if outer is not None and "delimiter" not in attributes:
            delimiter = outer.delimiter
        variables = attributes.get("variable", "").split()
        combined = self._combined(variables, label)
        rendered = NamesElement(variables, names, label, delimiter, combined)
        if "substitute" in parts:
            self._substituting = rendered
            for child in parts["substitute"]:
                render = self.element(child)
                if render is not None:
                    found = (child.get("variable") or "").split()
                    rendered.substitutes.append((render, tuple(found)))
            self._substituting = outer
        return names_renderer(rendered, Format(attributes))

    def _combined(self, variables: Sequence[str], label: NamesLabel | None) -> str:
        if sorted(variables) != ["editor", "translator"] or label is None:
            return ""
        known = self._locale.term("editortranslator", label.form) is not None
        name = "editortranslator" if known else "editor-translator"
        return name if self._locale.term(name, label.form) else ""

    def _name_list(self, parts: Mapping[str, _Element], given: Mapping[str, str]) -> NameList:
        inherited = {**self._names, **given}
        formats = NameFormats()
        name = parts.get("name")
        if name is not None:
            attributes = attributes_of(name)
            formats.whole = Format.of(attributes)
            for key, value in attributes.items():
                inherited[_NAME_ALIASES.get(key, key)] = value
            for part in name:
                if local_name(part) != "name-part":
                    continue
                if part.get("name") == "family":
                    formats.family = Format(attributes_of(part))
                else:
                    formats.given = Format(attributes_of(part))
        et_al = parts.get("et-al")
        if et_al is not None:
            formats.et_al = Format.of(attributes_of(et_al))
            formats.et_al_term = et_al.get("term", "et-al")
        return NameList(NameOptions.of(inherited, self._style), self._locale, formats)

    def _names_label(self, element: _Element, parts: Mapping[str, _Element]) -> NamesLabel | None:
        label = parts.get("label")
        if label is None:
            return None
        attributes = attributes_of(label)
        order = [local_name(child) for child in element]
        first = "name" in order and order.index("label") < order.index("name")
        return NamesLabel(
            attributes.get("form", "long"),
            attributes.get("plural", "contextual"),
            Format(attributes),
            self._locale,
            first,
        )


def _always(_: Context) -> bool:
    return True


def _sequence(children: Sequence[Render], delimiter: str) -> Render:
    """Render one after the other, with the delimiter of the group around."""
    if len(children) == 1:
        return children[0]
    delimiter = Affix(delimiter)
    if not delimiter:

        def render_all(context: Context, out: Tokens) -> None:
            for child in children:
                child(context, out)

        return render_all

    def render(context: Context, out: Tokens) -> None:
        start = len(out)
        for child in children:
            mark = len(out)
            if mark > start:
                after_element(out, delimiter)
                inside = len(out)
                child(context, out)
                if len(out) == inside:
                    del out[mark:]
            else:
                child(context, out)

    return render


def group_of(children: Sequence[Render], delimiter: str) -> Render:
    """Render children with a delimiter, or nothing if all variables they call are empty.

    Source: CSL 1.0.2, "Group".
    """
    sequence = _sequence(children, delimiter)

    def render(context: Context, out: Tokens) -> None:
        outer = context.calls
        context.calls = 0
        start = len(out)
        sequence(context, out)
        calls = context.calls
        if calls == CALLED:
            del out[start:]
        elif len(out) > start:
            unseal(out)
        context.calls = outer | calls
        if len(out) > start:
            context.calls |= CALLED | FILLED

    return render
