"""The schema of CSL as patterns that can be asked what may come next.

A validator only says that a style is wrong. To say what is wrong, and what would be right, the
patterns of the RELAX NG schema are followed child by child and attribute by attribute: each step
gives what is left to come.

Source: RELAX NG specification (OASIS, 2001); the schema is the one that comes with citeproc-py.
Of RELAX NG, what the schema of CSL uses is here: no name classes but names, no `mixed`, no
`except`, no `externalRef`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Literal

from lxml import etree

from northbib.csl.installed import schema

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = [
    "NONE",
    "Named",
    "Pattern",
    "allows",
    "choice",
    "content_of",
    "definition",
    "enough",
    "first_names",
    "is_element",
    "leaves",
    "matches",
    "names",
    "parameters",
    "parents_of",
    "steps",
    "without",
]

Kind = Literal[
    "none",
    "empty",
    "text",
    "value",
    "data",
    "list",
    "choice",
    "group",
    "interleave",
    "many",
    "attribute",
    "element",
]

Named = Literal["attribute", "element"]

_RNG = "{http://relaxng.org/ns/structure/1.0}"


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A pattern; equal ones are one object, so that what is found out about one is kept.

    Attributes:
        kind: What it is; `many` is one or more.
        parts: The patterns that it is made of; for an attribute, that of its value.
        name: The name of an attribute or element, as lxml writes it; the text of a value.
        source: The schema's node of an element or of data, read when it is asked for.
    """

    kind: Kind
    parts: tuple[Pattern, ...] = ()
    name: str = ""
    source: _Element | None = None


@cache
def _pattern(
    kind: Kind,
    parts: tuple[Pattern, ...] = (),
    name: str = "",
    source: _Element | None = None,
) -> Pattern:
    return Pattern(kind, parts, name, source)


NONE = _pattern("none")
"""Nothing fits it."""

_EMPTY = _pattern("empty")


def choice(*patterns: Pattern) -> Pattern:
    """Give the pattern that any of some fits."""
    flat = chain.from_iterable(p.parts if p.kind == "choice" else (p,) for p in patterns)
    parts = tuple(dict.fromkeys(part for part in flat if part is not NONE))
    if len(parts) < 2:
        return parts[0] if parts else NONE
    return _pattern("choice", parts)


def _both(kind: Kind, first: Pattern, second: Pattern) -> Pattern:
    """Join two patterns as a `group`, in order, or an `interleave`, in any."""
    if first is NONE or second is NONE:
        return NONE
    if first is _EMPTY or second is _EMPTY:
        return second if first is _EMPTY else first
    return _pattern(kind, (first, second))


def _many(pattern: Pattern) -> Pattern:
    return pattern if pattern in {NONE, _EMPTY} else _pattern("many", (pattern,))


@cache
def definition(name: str) -> Pattern:
    """Give a definition of the schema, such as `dependent-style.style`."""
    return _sequence(_definitions()[name])


@cache
def content_of(element: Pattern) -> Pattern:
    """Give the pattern of an element's attributes and children."""
    return NONE if element.source is None else _sequence(element.source)


@lru_cache(maxsize=2**16)  # Names are the style's own: there is no end of them.
def steps(
    pattern: Pattern, kind: Named, name: str, *, skipping: bool = False
) -> tuple[tuple[Pattern, Pattern], ...]:
    """Go one attribute or child further.

    Args:
        pattern: What is still to come.
        kind: What comes.
        name: The name of what comes, as lxml writes it.
        skipping: Whether children that must come before it may be passed over.

    Returns:
        Each pattern that it may be, with what is left to come after it; nothing if it may not come.
    """
    if pattern.kind == kind:
        return ((pattern, _EMPTY),) if pattern.name == name else ()
    if pattern.kind == "choice":
        alternatives = (steps(part, kind, name, skipping=skipping) for part in pattern.parts)
        return tuple(chain.from_iterable(alternatives))
    if pattern.kind == "many":
        again = choice(pattern, _EMPTY)
        found = steps(pattern.parts[0], kind, name, skipping=skipping)
        return tuple((node, _both("group", rest, again)) for node, rest in found)
    if pattern.kind not in {"group", "interleave"}:
        return ()
    first, second = pattern.parts
    in_first = steps(first, kind, name, skipping=skipping)
    result = [(node, _both(pattern.kind, rest, second)) for node, rest in in_first]
    in_order = pattern.kind == "group" and kind == "element"
    if not in_order or skipping or enough(first):
        in_second = steps(second, kind, name, skipping=skipping)
        before = _EMPTY if in_order else first
        result += [(node, _both(pattern.kind, before, rest)) for node, rest in in_second]
    return tuple(result)


@cache
def enough(pattern: Pattern) -> bool:
    """Tell whether nothing more needs to come."""
    if pattern.kind == "choice":
        return any(map(enough, pattern.parts))
    if pattern.kind in {"group", "interleave", "many"}:
        return all(map(enough, pattern.parts))
    return pattern.kind in {"empty", "text"}


@cache
def without(pattern: Pattern, kind: Named, missing: str | None = None) -> Pattern:
    """Give what is left of a pattern when one attribute or child is not there, or none at all.

    Args:
        pattern: The pattern.
        kind: What is meant.
        missing: The name of the one that is not there, while all others are taken to be; None if
            there are none.
    """
    if pattern.kind == kind:
        return NONE if missing is None or pattern.name == missing else _EMPTY
    parts = [without(part, kind, missing) for part in pattern.parts]
    if pattern.kind == "choice":
        return choice(*parts)
    if pattern.kind == "many":
        return _many(parts[0])
    if pattern.kind in {"group", "interleave"}:
        return _both(pattern.kind, *parts)
    return pattern


@cache
def names(pattern: Pattern, kind: Named) -> tuple[str, ...]:
    """Give the names of all attributes or children in a pattern, in the schema's order."""
    if pattern.kind == kind:
        return (pattern.name,)
    if pattern.kind in {"attribute", "element"}:
        return ()
    return tuple(dict.fromkeys(chain.from_iterable(names(part, kind) for part in pattern.parts)))


def first_names(pattern: Pattern) -> tuple[str, ...]:
    """Give the names of the children that may come next."""
    return tuple(name for name in names(pattern, "element") if steps(pattern, "element", name))


@cache
def parents_of(name: str) -> tuple[str, ...]:
    """Give the names of the elements of a style that may hold an element, in order."""
    return tuple(sorted(parent for parent, children in _elements().items() if name in children))


def is_element(name: str) -> bool:
    """Tell whether the schema has an element, anywhere in a style."""
    return name in _elements()


@cache
def _elements() -> dict[str, set[str]]:
    """Give the names of all elements of a style, each with those of its children."""
    found: dict[str, set[str]] = {}
    todo = [definition("independent-style.style"), definition("dependent-style.style")]
    seen = set(todo)
    while todo:
        element = todo.pop()
        inside = _inner_elements(content_of(element))
        found.setdefault(element.name, set()).update(child.name for child in inside)
        todo += [child for child in inside if child not in seen]
        seen.update(inside)
    return found


def _inner_elements(pattern: Pattern) -> list[Pattern]:
    if pattern.kind == "element":
        return [pattern]
    parts = pattern.parts if pattern.kind != "attribute" else ()
    return list(chain.from_iterable(map(_inner_elements, parts)))


def leaves(pattern: Pattern) -> list[Pattern]:
    """Give the values and kinds of data that a text may be."""
    if pattern.kind in {"value", "data"}:
        return [pattern]
    if pattern.kind in {"attribute", "element"}:
        return []
    return list(dict.fromkeys(chain.from_iterable(map(leaves, pattern.parts))))


def parameters(data: Pattern) -> list[tuple[str, str]]:
    """Give what the schema asks of data beside its type: name and value of each parameter."""
    found = () if data.source is None else data.source.iterfind(f"{_RNG}param")
    return [(element.get("name", ""), element.text or "") for element in found]


def allows(pattern: Pattern, kind: Kind) -> bool:
    """Tell whether text, or data, may stand among what is still to come."""
    if pattern.kind in {kind, "attribute", "element"}:
        return pattern.kind == kind
    return any(allows(part, kind) for part in pattern.parts)


def matches(pattern: Pattern, text: str) -> bool:
    """Tell whether the text of an attribute or an element fits a pattern."""
    if pattern.kind == "choice":
        return any(matches(part, text) for part in pattern.parts)
    if pattern.kind == "list":
        words = text.split()
        return bool(words) and all(matches(pattern.parts[0].parts[0], word) for word in words)
    if pattern.kind == "value":
        return " ".join(text.split()) == pattern.name
    if pattern.kind == "data" and pattern.source is not None:
        return _is_data(pattern.source, text)
    return pattern.kind == "text" or (pattern.kind == "empty" and not text.strip())


@lru_cache(maxsize=1024)
def _is_data(source: _Element, text: str) -> bool:
    return bool(_data_schema(source).validate(_holder(text)))


def _holder(text: str) -> _Element:
    element = etree.Element("text")
    element.text = text
    return element


@cache
def _data_schema(source: _Element) -> etree.RelaxNG:
    """Make a schema of a datatype alone, so that libxml2 judges it as it does in the whole."""
    library = "http://www.w3.org/2001/XMLSchema-datatypes"
    element = etree.Element(f"{_RNG}element", name="text", datatypeLibrary=library)
    element.append(etree.fromstring(etree.tostring(source, with_tail=False)))
    return etree.RelaxNG(element)


@cache
def _definitions() -> dict[str, _Element]:
    root = etree.parse(str(schema())).getroot()
    return {element.get("name", ""): element for element in root.iter(f"{_RNG}define")}


def _sequence(parent: _Element) -> Pattern:
    """Read the children of a node of the schema, which stand for a group."""
    result = _EMPTY
    for child in reversed(_children(parent)):
        result = _both("group", _read(child), result)
    return result


def _children(parent: _Element) -> list[_Element]:
    own = [child for child in parent if str(child.tag).startswith(_RNG)]
    return [child for child in own if child.tag != f"{_RNG}name"]


def _read(node: _Element) -> Pattern:
    kind = str(node.tag).removeprefix(_RNG)
    if kind == "ref":
        return definition(node.get("name", ""))
    if kind == "value":
        return _pattern("value", name=" ".join((node.text or "").split()))
    if kind == "element":
        return _pattern("element", name=_name(node), source=node)
    if kind == "data":
        return _pattern("data", name=node.get("type", ""), source=node)
    if kind == "attribute":
        value = _sequence(node) if _children(node) else _pattern("text")
        return _pattern("attribute", (value,), _name(node))
    return _compound(kind, node)


def _compound(kind: str, node: _Element) -> Pattern:
    parts = [_read(child) for child in _children(node)]
    if kind == "choice":
        return choice(*parts)
    if kind == "interleave":
        result = _EMPTY
        for part in reversed(parts):
            result = _both("interleave", part, result)
        return result
    if kind == "list":
        return _pattern("list", (_sequence(node),))
    repeated = {"oneOrMore", "zeroOrMore"}
    inside = _many(_sequence(node)) if kind in repeated else _sequence(node)
    if kind in {"optional", "zeroOrMore"}:
        return choice(inside, _EMPTY)
    simple = {"text": _pattern("text"), "empty": _EMPTY, "notAllowed": NONE}
    return simple.get(kind, inside)


def _name(node: _Element) -> str:
    name = node.find(f"{_RNG}name")
    if name is None:
        return node.get("name", "")
    namespace = name.get("ns", "")
    return f"{{{namespace}}}{name.text}" if namespace else str(name.text)
