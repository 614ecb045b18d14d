"""The faults of a style by the schema of CSL 1.0.2, each in words, at its own line.

A validator stops to make sense at the first fault of an element. Here a fault is said and passed
over: what is wrong with the next attribute, child or macro is found in the same run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from northbib.csl import grammar
from northbib.csl.grammar import NONE, Pattern
from northbib.csl.schema_words import (
    Fault,
    bad_value,
    conflict,
    misplaced,
    missing,
    out_of_order,
    stray_text,
    unknown_attribute,
    unknown_element,
)
from northbib.csl.xml import line_of
from northbib.findings import Finding

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["schema_faults"]


def schema_faults(root: _Element, *, dependent: bool, file: str | None = None) -> list[Finding]:
    """Find what the schema does not allow in a style, in the order of the file.

    Args:
        root: The `style` element.
        dependent: Whether it is to be a dependent style.
        file: The file's name, for the findings.
    """
    start = grammar.definition("dependent-style.style" if dependent else "independent-style.style")
    walk = _Walk(file)
    walk.element(root, grammar.content_of(start))
    return walk.found


@dataclass(slots=True)
class _Walk:
    """One walk through a style, and what was found on it."""

    file: str | None
    found: list[Finding] = field(default_factory=list)
    _closing: dict[tuple[_Element, str], str] = field(default_factory=dict)

    def element(self, element: _Element, content: Pattern) -> None:
        """Check an element against what it may have."""
        inside = self._attributes(element, content)
        self._text(element, inside)
        self._children(element, inside)

    def _say(self, element: _Element, fault: Fault) -> None:
        finding = Finding(
            code=fault.code,
            severity="error",
            message=fault.message,
            file=self.file,
            line=line_of(element),
            fix=fault.fix,
        )
        self.found.append(finding)

    def _attributes(self, element: _Element, content: Pattern) -> Pattern:
        """Check the attributes, and give what is left for text and children."""
        left = content
        for name, value in element.items():
            ways = grammar.steps(left, "attribute", str(name))
            fitting = [rest for node, rest in ways if grammar.matches(node.parts[0], str(value))]
            if not ways:
                self._say(element, _wrong_attribute(element, str(name), content))
            elif not fitting:
                values = grammar.choice(*(node.parts[0] for node, _ in ways))
                self._say(element, bad_value(element, str(name), str(value), values))
            left = grammar.choice(*(fitting or [rest for _, rest in ways] or [left]))
        inside = grammar.without(left, "attribute")
        if inside is not NONE:
            return inside
        self._say_missing(element, left, "attribute")
        return grammar.without(left, "attribute", "")

    def _text(self, element: _Element, inside: Pattern) -> None:
        texts = [element.text, *(child.tail for child in element)]
        text = "".join(part for part in texts if part)
        if grammar.allows(inside, "data"):
            if not grammar.matches(inside, text):
                self._say(element, bad_value(element, "", text, inside))
        elif text.strip() and not _may_hold_text(element, inside):
            self._say(element, stray_text(element, text))

    def _children(self, element: _Element, inside: Pattern) -> None:
        left, all_right = inside, True
        for child in element:
            name = str(child.tag)
            ways = grammar.steps(left, "element", name)
            if ways:
                left = grammar.choice(*(rest for _, rest in ways))
            else:
                all_right = False
                left = self._wrong_child(element, child, inside, left)
                ways = grammar.steps(inside, "element", name, skipping=True)
            if ways:
                contents = (grammar.content_of(node) for node, _ in ways)
                self.element(child, grammar.choice(*contents))
        if not grammar.allows(left, "data") and not grammar.enough(left):
            # A wrong child may be what was meant for one of those that could have been there.
            self._say_missing(element, left, "element", alternatives=all_right)

    def _wrong_child(
        self, element: _Element, child: _Element, inside: Pattern, left: Pattern
    ) -> Pattern:
        """Say what is wrong with a child that may not come here, and give what may come next."""
        name = str(child.tag)
        skipping = grammar.steps(left, "element", name, skipping=True)
        if skipping:
            self._say_missing(element, left, "element")
            return grammar.choice(*(rest for _, rest in skipping))
        if not grammar.is_element(name):
            self._say(child, unknown_element(child, grammar.first_names(left)))
        elif name not in grammar.names(inside, "element"):
            self._say(child, misplaced(child, element))
        else:
            closing = self._closing.get((element, name)) or _what_closed(child, element, inside)
            self._closing[element, name] = closing
            self._say(child, out_of_order(child, element, closing))
        return left

    def _say_missing(
        self, element: _Element, left: Pattern, kind: grammar.Named, *, alternatives: bool = True
    ) -> None:
        for wanted in _missing(left, kind):
            if alternatives or len(wanted) == 1:
                self._say(element, missing(element, kind, wanted))


def _may_hold_text(element: _Element, inside: Pattern) -> bool:
    """Tell whether text may stand in an element, beside the children that it has."""
    alternatives = inside.parts if inside.kind == "choice" else (inside,)
    known = [child for child in element if child.tag in grammar.names(inside, "element")]
    return any(
        grammar.allows(one, "text")
        and all(child.tag in grammar.names(one, "element") for child in known)
        for one in alternatives
    )


def _wrong_attribute(element: _Element, name: str, content: Pattern) -> Fault:
    if name not in grammar.names(content, "attribute"):
        return unknown_attribute(element, name, grammar.names(content, "attribute"))
    left = content
    for other in element.attrib:
        ways = grammar.steps(left, "attribute", str(other))
        value = element.get(str(other), "")
        rests = [rest for node, rest in ways if grammar.matches(node.parts[0], value)]
        left = grammar.choice(*(rests or [rest for _, rest in ways] or [left]))
        if not grammar.steps(left, "attribute", name):
            return conflict(element, name, str(other))
    return unknown_attribute(element, name, ())


def _what_closed(child: _Element, parent: _Element, inside: Pattern) -> str:
    """Give the name of the child after which this one can no longer come."""
    left, name = inside, str(child.tag)
    for other in parent:
        ways = grammar.steps(left, "element", str(other.tag), skipping=True)
        left = grammar.choice(*(rest for _, rest in ways)) if ways else left
        if other is child or not grammar.steps(left, "element", name, skipping=True):
            return str(other.tag)
    return name


def _missing(left: Pattern, kind: grammar.Named) -> list[tuple[str, ...]]:
    """Give the attributes or children that are missing: of each tuple one has to be there."""
    known = grammar.names(left, kind)
    needed = [name for name in known if not _could_do(grammar.without(left, kind, name), kind)]
    if needed:
        return [(name,) for name in needed]
    ways = {name: [rest for _, rest in grammar.steps(left, kind, name)] for name in known}
    sufficient = [
        name
        for name, rests in ways.items()
        if any(_could_do(rest, kind, present=False) for rest in rests)
    ]
    return [tuple(sufficient or known)]


def _could_do(pattern: Pattern, kind: grammar.Named, *, present: bool = True) -> bool:
    """Tell whether a pattern holds without any more attributes, or children."""
    left = pattern if present else grammar.without(pattern, kind)
    return left is not NONE if kind == "attribute" else grammar.enough(left)
