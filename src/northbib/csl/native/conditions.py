"""The conditions of `cs:if` and `cs:else-if`.

Source: CSL 1.0.2, "Choose".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.csl.native.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from northbib.csl.native.context import Context

    Test = Callable[[Context], bool]

__all__ = ["condition"]

_LATER = frozenset({"subsequent", "ibid", "ibid-with-locator"})
_IBID = frozenset({"ibid", "ibid-with-locator"})


def condition(attributes: Mapping[str, str]) -> Test:
    """Make one test of all the conditions on an element."""
    match = attributes.get("match", "all")
    tests: list[Test] = []
    for name, maker in _MAKERS.items():
        values = attributes.get(name, "").split()
        if name == "type" and len(values) > 1:
            # An item has one type: by citeproc-js, several are alternatives whatever the match.
            tests.append(_one_of(frozenset(values)))
        elif name in attributes and not values:
            tests.append(_never)
        else:
            tests.extend(maker(value) for value in values)
    if match == "none":
        return _none(tests)
    if len(tests) == 1:
        return tests[0]
    if match == "any":
        return lambda context: any(test(context) for test in tests)
    return lambda context: all(test(context) for test in tests)


def _none(tests: list[Test]) -> Test:
    if len(tests) == 1:
        test = tests[0]
        return lambda context: not test(context)
    return lambda context: not any(test(context) for test in tests)


def _never(_: Context) -> bool:
    return False


def _one_of(types: frozenset[str]) -> Test:
    return lambda context: context.item.type in types


def _type(value: str) -> Test:
    return lambda context: context.item.type == value


def _variable(value: str) -> Test:
    if value in {"locator", "citation-number", "first-reference-note-number", "page-first"}:
        return lambda context: bool(context.text_of(value))
    if value == "year-suffix":
        return lambda context: bool(context.year_suffix)
    return lambda context: context.item.has(value)


def _numeric(value: str) -> Test:
    def test(context: Context) -> bool:
        if value in {"locator", "citation-number", "first-reference-note-number", "page-first"}:
            return read_number(context.text_of(value)).numeric
        return context.item.number(value).numeric

    return test


def _uncertain(value: str) -> Test:
    def test(context: Context) -> bool:
        date = context.item.date(value)
        return date is not None and date.circa

    return test


def _locator(value: str) -> Test:
    wanted = value.replace("-", " ")

    def test(context: Context) -> bool:
        cite = context.cite
        return cite is not None and bool(cite.locator) and cite.label.replace("-", " ") == wanted

    return test


def _position(value: str) -> Test:
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

    return test


def _disambiguate(value: str) -> Test:
    wanted = value == "true"

    def test(context: Context) -> bool:
        # Conditions come true one after the other, as many as it takes.
        context.conditions_met += 1
        return (context.conditions_met <= context.condition) is wanted

    return test


_MAKERS: dict[str, Callable[[str], Test]] = {
    "type": _type,
    "variable": _variable,
    "is-numeric": _numeric,
    "is-uncertain-date": _uncertain,
    "locator": _locator,
    "position": _position,
    "disambiguate": _disambiguate,
}
