"""The names of sources, as claims have them and as users prefer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.errors import UsageError
from northbib.records.near import did_you_mean
from northbib.resolve.site_table import SITES

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NAMES", "check_names", "is_named"]

NAMES: dict[str, tuple[str, ...]] = {
    "registry": (
        *("arxiv", "crossref", "datacite", "doi", "k10plus", "loc", "medra", "ncbi"),
        *("openlibrary", "pmc", "pubmed", "zenodo"),
    ),
    "index": ("google-books", "openalex", "semantic-scholar", "unpaywall", "wikidata"),
    "site": ("eprints", "gov.uk", "legislation.gov.uk", "oai", "parliament.uk"),
    "page": (
        *("arxiv", "author-link", "bepress", "byline", "coins", "dc", "eprints", "final", "h1"),
        *("hentry", "highwire", "hint", "host", "html", "jsonld", "link", "meta", "microdata"),
        *("og", "online", "platform", "prism", "rdfa", "time", "title", "twitter", "unapi", "url"),
    ),
    "plugin": ("citoid", "zotero"),
}
"""Kind of source -> the names of its sources; sites have those of their hosts besides."""


def is_named(source: str, name: str) -> bool:
    """Whether a source has a name, whole (`registry:crossref`) or in part (`registry`)."""
    return source == name or source.startswith(f"{name}:") or source.endswith(f":{name}")


def check_names(prefer: Sequence[str], *others: str) -> None:
    """Refuse the name of a source that there is not.

    Args:
        prefer: What the user gave.
        others: What else can be said in the place of a source.

    Raises:
        UsageError: No source has such a name; the hint names near ones.
    """
    for name in prefer:
        if name not in others and not any(is_named(source, name) for source in _sources()):
            parts = {part for source in _sources() for part in (source, *source.split(":"))}
            known = ", ".join((*NAMES, "crossref", "page:jsonld", *others))
            raise UsageError(
                f"there is no source {name!r} to be preferred",
                hint=did_you_mean(name, (*parts, *others)) or f"such as {known}",
            )


def _sources() -> list[str]:
    every = {**NAMES, "site": (*NAMES["site"], *(site.host for site in SITES))}
    return [f"{kind}:{name}" for kind, names in every.items() for name in names]
