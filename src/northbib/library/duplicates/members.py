"""The entries of records that are to become one, found where the records stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.errors import ConflictError
from northbib.library.references import referred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.bibtex import Entry
    from northbib.library.bibliography import Bibliography
    from northbib.library.store import Store
    from northbib.library.stored import Stored

__all__ = ["Member", "Members"]


@dataclass(frozen=True, slots=True)
class Member:
    """An entry of a group.

    Attributes:
        bibliography: What it stands in.
        entry: The entry.
        is_named: Whether other entries of its bibliography name it.
    """

    bibliography: Bibliography
    entry: Entry
    is_named: bool = False


class Members:
    """The entries of a library by the places of their records."""

    def __init__(self, store: Store) -> None:
        self._found: dict[tuple[str, int], Member] = {}
        for name, bibliography in store.bibliographies.items():
            entries = bibliography.document.entries
            named = {key.lower() for entry in entries for key in referred(entry)}
            for entry in entries:
                member = Member(bibliography, entry, entry.key.lower() in named)
                self._found[name, entry.line] = member

    def of(self, records: Iterable[Stored]) -> list[Member]:
        """Find the entries of records.

        Raises:
            ConflictError: One is not any more where it was.
            StoreError: Its file cannot be edited.
        """
        return [self._of(stored) for stored in records]

    def _of(self, stored: Stored) -> Member:
        member = self._found.get((stored.bibliography, stored.line))
        if member is None or member.entry.key != stored.record.key:
            raise ConflictError(
                f"{stored.record.key} is not any more where it was",
                where=stored.file,
                line=stored.line,
                hint="another program changed the file: run northbib duplicates again",
            )
        member.bibliography.check_editable()
        return member
