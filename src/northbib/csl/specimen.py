"""What a style looks like: one line of it, or a page that cites and lists a work of each type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.csl.engines import DEFAULT_ENGINE
from northbib.csl.processor import Processor
from northbib.csl.specimens import ARTICLE, SPECIMENS
from northbib.markup.links import link_addresses
from northbib.markup.tree import Block, Heading, Inlines, Item, ItemList, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.csl.style import Style
    from northbib.findings import Finding

__all__ = ["SpecimenPage", "specimen_line", "specimen_page"]


@dataclass(frozen=True, slots=True)
class SpecimenPage:
    """A page that is ready to be written in any markup.

    Attributes:
        blocks: Headings, what the style says of itself, citations and entries.
        findings: What the style or the engine could not do.
    """

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()


def specimen_line(style: Style, locale: str | None = None, engine: str = DEFAULT_ENGINE) -> Inlines:
    """Give the entry of one article, or its citation if the style has no bibliography.

    Raises:
        NotFoundError: There is no such locale.
        UsageError: There is no such engine.
    """
    processor = Processor(style, [ARTICLE], locale=locale, engine=engine)
    if style.has_bibliography:
        return processor.entries()[0][1]
    return processor.cite_tree([{"id": ARTICLE["id"]}])


def specimen_page(
    style: Style, locale: str | None = None, engine: str = DEFAULT_ENGINE
) -> SpecimenPage:
    """Show what a style says of itself, and how it cites and lists a work of each type.

    The citations stand in the order of the types, the entries in that of the style. A work that
    the style has nothing to say about has a place without a text.

    Raises:
        NotFoundError: There is no such locale.
        UsageError: There is no such engine.
    """
    processor = Processor(style, SPECIMENS, locale=locale, engine=engine)
    cited = [(item["type"], processor.cite_tree([{"id": item["id"]}])) for item in SPECIMENS]
    blocks: list[Block] = [Heading(1, (Text(style.title),)), _about(style)]
    blocks += [Heading(2, (Text("Citations"),)), ItemList(tuple(_citations(cited)))]
    if style.has_bibliography:
        entries = tuple(Item(id_, content) for id_, content in processor.entries())
        blocks += [Heading(2, (Text("Bibliography"),)), ItemList(entries)]
    return SpecimenPage(tuple(blocks), tuple(processor.warnings))


def _citations(cited: Iterable[tuple[str, Inlines]]) -> Iterable[Item]:
    for type_, content in cited:
        yield Item(f"cited-{type_}", (Text(f"{type_}: "), *content))


def _about(style: Style) -> ItemList:
    """Give what the head of a style says, a line for each thing that it does say."""
    kind = "notes" if style.class_ == "note" else "in the text"
    facts = {
        "Name": style.name,
        "Short title": style.title_short,
        "Id": style.id,
        "Address": style.link if style.link != style.id else "",
        "Parent": style.parent or "",
        "Cites": kind if style.has_bibliography else f"{kind}, and lists nothing",
        "Fields": ", ".join(style.fields),
        "Locale": style.default_locale,
        "Rights": style.rights,
        "Licence": style.licence,
    }
    return ItemList(
        tuple(
            Item(f"style-{label.split()[0].lower()}", link_addresses((Text(f"{label}: {fact}"),)))
            for label, fact in facts.items()
            if fact
        )
    )
