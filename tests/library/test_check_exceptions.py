"""Which rules are asked, how much they weigh, and what is excepted from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from northbib.errors import InputError, UsageError
from northbib.library import Store
from northbib.library.check import check
from northbib.library.checking.choice import choice_of
from northbib.library.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.findings import Finding

FAULTY = "@book{lee, title = {The NHS}, author = {Lee, N.J.}, date = {2014}, doi = {1}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    library = tmp_path / "library"
    library.mkdir()
    return library


def found(
    folder: Path, text: str, settings: str = "", query: str = "", **options: tuple[str, ...]
) -> list[Finding]:
    (folder / "a.bib").write_text(text, encoding="utf-8")
    (folder / ".northbib.toml").write_text(settings, encoding="utf-8")
    choice = choice_of(read_settings(folder), folder, **options)
    return check(Store(folder), query, choice).findings


def codes(*arguments: object, **options: object) -> list[str]:
    return [finding.code for finding in found(*arguments, **options)]  # type: ignore[arg-type]


def test_without_settings_all_rules_are_asked(folder: Path) -> None:
    assert codes(folder, FAULTY) == ["unprotected-capitals", "glued-initials", "bad-doi"]


def test_a_comment_before_an_entry_excepts_it_from_a_rule(folder: Path) -> None:
    text = f"% northbib: ignore bad-doi\n{FAULTY}\n@book{{b, doi = {{1}}}}"
    assert codes(folder, text, select=("bad-doi",)) == ["bad-doi"]
    assert found(folder, text, select=("bad-doi",))[0].key == "b"


@pytest.mark.parametrize(
    "comment",
    [
        "% northbib: ignore bad-doi, glued-initials -- the printer's own",
        "%northbib: ignore bad-doi glued-initials",
        "% northbib: ignore bad-doi\n%% northbib: ignore glued-initials",
        "% A note\n  % northbib: ignore glued-initials bad-doi\n% another note",
    ],
)
def test_comments_name_several_rules_and_may_give_a_reason(folder: Path, comment: str) -> None:
    assert codes(folder, f"{comment}\n{FAULTY}") == ["unprotected-capitals"]


def test_what_the_reader_finds_in_an_entry_is_excepted_like_all_else(folder: Path) -> None:
    text = "% northbib: ignore stray-text\n@misc{a,\n  title = {T}, % note\n  date = {2014},\n}\n"
    assert codes(folder, text) == []
    assert codes(folder, text.partition("\n")[2], query="key:a") == ["stray-text"]


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_comments_are_found_whatever_the_line_ends(folder: Path, eol: str) -> None:
    text = f"@misc{{a, title = {{Ü}}}}\n\n% northbib: ignore bad-doi\n{FAULTY}"
    (folder / "a.bib").write_bytes(text.replace("\n", eol).encode())
    assert check(Store(folder), "key:lee").found[-1].finding.code == "glued-initials"


def test_a_comment_with_a_blank_line_after_it_belongs_to_no_entry(folder: Path) -> None:
    text = f"% northbib: ignore bad-doi\n\n{FAULTY}"
    assert "bad-doi" in codes(folder, text)


def test_an_exception_that_finds_nothing_is_told(folder: Path) -> None:
    findings = found(folder, f"\n% northbib: ignore bad-isbn\n{FAULTY}")
    assert (findings[0].code, findings[0].line) == ("unused-exception", 2)
    assert "bad-isbn" in findings[0].message


def test_an_exception_from_an_unknown_rule_is_told_with_the_rule_that_may_be_meant(
    folder: Path,
) -> None:
    [finding] = found(folder, f"% northbib: ignore bad-dio\n{FAULTY}", query="key:lee")[:1]
    assert "bad-dio" in finding.message
    assert (finding.fix or "").startswith("did you mean bad-doi")


def test_an_exception_from_a_rule_that_was_not_asked_is_not_doubted(folder: Path) -> None:
    text = f"% northbib: ignore bad-isbn\n{FAULTY}"
    assert "unused-exception" not in codes(folder, text, ignore=("bad-isbn",))


def test_exceptions_of_other_entries_are_not_doubted_when_a_query_leaves_them_out(
    folder: Path,
) -> None:
    text = f"% northbib: ignore bad-isbn\n@misc{{a, title = {{A}}}}\n{FAULTY}"
    settings = '[check.keys]\na = ["bad-issn"]\n'
    assert "unused-exception" not in codes(folder, text, settings, query="key:lee")


def test_keys_and_patterns_of_keys_are_excepted(folder: Path) -> None:
    settings = '[check.keys]\nlee = ["bad-doi"]\n"l*" = "glued-initials"\n'
    assert codes(folder, FAULTY, settings) == ["unprotected-capitals"]


def test_an_excepted_key_without_a_fault_is_told(folder: Path) -> None:
    findings = found(folder, FAULTY, '[check.keys]\n"x*" = ["bad-doi"]\n')
    assert findings[-1].code == "unused-exception"
    assert findings[-1].file == str(folder / ".northbib.toml")


def test_settings_choose_rules_and_weigh_them(folder: Path) -> None:
    settings = (
        '[check]\nselect = ["bad-doi", "glued-initials"]\nignore = ["bad-doi"]\n'
        '[check.severity]\nglued-initials = "error"\n'
    )
    assert [(each.code, each.severity) for each in found(folder, FAULTY, settings)] == [
        ("glued-initials", "error")
    ]


def test_what_is_selected_on_the_command_line_is_asked_whatever_the_settings(folder: Path) -> None:
    settings = '[check]\nselect = ["missing-field"]\nignore = ["bad-doi"]\n'
    assert codes(folder, FAULTY, settings, select=("bad-doi",)) == ["bad-doi"]
    assert codes(folder, FAULTY, "", ignore=("bad-doi",))[-1] == "glued-initials"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('[check]\nignore = ["bad-dio"]', "no rule is called 'bad-dio'"),
        ('[check]\nignore = "bad-doi"', "no list of codes"),
        ("[check]\nselect = [1]", "no list of codes"),
        ('[check]\nignored = ["bad-doi"]', "no setting 'ignored'"),
        ('[check.severity]\nbad-doi = "fatal"', "no severity 'fatal'"),
        ('[check.severity]\nbad-dio = "error"', "no rule is called"),
        ("[check.keys]\nlee = 3", "no list of codes"),
        ("[check]\nkeys = 3", "no table"),
        ("check = 3", "no table"),
    ],
)
def test_settings_that_make_no_sense_are_refused_in_a_sentence(
    folder: Path, settings: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said) as error:
        found(folder, FAULTY, settings)
    assert error.value.where == folder / ".northbib.toml"


def test_settings_that_are_no_toml_are_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="no TOML"):
        found(folder, FAULTY, "[check\n")


def test_the_settings_of_a_library_of_one_file_stand_beside_it(folder: Path) -> None:
    (folder / "a.bib").write_text(FAULTY, encoding="utf-8")
    (folder / ".northbib.toml").write_text('[check]\nselect = ["bad-doi"]\n', encoding="utf-8")
    file = folder / "a.bib"
    choice = choice_of(read_settings(file), file)
    assert [each.code for each in check(Store(file), choice=choice).findings] == ["bad-doi"]


def test_a_parent_in_another_file_is_there(folder: Path) -> None:
    (folder / "b.bib").write_text("@book{parent, title = {T}}", encoding="utf-8")
    text = "@inbook{child, title = {T}, crossref = {parent}}\n@misc{x, xref = {gone}}"
    findings = [each for each in found(folder, text) if each.code == "missing-parent"]
    assert [each.key for each in findings] == ["x"]


def test_a_key_of_two_files_is_told_with_the_place_of_the_first(folder: Path) -> None:
    (folder / "b.bib").write_text("@book{Lee, title = {T}}", encoding="utf-8")
    [finding] = found(folder, FAULTY, select=("duplicate-key",))
    assert finding.file == str(folder / "b.bib")
    assert f"{folder / 'a.bib'}:1" in finding.message


def test_a_macro_of_another_file_is_told_to_be_there(folder: Path) -> None:
    (folder / "b.bib").write_text("@string{jpe = {Journal}}", encoding="utf-8")
    [finding] = found(folder, "@article{a, journal = jpe}", select=("undefined-macro",))
    assert str(folder / "b.bib") in (finding.fix or "")


def test_findings_stand_where_the_field_stands(folder: Path) -> None:
    text = (
        "Ünder the line @misc{a, title = {The NHS}}\n"
        "@misc{b, title = {note = {x}}, note=\n  {The NHS}, title = {The NHS}, doi = {1}\n, "
        "ISBN\t= 1}\n"
    )
    places = [
        (each.code, each.line, each.column)
        for each in found(folder, text)
        if each.code not in ("missing-field", "entry-in-text")
    ]
    assert places == [
        ("unprotected-capitals", 1, 25),
        ("duplicate-field", 3, 14),
        ("bad-doi", 3, 33),
        ("bad-isbn", 4, 3),
    ]


def test_the_entries_of_a_query_are_counted(folder: Path) -> None:
    (folder / "a.bib").write_text(FAULTY + "@misc{b, title = {T}}", encoding="utf-8")
    assert check(Store(folder), "key:b").entries == 1
    assert check(Store(folder)).entries == 2
