"""Editing entries as text, in the editor of the person at the terminal."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from northbib.cli.session import FOUND, note, report
from northbib.errors import NorthbibError, UsageError
from northbib.library.disk.files import file_error
from northbib.library.disk.state import state_folder
from northbib.library.extracts import changed, put_back, take_out, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.cli.session import Session
    from northbib.library import Store, Stored
    from northbib.library.extracts import Extract

__all__ = ["edit"]

_FOLDER = "edits"
_LONGEST_NAME = 60
_LINE_END = re.compile(r"\r\n|\r")


def edit(session: Session, keys: Sequence[str]) -> int:
    """Have entries edited, look through what they have become, and save it.

    Returns:
        The exit status: `FOUND` if the person gave up.

    Raises:
        NotFoundError: There is no such entry.
        ConflictError: An entry was changed by another program meanwhile.
        StoreError: A file cannot be read or written.
        NorthbibError: There is no editor, or it failed.
        click.Abort: The person left. In all of these, what was written is kept in a file.
    """
    extracts = take_out(session.store, keys)
    text = text_of(extracts)
    with _Draft(text, extracts[0].key) as draft:
        while True:
            draft.open()
            if draft.is_unchanged:
                note("nothing was changed")
                return 0
            stored = _saved(session.store, extracts, draft)
            if stored is not None:
                break
            if not click.confirm("edit again?", default=True, err=True):
                return FOUND
        draft.is_needed = False
    for each in stored:
        click.echo(f"edited {each.key} in {each.bibliography}")
    session.report(session.store.notices)
    return FOUND if session.store.notices else 0


class _Draft:
    """The file that is edited; as a context, it stays only if something in it would be lost.

    Attributes:
        is_needed: Whether what was written is nowhere else.
    """

    def __init__(self, text: str, key: str) -> None:
        self._text = text
        self.is_needed = True
        folder = state_folder() / _FOLDER
        name = re.sub(r"[^\w.-]", "_", key)[:_LONGEST_NAME]
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            descriptor, file = tempfile.mkstemp(".bib", f"{name}-", folder)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(text.encode("utf-8"))
        except OSError as error:
            raise file_error(error, folder, "written") from error
        self.file = Path(file)

    def __enter__(self) -> _Draft:
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_needed and not self.is_unchanged:
            note(f"what you wrote is kept in {self.file}")
        else:
            self.file.unlink(missing_ok=True)

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing was written, or what was is gone."""
        try:
            written = self.file.read_bytes()
        except FileNotFoundError:
            return True
        return written.strip() == self._text.encode("utf-8").strip()

    def open(self) -> None:
        """Have the person edit it.

        Raises:
            NorthbibError: There is no editor, or it failed.
        """
        try:
            click.edit(filename=str(self.file))
        except click.ClickException as error:
            raise NorthbibError(
                error.message, hint="the variables VISUAL and EDITOR say which editor to use"
            ) from error

    def read(self) -> str:
        """Give what was written.

        Raises:
            UsageError: It is not UTF-8.
        """
        try:
            return _LINE_END.sub("\n", self.file.read_text("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise UsageError("this is not UTF-8", where=self.file, hint="save it so") from error


def _saved(store: Store, extracts: Sequence[Extract], draft: _Draft) -> list[Stored] | None:
    """Put back what entries have become; None if it is to be edited again, or not to be saved."""
    try:
        changes = changed(store, extracts, draft.read(), str(draft.file))
        report(changes.problems)
        if not changes.is_sound:
            return None
        if changes.problems and not click.confirm("save it as it is?", default=True, err=True):
            return None
        for old, new in changes.renamed.items():
            question = f"rename {old} to {new}, and have what names it name {new}?"
            if not click.confirm(question, default=True, err=True):
                return None
        return put_back(store, changes)
    except UsageError as error:
        note(f"northbib: {error}")
        return None
