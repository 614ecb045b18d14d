"""A document keeps its citations right while they come, change and go."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from northbib.csl.native.context import Cite
from northbib.csl.native.document import Document
from northbib.csl.native.positions import Cluster
from northbib.csl.native.style import CompiledStyle, compile_style
from northbib.csl.native.suite_html import html

AUTHOR_DATE = """
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>A style</title></info>
  <citation et-al-min="3" et-al-use-first="1" collapse="year-suffix"
      disambiguate-add-names="true" disambiguate-add-givenname="true"
      disambiguate-add-year-suffix="true">
    <layout prefix="(" suffix=")" delimiter="; ">
      <group delimiter=" ">
        <names variable="author"><name form="short" and="text" initialize-with=". "/></names>
        <date variable="issued"><date-part name="year"/></date>
        <text variable="locator" prefix="p. "/>
      </group>
    </layout>
  </citation>
  <bibliography>
    <sort><key variable="author"/><key variable="issued"/><key variable="title"/></sort>
    <layout suffix=".">
      <group delimiter=". ">
        <names variable="author"><name name-as-sort-order="all" and="text"/></names>
        <date variable="issued"><date-part name="year"/></date>
        <text variable="title" font-style="italic"/>
      </group>
    </layout>
  </bibliography>
</style>
"""

PRIMARY_NAME = AUTHOR_DATE.replace(
    'disambiguate-add-givenname="true"',
    'disambiguate-add-givenname="true" givenname-disambiguation-rule="primary-name"',
)

NOTE = """
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><title>A style</title></info>
  <citation near-note-distance="2">
    <layout suffix="." delimiter="; ">
      <choose>
        <if position="ibid-with-locator">
          <text term="ibid" suffix=", "/><text variable="locator"/>
        </if>
        <else-if position="ibid"><text term="ibid"/></else-if>
        <else-if position="near-note"><text variable="title" suffix=" (near)"/></else-if>
        <else-if position="subsequent">
          <text variable="title" suffix=", n. "/><text variable="first-reference-note-number"/>
        </else-if>
        <else><text variable="title"/></else>
      </choose>
    </layout>
  </citation>
</style>
"""

NUMBERED = """
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>A style</title></info>
  <citation collapse="citation-number">
    <sort><key variable="citation-number"/></sort>
    <layout prefix="[" suffix="]" delimiter=", "><text variable="citation-number"/></layout>
  </citation>
  <bibliography second-field-align="flush">
    <layout><text variable="citation-number" suffix=". "/><text variable="title"/></layout>
  </bibliography>
</style>
"""


def style(xml: str) -> CompiledStyle:
    return compile_style(xml.strip().encode(), "en-US")


def work(id_: str, *authors: str, year: int = 2000, title: str = "") -> dict[str, Any]:
    names = [
        {"family": author.split()[-1], "given": " ".join(author.split()[:-1])} for author in authors
    ]
    return {
        "id": id_,
        "type": "book",
        "title": title or f"Title {id_}",
        "author": names,
        "issued": {"date-parts": [[year]]},
    }


def cited(document: Document) -> list[str]:
    return [html(cluster.tokens or []) for cluster in document.clusters]


def cluster(*ids: str, note: int = 0, locator: str = "") -> Cluster:
    return Cluster("-".join(ids), [Cite(id_, locator) for id_ in ids], note)


def test_a_second_work_of_the_same_year_gives_both_a_suffix() -> None:
    document = Document(style(AUTHOR_DATE), [work("a", "John Doe"), work("b", "John Doe")])
    assert document.append(cluster("a")) == [document.clusters[0]]
    assert cited(document) == ["(Doe 2000)"]

    changed = document.append(cluster("b"))

    assert changed == document.clusters
    assert cited(document) == ["(Doe 2000a)", "(Doe 2000b)"]


def test_cites_of_one_author_and_year_are_joined_by_their_suffixes() -> None:
    items = [work(id_, "John Doe") for id_ in "abc"]
    document = Document(style(AUTHOR_DATE), items)
    document.append(cluster("a", "b", "c"))
    assert cited(document) == ["(Doe 2000a; b; c)"]


def test_given_names_tell_people_of_one_name_apart() -> None:
    document = Document(style(AUTHOR_DATE), [work("a", "John Doe"), work("b", "Ann Doe")])
    document.append(cluster("a", "b"))
    assert cited(document) == ["(J. Doe 2000; A. Doe 2000)"]


def test_names_are_added_until_the_works_differ() -> None:
    items = [work("a", "X Doe", "Y Roe", "Z Low"), work("b", "X Doe", "Y Roe", "Z Moe")]
    document = Document(style(AUTHOR_DATE), items)
    document.append(cluster("a", "b"))
    assert cited(document) == ["(Doe, Roe, and Low 2000; Doe, Roe, and Moe 2000)"]


def test_the_removal_of_a_work_takes_the_suffix_back() -> None:
    document = Document(style(AUTHOR_DATE), [work("a", "John Doe"), work("b", "John Doe")])
    document.append(cluster("a"))
    document.append(cluster("b"))

    changed = document.set_clusters(document.clusters[:1])

    assert [html(each.tokens or []) for each in changed] == ["(Doe 2000)"]


@pytest.mark.parametrize("xml", [AUTHOR_DATE, PRIMARY_NAME])
def test_the_removal_of_a_namesake_takes_the_given_name_back(xml: str) -> None:
    document = Document(style(xml), [work("a", "John Doe"), work("b", "Ann Doe")])
    clusters = [cluster("a"), cluster("b")]
    document.set_clusters(clusters)
    assert cited(document) == ["(J. Doe 2000)", "(A. Doe 2000)"]
    assert document.set_clusters(clusters[:1]) == clusters[:1]
    assert cited(document) == ["(Doe 2000)"]


def test_a_note_knows_where_a_work_was_cited_before() -> None:
    document = Document(style(NOTE), [work("a", title="One"), work("b", title="Two")])
    for note, ids in enumerate(("a", "a", "b", "a"), 1):
        document.append(cluster(ids, note=note))
    document.append(cluster("b", note=9))
    document.append(cluster("b", note=10, locator="5"))
    assert cited(document) == ["One.", "Ibid.", "Two.", "One (near).", "Two, n. 3.", "Ibid., 5."]


def test_a_citation_put_in_the_middle_changes_only_what_follows_from_it() -> None:
    document = Document(style(NOTE), [work("a", title="One"), work("b", title="Two")])
    first, second = cluster("a", note=1), cluster("a", note=3)
    document.append(first)
    document.append(second)
    new = cluster("b", note=2)

    changed = document.set_clusters([first, new, second])

    assert changed == [new, second]
    assert cited(document) == ["One.", "Two.", "One (near)."]


def test_three_numbers_in_a_row_become_a_range() -> None:
    items = [work(id_) for id_ in "abcd"]
    document = Document(style(NUMBERED), items)
    document.append(cluster("a"))
    document.append(cluster("c", "b", "d", "a"))
    assert cited(document) == ["[1]", "[1–4]"]


def test_numbers_follow_the_order_of_the_document() -> None:
    document = Document(style(NUMBERED), [work(id_) for id_ in "ab"])
    first, second = cluster("a"), cluster("b")
    document.append(first)
    document.append(second)
    changed = document.set_clusters([second, first])
    assert cited(document) == ["[1]", "[2]"]
    assert changed == [second, first]


def test_the_first_field_is_set_apart() -> None:
    document = Document(style(NUMBERED), [work("a")])
    document.append(cluster("a"))
    assert [html(tokens) for _, tokens in document.bibliography()] == [
        (
            '\n    <div class="csl-left-margin">1. </div>'
            '<div class="csl-right-inline">Title a</div>\n  '
        )
    ]


def test_entries_are_in_the_order_of_the_style() -> None:
    items = [work("z", "Ann Zoe"), work("o", "Örn Öst"), work("p", "Al Pye", year=1999)]
    document = Document(style(AUTHOR_DATE), items)
    document.include(["z", "o", "p"])
    assert [id_ for id_, _ in document.bibliography()] == ["o", "p", "z"]


PEOPLE = ("John Doe", "Jane Doe", "Ann Roe", "Al Roe", "Bo Low")
WORKS = [
    work(
        f"w{number}",
        *(PEOPLE[(number + k) % 5] for k in range(1 + number % 4)),
        year=2000 + number % 2,
    )
    for number in range(12)
]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([w["id"] for w in WORKS]), min_size=1, max_size=3), max_size=8
    ),
    st.sampled_from([AUTHOR_DATE, NOTE, NUMBERED]),
)
def test_one_after_the_other_gives_what_all_at_once_gives(
    groups: list[list[str]], xml: str
) -> None:
    compiled = style(xml)
    one, all_ = Document(compiled, WORKS), Document(compiled, WORKS)
    for note, ids in enumerate(groups, 1):
        one.append(cluster(*ids, note=note))
    all_.set_clusters([cluster(*ids, note=note) for note, ids in enumerate(groups, 1)])
    assert cited(one) == cited(all_)
    assert list(one.bibliography()) == list(all_.bibliography())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.booleans(), st.lists(st.sampled_from(WORKS), min_size=1, max_size=3)),
        max_size=8,
    ),
    st.sampled_from([AUTHOR_DATE, PRIMARY_NAME, NOTE, NUMBERED]),
)
def test_what_stays_reads_as_if_what_went_had_never_been(
    groups: list[tuple[bool, list[dict[str, Any]]]], xml: str
) -> None:
    compiled = style(xml)
    changed, fresh = Document(compiled, WORKS), Document(compiled, WORKS)
    clusters = [
        cluster(*(w["id"] for w in works), note=n) for n, (_, works) in enumerate(groups, 1)
    ]
    stays = [stays for stays, _ in groups]
    changed.set_clusters(clusters)
    changed.set_clusters([each for each, stay in zip(clusters, stays, strict=True) if stay])
    fresh.set_clusters(
        [
            cluster(*(w["id"] for w in works), note=n)
            for n, (stay, works) in enumerate(groups, 1)
            if stay
        ]
    )
    assert cited(changed) == cited(fresh)


@pytest.mark.parametrize("count", [400])
def test_works_of_one_author_and_year_each_get_a_suffix_of_their_own(count: int) -> None:
    items = [work(f"w{number}", "John Doe") for number in range(count)]
    document = Document(style(AUTHOR_DATE), items)
    document.include([item["id"] for item in items])
    suffixes = {entry.suffix for entry in document.registry.entries.values()}
    assert len(suffixes) == count
    assert {"a", "z", "aa"} <= suffixes
