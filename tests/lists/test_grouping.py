"""The groups of a reading list and their headings."""

from __future__ import annotations

import pytest
from few_works import UNDATED, WORKS
from hypothesis import given
from hypothesis import strategies as st
from test_ordering import RECORDS

from northbib.errors import UsageError
from northbib.lists import labels
from northbib.lists.fields import GROUPS
from northbib.lists.grouping import grouped
from northbib.records import Date, Record
from northbib.records.vocabulary import TYPES


def headings(records: list[Record], group: str) -> list[str]:
    return [label for label, _ in grouped(records, group)]


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
    groups = dict(grouped(WORKS, "topic"))
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
    assert grouped(WORKS, "type")[0][1] == [WORKS[4], WORKS[5]]


@pytest.mark.parametrize("group", ["title", "date", "key", "given", "colour"])
def test_a_field_that_makes_no_groups_is_refused(group: str) -> None:
    with pytest.raises(UsageError, match=f"no field '{group}' to group by"):
        grouped(WORKS, group)


def test_every_type_of_csl_has_a_heading() -> None:
    assert set(labels.TYPES) == set(TYPES)
    assert len(set(labels.TYPES.values())) == len(labels.TYPES)


@given(RECORDS, st.sampled_from(sorted(GROUPS)), st.booleans())
def test_every_record_stands_in_some_group(
    records: list[Record], group: str, descending: bool
) -> None:
    groups = grouped(records, f"-{group}" if descending else group)
    assert {id(record) for _, members in groups for record in members} == set(map(id, records))
    assert all(members for _, members in groups)
