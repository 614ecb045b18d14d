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
        ("@inbook{k,}", "chapter"),
        ("@conference{k,}", "paper-conference"),
        ("@mastersthesis{k,}", "thesis"),
        ("@electronic{k,}", "webpage"),
        ("@dataset{k,}", "dataset"),
        ("@jurisdiction{k,}", "legal_case"),
        ("@nosuchtype{k,}", "document"),
    ],
)
def test_entry_type_and_subtype_give_the_csl_type(entry: str, csl_type: str) -> None:
    record = record_of(entry)
    assert record.type == csl_type
    assert "entrysubtype" not in record.extra


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
        ("@misc{k, annote={A}}", "annote", "A"),
        ("@misc{k, Call-Number={A 1}}", "call-number", "A 1"),
    ],
)
def test_a_field_gives_its_variable(entry: str, variable: str, value: str) -> None:
    assert record_of(entry).text(variable) == value


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
        "options": "maxnames=3",
    }


def test_empty_fields_are_no_values() -> None:
    record = record_of("@misc{k, title={{}}, number={{}}, note={}, author={{}}, shorthand={{}}}")
    assert (record.values, record.extra) == ({}, {})


def test_an_editor_of_another_kind_is_that() -> None:
    record = record_of("@movie{k, editor={Ken Loach}, editortype={director}}")
    assert record.names("director") == (Name("Loach", "Ken"),)
    assert not record.names("editor")


def test_the_parent_of_a_chapter_gives_book_editor_and_date() -> None:
    record = record_of(
        "@incollection{a, crossref={B}, title={A}, pages={1--2}}\n"
        "@collection{b, editor={Ann Editor}, title={Whole}, subtitle={Sub}, shorttitle={W},"
        " date={2014}, publisher={P}, keywords={x}}"
    )
    assert record.to_csl() == {
        "id": "a",
        "type": "chapter",
        "title": "A",
        "container-title": "Whole: Sub",
        "editor": [{"family": "Editor", "given": "Ann"}],
        "issued": {"date-parts": [[2014]]},
        "publisher": "P",
        "page": "1-2",
    }


def test_parents_are_followed_through_crossref_and_xdata() -> None:
    document = Document.parse(
        "@inbook{a, crossref={b}, title={A}, year={1975}}\n"
        "@book{b, crossref={c}, title={B}, date={1970}, author={C D}}\n"
        "@mvbook{c, title={C}, xdata={d, e}}\n"
        "@xdata{d, publisher={P}}\n@xdata{e, publisher={Q}, location={L}}"
    )
    found = {record.key: record for _, record in records(document)}
    assert list(found) == ["a", "b", "c"]
    assert found["a"].text("container-title") == "C"
    assert found["a"].text("volume-title") == "B"
    assert found["a"].year == 1975
    assert found["a"].names("container-author") == (Name("D", "C"),)
    assert found["a"].text("publisher") == "P"
    assert found["a"].text("publisher-place") == "L"
    assert "crossref" not in found["a"].extra


def test_a_circle_of_parents_ends() -> None:
    document = Document.parse("@book{a, crossref={b}, note={x}}\n@book{b, crossref={a}, isbn={1}}")
    assert [record.key for _, record in records(document)] == ["a", "b"]


def test_a_parent_that_is_not_there_stays_named() -> None:
    assert record_of("@misc{a, crossref={gone}}").extra == {"crossref": "gone"}


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
