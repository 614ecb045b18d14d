"""What is said of each kind of fault that a schema finds, with what would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from northbib.csl import grammar
from northbib.records.near import did_you_mean
from northbib.records.vocabulary import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    TEXT_VARIABLES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from northbib.csl.grammar import Named, Pattern

__all__ = [
    "Fault",
    "bad_value",
    "conflict",
    "misplaced",
    "missing",
    "out_of_order",
    "stray_text",
    "unknown_attribute",
    "unknown_element",
]

_XML = "{http://www.w3.org/XML/1998/namespace}"
_MOST_LISTED = 8
_MOST_PARENTS = 4
_LONGEST_QUOTE = 60

_KINDS = {
    ("names", "variable"): "name variable",
    ("date", "variable"): "date variable",
    ("number", "variable"): "number variable",
    ("label", "variable"): "number variable",
    ("text", "variable"): "text or number variable",
    ("key", "variable"): "variable",
    ("if", "variable"): "variable",
    ("else-if", "variable"): "variable",
    ("if", "is-numeric"): "variable",
    ("else-if", "is-numeric"): "variable",
    ("if", "is-uncertain-date"): "date variable",
    ("else-if", "is-uncertain-date"): "date variable",
    ("if", "type"): "type",
    ("else-if", "type"): "type",
    ("if", "locator"): "locator term",
    ("else-if", "locator"): "locator term",
    ("text", "term"): "term",
    ("term", "name"): "term",
    ("category", "field"): "field",
}
"""Element and attribute -> what its value names, where the schema has too many to list."""

_DATA = {
    "NMTOKEN": "a name without spaces",
    "anyURI": "an address (a URI)",
    "boolean": "true or false",
    "dateTime": "a date and time such as 2026-01-31T12:00:00+00:00",
    "integer": "a whole number",
    "language": "a language tag such as en-GB",
    "nonNegativeInteger": "a whole number, 0 or more",
}
_PARAMETERS = {
    ("minExclusive", "0"): "a whole number above 0",
    ("pattern", r"\d{4}\-\d{3}(\d|x|X)"): "four digits, a hyphen and four more, as in an ISSN",
}


class Fault(NamedTuple):
    """A fault before it has a place: its code, what is wrong, what to do."""

    code: str
    message: str
    fix: str | None = None


def unknown_element(child: _Element, allowed: Sequence[str]) -> Fault:
    """Say that CSL has no such element."""
    local = [_local(name) for name in allowed]
    fix = did_you_mean(_local(child.tag), local)
    return Fault("unknown-element", f"CSL has no element {_tag(child.tag)}", fix)


def misplaced(child: _Element, parent: _Element) -> Fault:
    """Say that an element stands where it never may."""
    message = f"{_tag(child.tag)} may not stand in {_tag(parent.tag)}"
    parents = [_tag(name) for name in grammar.parents_of(str(child.tag))]
    fix = f"it may in {_listed(parents)}" if 0 < len(parents) <= _MOST_PARENTS else None
    return Fault("misplaced-element", message, fix)


def out_of_order(child: _Element, parent: _Element, closed_by: str) -> Fault:
    """Say that an element comes too late, or once too often."""
    name, inside = _tag(child.tag), _tag(parent.tag)
    if closed_by == child.tag:
        return Fault("repeated-element", f"there may be only one {name} in {inside}")
    message = f"{name} must stand before {_tag(closed_by)} in {inside}"
    return Fault("misplaced-element", message)


def unknown_attribute(element: _Element, name: str, known: Sequence[str]) -> Fault:
    """Say that an element has no such attribute."""
    message = f"{_tag(element.tag)} has no attribute {_local(name)}"
    return Fault("unknown-attribute", message, did_you_mean(_local(name), map(_local, known)))


def conflict(element: _Element, name: str, other: str) -> Fault:
    """Say that two attributes exclude each other."""
    one, two = _written(element, name), _written(element, other)
    return Fault("attribute-conflict", f"{_tag(element.tag)} may not have {one} beside {two}")


def missing(element: _Element, kind: Named, wanted: Sequence[str]) -> Fault:
    """Say that an element lacks an attribute or a child, one of those that are wanted."""
    shown = [_local(name) if kind == "attribute" else _tag(name) for name in wanted]
    noun = "the attribute " if kind == "attribute" else ""
    if len(shown) > 1:
        noun = "one of the attributes " if kind == "attribute" else "at least one of "
    return Fault(f"missing-{kind}", f"{_tag(element.tag)} needs {noun}{_listed(shown, 'or')}")


def stray_text(element: _Element, text: str) -> Fault:
    """Say that there is text where none may be."""
    return Fault("stray-text", f"{_tag(element.tag)} may not hold text: {_quoted(text)}")


def bad_value(element: _Element, name: str, text: str, values: Pattern) -> Fault:
    """Say that an attribute, or an element's text where `name` is "", is none of what it may be."""
    where = f"{_local(name)} of {_tag(element.tag)}" if name else _tag(element.tag)
    many = grammar.allows(values, "list")
    words = [word for word in text.split() if not _is_leaf(values, word)] if many else [text]
    wrong = words[0] if words else text
    leaves = grammar.leaves(values)
    named = [leaf.name for leaf in leaves if leaf.kind == "value"]
    kind = _KINDS.get((_local(element.tag), name))
    if kind is not None and wrong.strip():
        return _unknown_name(kind, wrong, named)
    if len(named) > _MOST_LISTED:
        message = f"{where} may not be {_quoted(wrong)}"
        return Fault("bad-value", message, did_you_mean(wrong, named))
    expected = [*named, *(_data(leaf) for leaf in leaves if leaf.kind == "data")]
    must = "may be" if len(expected) > 1 else "must be"
    return Fault("bad-value", f"{where} {must} {_listed(expected, 'or')}, not {_quoted(wrong)}")


def _unknown_name(kind: str, wrong: str, known: Sequence[str]) -> Fault:
    variable = kind.endswith("variable")
    home = _home(wrong) if variable else None
    if home:
        message = f"{wrong} is not a {kind}"
        return Fault("wrong-variable", message, f"{home} is for it")
    code = f"unknown-{kind.rpartition(' ')[2]}"
    return Fault(code, f"CSL 1.0.2 has no {kind} {_quoted(wrong)}", did_you_mean(wrong, known))


def _home(variable: str) -> str | None:
    """Give the element that sets a variable, None if CSL has no such variable."""
    homes = {"<names>": NAME_VARIABLES, "<date>": DATE_VARIABLES}
    homes["<text>"] = TEXT_VARIABLES | NUMBER_VARIABLES
    return next((home for home, known in homes.items() if variable in known), None)


def _is_leaf(values: Pattern, word: str) -> bool:
    return any(grammar.matches(leaf, word) for leaf in grammar.leaves(values))


def _data(leaf: Pattern) -> str:
    for parameter in grammar.parameters(leaf):
        if parameter in _PARAMETERS:
            return _PARAMETERS[parameter]
    return _DATA.get(leaf.name, "another text")


def _written(element: _Element, name: str) -> str:
    return f'{_local(name)}="{element.get(name)}"'


def _tag(name: object) -> str:
    return f"<{_local(name)}>"


def _local(name: object) -> str:
    text = str(name)
    prefix = "xml:" if text.startswith(_XML) else ""
    return prefix + text.rpartition("}")[2]


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE]}…")


def _listed(words: Sequence[str], conjunction: str = "and") -> str:
    *others, last = words
    return f"{', '.join(others)} {conjunction} {last}" if others else last
