"""From the XML of a style to closures; the only module, with `style`, that sees elements.

Each rendering element becomes a node: bound to the shape of an item it gives a function of a
context and an output stream. A macro is compiled once for citations and once for the bibliography,
which may hand down different name options.

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
from northbib.csl.native.shape import bind_all, empty, nothing, remembered
from northbib.csl.native.texts import (
    number_renderer,
    sources,
    term_renderer,
    text_renderer,
    value_renderer,
)
from northbib.csl.native.tokens import AS_IS, NOTHING, Affix, after_element, unseal
from northbib.csl.native.variables import DATES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from lxml.etree import _Element

    from northbib.csl.native.context import Context, Render
    from northbib.csl.native.locale import Locale
    from northbib.csl.native.macros import Macros
    from northbib.csl.native.shape import Node, Shape
    from northbib.csl.native.tokens import Tokens

    Test = Callable[[Context], bool]

__all__ = ["Compiler", "attributes_of", "group_of", "local_name"]

_DEEPEST: Final = 60
"""How deep macros may call macros; one that calls itself ends there."""
_NAME_ALIASES: Final = {"form": "name-form", "delimiter": "name-delimiter"}


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
    """Compiles the elements of one area of a style: its citations, or its bibliography.

    Attributes:
        demote: What becomes of particles that names are not sorted by.
    """

    def __init__(
        self,
        macros: Macros,
        style: Mapping[str, str],
        area: Mapping[str, str],
        locale: Locale,
        citing: bool,
    ) -> None:
        self._macros = macros
        self._compiled: dict[str, Node] = {}
        self._style = style
        self._locale = locale
        self._citing = citing
        self._names = {
            key: value for key in INHERITED if (value := area.get(key, style.get(key))) is not None
        }
        self._substituting: NamesElement | None = None
        self._depth = 0
        self._makers: dict[str, Callable[[_Element], Node]] = {
            "text": self._text,
            "group": self._group,
            "names": self._names_element,
            "date": self._date,
            "number": self._number,
            "label": self._label,
        }
        self._pages = style.get("page-range-format", "")
        self.demote = style.get("demote-non-dropping-particle", "display-and-sort")

    def children(self, element: _Element, delimiter: str = "") -> list[Node]:
        """Compile what is in an element."""
        found = (self.element(child, delimiter) for child in element)
        return [node for node in found if node is not None]

    def element(self, element: _Element, delimiter: str = "") -> Node | None:
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

    def macro(self, name: str) -> Node:
        """Give a macro, which is compiled when it is first bound."""
        found = self._compiled.get(name)
        if found is None:
            found = self._compiled[name] = self._new_macro(name)
        return found

    def _new_macro(self, name: str) -> Node:
        asked = self._macros.asked(name)
        macro = self._macros.elements.get(name)
        children: list[Node] = []
        pending = [macro] if macro is not None else []

        def bind(shape: Shape) -> Render:
            if self._depth == _DEEPEST:
                return nothing
            self._depth += 1
            if pending:
                children.extend(self.children(pending.pop()))
            renders = bind_all(children, shape)
            self._depth -= 1
            return group_of(renders, "")

        remembering = remembered(bind)
        return lambda shape: remembering(shape.only(asked))

    def _text(self, element: _Element) -> Node:
        attributes = attributes_of(element)
        form = attributes.get("form", "long")
        if "macro" in attributes and "variable" not in attributes:
            # By citeproc-js the case of a text is set where it is, and not where it is called from.
            attributes.pop("text-case", "")
            style, macro = Format(attributes), self.macro(attributes["macro"])
            return lambda shape: _in_format(macro(shape), style)
        style = Format(attributes)
        if "variable" in attributes:
            variable = attributes["variable"]
            inner = text_renderer(variable, form, self._locale, self._pages)
            return _called(formatted(inner, style, leaf=True), sources(variable, form))
        if "term" in attributes:
            plural = attributes.get("plural") == "true"
            cased = "text-case" in attributes
            inner = term_renderer(attributes["term"], form, plural, self._locale, cased)
        else:
            inner = value_renderer(attributes.get("value", ""))
        render = formatted(inner, style, "term" in attributes, leaf=True)
        return lambda _: render

    def _number(self, element: _Element) -> Node:
        attributes = attributes_of(element)
        variable = attributes.get("variable", "")
        form = attributes.get("form", "numeric")
        inner = number_renderer(variable, form, self._locale, self._pages)
        return _called(formatted(inner, Format(attributes), leaf=True), sources(variable))

    def _label(self, element: _Element) -> Node:
        attributes = attributes_of(element)
        inner = number_label(
            attributes.get("variable", ""),
            attributes.get("form", "long"),
            attributes.get("plural", "contextual"),
            self._locale,
        )
        render = formatted(inner, Format(attributes), True)
        return lambda _: render

    def _group(self, element: _Element) -> Node:
        attributes = attributes_of(element)
        style = Format(attributes)
        delimiter = attributes.get("delimiter", "")
        children = self.children(element, delimiter)
        return lambda shape: _in_format(group_of(bind_all(children, shape), delimiter), style)

    def _choose(self, element: _Element, delimiter: str) -> Node:
        branches = []
        for branch in element:
            name = local_name(branch)
            if name in {"if", "else-if", "else"}:
                attributes = attributes_of(branch) if name != "else" else {}
                test = condition(attributes, self._citing)
                branches.append((test, self.children(branch, delimiter)))

        def bind(shape: Shape) -> Render:
            possible: list[tuple[Test, Render]] = []
            for condition_, children in branches:
                outcome = condition_(shape)
                if outcome is False:
                    continue
                render = _sequence(bind_all(children, shape), delimiter)
                if outcome is True:
                    return _choice(possible, render)
                possible.append((outcome, render))
            return _choice(possible, nothing)

        return bind

    def _date(self, element: _Element) -> Node:
        attributes = attributes_of(element)
        own = [attributes_of(part) for part in element if local_name(part) == "date-part"]
        form = attributes.get("form")
        delimiter = attributes.get("delimiter", "")
        if form:
            wanted = attributes.get("date-parts", "")
            specs, delimiter = localized_specs(form, wanted, own, self._locale)
        else:
            specs = [PartSpec(part) for part in own]
        variable = attributes.get("variable", "")
        inner = date_renderer(variable, specs, delimiter, self._locale)
        known = (variable,) if variable in DATES else ()
        return _called(formatted(inner, Format(attributes)), known)

    def _names_element(self, element: _Element) -> Node:
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
            if outer is not None and "name" not in parts and "et-al" not in parts:
                names = outer.list
        delimiter = attributes.get("delimiter", self._names.get("names-delimiter", ""))
        if outer is not None and "delimiter" not in attributes:
            delimiter = outer.delimiter
        variables = attributes.get("variable", "").split()
        combined = self._combined(variables, label)
        rendered = NamesElement(variables, names, label, delimiter, combined, shorthand=bare)
        # By citeproc-js the shorthand has nothing of its own but the variable.
        style = Format({} if bare else attributes)
        if "substitute" not in parts:
            return _called(names_renderer(rendered, style), rendered.needed)
        substitutes = self._substitutes(parts["substitute"], rendered)

        def bind(shape: Shape) -> Render:
            possible = [(node(shape), found) for node, found in substitutes]
            bound = rendered.bound(shape, possible)
            return empty if bound is None else names_renderer(bound, style)

        asked, remembering = self._macros.asked_by(element), remembered(bind)
        return lambda shape: remembering(shape.only(asked))

    def _substitutes(
        self, element: _Element, names: NamesElement
    ) -> list[tuple[Node, tuple[str, ...]]]:
        """Compile what stands for names, with the variables that each names itself."""
        found = []
        outer, self._substituting = self._substituting, names
        for child in element:
            node = self.element(child)
            if node is not None:
                found.append((node, tuple((child.get("variable") or "").split())))
        self._substituting = outer
        return found

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


def _called(render: Render, variables: Sequence[str]) -> Node:
    """Make the node of an element that calls variables: it is empty without any of them."""
    return lambda shape: render if shape.has_any(variables) else empty


def _in_format(inner: Render, style: Format) -> Render:
    return inner if inner is nothing or inner is empty else formatted(inner, style)


def _choice(possible: Sequence[tuple[Test, Render]], otherwise: Render) -> Render:
    """Render what comes with the first test that holds."""
    if not possible:
        return otherwise

    def render(context: Context, out: Tokens) -> None:
        for test, found in possible:
            if test(context):
                found(context, out)
                return
        otherwise(context, out)

    return render


def _sequence(children: Sequence[Render], delimiter: str) -> Render:
    """Render one after the other, with the delimiter of the group around."""
    if len(children) < 2:
        return children[0] if children else nothing
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


class _Group:
    """A group, or a macro, which is an implicit one.

    Source: CSL 1.0.2, "Group".
    """

    __slots__ = ("_called", "_sequence")

    def __init__(self, sequence: Render, called: int) -> None:
        self._sequence = sequence
        self._called = called

    def render(self, context: Context, out: Tokens) -> None:
        """Render what is in it, or nothing if all variables that it calls are empty."""
        outer = context.calls
        context.calls = self._called
        start = len(out)
        self._sequence(context, out)
        calls = context.calls
        if calls == CALLED:
            del out[start:]
        elif len(out) > start:
            unseal(out)
            if out[start] is AS_IS:
                # What begins a group is punctuated as the group is.
                out[start] = NOTHING
        context.calls = outer | calls
        if len(out) > start:
            context.calls |= CALLED | FILLED


def group_of(children: Sequence[Render], delimiter: str) -> Render:
    """Make the renderer of a group; one that has nothing but a group is that group."""
    if not children:
        return nothing
    called = CALLED if children[0] is empty else 0
    sequence = _sequence(children[1:] if called else children, delimiter)
    if sequence is nothing:
        return empty
    if not called and isinstance(getattr(sequence, "__self__", None), _Group):
        return sequence
    return _Group(sequence, called).render
