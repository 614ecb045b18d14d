"""The tags of bepress, `bepress_citation_*`: Highwire's, with a prefix, and series of its own.

Source: Digital Commons, "Metadata for Google Scholar"; pages of its repositories.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FIELDS", "SOURCE"]

SOURCE = "page:bepress"
FIELDS: Mapping[str, Mapping[str, str]] = {
    SOURCE: {
        "title": "bepress_citation_title",
        "author": "bepress_citation_author bepress_citation_authors",
        "editor": "bepress_citation_editor",
        "issued": "bepress_citation_date bepress_citation_publication_date",
        "container-title": """bepress_citation_journal_title bepress_citation_book_title
            bepress_citation_conference_title bepress_citation_inbook_title""",
        "collection-title": "bepress_citation_series_title",
        "publisher": """bepress_citation_publisher bepress_citation_dissertation_institution
            bepress_citation_technical_report_institution""",
        "genre": "bepress_citation_dissertation_name",
        "number": "bepress_citation_technical_report_number",
        "volume": "bepress_citation_volume",
        "issue": "bepress_citation_issue",
        "first-page": "bepress_citation_firstpage",
        "last-page": "bepress_citation_lastpage",
        "DOI": "bepress_citation_doi",
        "ISBN": "bepress_citation_isbn",
        "ISSN": "bepress_citation_issn",
    },
    "page:online": {"issued": "bepress_citation_online_date"},
}
