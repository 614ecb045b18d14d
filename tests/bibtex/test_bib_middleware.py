"""bibtexparser's middleware on a document: it changes values, and nothing else in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bibtexparser import middlewares
from bibtexparser.middlewares.middleware import BlockMiddleware

from northbib.bibtex import Document, apply_middleware
from northbib.errors import UsageError

if TYPE_CHECKING:
    from bibtexparser import model
    from bibtexparser.library import Library

SOURCE = """% kept
@string{city = {Leeds}}
@Article(one,  Title = "A " # city,
    month=jan , author = {Ann One and Two, Bob},)

@book{two, title={B}, month = {3}}
"""


def parsed() -> Document:
    return Document.parse(SOURCE)


def test_only_the_values_that_a_middleware_changes_are_written() -> None:
    document = parsed()
    assert apply_middleware(document, [middlewares.MonthIntMiddleware()]) == ["one"]
    assert document.to_bytes().decode() == SOURCE.replace("month=jan", "month={1}")


def test_only_the_entries_of_the_keys_are_given_to_it() -> None:
    document = parsed()
    names = [
        middlewares.SeparateCoAuthors(),
        middlewares.SplitNameParts(),
        middlewares.MergeNameParts("last"),
        middlewares.MergeCoAuthors(),
    ]
    assert apply_middleware(document, names, ["one"]) == ["one"]
    assert document["one"]["author"] == "One, Ann and Two, Bob"
    assert document.to_bytes().decode() == SOURCE.replace("Ann One", "One, Ann")


def test_a_middleware_of_ones_own_may_add_and_remove_fields_and_change_type_and_key() -> None:
    class Own(BlockMiddleware):
        def transform_entry(self, entry: model.Entry, library: Library) -> model.Entry:
            entry.pop("month")
            entry["note"] = "seen"
            entry.entry_type = "misc"
            entry.key = f"{entry.key}-new"
            return entry

    document = parsed()
    assert apply_middleware(document, [Own()], ["two"]) == ["two-new"]
    entry = document["two-new"]
    assert (entry.type, dict(entry)) == ("misc", {"title": "B", "note": "seen"})


def test_what_leaves_no_text_is_refused_with_the_field_and_the_key() -> None:
    with pytest.raises(UsageError, match="no text in author of one"):
        apply_middleware(parsed(), [middlewares.SeparateCoAuthors()])


def test_a_key_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        apply_middleware(parsed(), [], ["three"])
