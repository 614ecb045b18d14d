"""A process whose n-th system call kills it or fails: for each n of a change, what is left?

Run by `test_faults.py` as a program of its own, with `faults.c` loaded before the C library:

    faulty.py FOLDER CHANGE ERROR FIRST STEP

CHANGE is one of those below; ERROR an error number, or 0 to kill; FIRST and STEP choose the n. It
prints what is wrong, and how many calls the change makes.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from northbib.errors import NorthbibError
from northbib.library import Store
from northbib.library.changes.changing import changing  # noqa: F401 - imported before it is counted
from northbib.library.changes.history import log  # noqa: F401
from northbib.library.changes.journal import journal_of
from northbib.library.changes.versioning import commit  # noqa: F401

if TYPE_CHECKING:
    from collections.abc import Callable

A = "@book{a,\n  title = {The work A},\n}\n\n@book{b,\n  title = {The work B},\n}\n"
C = "@book{c,\n  title = {The work C},\n}\n"

CHANGES: dict[str, Callable[[Store], object]] = {
    "edit": lambda store: store.edit("a", {"note": "New"}),
    "add": lambda store: store.add_source("@book{d, title = {D}}", to="one"),
    "new": lambda store: store.add_source("@book{d, title = {D}}", to="new"),
    "remove": lambda store: store.remove(["a"]),
    "move": lambda store: store.move(["a"], "two"),
    "undo": lambda store: store.undo(),
}
RAISED, BROKEN = 3, 4


def main() -> None:
    folder, change, error, first, step = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
    trial = Trial(Path(folder), change, error)
    number = first
    while trial.run(number):
        number += step
    summary = f"{trial.calls} calls, {trial.done} done, {trial.not_done} not done"
    sys.stdout.write("\n".join([summary, *trial.faults, ""]))


class Trial:
    """A change that is carried out again and again, and each time hit at another call."""

    def __init__(self, folder: Path, change: str, error: int) -> None:
        self.folder = folder
        self.change = change
        self.error = error
        self.shim = ctypes.CDLL(None)
        self.shim.last_hit.restype = ctypes.c_char_p
        self.journal = journal_of(folder).folder
        self.faults: list[str] = []
        self.calls = self.done = self.not_done = 0
        self.start()
        self.old = self.files()
        CHANGES[change](Store(folder))
        self.new = self.files()

    def start(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.journal, ignore_errors=True)
        self.folder.mkdir()
        (self.folder / "one.bib").write_text(A)
        (self.folder / "two.bib").symlink_to("two.txt")
        (self.folder / "two.txt").write_text(C)
        if self.change == "undo":
            Store(self.folder).move(["a"], "two")

    def files(self) -> dict[str, bytes]:
        return {
            file.name: file.read_bytes()
            for file in sorted(self.folder.iterdir())
            if not file.name.startswith(".")
        }

    def run(self, number: int) -> bool:
        """Hit the call of a number; give whether there was one."""
        self.start()
        sys.stdout.flush()
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os._exit(self.hit(number, writer))
        os.close(writer)
        _, status = os.waitpid(child, 0)
        with os.fdopen(reader, "rb") as pipe:
            said = pipe.read().decode()
        if os.WIFSIGNALED(status):
            self.look(f"{self.change}, killed at call {number}")
            return True
        code = os.waitstatus_to_exitcode(status)
        self.look(f"{self.change}, call {number} {said}", code)
        self.calls = max(self.calls, number - 1)
        return bool(said)

    def hit(self, number: int, writer: int) -> int:
        self.shim.arm(number, self.error)
        said, code = "", 0
        try:
            CHANGES[self.change](Store(self.folder))
        except NorthbibError as error:
            said, code = f": {error}", RAISED
        except Exception:  # noqa: BLE001 - this is what must not happen
            frames = traceback.extract_tb(sys.exc_info()[2])
            places = [f"{Path(each.filename).name}:{each.lineno}" for each in frames[2:]]
            said, code = f": {sys.exc_info()[1]!r} at {' '.join(places)}", BROKEN
        name = self.shim.last_hit().decode()
        self.shim.arm(0, 0)
        if name:
            os.write(writer, f"({name}, {errno.errorcode[self.error]}){said}".encode())
        return code

    def look(self, what: str, code: int = 0) -> None:
        """See whether the files are all old or all new once the next writer has come by."""
        if code == BROKEN:
            self.faults.append(f"{what}: a traceback")
        between = self.files()
        halves = [name for name in between if not self.is_whole(name, between[name])]
        if halves:
            self.faults.append(f"{what}: {halves} are neither old nor new")
        store = Store(self.folder)
        store.tag(["c"], add=["topic"])
        store.undo(store.log()[0].change.number)
        left = self.files()
        if left not in (self.old, self.new):
            self.faults.append(f"{what}: the files are not all old or all new: {left}")
        elif left == self.new != self.old:
            self.done += 1
            self.check_done(what, code)
        else:
            self.not_done += 1
            self.check_not_done(what, code)
        self.check_leftovers(what)

    def is_whole(self, name: str, data: bytes) -> bool:
        return data in (self.old.get(name), self.new.get(name))

    def check_done(self, what: str, code: int) -> None:
        if code == RAISED and "is written, but" not in what:
            self.faults.append(f"{what}: an error was raised, and it was written")
        changes = [done.change for done in Store(self.folder).log()][2:]
        if len(changes) != 1 + (self.change == "undo"):
            self.faults.append(f"{what}: written, and the log has {len(changes)} changes of it")
            return
        Store(self.folder).undo(changes[0].number)
        if self.files() != self.old:
            self.faults.append(f"{what}: it could not be undone")

    def check_not_done(self, what: str, code: int) -> None:
        changes = Store(self.folder).log()[2:]
        if len(changes) != (self.change == "undo"):
            self.faults.append(f"{what}: not written, but in the log")
        if code == 0 and self.error:
            self.faults.append(f"{what}: not written, and no error was raised")

    def check_leftovers(self, what: str) -> None:
        left = [file.name for file in self.folder.iterdir() if file.name.startswith(".")]
        could_not_clear = "(unlink" in what or not self.error
        if left and not could_not_clear:
            self.faults.append(f"{what}: {left} are left over")


main()
