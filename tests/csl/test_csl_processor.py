"""A processor cites clusters and lists all items, in any markup."""

from __future__ import annotations

from typing import Any

import pytest

from northbib.csl import Processor, Style
from northbib.csl.engines import ENGINES, Options, engine
from northbib.csl.locale import choose_locale, locales
from northbib.csl.specimens import ARTICLE as SPECIMEN
from northbib.errors import NotFoundError, UsageError
from northbib.markup.tree import text_of

LEE = SPECIMEN
OSBORNE: dict[str, Any] = {
    "id": "osborne2014powerhouse",
    "type": "speech",
    "title": "We need a Northern powerhouse",
    "author": [{"family": "Osborne", "given": "George"}],
    "issued": {"date-parts": [[2014, 6, 23]]},
    "publisher": "HM Treasury",
    "publisher-place": "Manchester",
}
ACT: dict[str, Any] = {
    "id": "act2011localism",
    "type": "legislation",
    "title": "Localism Act 2011",
    "issued": {"date-parts": [[2011, 11, 15]]},
    "number": "2011 c. 20",
    "URL": "https://www.legislation.gov.uk/ukpga/2011/20/contents",
}
CLUSTERS: dict[str, Any] = {
    "id": "nathan2013agglomeration",
    "type": "article-journal",
    "title": "Agglomeration, clusters, and industrial policy",
    "author": [{"family": "Nathan", "given": "Max"}, {"family": "Overman", "given": "Henry"}],
    "issued": {"date-parts": [[2013]]},
    "container-title": "Oxford Review of Economic Policy",
}


def processor(*items: dict[str, Any], style: str = "apa", **options: Any) -> Processor:
    return Processor(Style.load(style), items, **options)


def test_a_cluster_is_cited_in_each_markup() -> None:
    cluster = [{"id": LEE["id"], "locator": 480, "label": "page", "prefix": "see"}]
    assert processor(LEE).cite(cluster) == "(see Lee, 2017, p. 480)"
    ieee = [{"id": LEE["id"]}]
    assert processor(LEE, style="ieee", to="text").cite(ieee) == "[1]"
    assert processor(LEE, style="ieee", to="markdown").cite(ieee) == r"\[1\]"


def test_prefix_and_suffix_are_rich_text_apart_from_the_cite_by_a_space() -> None:
    cited = processor(LEE).cite([{"id": LEE["id"], "prefix": "<i>cf.</i> ", "suffix": "& more"}])
    assert cited == "(<i>cf.</i> Lee, 2017&amp; more)"
    assert processor(LEE).cite([{"id": LEE["id"], "suffix": "and more"}]) == (
        "(Lee, 2017 and more)"
    )


def test_an_empty_cluster_is_nothing() -> None:
    assert processor(LEE).cite([]) == ""


def test_all_items_are_listed_in_the_order_of_the_style() -> None:
    entries = processor(OSBORNE, LEE).bibliography()
    assert [entry.id for entry in entries] == [LEE["id"], OSBORNE["id"]]
    assert entries[0].text == (
        "Lee, N. (2017). Powerhouse of cards? Understanding the ‘Northern Powerhouse.’ "
        "<i>Regional Studies</i>, <i>51</i>(3), 478–489. "
        '<a href="https://doi.org/10.1080/00343404.2016.1196289" class="northbib-address">'
        "https://doi.org/10.1080/00343404.2016.1196289</a>"
    )


def test_a_numeric_style_sets_its_numbers_apart() -> None:
    assert processor(LEE, style="ieee", to="text").bibliography()[0].text.startswith("[1] N. Lee")


def test_a_title_is_the_link_where_an_entry_shows_no_address() -> None:
    style = "northbib-further-reading"
    assert processor(LEE, style=style).bibliography()[0].text == (
        '<a href="https://doi.org/10.1080/00343404.2016.1196289"><i>Powerhouse of cards? '
        "Understanding the ‘Northern Powerhouse’</i></a> 2017 Regional Studies"
    )
    assert processor(ACT, style=style).bibliography()[0].text.startswith(f'<a href="{ACT["URL"]}">')
    assert "<a" not in processor(OSBORNE, style=style).bibliography()[0].text
    unsafe = {**OSBORNE, "URL": "javascript:alert(1)"}
    assert "javascript" not in processor(unsafe, style=style).bibliography()[0].text


def test_the_first_of_two_items_with_one_id_counts() -> None:
    both = processor(LEE, {**LEE, "title": "Another"}, LEE)
    assert len(both.bibliography()) == 1
    assert "Powerhouse of cards" in both.bibliography()[0].text
    assert [warning.code for warning in both.warnings] == ["duplicate-id"]


def test_ids_differ_by_case_and_may_be_numbers() -> None:
    items = [{**LEE, "id": "A"}, {**OSBORNE, "id": "a"}, {**ACT, "id": 7}]
    cited = processor(*items)
    assert {entry.id for entry in cited.bibliography()} == {"A", "a", "7"}
    assert cited.cite([{"id": "A"}]) == "(Lee, 2017)"
    assert cited.cite([{"id": "a"}]) == "(Osborne, 2014)"
    assert cited.cite([{"id": 7}]) == "(Localism Act 2011, 2011)"


def test_an_item_without_an_id_is_listed_with_a_warning() -> None:
    unnamed = processor({**LEE, "id": None}, OSBORNE)
    assert [entry.id for entry in unnamed.bibliography()] == ["item-1", OSBORNE["id"]]
    assert [warning.code for warning in unnamed.warnings] == ["no-id"]


def test_an_unknown_id_is_answered_with_near_ones() -> None:
    with pytest.raises(NotFoundError, match="did you mean lee2017cards"):
        processor(LEE).cite([{"id": "lee2017card"}])
    with pytest.raises(NotFoundError):
        processor(LEE).cite([{}])


def test_an_unknown_label_markup_engine_and_locale_are_refused() -> None:
    with pytest.raises(UsageError, match="did you mean page"):
        processor(LEE).cite([{"id": LEE["id"], "locator": "1", "label": "pages"}])
    with pytest.raises(UsageError):
        processor(LEE, to="papyrus")
    with pytest.raises(UsageError, match="citeproc-py"):
        engine("no-such-engine")
    with pytest.raises(NotFoundError, match="en-GB"):
        processor(LEE, locale="en-BG")


def test_the_locale_is_the_one_asked_for_else_the_style_s_else_en_us() -> None:
    assert choose_locale("en_gb", "fr-FR") == "en-GB"
    assert choose_locale("de") == "de"
    assert choose_locale(None, "fr-FR") == "fr-FR"
    assert choose_locale(None) == "en-US"
    assert {"en-GB", "de-DE", "zh-CN"} <= set(locales())
    german = processor(CLUSTERS, locale="de", style="chicago-author-date")
    assert german.cite([{"id": CLUSTERS["id"]}]) == "(Nathan und Overman 2013)"


def test_a_style_that_only_cites_lists_its_citations_with_one_warning() -> None:
    style = "bluebook-law-review"
    assert not Style.load(style).has_bibliography
    cites = processor(LEE, OSBORNE, style=style)
    listed = cites.entries()
    cites.entries()
    assert [id_ for id_, _ in listed] == [LEE["id"], OSBORNE["id"]]
    assert all("ibid" not in text_of(tree).lower() for _, tree in listed)
    assert [warning.code for warning in cites.warnings] == ["no-bibliography"]


def test_no_items_make_no_entries() -> None:
    assert processor().bibliography() == []


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_fits_the_protocol(name: str) -> None:
    session = engine(name).session(Style.load("apa"), [LEE], Options("en-US"))
    assert [id_ for id_, _ in session.bibliography()] == [LEE["id"]]
    assert session.warnings == []


def test_a_composite_citation_names_the_author_in_the_text() -> None:
    works = Processor(Style.load("apa"), [LEE], to="text", uncited=[])
    cited = works.cite([{"id": LEE["id"], "mode": "composite", "locator": "480"}])
    assert cited == "Lee (2017, p. 480)"
    assert works.preview([{"id": LEE["id"], "mode": "suppress-author"}]) == "(2017)"
    assert works.preview([{"id": LEE["id"], "mode": "author-only"}]) == "Lee"


def test_an_update_gives_back_what_is_new_or_reads_differently() -> None:
    style = Style.load("chicago-notes-bibliography")
    works = Processor(style, [LEE, OSBORNE], to="text", uncited=[])
    first = {"id": "one", "cites": [{"id": LEE["id"]}], "note": 1}
    again = {"id": "two", "cites": [{"id": LEE["id"]}], "note": 2}
    assert set(works.update([first, again])) == {"one", "two"}
    between = {"id": "new", "cites": [{"id": OSBORNE["id"]}], "note": 2}
    changed = works.update([first, between, {**again, "note": 3}])
    assert "one" not in changed
    assert "new" in changed
    assert set(works.update([{**again, "note": 1}])) == {"two"}
    assert [entry.id for entry in works.bibliography()] == [LEE["id"]]


def test_one_of_several_bibliographies_lists_what_its_test_lets_through() -> None:
    works = Processor(Style.load("apa"), [LEE, OSBORNE], to="text")
    listed = works.bibliography(only=lambda item: item["id"] == LEE["id"])
    assert [entry.id for entry in listed] == [LEE["id"]]


def test_an_unknown_mode_is_refused() -> None:
    works = Processor(Style.load("apa"), [LEE])
    with pytest.raises(UsageError, match="no mode"):
        works.cite([{"id": LEE["id"], "mode": "loudly"}])
    with pytest.raises(UsageError, match="composite"):
        works.update([{"id": "a", "cites": [{"id": LEE["id"], "mode": "composite"}]}])
