"""The command check: its report, its exit status, its fixes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from northbib.cli.app import run
from northbib.library.rules import all_codes

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "@misc{a,\n  title = {The NHS},\n  doi = {1},\n}\n"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bibliographies").mkdir()
    (tmp_path / "bibliographies" / "a.bib").write_text(TEXT, encoding="utf-8")
    return tmp_path / "bibliographies"


def test_a_check_that_finds_something_ends_with_1(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check"]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        (
            "bibliographies/a.bib:2:3: info: a: title has capitals that styles may lower: NHS;"
            " put braces round each [unprotected-capitals]"
        ),
        ("bibliographies/a.bib:3:3: error: a: '1' is no DOI; look it up, or take it out [bad-doi]"),
    ]
    assert err == "1 entry: 1 error, 1 note\n"


def test_a_check_that_finds_nothing_ends_with_0(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--ignore", "bad-doi", "--ignore", "unprotected-capitals"]) == 0
    assert capsys.readouterr() == ("", "1 entry: no faults\n")


def test_a_query_says_what_to_look_at(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--format", "json", "-key:a"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [("nsh", "did you mean nhs"), ("annals", "did you mean in:annals"), ("zzzz", "")],
)
def test_a_query_that_finds_nothing_is_not_told_as_without_fault(
    library: Path, capsys: pytest.CaptureFixture[str], words: str, told: str
) -> None:
    (library / "annals.bib").write_text("@misc{b, title = {B}}", encoding="utf-8")
    assert run(["check", words]) == 0
    assert capsys.readouterr().err.endswith(f"no record matches {words}{told and '; '}{told}\n")


def test_json_is_told_in_two_ways(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "--json"])
    first = capsys.readouterr().out
    run(["check", "--format", "json"])
    assert capsys.readouterr().out == first
    assert [each["code"] for each in json.loads(first)] == ["unprotected-capitals", "bad-doi"]
    assert json.loads(first)[0]["replacements"][0]["text"] == "{NHS}"


def test_a_fix_is_made_and_taken_back(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--fix"]) == 1
    out, err = capsys.readouterr()
    assert "fixed 1 fault in 1 entry; northbib undo 1 takes it back" in err
    assert "unprotected-capitals" not in out
    fixed = (library / "a.bib").read_text(encoding="utf-8")
    assert fixed == TEXT.replace("NHS", "{NHS}")
    assert run(["check", "--fix"]) == 1
    assert "nothing to fix" in capsys.readouterr().err
    run(["undo"])
    assert (library / "a.bib").read_text(encoding="utf-8") == TEXT


def test_only_the_selected_rule_is_fixed(library: Path) -> None:
    assert run(["check", "--fix", "--select", "doi-prefix"]) == 0
    assert (library / "a.bib").read_text(encoding="utf-8") == TEXT


def test_a_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--explain", "bad-doi"]) == 0
    out = capsys.readouterr().out
    assert "@article{krugman1991increasing, doi = {10.1086/261763}}" in out
    assert out.startswith("bad-doi, error\n")


def test_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--rules"]) == 0
    out = capsys.readouterr().out
    assert all(code in out for code in all_codes())
    run(["check", "--rules", "--json"])
    listed = json.loads(capsys.readouterr().out)
    assert [each["code"] for each in listed] == list(all_codes())


@pytest.mark.parametrize("option", ["--select", "--ignore", "--explain"])
def test_an_unknown_rule_is_refused_with_near_ones(
    library: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", option, "bad-dio"]) == 2
    assert "did you mean bad-doi" in capsys.readouterr().err


def test_a_broken_file_is_reported_once(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "a.bib").write_text("@misc{a, title = {T}\n", encoding="utf-8")
    assert run(["check"]) == 1
    out, err = capsys.readouterr()
    assert out.count("unclosed-entry") == 1
    assert err == "0 entries: 1 error\n"
