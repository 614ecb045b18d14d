"""Claims of several sources become one record by written rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.errors import InputError
from northbib.records import Date, Day, Name, Value
from northbib.resolve import Claim, Resolution
from northbib.resolve.merge import PRECEDENCE, merge, titles_agree
from northbib.resolve.rivals import FIELDS, believing, rivalries

if TYPE_CHECKING:
    import random

LEE = Name(family="Lee", given="Neil")
YEARS = ((2017, "jsonld"), (2016, "og"))
TAKE_OFF = "Can a northern tech cluster take off?"


def claim(field: str, value: Value, source: str) -> Claim:
    return Claim(field, value, source)


def test_without_a_title_there_is_no_record() -> None:
    with pytest.raises(InputError):
        merge([claim("author", (LEE,), "registry:doi")])


def test_who_is_named_first_in_the_table_is_believed_first() -> None:
    for field in ("title", "container-title"):
        order = PRECEDENCE.get(field, PRECEDENCE["DOI"][1:])
        claims = [claim("title", "A title", "registry:doi"), claim("type", "chapter", "registry")]
        claims += [claim(field, f"by {source}", source) for source in reversed(order[1:])]
        _, chosen = merge(claims)
        best = order[1] if field != "title" else "registry:doi"
        assert chosen[field][0].source == best


def test_volume_issue_and_pages_come_from_one_source_or_not_at_all() -> None:
    record, _ = merge(
        [
            claim("title", "A title", "registry:doi"),
            claim("volume", "51", "registry:doi"),
            claim("page", "478-489", "page:highwire"),
            claim("volume", "7", "page:highwire"),
        ]
    )
    assert record.text("volume") == "51"
    assert "page" not in record.values


def test_a_whole_date_completes_a_year_that_it_agrees_with() -> None:
    claims = [
        claim("title", "A title", "page:og"),
        claim("issued", Date(Day(2014)), "page:highwire"),
        claim("issued", Date(Day(2014, 10, 23)), "page:time"),
    ]
    assert merge(claims)[0].date() == Date(Day(2014, 10, 23))
    claims[2] = claim("issued", Date(Day(2015, 10, 23)), "page:time")
    assert merge(claims)[0].date() == Date(Day(2014))


def test_dates_to_come_are_not_believed() -> None:
    claims = [
        claim("title", "A title", "page:og"),
        claim("issued", Date(Day(2031)), "page:highwire"),
    ]
    assert merge(claims, today=Date(Day(2026, 1, 1)))[0].date() is None


def test_a_report_keeps_the_body_that_wrote_it_and_a_story_does_not_keep_its_site() -> None:
    claims = [
        claim("title", "A title", "page:og"),
        claim("site", "A Think Tank", "page:og"),
        claim("author", (Name(literal="A Think Tank"),), "page:jsonld"),
    ]
    report, _ = merge([*claims, claim("type", "report", "page:highwire")])
    assert report.names() == (Name(literal="A Think Tank"),)
    assert report.text("publisher") == "A Think Tank"
    story, _ = merge([*claims, claim("type", "article-newspaper", "page:jsonld")])
    assert story.names() == ()
    assert story.text("container-title") == "A Think Tank"


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (
            "Powerhouse of cards?",
            "Powerhouse of Cards? Understanding the ‘Northern Powerhouse’",
            True,
        ),
        ("Páraic’s story", "Paraic's story", True),
        ("Powerhouse of cards?", "Something else", False),
        ("", "Something", False),
    ],
)
def test_titles_agree_by_their_words(one: str, other: str, agree: bool) -> None:
    assert titles_agree(one, other) is agree


CLAIMS = [
    claim("title", TAKE_OFF, "page:og"),
    claim("title", f"{TAKE_OFF} - BBC News", "page:title"),
    claim("title", TAKE_OFF.title(), "registry:doi"),
    claim("author", (Name(family="Cellan-Jones", given="Rory"),), "page:highwire"),
    claim("author", (Name(literal="BBC News"),), "page:meta"),
    claim("site", "BBC News", "page:og"),
    claim("type", "article-newspaper", "page:jsonld"),
    claim("issued", Date(Day(2014)), "page:highwire"),
    claim("issued", Date(Day(2014, 10, 23)), "page:jsonld"),
    claim("URL", "https://www.bbc.co.uk/news/technology-29737066", "page:link"),
]


@given(st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(chance: random.Random) -> None:
    shuffled = CLAIMS[:]
    chance.shuffle(shuffled)
    assert merge(shuffled)[0] == merge(CLAIMS)[0]


def test_a_claim_that_loses_the_name_of_the_site_keeps_its_day() -> None:
    told = Claim("author", (LEE,), "page:jsonld", "author", raw="N. Lee", day="2026-01-31")
    _, chosen = merge([claim("title", "A title", "page:og"), told])
    assert chosen["author"] == (told,)


REGISTRY, PAGE = "registry:crossref", "page:highwire"


@pytest.mark.parametrize(
    ("field", "one", "other", "differ"),
    [
        ("issued", Date(Day(2017)), Date(Day(2016, 8)), True),
        ("issued", Date(Day(2017)), Date(Day(2017, 3)), False),
        ("author", (LEE,), (Name(family="Lee", given="N."),), False),
        ("author", (LEE, Name(literal="HM Treasury")), (LEE,), False),
        ("author", (LEE,), (Name(family="Krugman", given="Paul"),), True),
        ("page", "478-489", "478", False),
        ("page", "478-489", "1-12", True),
        ("edition", "2", "2nd ed.", False),
        ("edition", "2", "3rd ed.", True),
        ("publisher", "Informa UK Limited", "Taylor & Francis", False),
        ("volume", "51", "50", True),
    ],
)
def test_only_what_cannot_both_be_right_is_a_contradiction(
    field: str, one: Value, other: Value, differ: bool
) -> None:
    resolution = _resolution(claim(field, one, REGISTRY), claim(field, other, PAGE))
    assert [each.fields for each in rivalries(resolution) if field in each.fields] == (
        [next(fields for fields in FIELDS if field in fields)] if differ else []
    )
    assert rivalries(resolution, ["crossref"]) == ()


def test_one_page_does_not_contradict_itself() -> None:
    claims = [claim("issued", Date(Day(year)), f"page:{name}") for year, name in YEARS]
    assert rivalries(_resolution(*claims)) == ()


def test_whoever_is_believed_speaks_for_what_belongs_together() -> None:
    resolution = _resolution(
        claim("volume", "51", REGISTRY),
        claim("volume", "50", PAGE),
        claim("page", "478-489", REGISTRY),
        claim("issued", Date(Day(2017)), REGISTRY),
        claim("issued", Date(Day(2016)), PAGE),
    )
    (of_volume,) = (each for each in rivalries(resolution) if "volume" in each.fields)
    record = believing(resolution, of_volume, of_volume.parties[1]).record
    assert (record.text("volume"), record.text("page"), record.year) == ("50", "", 2017)


def _resolution(*claims: Claim) -> Resolution:
    record, chosen = merge([claim("title", "A title", REGISTRY), *claims])
    return Resolution(record, (), "", chosen)
