"""One writer at a time: a lock file in each folder of bibliographies, there while one writes.

The lock file says who holds it: process, host, command and since when. It comes into being whole,
by a hard link, which is atomic on network file systems too. Its owner also holds the system's own
lock (`flock`) on it, which ends with the process however that ends: so a lock file whose owner died
on this host is known at once, whatever the clocks say. One that another host left behind is
cleared when it is very old by the clock of the file server.

Only who holds the system's lock on a lock file may clear it, so no two clear at once; and a
writer makes sure that the lock is still its own before it replaces a file.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from northbib.errors import StoreError
from northbib.library.disk.advisory import hold, is_held
from northbib.library.disk.files import file_error
from northbib.library.disk.replacing import TEMPORARY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["LOCK", "TIMEOUT", "Lock", "Owner", "locked"]

LOCK = ".northbib.lock"
"""The name of the lock file."""

TIMEOUT = 30.0
"""How many seconds to wait for another writer."""

_VERY_OLD = 900.0
_NAMELESS_OLD = 10.0
_SAY_AFTER = 1.0
_POLL = 0.005
_LONGEST_NOTE = 4096


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds a lock, as the lock file says.

    Attributes:
        process: The number of the process, on its host.
        host: The name of the host.
        since: When the lock was taken, by the clock of that host, in ISO 8601.
        command: What it was taken for.
    """

    process: int
    host: str
    since: str
    command: str

    def __str__(self) -> str:
        what = f"northbib {self.command}".rstrip()
        return f"{what} (process {self.process} on {self.host}, since {self.since})"


@dataclass(frozen=True, slots=True)
class Lock:
    """The locks of a writer."""

    held: tuple[_Held, ...]

    def check(self) -> None:
        """Make sure that all locks are still this writer's own.

        Raises:
            StoreError: Somebody has taken one away.
        """
        for each in self.held:
            if not each.is_there():
                raise StoreError(
                    "the lock was taken away while northbib was writing here",
                    where=each.path,
                    hint="nothing was written: try again",
                )


@contextlib.contextmanager
def locked(
    *paths: Path,
    command: str = "",
    timeout: float = TIMEOUT,
    waiting: Callable[[str], None] | None = None,
) -> Iterator[Lock]:
    """Keep all other writers out of the folders of these paths while the block runs.

    Args:
        paths: Folders, or files, which stand for the folders where they really are.
        command: What the lock is for, to be shown to others who wait for it.
        timeout: Seconds to wait for another writer.
        waiting: Is told once whom the wait is for, if it is more than a moment.

    Raises:
        StoreError: Another writer holds a lock for longer than that, or no lock file can be made.
    """
    folders: dict[Path, Path] = {}
    for path in paths:
        folders.setdefault(_folder(path), path)
    owner = Owner(os.getpid(), _host(), _now(), command)
    with contextlib.ExitStack() as stack:
        held: list[_Held] = []
        # Always in the same order, so that two writers never wait for each other.
        for folder in sorted(folders):
            held += [_Wait(folder, folders[folder], timeout, waiting).for_lock(owner)]
            stack.callback(held[-1].release)
        yield Lock(tuple(held))


class _Wait:
    """Waiting for the lock of a folder."""

    def __init__(
        self,
        folder: Path,
        path: Path,
        timeout: float,
        waiting: Callable[[str], None] | None,
    ) -> None:
        self._file = folder / LOCK
        self._path = path
        self._timeout = timeout
        self._waiting = waiting
        self._began = time.monotonic()

    def for_lock(self, owner: Owner) -> _Held:
        try:
            while True:
                if not os.path.lexists(self._file):
                    held = _take(self._file, self._path, owner)
                    if held is not None:
                        return held
                elif not _clear_stale(self._file, owner.host):
                    self._pause()
        except OSError as error:
            raise file_error(error, self._path, "written") from error

    def _pause(self) -> None:
        waited = time.monotonic() - self._began
        if waited > self._timeout:
            raise StoreError(
                f"locked for {self._timeout:g} seconds by {_holder(self._file)}",
                where=self._path,
                hint=f"try again when it is done; if it is there no more, delete {self._file}",
            )
        if waited > _SAY_AFTER and self._waiting is not None:
            self._waiting(f"waiting for {_holder(self._file)}")
            self._waiting = None
        # Those who wait together are not to look together, nor those longest who wait longest.
        time.sleep(_POLL * (0.5 + os.urandom(1)[0] / 256))


@dataclass(frozen=True, slots=True)
class _Held:
    """A lock file that is ours."""

    path: Path
    file: Path
    descriptor: int

    def is_there(self) -> bool:
        return _is_same(self.descriptor, self.file)

    def release(self) -> None:
        # Unlinked before it is closed, since whoever holds the system's lock may clear it. What
        # cannot be unlinked is cleared by the next writer.
        with contextlib.suppress(OSError):
            if self.is_there():
                self.file.unlink()
        with contextlib.suppress(OSError):
            os.close(self.descriptor)
        if sys.platform == "win32":  # where an open file cannot be unlinked
            with contextlib.suppress(OSError):
                self.file.unlink()


def _take(file: Path, path: Path, owner: Owner) -> _Held | None:
    """Make the lock file, with its owner in it; None if there is one."""
    temporary = file.with_name(TEMPORARY.format(os.urandom(8).hex()))
    descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        hold(descriptor)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, _note(owner))
        linked = _linked(temporary, file)
        if linked or _is_same(descriptor, file):
            return _Held(path, file, descriptor)
    except BaseException:
        os.close(descriptor)
        raise
    finally:
        # What cannot be taken away is cleared by a later change.
        with contextlib.suppress(OSError):
            temporary.unlink()
    os.close(descriptor)
    return _take_plainly(file, path, owner) if linked is None else None


def _take_plainly(file: Path, path: Path, owner: Owner) -> _Held | None:
    """Make the lock file where there are no hard links; for a moment, it does not say whose."""
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        return None
    hold(descriptor)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, _note(owner))
    return _Held(path, file, descriptor)


def _linked(temporary: Path, file: Path) -> bool | None:
    """Give the lock file its name; False if there is one already, None where links are unknown."""
    try:
        os.link(temporary, file)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS):
            return None
        raise
    return True


def _clear_stale(file: Path, host: str) -> bool:
    """Clear a lock file whose owner is gone; tell whether it is worth trying again at once."""
    try:
        descriptor = _open(file)
    except FileNotFoundError:
        return True
    try:
        owner = _read(descriptor)
        held = is_held(descriptor)
        if not _is_same(descriptor, file):
            return True
        if not _is_gone(file, descriptor, owner, held=held, host=host):
            return False
        file.unlink(missing_ok=True)
        return True
    finally:
        os.close(descriptor)


def _is_gone(
    file: Path, descriptor: int, owner: Owner | None, *, held: bool | None, host: str
) -> bool:
    """Tell whether the owner of a lock file is there no more."""
    if held:
        return False
    if owner is None:
        return _age(file, descriptor) > _NAMELESS_OLD
    if owner.host != host:
        return _age(file, descriptor) > _VERY_OLD
    return held is False or not _is_alive(owner.process)


def _is_alive(process: int) -> bool:
    if sys.platform == "win32":  # where this would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _age(file: Path, descriptor: int) -> float:
    """Give the seconds since a lock file was made, by the clock that stamps files there."""
    probe = file.with_name(TEMPORARY.format(os.urandom(8).hex()))
    with probe.open("xb") as fresh:
        now = os.fstat(fresh.fileno()).st_mtime
    probe.unlink()
    return now - os.fstat(descriptor).st_mtime


def _open(file: Path) -> int:
    try:
        return os.open(file, os.O_RDWR)
    except PermissionError:
        return os.open(file, os.O_RDONLY)


def _is_same(descriptor: int, file: Path) -> bool:
    """Tell whether a file's name still leads to an open file."""
    try:
        there = file.stat()
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(descriptor), there)


def _note(owner: Owner) -> bytes:
    return json.dumps(asdict(owner), ensure_ascii=False).encode() + b"\n"


def _read(descriptor: int) -> Owner | None:
    """Give the owner that a lock file names, None if it names none."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        return Owner(**json.loads(os.read(descriptor, _LONGEST_NOTE)))
    except (ValueError, TypeError):
        return None


def _holder(file: Path) -> str:
    try:
        descriptor = _open(file)
    except FileNotFoundError:
        return "another program"
    try:
        return str(_read(descriptor) or "another program")
    finally:
        os.close(descriptor)


def _folder(path: Path) -> Path:
    real = Path(os.path.realpath(path))
    return real if real.is_dir() else real.parent


def _host() -> str:
    return os.environ["COMPUTERNAME"] if sys.platform == "win32" else os.uname().nodename


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
