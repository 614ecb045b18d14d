"""A reading list: records in, blocks of rich text out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib import csl
from northbib.csl.locale import choose_locale
from northbib.findings import Finding
from northbib.lists.entries import Dresser, paragraph
from northbib.lists.selection import (
    arranged,
    first_of_each_key,
    in_style_order,
    processor,
    selected,
)
from northbib.lists.words import Words
from northbib.markup import writer
from northbib.markup.tree import PREFIX, Block, Heading, Inlines, ItemList, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from northbib.lists.grouping import Branch
    from northbib.lists.notes import Note
    from northbib.lists.spec import ListSpec
    from northbib.records import Record

__all__ = ["Citation", "ReadingList", "cite", "reading_list", "render"]


@dataclass(frozen=True, slots=True)
class ReadingList:
    """A list that is ready to be written in any markup.

    Attributes:
        blocks: The lists, each after the heading of its group if there is one.
        findings: What the style or the engine could not do as asked.
        unused: Notes that belong to no work of the list.
    """

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()
    unused: tuple[Note, ...] = ()

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


def reading_list(
    records: Iterable[Record], spec: ListSpec, style: csl.Style | None = None
) -> ReadingList:
    """Make a reading list of records.

    All of them go through one run of the engine, so that numbers and what tells two works of the
    same author and year apart hold for the whole list.

    Args:
        records: The records.
        spec: What the list is to look like.
        style: The style of `spec` where it is loaded already, as for many lists.

    Raises:
        NotFoundError: There is no such style or locale.
        StyleError: The style is not usable.
    """
    works, repeats = first_of_each_key(records)
    style = style or csl.Style.load(spec.style, spec.styles)
    words = Words(choose_locale(spec.locale, style.default_locale))
    works = selected(works, style, spec, words)
    setter = processor(works, style, spec)
    if spec.group and not spec.sort:
        works = in_style_order(works, setter)
    making = _Making(setter, spec, words)
    blocks = tuple(making.blocks(arranged(works, spec, words), ()))
    if blocks and spec.intro:
        blocks = (paragraph(spec.intro), *blocks)
    findings = (*repeats, *setter.warnings, *making.absent.values())
    return ReadingList(blocks, findings, making.unused())


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
    works, repeats = first_of_each_key(records)
    setter = processor(works, csl.Style.load(spec.style, spec.styles), spec)
    content = setter.cite_tree([{"id": work.key} for work in works])
    return Citation(content, (*repeats, *setter.warnings))


class _Making:
    """A list in the making.

    Attributes:
        absent: Key -> what is to be said of a work that the style leaves out.
    """

    def __init__(self, setter: csl.Processor, spec: ListSpec, words: Words) -> None:
        self.absent: dict[str, Finding] = {}
        self._setter = setter
        self._spec = spec
        self._dresser = Dresser(spec, words)
        self._prefix = spec.web.prefix if spec.web else PREFIX

    def blocks(self, branches: Iterable[Branch], around: tuple[str, ...]) -> Iterator[Block]:
        """Give a list for each innermost group, after the headings of the groups it is in."""
        for branch in branches:
            group = (*around, branch.label) if self._spec.group else ()
            inside = tuple(
                self.blocks(branch.branches, group) if branch.branches else self._list(branch)
            )
            if inside and group:
                level = self._spec.level + len(around)
                number = (str(self._spec.number),) if self._spec.number > 1 else ()
                yield Heading(level, (Text(branch.label),), (*number, *group), self._prefix)
            yield from inside

    def unused(self) -> tuple[Note, ...]:
        """Give the notes that no entry has been given."""
        return tuple(note for note in self._spec.notes if note not in self._dresser.shown)

    def _list(self, branch: Branch) -> Iterator[ItemList]:
        spec, works = self._spec, {work.key: work for work in branch.works}
        is_whole = not spec.group and not spec.sort
        entries = self._setter.entries(None if is_whole else list(works))
        items = tuple(
            self._dresser.item(works[key], content) for key, content in entries if content
        )
        shown = {item.key for item in items}
        self.absent |= {key: _no_entry(key, spec) for key in works if key not in shown}
        if items:
            yield ItemList(items, ordered=spec.ordered, prefix=self._prefix, form=spec.form)


def _no_entry(key: str, spec: ListSpec) -> Finding:
    return Finding(
        code="no-entry",
        severity="warning",
        message=f"the style {spec.style} has nothing to say about {key}, which is left out",
        key=key,
        fix="complete the record, or choose another style",
    )
