"""Highwire, bepress, Dublin Core, PRISM and EPrints in the meta elements of a page."""

from __future__ import annotations

import pytest
from pages_of_tests import CARDS, CARDS_DOI, CLUSTERS, claimed, metas, read

from northbib.records import Date, Day, Name
from northbib.resolve.kinds import csl_type, genre_of

LEE = Name(family="Lee", given="Neil")
NATHAN, OVERMAN = Name(family="Nathan", given="Max"), Name(family="Overman", given="Henry")


@pytest.mark.parametrize(
    ("element", "kind"),
    [
        ("citation_journal_title", "article-journal"),
        ("citation_conference_title", "paper-conference"),
        ("citation_inbook_title", "chapter"),
        ("citation_dissertation_institution", "thesis"),
        ("bepress_citation_dissertation_name", "thesis"),
        ("citation_technical_report_institution", "report"),
        ("citation_isbn", "book"),
    ],
)
def test_what_a_highwire_page_has_says_what_it_is(element: str, kind: str) -> None:
    content = "978-1-85935-269-4" if element.endswith("isbn") else "A name"
    page = metas(citation_title=CARDS) + f'<meta name="{element}" content="{content}">'
    assert read(page).type == kind


@pytest.mark.parametrize(
    "written",
    [
        (
            '<meta name="citation_author" content="Nathan, Max"><meta name="citation_author" '
            'content="Overman, Henry">'
        ),
        '<meta name="citation_authors" content="Nathan, Max; Overman, Henry">',
        (
            '<meta name="citation_author" content="Max Nathan"><meta name="citation_author" '
            'content="Henry Overman">'
        ),
        (
            '<meta name="bepress_citation_author" content="Nathan, Max"><meta '
            'name="bepress_citation_author" content="Overman, Henry">'
        ),
        (
            '<meta name="DC.creator" content="Nathan, Max"><meta name="DC.creator" '
            'content="Overman, Henry">'
        ),
        (
            '<meta name="dcterms.creator" content="Max Nathan"><meta name="dcterms.creator" '
            'content="Henry Overman">'
        ),
        (
            '<meta name="DC.Contributor.Author" content="Nathan, Max"><meta '
            'name="DC.Contributor.Author" content="Overman, Henry">'
        ),
        (
            '<meta name="eprints.creators_name" content="Nathan, Max"><meta '
            'name="eprints.creators_name" content="Overman, Henry">'
        ),
    ],
)
def test_all_authors_are_read_in_their_order(written: str) -> None:
    assert read(f"<title>{CLUSTERS}</title>{written}").names() == (NATHAN, OVERMAN)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Lee N", Name(family="Lee", given="N")),
        ("Neil Lee, PhD", LEE),
        ("van der Berg, Jan", Name("Berg", "Jan", non_dropping_particle="van der")),
        ("Office for National Statistics", Name(literal="Office for National Statistics")),
    ],
)
def test_names_of_scholarly_pages_are_read_in_their_forms(written: str, name: Name) -> None:
    assert read(metas(citation_title=CARDS, citation_author=written)).names() == (name,)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("citation_doi", CARDS_DOI),
        ("citation_doi", f"https://doi.org/{CARDS_DOI.upper()}"),
        ("DC.identifier", f"doi:{CARDS_DOI}"),
        ("dc.Identifier", f"info:doi/{CARDS_DOI}"),
        ("prism.doi", CARDS_DOI),
        ("eprints.id_number", CARDS_DOI),
        ("bepress_citation_doi", CARDS_DOI),
        ("doi", CARDS_DOI),
    ],
)
def test_the_doi_of_the_page_is_read_however_it_is_written(name: str, content: str) -> None:
    page = f'<title>{CARDS}</title><meta name="{name}" content="{content}">'
    assert read(page).text("DOI") == CARDS_DOI


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("citation_doi", "ade/1391109086"),
        ("DC.identifier", "ISBN 978-1-85935-269-4"),
        ("citation_reference", f"citation_title=A title; citation_doi={CARDS_DOI}"),
        ("DC.relation", f"https://doi.org/{CARDS_DOI}"),
        ("dc.description", f"A reply to https://doi.org/{CARDS_DOI}"),
    ],
)
def test_what_is_no_doi_of_the_page_is_not_taken_for_it(name: str, content: str) -> None:
    page = f'<title>{CLUSTERS}</title><meta name="{name}" content="{content}">'
    assert read(page).text("DOI") == ""


def test_prism_gives_journal_volume_and_pages() -> None:
    record = read(
        f"<title>{CARDS}</title>"
        + metas(
            dc_dot_title=CARDS,
            dc_dot_identifier=f"doi:{CARDS_DOI}",
            prism_dot_publicationName="Regional Studies",
            prism_dot_volume="51",
            prism_dot_number="3",
            prism_dot_startingPage="478",
            prism_dot_endingPage="489",
            prism_dot_publicationDate="2017-03-04",
            prism_dot_issn="0034-3404",
        )
    )
    assert record.type == "article-journal"
    assert record.text("container-title") == "Regional Studies"
    assert record.text("page") == "478-489"
    assert record.text("ISSN") == "0034-3404"
    assert record.date() == Date(Day(2017, 3, 4))


def test_eprints_tells_a_thesis_and_its_kind() -> None:
    record = read(
        metas(
            eprints_dot_title="Can institutions adapt to new models of economic governance?",
            eprints_dot_creators_name="Morris, Phil",
            eprints_dot_type="thesis",
            eprints_dot_thesis_type="phd",
            eprints_dot_date="2020-06",
        )
    )
    assert (record.type, record.text("genre")) == ("thesis", "PhD thesis")
    assert record.date() == Date(Day(2020, 6))


def test_a_bepress_working_paper_keeps_its_series() -> None:
    page = metas(bepress_citation_title=CLUSTERS, bepress_citation_series_title="Working papers")
    assert claimed(page, "collection-title") == {"page:bepress": "Working papers"}


def test_the_first_day_online_counts_only_where_no_other_is_given() -> None:
    page = metas(citation_title=CARDS, citation_online_date="2016/07/21")
    assert read(page).date() == Date(Day(2016, 7, 21))
    assert read(page + metas(citation_date="2017/03/04")).date() == Date(Day(2017, 3, 4))


def test_the_day_of_issue_comes_before_those_of_a_repository() -> None:
    page = f"<title>{CLUSTERS}</title>" + metas(
        DCTERMS_dot_available="2014-01-31", DCTERMS_dot_issued="2013-06-01"
    )
    assert read(page).date() == Date(Day(2013, 6, 1))


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("info:eu-repo/semantics/doctoralThesis", "thesis"),
        ("Electronic Thesis or Dissertation", "thesis"),
        ("Original Research Article", "article-journal"),
        ("Text.Serial.Journal", "article-journal"),
        ("Discussion Paper", "report"),
        ("Conference Proceedings", "paper-conference"),
        ("Book chapter", "chapter"),
        ("https://schema.org/Dataset", "dataset"),
        ("http://purl.org/dc/dcmitype/Dataset", "dataset"),
        ("Something else", None),
    ],
)
def test_types_of_repositories_are_told_by_their_words(written: str, kind: str | None) -> None:
    assert csl_type(written) == kind


def test_a_kind_of_thesis_or_report_is_kept_as_genre() -> None:
    assert genre_of("info:eu-repo/semantics/doctoralThesis") == "Doctoral thesis"
    assert genre_of("working_paper") == "Working paper"
    assert genre_of("article") == ""


def test_dublin_core_that_calls_it_a_text_says_nothing() -> None:
    assert read(f"<title>{CLUSTERS}</title>" + metas(DC_dot_type="Text")).type == "webpage"
