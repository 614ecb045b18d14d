"""Names in BibTeX are split as BibTeX and biblatex split them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bibtexparser.middlewares.names import parse_single_name_into_parts
from generated import name_lists
from hypothesis import given
from hypothesis import strategies as st

from northbib.bibtex import Document
from northbib.bibtex.names import (
    Parts,
    list_text,
    read_names,
    split_list,
    split_name,
    write_names,
)
from northbib.records import Name

if TYPE_CHECKING:
    from pathlib import Path


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
        (
            'family={Smith, and Co}, "given={Jo, the first}", suffix=Jr.',
            Name("Smith, and Co", "Jo, the first", suffix="Jr."),
        ),
        ('given="Jo, Ann", family=Lee, gender=sf', Name("Lee", "Jo, Ann")),
        ("{family={Spoel}, prefix={van der}, useprefix=false}", Name("Spoel", "", "van der")),
        ("xdata=gone-author-1", Name("xdata=gone-author-1")),
        ("et al.", Name("al.", "", "et")),
        ("Jean-paul Sartre", Name("Sartre", "Jean-paul")),
        ("Lee, Neil,", Name("Lee", "Neil")),
        ("Lee~{\\O}, Neil", Name("Lee Ø", "Neil")),
        ("李 明", Name("明", "李")),
        ("王, 小明", Name("王", "小明")),
    ],
)
def test_a_name_is_read_in_its_parts(source: str, name: Name) -> None:
    assert read_names(source) == (name,)


def test_useprefix_keeps_the_particle_with_the_family_name() -> None:
    assert read_names("van Dam, Ann", useprefix=True) == (
        Name("Dam", "Ann", non_dropping_particle="van"),
    )


@pytest.mark.parametrize("stays", [True, False])
def test_a_list_can_say_itself_whether_particles_stay(stays: bool) -> None:
    particle = {"non_dropping_particle" if stays else "dropping_particle": "van"}
    source = f"useprefix={str(stays).lower()} and sortingnamekeytemplatename=x and van Dam, Ann"
    assert read_names(source, useprefix=not stays) == (Name("Dam", "Ann", **particle),)


def test_a_name_that_splits_in_no_other_way_is_written_in_the_extended_format() -> None:
    name = Name("Dam", "Ann", non_dropping_particle="Van")
    source = "family={Dam}, given={Ann}, prefix={Van}, useprefix={true}"
    assert write_names((name,), useprefix=False) == source


def test_names_of_which_csl_knows_nothing_are_kept_as_a_list() -> None:
    assert list_text("Ann One and {A Body} and others") == "Ann One and {A Body} and others"
    assert list_text(r"Ann \'Evan and {A \& B} and others") == "Évan, Ann and {A & B} and others"


def test_bibtexparser_splits_names_in_the_same_way(shared: Path) -> None:
    names = {
        name
        for path in sorted((shared / "bib-corpus").glob("*.bib"))[::40]
        for entry in Document.parse(path.read_bytes()).entries
        for name in split_list(entry.get("author", ""))
        if name and name.count("{") == name.count("}")
    }
    if not names:
        pytest.skip("there is no corpus")
    differing = [name for name in sorted(names) if split_name(name) != theirs(name)]
    # "et al." begins with a small letter, which BibTeX takes for a particle wherever it stands.
    assert [name for name in differing if name[0].isupper()] == []
    assert len(differing) <= len(names) / 200


def theirs(name: str) -> Parts:
    """Give the parts as bibtexparser has them."""
    parts = parse_single_name_into_parts(name, strict=False)
    return Parts(*(" ".join(part) for part in (parts.first, parts.von, parts.last, parts.jr)))


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
