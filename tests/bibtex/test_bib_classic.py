"""Classic BibTeX is for programs that know nothing of biblatex."""

from __future__ import annotations

import pytest

from northbib.bibtex import Document, classic_source, records
from northbib.records import Date, Name, Record, Value


def record(csl_type: str, **values: Value) -> Record:
    given = {name.replace("_", "-"): value for name, value in values.items()}
    return Record("a", csl_type, {"title": "A title", **given})


@pytest.mark.parametrize(
    ("csl_type", "genre", "entry"),
    [
        ("article-newspaper", "", "article"),
        ("webpage", "", "misc"),
        ("legislation", "", "misc"),
        ("report", "", "techreport"),
        ("thesis", "PhD thesis", "phdthesis"),
        ("thesis", "MSc dissertation", "mastersthesis"),
        ("chapter", "", "incollection"),
    ],
)
def test_the_entry_type_is_one_of_bibtex(csl_type: str, genre: str, entry: str) -> None:
    values = {"genre": genre} if genre else {}
    assert classic_source(record(csl_type, **values)).startswith(f"@{entry}{{a,")


def test_fields_have_the_names_that_bibtex_knows() -> None:
    source = classic_source(
        record(
            "article-journal",
            container_title="Journal of Political Economy",
            issued=Date.parse("1991-06"),
            author=(Name(family="Krugman", given="Paul"),),
        )
    )
    assert "  journal      = {Journal of Political Economy},\n" in source
    assert "  year         = {1991},\n  month        = jun,\n" in source
    assert "date" not in source
    assert "journaltitle" not in source


def test_a_thesis_has_a_school_and_a_place_is_an_address() -> None:
    source = classic_source(
        record("thesis", publisher="Newcastle University", publisher_place="Newcastle upon Tyne")
    )
    assert "  school       = {Newcastle University},\n" in source
    assert "  address      = {Newcastle upon Tyne},\n" in source


@pytest.mark.parametrize(
    ("date", "fields"),
    [
        ("2019-03-14", "year={2019}, month=mar, day={14}"),
        ("1785~", "date={1785~}, year={c. 1785}"),
        ("1988/1992", "date={1988/1992}, year={1988--1992}"),
        ("2020-03/2020-05", 'date={2020-03/2020-05}, year={2020}, month=mar # "--" # may'),
        ("2004-21", "date={2004-21}, year={2004}"),
        ("n.d.", "year={n.d.}"),
    ],
)
def test_a_date_is_year_and_month_and_stays_whole_beside_them(date: str, fields: str) -> None:
    source = classic_source(record("book", issued=Date.parse(date)))
    lines = [line.strip(" ,").replace("  ", "") for line in source.splitlines()[2:-1]]
    assert ", ".join(line.replace(" =", "=").replace("= ", "=") for line in lines) == fields
    ((_, after),) = records(Document.parse(source))
    assert after.date() == Date.parse(date)


def test_a_type_that_bibtex_has_not_stands_beside_the_entry() -> None:
    source = classic_source(record("webpage", publisher="Centre for Cities"))
    assert "  entrysubtype = {webpage},\n" in source
    assert "  howpublished = {Centre for Cities},\n" in source


def test_what_is_written_reads_back_as_the_same_work() -> None:
    before = record("report", publisher="RSA", issued=Date.parse("2014-10"))
    ((_, after),) = records(Document.parse(classic_source(before)))
    assert after.values.items() >= before.values.items()
