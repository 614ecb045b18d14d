"""`northbib diff` speaks of entries and fields."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import repositories

from northbib.bibtex import Document
from northbib.library.sharing.differences import Change, FieldChange, Place, differences
from northbib.library.sharing.states import State

if TYPE_CHECKING:
    from repositories import Repository

outside = repositories.outside
repository = repositories.repository

LEE = "@article{lee2017cards,\n  author = {Lee, Neil},\n  title = {Cards},\n  year = 2017,\n}\n"


def state(**files: str) -> State:
    return State({f"{name}.bib": Document.parse(text) for name, text in files.items()}, False)


def told(old: State, new: State, *, source: bool = False) -> list[tuple[str, ...]]:
    return [
        (*change.kinds, change.what, change.place.key, change.place.file)
        for change in differences(old, new, source=source)
    ]


def test_fields_are_told_with_their_values() -> None:
    new = LEE.replace("2017,", "{2018},").replace("  title = {Cards},\n", "  note = {x},\n")
    assert differences(state(a=LEE), state(a=new.replace("@article", "@Book"))) == [
        Change(
            "entry",
            Place("a.bib", 1, "lee2017cards"),
            Place("a.bib", 1, "lee2017cards"),
            fields=(
                FieldChange("entrytype", "article", "book"),
                FieldChange("note", None, "x"),
                FieldChange("year", "2017", "2018"),
                FieldChange("title", "Cards", None),
            ),
        )
    ]


@pytest.mark.parametrize(
    "new",
    [
        LEE.replace("\n  ", " "),
        LEE.replace("{Cards}", '"Cards"').replace("2017,\n", "{2017}\n"),
        LEE.replace("\n", "\r\n"),
        LEE.replace("@article", "@Article").replace("title =", "TITLE="),
        f"% a comment\n\n{LEE}",
        LEE.replace("  title = {Cards},\n  year = 2017,\n", "year=2017, title={Cards}"),
    ],
)
def test_layout_is_told_only_if_asked_for(new: str) -> None:
    assert told(state(a=LEE), state(a=new)) == []
    assert told(state(a=LEE), state(a=new), source=True)


def test_a_macro_that_is_defined_anew_changes_what_uses_it() -> None:
    text = '@string{{p = "{}"}}\n@misc{{k, publisher = p}}\n'
    assert differences(state(a=text.format("A")), state(a=text.format("B"))) == [
        Change(
            "macro",
            Place("a.bib", 1, "p"),
            Place("a.bib", 1, "p"),
            fields=(FieldChange("value", "A", "B"),),
        ),
        Change(
            "entry",
            Place("a.bib", 2, "k"),
            Place("a.bib", 2, "k"),
            fields=(FieldChange("publisher", "A", "B"),),
        ),
    ]


def test_entries_are_added_removed_moved_and_renamed() -> None:
    one = "@misc{one, title={One}}\n"
    two = "@misc{two, title={Two}}\n"
    assert told(state(a=one), state(a=one + two)) == [("added", "entry", "two", "a.bib")]
    assert told(state(a=one + two), state(a=two)) == [("removed", "entry", "one", "a.bib")]
    assert told(state(a=one + two, b=""), state(a=two, b=one)) == [
        ("moved", "entry", "one", "b.bib")
    ]
    assert told(state(a=one), state(a=one.replace("one", "new"))) == [
        ("renamed", "entry", "new", "a.bib")
    ]
    aliased = "@misc{new, ids={one}, title={Other}}\n"
    assert told(state(a=one), state(b=aliased)) == [
        ("renamed", "moved", "changed", "entry", "new", "b.bib")
    ]


def test_repeated_keys_are_compared_one_by_one() -> None:
    one, other = "@misc{k, title={One}}\n", "@misc{K, title={Other}}\n"
    assert told(state(a=one + other), state(a=one + other)) == []
    assert told(state(a=one + other), state(a=one)) == [("removed", "entry", "K", "a.bib")]
    assert told(state(a=one + other), state(a=other)) == [("removed", "entry", "k", "a.bib")]
    assert told(state(a=one, b=other), state(a=one, b=other)) == []
    assert told(state(a=one), state(a=one, b=other)) == [("added", "entry", "K", "b.bib")]


def test_what_cannot_be_read_is_compared_too() -> None:
    assert told(state(a="@misc{k, title = {x"), state(a="@misc{k, title = {y")) == [
        ("added", "broken", "k", "a.bib"),
        ("removed", "broken", "k", "a.bib"),
    ]


def test_files_are_compared_whatever_their_names(outside: Repository) -> None:
    (outside.folder / "old.txt").write_text(LEE)
    (outside.folder / "new.bib").write_text(LEE.replace("Cards", "House of cards"))
    assert outside.northbib("diff", "old.txt", "new.bib") == (
        1,
        "changed lee2017cards in new.bib\n  title: Cards -> House of cards\n",
        "1 changed\n",
    )
    assert outside.northbib("diff", "old.txt", "old.txt") == (0, "", "no differences\n")


def test_revisions_are_those_of_the_library(repository: Repository) -> None:
    repository.commit(repositories.BASE.replace("{2010}", "{2011}"))
    changed = "changed hatherley2010ruins in works.bib\n  year: 2010 -> 2011\n"
    library = repository.file.parent
    for arguments, folder in (
        (("--library", "my library", "diff", "HEAD~1"), repository.folder),
        (("--library", "my library", "diff", "HEAD~1", "HEAD"), repository.folder),
        (("--library", "my library/works.bib", "diff", "HEAD~1"), repository.folder),
        (("diff", "HEAD~1:my library", "my library"), repository.folder),
        (("diff", "HEAD~1:my library/works.bib", "HEAD:my library/works.bib"), repository.folder),
        (("diff", "HEAD~1"), library),
        (("diff", "HEAD~1:./works.bib", "works.bib"), library),
    ):
        assert repository.northbib(*arguments, folder=folder) == (1, changed, "1 changed\n")
    assert repository.northbib("diff", folder=library) == (0, "", "no differences\n")
    repository.file.write_text(repositories.BASE)
    assert repository.northbib("diff", folder=library)[0] == 1


def test_a_revision_with_all_its_bibliographies_is_read(repository: Repository) -> None:
    (repository.file.parent / "Ångström.BIB").write_text(LEE)
    (repository.file.parent / ".hidden.bib").write_text(LEE)
    repository.commit(repositories.BASE)
    _, printed, _ = repository.northbib("--library", "my library", "diff", "HEAD~1", "HEAD")
    assert printed == "added lee2017cards to Ångström.BIB: Cards\n"


def test_what_is_not_there_is_told(repository: Repository) -> None:
    status, _, said = repository.northbib("diff", "nothing", "my library")
    assert status == 4
    assert said.startswith("northbib: 'nothing' is no file, no folder and no revision of git; ")
    status, _, said = repository.northbib("diff", "HEAD:nothing", "my library")
    assert (status, said) == (4, "northbib: there is no nothing in HEAD\n")
    status, _, said = repository.northbib("diff", "--output=x", "my library")
    assert status == 2
    status, _, said = repository.northbib("diff", "--", "--output=x", "my library")
    assert status == 4
    assert not (repository.folder / "x").exists()


def test_json_has_places_and_values(repository: Repository) -> None:
    repository.file.write_text(repositories.BASE.replace("{2010}", "{2011}"))
    status, printed, _ = repository.northbib("--library", "my library", "diff", "HEAD", "--json")
    place = {"file": "works.bib", "line": 8, "key": "hatherley2010ruins"}
    assert status == 1
    assert json.loads(printed) == [
        {
            "what": "entry",
            "changes": ["changed"],
            "old": place,
            "new": place,
            "title": None,
            "fields": [{"name": "year", "old": "2010", "new": "2011"}],
        }
    ]
