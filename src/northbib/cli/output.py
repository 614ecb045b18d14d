"""Where results go: a file, all of it or nothing, or standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from northbib.cli.session import note
from northbib.errors import InputError, NotFoundError
from northbib.library.disk.files import write_atomically

__all__ = ["output_option", "write_output"]

F = TypeVar("F", bound=Callable[..., Any])


def output_option(said: str = "Write to this file.") -> Callable[[F], F]:
    """Add the option of where a result goes; `-` is standard output, as if it were not given.

    Args:
        said: Its help.
    """
    path = click.Path(path_type=Path, allow_dash=True)
    return click.option("-o", "--output", type=path, callback=_output, help=said)


def _output(_context: click.Context, _option: click.Parameter, path: Path | None) -> Path | None:
    return None if path == Path("-") else path


def write_output(data: bytes, output: Path | None) -> None:
    """Write a result to a file, or to standard output where none is named.

    A pipe or a device is written to as it is; a file is replaced as a whole.

    Raises:
        NotFoundError: The folder of the file is not there.
        StoreError: The file cannot be written.
        InputError: The pipe or device cannot be written.
    """
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    if not output.parent.is_dir():
        raise NotFoundError(f"there is no folder {output.parent}", where=output, hint="make it")
    if output.exists() and not output.is_file():
        _write_through(data, output)
    else:
        write_atomically(output, data)
    note(f"wrote {output}")


def _write_through(data: bytes, output: Path) -> None:
    try:
        with output.open("wb") as stream:
            stream.write(data)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=output) from error
