"""The table of markups."""

from __future__ import annotations

import pytest

from northbib.errors import UsageError
from northbib.markup import MARKUPS, writer
from northbib.markup.tree import Item, ItemList, Styled, Text


@pytest.mark.parametrize("markup", MARKUPS)
def test_every_markup_writes_citations_and_lists(markup: str) -> None:
    content = (Styled("emphasis", (Text("A title"),)),)
    assert "A title" in writer(markup).write_inline(content)
    written = writer(markup).write_blocks((ItemList((Item("a", content),)),))
    assert "A title" in written
    assert written.endswith("\n")
    assert not written.endswith("\n\n")
    assert writer(markup).write_blocks(()) == ""


@pytest.mark.parametrize("markup", ["wiki", "", "tree", "visible", "../html"])
def test_an_unknown_markup_is_named_beside_the_known_ones(markup: str) -> None:
    with pytest.raises(UsageError) as caught:
        writer(markup)
    assert repr(markup) in str(caught.value)
    assert all(known in str(caught.value) for known in MARKUPS)
