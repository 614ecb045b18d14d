"""What an entry carries on a web page beyond its text: for other programs, and to be copied."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from northbib import bibtex
from northbib.errors import UsageError
from northbib.exchange.coins import context_object
from northbib.exchange.schema_org.writing import node_text
from northbib.markup.links import cite_title
from northbib.markup.tree import PREFIX

if TYPE_CHECKING:
    from northbib.markup.tree import Item
    from northbib.records import Record

__all__ = ["Web", "for_web"]

_PREFIX = re.compile(r"[A-Za-z][\w.:-]*")
# What tells how a record came about is for those who keep the library.
_INTERNAL = frozenset({"confidence", "evidence", "notseen"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """What a list is to carry on a web page.

    Attributes:
        prefix: What the ids of entries and headings begin with.
        coins: Whether each entry carries COinS, from which Zotero and its like take the work.
        jsonld: Whether the list carries its works as JSON-LD, in the words of schema.org.
        bibtex: Whether each entry carries its BibTeX, for readers to copy.

    Raises:
        UsageError: The prefix is not a letter followed by letters, digits, `_`, `-`, `.` or `:`.
    """

    prefix: str = PREFIX
    coins: bool = True
    jsonld: bool = False
    bibtex: bool = False

    def __post_init__(self) -> None:
        if not _PREFIX.fullmatch(self.prefix):
            raise UsageError(
                f"{self.prefix!r} cannot begin an id",
                hint="a prefix is a letter, and then letters, digits, - _ . or :",
            )


def for_web(item: Item, record: Record, web: Web) -> Item:
    """Give an entry with its title marked as a title, and all that it is to carry."""
    return replace(
        item,
        content=cite_title(item.content, record.text("title")),
        coins=context_object(record) if web.coins else "",
        schema_org=node_text(record) if web.jsonld else "",
        bibtex=bibtex.entry_source(_published(record)) if web.bibtex else "",
    )


def _published(record: Record) -> Record:
    extra = {name: text for name, text in record.extra.items() if name not in _INTERNAL}
    return record.replace(extra=extra)
