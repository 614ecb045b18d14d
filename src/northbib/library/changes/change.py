"""One change of a library: a set of patches in one file or more, all of which are written, or none.

`Store.changing` gives it. The order on the disk is: the new files beside the old ones, the
journal, the renames, the journal again. So at any instant a crash leaves each file old or new, and
a journal that tells what was meant; `recovering` settles what is half done.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from northbib.errors import StoreError
from northbib.library.changes.journal import Edited, Logged, Trace
from northbib.library.changes.patches import with_context
from northbib.library.changes.redoing import redo
from northbib.library.changes.stepping import Changed, Step
from northbib.library.changes.touched import touched
from northbib.library.disk.files import Snapshot, file_error, read_settled
from northbib.library.disk.pieces import Pieces
from northbib.library.disk.replacing import real_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from northbib.library.bibliography import Bibliography
    from northbib.library.changes.journal import Journal
    from northbib.library.changes.patches import Patch
    from northbib.library.disk.locks import Lock

__all__ = ["Change", "Place", "Write"]

_TRIES = 5


@dataclass(frozen=True)
class Write:
    """What a change does to one file.

    Attributes:
        file: The file as the user knows it.
        snapshot: The file as it was read.
        patches: What is put in the place of what; none where the file is taken away.
        removes: Whether the file is taken away.
    """

    file: Path
    snapshot: Snapshot
    patches: tuple[Patch, ...]
    removes: bool = False

    @property
    def before(self) -> bytes:
        """The bytes as they were."""
        return self.snapshot.data or b""

    @cached_property
    def after(self) -> Pieces:
        """The bytes as they are meant to be."""
        return Pieces.patched(self.before, [patch.splice for patch in self.patches])

    def again(self) -> Write:
        """Give the same change to what another program has made of the file meanwhile.

        Raises:
            ConflictError: The other program changed what this change is about.
            StoreError: The file cannot be read, or is gone.
        """
        if self.snapshot.data is None and not self.file.exists():
            return self
        snapshot = read_settled(self.file)
        if snapshot.data == self.snapshot.data:
            return replace(self, snapshot=snapshot)
        patches = redo(self.patches, snapshot.data or b"", str(self.file))
        return Write(self.file, snapshot, patches)


@dataclass(frozen=True, slots=True)
class Place:
    """Where changes are made.

    Attributes:
        lock: The lock of the library's folders.
        journal: The journal of the library.
        done: Is called after a change with what the journal has of it, and the writes.
    """

    lock: Lock
    journal: Journal
    done: Callable[[Logged, Sequence[Write]], None]


class Change:
    """A change of a library that is being made.

    Attributes:
        command: What makes it, as the log shows it.
        undoes: The number of the change that it takes back, if it takes one back.
    """

    def __init__(self, command: str, place: Place | None) -> None:
        self.command = command
        self.undoes: int | None = None
        self._place = place
        self._writes: dict[Path, Write] = {}
        self._bibliographies: dict[Path, Bibliography] = {}

    @property
    def is_written(self) -> bool:
        """Whether `commit` writes files; a dry run writes none."""
        return self._place is not None

    def write(self, bibliography: Bibliography) -> None:
        """Have what the document of a bibliography has become written by `commit`.

        Raises:
            StoreError: It would not be read as it was meant.
        """
        self._writes.pop(bibliography.file, None)
        write = Write(bibliography.file, bibliography.snapshot, bibliography.patches())
        self.put(write, bibliography)

    def put(self, write: Write, bibliography: Bibliography | None = None) -> None:
        """Have patches written by `commit`, with others of the same file if there are some.

        Args:
            write: The patches.
            bibliography: The bibliography that they are for, which then reads on in what was
                written.
        """
        if bibliography is not None:
            self._bibliographies[write.file] = bibliography
        known = self._writes.get(write.file)
        if known is not None and known.snapshot is write.snapshot:
            both = sorted((*known.patches, *write.patches), key=lambda patch: patch.start)
            write = replace(write, patches=tuple(both))
        if write.patches or write.removes:
            self._writes[write.file] = write

    def commit(self) -> Logged | None:
        """Write everything, or nothing.

        What another program has written meanwhile is kept: the change is made to that, by entry
        and field.

        Returns:
            The change as the journal has it; None if there was nothing to write.

        Raises:
            ConflictError: Another program has changed the same field or entry meanwhile.
            StoreError: A file, or the journal, cannot be written; all files are as they were.
        """
        if self._place is None:
            self._show(self._writes.values())
            return None
        # Once for all: many entries of a file are put one by one.
        writes = [_in_context(write) for write in _ordered(self._writes.values())]
        if not writes:
            return None
        for _ in range(_TRIES):
            with contextlib.suppress(Changed):
                logged = self._carry_out(self._place, writes)
                self._writes.clear()
                self._show(writes)
                self._place.done(logged, writes)
                return logged
            writes = [write.again() for write in writes]
        raise StoreError(
            "another program keeps changing this file",
            where=writes[0].file,
            hint="nothing was written: try again when it is done",
        )

    def _show(self, writes: Iterable[Write]) -> None:
        """Have the bibliographies read on in what was written, which is not read again."""
        for write in writes:
            if write.file in self._bibliographies:
                self._bibliographies[write.file].show(bytes(write.after))

    def _carry_out(self, place: Place, writes: Sequence[Write]) -> Logged:
        with contextlib.ExitStack() as stack:
            steps = [stack.enter_context(_step(write)) for write in writes]
            logged = self._logged(place.journal.next_number(), writes)
            _begin(place.journal, logged)
            try:
                for step in steps:
                    place.lock.check()
                    step.take()
            except BaseException:
                for step in reversed(steps):
                    step.put_back()
                place.journal.forget(logged.number)
                raise
        for step in steps:
            step.flush()
        # Where this fails, the next writer sees that it was carried out.
        with contextlib.suppress(OSError):
            place.journal.end(logged.number)
        return logged

    def _logged(self, number: int, writes: Sequence[Write]) -> Logged:
        return Logged(
            number=number,
            when=datetime.now(UTC).isoformat(timespec="seconds"),
            command=self.command,
            touched=tuple(
                each for write in writes for each in touched(write.file.name, write.patches)
            ),
            edited=tuple(_edited(write) for write in writes),
            undoes=self.undoes,
        )


def _begin(journal: Journal, logged: Logged) -> None:
    try:
        journal.begin(logged)
    except OSError as error:
        raise file_error(error, journal.folder, "written") from error


def _step(write: Write) -> Step:
    after = None if write.removes else write.after
    try:
        return Step(write.file, write.snapshot, after)
    except OSError as error:
        raise file_error(error, write.file, "written") from error


def _edited(write: Write) -> Edited:
    return Edited(
        file=real_path(write.file),
        is_new=write.snapshot.data is None,
        after=None if write.removes else Trace(len(write.after), write.after.checksum),
        patches=write.patches,
    )


def _ordered(writes: Iterable[Write]) -> list[Write]:
    """Put the files that grow first: what moves is for a moment in both places, never in none."""
    return sorted(writes, key=_shrinks_by)


def _in_context(write: Write) -> Write:
    return replace(write, patches=with_context(write.before, write.patches))


def _shrinks_by(write: Write) -> int:
    return sum(len(patch.old) - len(patch.new) for patch in write.patches)
