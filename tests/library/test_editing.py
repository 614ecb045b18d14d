"""Editing, tagging and removing: only the bytes that are meant change."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
import small_store
from hypothesis import given
from hypothesis import strategies as st

from northbib.bibtex import Document, records
from northbib.errors import ConflictError, NotFoundError, StoreError, UsageError
from northbib.library import Store
from northbib.library.disk.replacing import Replacement
from northbib.library.topics import change_topics

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SICI = "10.1002/(SICI)1096-987X(199803)19:4<377::AID-JCC1>3.0.CO;2-P"

folder = small_store.folder
own_cache = small_store.own_cache


@pytest.fixture
def store(folder: Path) -> Store:
    return Store(folder)


@pytest.fixture
def inequality(folder: Path) -> Path:
    return folder / "regional-inequality.bib"


def text(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def test_a_field_is_set_and_no_other_byte_changes(store: Store, inequality: Path) -> None:
    before = text(inequality)
    stored = store.edit("baker2004geographies", {"publisher": "E & FN Spon"})
    assert text(inequality) == before.replace("{Cambridge University Press}", r"{E \& FN Spon}")
    assert stored.record.text("publisher") == "E & FN Spon"


def test_a_field_is_added_in_the_layout_of_its_neighbours(store: Store, inequality: Path) -> None:
    before = text(inequality)
    store.edit("baker2004geographies", {"location": "Cambridge"})
    after = before.replace(
        "  isbn      = {0521822610},\n",
        "  isbn      = {0521822610},\n  location  = {Cambridge},\n",
    )
    assert text(inequality) == after


def test_fields_are_named_as_biblatex_or_as_csl_names_them(store: Store) -> None:
    stored = store.edit(
        "rodriguezpose2018revenge",
        {"container-title": "First", "DOI": "10.1093/cjres/rsx024", "Volume": "11"},
    )
    assert stored.record.text("container-title") == "First"
    assert stored.record.text("volume") == "11"
    stored = store.edit("rodriguezpose2018revenge", {"journaltitle": "Second"})
    assert stored.record.text("container-title") == "Second"


def test_a_container_goes_into_the_field_of_the_type(store: Store, folder: Path) -> None:
    (folder / "new.bib").write_text("@incollection{part, title = {Part}}\n")
    store.edit("part", {"container-title": "The Whole"})
    assert (
        text(folder / "new.bib") == "@incollection{part, title = {Part}, booktitle = {The Whole}}\n"
    )


def test_a_field_keeps_the_older_name_that_its_entry_uses(store: Store, folder: Path) -> None:
    (folder / "new.bib").write_text("@article{old, journal = {Old}, year = 1990}\n")
    store.edit("old", {"journaltitle": "Second"})
    assert text(folder / "new.bib") == "@article{old, journal = {Second}, year = 1990}\n"
    assert store.edit("old", {"container-title": "Third"}).record.text("container-title") == "Third"
    store.edit("old", {"year": "1991"}, ["journaltitle"])
    assert text(folder / "new.bib") == "@article{old, year = 1991}\n"


def test_an_entry_is_not_given_two_dates_that_contradict(store: Store, folder: Path) -> None:
    (folder / "new.bib").write_text("@article{old, title = {Old}, year = 1990}\n")
    with pytest.raises(UsageError, match="set year instead"):
        store.edit("old", {"date": "1991-02"})
    with pytest.raises(UsageError, match="set date instead"):
        store.edit("baker2004geographies", {"year": "1991"})
    assert store.edit("old", {"date": "1991-02"}, ["year"]).record.year == 1991


@pytest.mark.parametrize("name", ["id", "entrytype", "key", "Key", "citation-key"])
def test_the_key_and_the_type_of_an_entry_are_no_fields(name: str, store: Store) -> None:
    with pytest.raises(UsageError, match="entry's first line"):
        store.edit("baker2004geographies", {name: "x"})


@pytest.mark.parametrize("value", ["book", "Book", " online ", "article-newspaper", "newspaper"])
def test_the_type_of_an_entry_is_not_set_by_the_field_of_that_name(
    value: str, store: Store, inequality: Path
) -> None:
    before = text(inequality)
    with pytest.raises(UsageError) as caught:
        store.edit("baker2004geographies", {"type": value})
    assert f"first line, {inequality}:13" in (caught.value.hint or "")
    assert text(inequality) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [("type", "PhD thesis"), ("type", "Press release"), ("genre", "Book"), ("type", "phdthesis")],
)
def test_a_kind_of_work_is_set(field: str, value: str, store: Store, folder: Path) -> None:
    (folder / "new.bib").write_text("@thesis{any, title = {A title}}\n")
    store.edit("any", {field: value})
    assert f"{{{value}}}" in text(folder / "new.bib")


def test_a_field_called_key_can_be_taken_away(store: Store, folder: Path) -> None:
    (folder / "new.bib").write_text("@misc{any, title = {A title}, key = {A}}\n")
    store.edit("any", unset=["key"])
    assert text(folder / "new.bib") == "@misc{any, title = {A title}}\n"


@pytest.mark.parametrize("second", ["a.bib", "z.bib"])
def test_a_key_that_stands_more_than_once_is_neither_edited_nor_tagged_nor_removed(
    second: str, tmp_path: Path
) -> None:
    (tmp_path / "a.bib").write_text("@book{twice, title = {One}}\n")
    with (tmp_path / second).open("a") as file:
        file.write("\n@book{Twice, title = {Two}}\n")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    places = [f"{tmp_path / 'a.bib'}:1", f"{tmp_path / second}:{3 if second == 'a.bib' else 2}"]
    store = Store(tmp_path)
    changes: list[Callable[[str], object]] = [
        lambda key: store.edit(key, {"note": "x"}),
        lambda key: store.tag([key], add=["x"]),
        lambda key: store.remove([key]),
    ]
    for change, key in itertools.product(changes, ("twice", "Twice", "TWICE")):
        with pytest.raises(ConflictError, match="another key in its file first") as caught:
            change(key)
        assert all(place in caught.value.message for place in places)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
    assert store.get("twice").record.title == "One"


def test_a_field_is_taken_away(store: Store, inequality: Path) -> None:
    before = text(inequality)
    store.edit("rodriguezpose2018revenge", unset=["DOI"])
    assert text(inequality) == before.replace("  doi          = {10.1093/cjres/rsx024},\n", "")


def test_taking_away_a_field_that_is_not_there_names_near_ones(store: Store) -> None:
    with pytest.raises(NotFoundError, match="did you mean publisher"):
        store.edit("baker2004geographies", unset=["publsher"])


def test_latex_is_taken_as_it_is_and_must_balance(store: Store, inequality: Path) -> None:
    store.edit("baker2004geographies", {"title": r"The {North} \& more"})
    assert r"{The {North} \& more}" in text(inequality)
    before = text(inequality)
    with pytest.raises(UsageError):
        store.edit("baker2004geographies", {"title": "The {North", "publisher": "X"})
    assert text(inequality) == before


@pytest.mark.parametrize("name", ["", "a b", "a{b", "a=b", "a,b", "a}", "1st", "@x", 'a"b', "a\nb"])
def test_a_name_that_is_none_for_a_field_is_refused(
    name: str, store: Store, inequality: Path
) -> None:
    before = text(inequality)
    with pytest.raises(UsageError, match="name of a field"):
        store.edit("baker2004geographies", {name: "x"})
    assert text(inequality) == before


@pytest.mark.parametrize("field", ["date", "issued", "urldate", "accessed"])
@pytest.mark.parametrize("value", ["soon", "2014-13", "2014-02-30", "14.10.2014"])
def test_what_is_not_a_date_is_refused(field: str, value: str, store: Store) -> None:
    with pytest.raises(UsageError, match="2014-10-23"):
        store.edit("baker2004geographies", {field: value})


@pytest.mark.parametrize(
    "value", ["2014", "2014-10", "2014-10-23", "2010/2016", "2014~", "2010/.."]
)
def test_a_date_is_set(value: str, store: Store, folder: Path) -> None:
    (folder / "new.bib").write_text("@book{any, title = {A title}, date = {2001}}\n")
    issued = store.edit("any", {"date": value}).record.date()
    assert issued is not None
    assert issued.edtf() == value


@pytest.mark.parametrize("value", ["abc", "20145", "n.d.", "forthcoming"])
def test_what_is_not_a_year_is_refused(value: str, store: Store, folder: Path) -> None:
    (folder / "new.bib").write_text("@book{any, title = {A title}, year = 2001}\n")
    with pytest.raises(UsageError, match="2010/2016"):
        store.edit("any", {"year": value})
    assert store.get("any").record.year == 2001


@pytest.mark.parametrize("value", ["2010", "2010/2016", "2010--2016", "2010~", "c. 2010", "201X"])
def test_a_year_is_set(value: str, store: Store, folder: Path) -> None:
    (folder / "new.bib").write_text("@book{any, title = {A title}, year = 2001}\n")
    assert store.edit("any", {"year": value}).record.year == 2010


@pytest.mark.parametrize("value", ["notadoi", "10.1093", "https://example.org/a"])
def test_what_is_not_a_doi_is_refused(value: str, store: Store, inequality: Path) -> None:
    before = text(inequality)
    with pytest.raises(UsageError, match=r"10\.1093/cjres/rsx024"):
        store.edit("rodriguezpose2018revenge", {"DOI": value})
    assert text(inequality) == before


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("10.1093/CJRES/rsx024", "10.1093/CJRES/rsx024"),
        ("https://doi.org/10.1093/CJRES/rsx024", "10.1093/CJRES/rsx024"),
        ("http://dx.doi.org/10.1093%2Fcjres%2Frsx024", "10.1093/cjres/rsx024"),
        ("doi:10.1086/261763.", "10.1086/261763"),
        ("{10.1086/261763}", "10.1086/261763"),
        (r"10.1007/978-3-319-62560-7\_1", "10.1007/978-3-319-62560-7_1"),
        (SICI, SICI),
        (f"https://doi.org/{SICI}", SICI),
    ],
)
def test_a_doi_is_stored_without_its_resolver(
    typed: str, stored: str, store: Store, inequality: Path
) -> None:
    store.edit("rodriguezpose2018revenge", {"doi": typed})
    assert f"  doi          = {{{stored}}},\n" in text(inequality)


@pytest.mark.parametrize("value", ["0521822611", "978-0-521-82261-1", "soon", "052182261"])
def test_an_isbn_whose_check_digit_is_wrong_is_refused(value: str, store: Store) -> None:
    with pytest.raises(UsageError, match="check digit"):
        store.edit("baker2004geographies", {"isbn": value})


@pytest.mark.parametrize("typed", ["0-521-82261-0", "ISBN 0-521-82261-0", "isbn: 0-521-82261-0"])
def test_an_isbn_is_set_as_it_is_typed(typed: str, store: Store, inequality: Path) -> None:
    store.edit("baker2004geographies", {"ISBN": typed})
    assert "isbn      = {0-521-82261-0}," in text(inequality)


@pytest.mark.parametrize("value", ["", "  ", "a\0b"])
def test_a_value_that_is_none_is_refused(value: str, store: Store) -> None:
    with pytest.raises(UsageError):
        store.edit("baker2004geographies", {"note": value})


def test_a_field_cannot_be_set_and_unset_at_once(store: Store) -> None:
    with pytest.raises(UsageError, match="set and unset"):
        store.edit("rodriguezpose2018revenge", {"DOI": "10.1093/cjres/rsx024"}, ["doi"])


def test_an_unknown_key_is_not_found(store: Store) -> None:
    with pytest.raises(NotFoundError, match="did you mean baker2004geographies"):
        store.edit("baker2004geographie", {"note": "x"})


def test_topics_are_added_and_taken_away_in_their_order(store: Store, inequality: Path) -> None:
    before = text(inequality)
    (stored,) = store.tag(
        ["rodriguezpose2018revenge"], add=["new", "Levelling-up"], remove=["REGIONAL-inequality"]
    )
    assert stored.record.keywords == ("levelling-up", "new")
    assert text(inequality) == before.replace(
        "{regional-inequality, levelling-up}", "{levelling-up, new}"
    )


@pytest.mark.parametrize(
    ("before", "add", "remove", "after"),
    [
        ("{pleasure,relativism}", "foo", "", "{pleasure,relativism,foo}"),
        ("{pleasure}", "foo", "", "{pleasure, foo}"),
        ("{a , b}", "foo", "", "{a , b , foo}"),
        ("{a, b,}", "foo", "", "{a, b, foo,}"),
        ("{\n  a,\n  b\n }", "foo", "", "{\n  a,\n  b,\n  foo\n }"),
        ("{\n  a,\n  b,\n }", "foo", "", "{\n  a,\n  b,\n  foo,\n }"),
        ("{a, b,\n c, d}", "foo", "", "{a, b,\n c, d, foo}"),
        ('"a,b"', "foo", "", '"a,b,foo"'),
        ("{}", "foo", "", "{foo}"),
        ("{a,b,a}", "foo", "", "{a,b,a,foo}"),
        ("{a,{b, c}}", "foo", "", "{a,{b, c},foo}"),
        ('"a" # ", b"', "foo", "", '"a, b, foo"'),
        ("word", "foo", "", "{a macro, foo}"),
        ("{a,b,c}", "", "b", "{a,c}"),
        ("{a,b,c}", "", "A", "{b,c}"),
        ("{a, b, c}", "", "c", "{a, b}"),
        ("{\n  a,\n  b,\n  c\n }", "", "a", "{\n  b,\n  c\n }"),
        ("{\n  a,\n  b,\n  c\n }", "", "c", "{\n  a,\n  b\n }"),
        ("{a, b,}", "", "b", "{a,}"),
        ("{a,b,a}", "", "a", "{b}"),
        ("{tech\n clusters,b}", "", "tech clusters", "{b}"),
        ("{a,b,c}", "d", "c", "{a,b,d}"),
        ("{a}", "d", "a", "{d}"),
    ],
)
def test_the_topics_that_stay_are_left_as_they_are_written(
    before: str, add: str, remove: str, after: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.bib"
    entry = (
        "@string{{word = {{a macro}}}}\n@book{{any,\n keywords = {},\n title = {{A title}}\n}}\n"
    )
    file.write_text(entry.format(before))
    Store(file).tag(["any"], add=[add] if add else [], remove=[remove] if remove else [])
    assert text(file) == entry.format(after)


TOPICS = st.lists(st.sampled_from(["a", "B", "c d", "e"]), max_size=4)
GAPS = st.sampled_from([",", ", ", " , ", ",\n  ", ",,", ", \n"])


@given(TOPICS, GAPS, st.sampled_from(["", ",", "\n"]), TOPICS, TOPICS)
def test_topics_are_changed_however_they_are_written(
    before: list[str], gap: str, end: str, add: list[str], remove: list[str]
) -> None:
    document = Document.parse(
        f"@book{{any, title = {{A}}, keywords = {{{gap.join(before)}{end}}}}}"
    )
    change_topics(document["any"], add, remove)
    wanted = [topic for topic in before if topic not in remove]
    wanted += [topic for topic in dict.fromkeys(add) if topic not in (*before, *remove)]
    ((_, record),) = records(document)
    assert list(record.keywords) == wanted


def test_records_of_several_files_are_tagged_at_once(store: Store) -> None:
    found = store.tag(
        ["baker2004geographies", "cfc2014summit", "rodriguezpose2018revenge"], add=["all"]
    )
    assert [stored.record.keywords for stored in found] == [
        ("all",),
        ("english-devolution", "all"),
        ("regional-inequality", "levelling-up", "all"),
    ]


def test_tagging_with_what_is_there_changes_no_file(store: Store, inequality: Path) -> None:
    before = inequality.stat()
    store.tag(["rodriguezpose2018revenge"], add=["levelling-up"], remove=["nothing"])
    assert inequality.stat().st_ino == before.st_ino
    assert inequality.stat().st_mtime_ns == before.st_mtime_ns


def test_the_last_topic_takes_its_field_with_it(store: Store, folder: Path) -> None:
    store.tag(["cfc2014summit"], remove=["english-devolution"])
    assert "keywords" not in text(folder / "northern-futures.BIB")


@pytest.mark.parametrize("topic", ["", " ", "a,b", "a{b", "a\\b"])
def test_a_topic_that_would_not_come_back_is_refused(topic: str, store: Store) -> None:
    with pytest.raises(UsageError, match="cannot be a topic"):
        store.tag(["cfc2014summit"], add=[topic])


def test_tagging_changes_no_record_where_one_is_missing(store: Store, inequality: Path) -> None:
    before = text(inequality)
    with pytest.raises(NotFoundError):
        store.tag(["baker2004geographies", "nobody"], add=["x"])
    assert text(inequality) == before


def test_records_are_removed_and_the_rest_stays(
    store: Store, folder: Path, inequality: Path
) -> None:
    keys = ["rodriguezpose2018revenge", "cfc2014summit"]
    removed = store.remove([*keys, "rodriguezpose2018revenge"])
    assert [stored.record.key for stored in removed] == keys
    assert [stored.record.key for stored in store.all()] == ["baker2004geographies"]
    left = text(inequality)
    assert left.startswith("% The works of the first list.\n@string{cjres =")
    assert left.endswith("  isbn      = {0521822610},\n}\n")
    assert store.problems == ()


def test_no_record_is_removed_where_one_is_missing(store: Store, inequality: Path) -> None:
    before = text(inequality)
    with pytest.raises(NotFoundError):
        store.remove(["baker2004geographies", "nobody"])
    assert text(inequality) == before


def test_a_record_that_others_take_fields_from_is_not_removed_without_them(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_text(
        "@incollection{chapter, title = {C}, crossref = {book}}\n\n@collection{book, title = {B}}\n"
    )
    store = Store(file)
    with pytest.raises(ConflictError, match="chapter takes fields from it"):
        store.remove(["book"])
    store.remove(["book", "chapter"])
    assert store.all() == []


def test_where_one_file_cannot_be_written_the_others_are_put_back(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    swap = Replacement.swap

    def full(replacement: Replacement) -> None:
        if replacement.path.name == "regional-inequality.bib":
            raise OSError(28, "No space left on device")
        swap(replacement)

    monkeypatch.setattr(Replacement, "swap", full)
    with pytest.raises(StoreError, match="no space"):
        store.remove(["cfc2014summit", "baker2004geographies"])
    assert {f.name: f.read_bytes() for f in folder.iterdir() if f.is_file()} == before
    assert len(store.all()) == 3
    assert store.log() == []
