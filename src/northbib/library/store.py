"""The store: a folder of bibliographies, read as it stands and changed by whole files."""

from __future__ import annotations

import os
import re
import stat
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from northbib.errors import NotFoundError, UsageError
from northbib.library.bibliography import SUFFIX, Bibliography
from northbib.library.contents import Contents
from northbib.library.disk.files import check_readable, file_error, write_atomically
from northbib.library.searching.query import And, Query, Term, leaves, parse_query
from northbib.records import fold
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    import contextlib
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from northbib.bibtex.edits import Splice
    from northbib.findings import Finding
    from northbib.library.adding import Added
    from northbib.library.changes.change import Change
    from northbib.library.changes.history import Done
    from northbib.library.changes.journal import Logged
    from northbib.library.disk.files import Snapshot
    from northbib.library.disk.pieces import Pieces
    from northbib.library.index.index import Index
    from northbib.library.index.places import Place
    from northbib.library.known import Known
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
        is_folder: Whether it is a folder.
        waiting: Is told whom a change waits for, if that is more than a moment.
        notices: What went wrong after a change was written: a commit in git that failed.

    Raises:
        NotFoundError: There is no such folder or file.
        StoreError: The system does not let us look.
    """

    def __init__(self, path: Path | str) -> None:
        self.root = Path(path)
        self.waiting: Callable[[str], None] | None = None
        self.notices: list[Finding] = []
        try:
            self.is_folder = stat.S_ISDIR(self.root.stat().st_mode)
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
            if file == self.root:
                check_readable(file)
        return found

    @cached_property
    def _contents(self) -> Contents:
        return Contents(self.root, self.bibliographies)

    @property
    def index(self) -> Index | None:
        """The index of the library; None where it is small, or where none can be kept."""
        return self._contents.index

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with the files, and which keys stand in more than one of them.

        Raises:
            StoreError: The library cannot be read; see `bibliographies`.
        """
        return self._contents.problems()

    def places(self, key: str) -> Sequence[Place] | None:
        """Give where the entries of a key stand, whatever its case; None without an index."""
        return self._contents.places(key)

    def last_place(self, file: Path) -> Place | None:
        """Give where the last entry of a file stands; None without an index."""
        return self._contents.last(file)

    def written(
        self, file: Path, before: Snapshot, after: Pieces, splices: Sequence[Splice]
    ) -> None:
        """Have the index take in what a change wrote, so that the file need not be read again.

        Args:
            file: The file.
            before: The file as it was.
            after: Its bytes now.
            splices: What the change put in the place of what, in order.
        """
        self._contents.written(file, before, after, splices)

    @property
    def known(self) -> Known:
        """What forbids that an entry is added: the keys, DOIs and web addresses that there are."""
        return self._contents.known()

    def all(self) -> Sequence[Stored]:
        """Give all records, file by file, those included whose key is not their own.

        Raises:
            StoreError: The library cannot be read; see `bibliographies`.
        """
        return self._contents.find(And())

    def is_empty(self) -> bool:
        """Tell whether there is no record at all.

        Raises:
            StoreError: The library cannot be read; see `bibliographies`.
        """
        return self._contents.is_empty()

    def find(self, query: Query | str, *, best: bool = False) -> Sequence[Stored]:
        """Give the records that a query finds.

        Args:
            query: The query.
            best: Give those that answer best first (`searching.ranking`), in place of the
                order of the files.

        Raises:
            UsageError: The query makes no sense, or a pattern in it takes too long.
            NotFoundError: It names a bibliography that is not there.
            StoreError: The library cannot be read; see `bibliographies`.
        """
        wanted = parse_query(query) if isinstance(query, str) else query
        for leaf in leaves(wanted):
            if isinstance(leaf, Term) and leaf.field == "in":
                self.bibliography(leaf.text)
        return self._contents.find(wanted, best=best)

    def near(self, query: Query | str) -> str | None:
        """Give a hint at what a query which finds nothing may have meant.

        That is a bibliography, where it is the name of one, else words of the library.

        Returns:
            A clause, `did you mean …`; None if no words are near, or find nothing either.
        """
        if isinstance(query, str) and query.strip() in self.bibliographies:
            return f"did you mean in:{query.strip()}"
        wanted = parse_query(query) if isinstance(query, str) else query
        return self._contents.near(wanted)

    def get(self, key: str) -> Stored:
        """Give the record with a key, the first one where there are several.

        A key that is not there as it is written is looked for without case, as BibTeX does.

        Raises:
            NotFoundError: There is none; the hint names near keys.
            StoreError: The library cannot be read; see `bibliographies`.
        """
        return self._contents.get(key)

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
        adding = _late("adding")
        stored: Stored = adding.add(self, record, adding.Wishes(to, key, tuple(tags), dry_run))
        return stored

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
        adding = _late("adding")
        wishes = adding.Wishes(to, key, tuple(tags), dry_run)
        added: Added = adding.add_source(self, bibtex, name, wishes)
        return added

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
        stored: Stored = _late("editing").edit(self, key, set or {}, tuple(unset))
        return stored

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
        return list(_late("editing").tag(self, tuple(keys), tuple(add), tuple(remove)))

    def move(self, keys: Iterable[str], to: str) -> list[Stored]:
        """Move records to another bibliography, all of them or none.

        An entry keeps its own text but for line ends, and for `@string` macros, whose meaning is
        put in their place.

        Args:
            keys: Citation keys.
            to: The name of the bibliography, which is made if it is not there.

        Returns:
            The records as they now are, in the order of the keys.

        Raises:
            UsageError: A name that cannot be used.
            NotFoundError: A record is not there.
            ConflictError: A record that stays takes fields from one of them, or the other way
                round (`crossref`, `xdata`), or more than one entry has a key.
            StoreError: A file cannot be read, locked or written; all are as they were.
        """
        return list(_late("editing").move(self, tuple(keys), to))

    def log(self) -> list[Done]:
        """Give the changes that were made to the library and are still known, the last one first.

        Raises:
            StoreError: The journal cannot be read.
        """
        return list(_late("changes.history").log(self))

    def undo(self, number: int | None = None) -> Logged:
        """Take back a change, which can be taken back in its turn.

        Args:
            number: The number of the change; None for the last one that stands and is not itself
                one that took another back.

        Returns:
            The change that was made, with the number of the other one in `undoes`.

        Raises:
            NotFoundError: There is no such change, or a file is there no more.
            ConflictError: What it did is not there any more, or was taken back already.
            StoreError: A file or the journal cannot be read or written; all files are as they
                were.
        """
        made: Logged = _late("changes.history").undo(self, number)
        return made

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
        return list(_late("editing").remove(self, tuple(keys)))

    def changing(
        self, command: str, *, dry_run: bool = False
    ) -> contextlib.AbstractContextManager[Change]:
        """Keep other writers out, and read everything anew, while the block makes a change.

        The block changes documents of `bibliographies`, hands each to `Change.write`, and calls
        `Change.commit`. What it has not committed is forgotten at its end.

        Args:
            command: What makes the change, for the log and for those who wait meanwhile.
            dry_run: Write nothing, but read on as if it had been written.

        Raises:
            StoreError: Another writer does not come to an end, or the journal cannot be read.
        """
        context: contextlib.AbstractContextManager[Change] = _late("changes.changing").changing(
            self, self._files, command, dry_run=dry_run
        )
        return context

    @property
    def folder(self) -> Path:
        """The folder that the library is, or that its file is in."""
        return self.root if self.is_folder else self.root.parent

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
        if not self.is_folder:
            raise UsageError(
                f"this library is one file, and has no bibliography {name!r}",
                hint=f"leave the name out, or use the folder {self.root.parent} as the library",
            )
        stem = name[: -len(SUFFIX)] if name.lower().endswith(SUFFIX) else name
        return Bibliography.new(self.root / f"{stem}{SUFFIX}", stem)

    def _files(self) -> list[Path]:
        if not self.is_folder:
            return [self.root]
        try:
            with os.scandir(self.root) as entries:
                names = [entry.name for entry in entries if _is_bibliography(entry)]
        except OSError as error:
            raise file_error(error, self.root, "read") from error
        return [self.root / name for name in sorted(names)]

    def forget(self) -> None:
        """Read everything anew when it is next asked for."""
        contents = self.__dict__.pop("_contents", None)
        if contents is not None:
            contents.close()
        self.__dict__.pop("bibliographies", None)


def _late(name: str) -> Any:
    """Give a module of this part that only a change needs: it costs a third of a start."""
    return import_module(f"northbib.library.{name}")


def _is_bibliography(entry: os.DirEntry[str]) -> bool:
    # A link that leads nowhere is kept, and is an error when it is read: it stood for records.
    is_candidate = entry.is_symlink() or entry.is_file()
    return is_candidate and entry.name.lower().endswith(SUFFIX) and not entry.name.startswith(".")
