"""New citation keys."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.library.keys import new_key
from northbib.records import Date, Name, Record, Value


def record(title: str = "", year: str = "", **names: tuple[Name, ...]) -> Record:
    values: dict[str, Value] = {}
    if title:
        values["title"] = title
    if year:
        values["issued"] = Date.parse(year)
    return Record(key="", type="book", values={**values, **names})


def body(literal: str) -> tuple[Name, ...]:
    return (Name(literal=literal),)


def person(family: str, particle: str = "") -> tuple[Name, ...]:
    return (Name(family=family, non_dropping_particle=particle),)


LEE = (Name(family="Lee", given="Neil"),)
CARDS = 'Powerhouse of cards? Understanding the ‘<span class="nocase">Northern Powerhouse</span>’'
REVENGE = "The revenge of the places that don't matter (and what to do about it)"
TAKE_OFF = "Can a northern tech cluster take off?"


@pytest.mark.parametrize(
    ("made", "key"),
    [
        (record(CARDS, "2017", author=LEE), "lee2017powerhouse"),
        (record(REVENGE, "2018", author=person("Rodríguez-Pose")), "rodriguezpose2018revenge"),
        (record(TAKE_OFF, "2014", author=person("Cellan-Jones")), "cellanjones2014northern"),
        (record("On the <i>‘Tech City’</i>"), "anonndtech"),
        (record(CARDS, author=LEE), "leendpowerhouse"),
        (record("The Northern Veto", "2009", editor=person("Sandford")), "sandford2009northern"),
        (record("A title", translator=person("Name1")), "name1ndtitle"),
        (record("L’économie", author=person("Éname1")), "ename1ndeconomie"),
        (record("X-rays", author=person("Gaulle", "de")), "degaullendrays"),
        (
            record(
                "Scotland in the United Kingdom: An enduring settlement",
                "2015",
                author=body("HM Government"),
            ),
            "hmg2015scotland",
        ),
        (record("Region", author=body("BBC News")), "bbcndregion"),
        (
            record("Northern Futures Summit: A summary", "2014", author=body("Centre for Cities")),
            "centre2014northern",
        ),
        (
            record(
                "Integrated Rail Plan for the North and Midlands",
                "2021",
                author=body("Department for Transport"),
            ),
            "department2021integrated",
        ),
        (
            record("Agreement", author=body("Greater Manchester Combined Authority")),
            "gmcandagreement",
        ),
        (record("2001", "2002"), "anon20022001"),
        (record(), "anonnd"),
        (record("北方", author=person("王")), "wangndbeifang"),
        (record("Северная столица", author=person("Блок")), "blokndsevernaya"),
    ],
)
def test_a_key_is_who_when_and_what(made: Record, key: str) -> None:
    assert new_key(made) == key


def test_a_work_without_names_is_known_by_its_container() -> None:
    made = Record("", "webpage", {"title": "A page", "container-title": "The Guardian"})
    assert new_key(made) == "guardianndpage"


def test_a_taken_key_is_followed_by_a_letter() -> None:
    made = record(CARDS, "2017", author=LEE)
    assert new_key(made, ["lee2017powerhouse"]) == "lee2017powerhousea"
    assert new_key(made, ["Lee2017Powerhouse", "LEE2017POWERHOUSEA"]) == "lee2017powerhouseb"


def test_twenty_eight_works_of_one_name_and_year_all_get_keys() -> None:
    made = record(CARDS, "2017", author=LEE)
    taken: list[str] = []
    for _ in range(28):
        taken.append(new_key(made, taken))
    assert len(set(taken)) == 28
    assert taken[1] == "lee2017powerhousea"
    assert taken[-1] == "lee2017powerhouseaa"


NAMES = st.builds(Name, family=st.text(), given=st.text(), non_dropping_particle=st.text())
BODIES = st.builds(Name, literal=st.text(min_size=1))


@given(st.text(), st.lists(NAMES | BODIES, max_size=2), st.sets(st.text(max_size=12)))
def test_any_record_gets_a_short_plain_free_key(
    title: str, names: list[Name], taken: set[str]
) -> None:
    key = new_key(record(title, "2017", author=tuple(names)), taken)
    assert re.fullmatch(r"[a-z0-9]{1,80}", key)
    assert key not in {other.lower() for other in taken}
