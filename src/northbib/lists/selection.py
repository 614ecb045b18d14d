"""Which works stand in a list, in which order and groups: settled before anything is set.

A work that was cut off afterwards would leave its mark on the others, a "2014b" without its
"2014a", and a style that numbers would have a gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from northbib import csl
from northbib.findings import Finding
from northbib.lists.grouping import Branch, cut, grouped, leaves
from northbib.lists.ordering import ordered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from northbib.lists.spec import ListSpec
    from northbib.lists.words import Words
    from northbib.records import Record

__all__ = ["arranged", "first_of_each_key", "in_style_order", "item_of", "processor", "selected"]


def selected(works: list[Record], style: csl.Style, spec: ListSpec, words: Words) -> list[Record]:
    """Give the works that stand in a list, so that a style that numbers them counts up.

    Args:
        works: The works, none twice.
        style: The style, whose order counts where the list has none.
        spec: What the list looks like.
        words: Its language.
    """
    if spec.sort:
        works = ordered(works, spec.sort, words)
    elif spec.limit_per_group or (spec.limit or len(works)) < len(works):
        entries = processor(works, style, spec).entries()
        works = _by_keys((key for key, content in entries if content), works)
    works = works[: spec.limit]
    branches = arranged(works, spec, words)
    return _each_once(work for one in leaves(branches) for work in one.works)


def arranged(works: Sequence[Record], spec: ListSpec, words: Words) -> tuple[Branch, ...]:
    """Put works in their groups; where there are none, in one without a heading."""
    if not spec.group:
        return (Branch("", tuple(works)),)
    return cut(grouped(works, spec.group, spec.order, words), spec.limit_per_group)


def in_style_order(works: Sequence[Record], processor: csl.Processor) -> list[Record]:
    """Give works in the order of the style."""
    return _by_keys(processor.order(), works)


def processor(works: Sequence[Record], style: csl.Style, spec: ListSpec) -> csl.Processor:
    """Give what sets these works in the style of a list."""
    is_annotated = spec.annotate or bool(spec.notes)
    items = [item_of(work, is_annotated=is_annotated) for work in works]
    return csl.Processor(style, items, locale=spec.locale, engine=spec.engine)


def first_of_each_key(records: Iterable[Record]) -> tuple[list[Record], list[Finding]]:
    """Give the first record of each key, a key to those that have none, and what was left out."""
    works: dict[str, Record] = {}
    findings = []
    for number, given in enumerate(records, start=1):
        record = given if given.key else given.replace(key=f"item-{number}")
        if record.key not in works:
            works[record.key] = record
        elif works[record.key] != record:
            findings.append(_repeat(record.key))
    return list(works.values()), findings


def item_of(work: Record, *, is_annotated: bool = False) -> dict[str, Any]:
    """Give the CSL-JSON of a record; `event` is what older styles call the `event-title`.

    An annotation that the list puts below the entry is not for the style to show as well.
    """
    item = work.to_csl()
    if "event-title" in item:
        item.setdefault("event", item["event-title"])
    if is_annotated:
        item.pop("annote", None)
    return item


def _by_keys(keys: Iterable[str], works: Iterable[Record]) -> list[Record]:
    by_key = {work.key: work for work in works}
    return [by_key[key] for key in keys]


def _each_once(works: Iterable[Record]) -> list[Record]:
    return list({work.key: work for work in works}.values())


def _repeat(key: str) -> Finding:
    return Finding(
        code="duplicate-key",
        severity="warning",
        message=f"two different records have the key {key}; the list has the first",
        key=key,
        fix="give one of them another key",
    )
