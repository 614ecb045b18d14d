from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from records_strategy import records

from northbib.errors import InputError
from northbib.exchange import jats, read, write
from northbib.exchange.jats import TYPES
from northbib.exchange.losses import converted, differences
from northbib.records import Date, Day, Name, Record
from northbib.records.vocabulary import TYPES as CSL_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def found(inside: str) -> Sequence[Record]:
    data = f"<article {XLINK}><back><ref-list>{inside}</ref-list></back></article>".encode()
    return read(data, "a.xml").records


def only(inside: str, kind: str = "journal", tag: str = "element-citation") -> Record:
    citation = f'<{tag} publication-type="{kind}">{inside}</{tag}>'
    (record,) = found(f'<ref id="r1">{citation}</ref>')
    return record


@given(records)
def test_a_record_comes_back_whole(record: Record) -> None:
    (seen,) = read(write([record], "jats"), "a.xml").records
    assert differences(record, seen) == ()


def test_the_collection_comes_back_whole(collection: list[Record]) -> None:
    assert list(read(write(collection, "jats"), "a.xml").records) == collection


def test_every_type_is_written() -> None:
    assert set(TYPES) == CSL_TYPES


def test_markup_is_that_of_jats_and_needs_no_note() -> None:
    title = '<i>in situ</i> <b>H</b><sub>2</sub>O in <span class="nocase">DNA</span> x<sup>2</sup>'
    record = Record("a", "article-journal", {"title": title, "container-title": "<i>A</i> b"})
    assert converted(record, jats).losses == ()
    (seen,) = read(write([record], "jats"), "a.xml").records
    assert seen == record


def test_pandoc_finds_each_title_name_and_year(collection: list[Record]) -> None:
    pypandoc = pytest.importorskip("pypandoc")
    run = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "jats", "-t", "csljson"],
        input=write(collection, "jats"),
        capture_output=True,
        check=True,
    )
    seen = {item["id"]: Record.from_csl(item) for item in json.loads(run.stdout)}
    for record in collection:
        other = seen[record.key]
        # It does not read the titles of chapters where the tag library has them.
        assert other.title == record.title or record.type == "chapter"
        assert other.year == record.year
        families = {name.family for name in record.names() if name.family}
        assert families <= {name.family for name in other.names()}


def test_a_citation_of_an_article_is_read() -> None:
    record = only(
        '<person-group person-group-type="author"><name><surname>van Dijk</surname><given-names>Jan'
        "</given-names><suffix>Jr.</suffix></name><collab>HM Treasury</collab><etal/>"
        "</person-group>"
        "<article-title>A <italic>very</italic> short title</article-title><source>Regional Studies"
        '</source><year iso-8601-date="2017-03">2017</year><volume>51</volume><issue>3</issue>'
        "<fpage>478</fpage><lpage>489</lpage>"
        '<pub-id pub-id-type="doi">https://doi.org/10.1007/BF03250842</pub-id>'
    )
    assert (record.key, record.type) == ("r1", "article-journal")
    assert record.text("title") == "A <i>very</i> short title"
    assert record.names() == (
        Name("Dijk", "Jan", dropping_particle="van", suffix="Jr."),
        Name(literal="HM Treasury"),
    )
    found_texts = [record.text(name) for name in ("volume", "issue", "page", "DOI")]
    assert found_texts == ["51", "3", "478-489", "10.1007/BF03250842"]
    assert record.date() == Date(Day(2017, 3))


def test_a_citation_with_text_between_its_parts_is_read() -> None:
    record = only(
        "<string-name><given-names>U.</given-names> <surname>Eco</surname></string-name>. "
        "<chapter-title>A chapter</chapter-title>. In: <person-group person-group-type='editor'>"
        "<string-name><surname>Weaver</surname>, <given-names>W.</given-names></string-name>"
        "</person"
        "-group> (ed.) <source>A book</source>. <publisher-loc>Oxford</publisher-loc>: "
        "<publisher-name>OUP</publisher-name>; <year>1989</year>. pp. <fpage>1</fpage>–<lpage>9"
        "</lpage>.",
        kind="book",
        tag="mixed-citation",
    )
    assert (record.type, record.title) == ("chapter", "A chapter")
    assert record.text("container-title") == "A book"
    assert record.names() == (Name("Eco", "U."),)
    assert record.names("editor") == (Name("Weaver", "W."),)
    assert (record.text("publisher-place"), record.text("page")) == ("Oxford", "1-9")


def test_a_citation_without_parts_keeps_its_text() -> None:
    (record,) = found(
        "<ref id='b1'><label>1</label><mixed-citation>Eco U. <italic>A book</italic>. Oxford, "
        "1989. "
        "https://doi.org/10.1007/BF03250842.</mixed-citation></ref>"
    )
    assert record.title.startswith("Eco U. A book. Oxford, 1989.")
    assert (record.text("DOI"), record.year) == ("10.1007/BF03250842", 1989)


def test_one_reference_may_have_two_forms_or_several_citations() -> None:
    both = (
        "<citation-alternatives><mixed-citation>A text</mixed-citation><element-citation><source>A "
        "book</source></element-citation></citation-alternatives>"
    )
    several = "".join(
        f"<mixed-citation><source>{name}</source></mixed-citation>" for name in ("First", "Second")
    )
    records_ = found(f"<ref id='b1'>{both}</ref><ref id='b2'>{several}</ref>")
    assert [(r.key, r.title) for r in records_] == [
        ("b1", "A book"),
        ("b2", "First"),
        ("b2b", "Second"),
    ]


def test_older_citations_of_nlm_are_read() -> None:
    record = only(
        "<person-group><name><surname>Eco</surname><given-names>U</given-names></name>"
        "</person-group>"
        "<article-title>A title</article-title><source>A journal</source><year>1989</year>"
        "<month>March</month><volume>3</volume><comment>In press</comment>",
        tag="nlm-citation",
    )
    assert record.date() == Date(Day(1989, 3))
    assert (record.type, record.text("note")) == ("article-journal", "In press")


def test_addresses_and_days_of_access_are_read() -> None:
    record = only(
        '<source>A page</source><ext-link ext-link-type="uri" '
        'xlink:href="https://www.gov.uk/a">link'
        '</ext-link><date-in-citation content-type="access-date" '
        'iso-8601-date="2020-02-29">Accessed'
        " 29 February 2020</date-in-citation>",
        kind="web",
    )
    assert (record.type, record.text("URL")) == ("webpage", "https://www.gov.uk/a")
    assert record.date("accessed") == Date(Day(2020, 2, 29))


def test_what_is_no_jats_is_refused() -> None:
    with pytest.raises(InputError, match="no ref-list"):
        read(b"<a/>", "a.xml", "jats")
