"""The tags of EPrints, `eprints.*`: the fields of its own database.

Source: EPrints 3.4, the default metadata fields of an eprint and `Export::Simple`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FIELDS", "SOURCE"]

SOURCE = "page:eprints"
FIELDS: Mapping[str, Mapping[str, str]] = {
    SOURCE: {
        "title": "eprints.title",
        "author": "eprints.creators_name eprints.corp_creators",
        "editor": "eprints.editors_name",
        "issued": "eprints.date",
        "container-title": "eprints.publication eprints.book_title",
        "event-title": "eprints.event_title",
        "collection-title": "eprints.series",
        "publisher": "eprints.publisher eprints.institution",
        "publisher-place": "eprints.place_of_pub",
        "volume": "eprints.volume",
        "issue": "eprints.number",
        "page": "eprints.pagerange",
        "DOI": "eprints.id_number eprints.doi eprints.official_url",
        "ISBN": "eprints.isbn",
        "ISSN": "eprints.issn",
        "type": "eprints.type",
        "genre": "eprints.thesis_type eprints.monograph_type",
        "abstract": "eprints.abstract",
        "language": "eprints.language",
    }
}
