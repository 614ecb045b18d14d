"""One bibliography: a .bib file, read when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from northbib import bibtex
from northbib.errors import StoreError
from northbib.findings import Finding
from northbib.library.changes.patches import patches
from northbib.library.disk.files import Snapshot, read_snapshot
from northbib.library.stored import Stored
from northbib.progress import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from northbib.bibtex import Document, Entry
    from northbib.library.changes.patches import Patch
    from northbib.records import Record

__all__ = ["SUFFIX", "Bibliography"]

SUFFIX = ".bib"


class Bibliography:
    """A .bib file.

    Attributes:
        file: Its path, from where the library was opened.
        name: What it is called in the library.
        parents: Finds an entry in the other files of the library by its key; None without them.
    """

    def __init__(self, file: Path, name: str) -> None:
        self.file = file
        self.name = name
        self.parents: Callable[[str], Entry | None] | None = None

    def __repr__(self) -> str:
        return f"Bibliography({str(self.file)!r}, {self.name!r})"

    @classmethod
    def new(cls, file: Path, name: str) -> Bibliography:
        """Give an empty bibliography, whose file is made when it is saved."""
        bibliography = cls(file, name)
        bibliography.snapshot = Snapshot(None, None)
        return bibliography

    @cached_property
    def snapshot(self) -> Snapshot:
        """The file as it was read.

        Raises:
            StoreError: It cannot be read.
        """
        return read_snapshot(self.file)

    @property
    def data(self) -> bytes:
        """The bytes of the file.

        Raises:
            StoreError: It cannot be read.
        """
        return self.snapshot.data or b""

    @cached_property
    def unreadable(self) -> StoreError | None:
        """Why the file cannot be read, None if it can."""
        try:
            _ = self.data
        except StoreError as error:
            return error
        return None

    @cached_property
    def document(self) -> Document:
        """The file as BibTeX, empty if it cannot be read."""
        readable = self.unreadable is None and not self._is_binary
        return bibtex.Document.parse(self.data if readable else b"", str(self.file))

    @cached_property
    def works(self) -> tuple[tuple[Entry, Record], ...]:
        """The entries that are works of their own, with their records, in the order of the file."""
        entries = counted(self.document.entries, "reading")
        return tuple(bibtex.records(self.document, self.parents, entries))

    @cached_property
    def stored(self) -> tuple[Stored, ...]:
        """The records, in the order of the file."""
        return tuple(
            Stored(record, self.name, self.file, entry.line) for entry, record in self.works
        )

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with the file: that it cannot be read, or its BibTeX."""
        if self.unreadable is not None:
            return (self._not_readable(self.unreadable),)
        return (self._not_text(),) if self._is_binary else self.document.problems

    @property
    def keys(self) -> list[str]:
        """The keys of all entries, in the order of the file."""
        return [entry.key for entry in self.document.entries]

    def check_editable(self) -> None:
        """Refuse a file that cannot be read or is not text.

        Raises:
            StoreError: It is such a file.
        """
        if self.unreadable is not None:
            raise self.unreadable
        if self._is_binary:
            finding = self._not_text()
            raise StoreError(finding.message, where=self.file, hint=finding.fix)

    def patches(self) -> tuple[Patch, ...]:
        """Give what was changed in the document since the file was read.

        Raises:
            StoreError: It would not be read back as it is meant, since an entry before is not
                closed.
        """
        data = self.document.to_bytes()
        after = bibtex.Document.parse(data, str(self.file))
        if [entry.key for entry in after.entries] != self.keys:
            first = next((problem for problem in after.problems if problem.line), None)
            raise StoreError(
                "what was to be written here could not be read back",
                where=self.file,
                line=first.line if first else None,
                hint="mend what is wrong with this file first",
                findings=after.problems,
            )
        return patches(self.document)

    def stored_of(self, keys: Iterable[str]) -> tuple[Stored, ...]:
        """Give the records of some entries of the document; those that are no works have none."""
        entries = [self.document[key] for key in keys]
        return tuple(
            Stored(record, self.name, self.file, entry.line)
            for entry, record in bibtex.records(self.document, self.parents, entries)
        )

    def show(self, data: bytes) -> None:
        """Read on as if the file had these bytes."""
        self.forget()
        self.snapshot = Snapshot(data, None)

    def forget(self) -> None:
        """Read the file again when it is next asked for."""
        for name in ("snapshot", "unreadable", "document", "works", "stored"):
            self.__dict__.pop(name, None)

    @property
    def _is_binary(self) -> bool:
        return bibtex.is_binary(self.data)

    def _not_readable(self, error: StoreError) -> Finding:
        return Finding(
            code="unreadable-file",
            severity="error",
            message=error.message,
            file=str(self.file),
            fix=error.hint,
        )

    def _not_text(self) -> Finding:
        return Finding(
            code="not-text",
            severity="error",
            message="this is not a text file, nor BibTeX",
            file=str(self.file),
            fix="take it out of the library, or give its name another ending",
        )
