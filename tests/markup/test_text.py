"""Plain text: the words, and the addresses that a reader needs."""

from __future__ import annotations

import pytest
from hostile_trees import trees
from hypothesis import given

from northbib.markup.text import write_blocks, write_inline
from northbib.markup.tree import (
    Heading,
    Inlines,
    Item,
    ItemList,
    Link,
    Paragraph,
    Styled,
    Text,
    text_of,
)
from northbib.markup.visible import one_line


def entry(text: str) -> Inlines:
    return (Text(text),)


@given(content=trees)
def test_a_citation_is_its_text(content: Inlines) -> None:
    assert write_inline(content) == one_line(text_of(content))


@pytest.mark.parametrize(
    ("content", "written"),
    [
        (
            (Link("https://a.b/c", (Styled("emphasis", entry("A title")),)), Text(" 2014")),
            "A title 2014 <https://a.b/c>",
        ),
        (
            (
                Link("https://a.b/c", entry("A title")),
                Text(" and "),
                Link("https://a.b/d", entry("D")),
            ),
            "A title and D <https://a.b/c> <https://a.b/d>",
        ),
        ((Link("https://a.b/c", entry("https://a.b/c")), Text(".")), "https://a.b/c."),
        (
            (
                Link("https://a.b/c", entry("A title")),
                Text(". "),
                Link("https://a.b/c", entry("https://a.b/c")),
            ),
            "A title. https://a.b/c",
        ),
        (
            (Link("https://doi.org/10.1086/261763", entry("doi:10.1086/261763")),),
            "doi:10.1086/261763",
        ),
        ((Link("mailto:c@a.b", entry("c@a.b")),), "c@a.b"),
        ((Link("javascript:c", entry("A title")),), "A title"),
    ],
)
def test_an_address_that_the_text_does_not_show_follows_it(content: Inlines, written: str) -> None:
    assert write_blocks((Paragraph(content),)) == f"{written}\n"


def test_blocks() -> None:
    items = (Item("a", entry("A\ntitle")), Item("b", entry("B")))
    blocks = (
        Heading(2, entry("Articles")),
        Heading(3, entry("2014")),
        Paragraph(entry("See also")),
        ItemList(items),
        ItemList(items, ordered=True),
    )
    assert write_blocks(blocks) == (
        "Articles\n========\n\n2014\n----\n\nSee also\n\n- A title\n- B\n\n1. A title\n2. B\n"
    )


def test_nothing_is_written_for_no_blocks() -> None:
    assert write_blocks(()) == ""
    assert write_blocks((Paragraph(()), ItemList(()))) == ""


def test_an_annotation_stands_below_its_entry() -> None:
    annotation = (Paragraph((Text("One."),)), Paragraph((Text("Two."),)))
    items = (Item("a", (Text("A."),), annotation=annotation), Item("b", (Text("B."),)))
    assert write_blocks([ItemList(items)]) == "- A.\n  One.\n  Two.\n- B.\n"
    assert write_blocks([ItemList(items, ordered=True)]).splitlines()[1] == "   One."
