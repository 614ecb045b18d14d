"""Figures against what BibTeX and other programs read, kept from falling."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from northbib.bibtex import Document, records
from northbib.bibtex.latex import to_plain
from northbib.bibtex.names import Parts, split_name
from northbib.records import plain

if TYPE_CHECKING:
    from pathlib import Path

TYPEWRITER = str.maketrans("“”‘’\N{NO-BREAK SPACE}\N{THIN SPACE}", "\"\"''  ", "\N{SOFT HYPHEN}")


def loaded(path: Path) -> Any:
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    return json.loads(path.read_text(encoding="utf-8"))


def test_all_latex_strings_are_read_as_they_print(shared: Path) -> None:
    wrong = [
        case["id"]
        for case in loaded(shared / "bib-mapping" / "latex-strings.json")
        if to_plain(case["latex"]).translate(TYPEWRITER) != case["text"].translate(TYPEWRITER)
    ]
    assert wrong == []


def test_all_names_are_split_as_bibtex_splits_them(shared: Path) -> None:
    cases = loaded(shared / "bib-mapping" / "names.json")
    expected = [Parts(case["first"], case["von"], case["last"], case["jr"]) for case in cases]
    assert [split_name(case["name"]) for case in cases] == expected


def comparable(variable: str, value: Any) -> Any:
    """Pandoc changes the case of English titles, which we never do."""
    if isinstance(value, str):
        text = " ".join(plain(value).translate(TYPEWRITER).split())
        return text.casefold() if "title" in variable else text
    if isinstance(value, list):
        return [{part: comparable("", text) for part, text in name.items()} for name in value]
    return value


def test_the_fields_agree_with_pandocs_own_cases(shared: Path) -> None:
    fields = equal = 0
    for path in sorted((shared / "bib-mapping" / "pandoc").glob("*.json")):
        document = Document.parse(path.with_suffix(".bib").read_bytes())
        items = {record.key: record.to_csl() for _, record in records(document)}
        for item in loaded(path)["items"]:
            ours = items.get(item["id"], {})
            for variable, value in item.items():
                # A short title that the file does not give is pandoc's own guess.
                if variable == "title-short" and variable not in ours:
                    continue
                fields += 1
                equal += comparable(variable, ours.get(variable)) == comparable(variable, value)
    assert fields > 1_100
    assert equal / fields >= 0.975


def test_real_files_are_written_as_they_were_read(shared: Path) -> None:
    paths = sorted((shared / "bib-corpus").glob("*.bib"))[::20]
    if not paths:
        pytest.skip("there is no corpus")
    for path in paths:
        data = path.read_bytes()
        document = Document.parse(data, path.name)
        assert document.to_bytes() == data, path.name
        assert len(records(document)) <= len(document.entries)
        assert all(problem.file == path.name for problem in document.problems)
