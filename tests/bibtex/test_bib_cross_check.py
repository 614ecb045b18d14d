"""bibtexparser reads the same values, but for what it is known to read in another way."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from bibtexparser import model
from bibtexparser.entrypoint import parse_string

from northbib.bibtex import Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from northbib.bibtex import Entry

STEP = 30
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def read_by_bibtexparser(text: str) -> dict[str, dict[str, str]]:
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    found: dict[str, dict[str, str]] = {}
    for block in parse_string(text).blocks:
        entry = unwrapped(block)
        if isinstance(entry, model.Entry):
            fields: dict[str, str] = {}
            for field in entry.fields:
                fields.setdefault(field.key.lower(), " ".join(str(field.value).split()))
            found.setdefault(entry.key.lower(), fields)
    return found


def unwrapped(block: model.Block | None) -> model.Block | None:
    if isinstance(block, model.DuplicateBlockKeyBlock | model.DuplicateFieldKeyBlock):
        return unwrapped(block.ignore_error_block)
    return block


def difference(entry: Entry, name: str) -> str:
    """Say why bibtexparser reads a value in another way; "" if nothing is known."""
    field = next(field for field in entry.fields if field.name == name)
    names = [each.name for each in entry.fields]
    if len(field.parts) > 1:
        return "it joins no parts"
    if field.source[:1] not in ("{", '"'):
        return "it knows no months, and keeps the names of macros that are not defined"
    if "\\{" in entry.raw or "\\}" in entry.raw:
        return "it does not count a brace behind a backslash"
    if len(set(names)) < len(names):
        return "it keeps the delimiters where a field is repeated"
    if '{"' in field.source or '"}' in field.source:
        return "it ends quotes inside of braces"
    return "" if entry.is_plain else "the entry is at fault"


def differences(text: str) -> Iterator[tuple[str, str, str]]:
    theirs = read_by_bibtexparser(text)
    document = Document.parse(text)
    for key in document:
        entry = document[key]
        for name, value in entry.items():
            other = theirs.get(key.lower(), {}).get(name)
            if other is not None:
                same = " ".join(value.split()) == other
                yield key, name, "same" if same else difference(entry, name)


def check(files: list[Path]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for file in files:
        data = file.read_bytes()
        text = Document.parse(data).encoding.decode(data)
        for key, name, reason in differences(text):
            assert reason, f"{file.name}: {name} of {key}"
            counted[reason] += 1
    return counted


def test_values_of_our_own_bibliographies_are_the_same(root: Path) -> None:
    counted = check(sorted((root / "bibliographies").glob("*.bib")))
    assert counted.keys() == {"same"}
    assert counted["same"] > 1000


def test_values_of_real_files_are_the_same(shared: Path) -> None:
    files = sorted((shared / "bib-corpus").glob("*.bib"))[::STEP]
    assert check(files)["same"] > 5000


@pytest.mark.long
def test_values_of_all_real_files_are_the_same(shared: Path) -> None:
    assert check(sorted((shared / "bib-corpus").glob("*.bib")))["same"] > 250_000
