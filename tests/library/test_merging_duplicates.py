"""Making one entry of several of one work, without losing a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_store import folder, own_cache

from northbib.bibtex import Document
from northbib.errors import UsageError
from northbib.library import Store
from northbib.library.duplicates.combining import combined
from northbib.library.duplicates.fuller import fuller
from northbib.library.duplicates.library import find, is_clear, plans
from northbib.library.duplicates.merging import LONGER, merge

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.bibtex import Entry
    from northbib.library.duplicates.merging import Merged

__all__ = ["folder", "own_cache"]

REVENGE = "The revenge of the places that don't matter (and what to do about it)"
COPY = f"""\
% Read in 2019.
@Article{{pose18,
  author = "Rodr{{\\'\\i}}guez-Pose, A.",
  title = "{REVENGE}",
  journal = {{Camb. J. Reg. Econ. Soc.}}, year = 2018, month = mar, volume = 11,
  doi = {{https://doi.org/10.1093/cjres/rsx024}},
  keywords = {{Levelling-Up, populism}}, note = {{Read twice}}, crossref = {{}},
}}

@misc{{quote, xdata = {{pose18}}, related = {{other,pose18}}, title = {{A quotation}}}}
"""


@pytest.fixture
def shelf(folder: Path) -> Path:
    """The small library, with a copy of one of its records in a file of its own."""
    (folder / "mine.bib").write_text(COPY, encoding="utf-8")
    return folder


def merge_all(folder: Path, prefer: str = "") -> list[Merged]:
    store = Store(folder)
    return merge(store, [(copies.records, prefer) for copies in find(store)])


def entry_of(folder: Path, file: str, key: str) -> Entry:
    return Document.parse((folder / file).read_bytes())[key]


def test_what_only_one_has_is_taken_over_and_lists_are_united(shelf: Path) -> None:
    merge_all(shelf)
    assert dict(entry_of(shelf, "mine.bib", "pose18")) == {
        "author": "Rodríguez-Pose, Andrés",
        "title": REVENGE,
        "journal": "Cambridge Journal of Regions, Economy and Society",
        "doi": "https://doi.org/10.1093/cjres/rsx024",
        "year": "2018",
        "month": "March",
        "keywords": "Levelling-Up, populism, regional-inequality",
        "volume": "11",
        "note": "Read twice",
        "crossref": "",
        "ids": "rodriguezpose2018revenge",
    }


def test_the_file_of_the_other_keeps_all_but_the_entry(shelf: Path) -> None:
    before = (shelf / "regional-inequality.bib").read_text(encoding="utf-8")
    merge_all(shelf)
    after = (shelf / "regional-inequality.bib").read_text(encoding="utf-8")
    assert after == before[: before.index("@article")] + before[before.index("@collection") :]


def test_entries_that_name_the_one_that_goes_name_the_one_that_stays(shelf: Path) -> None:
    merge_all(shelf, "rodriguezpose2018revenge")
    assert (shelf / "mine.bib").read_text(encoding="utf-8") == (
        "% Read in 2019.\n\n"
        "@misc{quote, xdata = {rodriguezpose2018revenge},"
        " related = {other,rodriguezpose2018revenge}, title = {A quotation}}\n"
    )


def test_it_can_be_undone(shelf: Path) -> None:
    before = {file.name: file.read_bytes() for file in shelf.glob("*.bib") if file.is_file()}
    merge_all(shelf)
    Store(shelf).undo()
    after = {file.name: file.read_bytes() for file in shelf.glob("*.bib") if file.is_file()}
    assert after == before


def test_values_that_contradict_each_other_are_an_obstacle_until_it_is_said_which(
    shelf: Path,
) -> None:
    other = COPY.replace("volume = 11", "volume = 11, pages = {1--20}")
    (shelf / "mine.bib").write_text(other, encoding="utf-8")
    Store(shelf).edit("rodriguezpose2018revenge", {"pages": "189--209"})
    store = Store(shelf)
    ((copies, plan),) = plans(store, find(store))
    assert plan.obstacle == "they differ in pages"
    assert not is_clear(copies, plan)
    with pytest.raises(UsageError, match="they differ in pages"):
        merge_all(shelf)
    (merged,) = merge_all(shelf, "rodriguezpose2018revenge")
    assert [str(each) for each in merged.conflicts] == [
        "pages: '189--209' stays, '1--20' of pose18 does not"
    ]
    kept = entry_of(shelf, "regional-inequality.bib", "rodriguezpose2018revenge")
    assert kept["pages"] == "189--209"


def test_the_longer_of_two_values_stays_where_that_is_asked_for(shelf: Path) -> None:
    (shelf / "mine.bib").write_text(COPY.replace("volume = 11", "publisher = {OUP}"), "utf-8")
    Store(shelf).edit("rodriguezpose2018revenge", {"publisher": "Oxford University Press"})
    (merged,) = merge_all(shelf, LONGER)
    assert entry_of(shelf, "mine.bib", "pose18")["publisher"] == "Oxford University Press"
    assert merged.conflicts[0].left == "OUP"


def test_entries_of_one_key_in_one_file_become_one(folder: Path) -> None:
    file = folder / "regional-inequality.bib"
    text = file.read_text(encoding="utf-8")
    entry = text[text.index("@article") : text.index("@collection")]
    file.write_text(text + entry.replace("2018},", "2018-03},"), encoding="utf-8")
    merge_all(folder)
    document = Document.parse(file.read_bytes())
    assert [entry.key for entry in document.entries] == [
        "baker2004geographies",
        "rodriguezpose2018revenge",
    ]
    assert "ids" not in document["rodriguezpose2018revenge"]


def test_entries_that_say_the_same_are_merged_without_an_identifier(folder: Path) -> None:
    text = (folder / "northern-futures.BIB").read_text(encoding="utf-8")
    text = "".join(line for line in text.splitlines(keepends=True) if " url " not in line)
    (folder / "northern-futures.BIB").write_text(text, encoding="utf-8")
    (folder / "copy.bib").write_text(text.replace("cfc2014", "centre2014"), encoding="utf-8")
    store = Store(folder)
    ((copies, plan),) = plans(store, find(store))
    assert not copies.group.is_certain
    assert is_clear(copies, plan)


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        (("volume = 11", "volume = 11, volume = 12"), "pose18 has the field volume twice"),
        (("volume = 11,", "volume = 11, stray text"), "fault"),
        (("crossref = {}", "related = {rodriguezpose2018revenge}"), "names another one of them"),
        (("@Article", "@inproceedings"), None),
    ],
)
def test_what_would_lose_something_is_an_obstacle(
    shelf: Path, change: tuple[str, str], obstacle: str | None
) -> None:
    (shelf / "mine.bib").write_text(COPY.replace(*change), encoding="utf-8")
    store = Store(shelf)
    for copies, plan in plans(store, find(store)):
        assert obstacle is None or obstacle in plan.obstacle
        assert not is_clear(copies, plan)


def test_a_part_is_no_duplicate_of_what_it_takes_its_fields_from(folder: Path) -> None:
    with (folder / "regional-inequality.bib").open("a", encoding="utf-8") as stream:
        stream.write("@article{part, crossref = {rodriguezpose2018revenge}, pages = {190}}\n")
    assert find(Store(folder)) == []


@pytest.mark.parametrize(
    ("field", "one", "other", "verdict"),
    [
        ("author", "Lee, Neil", "Lee, N.", "one"),
        ("author", "Lee, N. and Nurse, Alexander", "Lee, Neil and Nurse, A.", "neither"),
        ("author", "Lee, Neil and others", "Lee, Neil and Nurse, A.", "other"),
        ("author", "Lee, Neil", "Nurse, Alexander", "neither"),
        ("author", "{HM Treasury}", "{HM Treasury}", "same"),
        ("title", "A tale of one city", "A Tale of One City: The Devo Manc deal", "other"),
        ("title", "{\\'E}conomie", "Économie", "same"),
        ("journaltitle", "Reg. Stud.", "Regional Studies", "other"),
        ("pages", "478--489", "478-89", "one"),
        ("pages", "478", "478--489", "other"),
        ("pages", "478--489", "479--489", "neither"),
        ("doi", "https://doi.org/10.1086/261763", "10.1086/261763", "same"),
        ("isbn", "0-521-82261-0", "9780521822619", "same"),
        ("url", "http://www.bbc.co.uk/news/a", "https://bbc.co.uk/news/a/", "same"),
        ("url", "https://www.gov.uk/a", "https://www.gov.uk/b", "neither"),
        ("urldate", "2014", "2014-10", "other"),
        ("volume", "51", "52", "neither"),
        ("publisher", "Palgrave", "Palgrave Macmillan", "other"),
    ],
)
def test_the_fuller_of_two_values_is_known(field: str, one: str, other: str, verdict: str) -> None:
    assert fuller(field, one, other) == verdict
    swapped = {"one": "other", "other": "one"}.get(verdict, verdict)
    assert fuller(field, other, one) == swapped


words = st.text("abé{}\\'-., 0", max_size=12).filter(
    lambda text: text.count("{") == text.count("}")
)
fields = st.dictionaries(
    st.sampled_from("title note keywords doi date year month pages author url journal".split()),
    words.filter(bool),
)


@given(fields, fields, st.booleans())
def test_every_value_stays_is_shown_or_is_said_by_another(
    kept: dict[str, str], other: dict[str, str], longer: bool
) -> None:
    found = combined(kept, other, "other", longer=longer)
    result = {name: value for name, value in kept.items() if name not in found.changes}
    result |= {name: value for name, value in found.changes.items() if value is not None}
    shown = [conflict.left for conflict in found.conflicts]
    dates = {"date", "year", "month"}
    for name, value in (*kept.items(), *other.items()):
        if name in dates:
            assert dates & set(result)
        elif name not in ("keywords", "note"):
            assert value in shown or fuller(name, result[name], value) in ("one", "same")
    if (
        "note" in kept
        and "note" in other
        and fuller("note", kept["note"], other["note"]) == "neither"
    ):
        assert kept["note"].strip() in result["note"]
        assert other["note"].strip() in result["note"]
