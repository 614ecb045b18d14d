"""The order in which a reading list stands."""

from __future__ import annotations

import itertools

import pytest
from few_works import UNDATED, WORKS
from hypothesis import given
from hypothesis import strategies as st

from northbib.errors import UsageError
from northbib.lists.fields import FIELDS
from northbib.lists.ordering import ordered
from northbib.lists.words import Words
from northbib.records import Date, Name, Record


def keys(records: list[Record]) -> list[str]:
    return [record.key for record in records]


def titled(*titles: str) -> list[Record]:
    return [Record(key=str(n), type="book", values={"title": t}) for n, t in enumerate(titles)]


def test_years_go_up_and_with_a_minus_down() -> None:
    up = [record.year for record in ordered(WORKS, ["year"])]
    down = [record.year for record in ordered(WORKS, ["-year"])]
    assert up == [2009, 2010, 2011, 2014, 2016, 2017]
    assert down == up[::-1]


def test_several_fields_count_in_their_order() -> None:
    assert keys(ordered(WORKS, ["type", "-year"])) == [
        "hatherley2010ruins",
        "sandford2009veto",
        "lee2017cards",
        "cellanjones2014northern",
        "lee2016serc",
        "act2011localism",
    ]


def test_equal_records_stand_by_author_and_date() -> None:
    assert keys(ordered(WORKS, ["topic"]))[-2:] == ["hatherley2010ruins", "cellanjones2014northern"]
    assert keys(ordered(WORKS, ["author"]))[2:4] == ["lee2016serc", "lee2017cards"]


def test_a_book_without_author_is_filed_by_its_editor() -> None:
    names = keys(ordered(WORKS, ["author"]))
    assert names == [
        "cellanjones2014northern",
        "hatherley2010ruins",
        "lee2016serc",
        "lee2017cards",
        "sandford2009veto",
        "act2011localism",
    ]


def test_titles_are_filed_without_their_article() -> None:
    assert keys(ordered(WORKS, ["title"])) == [
        "cellanjones2014northern",
        "hatherley2010ruins",
        "act2011localism",
        "sandford2009veto",
        "lee2016serc",
        "lee2017cards",
    ]


def test_case_accents_and_leading_quotation_marks_do_not_count() -> None:
    records = titled("Zebra", "Éclair", "“Apple”", "the “Dog”", "banana", "A")
    assert [r.title for r in ordered(records, ["title"])] == [
        "A",
        "“Apple”",
        "banana",
        "the “Dog”",
        "Éclair",
        "Zebra",
    ]


def test_what_has_no_value_comes_last_in_both_directions() -> None:
    for sort in (["year"], ["-year"], ["author"], ["-author"], ["container"], ["language"]):
        assert keys(ordered([UNDATED, *WORKS], sort))[-1] == "undated"


def test_given_keeps_the_order_and_minus_given_turns_it_round() -> None:
    assert ordered(WORKS, ["given"]) == WORKS
    assert ordered(WORKS, ["-given"]) == WORKS[::-1]
    assert ordered(WORKS, ["given", "year"]) == WORKS
    by_type = keys(ordered(WORKS, ["type", "given"]))
    assert by_type[:2] == ["sandford2009veto", "hatherley2010ruins"]


def test_days_within_a_year_count_for_date_only() -> None:
    late = Record("a", "report", {"issued": Date.parse("2014-12-01"), "title": "B"})
    early = Record("b", "report", {"issued": Date.parse("2014-01-01"), "title": "C"})
    assert keys(ordered([late, early], ["-date"])) == ["a", "b"]
    assert keys(ordered([late, early], ["-year"])) == ["b", "a"]  # equal years: the earlier first


def test_years_before_the_common_era_come_before_it() -> None:
    records = [
        Record(year, "book", {"issued": Date.parse(year)}) for year in ("0014", "-0043", "-0100")
    ]
    assert keys(ordered(records, ["year"])) == ["-0100", "-0043", "0014"]
    assert keys(ordered(records, ["decade"])) == ["-0100", "-0043", "0014"]


def test_an_unknown_field_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="no field 'colour' to sort by") as caught:
        ordered(WORKS, ["-colour"])
    assert "author, title, date" in (caught.value.hint or "")
    with pytest.raises(UsageError) as caught:
        ordered(WORKS, ["tittle"])
    assert caught.value.hint == "did you mean title"


RECORDS = st.lists(
    st.builds(
        Record,
        key=st.text(max_size=3),
        type=st.sampled_from(["book", "report", "webpage", "nonsense"]),
        values=st.fixed_dictionaries(
            {},
            optional={
                "title": st.text(max_size=8),
                "author": st.tuples(st.builds(Name, family=st.text(max_size=4))),
                "issued": st.sampled_from(["2014", "2014-10/2015", "../1999", "n.d.", "-0044"]).map(
                    Date.parse
                ),
                "language": st.sampled_from(["en", "en-GB", "cy", "x"]),
            },
        ),
        keywords=st.lists(st.text(max_size=3), max_size=2).map(tuple),
    ),
    max_size=8,
)
SORTS = st.lists(
    st.builds("".join, st.tuples(st.sampled_from(["", "-"]), st.sampled_from(sorted(FIELDS)))),
    max_size=3,
)


@given(RECORDS, SORTS)
def test_sorting_loses_nothing_and_sorts_once_and_for_all(
    records: list[Record], sort: list[str]
) -> None:
    result = ordered(records, sort)
    assert sorted(map(id, result)) == sorted(map(id, records))
    if "-given" not in sort:
        assert list(map(id, ordered(result, sort))) == list(map(id, result))


@given(RECORDS, st.randoms(), SORTS, st.sampled_from(["en-GB", "sv-SE", "cs-CZ", "uk-UA"]))
def test_the_order_does_not_depend_on_where_records_came_from(
    records: list[Record], random: object, sort: list[str], locale: str
) -> None:
    sort = [name for name in sort if name.lstrip("-") != "given"]
    distinct = list({record.key: record for record in records}.values())
    shuffled = list(distinct)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    words = Words(locale)
    assert keys(ordered(shuffled, sort, words)) == keys(ordered(distinct, sort, words))


@given(RECORDS, st.sampled_from(sorted(FIELDS)), st.booleans())
def test_records_that_are_alike_in_all_but_one_field_stand_by_it(
    records: list[Record], name: str, descending: bool
) -> None:
    sort = [f"-{name}" if descending else name, "given"]
    result = ordered(records, sort)
    key = {id(record): FIELDS[name].sort_key(record, Words()) for record in records}
    present = [k for record in result if (k := key[id(record)]) is not None]
    assert present == sorted(present, reverse=descending) or name == "given"
    places = {id(record): place for place, record in enumerate(records)}
    alike = [(key[id(one)], places[id(one)]) for one in result]
    for (one, first), (other, second) in itertools.pairwise(alike):
        assert one != other or first < second or name == "given"


def test_any_field_of_biblatex_or_csl_sorts() -> None:
    assert keys(ordered(WORKS, ["-volume"]))[0] == "lee2017cards"
    assert keys(ordered(WORKS, ["journaltitle", "year"]))[:2] == [
        "cellanjones2014northern",
        "lee2017cards",
    ]
    assert keys(ordered(WORKS, ["editor"]))[0] == "sandford2009veto"


def test_a_title_is_filed_without_the_article_of_its_own_language() -> None:
    records = [
        Record(title, "book", {"title": title, "language": language})
        for title, language in [
            ("Die Stadt", "de"),
            ("Die Hard", "en"),
            ("L’économie du Nord", "fr-FR"),
            ("Y Ddraig", "cy"),
            ("A magyar nyelv", "hu"),
            ("The “Dog”", ""),
        ]
    ]
    assert keys(ordered(records, ["title"])) == [
        "A magyar nyelv",
        "Y Ddraig",
        "Die Hard",
        "The “Dog”",
        "L’économie du Nord",
        "Die Stadt",
    ]


def test_a_family_name_counts_before_the_given_name() -> None:
    names = [Name("Lee", "Zoe"), Name("Lee-Smith", "Ann"), Name("Leeds", "A"), Name("Lee", "Ann")]
    records = [Record(str(name), "book", {"author": (name,)}) for name in names]
    assert keys(ordered(records, ["author"])) == ["Ann Lee", "Zoe Lee", "Ann Lee-Smith", "A Leeds"]
