"""PRISM in meta elements: the fields of journals and magazines.

Source: PRISM Basic Metadata Specification 3.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.resolve.claims import Claim

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.resolve.readers.parts import Page

__all__ = ["FIELDS", "SOURCE", "read_type"]

SOURCE = "page:prism"
_NAMES: Mapping[str, str] = {
    "container-title": "publicationname",
    "issued": "publicationdate coverdate",
    "volume": "volume",
    "issue": "number",
    "first-page": "startingpage",
    "last-page": "endingpage",
    "page": "pagerange",
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "issn eissn",
    "edition": "edition",
    "type": "aggregationtype genre",
}
FIELDS: Mapping[str, Mapping[str, str]] = {
    SOURCE: {
        field: " ".join(f"prism.{name} prism:{name}" for name in names.split())
        for field, names in _NAMES.items()
    },
    "page:online": {"issued": "prism.creationdate prism:creationdate"},
}


def read_type(page: Page) -> list[Claim]:
    """Say that a page is of a journal: it has PRISM's name of a publication, and a DOI.

    Newspapers write PRISM, too, but register no DOIs.
    """
    names = {
        name.removeprefix("prism").lstrip(".:") for name, _ in page.metas if name[:5] == "prism"
    }
    has_doi = "doi" in names or bool(page.meta("dc.identifier", "citation_doi", "doi"))
    if "publicationname" in names and has_doi:
        return [Claim("type", "article-journal", SOURCE, "prism.publicationName")]
    return []
