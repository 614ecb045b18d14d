"""Names in BibTeX are split as BibTeX and biblatex split them."""

from __future__ import annotations

import pytest
from generated import name_lists
from hypothesis import given
from hypothesis import strategies as st

from northbib.bibtex.names import Parts, read_names, split_name, write_names
from northbib.records import Name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Rory Cellan-Jones", Name("Cellan-Jones", "Rory")),
        ("Lee, Neil", Name("Lee", "Neil")),
        ("Ludwig van Beethoven", Name("Beethoven", "Ludwig", "van")),
        ("van Beethoven, Ludwig", Name("Beethoven", "Ludwig", "van")),
        ("de La Fontaine, Jean", Name("La Fontaine", "Jean", "de")),
        ("De La Fontaine, Jean", Name("De La Fontaine", "Jean")),
        ("King, Jr., Martin Luther", Name("King", "Martin Luther", suffix="Jr.")),
        ("al-Khwarizmi, Muhammad", Name("Khwarizmi", "Muhammad", "al-")),
        ("Plato", Name("Plato")),
        ("{van der Waals}, Johannes", Name("van der Waals", "Johannes")),
        (r"\'Eric {\'E}luard", Name("Éluard", "Éric")),
        ("{HM Treasury}", Name(literal="HM Treasury")),
        ("{Innovation and Skills}", Name(literal="Innovation and Skills")),
        ("given={Jean}, prefix=de la, family={Fontaine}", Name("Fontaine", "Jean", "de la")),
        (
            "family=Vries, given=Jan, given-i=J, prefix=de, useprefix=true",
            Name("Vries", "Jan", non_dropping_particle="de"),
        ),
    ],
)
def test_a_name_is_read_in_its_parts(source: str, name: Name) -> None:
    assert read_names(source) == (name,)


def test_useprefix_keeps_the_particle_with_the_family_name() -> None:
    assert read_names("van Dam, Ann", useprefix=True) == (
        Name("Dam", "Ann", non_dropping_particle="van"),
    )


def test_a_list_is_cut_at_and_outside_of_braces() -> None:
    names = read_names(r"A B AND {C and D} and \'Eve F and  Ann Anderson and others")
    assert [str(name) for name in names] == ["A B", "C and D", "Éve F", "Ann Anderson", "others"]
    assert write_names(names, useprefix=False).endswith(" and others")


def test_a_part_is_source_as_bibtex_splits_it() -> None:
    assert split_name("Charles de la Vall{\\'e}e Poussin") == Parts(
        "Charles", "de la", "Vall{\\'e}e Poussin"
    )


@given(name_lists, st.booleans())
def test_names_read_back_from_what_is_written(names: tuple[Name, ...], useprefix: bool) -> None:
    assert read_names(write_names(names, useprefix=useprefix), useprefix=useprefix) == names


@given(st.text("aA ,{}\\\"'~-=\n") | st.text())
def test_any_text_is_some_list_of_names(source: str) -> None:
    assert all(isinstance(name, Name) for name in read_names(source))
