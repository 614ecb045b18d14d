"""Whatever a file is, tidying it twice is tidying it once, and nothing in it is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.bibtex import Document
from northbib.bibtex.values import split_value
from northbib.library.tidy import Settings, tidied
from northbib.library.tidy.rules import RULES
from northbib.library.tidy.rules.months import MONTH_NUMBERS

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.bibtex import Entry

DEFAULT = Settings()
ALL = replace(DEFAULT, rules=frozenset(RULES))
DATES = ("date", "year", "month", "day")
MACROS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def entries_of(data: bytes) -> list[tuple[str, str, dict[str, list[str]]]]:
    """Give what is read from a file: keys, types, and all values of each field, as one form."""
    found = [(entry.key, entry.type, values_of(entry)) for entry in Document.parse(data).entries]
    return sorted(found, key=str)


def values_of(entry: Entry) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, source in entry.sources:
        parts = split_value(source)[0]
        form = "#".join(as_one_form(name, part) for part in parts) if parts else source
        found.setdefault(name, []).append(form)
    return dict(sorted(found.items()))


def as_one_form(name: str, source: str) -> str:
    """Take away what the rules change by design: white space, delimiters, forms of some fields."""
    if source.isdecimal():
        source = f"{{{source}}}"
    text = re.sub(r"\s+", "", source)
    bare = text[1:-1] if text[:1] in ("{", '"') else text
    text = f"{{{bare}}}" if text[:1] == '"' else text
    if name == "pages":
        return re.sub(r"-+|–|—|\\textendash(?:\{\})?", "-", text)
    if name in ("doi", "url", "archiveurl"):
        return re.sub(
            r"(?i)^(?:\\url\{)?(?:https?://(?:(?:dx|www)\.)?doi\.org/|doi:)?|[<>{}\\]|url(?=\{)",
            "",
            bare,
        )
    if name in ("isbn", "issn"):
        return re.sub(r"(?i)urn:|is[bs]n(?:-1[03])?:?|[ -]", "", bare).upper()
    if name == "month":
        number = MONTH_NUMBERS.get(re.sub(r"[{}.]", "", bare).lower())
        return MACROS[number - 1] if number else text
    if name == "keywords":
        return re.sub(r",+", ",", text.replace("{,", "{").replace(",}", "}"))
    return re.sub(r"(?i)and", "and", text)


def between(data: bytes) -> list[bytes]:
    """Give what stands between the entries, word by word."""
    document = Document.parse(data)
    places = [0, *(place for e in document.entries for place in (e.start, e.end)), len(data)]
    gaps = [data[places[i] : places[i + 1]] for i in range(0, len(places), 2)]
    return sorted(b" ".join(gaps).split())


def check(data: bytes) -> None:
    once = tidied(data, DEFAULT).data
    assert tidied(once, DEFAULT).data == once
    assert entries_of(once) == entries_of(data)
    if document_is_plain(data):
        assert between(once) == between(data)
    again = tidied(data, ALL).data
    assert tidied(again, ALL).data == again
    assert outline(again) == outline(data)


def outline(data: bytes) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """Give which fields the entries of a file have, and how often."""
    found = ((key, kind, names(fields)) for key, kind, fields in entries_of(data))
    return sorted((key, kind, sorted(counts.items())) for key, kind, counts in found)


def names(fields: dict[str, list[str]]) -> dict[str, int]:
    """Count the fields by name; a date may be one field or three."""
    counts = {name: len(values) for name, values in fields.items() if name not in DATES}
    return counts | ({"date": 1} if not counts.keys() >= fields.keys() else {})


def document_is_plain(data: bytes) -> bool:
    encoding = Document.parse(data).encoding
    return encoding.name == "utf-8" and not encoding.mark and not encoding.is_mixed


spaces = st.sampled_from(["", " ", "\n", "\n  ", "\t", "  ", "\r\n "])
inner = st.sampled_from(
    """
    A_title 478-489 478--89 October oct 10 https://doi.org/10.1086/261763 {\\'e} \\"o {B}race
    0-521-82261-0 00343404 \\url{https://www.gov.uk/a\\_b} Lee,_Neil_and__Nurse,_A. a,b_,c 2014
    {{HM_Treasury}} é \\&_more 50% $x$ _
    """.split()
).map(lambda text: text.replace("_", " "))
long_text = st.lists(inner, min_size=1, max_size=3).flatmap(
    lambda words: spaces.map(lambda space: (space or " ").join(words))
)
values = st.one_of(
    long_text.map("{{{}}}".format),
    long_text.filter(lambda text: '"' not in text).map('"{}"'.format),
    st.sampled_from(["2014", "oct", "undefined", '"a" # oct', "{a}#{b}", "{}", '""', "s"]),
)
field_names = st.sampled_from(
    """
    author Author TITLE title month Month year date day pages doi DOI url isbn ISSN keywords note
    abstract journal journaltitle crossref x-own Bdsk-Url-1 file
    """.split()
)
fields = st.tuples(spaces, field_names, spaces, spaces, values, spaces).map(
    lambda f: f"{f[0]}{f[1]}{f[2]}={f[3]}{f[4]}{f[5]}"
)
entries = st.builds(
    lambda kind, key, body, comma, space, is_round: (
        f"@{kind}{'(' if is_round else '{'}{space}{key}{space}"
        f"{''.join(f',{field}' for field in body)}{comma}{space}{')' if is_round else '}'}"
    ),
    st.sampled_from(["article", "Book", "MISC", "set"]),
    st.sampled_from("a b A k2014 o'neill x:y".split()),
    st.lists(fields, max_size=6),
    st.sampled_from(["", ",", ", "]),
    spaces,
    st.booleans(),
)
others = st.sampled_from(
    [
        "% A comment\n",
        "text\n",
        '@string{s = "text"}',
        "@comment{jabref-meta: x}",
        '@preamble{"\\x"}',
        "@misc{broken, title = {",
        "@misc{stray, title = {A} and more}",
        "@misc{c, % a comment\n title = {A}}",
        "% ",
        "@",
        "}",
    ]
)
files = st.lists(st.tuples(spaces, entries | entries | others), max_size=6).map(
    lambda pieces: "".join(space + piece for space, piece in pieces)
)


@given(files)
def test_a_made_up_file_is_tidied_once_and_for_all(text: str) -> None:
    check(text.encode())


@given(st.binary(max_size=80) | st.text('@{}"(),=#%\\ \n\rab1é', max_size=80).map(str.encode))
def test_any_bytes_are_tidied_once_and_for_all(data: bytes) -> None:
    for settings in (DEFAULT, ALL):
        once = tidied(data, settings).data
        assert tidied(once, settings).data == once


@given(files, st.sampled_from(["a", "b", "k2014"]))
def test_entries_that_are_not_asked_for_stay_byte_for_byte(text: str, key: str) -> None:
    data = text.encode()
    after = tidied(data, ALL, only=[key]).data
    before = [entry.data for entry in Document.parse(data).entries if entry.key.lower() != key]
    rest = [entry.data for entry in Document.parse(after).entries if entry.key.lower() != key]
    assert rest == before


def corpus(shared: Path, every: int) -> list[Path]:
    return sorted((shared / "bib-corpus").glob("*.bib"))[::every]


def test_real_files_are_tidied_once_and_for_all(shared: Path) -> None:
    for file in corpus(shared, 50):
        try:
            check(file.read_bytes())
        except AssertionError as error:
            raise AssertionError(file.name) from error


@pytest.mark.long
def test_all_real_files_are_tidied_once_and_for_all(shared: Path) -> None:
    for file in corpus(shared, 1):
        try:
            check(file.read_bytes())
        except AssertionError as error:
            raise AssertionError(file.name) from error


def test_the_collection_is_tidy(root: Path) -> None:
    for file in sorted((root / "bibliographies").glob("*.bib")):
        assert tidied(file.read_bytes()).findings == ()
