from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.bibtex import Document, parts, records
from northbib.errors import InputError
from northbib.findings import Finding

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.records import Record


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("northbib.bibtex.parts._SIZE", 200)
    monkeypatch.setattr("northbib.bibtex.survey._SIZE", 200)
    monkeypatch.setattr("northbib.bibtex.survey._AHEAD", 1000)


def read(data: bytes) -> tuple[list[Record], list[Finding]]:
    read_ = (one for part in parts.parts(io.BytesIO(data), "x.bib") for one in part.read())
    found = [one.finding if isinstance(one, parts.Unread) else one for one in read_]
    return (
        [one for one in found if not isinstance(one, Finding)],
        [one for one in found if isinstance(one, Finding)],
    )


def whole(data: bytes) -> tuple[list[Record], set[tuple[str, int | None]]]:
    document = Document.parse(data, "x.bib")
    return [record for _, record in records(document)], {
        (each.code, each.line) for each in document.problems
    }


def check(data: bytes) -> None:
    wanted, problems = whole(data)
    found, findings = read(data)
    assert found == wanted
    assert {(each.code, each.line) for each in findings} == problems


def test_a_library_is_read_in_parts_as_it_is_at_once(root: Path) -> None:
    for file in sorted((root / "bibliographies").glob("*.bib")):
        check(file.read_bytes())


FAR = "@misc{m%d, title = {Some words to fill a part of a file with, number %d}}\n"
BETWEEN = "".join(FAR % (number, number) for number in range(30))


@pytest.mark.parametrize(
    "text",
    [
        "@incollection{a, crossref = {b}, title = {A}}\n" + BETWEEN + "@book{b, title = {B}}\n",
        "@book{b, title = {B}}\n" + BETWEEN + "@incollection{a, crossref = {B}, title = {A}}\n",
        "@string{j = {A journal}}\n" + BETWEEN + "@article{a, journal = j, title = {A}}\n",
        "@book{b, title = {B}, publisher = p}\n@string{p = {P}}\n" + BETWEEN,
        "@xdata{x, publisher = {P}}\n" + BETWEEN + "@book{a, xdata = {x}, title = {A}}\n",
        "@xdata{x, author = {A B}}\n" + BETWEEN + "@book{a, author = {xdata=x-author}}",
        "@book{new, ids = {old}, title = {B}}\n" + BETWEEN + "@inbook{a, crossref = {old}}",
        "@book{m3, title = {The first of its key}}\n" + BETWEEN,
        BETWEEN + "@book{open, title = {not closed\n" + BETWEEN,
        BETWEEN + "@incollection{a, crossref = {nowhere}, title = {A}}\n",
        BETWEEN + "text that is none of it\n" * 30 + BETWEEN,
    ],
)
def test_what_stands_far_apart_is_seen_together(text: str) -> None:
    check(text.encode())


def test_what_is_not_utf_8_is_told_once_and_read_the_same_everywhere() -> None:
    data = BETWEEN.encode() + "@book{u, title = {Über}}\n".encode("latin-1") + BETWEEN.encode()
    check(data)
    codes = [each.code for each in read(data)[1]]
    assert codes.count("not-utf-8") == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_of_utf_16_is_cut_like_any_other(encoding: str) -> None:
    text = "@book{u, title = {Über €5}, keywords = {李}}\n@book{open, title = {\n" + BETWEEN
    data = text.encode(encoding)
    assert len(list(parts.parts(io.BytesIO(data), "a.bib"))) > 1
    assert read(data)[0] == read(text.encode())[0]
    findings = [each for each in read(data)[1] if each.code != "not-utf-8"]
    assert len(read(data)[1]) - len(findings) == 1
    assert sorted(findings, key=str) == sorted(read(text.encode())[1], key=str)


@given(st.lists(st.sampled_from(["@book{a,title={x}}\n", "@", "{", "}", '"', "\n", "é", "="])))
def test_any_text_is_read(pieces: list[str]) -> None:
    read("".join(pieces).encode())


def test_an_entry_without_an_end_is_an_error_with_its_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("northbib.bibtex.survey._LONGEST", 1 << 12)
    monkeypatch.setattr("northbib.bibtex.survey._AHEAD", 1 << 13)
    with pytest.raises(InputError) as caught:
        read(b"\n\n@book{a, title = {" + b"x" * (1 << 14))
    assert caught.value.line is not None


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(InputError):
        read(b"\0\1\2" * 100)
