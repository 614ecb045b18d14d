"""What a list adds to its entries: links, marks, annotations, an introduction, languages."""

from __future__ import annotations

from typing import Any

import pytest
from few_works import UNDATED, WORKS
from hypothesis import given
from hypothesis import strategies as st

from northbib.lists import ReadingList, list_spec, reading_list, render
from northbib.lists.access import is_open_access
from northbib.lists.linking import LINKS, linked
from northbib.markup.tree import Heading, Item, ItemList, Link, Paragraph, Text, text_of
from northbib.records import Record

LEE, _, CELLAN_JONES, ACT, *_REST = WORKS
ARCHIVED = "https://web.archive.org/web/2014/https://www.bbc.co.uk/news/technology-29737066"


def made(works: list[Record], **options: Any) -> ReadingList:
    return reading_list(works, list_spec({"style": "apa", **options}))


def items(found: ReadingList) -> list[Item]:
    lists = (block for block in found.blocks if isinstance(block, ItemList))
    return [item for one in lists for item in one.items]


def entry(work: Record, **options: Any) -> str:
    """Give an entry as Markdown, where links show."""
    spec = list_spec({"style": "apa", **options})
    return render([work], spec, "markdown").removeprefix("- ").rstrip()


def headings(found: ReadingList) -> list[tuple[int, str]]:
    return [(b.level, text_of(b.content)) for b in found.blocks if isinstance(b, Heading)]


def test_without_a_word_on_links_an_entry_links_what_it_shows() -> None:
    assert entry(LEE).endswith("478–489. <https://doi.org/10.1080/00343404.2016.1196289>")


def test_a_list_says_what_its_entries_link() -> None:
    doi = "https://doi.org/10.1080/00343404.2016.1196289"
    title = "Powerhouse of cards? Understanding the ‘Northern Powerhouse.’"
    none = entry(LEE, links="none")
    assert "](" not in none
    assert f"<{doi}>" not in none
    assert f"[{title}]({doi})" in entry(LEE, links="title")
    both = entry(LEE, links="title,doi")
    assert f"[{title}]({doi})" in both
    assert both.endswith(f"<{doi}>")
    assert entry(LEE, links="doi") == entry(LEE)


def test_an_address_that_the_style_does_not_show_stands_at_the_end() -> None:
    url = CELLAN_JONES.plain("URL")
    house = {"style": "northbib-further-reading"}
    assert entry(CELLAN_JONES, links="url", **house).endswith(f" <{url}>")
    assert entry(LEE, links="doi", **house).endswith(
        " <https://doi.org/10.1080/00343404.2016.1196289>"
    )
    assert entry(CELLAN_JONES, links="doi", **house) == entry(CELLAN_JONES, links="none", **house)
    assert "](" in entry(CELLAN_JONES, **house)


def test_an_archived_copy_is_linked_where_a_list_wants_it() -> None:
    work = CELLAN_JONES.replace(extra={"archiveurl": ARCHIVED})
    assert entry(work) == entry(CELLAN_JONES)
    assert entry(work, links="title,archive").endswith(f"([archived]({ARCHIVED}))")
    assert entry(work, links="archive", locale="de-DE").endswith(f"([archiviert]({ARCHIVED}))")
    assert "archived" not in entry(CELLAN_JONES, links="archive")
    bad = CELLAN_JONES.replace(extra={"archiveurl": "javascript:alert(1)"})
    assert "archived" not in entry(bad, links="archive")


@pytest.mark.parametrize(
    ("extra", "licence", "is_open"),
    [
        ({}, "", False),
        ({"oa": "yes"}, "", True),
        ({"oa": "gold"}, "", True),
        ({"openaccess": "true"}, "", True),
        ({"access": "Open Access"}, "", True),
        ({"oa": "closed"}, "https://creativecommons.org/licenses/by/4.0/", False),
        ({"access": "restricted"}, "", False),
        ({}, "https://creativecommons.org/licenses/by-nc-nd/4.0/", True),
        ({}, "http://www.creativecommons.org/publicdomain/zero/1.0/", True),
        ({}, "CC BY-SA 4.0", True),
        ({}, "CC0", True),
        ({}, "Open Government Licence v3.0", True),
        ({}, "https://www.elsevier.com/tdm/userlicense/1.0/", False),
        ({}, "https://example.org/creativecommons.org/", False),
        ({}, "All rights reserved", False),
        ({}, "ACC0UNT", False),
    ],
)
def test_a_work_is_marked_as_open_where_its_record_says_so(
    extra: dict[str, str], licence: str, is_open: bool
) -> None:
    values = dict(LEE.values) | ({"license": licence} if licence else {})
    work = LEE.replace(values=values, extra=extra)
    assert is_open_access(work) is is_open
    assert entry(work, oa=True).endswith("(open access)") is is_open
    assert "open access" not in entry(work)


def test_an_annotation_stands_below_its_entry() -> None:
    own = LEE.replace(values=dict(LEE.values) | {"annote": "Read <i>first</i>."})
    assert items(made([own]))[0].annotation == ()
    (item,) = items(made([own], annotate=True))
    assert [text_of(paragraph.content) for paragraph in item.annotation] == ["Read first."]
    assert "*first*" in render([own], list_spec({"annotate": True}), "markdown")


def test_a_note_of_the_list_wins_over_the_work_s_own_annotation() -> None:
    own = LEE.replace(
        values=dict(LEE.values) | {"annote": "Its own."}, extra={"ids": "lee2017, leecards"}
    )
    for key in ("lee2017cards", "LEE2017CARDS", "leecards"):
        (item,) = items(made([own], annotate=True, notes={key: "One.\n\nTwo."}))
        assert [text_of(each.content) for each in item.annotation] == ["One.", "Two."]
    other, act = items(made([own, ACT], annotate=True, notes={ACT.key: "A note."}))
    assert [text_of(each.content) for each in other.annotation] == ["Its own."]
    assert [text_of(each.content) for each in act.annotation] == ["A note."]
    (item,) = items(made([own], notes={"other": "A note."}))
    assert item.annotation == ()


def test_a_style_that_annotates_by_itself_does_not_say_it_twice() -> None:
    own = LEE.replace(values=dict(LEE.values) | {"annote": "Read it first."})
    alone, both = (items(made([own], style="bibtex", annotate=each))[0] for each in (False, True))
    assert "Read it first." in text_of(alone.content)
    assert "Read it first." not in text_of(both.content)
    assert [text_of(each.content) for each in both.annotation] == ["Read it first."]


def test_an_introduction_stands_before_a_list_that_has_entries() -> None:
    found = made(WORKS, intro="Begin <i>here</i>: https://www.gov.uk/ *x*", group="type")
    first = found.blocks[0]
    assert isinstance(first, Paragraph)
    assert text_of(first.content) == "Begin here: https://www.gov.uk/ *x*"
    assert any(isinstance(node, Link) for node in first.content)
    assert isinstance(found.blocks[1], Heading)
    assert made([], intro="Begin here").blocks == ()


def test_the_language_of_a_work_is_a_tag_or_nothing() -> None:
    for given_, tag in {"cy": "cy", "en_GB": "en-GB", "Klingon language": "", "": ""}.items():
        (item,) = items(made([UNDATED.replace(values={"title": "T", "language": given_})]))
        assert item.language == tag


def test_nested_groups_have_headings_one_level_deeper_each() -> None:
    found = made(WORKS, group="decade,type", order="2010s,legislation", level=2)
    assert headings(found)[:3] == [(2, "2010s"), (3, "Acts and other legislation"), (3, "Books")]
    groups = [block.group for block in found.blocks if isinstance(block, Heading)]
    assert groups[:2] == [("2010s",), ("2010s", "Acts and other legislation")]
    assert found.entries == 6


def test_a_limit_of_groups_leaves_no_mark_of_what_it_cut_off() -> None:
    twin = LEE.replace(key="lee2017other", values=dict(LEE.values) | {"title": "Another title"})
    found = made([LEE, twin], group="type", limit_per_group=1)
    assert [text_of(item.content)[:14] for item in items(found)] == ["Lee, N. (2017)"]
    assert "2017a" in text_of(items(made([LEE, twin]))[0].content)
    sorted_ = made([LEE, twin], group="type", limit_per_group=1, sort="-title")
    assert [item.key for item in items(sorted_)] == ["lee2017cards"]


def test_a_limit_of_groups_counts_in_each_of_several_topics() -> None:
    found = made(WORKS, group="topic", limit_per_group=1, sort="year")
    lists = [block for block in found.blocks if isinstance(block, ItemList)]
    assert [one.items[0].key for one in lists] == [
        "cellanjones2014northern",
        "sandford2009veto",
        "act2011localism",
        "sandford2009veto",
        "lee2016serc",
        "hatherley2010ruins",
        "cellanjones2014northern",
    ]


def test_the_alphabet_is_that_of_the_list_s_language() -> None:
    works = [Record(t, "book", {"title": t}) for t in ("Öl", "Zug", "Ofen")]
    assert [item.key for item in items(made(works, sort="title", locale="de-DE"))] == [
        "Ofen",
        "Öl",
        "Zug",
    ]
    assert [item.key for item in items(made(works, sort="title", locale="sv-SE"))] == [
        "Ofen",
        "Zug",
        "Öl",
    ]


@given(st.lists(st.sampled_from(LINKS[:-1]), unique=True), st.booleans())
def test_links_are_put_in_once_and_for_all(links: list[str], has_url: bool) -> None:
    work = CELLAN_JONES if has_url else LEE
    content = (Text(f"{work.title}. "), Link(work.url, (Text(work.url),)))
    once = linked(content, work, links)
    assert linked(once, work, links) == once
    assert text_of(linked(once, work, ["none"])) == text_of(once)
