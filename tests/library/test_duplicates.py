"""Finding the records that are of one work."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from labelled_works import MISSES, labelled_set

from northbib.bibtex import Document, records
from northbib.library import Store
from northbib.library.duplicates import duplicate_keys, duplicates
from northbib.library.duplicates.candidates import candidates
from northbib.library.duplicates.identifiers import identifiers, page_address
from northbib.library.duplicates.profile import profile
from northbib.library.duplicates.scoring import Comparison, compare

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.records import Record

LEE = """\
  author = {Lee, Neil}, date = {2017}, journaltitle = {Regional Studies}, volume = {51},
  title = {Powerhouse of cards? Understanding the ‘Northern Powerhouse’}, pages = {478--489}
"""
LEE_DOI = "10.1080/00343404.2016.1196289"
PROBLEM = "The UK Regional-National Economic Problem: Geography, globalisation and governance"
ACT = "author = {{United Kingdom}}, title = {{Scotland Act 2012}}, date = {2012-05-01}"


def read(source: str) -> Record:
    """Give the record of one entry."""
    return records(Document.parse(source))[0][1]


def compared(one: str, other: str) -> Comparison:
    return compare(profile(read(one)), profile(read(other)))


@pytest.fixture(scope="session")
def collection(root: Path) -> list[Record]:
    return [stored.record for stored in Store(root / "bibliographies").all()]


def pairs(groups: list[tuple[int, ...]]) -> set[tuple[int, int]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


@pytest.mark.parametrize("seed", range(1, 7))
def test_copies_are_found_and_other_works_are_not(collection: list[Record], seed: int) -> None:
    labelled = labelled_set(collection, seed)
    works: dict[int, list[int]] = {}
    for place, work in enumerate(labelled.works):
        works.setdefault(work, []).append(place)
    true = pairs([tuple(group) for group in works.values()])
    groups = duplicates(labelled.records)
    found = pairs([group.members for group in groups])
    certain = pairs([group.members for group in groups if group.is_certain])
    assert len(found & true) / len(found) >= 0.97
    assert len(found & true) / len(true) >= 0.975
    assert certain <= true
    assert len(certain) > 100


def test_every_kind_of_near_miss_is_tried(collection: list[Record]) -> None:
    kinds = {way.__name__ for ways in MISSES.values() for way in ways}
    assert kinds <= set(labelled_set(collection, 1).made_by)


def test_the_collection_has_no_duplicates(collection: list[Record]) -> None:
    assert duplicates(collection) == []
    assert duplicate_keys([*collection, collection[0].replace(key="copy")]) == {
        collection[0].key,
        "copy",
    }


def test_the_pairs_that_are_compared_grow_as_the_library_does(collection: list[Record]) -> None:
    counts = []
    for copies in (2, 8):
        labelled = labelled_set(collection, 1, copies)
        profiles = [profile(record) for record in labelled.records]
        counts.append(len(list(candidates(profiles))) / len(profiles))
    assert counts[1] < 3 * counts[0]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (LEE, LEE.replace("Lee, Neil", "N. Lee"), "authors"),
        (LEE, LEE.replace("2017", "2016"), "year ±1"),
        (LEE, LEE.replace("Regional Studies", "Reg. Stud."), "container"),
        (LEE, LEE.replace("Understanding", "Undestanding"), "title 0.99"),
        (
            LEE,
            LEE.replace("? Understanding the ‘Northern Powerhouse’", ""),
            "title without subtitle",
        ),
        (
            f"{LEE}, doi = {{{LEE_DOI}}}",
            f"title = {{Other}}, doi = {{{LEE_DOI.upper()}}}",
            "same DOI",
        ),
    ],
)
def test_reasons_are_given(one: str, other: str, reason: str) -> None:
    found = compared(f"@article{{a, {one}}}", f"@article{{b, {other}}}")
    assert reason in found.reasons


BOOK = f"@book{{a, title = {{{PROBLEM}}}, author = {{McCann, Philip}}, date = {{2016}}}}"
REVIEW = (
    f"@article{{b, title = {{Book Review: {PROBLEM}}}, author = {{Tomaney, John}},"
    " date = {2016}, journaltitle = {LSE Review of Books}}"
)
CHAPTER = (
    "@incollection{b, title = {Introduction}, author = {McCann, Philip}, date = {2016},"
    f" booktitle = {{{PROBLEM}}}}}"
)
STATEMENT = (
    "@online{a, title = {Statement}, author = {{HM Treasury}}, date = {2014-06-23},"
    " journaltitle = {GOV.UK}, url = {https://www.gov.uk/a}}"
)
NEXT_STATEMENT = STATEMENT.replace("06-23", "08-05").replace("uk/a", "uk/b")


@pytest.mark.parametrize(
    ("one", "other", "objection"),
    [
        (BOOK, REVIEW, "review"),
        (
            f"@legislation{{a, {ACT}}}",
            f"@legislation{{b, {ACT.replace('2012', '2016')}}}",
            "number",
        ),
        (f"@article{{a, {LEE}}}", f"@inproceedings{{b, {LEE}}}", "article and part"),
        (f"@book{{a, {LEE}, edition = {{2}}}}", f"@book{{b, {LEE}, edition = {{3}}}}", "edition"),
        (f"@book{{a, {LEE}}}", f"@book{{b, {LEE}, edition = {{2}}}}", "edition"),
        (f"@book{{a, {LEE}, part = {{1}}}}", f"@book{{b, {LEE}, part = {{2}}}}", "part"),
        (f"@book{{a, {LEE}}}", f"@book{{b, {LEE.replace('51', '52')}}}", "volume"),
        (
            f"@article{{a, {LEE}, doi = {{10.1086/261763}}}}",
            f"@article{{b, {LEE}, doi = {{{LEE_DOI}}}}}",
            "DOI",
        ),
        (
            f"@article{{a, {LEE}}}",
            f"@article{{b, {LEE.replace('Lee, Neil', 'Nurse, A.')}}}",
            "authors",
        ),
        (STATEMENT, NEXT_STATEMENT, "another day"),
        (BOOK, CHAPTER, "book and part"),
    ],
)
def test_works_that_are_nearly_the_same_are_told_apart(
    one: str, other: str, objection: str
) -> None:
    found = compared(one, other)
    assert not found.is_match
    assert any(objection in each for each in found.objections), found


def test_two_introductions_of_one_journal_are_two() -> None:
    one = read(
        "@article{a, title = {Editorial}, author = {Lee, N.}, journaltitle = {Cities},"
        " date = {2014}}"
    )
    assert duplicates([one, one.replace(key="b")]) == []


def test_an_identifier_alone_is_not_certain_where_something_speaks_against_it() -> None:
    doi = f"doi = {{{LEE_DOI}}}"
    same = compared(f"@article{{a, {LEE}, {doi}}}", f"@article{{b, {LEE}, {doi}}}")
    assert same.is_certain
    moved = compared(
        f"@article{{a, {LEE}, {doi}}}",
        f"@article{{b, {LEE.replace('Regional Studies', 'Cities')}, {doi}}}",
    )
    assert moved.is_match
    assert not moved.is_certain


def test_a_record_between_two_works_joins_the_nearer_one_only() -> None:
    acts = [
        read(f"@legislation{{a{year}, {ACT.replace('2012', year)}}}") for year in ("2012", "2016")
    ]
    copy = acts[0].replace(key="copy")
    (group,) = duplicates([*acts, copy])
    assert group.members == (0, 2)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (f"doi = {{https://doi.org/{LEE_DOI}}}", {("DOI", LEE_DOI)}),
        ("url = {https://doi.org/10.1086/261763}", {("DOI", "10.1086/261763")}),
        ("eprint = {math/0309136}, eprinttype = {arxiv}", {("arXiv", "math/0309136")}),
        ("eprint = {2101.00001v2}, archiveprefix = {arXiv}", {("arXiv", "2101.00001")}),
        ("isbn = {0-521-82261-0}", {("ISBN", "9780521822619")}),
        ("pmid = {12345}", {("PMID", "12345")}),
        ("url = {https://www.gov.uk/}", set()),
        (
            "url = {http://www.bbc.co.uk/news/technology-29737066/?utm_medium=x}",
            {("URL", "bbc.co.uk/news/technology-29737066")},
        ),
    ],
)
def test_identifiers_are_read_in_one_spelling(source: str, found: set[tuple[str, str]]) -> None:
    record = read(f"@book{{k, {source}}}")
    assert {
        pair for pair in identifiers(record) if pair[0] != "URL" or "arxiv" not in pair[1]
    } == found


def test_the_isbn_of_a_chapter_is_that_of_its_book() -> None:
    assert identifiers(read("@incollection{k, isbn = {0-521-82261-0}}")) == frozenset()


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://m.example.org/a?b=1&a=2", "example.org/a?a=2&b=1"),
        ("https://example.org/index.html", ""),
        ("HTTP://Example.ORG/A#b", "example.org/A"),
        ("https://[", ""),
        ("no address", ""),
    ],
)
def test_addresses_are_compared_without_what_makes_no_difference(url: str, address: str) -> None:
    assert page_address(url) == address


def test_any_number_of_copies_is_one_group() -> None:
    record = read(f"@article{{a, {LEE}}}")
    (group,) = duplicates([record.replace(key=str(number)) for number in range(300)])
    assert len(group.members) == 300
