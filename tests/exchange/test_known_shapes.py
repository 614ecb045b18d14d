"""What is known of records of one shape holds for the next: nothing is left out of the notes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.exchange import FORMATS
from northbib.exchange.formats import module_of
from northbib.exchange.losses import converted, kept_whole
from northbib.exchange.shapes import shape_of
from northbib.records import Date, Day, Name, Record
from northbib.records.vocabulary import DATE_VARIABLES, NAME_VARIABLES

if TYPE_CHECKING:
    from northbib.records import Value

# Texts that formats read as something else here or there, beside such as they take as they are.
TEXTS = (
    "A title|A title.|A title: more|A title : more|Vitamin C|[Title]|A  b|x = y|x / y|"
    "An article|article|Article|book|thesis|PhD thesis|phdthesis|letter|12|012|3|Vol. 3|"
    "no. 3|v. 12|170-207|170-170|170–207|A1-A3|1, 3-5|xii, 280|1999|en|de|eng|English|"
    "en-GB|cy|9780801486395|0-8014-8639-4|080148639X|0269-8595|02698595|"
    "0269-8595 (print)|10.1093/cjres/rsx024|https://doi.org/10.1093/cjres/rsx024|"
    "doi:10.1093/x|https://www.gov.uk/a?b=c|https://www.gov.uk/100 %|www.gov.uk|Leeds|"
    "Leeds ; York|Leeds?|(Leeds)|Treasury Inc.|Press, The|c1999|{:note: x}|"
    "<i>A</i> title|<i>Leeds</i>|<i></i>|p < 5|It’s a title|Š. Title É.|a. b.|2nd|2nd ed."
).split("|")
VARIABLES = (
    "title|title-short|container-title|container-title-short|collection-title|"
    "collection-number|page|volume|issue|number|number-of-pages|chapter-number|section|"
    "version|edition|publisher|publisher-place|genre|language|note|abstract|annote|"
    "status|license|URL|DOI|ISBN|ISSN|PMID|PMCID|archive|archive_collection|call-number|"
    "event-title|event-place|original-title|original-publisher|original-publisher-place|"
    "author|editor|translator|container-author|collection-editor|producer|"
    "executive-producer|series-creator|issued|accessed|original-date|event-date"
).split("|")
NAMES = (
    Name("Smith", "Adam"),
    Name("Smith", "A. B."),
    Name("Smith", "Chas."),
    Name("Smith"),
    Name("Dijk", "Jan", dropping_particle="van"),
    Name("Vries", "Jan", non_dropping_particle="de"),
    Name("Smith", "John", suffix="Jr."),
    Name("Smith", "Co"),
    Name("Smith Jones", "Éd."),
    Name("Smith, Esq", "X"),
    Name(literal="Treasury"),
    Name(literal="Treasury, The"),
)
DATES = (
    Date(Day(1999)),
    Date(Day(1999, 5)),
    Date(Day(1999, 5, 3)),
    Date(Day(985)),
    Date(Day(1999), circa=True),
    Date(Day(1999), Day(2001), is_range=True),
    Date(literal="n.d."),
)
EXTRA = ("eprint", "misc1", "custom1", "custom3", "csltype", "northbib", "type")
TYPES = (
    "article-journal book chapter report thesis webpage dataset patent paper-conference legislation"
    " standard musical_score motion_picture"
).split()


def values_of(variable: str) -> st.SearchStrategy[Value]:
    if variable in NAME_VARIABLES:
        return st.lists(st.sampled_from(NAMES), min_size=1, max_size=2).map(tuple)
    return st.sampled_from(DATES if variable in DATE_VARIABLES else TEXTS)


def of_one_kind(kind: tuple[str, list[str]]) -> st.SearchStrategy[list[Record]]:
    """Give records of one type that have the same variables."""
    type_, variables = kind
    record = st.builds(
        Record,
        key=st.sampled_from(["a", "a b", "a:1"]),
        type=st.just(type_),
        values=st.fixed_dictionaries({name: values_of(name) for name in variables}),
        keywords=st.lists(st.sampled_from(TEXTS), max_size=2, unique=True).map(tuple),
        extra=st.dictionaries(st.sampled_from(EXTRA), st.sampled_from(TEXTS), max_size=1),
    )
    return st.lists(record, min_size=2, max_size=6)


kinds = st.tuples(
    st.sampled_from(TYPES), st.lists(st.sampled_from(VARIABLES), max_size=5, unique=True)
)
alike = kinds.flatmap(of_one_kind)


@pytest.mark.parametrize("name", ["mods", "marc", "ris", "csl-json"])
def test_a_known_shape_tells_what_going_there_and_back_tells(name: str) -> None:
    module: Any = module_of(FORMATS[name])
    unknowing: Any = SimpleNamespace(
        encode=module.encode, decode=module.decode, keep=module.keep, write=module.write
    )

    @given(alike)
    def tells_the_same(records: list[Record]) -> None:
        for record in records:
            known = b"".join(module.write([kept_whole(record, module)]))
            assert known == b"".join(module.write([converted(record, unknowing).native])), record

    tells_the_same()


@pytest.mark.parametrize("name", ["ris", "csl-json"])
def test_most_works_have_a_shape(name: str, collection: list[Record]) -> None:
    values = module_of(FORMATS[name]).VALUES  # type: ignore[attr-defined]
    known = [record for record in collection if shape_of(record, values) is not None]
    assert len(known) > len(collection) / 2
