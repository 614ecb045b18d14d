from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from records_strategy import records

from northbib.errors import InputError
from northbib.exchange import read, write
from northbib.exchange.losses import differences
from northbib.exchange.schema_org import terms as schema_org_terms
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from pathlib import Path


def all_of(value: Any) -> tuple[Record, ...]:
    return read(json.dumps(value).encode(), "a.jsonld", "schema-org").records


@given(records)
def test_a_record_comes_back_whole(record: Record) -> None:
    (seen,) = read(write([record], "schema-org"), "a.jsonld").records
    assert differences(record, seen) == ()


def test_the_collection_comes_back_whole(collection: list[Record]) -> None:
    assert list(read(write(collection, "schema-org"), "a.jsonld").records) == collection


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_rdflib_finds_each_work_in_the_words_of_schema_org(collection: list[Record]) -> None:
    rdflib: Any = pytest.importorskip("rdflib")
    words = rdflib.SDO
    graph = json.loads(write(collection, "schema-org"))
    # What stands at the address of the context says so, and nothing is fetched here.
    graph["@context"] = {"@vocab": str(words)}
    triples = rdflib.Graph().parse(
        data=json.dumps(graph), format="json-ld", publicID="https://example.org/"
    )
    used = {str(p) for p in triples.predicates()} - {str(rdflib.RDF.type)}
    used |= {str(o) for o in triples.objects(None, rdflib.RDF.type)}
    assert [word for word in used if word.removeprefix(str(words)) not in words] == []
    named = {str(s) for s in triples.subjects(words.name) if "#" in str(s)}
    assert named == {f"https://example.org/#{record.key}" for record in collection}


def test_every_word_of_the_tables_is_one_of_schema_org() -> None:
    words: Any = pytest.importorskip("rdflib").SDO
    # This one is newer than rdflib's.
    used = {"PoliticalParty"} ^ {
        *schema_org_terms.TYPES.values(),
        *schema_org_terms.TYPE_OF,
        *schema_org_terms.CONTAINERS.values(),
        *schema_org_terms.MEMBERS.values(),
        *schema_org_terms.PEOPLE.values(),
        *schema_org_terms.NUMBERS.values(),
        *itertools.chain.from_iterable(schema_org_terms.ISSUES.values()),
        *schema_org_terms.BODIES,
        *schema_org_terms.SERIES,
        *schema_org_terms.SITES,
    }
    assert [word for word in used if word not in words] == []


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "ScholarlyArticle",
    "headline": "A &amp; B",
    "author": [
        {"@type": "Person", "givenName": "Jan", "familyName": "Berg"},
        {"@type": "Organization", "name": "An academy"},
        "Jane Q. Doe",
        {"@id": "#p"},
    ],
    "datePublished": "2019-03-14",
    "pageStart": "1",
    "pageEnd": 9,
    "sameAs": "https://doi.org/10.1086/261763",
    "keywords": "x, y",
    "isPartOf": {
        "@type": "PublicationIssue",
        "issueNumber": 3,
        "isPartOf": {
            "@type": ["PublicationVolume", "Periodical"],
            "volumeNumber": "12",
            "name": "A journal",
            "issn": ["0261-3077"],
        },
    },
}
PERSON = {"@type": "Person", "@id": "#p", "name": "Ana Roe"}


def test_an_article_is_read_by_its_members() -> None:
    (record,) = all_of({"@graph": [PERSON, ARTICLE]})
    assert record == Record(
        "",
        "article-journal",
        {
            "title": "A & B",
            "author": (
                Name("Berg", "Jan"),
                Name(literal="An academy"),
                Name("Doe", "Jane Q."),
                Name("Roe", "Ana"),
            ),
            "issued": Date(Day(2019, 3, 14)),
            "page": "1-9",
            "DOI": "10.1086/261763",
            "container-title": "A journal",
            "volume": "12",
            "issue": "3",
            "ISSN": "0261-3077",
        },
        ("x", "y"),
    )


@pytest.mark.parametrize(
    "value",
    [
        ARTICLE,
        [ARTICLE],
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": ARTICLE}]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        {"@type": "ItemPage", "name": "A page", "mainEntity": {"@type": "WebPage", **ARTICLE}},
    ],
)
def test_works_are_found_in_graphs_lists_and_pages(value: Any) -> None:
    assert [record.title for record in all_of(value)] == ["A & B"]


def test_scripts_of_a_page_are_read() -> None:
    page = (
        "<!DOCTYPE html><html><head><script type='application/ld+json'>{broken</script>"
        f'<SCRIPT type="application/ld+json">{json.dumps(ARTICLE)}</SCRIPT></head></html>'
    )
    (record,) = read(page.encode(), "a.html", "schema-org").records
    assert record.title == "A & B"


def test_nodes_that_all_name_each_other_end() -> None:
    graph = [
        {
            "@type": "Book",
            "@id": f"#{number}",
            "name": "A",
            "isPartOf": [{"@id": f"#{other}"} for other in range(40)],
        }
        for number in range(40)
    ]
    assert len(all_of({"@graph": graph})) == 40


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "JSON"),
        (b'{"@type": "Recipe", "name": "Soup"}', "no work"),
    ],
)
def test_what_holds_no_work_is_refused(data: bytes, match: str) -> None:
    with pytest.raises(InputError, match=match):
        read(data, "a.jsonld", "schema-org")


def test_real_objects_in_the_words_of_codemeta_are_read(shared: Path) -> None:
    data = (shared / "exchange/data/csl_json/handlr__codemeta-many.json").read_bytes()
    first, second = read(data, "codemeta.json").records
    assert first.type == second.type == "software"
    assert first.title == "R Interface to the DataONE REST API"
    assert first.text("DOI") == "10.5063/f1m61h5x"
    assert Name("Jones", "Matt") in first.names()
