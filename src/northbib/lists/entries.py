"""The entries of a list: what the style says of a work, and what the list adds to it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from northbib.exchange.coins import context_object
from northbib.library.references import aliases
from northbib.lists.access import is_open_access
from northbib.lists.linking import archived_at, linked
from northbib.lists.web import for_web
from northbib.markup.inline import parse_inline
from northbib.markup.links import link_addresses
from northbib.markup.tree import Inlines, Item, Link, Paragraph, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.lists.notes import Note
    from northbib.lists.spec import ListSpec
    from northbib.lists.words import Words
    from northbib.records import Record

__all__ = ["Dresser", "paragraph"]

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


class Dresser:
    """Makes the entries of one list.

    Attributes:
        shown: The notes that stand below an entry.
    """

    def __init__(self, spec: ListSpec, words: Words) -> None:
        self.shown: set[Note] = set()
        self._spec = spec
        self._words = words
        self._notes = {note.key.lower(): note for note in spec.notes}
        self._is_marked = spec.oa or "archive" in spec.links
        self._is_annotated = spec.annotate or bool(spec.notes)

    def item(self, work: Record, content: Inlines) -> Item:
        """Give the entry of a work.

        Args:
            work: The work.
            content: What the style says of it, linked.
        """
        spec = self._spec
        if spec.links:
            content = linked(content, work, spec.links)
        if self._is_marked:
            content = (*content, *self._marks(work))
        item = Item(
            work.key,
            content,
            language=_tag(work.text("language")),
            annotation=self._annotation(work) if self._is_annotated else (),
        )
        if spec.web:
            return for_web(item, work, spec.web)
        return replace(item, coins=context_object(work)) if spec.coins else item

    def _marks(self, work: Record) -> Iterator[Text | Link]:
        if self._spec.oa and is_open_access(work):
            yield Text(f" ({self._words.open_access})")
        address = archived_at(work) if "archive" in self._spec.links else None
        if address is not None:
            yield Text(" (")
            yield Link(address, (Text(self._words.archived),))
            yield Text(")")

    def _annotation(self, work: Record) -> tuple[Paragraph, ...]:
        note = self._note(work) if self._notes else None
        if note is not None:
            self.shown.add(note)
            return tuple(map(paragraph, note.paragraphs))
        own = " ".join(work.text("annote").split()) if self._spec.annotate else ""
        return (paragraph(own),) if own else ()

    def _note(self, work: Record) -> Note | None:
        keys = (work.key, *aliases(work.extra))
        return next(filter(None, (self._notes.get(key.lower()) for key in keys)), None)


@lru_cache(maxsize=256)
def _tag(language: str) -> str:
    """Give a language as a BCP 47 tag, "" if it is none."""
    tag = language.strip().replace("_", "-")
    return tag if _TAG.fullmatch(tag) else ""


def paragraph(text: str) -> Paragraph:
    """Read a text with CSL-JSON's inline markup; addresses in it become links."""
    return Paragraph(link_addresses(parse_inline(text)))
