from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from lxml import etree
from records_strategy import records
from schemas import schema_of

from northbib.errors import InputError
from northbib.exchange import read, write
from northbib.exchange.losses import differences
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from pathlib import Path

DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'


def only(inside: str) -> Record:
    data = f'<o:dc xmlns:o="http://www.openarchives.org/OAI/2.0/oai_dc/" {DC}>{inside}</o:dc>'
    (record,) = read(data.encode(), "a.xml").records
    return record


@pytest.mark.parametrize("name", ["dc", "qdc"])
def test_a_record_comes_back_whole(name: str) -> None:
    @given(records)
    def is_whole(record: Record) -> None:
        (seen,) = read(write([record], name), "a.xml").records
        assert differences(record, seen) == ()

    is_whole()


@pytest.mark.parametrize("name", ["dc", "qdc"])
def test_the_collection_comes_back_whole(name: str, collection: list[Record]) -> None:
    assert list(read(write(collection, name), "a.xml").records) == collection


def test_the_collection_is_a_valid_answer_of_a_repository(
    collection: list[Record], shared: Path
) -> None:
    schema = schema_of(shared / "exchange" / "schemas", "oai-all.xsd")
    schema.assertValid(etree.fromstring(write(collection, "dc")))


@pytest.mark.parametrize(
    ("name", "file", "tag"),
    [("dc", "oai_dc.xsd", "{*}dc"), ("qdc", "qualifieddc.xsd", "qualifieddc")],
)
def test_any_record_is_valid(name: str, file: str, tag: str, shared: Path) -> None:
    schema = schema_of(shared / "exchange" / "schemas", file)

    @given(records)
    def is_valid(record: Record) -> None:
        tree = etree.fromstring(write([record], name))
        (element,) = tree.iter(tag)
        schema.assertValid(etree.fromstring(etree.tostring(element)))

    is_valid()


@pytest.mark.parametrize(
    ("inside", "variable", "value"),
    [
        ("<dc:identifier>doi:10.1007/BF03250842</dc:identifier>", "DOI", "10.1007/BF03250842"),
        (
            "<dc:identifier>http://dx.doi.org/10.1007/BF03250842</dc:identifier>",
            "DOI",
            "10.1007/BF03250842",
        ),
        ("<dc:identifier>urn:ISBN:0-521-24645-8</dc:identifier>", "ISBN", "0-521-24645-8"),
        ("<dc:identifier>http://hdl.handle.net/2159/6240</dc:identifier>", "URL", None),
        ("<dc:source>0937-6429</dc:source>", "ISSN", "0937-6429"),
        ("<dc:language>eng</dc:language>", "language", "en"),
        ("<dc:format>641 p.</dc:format>", "number-of-pages", "641"),
        ("<dcterms:alternative>Short</dcterms:alternative>", "title-short", "Short"),
    ],
)
def test_parts_are_told_by_what_they_say(inside: str, variable: str, value: str | None) -> None:
    assert only(inside).text(variable) == (value or "http://hdl.handle.net/2159/6240")


@pytest.mark.parametrize(
    "source",
    [
        "Regional Studies; Vol. 51 No. 3 (2017): A theme; 478-489",
        "Regional Studies 51(3), 478-489",
        "Regional Studies, vol. 51, no. 3, pp. 478-489",
    ],
)
def test_where_an_article_stands_is_read_from_its_source(source: str) -> None:
    record = only(
        f"<dc:type>info:eu-repo/semantics/article</dc:type><dc:source>{source}</dc:source>"
    )
    assert record.type == "article-journal"
    found = [record.text(name) for name in ("container-title", "volume", "issue", "page")]
    assert found == ["Regional Studies", "51", "3", "478-489"]


@pytest.mark.parametrize(
    ("inside", "type_"),
    [
        ("<dc:type>Text</dc:type><dc:type>Doctoral thesis</dc:type>", "thesis"),
        ("<dc:type>info:eu-repo/semantics/bookPart</dc:type>", "chapter"),
        ("<dc:type>Dataset</dc:type>", "dataset"),
        ("<dc:type>http://purl.org/dc/dcmitype/StillImage</dc:type>", "graphic"),
        ("<dc:type>Text</dc:type>", "document"),
    ],
)
def test_types_of_repositories_are_known(inside: str, type_: str) -> None:
    assert only(inside).type == type_


def test_names_have_the_roles_that_stand_behind_them() -> None:
    record = only(
        "<dc:creator>van Dijk, Jan</dc:creator><dc:contributor>Weaver, William (translator)"
        "</dc:contributor><dc:contributor>University of Leeds</dc:contributor>"
    )
    assert record.names() == (Name("Dijk", "Jan", dropping_particle="van"),)
    assert record.names("translator") == (Name("Weaver", "William"),)
    assert record.names("contributor") == (Name(literal="University of Leeds"),)


def test_a_date_of_publication_goes_before_others() -> None:
    record = only(
        "<dc:date>2015-11-04T00:00:21Z</dc:date><dcterms:issued>2004-05</dcterms:issued>"
        "<dc:date>info:eu-repo/date/embargoEnd/2017-01-01</dc:date>"
    )
    assert record.date() == Date(Day(2004, 5))


def test_answers_of_repositories_are_read_through(shared: Path) -> None:
    folder = shared / "resolve/data/api"
    name = "oai-ftunivmacedonia-oai-dspace-lib-uom-gr-2159-6240.xml"
    (record,) = read((folder / name).read_bytes(), name).records
    assert record.title.startswith("The Demand for Selected Nutrients by Greek Households")
    assert record.names()[1] == Name("Fousekis", "Panagiotis")
    assert record.text("DOI") == "10.1111/j.1574-0862.2005.00325.x"
    assert (record.year, record.text("language")) == (2004, "en")


def test_what_is_no_dublin_core_is_refused() -> None:
    with pytest.raises(InputError, match="no element dc"):
        read(b"<a/>", "a.xml", "dc")
