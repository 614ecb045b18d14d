"""A specimen shows one work of each type: real where the collection has one, else plainly not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from northbib import csl
from northbib.bibtex import Document, records
from northbib.csl.engines import ENGINES
from northbib.csl.items import read_item
from northbib.csl.specimen import specimen_line, specimen_page
from northbib.csl.specimens import SPECIMENS, is_made_up
from northbib.markup import MARKUPS, writer
from northbib.markup.tree import ItemList, text_of
from northbib.records import plain
from northbib.records.vocabulary import TYPES

if TYPE_CHECKING:
    from pathlib import Path


def test_there_is_one_work_of_each_type() -> None:
    assert [item["type"] for item in SPECIMENS] == sorted(TYPES)
    assert len({item["id"] for item in SPECIMENS}) == len(TYPES)


@pytest.mark.parametrize("item", SPECIMENS, ids=lambda item: str(item["id"]))
def test_a_specimen_is_sound_csl_json(item: dict[str, object]) -> None:
    record, warnings = read_item(item)
    assert warnings == []
    assert record.to_csl() == item


def test_real_works_are_as_the_collection_has_them(root: Path) -> None:
    known = {
        record.key: record.to_csl()
        for path in sorted((root / "bibliographies").glob("*.bib"))
        for _, record in records(Document.parse(path.read_bytes()))
    }
    types = {str(item["type"]) for item in known.values()}
    for item in SPECIMENS:
        assert is_made_up(item) is (item["type"] not in types)
        if not is_made_up(item):
            there = known[item["id"]]
            for variable, value in item.items():
                found = there[variable]
                assert (plain(found) if isinstance(found, str) else found) == value


def test_what_is_made_up_claims_no_address() -> None:
    for item in SPECIMENS:
        if is_made_up(item):
            assert not {"DOI", "URL", "ISBN", "ISSN"} & item.keys()
            assert item["title"].startswith("Title of ")


def test_a_line_is_one_work_in_the_style() -> None:
    assert text_of(specimen_line(csl.Style.load("northbib-further-reading"))) == (
        "Powerhouse of cards? Understanding the ‘Northern Powerhouse’ 2017 Regional Studies"
    )
    assert text_of(specimen_line(csl.Style.load("apa"), "en-GB")).startswith("Lee, N. (2017).")
    assert "Lee" in text_of(specimen_line(csl.Style.load("bluebook-law-review")))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["apa", "ieee", "oscola", "2d-materials", "bluebook-law-review"])
def test_a_page_cites_and_lists_each_work(name: str, engine: str) -> None:
    style = csl.Style.load(name)
    about, *lists = [
        block for block in specimen_page(style, engine=engine).blocks if isinstance(block, ItemList)
    ]
    assert f"Id: {style.id}" in [text_of(item.content) for item in about.items]
    keys = [{item.key for item in one.items} for one in lists]
    assert keys[0] == {f"cited-{type_}" for type_ in TYPES}
    assert keys[1:] == ([{item["id"] for item in SPECIMENS}] if style.has_bibliography else [])
    assert any("Lee" in text_of(item.content) for item in lists[-1].items) or engine != "native"


@pytest.mark.parametrize("markup", MARKUPS)
def test_a_page_can_be_written_in_every_markup(markup: str) -> None:
    page = specimen_page(csl.Style.load("modern-language-association"), "de-DE")
    text = writer(markup).write_blocks(page.blocks)
    assert text.count("Regional Studies") >= 1
    assert "Title of a map" in text


def test_the_locale_of_a_page_can_be_chosen() -> None:
    page = specimen_page(csl.Style.load("apa"), "fr-FR")
    assert "janvier" in writer("text").write_blocks(page.blocks)
