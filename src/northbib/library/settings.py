"""The settings of a library: `.northbib.toml` beside its bibliographies, if there is one."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from northbib.errors import InputError
from northbib.library.disk.files import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["NAME", "read_settings", "settings_file"]

NAME = ".northbib.toml"


def settings_file(root: Path) -> Path:
    """Give the path of the settings of a library, which is a folder or one file."""
    return (root if root.is_dir() else root.parent) / NAME


def read_settings(root: Path) -> dict[str, Any]:
    """Read the settings of a library; empty where there are none.

    Args:
        root: The folder or the file that the library is.

    Raises:
        InputError: The file is no TOML, or cannot be read.
    """
    path = settings_file(root)
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(read_bytes(path).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError("the settings are not UTF-8", where=path, hint="save them so") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"the settings are no TOML: {error}", where=path) from error
