"""Entries inherit as biblatex's default setup says: `crossref`, `xdata`, and sets."""

from __future__ import annotations

import pytest

from northbib.bibtex import Document, records
from northbib.bibtex.inheritance import Inherited
from northbib.records import Name, Record


def records_of(text: str) -> dict[str, Record]:
    """Give the records by their keys."""
    return {record.key: record for _, record in records(Document.parse(text))}


def fields_of(text: str, key: str = "a") -> dict[str, str]:
    """Give the fields of an entry with what it inherits."""
    document = Document.parse(text)
    return Inherited(document).fields(document[key])


def test_the_parent_of_a_chapter_gives_book_editor_and_date() -> None:
    record = records_of(
        "@incollection{a, crossref={B}, title={A}, pages={1--2}}\n"
        "@collection{b, editor={Ann Editor}, title={Whole}, subtitle={Sub}, shorttitle={W},"
        " date={2014}, publisher={P}, keywords={x}}"
    )["a"]
    assert record.to_csl() == {
        "id": "a",
        "type": "chapter",
        "title": "A",
        "container-title": "Whole: Sub",
        "editor": [{"family": "Editor", "given": "Ann"}],
        "issued": {"date-parts": [[2014]]},
        "publisher": "P",
        "page": "1-2",
        "keyword": "x",
        "custom": {"crossref": "B", "booksubtitle": "Sub"},
    }


@pytest.mark.parametrize(
    ("parent", "child", "prefix"),
    [
        ("mvbook", "book", "main"),
        ("mvbook", "inbook", "main"),
        ("mvcollection", "collection", "main"),
        ("mvreference", "inreference", "main"),
        ("mvproceedings", "proceedings", "main"),
        ("book", "bookinbook", "book"),
        ("collection", "suppcollection", "book"),
        ("reference", "inreference", "book"),
        ("proceedings", "inproceedings", "book"),
        ("proceedings", "conference", "book"),
        ("periodical", "article", "journal"),
        ("book", "misc", ""),
    ],
)
def test_the_title_of_the_parent_takes_its_place(parent: str, child: str, prefix: str) -> None:
    found = fields_of(
        f"@{child}{{a, crossref={{p}}}}"
        f"@{parent}{{p, title={{T}}, subtitle={{S}}, titleaddon={{A}}, shorttitle={{X}}}}"
    )
    titles = {prefix + "title": "T", prefix + "subtitle": "S", prefix + "titleaddon": "A"}
    assert {name: text for name, text in found.items() if name in titles} == titles
    assert ("shorttitle" in found) == (prefix == "")


def test_what_belongs_to_the_parent_alone_is_not_inherited() -> None:
    own = "ids entryset execute label options presort related shorthand sortkey xref entrysubtype"
    parent = ", ".join(f"{name}={{x}}" for name in own.split())
    assert fields_of(f"@misc{{a, crossref={{p}}}}@misc{{p, {parent}, note={{n}}}}") == {
        "crossref": "p",
        "note": "n",
    }


def test_a_child_with_one_part_of_a_date_takes_none_of_that_date() -> None:
    found = fields_of(
        "@misc{a, crossref={p}, year={1999}}"
        "@misc{p, date={2014-01-01}, month={may}, urldate={2015}, eventdate={2016}}"
    )
    assert found == {"crossref": "p", "year": "1999", "urldate": "2015", "eventdate": "2016"}


def test_the_author_of_a_book_is_that_of_its_part_as_well() -> None:
    found = records_of("@inbook{a, crossref={b}}@book{b, author={C D}}")
    assert found["a"].names() == found["a"].names("container-author") == (Name("D", "C"),)


def test_parents_are_followed_through_crossref_and_xdata() -> None:
    found = records_of(
        "@inbook{a, crossref={b}, title={A}, year={1975}}\n"
        "@book{b, crossref={c}, title={B}, date={1970}, author={C D}}\n"
        "@mvbook{c, title={C}, xdata={d, e}}\n"
        "@xdata{d, publisher={P}}\n@xdata{e, publisher={Q}, location={L}}"
    )
    assert list(found) == ["a", "b", "c"]
    assert found["a"].text("container-title") == "C"
    assert found["a"].text("volume-title") == "B"
    assert found["a"].year == 1975
    assert found["a"].text("publisher") == "P"
    assert found["a"].text("publisher-place") == "L"


CONTAINERS = (
    "@xdata{x, author={Ann One and Bo Two}, location={A and C}, note={N}}"
    "@xdata{y, author={xdata=x-author-2}, title={T}}"
    "@xdata{loop, title={xdata=loop-title}}"
    "@misc{m, title={No container}}"
)


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("author", "Cy Me and xdata=x-author-2", "Cy Me and Bo Two"),
        ("author", "xdata=x-author and Cy Me", "Ann One and Bo Two and Cy Me"),
        ("author", "xdata=y-author-1", "Bo Two"),
        ("title", "xdata=y-title", "T"),
        ("location", "xdata=x-location-1 and B", "A and B"),
        ("publisher", "xdata=x", "xdata=x"),
        ("editor", "xdata=x-author-3", "xdata=x-author-3"),
        ("note", "xdata=gone-note", "xdata=gone-note"),
        ("title", "xdata=m-title", "xdata=m-title"),
        ("title", "xdata=loop-title", "xdata=loop-title"),
    ],
)
def test_a_value_can_name_a_part_of_a_container(name: str, value: str, found: str) -> None:
    assert fields_of(f"@book{{a, {name}={{{value}}}}}{CONTAINERS}") == {name: found}


def test_other_keys_of_an_entry_find_it_too() -> None:
    found = fields_of("@misc{a, xdata={other}}@xdata{x, ids={one, Other}, note={N}}")
    assert found["note"] == "N"


def test_a_set_takes_what_it_lacks_from_its_first_member() -> None:
    found = fields_of(
        "@set{a, entryset={b, c}, title={S}}@misc{b, title={B}, note={N}}@misc{c, doi={1}}"
    )
    assert found == {"entryset": "b, c", "title": "S", "note": "N"}


def test_xref_takes_nothing() -> None:
    assert fields_of("@misc{a, xref={b}}@misc{b, title={B}}") == {"xref": "b"}


def test_a_parent_in_another_file_is_found_by_who_asks() -> None:
    elsewhere = Document.parse("@proceedings{p, title={Whole}, xdata={x}}@xdata{x, publisher={P}}")
    document = Document.parse("@inproceedings{a, crossref={p}, title={A}}")
    ((_, record),) = records(document, elsewhere.get)
    assert record.text("container-title") == "Whole"
    assert record.text("publisher") == "P"
    ((_, alone),) = records(document)
    assert not alone.text("container-title")


@pytest.mark.parametrize(
    "text",
    [
        "@book{a, crossref={b}, note={x}}\n@book{b, crossref={a}, isbn={1}}",
        "@book{a, crossref={a}}",
        "@misc{a, xdata={x}}@xdata{x, xdata={y}}@xdata{y, xdata={x}}",
        "@xdata{x, title={xdata=y-title}}@xdata{y, title={xdata=x-title}}@misc{a, xdata={x}}",
    ],
)
def test_a_circle_of_parents_ends(text: str) -> None:
    assert "a" in records_of(text)


@pytest.mark.parametrize(
    "order", ["abcd", "dcba", "bacd", "cabd", "cbda"], ids=lambda order: f"asked-{order}"
)
def test_nobody_inherits_from_a_member_of_their_own_circle(order: str) -> None:
    document = Document.parse(
        "@book{a, crossref={b}, note={A}}@book{b, xdata={c}, isbn={B}}"
        "@xdata{c, crossref={a}, xdata={out}, location={C}}@xdata{out, publisher={P}}"
        "@misc{d, crossref={b}, title={xdata=self-title}}@xdata{self, title={xdata=self-title}}"
    )
    inherited = Inherited(document)
    found = {key: inherited.fields(document[key]) for key in order}
    assert found["a"] == {"crossref": "b", "note": "A"}
    assert found["b"] == {"xdata": "c", "isbn": "B"}
    assert found["c"] == {
        "crossref": "a", "xdata": "out", "location": "C", "publisher": "P"
    }  # fmt: skip
    assert found["d"] == {"crossref": "b", "title": "xdata=self-title", "isbn": "B"}


def test_a_long_chain_of_parents_is_followed_so_far_and_no_further() -> None:
    chain = "".join(f"@misc{{k{n}, crossref={{k{n + 1}}}}}" for n in range(5_000))
    found = records_of(chain + "@misc{k5000, note={N}}")
    assert found["k4950"].text("note") == "N"
    assert not found["k0"].text("note")


def test_containers_that_double_each_other_end() -> None:
    doubling = "".join(
        f"@xdata{{x{n}, author={{xdata=x{n + 1}-author and xdata=x{n + 1}-author}}}}"
        for n in range(40)
    )
    text = f"@misc{{a, author={{xdata=x0-author}}}}{doubling}@xdata{{x40, author={{Ann One}}}}"
    assert len(fields_of(text)["author"]) < 1_000_000


def test_a_parent_that_is_not_there_stays_named() -> None:
    assert records_of("@misc{a, crossref={gone}}")["a"].extra == {"crossref": "gone"}
