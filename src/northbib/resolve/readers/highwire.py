"""The tags of Highwire Press, `citation_*`, which Google Scholar asks publishers for.

Source: Google Scholar, "Inclusion Guidelines for Webmasters", indexing; the names beyond it are
those that HighWire, Atypon, Silverchair and DSpace write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.resolve.claims import Claim
from northbib.resolve.kinds import GENERIC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.resolve.readers.parts import Page

__all__ = ["FIELDS", "SOURCE", "read_type"]

SOURCE = "page:highwire"
FIELDS: Mapping[str, Mapping[str, str]] = {
    SOURCE: {
        "title": "citation_title og:citation_title",
        "author": "citation_author citation_authors og:citation_author",
        "editor": "citation_editor",
        "issued": """citation_publication_date citation_date citation_cover_date citation_year
            og:citation_publication_date og:citation_date og:citation_year""",
        "container-title": """citation_journal_title citation_conference_title citation_conference
            citation_inbook_title citation_book_title og:citation_journal_title""",
        "container-title-short": "citation_journal_abbrev",
        "collection-title": "citation_series_title",
        "publisher": """citation_publisher citation_dissertation_institution
            citation_technical_report_institution""",
        "number": "citation_technical_report_number",
        "volume": "citation_volume og:citation_volume",
        "issue": "citation_issue og:citation_issue",
        "first-page": "citation_firstpage citation_first_page og:citation_firstpage",
        "last-page": "citation_lastpage citation_last_page og:citation_lastpage",
        "page": "citation_pages",
        "DOI": "citation_doi og:citation_doi",
        "ISBN": "citation_isbn",
        "ISSN": "citation_issn citation_eissn",
        "language": "citation_language",
        "abstract": "citation_abstract",
        "genre": "citation_dissertation_name",
    },
    # The first day online is that of publication only where no other is given.
    "page:online": {"issued": "citation_online_date citation_publication_online_date"},
    "page:arxiv": {"DOI": "citation_arxiv_id"},
}

# An element that is there says what kind of work it is, best first.
_TYPES = (
    ("dissertation_institution", "thesis"),
    ("dissertation_name", "thesis"),
    ("technical_report_institution", "report"),
    ("technical_report_number", "report"),
    ("conference_title", "paper-conference"),
    ("conference", "paper-conference"),
    ("inbook_title", "chapter"),
    ("book_title", "chapter"),
    ("journal_title", "article-journal"),
    ("journal_abbrev", "article-journal"),
)


def read_type(page: Page) -> list[Claim]:
    """Say what kind of work it is by which elements of Highwire or bepress are there."""
    prefixes = ("citation_", "og:citation_", "bepress_citation_")
    found = {
        name[len(prefix) :]
        for name, _ in page.metas
        for prefix in prefixes
        if name.startswith(prefix)
    }
    for name, kind in _TYPES:
        if name in found:
            return [Claim("type", kind, SOURCE, f"citation_{name}")]
    if "title" not in found:
        return []
    if "isbn" in found and "issn" not in found:
        return [Claim("type", "book", SOURCE, "citation_isbn")]
    return [Claim("type", GENERIC, SOURCE, "citation_title")]
