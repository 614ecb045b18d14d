"""The journal of a library: what each change put in the place of what, so that it can be undone.

It stands in the user's state folder, so that nothing of it is left between the bibliographies,
neither in git nor on a shared disk; each user has one of their own, for the changes that they
made themselves. It may be deleted at any time: then there is nothing to undo, and no more is lost.

A change is one file. It is on the disk, as `N.begun`, before the first bibliography is replaced,
and is called `N.done` after the last. One that is still `begun` when the next writer comes tells
of a crash, and what the bibliographies hold tells whether it was done.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from northbib.library.changes.patches import Patch
from northbib.library.disk.replacing import flush_folder
from northbib.library.disk.state import state_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "MOST_BYTES",
    "MOST_CHANGES",
    "Edited",
    "Journal",
    "Logged",
    "Touched",
    "Trace",
    "journal_of",
]

MOST_CHANGES = 1000
MOST_BYTES = 64 * 1024 * 1024
"""How much the journal keeps: the last changes up to both, and always the last one."""

_NAME = re.compile(r"(\d{8})\.(begun|done)")
_VERSION = 1
_LET_GO_EVERY = 16
_LARGE = 1 << 20


@dataclass(frozen=True, slots=True)
class Trace:
    """By what a file is known again without keeping it: its length and its CRC-32."""

    size: int
    checksum: int

    @classmethod
    def of(cls, pieces: Iterable[bytes | memoryview]) -> Trace:
        """Give the trace of a file that comes in pieces."""
        size = checksum = 0
        for piece in pieces:
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
        return cls(size, checksum)


@dataclass(frozen=True, slots=True)
class Edited:
    """What a change did to one file.

    Attributes:
        file: Where the file really is.
        is_new: Whether there was no such file before.
        after: The trace of the file as it is then; None if it is gone.
        patches: What was put in the place of what.
    """

    file: Path
    is_new: bool
    after: Trace | None
    patches: tuple[Patch, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change did to one entry.

    Attributes:
        key: Its citation key.
        file: The name of its file.
        how: `added`, `removed` or `edited`.
        fields: The fields that were set or taken away, where it was edited.
    """

    key: str
    file: str
    how: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Logged:
    """A change as the journal has it.

    Attributes:
        number: Its number, from 1 on.
        when: When it was made, in ISO 8601, in UTC.
        command: What made it.
        touched: The entries that it added, removed or edited, in order.
        undoes: The number of the change that it took back, None if it took none back.
        done: Whether it is known to have been carried out.
        edited: What it did to each file, with `Journal.heads` without the bytes.
    """

    number: int
    when: str
    command: str
    touched: tuple[Touched, ...]
    edited: tuple[Edited, ...]
    undoes: int | None = None
    done: bool = False


class Journal:
    """The changes of a library that are kept, in a folder of their own.

    Attributes:
        folder: Where they are; made with the first of them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, logged: Logged) -> None:
        """Put a change on the disk before it is carried out.

        Raises:
            OSError: It cannot be written; nothing of it is left.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._file(logged.number, "begun")
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.writelines(_written(logged))
                stream.flush()
                os.fsync(descriptor)
            flush_folder(self.folder)
        except BaseException:
            file.unlink(missing_ok=True)
            raise

    def end(self, number: int) -> None:
        """Note that a change was carried out, and let go of what is too much.

        Raises:
            OSError: The system does not let us.
        """
        self._file(number, "begun").replace(self._file(number, "done"))
        self._let_go(number)

    def forget(self, number: int) -> None:
        """Take out a change that was not carried out.

        Raises:
            OSError: The system does not let us.
        """
        self._file(number, "begun").unlink(missing_ok=True)

    def next_number(self) -> int:
        """Give the number of the next change."""
        return max(self._names(), default=0) + 1

    def begun(self) -> list[Logged]:
        """Give the changes that are not known to have been carried out, in order.

        One that is not whole was never carried out, and is taken out.

        Raises:
            OSError: The system does not let us read or delete them.
        """
        found = []
        for number in (number for number, state in self._names().items() if state == "begun"):
            logged = self.read(number)
            if logged is None:
                self.forget(number)
            else:
                found.append(logged)
        return found

    def read(self, number: int) -> Logged | None:
        """Give a change with all its bytes; None if it is not there, or not whole.

        Raises:
            OSError: The system does not let us read it.
        """
        state = self._names().get(number)
        if state is None:
            return None
        data = self._file(number, state).read_bytes()
        head, _, payload = data.partition(b"\n")
        return _read(head, payload, done=state == "done")

    def heads(self) -> list[Logged]:
        """Give all changes that were carried out, in order, without their bytes.

        Raises:
            OSError: The system does not let us read them.
        """
        found = []
        for number, state in self._names().items():
            # One that falls out while we read is not missed.
            with (
                contextlib.suppress(FileNotFoundError),
                self._file(number, state).open("rb") as file,
            ):
                logged = _read(file.readline(), None, done=state == "done")
                if logged is not None and logged.done:
                    found.append(logged)
        return found

    def _names(self) -> dict[int, str]:
        try:
            with os.scandir(self.folder) as entries:
                names = sorted(entry.name for entry in entries)
        except FileNotFoundError:
            return {}
        matches = (_NAME.fullmatch(name) for name in names)
        return {int(match[1]): match[2] for match in matches if match}

    def _file(self, number: int, state: str) -> Path:
        return self.folder / f"{number:08}.{state}"

    def _let_go(self, last: int) -> None:
        if last % _LET_GO_EVERY and self._file(last, "done").stat().st_size < _LARGE:
            return
        room = MOST_BYTES
        for place, (number, state) in enumerate(reversed(self._names().items())):
            file = self._file(number, state)
            room -= file.stat().st_size
            if number != last and (room < 0 or place >= MOST_CHANGES):
                file.unlink(missing_ok=True)


def journal_of(library: Path) -> Journal:
    """Give the journal of a library.

    Args:
        library: The folder of the bibliographies.

    Raises:
        StoreError: There is no place for it.
    """
    real = Path(os.path.realpath(library))
    name = re.sub(r"[^\w.-]", "_", real.name)[:40]
    mark = hashlib.sha256(os.fsencode(real)).hexdigest()[:16]
    return Journal(state_folder() / "journal" / f"{name}-{mark}")


def _written(logged: Logged) -> list[bytes]:
    """Give a change as it is written: a line of JSON, and the bytes that it speaks of."""
    parts = [
        part
        for edited in logged.edited
        for patch in edited.patches
        for part in (patch.lead, patch.old, patch.new, patch.trail)
    ]
    head = {
        "version": _VERSION,
        "number": logged.number,
        "when": logged.when,
        "command": logged.command,
        "undoes": logged.undoes,
        "touched": [asdict(touched) for touched in logged.touched],
        "files": [_file_head(edited) for edited in logged.edited],
        "bytes": asdict(Trace.of(parts)),
    }
    return [json.dumps(head).encode(), b"\n", *parts]


def _file_head(edited: Edited) -> dict[str, Any]:
    return {
        "file": os.fsdecode(edited.file),
        "is_new": edited.is_new,
        "after": edited.after and asdict(edited.after),
        "patches": [
            [each.start, len(each.lead), len(each.old), len(each.new), len(each.trail)]
            for each in edited.patches
        ],
    }


def _read(head: bytes, payload: bytes | None, *, done: bool) -> Logged | None:
    """Read a change; None if it is not whole, or not as this version writes it."""
    try:
        values = json.loads(head)
        if values["version"] != _VERSION:
            return None
        if payload is not None and Trace.of([payload]) != Trace(**values["bytes"]):
            return None
        rest = None if payload is None else _Parts(payload)
        return Logged(
            number=values["number"],
            when=values["when"],
            command=values["command"],
            touched=tuple(_touched(each) for each in values["touched"]),
            edited=tuple(_edited(each, rest) for each in values["files"]),
            undoes=values["undoes"],
            done=done,
        )
    except (ValueError, KeyError, TypeError):
        return None


def _touched(values: dict[str, Any]) -> Touched:
    return Touched(values["key"], values["file"], values["how"], tuple(values["fields"]))


def _edited(values: dict[str, Any], parts: _Parts | None) -> Edited:
    return Edited(
        file=Path(values["file"]),
        is_new=values["is_new"],
        after=values["after"] and Trace(**values["after"]),
        patches=() if parts is None else tuple(map(parts.patch, values["patches"])),
    )


class _Parts:
    """The bytes of a change, taken one after the other."""

    def __init__(self, payload: bytes) -> None:
        self._payload = payload
        self._position = 0

    def patch(self, numbers: Sequence[int]) -> Patch:
        start, *lengths = numbers
        lead, old, new, trail = map(self._next, lengths)
        return Patch(start, old, new, lead, trail)

    def _next(self, length: int) -> bytes:
        self._position += length
        return self._payload[self._position - length : self._position]
