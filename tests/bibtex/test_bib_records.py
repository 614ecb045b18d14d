"""Entries become records by the conventions of biblatex, and records entries."""

from __future__ import annotations

import pytest

from northbib.bibtex import Document, entry_source, field_name, field_source, records
from northbib.bibtex.tables import ENTRY_OF_TYPE
from northbib.errors import UsageError
from northbib.records import Date, Day, Name, Record
from northbib.records.vocabulary import TYPES


def record_of(text: str) -> Record:
    """Give the record of the first entry."""
    return records(Document.parse(text))[0][1]


def test_a_report_is_read_with_its_provenance() -> None:
    record = record_of(
        """@report{hmg2015enduring,
          author       = {{HM Government}},
          title        = {Scotland in the {United Kingdom}: An enduring settlement},
          institution  = {Scotland Office \\& Wales Office},
          location     = {London},
          date         = {2015-01-22},
          url          = {https://www.gov.uk/a_b%20c},
          keywords     = {devolution, scotland},
          confidence   = {verified},
          evidence     = {Title page \\emph{seen}},
        }"""
    )
    assert record == Record(
        "hmg2015enduring",
        "report",
        {
            "author": (Name(literal="HM Government"),),
            "title": 'Scotland in the <span class="nocase">United Kingdom</span>:'
            " An enduring settlement",
            "publisher": "Scotland Office & Wales Office",
            "publisher-place": "London",
            "issued": Date(Day(2015, 1, 22)),
            "URL": "https://www.gov.uk/a_b%20c",
        },
        ("devolution", "scotland"),
        {"confidence": "verified", "evidence": "Title page seen"},
    )


@pytest.mark.parametrize(
    ("entry", "csl_type"),
    [
        ("@article{k, journal={J}}", "article-journal"),
        ("@article{k, entrysubtype={newspaper}}", "article-newspaper"),
        ("@article{k, entrysubtype={Magazine}}", "article-magazine"),
        ("@online{k, entrysubtype={blog}}", "post-weblog"),
        ("@legislation{k, entrysubtype={bill}}", "bill"),
        ("@misc{k, entrysubtype={hearing}}", "hearing"),
        ("@unpublished{k, entrysubtype={speech}}", "speech"),
        ("@unpublished{k, venue={Leeds}}", "speech"),
        ("@unpublished{k,}", "manuscript"),
        ("@article{k, entrysubtype={odd}}", "article-journal"),
        ("@mvreference{k,}", "book"),
        ("@bookinbook{k,}", "chapter"),
        ("@suppperiodical{k,}", "article-journal"),
        ("@inbook{k,}", "chapter"),
        ("@conference{k,}", "paper-conference"),
        ("@mastersthesis{k,}", "thesis"),
        ("@electronic{k,}", "webpage"),
        ("@dataset{k,}", "dataset"),
        ("@jurisdiction{k,}", "legal_case"),
        ("@newspaper{k,}", "article-newspaper"),
        ("@webpage{k,}", "webpage"),
        ("@nosuchtype{k,}", "document"),
    ],
)
def test_entry_type_and_subtype_give_the_csl_type(entry: str, csl_type: str) -> None:
    assert record_of(entry).type == csl_type


@pytest.mark.parametrize("csl_type", sorted(TYPES))
def test_every_csl_type_survives_its_entry(csl_type: str) -> None:
    assert set(ENTRY_OF_TYPE) == TYPES
    assert record_of(entry_source(Record("k", csl_type))).type == csl_type


@pytest.mark.parametrize(
    ("entry", "variable", "value"),
    [
        ("@article{k, journal={J}, number={3}}", "issue", "3"),
        ("@article{k, journal={J}, number={3}, issue={Spring}}", "issue", "3, Spring"),
        ("@report{k, number={RC-1}}", "number", "RC-1"),
        ("@book{k, series={S}, number={2}}", "collection-number", "2"),
        ("@book{k, number={2}}", "number", "2"),
        ("@article{k, pages={478--489}}", "page", "478-489"),
        ("@article{k, pages={478 – 489, 501}}", "page", "478-489, 501"),
        ("@article{k, eid={e12}}", "page", "e12"),
        ("@online{k, journaltitle={GOV.UK}}", "container-title", "GOV.UK"),
        ("@inproceedings{k, booktitle={B}, booksubtitle={C}}", "container-title", "B: C"),
        ("@misc{k, title={Why?}, subtitle={So}}", "title", "Why? So"),
        ("@misc{k, title={A}, titleaddon={B}}", "title", "A. B"),
        ("@book{k, title={V}, maintitle={M}}", "volume-title", "V"),
        ("@inbook{k, booktitle={V}, maintitle={M}}", "container-title", "M"),
        ("@phdthesis{k, school={Leeds}}", "genre", "PhD thesis"),
        ("@phdthesis{k, school={Leeds}}", "publisher", "Leeds"),
        ("@thesis{k, type={mathesis}}", "genre", "Master’s thesis"),
        ("@misc{k, howpublished={\\url{http://x.org/a_b}}}", "URL", "http://x.org/a_b"),
        ("@misc{k, howpublished={By hand}}", "publisher", "By hand"),
        ("@misc{k, doi={https://doi.org/10.1086/261763}}", "DOI", "10.1086/261763"),
        ("@misc{k, langid={british}}", "language", "en-GB"),
        ("@misc{k, language={english}}", "language", "en"),
        (
            "@misc{k, eprint={1008.2849}, eprinttype={arXiv}}",
            "URL",
            "https://arxiv.org/abs/1008.2849",
        ),
        (
            "@patent{k, location={countryfr and countryuk}}",
            "jurisdiction",
            "France; United Kingdom",
        ),
        ("@misc{k, pubstate={forthcoming}}", "status", "forthcoming"),
        ("@misc{k, pubstate={inpress}}", "status", "in press"),
        ("@misc{k, annote={A}}", "annote", "A"),
        ("@misc{k, note={N}, addendum={A}}", "note", "N. A"),
        ("@article{k, series={3}}", "collection-title", "3rd series"),
        ("@article{k, series={newseries}}", "collection-title", "New series"),
        ("@article{k, issuetitle={I}, issuesubtitle={J}}", "volume-title", "I: J"),
        ("@article{k, journaltitle={J}, journalsubtitle={S}}", "container-title", "J: S"),
        ("@periodical{k, title={P}, issuetitle={I}}", "title", "I"),
        ("@periodical{k, title={P}, issuetitle={I}}", "container-title", "P"),
        ("@book{k, title={A}, subtitle={B}}", "title-short", "A"),
        ("@book{k, title={A}, subtitle={B}, shorttitle={S}}", "title-short", "S"),
        ("@book{k, location={Durham and London}}", "publisher-place", "Durham; London"),
        ("@book{k, location={Tyne and Wear}}", "publisher-place", "Tyne and Wear"),
        ("@book{k, location={{A and B}}}", "publisher-place", "A and B"),
        ("@book{k, publisher={Simon and Schuster}}", "publisher", "Simon and Schuster"),
        ("@article{k, pages={12-1--12-15}}", "page", "12-1–12-15"),
        ("@misc{k, url={\\url{http://x.org/a_b}}}", "URL", "http://x.org/a_b"),
        ("@misc{k, eprint={15148335}, eprinttype={pubmed}}", "PMID", "15148335"),
        (
            "@misc{k, eprint={2027/x}, eprinttype={hdl}}",
            "URL",
            "https://hdl.handle.net/2027/x",
        ),
        ("@misc{k, language={english and german}}", "language", "en"),
        ("@misc{k, language={langgerman}}", "language", "de"),
        ("@misc{k, Call-Number={A 1}}", "call-number", "A 1"),
    ],
)
def test_a_field_gives_its_variable(entry: str, variable: str, value: str) -> None:
    assert record_of(entry).text(variable) == value


@pytest.mark.parametrize(
    ("entry", "variable", "edtf"),
    [
        ("@misc{k, date={2014-10-23}, year={2013}}", "issued", "2014-10-23"),
        ("@misc{k, date={22 June}, year={1999}, month=jun}", "issued", "1999-06"),
        ("@misc{k, urlyear={2014}, urlmonth={2}, urlday={3}}", "accessed", "2014-02-03"),
        ("@misc{k, origyear={1831}, origmonth={may}}", "original-date", "1831-05"),
        ("@misc{k, eventdate={2017-12-04/2017-12-09}}", "event-date", "2017-12-04/2017-12-09"),
    ],
)
def test_a_date_is_read_wherever_it_stands(entry: str, variable: str, edtf: str) -> None:
    date = record_of(entry).date(variable)
    assert date is not None
    assert date.edtf() == edtf


def test_no_field_is_lost() -> None:
    record = record_of(
        "@misc{k, publisher={P}, organization={O}, month={13}, entrysubtype={odd},"
        " shorthand={S \\& T}, file={a_b.pdf}, options={useprefix=true, maxnames=3}}"
    )
    assert record.values == {"publisher": "O"}
    assert record.extra == {
        "publisher": "P",
        "month": "13",
        "entrysubtype": "odd",
        "shorthand": "S & T",
        "file": "a_b.pdf",
        "options": "useprefix=true, maxnames=3",
    }


def test_empty_fields_are_no_values() -> None:
    record = record_of("@misc{k, title={{}}, number={{}}, note={}, author={{}}, shorthand={{}}}")
    assert (record.values, record.extra) == ({}, {})


def test_an_editor_of_another_kind_is_that() -> None:
    record = record_of("@movie{k, editor={Ken Loach}, editortype={director}}")
    assert record.names("director") == (Name("Loach", "Ken"),)
    assert not record.names("editor")


def test_an_entry_is_written_in_the_house_layout() -> None:
    record = Record(
        "lee2017cards",
        "article-journal",
        {
            "DOI": "10.1080/00343404.2016.1196289",
            "title": 'Powerhouse of cards? Understanding the ‘<span class="nocase">Northern'
            " Powerhouse</span>’",
            "author": (Name("Lee", "Neil"), Name(literal="HM Treasury & Co")),
            "issued": Date(Day(2017)),
            "container-title": "Regional Studies",
            "volume": "51",
            "issue": "3",
            "page": "478-489",
        },
        ("northern-powerhouse", "agglomeration"),
        {"notseen": "url", "confidence": "verified", "odd": "50%"},
    )
    assert entry_source(record) == (
        """\
@article{lee2017cards,
  author       = {Lee, Neil and {HM Treasury \\& Co}},
  title        = {Powerhouse of cards? Understanding the ‘{Northern Powerhouse}’},
  journaltitle = {Regional Studies},
  date         = {2017},
  volume       = {51},
  number       = {3},
  pages        = {478--489},
  doi          = {10.1080/00343404.2016.1196289},
  keywords     = {northern-powerhouse, agglomeration},
  odd          = {50\\%},
  confidence   = {verified},
  notseen      = {url},
}"""
    )


@pytest.mark.parametrize("key", ["", "a b", "a,b", "a{b", "a%b"])
def test_a_key_that_bibtex_cannot_read_is_refused(key: str) -> None:
    with pytest.raises(UsageError, match="citation key"):
        entry_source(Record(key, "book"))


@pytest.mark.parametrize(
    ("name", "typed", "source"),
    [
        ("note", "A & B: 50% of $5 #1 a_b", r"A \& B: 50\% of \$5 \#1 a\_b"),
        ("title", "The {UK} & more", "The {UK} & more"),
        ("note", r"caf\'e", r"caf\'e"),
        ("url", "https://x.org/a_b%20#c", "https://x.org/a_b%20#c"),
        ("DOI", "10.1000/a_b", "10.1000/a_b"),
        ("note", " two\n lines ", "two lines"),
    ],
)
def test_typed_text_becomes_source(name: str, typed: str, source: str) -> None:
    assert field_source(name, typed) == source


def test_typed_text_with_a_lone_brace_is_refused() -> None:
    with pytest.raises(UsageError, match="balance"):
        field_source("title", "The {UK")


@pytest.mark.parametrize(
    ("name", "csl_type", "field"),
    [
        ("container-title", "", "journaltitle"),
        ("Container-Title", "chapter", "booktitle"),
        ("DOI", "", "doi"),
        ("URL", "", "url"),
        ("accessed", "", "urldate"),
        ("issued", "", "date"),
        ("publisher-place", "", "location"),
        ("journal", "", "journaltitle"),
        ("page", "", "pages"),
        ("genre", "", "type"),
        ("number", "", "number"),
        ("keyword", "", "keywords"),
        ("collection-title", "", "series"),
        ("Evidence", "", "evidence"),
    ],
)
def test_a_variable_or_field_names_the_field_to_set(name: str, csl_type: str, field: str) -> None:
    assert field_name(name, csl_type) == field
