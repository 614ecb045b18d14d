"""What one run of the command line shares: where the library is, and how to say things."""

from __future__ import annotations

import json
import os
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.findings import Finding
    from northbib.library import Store

__all__ = ["FOUND", "Session", "note", "print_json", "print_json_list", "report", "styled"]

FOUND = 1
"""Exit status: done, and something was found."""

_DEFAULT_FOLDER = "bibliographies"
_STYLES = "styles"


class Session:
    """The library of this run, opened when it is first asked for.

    Attributes:
        found: Whether something was found that a script has to know of: an entry that could not
            be read, a record that was not added.
    """

    def __init__(self, library: str | None) -> None:
        self._library = library
        self.found = False

    @property
    def status(self) -> int:
        """The exit status of a command that is done."""
        return FOUND if self.found else 0

    @property
    def path(self) -> Path:
        """The library's folder or file."""
        if self._library is not None:
            return Path(self._library)
        folder = Path(_DEFAULT_FOLDER)
        return folder if folder.is_dir() else Path()

    @property
    def styles(self) -> tuple[Path, ...]:
        """Folders of the user's own citation styles: `styles` here, and beside the library."""
        folders = dict.fromkeys((Path(_STYLES), self.path.parent / _STYLES))
        return tuple(folder for folder in folders if folder.is_dir())

    @cached_property
    def store(self) -> Store:
        """The library itself; what is wrong with its files is said once, on standard error."""
        self.report(self.silent_store.problems)
        return self.silent_store

    @cached_property
    def silent_store(self) -> Store:
        """The library for a command that says what is wrong with its files by itself."""
        from northbib.library import Store  # noqa: PLC0415 - commands without a library skip it

        store = Store(self.path)
        store.waiting = note
        return store

    def report(self, findings: Iterable[Finding]) -> None:
        """Show what is wrong with the input; an error in it makes the exit status `FOUND`."""
        known = list(findings)
        self.found = self.found or any(finding.severity == "error" for finding in known)
        report(known)


def report(findings: Iterable[Finding]) -> None:
    """Show findings on standard error, one line each."""
    colours = {"error": "red", "warning": "yellow", "info": "blue"}
    for finding in findings:
        severity = styled(finding.severity, sys.stderr, fg=colours[finding.severity])
        click.echo(f"{severity}: {finding}", err=True)


def note(text: str) -> None:
    """Say something to the person at the terminal, on standard error."""
    click.echo(text, err=True)


def print_json(value: Any) -> None:
    """Print one JSON document on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_json_list(values: Iterable[Any]) -> None:
    """Print a JSON list on standard output, as `print_json` does, but value by value."""
    lead = "[\n"
    for value in values:
        text = json.dumps(value, ensure_ascii=False, indent=2)
        click.echo(lead + "  " + text.replace("\n", "\n  "), nl=False)
        lead = ",\n"
    click.echo("[]" if lead == "[\n" else "\n]")


def styled(text: str, stream: Any = None, **style: Any) -> str:
    """Style a text for a terminal; plain in a pipe, and where NO_COLOR is set or TERM is dumb."""
    stream = sys.stdout if stream is None else stream
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    wanted = stream.isatty() and not is_plain
    return click.style(text, **style) if wanted else text
