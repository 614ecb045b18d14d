"""The groups of a reading list and their headings."""

from __future__ import annotations

import pytest
from few_works import UNDATED, WORKS
from hypothesis import given
from hypothesis import strategies as st
from test_ordering import RECORDS

from northbib.csl.locale import locales
from northbib.errors import UsageError
from northbib.lists import labels
from northbib.lists.fields import GROUPS
from northbib.lists.grouping import Branch, check_order, cut, grouped, leaves
from northbib.lists.words import Words
from northbib.records import Date, Record
from northbib.records.vocabulary import TYPES

ENGLISH = Words()
ORDERS = st.lists(st.sampled_from(["book", "2014", "English", "Reports", "x", "other"]), max_size=3)


def headings(records: list[Record], group: str, *order: str, words: Words = ENGLISH) -> list[str]:
    return [branch.label for branch in grouped(records, group.split(","), order, words)]


def outline(branches: tuple[Branch, ...], depth: int = 0) -> list[str]:
    """Give the headings of all groups, indented by a space for each level."""
    found: list[str] = []
    for branch in branches:
        found += [" " * depth + branch.label, *outline(branch.branches, depth + 1)]
    return found


def test_years_stand_from_the_oldest_and_with_a_minus_from_the_newest() -> None:
    years = ["2009", "2010", "2011", "2014", "2016", "2017"]
    assert headings([UNDATED, *WORKS], "year") == [*years, "Undated"]
    assert headings([UNDATED, *WORKS], "-year") == [*years[::-1], "Undated"]


def test_decades_have_a_name() -> None:
    assert headings(WORKS, "decade") == ["2000s", "2010s"]
    antique = [Record("a", "book", {"issued": Date.parse("-0043")})]
    assert headings(antique, "decade") == ["40s BC"]
    assert headings(antique, "year") == ["44 BC"]


def test_types_stand_in_one_fixed_order_under_plural_names() -> None:
    assert headings(WORKS, "type") == [
        "Books",
        "Journal articles",
        "News articles",
        "Reports",
        "Acts and other legislation",
    ]


def test_a_work_with_several_topics_stands_under_each() -> None:
    groups = {branch.label: branch.works for branch in grouped(WORKS, ["topic"])}
    assert list(groups) == [
        "Agglomeration",
        "English devolution",
        "Metro mayors",
        "Northern identity",
        "Northern powerhouse",
        "Regeneration",
        "Tech clusters",
    ]
    assert [w.key for w in groups["Northern identity"]] == [
        "sandford2009veto",
        "hatherley2010ruins",
    ]
    assert [w.key for w in groups["English devolution"]] == ["act2011localism", "sandford2009veto"]


@pytest.mark.parametrize(
    ("topic", "heading"),
    [
        ("uk-nations", "UK nations"),
        ("english-devolution", "English devolution"),
        ("the-uk-and-the-eu", "The UK and the EU"),
        ("hs2", "HS2"),
        ("r&d", "R&D"),
        ("funding-of-R&D", "Funding of R&D"),
        ("uk/eu trade", "UK/EU trade"),
        ("north_of_england", "North of england"),
        ("Northern Powerhouse", "Northern Powerhouse"),
        ("suki", "Suki"),
        ("what it's worth", "What it's worth"),
        ("", ""),
    ],
)
def test_a_topic_becomes_a_heading_with_its_acronyms_in_capitals(topic: str, heading: str) -> None:
    assert labels.topic_label(topic) == heading


def test_what_has_none_stands_under_other_at_the_end() -> None:
    for group in ("topic", "-topic", "author", "container", "publisher", "language"):
        assert headings([UNDATED, *WORKS], group)[-1] == "Other"


def test_authors_stand_by_their_index_form() -> None:
    assert headings(WORKS, "author") == [
        "Cellan-Jones, Rory",
        "Hatherley, Owen",
        "Lee, Neil",
        "Sandford, Mark",
        "United Kingdom",
    ]


def test_languages_have_names_whatever_their_region() -> None:
    tags = ("en-GB", "en", "cy", "tlh")
    records = [Record(tag, "book", {"language": tag}) for tag in tags]
    assert headings(records, "language") == ["English", "tlh", "Welsh"]


def test_records_keep_their_order_within_a_group() -> None:
    assert grouped(WORKS, ["type"])[0].works == (WORKS[4], WORKS[5])


@pytest.mark.parametrize("group", ["title", "date", "key", "given", "DOI", "colour"])
def test_a_field_that_makes_no_groups_is_refused(group: str) -> None:
    with pytest.raises(UsageError, match=f"no field '{group}' to group by"):
        grouped(WORKS, [group])


def test_every_type_of_csl_has_a_heading() -> None:
    assert set(labels.TYPES) == set(TYPES)
    assert len(set(labels.TYPES.values())) == len(labels.TYPES)


def test_groups_stand_inside_each_other() -> None:
    assert outline(grouped(WORKS, ["decade", "-type"])) == [
        "2000s",
        " Books",
        "2010s",
        " Acts and other legislation",
        " Reports",
        " News articles",
        " Journal articles",
        " Books",
    ]


def test_any_field_of_biblatex_or_csl_makes_groups() -> None:
    assert headings(WORKS, "journaltitle") == ["BBC News", "Regional Studies", "Other"]
    assert headings(WORKS, "container-title") == ["BBC News", "Regional Studies", "Other"]
    assert headings(WORKS, "institution")[0] == "Manchester University Press"
    assert headings(WORKS, "editor") == ["Sandford, Mark", "Other"]
    assert headings(WORKS, "volume") == ["51", "Other"]
    assert headings(WORKS, "keywords") == headings(WORKS, "topic")
    assert headings([Record("a", "book", {"language": "cy"})], "langid") == ["Welsh"]
    dated = [Record("a", "speech", {"event-date": Date.parse("2014-06-23")})]
    assert headings(dated, "eventdate") == ["2014"]
    evident = [Record("a", "book", extra={"confidence": "high"}), UNDATED]
    assert headings(evident, "confidence") == ["high", "Other"]


def test_a_field_that_is_misspelt_comes_with_near_ones() -> None:
    with pytest.raises(UsageError) as caught:
        grouped(WORKS, ["jurnaltitle"])
    assert (caught.value.hint or "").startswith("did you mean journaltitle")


def test_volumes_stand_by_their_number() -> None:
    volumes = [Record(n, "book", {"volume": n}) for n in ("10", "9", "1")]
    assert headings(volumes, "volume") == ["1", "9", "10"]


def test_named_groups_stand_first_and_other_last() -> None:
    order = ("report", "Books", "article-newspaper")
    assert headings([UNDATED, *WORKS], "type", *order) == [
        "Reports",
        "Books",
        "News articles",
        "Journal articles",
        "Acts and other legislation",
        "Documents",
    ]
    assert headings([UNDATED, *WORKS], "year", "2014", "2009")[:3] == ["2014", "2009", "2010"]
    assert headings([UNDATED, *WORKS], "-year", "2014")[-2:] == ["2009", "Undated"]
    assert headings(WORKS, "topic", "northern-identity", "tech clusters")[:3] == [
        "Northern identity",
        "Tech clusters",
        "Agglomeration",
    ]
    assert headings(WORKS, "author", "Lee, Neil", "hatherley")[:2] == [
        "Lee, Neil",
        "Hatherley, Owen",
    ]


def test_a_type_of_biblatex_puts_all_that_it_stands_for_first() -> None:
    online = [Record(type_, type_) for type_ in ("book", "webpage", "post")]
    assert headings(online, "type", "online") == ["Posts", "Web pages", "Books"]


def test_an_order_counts_at_every_level() -> None:
    groups = grouped(WORKS, ["decade", "type"], ["2010s", "legislation"])
    assert outline(groups)[:2] == ["2010s", " Acts and other legislation"]


def test_the_innermost_groups_are_cut_off() -> None:
    groups = cut(grouped(WORKS, ["decade", "topic"]), 1)
    assert all(len(one.works) == 1 for one in leaves(groups))


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("de-DE", ["Bücher", "Zeitschriftenartikel", "Berichte", "Karten", "Ohne Datum", "2010er"]),
        (
            "fr-FR",
            ["Livres", "Articles de revue", "Rapports", "Sans date", "Années 2010"],
        ),
        ("cy-GB", ["Llyfrau", "Erthyglau cyfnodolion", "Adroddiadau"]),
        ("it-IT", ["Libri", "Articolo di rivista"]),
        ("hr-HR", ["2010–2019"]),
        ("en-GB", ["Books", "Journal articles", "Reports", "Maps", "Undated", "2010s"]),
    ],
)
def test_headings_are_in_the_language_of_the_list(locale: str, expected: list[str]) -> None:
    words = Words(locale)
    types = ("book", "article-journal", "report", "map")
    records = [Record(t, t, {"issued": Date.parse("2014")}) for t in types]
    said = headings(records, "type", words=words)
    said += headings([*records, UNDATED], "decade", words=words)
    assert set(expected) <= set(said)


def test_every_locale_has_a_word_for_everything() -> None:
    for locale in locales():
        words = Words(locale)
        assert all((words.other, words.undated, words.open_access, words.archived))
        assert all(words.type(type_) for type_ in TYPES)
        assert words.decade(2010)
        assert words.year(-43)


@given(RECORDS, st.sampled_from(sorted(GROUPS)), st.booleans())
def test_every_record_stands_in_some_group(
    records: list[Record], group: str, descending: bool
) -> None:
    groups = grouped(records, [f"-{group}" if descending else group])
    assert {id(record) for one in groups for record in one.works} == set(map(id, records))
    assert all(one.works for one in groups)


@given(RECORDS, st.lists(st.sampled_from(sorted(GROUPS)), min_size=1, max_size=3), ORDERS)
def test_no_group_loses_a_record_and_orders_only_move_groups(
    records: list[Record], group: list[str], order: list[str]
) -> None:
    plain, moved = grouped(records, group), grouped(records, group, order)
    for groups in (plain, moved):
        found = {id(record) for one in leaves(groups) for record in one.works}
        assert found == set(map(id, records))
    assert sorted(outline(plain)) == sorted(outline(moved))


def test_an_order_has_to_name_types_where_the_groups_are_types() -> None:
    check_order(["type"], ["report", "Books", "online", "Berichte"])
    check_order(["type"], ["Articolo di rivista"], "it-IT")
    check_order(["topic"], ["anything"])
    with pytest.raises(UsageError, match="no type 'Reprots'"):
        check_order(["type"], ["Reprots"])
    with pytest.raises(UsageError, match="no type 'reprot'") as caught:
        check_order(["-type"], ["book", "reprot"])
    assert "report" in (caught.value.hint or "")
    with pytest.raises(UsageError, match="needs groups"):
        check_order([], ["book"])
