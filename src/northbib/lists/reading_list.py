"""A reading list: records in, blocks of rich text out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from northbib import csl
from northbib.findings import Finding
from northbib.lists.grouping import grouped
from northbib.lists.ordering import ordered
from northbib.markup import writer
from northbib.markup.tree import Block, Heading, Inlines, Item, ItemList, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from northbib.lists.spec import ListSpec
    from northbib.records import Record

__all__ = ["Citation", "ReadingList", "cite", "reading_list", "render"]


@dataclass(frozen=True, slots=True)
class ReadingList:
    """A list that is ready to be written in any markup.

    Attributes:
        blocks: The lists, each after the heading of its group if there is one.
        findings: What the style or the engine could not do as asked.
    """

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def entries(self) -> int:
        """How many works are in the list; one that stands in several groups counts once."""
        lists = (block for block in self.blocks if isinstance(block, ItemList))
        return len({item.key for one in lists for item in one.items})


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation cluster that is ready to be written in any markup."""

    content: Inlines
    findings: tuple[Finding, ...] = ()


def reading_list(records: Iterable[Record], spec: ListSpec) -> ReadingList:
    """Make a reading list of records.

    All of them go through one run of the engine, so that numbers and what tells two works of the
    same author and year apart hold for the whole list.

    Raises:
        NotFoundError: There is no such style or locale.
        StyleError: The style is not usable.
    """
    works, repeats = _first_of_each_key(records)
    style = csl.Style.load(spec.style, spec.styles)
    works = _selected(works, style, spec)
    processor = _processor(_group_by_group(works, spec), style, spec)
    if spec.group and not spec.sort:
        works = _as_in(processor.order(), works)
    blocks, absent = _blocks(works, processor, spec)
    return ReadingList(blocks, (*repeats, *processor.warnings, *absent))


def render(records: Iterable[Record], spec: ListSpec, to: str) -> str:
    """Make a reading list and write it in a markup (`northbib.markup.MARKUPS`).

    Raises:
        NotFoundError: There is no such style or locale.
        StyleError: The style is not usable.
        UsageError: There is no such markup.
    """
    return writer(to).write_blocks(reading_list(records, spec).blocks)


def cite(records: Sequence[Record], spec: ListSpec) -> Citation:
    """Cite records in one cluster, as a sentence of an article would.

    Raises:
        NotFoundError: There is no such style or locale.
        StyleError: The style is not usable.
    """
    works, repeats = _first_of_each_key(records)
    processor = _processor(works, csl.Style.load(spec.style, spec.styles), spec)
    content = processor.cite_tree([{"id": work.key} for work in works])
    return Citation(content, (*repeats, *processor.warnings))


def _selected(works: list[Record], style: csl.Style, spec: ListSpec) -> list[Record]:
    """Sort works, and cut the list off at its limit.

    That is done before the list is made: a work that was cut off afterwards would leave its mark
    on the others, a "2014b" without its "2014a".
    """
    if spec.sort:
        return ordered(works, spec.sort)[: spec.limit]
    if spec.limit is None or spec.limit >= len(works):
        return works
    entries = _processor(works, style, spec).entries()
    return _as_in((key for key, content in entries if content), works)[: spec.limit]


def _group_by_group(works: list[Record], spec: ListSpec) -> list[Record]:
    """Give works in the order of their groups, so that a style that numbers them counts up."""
    if not spec.group:
        return works
    groups = grouped(works, spec.group)
    return list({work.key: work for _, members in groups for work in members}.values())


def _processor(works: Sequence[Record], style: csl.Style, spec: ListSpec) -> csl.Processor:
    items = [_item(work) for work in works]
    return csl.Processor(style, items, locale=spec.locale, engine=spec.engine)


def _item(work: Record) -> dict[str, Any]:
    """Give the CSL-JSON of a record; `event` is what older styles call the `event-title`."""
    item = work.to_csl()
    if "event-title" in item:
        item.setdefault("event", item["event-title"])
    return item


def _as_in(keys: Iterable[str], works: Iterable[Record]) -> list[Record]:
    by_key = {work.key: work for work in works}
    return [by_key[key] for key in keys]


def _first_of_each_key(records: Iterable[Record]) -> tuple[list[Record], list[Finding]]:
    works: dict[str, Record] = {}
    findings = []
    for number, given in enumerate(records, start=1):
        record = given if given.key else given.replace(key=f"item-{number}")
        if record.key not in works:
            works[record.key] = record
        elif works[record.key] != record:
            findings.append(_repeat(record.key))
    return list(works.values()), findings


def _repeat(key: str) -> Finding:
    return Finding(
        code="duplicate-key",
        severity="warning",
        message=f"two different records have the key {key}; the list has the first",
        key=key,
        fix="give one of them another key",
    )


def _no_entry(key: str, spec: ListSpec) -> Finding:
    return Finding(
        code="no-entry",
        severity="warning",
        message=f"the style {spec.style} has nothing to say about {key}, which is left out",
        key=key,
        fix="complete the record, or choose another style",
    )


def _blocks(
    works: Sequence[Record], processor: csl.Processor, spec: ListSpec
) -> tuple[tuple[Block, ...], list[Finding]]:
    """Give a list for each group after its heading, and the works that the style leaves out."""
    groups = grouped(works, spec.group) if spec.group else [("", works)]
    blocks: list[Block] = []
    absent: dict[str, Finding] = {}
    for label, members in groups:
        is_whole = not spec.group and not spec.sort
        entries = processor.entries(None if is_whole else [work.key for work in members])
        items = tuple(Item(key, content) for key, content in entries if content)
        shown = {item.key for item in items}
        absent |= {w.key: _no_entry(w.key, spec) for w in members if w.key not in shown}
        if items and spec.group:
            blocks.append(Heading(spec.level, (Text(label),)))
        if items:
            blocks.append(ItemList(items, ordered=spec.ordered))
    return tuple(blocks), list(absent.values())
