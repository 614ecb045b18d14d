"""Two people change one bibliography: what a merge makes of it, and where it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from northbib.bibtex import Document
from northbib.bibtex.merging import files as merging_files
from northbib.bibtex.merging import merge

if TYPE_CHECKING:
    from pathlib import Path

BASE = """\
% Encoding: UTF-8

@string{rs = {Regional Studies}}

@article{lee2017cards,
  author   = {Lee, Neil},
  title    = {Powerhouse of cards?},
  journal  = rs,
  keywords = {cities, agglomeration},
}

% to be read
@book{hatherley2010ruins,
  title = {A Guide to the New Ruins of Great Britain},
  year  = 2010
}

@misc{plain, title={One line}, year=2014}
"""


def merged(ours: str, theirs: str, base: str = BASE) -> tuple[str, list[str]]:
    result = merge(base.encode(), ours.encode(), theirs.encode())
    return result.data.decode(), [conflict.what for conflict in result.conflicts]


def edited(*changes: tuple[str, str], base: str = BASE) -> str:
    for old, new in changes:
        assert old in base
        base = base.replace(old, new)
    return base


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ([("{Lee, Neil}", "{Lee, N.}")], [("= rs", "= {Reg Stud}")]),
        ([("year  = 2010", "year  = 2011")], [("@book", "@online")]),
        ([("year=2014}", "year=2014, note={x}}")], [("={One line}", "={Two lines}")]),
        ([("% to be read", "% read")], [("year  = 2010", "year  = 2011")]),
        ([("{Regional Studies}", "{Reg. Studies}")], [("% Encoding: UTF-8", "% Mine")]),
        ([("@misc{plain", "@misc{line")], [("year=2014", "year=2015")]),
        ([("  title    = {Powerhouse of cards?},\n", "")], [("{Lee, Neil}", "{Lee}")]),
    ],
)
def test_different_changes_are_both_there(
    ours: list[tuple[str, str]], theirs: list[tuple[str, str]]
) -> None:
    expected = edited(*ours, *theirs)
    assert merged(edited(*ours), edited(*theirs)) == (expected, [])
    assert merged(edited(*theirs), edited(*ours)) == (expected, [])


def test_entries_added_at_one_place_stand_one_behind_the_other() -> None:
    x, y = "@book{x,\n  title = {X},\n}\n", "% of theirs\n@book{y, title={Y}}\n"
    assert merged(f"{BASE}\n{x}", f"{BASE}\n{y}") == (f"{BASE}\n{x}\n{y}", [])
    first = BASE.replace("@article", f"{x}\n@article"), BASE.replace("@article", f"{y}\n@article")
    assert merged(*first) == (BASE.replace("@article", f"{x}\n{y}\n@article"), [])


def test_an_addition_stands_behind_the_neighbour_that_it_has_on_its_side() -> None:
    entries = [f"@misc{{{key}, title={{{key}}}}}\n" for key in "abcd"]
    base = "\n".join(entries)
    ours = "\n".join(reversed(entries))
    theirs = base.replace(entries[1], f"{entries[1]}\n@misc{{new, title={{N}}}}\n")
    text, conflicts = merged(ours, theirs, base)
    assert conflicts == []
    assert [entry.key for entry in Document.parse(text).entries] == ["d", "c", "b", "new", "a"]


def test_another_order_is_kept_of_whichever_side_it_is() -> None:
    entries = [f"@misc{{{key},\n  title={{{key}}},\n}}\n" for key in "abcdef"]
    base = "\n".join(entries)
    other = "\n".join([*entries[3:], *entries[:3]])
    change = ("title={e}", "title={E}"), ("title={b}", "title={B}")
    expected = edited(*change, base=other)
    assert merged(edited(*change, base=base), other, base) == (expected, [])
    assert merged(other, edited(*change, base=base), base) == (expected, [])


def test_another_layout_is_kept_where_the_other_side_changed_no_value() -> None:
    tidy = edited(("  author   =", "    author ="), ("  title    =", "    title ="))
    text, conflicts = merged(tidy, edited(("{Lee, Neil}", "{Lee, N.}")))
    assert conflicts == []
    assert "    title = {Powerhouse of cards?},\n" in text
    assert "{Lee, N.}" in text


def test_one_field_changed_by_both_is_a_conflict_of_that_field() -> None:
    text, conflicts = merged(edited(("Neil", "N.")), edited(("Neil", "Neil D.")))
    assert conflicts == ["author of lee2017cards"]
    assert text == edited(
        (
            "  author   = {Lee, Neil},\n",
            (
                "<<<<<<< ours\n  author   = {Lee, N.},\n=======\n"
                "  author   = {Lee, Neil D.},\n>>>>>>> theirs\n"
            ),
        )
    )
    document = Document.parse(text, "a.bib")
    assert [entry.key for entry in document.entries] == [*Document.parse(BASE)]
    marks = [each for each in document.problems if each.code == "conflict-marker"]
    assert [(each.severity, each.line) for each in marks] == [("error", 6)]


def test_either_side_of_a_conflict_leaves_an_entry_without_a_fault() -> None:
    text, _ = merged(edited(("year=2014", "year=2015")), edited(("year=2014", "year=2016")))
    lines = text.split("\n")
    first, middle, last = (
        next(n for n, line in enumerate(lines) if line.startswith(mark))
        for mark in ("<<<", "===", ">>>")
    )
    for kept in (lines[first + 1 : middle], lines[middle + 1 : last]):
        document = Document.parse("\n".join([*lines[:first], *kept, *lines[last + 1 :]]))
        assert document["plain"]["year"] in ("2015", "2016")
        assert document.problems == ()


def test_changed_here_and_removed_there_is_a_conflict() -> None:
    plain = "@misc{plain, title={One line}, year=2014}\n"
    changed = plain.replace("2014", "2015")
    without = BASE.replace(f"\n{plain}", "")
    text, conflicts = merged(without, edited((plain, changed)))
    assert conflicts == ["plain, which one side removed"]
    assert text == f"{without}\n<<<<<<< ours\n=======\n{changed}>>>>>>> theirs\n"
    text, conflicts = merged(
        edited(("= 2010", "= 2011")),
        edited(
            (
                "title = {A Guide to the New Ruins of Great Britain},\n  year  = 2010",
                "title = {A Guide to the New Ruins of Great Britain}",
            )
        ),
    )
    assert conflicts == ["year of hatherley2010ruins"]


def test_what_one_side_only_laid_out_anew_can_be_removed_by_the_other() -> None:
    plain = "\n@misc{plain, title={One line}, year=2014}\n"
    wide = "\n@misc{plain,\n  title = {One line},\n  year  = 2014\n}\n"
    without = BASE.replace(plain, "")
    assert merged(without, edited((plain, wide))) == (without, [])
    assert merged(edited((plain, wide)), without) == (without, [])


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ("{a, b}", "{a, b, c}", "{a, b, d}", "{a, b, c, d}"),
        ("{a, b}", "{a}", "{a, b, d}", "{a, d}"),
        ("{a, b}", "{b, a}", "{a}", "{a}"),
        ("{a,b}", "{x,a,b}", "{a,b,d}", "{x,a,b,d}"),
        ("{a; b}", "{a; b; c}", "{a; b; d}", "{a; b; c; d}"),
        ('"a"', '"a, C"', '"a, c"', '"a, C"'),
        ("{a}", "{b}", "{c}", "{b, c}"),
    ],
)
def test_keywords_are_merged_as_sets(base: str, ours: str, theirs: str, expected: str) -> None:
    texts = [f"@misc{{k, keywords = {value}}}\n" for value in (ours, theirs, base, expected)]
    assert merged(*texts[:3]) == (texts[3], [])


def test_one_key_added_on_both_sides_is_one_entry() -> None:
    ours = f"{BASE}\n@book{{x,\n  title = {{X}},\n  note = {{ours}},\n}}\n"
    assert merged(ours, f"{BASE}\n@book{{x, title = {{X}}, note={{ours}}}}\n") == (ours, [])
    text, conflicts = merged(ours, f"{BASE}\n@book{{x, title = {{X}}, note={{y}}, year=1}}\n")
    assert conflicts == ["note of x"]
    assert Document.parse(text)["x"]["year"] == "1"
    assert text.count("@book{x") == 1


@pytest.mark.parametrize("ids", ["", "\n  ids = {lee2017cards},"])
def test_a_renamed_entry_takes_the_changes_of_the_other_side(ids: str) -> None:
    renamed = edited(("@article{lee2017cards,", f"@article{{lee2017powerhouse,{ids}"))
    change = ("{Lee, Neil}", "{Lee, N.}")
    expected = edited(change, base=renamed)
    assert merged(renamed, edited(change)) == (expected, [])
    assert merged(edited(change), renamed) == (expected, [])


def test_a_new_key_and_a_new_year_are_a_conflict_where_both_sides_have_chosen() -> None:
    base = "@article{lee2016, author = {Lee, Neil}, title = {Cards}, year = {2016}}\n"
    _, conflicts = merged(base.replace("2016", "2017"), base.replace("2016", "2018"), base)
    assert conflicts == ["type or key of lee2017", "year of lee2017"]


def test_an_entry_with_another_key_is_known_by_its_doi() -> None:
    base = "@article{lee2016, doi = {10.1080/00343404.2016.1196289}, year = {2016}}\n"
    ours, theirs = (
        base.replace("lee2016, ", "lee2017, note = {x}, "),
        base.replace("{2016", "{2018"),
    )
    assert merged(ours, theirs, base) == (ours.replace("{2016", "{2018"), [])


def test_a_new_key_that_is_taken_on_the_other_side_gives_no_second_entry_unseen() -> None:
    renamed = edited(("@misc{plain", "@misc{new"))
    added = f"{BASE}\n@book{{new, title = {{Another}}}}\n"
    text, conflicts = merged(renamed, added)
    assert conflicts
    assert "{Another}" in text
    assert "{One line}" in text


def test_a_repeated_key_is_merged_by_line_and_loses_nothing() -> None:
    twice = f"{BASE}\n@misc{{plain, title={{Two}}}}\n"
    text, conflicts = merged(twice, edited(("{One line}", "{1 line}")))
    assert conflicts == ["text between the entries"]
    for part in ("{Two}", "{1 line}", "{One line}"):
        assert part in text


def test_metadata_of_jabref_is_merged_by_line() -> None:
    base = f"{BASE}\n@Comment{{jabref-meta: grouping:\n0 All;\n1 Static:a;\n1 Static:b;\n}}\n"
    ours = base.replace("Static:a", "Static:x").replace("Neil", "N.")
    theirs = base.replace("1 Static:b;\n", "1 Static:b;\n1 Static:c;\n")
    text, conflicts = merged(ours, theirs, base)
    assert conflicts == []
    assert "1 Static:x;\n1 Static:b;\n1 Static:c;\n" in text


def test_a_broken_entry_is_one_block() -> None:
    base = "@misc{a, title={A}}\n\n@misc{broken, title = {never\n\n@misc{b, title={B}}\n"
    ours = base.replace("{A}", "{AA}").replace("never", "ever")
    theirs = base.replace("{B}", "{BB}")
    assert merged(ours, theirs, base) == (ours.replace("{B}", "{BB}"), [])
    mended = base.replace("{never", "{x}}").replace("{B}", "{BB}")
    text, conflicts = merged(ours, mended, base)
    assert conflicts == ["broken"]
    assert "{ever" in text
    assert "{x}}" in text


def test_a_macro_comes_before_the_entry_that_needs_it() -> None:
    entries = [f"@misc{{{key}, title={{{key}}}}}\n" for key in "abcd"]
    base = "\n".join(entries)
    new = '@string{m = "Macro"}\n', "@misc{new, title = m}\n"
    theirs = base.replace(entries[3], f"{new[0]}\n{entries[3]}") + f"\n{new[1]}"
    ours = "\n".join([entries[3], *entries[:3]])
    text, conflicts = merged(ours, theirs, base)
    assert conflicts == []
    assert Document.parse(text)["new"]["title"] == "Macro"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_are_those_of_ours(encoding: str, eol: str) -> None:
    base = "@misc{a, title={é}}\n\n@misc{b, title={B}}\n"
    ours = base.replace("{é}", "{éé}").replace("\n", eol).encode(encoding)
    theirs = base.replace("{B}", "{bé}")
    expected = base.replace("{é}", "{éé}").replace("{B}", "{bé}").replace("\n", eol)
    for other in ("utf-8", "cp1252", "utf-16"):
        result = merge(base.encode(other), ours, theirs.encode(other))
        assert not result.conflicts
        assert result.data == expected.encode(encoding)


def test_what_the_encoding_of_ours_cannot_hold_makes_the_file_utf_8() -> None:
    base = "@misc{a, title={é}}\n\n@misc{b, title={B}}\n"
    ours = base.replace("{é}", "{éé}")
    result = merge(base.encode("cp1252"), ours.encode("cp1252"), base.replace("B", "漢").encode())
    assert result.data.decode() == ours.replace("B", "漢")
    assert not result.conflicts


def test_what_cannot_be_read_back_is_a_conflict_that_holds_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(merging_files, "_reads_back", lambda *_: False)
    text, conflicts = merged(edited(("Neil", "N.")), edited(("2014", "2015")))
    assert conflicts
    ours, _, theirs = text.partition("=======\n")
    assert "{Lee, N.}" in ours
    assert "2015" in theirs


def test_marks_are_as_long_as_asked_for() -> None:
    result = merge(b"@a{k, x=1}", b"@a{k, x=2}", b"@a{k, x=3}", 9)
    assert b"\n<<<<<<<<< ours\n" in result.data
    assert b"\n=========\n" in result.data
    assert b"\n>>>>>>>>> theirs\n" in result.data


def test_files_of_a_corpus_take_the_edits_of_two_people(shared: Path) -> None:
    merged_files = 0
    for file in sorted((shared / "bib-corpus").glob("*.bib"))[::25]:
        data = file.read_bytes()
        keys = [key for key in Document.parse(data) if key]
        if len(keys) < 4 or len(data) > 300_000 or len(set(map(str.lower, keys))) < len(keys):
            continue
        ours, theirs = (Document.parse(data) for _ in range(2))
        ours[keys[0]]["northbibours"] = "one"
        ours.add("@book{northbib:ours, title = {Ours}}")
        theirs[keys[-1]]["northbibtheirs"] = "two"
        theirs[keys[0]]["northbibtheirs"] = "three"
        theirs.add("@book{northbib:theirs, title = {Theirs}}")
        result = merge(data, ours.to_bytes(), theirs.to_bytes())
        after = Document.parse(result.data)
        assert [c.what for c in result.conflicts] == [], file.name
        assert [*after] == [*ours, "northbib:theirs"], file.name
        assert after[keys[0]]["northbibours"] == "one"
        assert after[keys[0]]["northbibtheirs"] == "three"
        assert after[keys[-1]]["northbibtheirs"] == "two"
        merged_files += 1
    assert merged_files > 10
