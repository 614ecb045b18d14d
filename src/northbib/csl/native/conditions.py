"""The conditions of `cs:if` and `cs:else-if`.

What depends on nothing but the type of an item, and on which variables it has, is decided when a
style is bound to a shape; the rest is tested for each item.

Source: CSL 1.0.2, "Choose".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from northbib.csl.native.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from northbib.csl.native.context import Context
    from northbib.csl.native.shape import Shape

    Test = Callable[[Context], bool]
    Outcome = bool | Test
    Condition = Callable[[Shape], Outcome]

__all__ = ["condition"]

_LATER: Final = frozenset({"subsequent", "ibid", "ibid-with-locator"})
_IBID: Final = frozenset({"ibid", "ibid-with-locator"})
_OF_CITE: Final = frozenset(
    {"locator", "citation-number", "first-reference-note-number", "page-first"}
)
_OF_PLACE: Final = frozenset({"locator", "position"})


def condition(attributes: Mapping[str, str], citing: bool) -> Condition:
    """Make one condition of all those on an element.

    Args:
        attributes: Those of the element.
        citing: Whether it is of the citations; entries have no position and no locator.
    """
    match = attributes.get("match", "all")
    join = _JOINED.get(match, _all)
    found: list[Condition] = []
    for name, maker in _MAKERS.items():
        values = attributes.get(name, "").split()
        if name == "type" and len(values) > 1:
            # An item has one type: by citeproc-js, several are alternatives whatever the match.
            found.append(_one_of(frozenset(values)))
        elif name in attributes and (not values or (name in _OF_PLACE and not citing)):
            found.append(_never)
        else:
            found.extend(maker(value) for value in values)
    return lambda shape: join([each(shape) for each in found])


def _all(outcomes: Sequence[Outcome]) -> Outcome:
    tests = [each for each in outcomes if not isinstance(each, bool)]
    if False in outcomes or not tests:
        return False not in outcomes
    if len(tests) == 1:
        return tests[0]
    return lambda context: all(test(context) for test in tests)


def _any(outcomes: Sequence[Outcome]) -> Outcome:
    tests = [each for each in outcomes if not isinstance(each, bool)]
    if True in outcomes or not tests:
        return True in outcomes
    if len(tests) == 1:
        return tests[0]
    return lambda context: any(test(context) for test in tests)


def _none(outcomes: Sequence[Outcome]) -> Outcome:
    outcome = _any(outcomes)
    if isinstance(outcome, bool):
        return not outcome
    return lambda context: not outcome(context)


_JOINED: Final = {"any": _any, "none": _none}


def _never(_: Shape) -> bool:
    return False


def _one_of(types: frozenset[str]) -> Condition:
    return lambda shape: shape.type in types


def _type(value: str) -> Condition:
    return lambda shape: shape.type == value


def _variable(value: str) -> Condition:
    if value in _OF_CITE:
        return _tested(lambda context: bool(context.text_of(value)))
    if value == "year-suffix":
        return _tested(lambda context: bool(context.year_suffix))
    return lambda shape: value in shape.present


def _numeric(value: str) -> Condition:
    if value in _OF_CITE:
        return _tested(lambda context: read_number(context.text_of(value)).numeric)
    return _if_present(value, lambda context: context.item.number(value).numeric)


def _uncertain(value: str) -> Condition:
    def test(context: Context) -> bool:
        date = context.item.date(value)
        return date is not None and date.circa

    return _if_present(value, test)


def _if_present(value: str, test: Test) -> Condition:
    return lambda shape: test if value in shape.present else False


def _tested(test: Test) -> Condition:
    """Make a condition that no shape decides."""
    return lambda _: test


def _locator(value: str) -> Condition:
    wanted = value.replace("-", " ")

    def test(context: Context) -> bool:
        cite = context.cite
        return cite is not None and bool(cite.locator) and cite.label.replace("-", " ") == wanted

    return _tested(test)


def _position(value: str) -> Condition:
    def test(context: Context) -> bool:
        cite = context.cite
        if cite is None or not context.citing:
            return False
        position = cite.position
        if value == "near-note":
            return cite.near
        if value == "subsequent":
            return position in _LATER
        if value == "ibid":
            return position in _IBID
        return position == value

    return _tested(test)


def _disambiguate(value: str) -> Condition:
    wanted = value == "true"

    def test(context: Context) -> bool:
        # Conditions come true one after the other, as many as it takes.
        context.conditions_met += 1
        return (context.conditions_met <= context.condition) is wanted

    return _tested(test)


_MAKERS: dict[str, Callable[[str], Condition]] = {
    "type": _type,
    "variable": _variable,
    "is-numeric": _numeric,
    "is-uncertain-date": _uncertain,
    "locator": _locator,
    "position": _position,
    "disambiguate": _disambiguate,
}
