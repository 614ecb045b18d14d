"""Findings as reports: for people, editors, scripts and code hosts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.errors import UsageError
from northbib.findings import Finding, Replacement
from northbib.library import Store
from northbib.library.check import check
from northbib.library.checking.replacing import with_replacements
from northbib.reports import FORMATS, Help, write

if TYPE_CHECKING:
    from pathlib import Path

FINDING = Finding(
    code="bad-doi",
    severity="error",
    message="lee: 'a, b: 50%' is no DOI",
    file="some folder/a,b.bib",
    line=3,
    column=5,
    key="lee",
    fix="look it up",
    replacements=(Replacement(3, 5, 3, 9, "x"),),
)
FILE_ONLY = Finding(code="not-text", severity="warning", message="no text", file="/a/b.bib")
BARE = Finding(code="x", severity="info", message="two\nlines")
RULES = [Help("bad-doi", "error", "A DOI is a DOI.", "Links break.")]

TEXTS = st.text(max_size=30)
FINDINGS = st.builds(
    Finding,
    code=st.from_regex(r"[a-z]+(-[a-z]+)*", fullmatch=True),
    severity=st.sampled_from(["error", "warning", "info"]),
    message=TEXTS,
    file=st.none() | st.from_regex(r"[a-z ü%#?:,/]{1,12}\.bib", fullmatch=True),
    line=st.none() | st.integers(1, 9),
    column=st.none() | st.integers(1, 9),
    key=st.none() | TEXTS,
    fix=st.none() | TEXTS,
)


def test_text_is_a_line_for_each_finding() -> None:
    assert write("text", [FINDING, FILE_ONLY]) == (
        "some folder/a,b.bib:3:5: error: lee: 'a, b: 50%' is no DOI; look it up [bad-doi]\n"
        "/a/b.bib: warning: no text [not-text]\n"
    )


def test_errorformat_always_has_a_line_and_a_column() -> None:
    assert write("errorformat", [FINDING, FILE_ONLY, BARE]) == (
        "some folder/a,b.bib:3:5: error: lee: 'a, b: 50%' is no DOI [bad-doi]\n"
        "/a/b.bib:1:1: warning: no text [not-text]\n"
        "-:1:1: info: two lines [x]\n"
    )


def test_json_has_what_is_known_and_nothing_else() -> None:
    first, second = json.loads(write("json", [FINDING, FILE_ONLY]))
    assert first["replacements"] == [
        {"line": 3, "column": 5, "end_line": 3, "end_column": 9, "text": "x"}
    ]
    assert second == {
        "code": "not-text", "severity": "warning", "message": "no text", "file": "/a/b.bib"
    }  # fmt: skip
    assert json.loads(write("json", [])) == []


def test_github_escapes_what_would_end_a_command() -> None:
    assert write("github", [FINDING, FILE_ONLY, BARE]) == (
        "::error file=some folder/a%2Cb.bib,line=3,col=5,title=bad-doi::"
        "lee: 'a, b: 50%25' is no DOI; look it up\n"
        "::warning file=/a/b.bib,title=not-text::no text\n"
        "::notice title=x::two%0Alines\n"
    )


@given(st.lists(FINDINGS, max_size=4))
def test_a_workflow_command_is_one_line_that_gives_back_its_message(found: list[Finding]) -> None:
    lines = write("github", found).split("\n")[:-1]
    assert len(lines) == len(found)
    for line, finding in zip(lines, found, strict=True):
        match = re.fullmatch(r"::(error|warning|notice) ([^\r]*?)::([^\r]*)", line)
        assert match is not None
        told = match[3].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
        assert told == (f"{finding.message}; {finding.fix}" if finding.fix else finding.message)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_takes_no_findings(form: str) -> None:
    assert write(form, []) in ("", "[]\n") or form == "sarif"


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="xml"):
        write("xml", [])


def test_sarif_tells_of_the_rules_and_places() -> None:
    log = json.loads(write("sarif", [FINDING, FILE_ONLY, BARE], RULES))
    [run] = log["runs"]
    assert log["version"] == "2.1.0"
    assert [each["id"] for each in run["tool"]["driver"]["rules"]] == ["bad-doi"]
    first, second, third = run["results"]
    assert (first["ruleIndex"], first["level"]) == (0, "error")
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "some%20folder/a%2Cb.bib"
    assert place["region"] == {"startLine": 3, "startColumn": 5}
    [change] = first["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"] == {"text": "x"}
    assert second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == (
        "file:///a/b.bib"
    )
    assert "ruleIndex" not in second
    assert (third["level"], "locations" in third) == ("note", False)


OBJECTS: dict[str, tuple[set[str], set[str]]] = {
    "log": ({"version", "runs"}, {"$schema"}),
    "run": ({"tool"}, {"results", "columnKind"}),
    "driver": ({"name"}, {"version", "rules"}),
    "rule": ({"id"}, {"shortDescription", "fullDescription", "help", "defaultConfiguration"}),
    "result": ({"message"}, {"ruleId", "ruleIndex", "level", "locations", "partialFingerprints",
                             "fixes"}),
    "location": (set(), {"physicalLocation", "logicalLocations"}),
    "physical": ({"artifactLocation"}, {"region"}),
    "region": (set(), {"startLine", "startColumn", "endLine", "endColumn"}),
}  # fmt: skip
"""Object of SARIF 2.1.0 -> the properties that it has to have, and others of ours that it may."""


def fits(kind: str, value: dict[str, Any]) -> bool:
    needed, allowed = OBJECTS[kind]
    return needed <= value.keys() <= needed | allowed


@given(st.lists(FINDINGS, max_size=4))
def test_sarif_is_of_the_form_of_its_standard(found: list[Finding]) -> None:
    log = json.loads(write("sarif", found, RULES))
    assert fits("log", log)
    [run] = log["runs"]
    assert fits("run", run)
    assert fits("driver", run["tool"]["driver"])
    assert all(fits("rule", each) for each in run["tool"]["driver"]["rules"])
    for result in run["results"]:
        assert fits("result", result)
        assert result["level"] in ("error", "warning", "note")
        for location in result.get("locations", ()):
            assert fits("location", location)
            physical = location["physicalLocation"]
            assert fits("physical", physical)
            assert fits("region", physical.get("region", {}))
            assert re.fullmatch(r"[\w.~%/:-]+", physical["artifactLocation"]["uri"], re.ASCII)


def test_replacements_give_the_file_that_a_fix_gives(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    text = (
        "Prefix ü @misc{a, title = {Ünder the NHS},\n  note = {A & B},\n}\n\n"
        "@misc{b,\n  title = {T},\n  volume = {},\n  doi = {doi:10.1086/261763}}\n"
    )
    file.write_text(text, encoding="utf-8")
    found = [with_replacements(each) for each in check(Store(file)).found]
    replacements = [each for finding in found for each in finding.replacements]
    assert len(replacements) == 4
    assert _applied(text, replacements) == (
        "Prefix ü @misc{a, title = {Ünder the {NHS}},\n  note = {A \\& B},\n}\n\n"
        "@misc{b,\n  title = {T},\n  doi = {10.1086/261763}}\n"
    )


def _applied(text: str, replacements: list[Replacement]) -> str:
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:index])) for index in range(len(lines) + 1)]
    for each in sorted(replacements, key=lambda each: (each.line, each.column), reverse=True):
        start = starts[each.line - 1] + each.column - 1
        end = starts[each.end_line - 1] + each.end_column - 1
        text = text[:start] + each.text + text[end:]
    return text
