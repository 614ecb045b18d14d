"""Variables that a reference manager had no field for, written into the note.

Source: CSL-JSON as Zotero and others write it: lines "variable: value" at the head of `note`, or
`{:variable: value}` within it. A value that the item has itself is kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from northbib.csl.native.variables import DATES, KNOWN, NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["with_note_fields"]

_LINE = re.compile(r"^([A-Za-z][A-Za-z_-]+)\s*:\s*(\S.*?)\s*$")
_BRACED = re.compile(r"\{:([A-Za-z_-]+):\s*([^{}]*?)\s*\}")


def with_note_fields(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give an item with the variables that its note has, and the note without them."""
    note = data.get("note")
    if not isinstance(note, str) or ":" not in note:
        return data
    found: dict[str, Any] = {}

    def take(match: re.Match[str]) -> str:
        variable = _known(match[1])
        if not variable:
            return match[0]
        _add(found, variable, match[2])
        return ""

    lines = _BRACED.sub(take, note).split("\n")
    kept = 0
    while kept < len(lines):
        match = _LINE.match(lines[kept])
        variable = _known(match[1]) if match else ""
        if match is None or not variable:
            break
        _add(found, variable, match[2])
        kept += 1
    if not found:
        return data
    own = {key: value for key, value in data.items() if key != "note"}
    rest = "\n".join(lines[kept:]).strip()
    if rest:
        own["note"] = rest
    return {**found, **own}


def _known(name: str) -> str:
    for spelling in (name, name.lower(), name.upper()):
        if spelling in KNOWN:
            return spelling
    return ""


def _add(found: dict[str, Any], variable: str, value: str) -> None:
    if variable in DATES:
        found[variable] = {"raw": value}
    elif variable in NAMES:
        family, _, given = value.partition("||")
        name = {"family": family.strip(), "given": given.strip()}
        if not name["given"]:
            name = {"literal": name["family"]}
        found.setdefault(variable, []).append(name)
    else:
        found[variable] = value
