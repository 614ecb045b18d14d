"""The `@string` macros of a file, and their names in values."""

from __future__ import annotations

import re

__all__ = ["bare_parts", "defined"]

_STRING = re.compile(r"@[ \t]*string\s*[{(]\s*([^\s={}(),\"#%'\\]+)\s*=", re.IGNORECASE)
_BREAK = re.compile(r"\r\n|\r|\n")
_BARE = re.compile(r"[^\s{}\"#,]+")


def defined(text: str) -> dict[str, int]:
    """Give the macros that a file defines, in lower case, with the line of the first definition."""
    found: dict[str, int] = {}
    line, position = 1, 0
    for match in _STRING.finditer(text):
        line += sum(1 for _ in _BREAK.finditer(text, position, match.start()))
        position = match.start()
        found.setdefault(match[1].lower(), line)
    return found


def bare_parts(source: str) -> list[str]:
    """Give the parts of a value that are neither in braces nor in quotes nor numbers."""
    found = []
    depth, quoted, position = 0, False, 0
    while position < len(source):
        sign = source[position]
        depth += (sign == "{") - (sign == "}")
        if sign == '"' and depth == 0:
            quoted = not quoted
        bare = None if depth or quoted else _BARE.match(source, position)
        if bare is not None:
            found.append(bare[0])
            position = bare.end()
        else:
            position += 1
    return [part for part in found if not part.isdecimal()]
