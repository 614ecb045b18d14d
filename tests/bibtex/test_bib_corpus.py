"""Real bibliographies of many hands: nothing is lost, and a change changes nothing else."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

import pytest
from bibtex_program import PROGRAM, can_print, read_by_bibtex

from northbib.bibtex import Document
from northbib.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.bibtex import Entry

STEP = 40
"""Of so many files, one is looked at in every run."""

BEYOND_BIBTEX = {
    "0372__": "an entry without a key, for which BibTeX takes its first field",
    "0473__": "an entry that is not closed, which BibTeX keeps up to there",
    "1021__": "entries commented out line by line, which BibTeX takes for the ones that count",
    "1483__": "entries commented out line by line",
    "1495__": "comments in entries, and entries commented out line by line",
    "1516__": "quotes that do not close",
    "1828__": "an entry that is not closed, which BibTeX keeps up to there",
    "1873__": "an entry that is not closed, which BibTeX keeps up to there",
    "1994__": "entries without a key, for which BibTeX takes the first field",
    "2005__": "an entry that is not closed, which BibTeX keeps up to there",
    "2016__": "entries commented out line by line, which BibTeX takes for the ones that count",
    "2033__": "an entry whose braces do not balance, which BibTeX keeps up to there",
    "2334__": "keys with a sign that the style prints around them",
}
"""Files that BibTeX reads in another way, and what it is about."""


@pytest.fixture(scope="module")
def files(shared: Path) -> list[Path]:
    found = sorted((shared / "bib-corpus").glob("*.bib"))
    assert found
    return found


def keys_and_values(document: Document) -> list[tuple[str, str, dict[str, str]]]:
    return [(entry.key, entry.type, dict(entry)) for entry in document.entries]


def test_every_file_comes_back_byte_for_byte(files: list[Path]) -> None:
    for file in files:
        data = file.read_bytes()
        document = Document.parse(data)
        assert document.to_bytes() == data, file.name
        assert b"".join(piece.data for piece in document.pieces()) == data, file.name
        for before, after in pairwise(document.outline()):
            assert before.end <= after.start, file.name


def check_edits(file: Path, count: int) -> int:
    """Make so many edits, each of one field of the file as it is; give how many were made."""
    data = file.read_bytes()
    random = Random(file.name)  # noqa: S311 - repeatable
    document = Document.parse(data)
    entries = [entry for entry in document.entries if len(entry)]
    made = 0
    for entry in random.sample(entries, min(count, len(entries))):
        made += check_edit(data, document.entries.index(entry), random, file.name)
    return made


def check_edit(data: bytes, index: int, random: Random, where: str) -> int:
    document = Document.parse(data)
    before = keys_and_values(document)
    entry = document.entries[index]
    name = random.choice(list(entry))
    start, end = place_of(entry, name, document.unit)
    source = random.choice(["new", "a {B} & c", "2018", 'say "no"'])
    try:
        entry[name] = source
    except UsageError:
        # An entry at fault, which the edit would break.
        assert not entry.is_plain, where
        return 0
    after = document.to_bytes()
    assert after.startswith(data[:start]), where
    assert after.endswith(data[end:]), where
    assert len(after) - len(data) + end - start <= len(source) * document.unit + 2 * document.unit
    found = keys_and_values(Document.parse(after))
    before[index][2][name] = source
    assert found == before, where
    return 1


def place_of(entry: Entry, name: str, unit: int) -> tuple[int, int]:
    """Give the first and last byte of a field's value in the file."""
    first = [field.name for field in entry.fields].index(name)
    span = entry.body.fields[first]
    return entry.start + span.value_start * unit, entry.start + span.value_end * unit


def test_an_edit_in_a_real_file_touches_no_other_byte(files: list[Path]) -> None:
    small = [file for file in files if file.stat().st_size < 100_000]
    assert sum(check_edits(file, 2) for file in small[::STEP]) > len(small[::STEP])


@pytest.mark.long
def test_edits_in_all_real_files_touch_no_other_byte(files: list[Path]) -> None:
    assert sum(check_edits(file, 3) for file in files) > len(files)


def check_adding(file: Path) -> None:
    data = file.read_bytes()
    document = Document.parse(data)
    before = keys_and_values(document)
    document.add("@misc{added-here,\n  note = {x},\n}")
    after = document.to_bytes()
    again = Document.parse(after)
    assert keys_and_values(again) == [*before, ("added-here", "misc", {"note": "x"})], file.name
    for splice in document.splices:
        assert splice.old_length == 0
    document.remove("added-here")
    assert document.to_bytes() == data, file.name


def test_an_entry_can_be_added_to_every_real_file(files: list[Path]) -> None:
    for file in files[:: STEP // 8]:
        check_adding(file)


@pytest.mark.long
def test_an_entry_can_be_added_to_all_real_files(files: list[Path]) -> None:
    for file in files:
        check_adding(file)


def check_against_bibtex(file: Path, folder: Path) -> int:
    """Compare with what BibTeX reads; give the number of values that are the same."""
    data = file.read_bytes()
    document = Document.parse(data)
    if document.unit == 2 or document.encoding.name != "utf-8" or document.encoding.is_mixed:
        return 0
    mine: dict[str, Entry] = {}
    for entry in document.entries:
        mine.setdefault(as_printed(entry.key).lower(), entry)
    names = {name for entry in document.entries for name in entry}
    found = read_by_bibtex(data, names, folder)
    same = 0
    assert found.keys() == mine.keys(), file.name
    for key, values in found.items():
        for name, value in mine[key].items():
            # Behind a fault, BibTeX reads no more of an entry.
            if can_print(name) and (name in values or mine[key].is_plain):
                where = f"{file.name} {key} {name}"
                assert as_printed(value) == values[name].replace("%", ""), where
                same += 1
    return same


def as_printed(text: str) -> str:
    """Give a text as the style prints it, without the per cent signs that lines break behind."""
    return " ".join(text.encode().decode("latin-1").split()).replace("%", "")


@pytest.mark.skipif(PROGRAM is None, reason="bibtex is not installed")
def test_bibtex_reads_the_same_in_real_files(files: list[Path], tmp_path: Path) -> None:
    some = [file for file in files[::STEP] if file.name[:6] not in BEYOND_BIBTEX]
    assert sum(check_against_bibtex(file, tmp_path) for file in some) > 1000


@pytest.mark.long
@pytest.mark.skipif(PROGRAM is None, reason="bibtex is not installed")
def test_bibtex_reads_the_same_in_all_real_files(files: list[Path], tmp_path: Path) -> None:
    same = 0
    for file in files:
        if file.name[:6] not in BEYOND_BIBTEX:
            same += check_against_bibtex(file, tmp_path)
    assert same > 200_000
