"""The key pattern of a library, as its settings have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.errors import InputError, UsageError
from northbib.library.keys.pattern import DEFAULT, Pattern
from northbib.library.settings import read_settings, settings_file

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["key_pattern"]


def key_pattern(root: Path) -> Pattern:
    """Give the pattern of the keys of a library: that of `[keys]` in its settings, or the default.

    Args:
        root: The folder or the file that the library is.

    Raises:
        InputError: The settings cannot be read, or have no pattern there that makes sense.
    """
    table = read_settings(root).get("keys", {})
    source = table.get("pattern", DEFAULT) if isinstance(table, dict) else table
    where = settings_file(root)
    if not isinstance(source, str):
        hint = "write [keys] and, below it, pattern = '…'"
        raise InputError("keys.pattern is no text", where=where, hint=hint)
    try:
        return Pattern.parse(source)
    except UsageError as error:
        raise InputError(error.message, where=where, hint=error.hint) from error
