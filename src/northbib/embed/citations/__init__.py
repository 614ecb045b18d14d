"""Citations in the text of articles, in each markup's own way of citing.

>>> [cite.key for cluster in clusters("As @lee2017 says.", "markdown") for cite in cluster.cites]
['lee2017']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.embed.citations.generated import generated_sections
from northbib.embed.citations.model import Cite, Cluster, Note, Scan
from northbib.embed.citations.reading import reader_of
from northbib.embed.citations.spans import Spans

if TYPE_CHECKING:
    from northbib.embed.markups import Markup

__all__ = ["Cite", "Cluster", "Note", "Scan", "clusters", "scan"]


def clusters(text: str, markup: Markup) -> list[Cluster]:
    """Give the citations of an article in the order of its text.

    None of them stands in code, in verbatim text, in a comment or in a generated section. Works
    that an article lists without citing them come with the form `uncited`.

    Args:
        text: The article.
        markup: The markup it is in.
    """
    return scan(text, markup).clusters


def scan(text: str, markup: Markup) -> Scan:
    """Give the citations and the author's own notes of an article, both in order."""
    reader = reader_of(markup)
    if reader is None:
        return Scan()
    found = reader.scan(text)
    ours = Spans((each.start, each.end) for each in generated_sections(text, markup))
    return Scan(
        sorted(
            (each for each in found.clusters if ours.holding(each.start) is None),
            key=lambda each: (each.start, each.end),
        ),
        sorted(found.notes, key=lambda note: note.start),
        found.references,
    )
