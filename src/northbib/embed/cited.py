"""What an article cites, as far as a list of its works needs it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.embed.article import Article
    from northbib.embed.markups import Markup

__all__ = ["ALL", "Cited", "cited_in"]

ALL = "*"
"""The key that stands for all works of the library, as `nocite` has it."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A key that an article cites.

    Attributes:
        key: The citation key as it is written, or `ALL`.
        place: Where it is cited first, in characters of the article's text.
        sure: Whether it can only be a citation: `@key` in running text may be something else,
            which is none of ours where the library has no such key.
    """

    key: str
    place: int
    sure: bool


def cited_in(article: Article) -> tuple[Cited, ...]:
    """Give what an article cites, each key once, in the order of first citation."""
    return _cited(article.text, article.markup)


@lru_cache(maxsize=2)
def _cited(text: str, markup: Markup) -> tuple[Cited, ...]:
    found: dict[str, Cited] = {}
    # The readers of citations are not loaded for articles that list nothing of what they cite.
    for cluster in import_module("northbib.embed.citations").clusters(text, markup):
        for cite in cluster.cites:
            known = found.get(cite.key)
            if known is None or (cluster.sure and not known.sure):
                place = cite.place if known is None else known.place
                found[cite.key] = Cited(cite.key, place, cluster.sure)
    return tuple(found.values())
