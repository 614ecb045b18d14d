"""Dublin Core in meta elements: `DC.*`, `DCTERMS.*`, with refinements as separate parts.

Source: DCMI, "Expressing Dublin Core metadata using HTML/XHTML meta and link elements" (2008), and
DCMI Metadata Terms. DSpace and OJS write refinements such as `DC.date.issued`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FIELDS", "SOURCE", "spelling"]

SOURCE = "page:dc"
FIELDS: Mapping[str, Mapping[str, str]] = {
    SOURCE: {
        "title": "dc.title",
        "author": """dc.creator dc.creator.personalname dc.creator.author dc.contributor.author
            dc.creator.corporatename dc.author""",
        "editor": "dc.contributor.editor",
        "issued": """dc.date.issued dc.issued dc.date.published dc.date.publication dc.date
            dc.date.x-metadatalastmodified.published""",
        "modified": "dc.modified dc.date.modified dc.date.updated",
        "publisher": "dc.publisher dc.publisher.corporatename",
        "DOI": "dc.identifier dc.identifier.doi dc.doi dc.source.doi",
        "ISBN": "dc.identifier.isbn dc.isbn",
        "ISSN": "dc.source.issn dc.identifier.issn dc.relation.issn",
        "container-title": """dc.ispartof dc.relation.ispartof dc.relation.journal dc.source
            dc.source.journal""",
        "collection-title": "dc.relation.ispartofseries dc.ispartofseries",
        "volume": "dc.source.volume dc.citation.volume dc.bibliographiccitation.volume",
        "issue": "dc.source.issue dc.citation.issue dc.bibliographiccitation.issue",
        "page": "dc.source.pagenumber dc.identifier.pagenumber",
        "first-page": "dc.citation.spage dc.bibliographiccitation.firstpage",
        "last-page": "dc.citation.epage dc.bibliographiccitation.lastpage",
        "language": "dc.language dc.language.iso",
        "type": "dc.type dc.type.articletype dc.type.genre",
        "abstract": "dc.abstract dc.description.abstract",
    },
    # The days on which a text was made, handed in or put into a repository come after all others.
    "page:online": {"issued": "dc.created dc.date.created dc.available dc.date.available"},
}

_PREFIX = re.compile(r"^(?:dcterms|dct|dc|dcsext\.dc|dcterm)[.:_]")


def spelling(name: str) -> str:
    """Give the name of a Dublin Core element as the table has it, other names as they are."""
    if name[:2] != "dc":
        return name
    return _PREFIX.sub("dc.", name, count=1)
