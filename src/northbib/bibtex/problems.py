"""What is wrong with a bibliography, found without changing it.

Each check yields findings for one entry or one piece of text; `find` gives them their lines.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from northbib.bibtex import dates, inheritance
from northbib.bibtex.scan import Block, line_breaks, lookalikes, own_name
from northbib.bibtex.values import split_value
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.bibtex.document import Document, Entry

__all__ = ["find"]

_BROKEN = {
    "unclosed-entry": ("{what} is not closed", "close its braces or quotes"),
    "entry-without-key": ("an entry has no key", "put a key after its opening brace"),
    "broken-entry": ("{what} cannot be read", "check its commas, equals signs and braces"),
}


def find(bibliography: Document) -> list[Finding]:
    """Give all problems of a document in the order of their lines, with its name as the file."""
    found: list[Finding] = []
    seen: dict[str, int] = {}
    line = 1
    if bibliography.encoding.name != "utf-8":
        found.append(_encoding(bibliography.encoding.name))
    for piece in bibliography.pieces:
        if isinstance(piece, str):
            found += _text(piece, line) if "@" in piece else ()
            line += line_breaks(piece)
            continue
        if isinstance(piece, Block):
            found += _at(line, _block(bibliography, piece))
        else:
            found += _at(line, _entry(bibliography, piece, line, seen))
        line += line_breaks(piece.raw)
    for entry, finding in inheritance.circles(bibliography):
        found.append(replace(finding, line=entry.line))
    found.sort(key=lambda finding: finding.line or 0)
    return [replace(finding, file=bibliography.name) for finding in found]


def _at(line: int, findings: Iterator[Finding]) -> Iterator[Finding]:
    return (finding if finding.line else replace(finding, line=line) for finding in findings)


def _encoding(name: str) -> Finding:
    return Finding(
        code="not-utf-8",
        severity="warning",
        message=f"the file is not UTF-8 and is read as {name}",
        line=1,
        fix="save it as UTF-8",
    )


def _text(text: str, line: int) -> Iterator[Finding]:
    counted = 0
    for place, key in lookalikes(text):
        line += line_breaks(text[counted:place])
        counted = place
        yield Finding(
            code="not-an-entry",
            severity="error",
            message="text looks like an entry but is taken for a comment",
            line=line,
            column=place - max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)),
            key=key,
            fix="write @, a type of letters only, and its opening brace on one line",
        )


def _block(bibliography: Document, block: Block) -> Iterator[Finding]:
    if block.kind == "broken":
        message, fix = _BROKEN[block.reason]
        what = f"the entry {block.key}" if block.key else "an entry"
        message = message.format(what=what)
        yield Finding(
            code=block.reason,
            severity="error",
            message=message,
            column=1,
            key=block.key or None,
            fix=fix,
        )
    if block.kind == "string":
        yield from _undefined(bibliography, block.fields, block.start, None)


def _entry(
    bibliography: Document, entry: Entry, line: int, seen: dict[str, int]
) -> Iterator[Finding]:
    if not entry.key:
        message, fix = _BROKEN["entry-without-key"]
        yield Finding(code="entry-without-key", severity="error", message=message, fix=fix)
    elif entry.key.lower() in seen:
        first = seen[entry.key.lower()]
        yield Finding(
            code="duplicate-key",
            severity="warning",
            message=f"the key {entry.key} is taken: its first entry is on line {first}",
            key=entry.key,
            fix="rename one of them, or remove it",
        )
    seen.setdefault(entry.key.lower(), line)
    yield from _fields(entry)
    yield from _undefined(bibliography, entry.fields, entry.position, entry.key)
    yield from dates.problems(entry, entry.key)
    yield from inheritance.problems(bibliography, entry)


def _fields(entry: Entry) -> Iterator[Finding]:
    names: set[str] = set()
    for name, source in entry.fields:
        field = own_name(name).lower()
        if field in names:
            yield Finding(
                code="duplicate-field",
                severity="warning",
                message=f"{entry.key} has the field {field} twice; the first one counts",
                key=entry.key,
                fix=f"keep one {field}",
            )
        names.add(field)
        if len(own_name(name)) != len(name) or not name:
            yield _stray(entry, name, "before the field")
        elif source[:1] != "{" or source[-1:] != "}" or "=" in source:
            rest = source[split_value(source)[1] :].strip()
            if rest:
                yield _stray(entry, rest, f"after the value of {field}")


def _stray(entry: Entry, text: str, where: str) -> Finding:
    shown = re.sub(r"\s+", " ", text)[:40]
    return Finding(
        code="stray-text",
        severity="warning",
        message=f"{entry.key} has text {where}: {shown!r}",
        key=entry.key,
        fix="put the missing comma, or take the text out",
    )


def _undefined(
    bibliography: Document, fields: tuple[tuple[str, str], ...], position: int, key: str | None
) -> Iterator[Finding]:
    for name, source in fields:
        if (source[:1] == "{" and "#" not in source) or source.isdecimal():
            continue
        for part in split_value(source)[0]:
            if part[0] in '{"' or part.isdecimal():
                continue
            if bibliography.macros.value(part, position) is None:
                yield Finding(
                    code="undefined-macro",
                    severity="warning",
                    message=f"{own_name(name).lower()} uses {part}, which no @string defines here",
                    key=key,
                    fix=f"define it before, or write {{{part}}}",
                )
