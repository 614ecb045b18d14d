"""One bibliography: a .bib file, read when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from northbib.bibtex import Document, records
from northbib.errors import StoreError
from northbib.findings import Finding
from northbib.library.files import read_bytes, write_atomically
from northbib.library.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["SUFFIX", "Bibliography"]

SUFFIX = ".bib"

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Bibliography:
    """A .bib file.

    Attributes:
        file: Its path, from where the library was opened.
        name: What it is called in the library.
    """

    def __init__(self, file: Path, name: str) -> None:
        self.file = file
        self.name = name

    def __repr__(self) -> str:
        return f"Bibliography({str(self.file)!r}, {self.name!r})"

    @classmethod
    def new(cls, file: Path, name: str) -> Bibliography:
        """Give an empty bibliography, whose file is made when it is saved."""
        bibliography = cls(file, name)
        bibliography.data = b""
        return bibliography

    @cached_property
    def data(self) -> bytes:
        """The bytes of the file.

        Raises:
            StoreError: It cannot be read.
        """
        return read_bytes(self.file)

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
        return Document.parse(b"" if self.unreadable else self.data, str(self.file))

    @cached_property
    def stored(self) -> tuple[Stored, ...]:
        """The records, in the order of the file."""
        return tuple(
            Stored(record, self.name, self.file, entry.line)
            for entry, record in records(self.document)
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

    def save(self, keys: Iterable[str], *, dry_run: bool = False) -> None:
        """Write the document as it now is.

        Args:
            keys: The keys of the entries that the file must hold then, in their order.
            dry_run: Write nothing, but read on as if it had been written.

        Raises:
            StoreError: It cannot be written, or would not be read as it was meant, since an
                entry before is not closed; the file is as it was.
        """
        data = self.document.to_bytes()
        after = Document.parse(data, str(self.file))
        if [entry.key for entry in after.entries] != list(keys):
            first = next((problem for problem in after.problems if problem.line), None)
            raise StoreError(
                "what was to be written here could not be read back",
                where=self.file,
                line=first.line if first else None,
                hint="mend what is wrong with this file first",
                findings=after.problems,
            )
        if data != self.data and not dry_run:
            write_atomically(self.file, data)
        self.forget()
        if dry_run:
            self.data = data

    def restore(self, data: bytes) -> None:
        """Put former bytes back.

        Raises:
            StoreError: The file cannot be written.
        """
        write_atomically(self.file, data)
        self.forget()

    def forget(self) -> None:
        """Read the file again when it is next asked for."""
        for name in ("data", "unreadable", "document", "stored"):
            self.__dict__.pop(name, None)

    @property
    def _is_binary(self) -> bool:
        return b"\0" in self.data

    def _not_readable(self, error: StoreError) -> Finding:
        return Finding(
            code="unreadable-file",
            severity="error",
            message=error.message,
            file=str(self.file),
            fix=error.hint,
        )

    def _not_text(self) -> Finding:
        wide = self.data.startswith(_UTF_16)
        return Finding(
            code="not-utf-8" if wide else "not-text",
            severity="error",
            message="this file is in UTF-16" if wide else "this is not a text file, nor BibTeX",
            file=str(self.file),
            fix="save it as UTF-8"
            if wide
            else "take it out of the library, or give its name another ending",
        )
