"""What programs by other hands find in our tagged files: the titles, the authors and the years."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from northbib.exchange import read, write
from northbib.records.text import fold

if TYPE_CHECKING:
    from northbib.records import Record

BIBUTILS = {"ris": "ris2xml", "enw": "end2xml", "endnote-xml": "endx2xml", "wos": "isi2xml"}
"""Format -> the program of bibutils that turns it into MODS."""


def output(command: list[str], data: bytes) -> bytes:
    return subprocess.run(command, input=data, capture_output=True, check=True, timeout=120).stdout


def families(record: Record) -> set[str]:
    names = (name for name in record.names() if not name.literal)
    return {fold(f"{name.dropping_particle} {name.family}".strip()) for name in names}


def squeezed(title: str) -> str:
    return "".join(filter(str.isalnum, fold(title)))


@pytest.mark.parametrize("name", BIBUTILS)
def test_bibutils_finds_titles_authors_and_years(name: str, collection: list[Record]) -> None:
    program = shutil.which(BIBUTILS[name])
    if program is None:
        pytest.skip("bibutils is not installed")
    mods = output([program, "-i", "utf8", "-o", "utf8"], write(collection, name))
    seen = read(mods, "a.xml", "mods").records
    assert len(seen) == len(collection)
    for record, found in zip(collection, seen, strict=True):
        assert squeezed(found.title) == squeezed(record.title)
        assert found.year == record.year
        theirs = {fold(part.family or part.literal) for part in found.names()}
        theirs |= {
            fold(f"{part.dropping_particle} {part.family}".strip()) for part in found.names()
        }
        assert families(record) <= theirs


@pytest.mark.parametrize(("name", "form"), [("ris", "ris"), ("endnote-xml", "endnotexml")])
def test_pandoc_finds_titles_authors_and_years(
    name: str, form: str, collection: list[Record]
) -> None:
    pypandoc = pytest.importorskip("pypandoc")
    command = [pypandoc.get_pandoc_path(), "-f", form, "-t", "csljson"]
    items = json.loads(output(command, write(collection, name)))
    seen = read(json.dumps(items).encode(), "a.json", "csl-json").records
    assert len(seen) == len(collection)
    for record, found in zip(collection, seen, strict=True):
        assert squeezed(found.title) == squeezed(record.title)
        assert found.year == record.year
