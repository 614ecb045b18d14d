"""Reading lists and citations: records in, blocks out."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from few_works import UNDATED, WORKS

from northbib.errors import NotFoundError, UsageError
from northbib.lists import ListSpec, ReadingList, cite, list_spec, reading_list, render
from northbib.markup.tree import Heading, ItemList, text_of


def spec(**options: object) -> ListSpec:
    return list_spec({"style": "apa", **options})


def keys(found: ReadingList) -> list[str]:
    return [
        item.key for block in found.blocks if isinstance(block, ItemList) for item in block.items
    ]


def headings(found: ReadingList) -> list[tuple[int, str]]:
    return [(b.level, text_of(b.content)) for b in found.blocks if isinstance(b, Heading)]


def test_without_a_sort_the_list_stands_in_the_style_s_own_order() -> None:
    assert keys(reading_list(WORKS, spec())) == [
        "cellanjones2014northern",
        "hatherley2010ruins",
        "lee2016serc",
        "lee2017cards",
        "act2011localism",
        "sandford2009veto",
    ]


def test_a_sort_overrules_the_style() -> None:
    assert keys(reading_list(WORKS, spec(sort=("-year",)))) == [
        "lee2017cards",
        "lee2016serc",
        "cellanjones2014northern",
        "act2011localism",
        "hatherley2010ruins",
        "sandford2009veto",
    ]
    assert keys(reading_list(WORKS, spec(sort=("given",)))) == [work.key for work in WORKS]


def test_groups_have_headings_of_the_level_asked_for() -> None:
    found = reading_list(WORKS, spec(group="decade", level=4))
    assert headings(found) == [(4, "2000s"), (4, "2010s")]
    assert len(found.blocks) == 4


def test_a_work_under_several_topics_counts_once() -> None:
    found = reading_list(WORKS, spec(group="topic"))
    assert len(keys(found)) == 12
    assert found.entries == 6


def test_a_limit_takes_the_first_of_the_list_s_order() -> None:
    assert keys(reading_list(WORKS, spec(limit=2))) == [
        "cellanjones2014northern",
        "hatherley2010ruins",
    ]
    assert keys(reading_list(WORKS, spec(sort=("-year",), limit=1))) == ["lee2017cards"]
    assert len(keys(reading_list(WORKS, spec(limit=99)))) == 6
    found = reading_list(WORKS, spec(sort=("-year",), limit=3, group="year"))
    assert headings(found) == [(3, "2014"), (3, "2016"), (3, "2017")]


def test_a_style_that_numbers_counts_up_through_sort_and_groups() -> None:
    for options in ({}, {"group": "type"}, {"sort": ("title",)}, {"group": "-year", "limit": 4}):
        found = reading_list(WORKS, spec(style="ieee", **options))
        entries = [
            text_of(item.content)
            for block in found.blocks
            if isinstance(block, ItemList)
            for item in block.items
        ]
        assert [entry.split("]")[0] for entry in entries] == [
            f"[{number}" for number in range(1, len(entries) + 1)
        ]


def test_an_ordered_list_is_numbered_in_every_markup() -> None:
    one = [WORKS[3]]
    assert render(one, spec(ordered=True), "markdown").startswith("1. Localism Act 2011")
    assert render(one, spec(ordered=True), "html").startswith("<ol")
    assert render(one, spec(), "markdown").startswith("- Localism Act 2011")


def test_no_records_make_no_blocks() -> None:
    assert reading_list([], spec(group="year")) == ReadingList(())
    assert render([], spec(), "html") == ""


def test_two_different_records_of_one_key_are_said() -> None:
    other = WORKS[0].replace(key="act2011localism")
    found = reading_list([WORKS[3], WORKS[3], other], spec())
    assert keys(found) == ["act2011localism"]
    assert [(finding.code, finding.key) for finding in found.findings] == [
        ("duplicate-key", "act2011localism")
    ]
    assert reading_list([WORKS[3], WORKS[3]], spec()).findings == ()


def test_records_without_a_key_are_all_listed() -> None:
    nameless = [WORKS[0].replace(key=""), WORKS[3].replace(key="")]
    assert reading_list(nameless, spec()).entries == 2


def test_a_record_with_hardly_anything_is_listed_all_the_same() -> None:
    assert "A title" in render([UNDATED], spec(group="year"), "markdown")


def test_a_locale_changes_the_words_of_the_style() -> None:
    assert "October" in render([WORKS[2]], spec(), "text")
    assert "Oktober" in render([WORKS[2]], spec(locale="de-DE"), "text")


def test_a_citation_holds_all_records_in_one_cluster() -> None:
    citation = cite(WORKS[:2], spec())
    assert text_of(citation.content) == "(Lee, 2016, 2017)"
    assert citation.findings == ()


def test_what_is_not_there_is_an_error() -> None:
    with pytest.raises(NotFoundError, match="no style 'appa'"):
        reading_list(WORKS, spec(style="appa"))
    with pytest.raises(NotFoundError):
        reading_list(WORKS, spec(locale="xx-XX"))
    with pytest.raises(UsageError):
        reading_list(WORKS, spec(engine="none"))
    with pytest.raises(UsageError):
        render(WORKS, spec(), "papyrus")


@pytest.mark.parametrize(
    "options", [{"sort": ("colour",)}, {"group": "title"}, {"level": 0}, {"level": 7}, {"limit": 0}]
)
def test_a_spec_that_makes_no_sense_is_refused(options: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        spec(**options)


def test_importing_lists_loads_no_engine() -> None:
    code = (
        "import sys, northbib.lists\n"
        "print([m for m in ('lxml', 'citeproc', 'requests', 'rich') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


REPEATING = """
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>T</title><id>t</id><updated>2026-11-23T00:00:00Z</updated></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography subsequent-author-substitute="———">
<sort><key variable="author"/><key variable="issued"/></sort>
<layout><names variable="author"/><text variable="title" prefix=" "/></layout>
</bibliography></style>
"""


@pytest.mark.parametrize(
    ("options", "authors"),
    [
        ({}, ["Neil Lee", "———"]),
        ({"sort": ("-date",)}, ["Neil Lee", "———"]),
        ({"group": "type"}, ["Neil Lee", "Neil Lee"]),
    ],
)
def test_a_repeated_author_is_one_that_follows_himself_in_the_list(
    options: dict[str, Any], authors: list[str]
) -> None:
    works = [work for work in WORKS if work.key in ("lee2017cards", "lee2016serc")]
    found = reading_list(works, list_spec({"style": REPEATING, **options}))
    lists = [block for block in found.blocks if isinstance(block, ItemList)]
    texts = [text_of(item.content) for one in lists for item in one.items]
    assert [text.partition(" Powerhouse")[0] for text in texts] == authors
