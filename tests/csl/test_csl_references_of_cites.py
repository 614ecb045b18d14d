"""A cite with a place of its own leads to the entry of its work, and reads as it would without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from northbib.csl import Processor, Style
from northbib.markup.tree import Reference, Styled, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.markup.tree import Inlines

STYLES = (
    "apa",
    "ieee",
    "nature",
    "chicago-notes",
    "chicago-author-date",
    "harvard-cite-them-right",
)
ITEMS: list[dict[str, Any]] = [
    {
        "id": key,
        "type": "book",
        "title": f"“{title}”",
        "author": [{"family": "Berry", "given": "Craig"}],
        "issued": {"date-parts": [[2018]]},
    }
    for key, title in (("a", "One"), ("b", "Two"), ("c", "Three"), ("d", "Four"))
]
CLUSTERS: list[list[dict[str, Any]]] = [
    [{"id": "a", "prefix": "see ", "locator": "3"}],
    [{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d", "suffix": " and more"}],
    [{"id": "b", "mode": "suppress-author"}],
    [{"id": "b"}],
]


def references(tree: Inlines) -> Iterator[Reference]:
    for node in tree:
        if isinstance(node, Reference):
            yield node
        elif isinstance(node, Styled):
            yield from references(node.children)


def cited(style: str, *, anchored: bool) -> list[Inlines]:
    processor = Processor(Style.load(style), ITEMS, uncited=[])
    clusters = [
        {
            "id": str(number),
            "note": number,
            "cites": [
                cite | ({"anchor": f"cite-{number}-{cite['id']}"} if anchored else {})
                for cite in cluster
            ],
        }
        for number, cluster in enumerate(CLUSTERS, 1)
    ]
    return list(processor.update_trees(clusters).values())


@pytest.mark.parametrize("style", STYLES)
def test_a_reference_changes_nothing_of_the_text(style: str) -> None:
    plain, anchored = cited(style, anchored=False), cited(style, anchored=True)
    assert [text_of(tree) for tree in anchored] == [text_of(tree) for tree in plain]
    assert not any(list(references(tree)) for tree in plain)


@pytest.mark.parametrize("style", STYLES)
def test_each_shown_cite_leads_to_its_entry(style: str) -> None:
    for number, tree in enumerate(cited(style, anchored=True), 1):
        found = list(references(tree))
        assert found
        assert all(each.id == f"cite-{number}-{each.key}" for each in found)
        assert all("see" not in text_of(each.children) for each in found)
