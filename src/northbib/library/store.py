"""The store: a folder of bibliographies, read as it stands and changed by whole files."""

from __future__ import annotations

import contextlib
import os
import re
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from northbib.errors import NotFoundError, UsageError
from northbib.findings import Finding
from northbib.library import adding, editing
from northbib.library.bibliography import SUFFIX, Bibliography
from northbib.library.files import clear_leftovers, file_error, write_atomically
from northbib.library.query import Query, matches, parse_query, terms
from northbib.records import fold
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from northbib.library.adding import Added
    from northbib.library.stored import Stored
    from northbib.records import Record

__all__ = ["Store"]

_DEFAULT = "unsorted"
_NAME = re.compile(r"[^\W_][\w.-]*")
_LONGEST_NAME = 100

_FIRST = "library.bib"
_FIRST_LINE = (
    b"% A bibliography. northbib add puts entries in; any program that reads BibTeX does.\n"
)


class Store:
    """A library: the .bib files of a folder, in the order of their names, or one .bib file.

    It needs no set-up. Nothing is read until it is asked for, and each file once; before a change
    all are read again behind a lock, so that what another program wrote meanwhile is kept.

    Attributes:
        root: The folder or the file, as it was given.

    Raises:
        NotFoundError: There is no such folder or file.
        StoreError: The system does not let us look.
    """

    def __init__(self, path: Path | str) -> None:
        self.root = Path(path)
        try:
            self.root.stat()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NotFoundError(
                "there is no such library",
                where=self.root,
                hint=f"name a folder of .bib files, or make one: northbib init {self.root}",
            ) from error
        except OSError as error:
            raise file_error(error, self.root, "read") from error

    @staticmethod
    def init(path: Path | str) -> Path | None:
        """Start a library in a folder, which is made if it is not there.

        Returns:
            The first bibliography that was made; None if there was a library already, which is
            left as it is.

        Raises:
            UsageError: It is a file, and no bibliography.
            StoreError: The folder or the file cannot be made.
        """
        folder = Path(path)
        if folder.is_file() and folder.suffix.lower() != SUFFIX:
            hint = f"name a folder, or a {SUFFIX} file"
            raise UsageError("this file is no bibliography", where=folder, hint=hint)
        if folder.is_file() or (folder.is_dir() and Store(folder).bibliographies):
            return None
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise file_error(error, folder, "made") from error
        write_atomically(folder / _FIRST, _FIRST_LINE)
        return folder / _FIRST

    @cached_property
    def bibliographies(self) -> Mapping[str, Bibliography]:
        """The bibliographies by name: the file name without `.bib`, in the order of the files.

        One that cannot be read has no records, and is among the `problems`.

        Raises:
            StoreError: The folder, or the file that is the whole library, cannot be read.
        """
        found: dict[str, Bibliography] = {}
        for file in self._files():
            name = file.stem if file.suffix.lower() == SUFFIX else file.name
            name = file.name if name in found else name
            found[name] = Bibliography(file, name)
            if file == self.root and (error := found[name].unreadable):
                raise error
        return found

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with the files, and which keys stand in more than one of them.

        Raises:
            StoreError: The library cannot be read; see `bibliographies`.
        """
        own = (problem for each in self.bibliographies.values() for problem in each.problems)
        return (*own, *self._shared_keys())

    def all(self) -> list[Stored]:
        """Give all records, file by file, those included whose key is not their own.

        Raises:
            StoreError: The library cannot be read; see `bibliographies`.
        """
        return [stored for each in self.bibliographies.values() for stored in each.stored]

    def find(self, query: Query | str) -> list[Stored]:
        """Give the records that a query finds, file by file.

        Raises:
            UsageError: The query makes no sense.
            NotFoundError: It names a bibliography that is not there.
            StoreError: The library cannot be read; see `bibliographies`.
        """
        wanted = parse_query(query) if isinstance(query, str) else query
        for term in terms(wanted):
            if term.field == "in":
                self.bibliography(term.text)
        return [stored for stored in self.all() if matches(wanted, stored)]

    def get(self, key: str) -> Stored:
        """Give the record with a key, the first one where there are several.

        A key that is not there as it is written is looked for without case, as BibTeX does.

        Raises:
            NotFoundError: There is none; the hint names near keys.
            StoreError: The library cannot be read; see `bibliographies`.
        """
        stored = self._by_key.get(key) or self._by_caseless_key.get(key.lower())
        if stored is None:
            hint = did_you_mean(key, self._by_key) or "northbib list shows all keys"
            raise NotFoundError(f"no record has the key {key!r}", where=self.root, hint=hint)
        return stored

    def bibliography(self, name: str) -> Bibliography:
        """Give a bibliography by its name or its file name, whatever their case and accents.

        Raises:
            NotFoundError: There is none; the hint names near ones.
        """
        wanted = fold(name)
        for each in self.bibliographies.values():
            if name in (each.name, each.file.name):
                return each
        for each in self.bibliographies.values():
            if wanted in (fold(each.name), fold(each.file.name)):
                return each
        there = ", ".join(self.bibliographies) or "none yet"
        raise NotFoundError(
            f"no bibliography is called {name!r}",
            where=self.root,
            hint=did_you_mean(name, self.bibliographies) or f"there are: {there}",
        )

    def add(
        self,
        record: Record,
        to: str | None = None,
        key: str | None = None,
        *,
        tags: Iterable[str] = (),
        dry_run: bool = False,
    ) -> Stored:
        """Add a record.

        Args:
            record: The record; one without a key gets a new one (`northbib.library.keys`).
            to: The name of the bibliography, which is made if it is not there. Without it, it is
                the only one there is, else `unsorted`.
            key: The citation key, in place of the record's own.
            tags: Topics to add to the record's own.
            dry_run: Change nothing; give what would be stored.

        Raises:
            UsageError: A name, key or topic that cannot be used.
            ConflictError: The key is taken, or a record with the DOI or URL is there already.
            StoreError: The file cannot be read, locked or written; it is as it was.
        """
        return adding.add(self, record, adding.Wishes(to, key, tuple(tags), dry_run))

    def add_source(
        self,
        bibtex: bytes | str,
        to: str | None = None,
        key: str | None = None,
        *,
        tags: Iterable[str] = (),
        dry_run: bool = False,
        name: str | None = None,
    ) -> Added:
        """Add entries as they are written in BibTeX.

        An entry keeps its own text but for line ends, and for `@string` macros, whose meaning is
        put in their place. Entries whose key, DOI or URL is there already are left out, and the
        result says so.

        Args:
            bibtex: BibTeX with any number of entries.
            to: As for `add`.
            key: The citation key, in place of the entry's own; for one entry only.
            tags: Topics to add to the entries' own.
            dry_run: Change nothing; give what would be stored.
            name: What the source is called in messages.

        Raises:
            UsageError: A name, key or topic that cannot be used, or one key for several entries.
            StoreError: The file cannot be read, locked or written; it is as it was.
        """
        wishes = adding.Wishes(to, key, tuple(tags), dry_run)
        return adding.add_source(self, bibtex, name, wishes)

    def edit(
        self,
        key: str,
        set: Mapping[str, str] | None = None,  # noqa: A002 - the word of the command line
        unset: Iterable[str] = (),
    ) -> Stored:
        """Set and unset fields of a record; nothing else in its file changes.

        Args:
            key: Its citation key.
            set: BibLaTeX field or CSL variable -> value: plain text, or BibTeX if there is a
                backslash or a brace in it. `type` is BibLaTeX's field, the kind of a report or
                thesis; the entry's own type and its key cannot be set.
            unset: BibLaTeX fields or CSL variables to take away.

        Returns:
            The record as it now is.

        Raises:
            UsageError: A field's name or value cannot be used.
            NotFoundError: There is no such record, or it has no such field to unset.
            ConflictError: More than one entry has the key.
            StoreError: The file cannot be read, locked or written; it is as it was.
        """
        return editing.edit(self, key, set or {}, tuple(unset))

    def tag(
        self, keys: Iterable[str], add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> list[Stored]:
        """Add topics to records and take them away; the order of the others stays.

        Args:
            keys: Citation keys.
            add: Topics to add, where they are not there already.
            remove: Topics to take away, where they are there.

        Returns:
            The records as they now are, in the order of the keys.

        Raises:
            UsageError: A topic is empty, or has a comma, brace or backslash in it.
            NotFoundError: A record is not there; none is changed.
            ConflictError: More than one entry has a key; none is changed.
            StoreError: A file cannot be read, locked or written; all are as they were.
        """
        return editing.tag(self, tuple(keys), tuple(add), tuple(remove))

    def remove(self, keys: Iterable[str]) -> list[Stored]:
        """Remove records, all of them or none.

        Returns:
            The records as they were.

        Raises:
            NotFoundError: A record is not there.
            ConflictError: A record that stays takes fields from one of them (`crossref`, `xdata`),
                or more than one entry has a key.
            StoreError: A file cannot be read, locked or written; all are as they were.
        """
        return editing.remove(self, tuple(keys))

    @contextlib.contextmanager
    def changing(self) -> Iterator[None]:
        """Keep other writers out, and read everything anew, while the block changes documents.

        What the block has not saved is forgotten at its end.

        Raises:
            StoreError: Another writer does not come to an end.
        """
        # Only a change needs this module, whose import costs a third of a start.
        locks = import_module("northbib.library.locks")
        with locks.locked(self.root, *self._files()):
            self.forget()
            try:
                for folder in {file.parent for file in self._files()}:
                    clear_leftovers(folder)
                yield
            finally:
                self.forget()

    def target(self, name: str | None) -> Bibliography:
        """Give the bibliography that new records go to; its file may not be there yet.

        Args:
            name: Its name, with or without `.bib`; None for the only one there is, else for
                `unsorted`.

        Raises:
            UsageError: It is no name for a file of the library.
        """
        there = list(self.bibliographies.values())
        if name is None and len(there) == 1:
            return there[0]
        wanted = _DEFAULT if name is None else name
        for each in there:
            if wanted in (each.name, each.file.name):
                return each
        return self._new(wanted)

    def _new(self, name: str) -> Bibliography:
        if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
            raise UsageError(
                f"{name!r} cannot be the name of a bibliography",
                hint="use letters, digits, - _ and . only, and begin with a letter or a digit",
            )
        if not self.root.is_dir():
            raise UsageError(
                f"this library is one file, and has no bibliography {name!r}",
                hint=f"leave the name out, or use the folder {self.root.parent} as the library",
            )
        stem = name[: -len(SUFFIX)] if name.lower().endswith(SUFFIX) else name
        return Bibliography.new(self.root / f"{stem}{SUFFIX}", stem)

    def _files(self) -> list[Path]:
        if not self.root.is_dir():
            return [self.root]
        try:
            with os.scandir(self.root) as entries:
                names = [entry.name for entry in entries if _is_bibliography(entry)]
        except OSError as error:
            raise file_error(error, self.root, "read") from error
        return [self.root / name for name in sorted(names)]

    def forget(self) -> None:
        """Read everything anew when it is next asked for."""
        for name in ("bibliographies", "_by_key", "_by_caseless_key"):
            self.__dict__.pop(name, None)

    @cached_property
    def _by_key(self) -> dict[str, Stored]:
        return {stored.record.key: stored for stored in reversed(self.all())}

    @cached_property
    def _by_caseless_key(self) -> dict[str, Stored]:
        return {stored.record.key.lower(): stored for stored in reversed(self.all())}

    def _shared_keys(self) -> Iterator[Finding]:
        first: dict[str, Stored] = {}
        for stored in self.all():
            other = first.setdefault(stored.record.key.lower(), stored)
            if other.file != stored.file:
                yield Finding(
                    code="duplicate-key",
                    severity="warning",
                    message=f"{stored.record.key} stands at {other.file}:{other.line} already,"
                    " and that one counts",
                    file=str(stored.file),
                    line=stored.line,
                    key=stored.record.key,
                    fix="take one of them out of its file, or give it another key there",
                )


def _is_bibliography(entry: os.DirEntry[str]) -> bool:
    # A link that leads nowhere is kept, and is an error when it is read: it stood for records.
    is_candidate = entry.is_symlink() or entry.is_file()
    return is_candidate and entry.name.lower().endswith(SUFFIX) and not entry.name.startswith(".")
