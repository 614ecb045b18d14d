"""What is wrong with a bibliography, found without changing it.

Each check yields findings for one entry or one piece of text; `Look` gives them their lines.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from northbib.bibtex import dates, inheritance
from northbib.bibtex.encoding import first_undecodable
from northbib.bibtex.scan import line_breaks, next_entry, read_broken
from northbib.bibtex.values import split_value
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.bibtex.body import Fault
    from northbib.bibtex.document import Document, Entry, Piece

__all__ = ["Look"]

_CLOSE = "close its braces or quotes"
_FAULTS = {
    "unclosed-entry": ("unclosed-entry", "{what} is not closed", _CLOSE),
    "unclosed-value": ("unclosed-entry", "a value of {what} is not closed", _CLOSE),
    "unclosed-comment": (
        "unclosed-entry",
        "a comment is not closed; only its first word is taken for one",
        "close its brace, or open it with the sign that closes it",
    ),
    "unbalanced-quote": (
        "broken-entry",
        "a brace closes between the quotes in {what} that none has opened",
        "write braces in pairs",
    ),
    "entry-without-key": (
        "entry-without-key",
        "an entry has no key",
        "put a key after its opening brace",
    ),
    "key-with-blanks": (
        "broken-entry",
        "the key {key} has a blank in it, and BibTeX reads no further than that",
        "take the blank out",
    ),
    "missing-comma": (
        "broken-entry",
        "a comma is missing before {text} in {what}, and BibTeX reads no further than that",
        "put it there",
    ),
    "missing-equals": (
        "broken-entry",
        "an equals sign is missing in {what}: {text!r}",
        "put it behind the name of the field",
    ),
    "missing-value": (
        "broken-entry",
        "{text} has no value in {what}",
        "give it one, or take it out",
    ),
    "stray-text": (
        "stray-text",
        "{what} has text that belongs to no field: {text!r}",
        "take it out, or write it as a field",
    ),
}
"""Fault of the reader -> code of the finding, message and fix."""

_WARNINGS = frozenset({"stray-text", "unclosed-comment"})
_LOOKALIKE = re.compile(
    rb"(?:\A|[\r\n])[ \t]*+(@)[^\s{}()\[\]@,=][^{}()\[\]\r\n@,=]{0,40}+[{(\[]\s*+"
    rb"([^\s{}()\[\],=\"#%'\\]++)\s*+,"
)
_CONFLICT = re.compile(rb"(?:\A|[\r\n])(<{7,})(?=[ \r\n]|\Z)")
_MARK = re.compile(rb"<{7,}|={7,}|>{7,}")
_SHOWN = 40
_AT_ONCE = 100
"""Pieces whose lines are counted together."""


class _Place:
    """A line and a column of the file, moved on from piece to piece.

    Where it is, is worked out when it is asked for: most pieces have no fault.
    """

    def __init__(self, document: Document) -> None:
        self._encoding = document.encoding
        self._passed: list[bytes] = []
        self._line, self._before = 1, b""

    @property
    def line(self) -> int:
        """The line, counted from 1."""
        self._settle()
        return self._line

    @property
    def column(self) -> int:
        """The column: one more than there are characters before it on its line."""
        self._settle()
        return len(self._encoding.decode(self._before)) + 1

    def move(self, data: bytes) -> None:
        """Go to the end of a piece."""
        self._passed.append(data)
        if len(self._passed) > _AT_ONCE:
            self._settle()

    def within(self, data: bytes, units: int) -> tuple[int, int]:
        """Give line and column behind so many units of a piece that begins here."""
        self._settle()
        line, before = self._behind(data, units)
        return line, len(self._encoding.decode(before)) + 1

    def _settle(self) -> None:
        if self._passed:
            data = b"".join(self._passed)
            self._passed.clear()
            self._line, self._before = self._behind(data, len(data))

    def _behind(self, data: bytes, units: int) -> tuple[int, bytes]:
        """Give the line there, and the bytes before it on that line."""
        text = self._encoding.structure(data)[:units]
        end = max(text.rfind(b"\n"), text.rfind(b"\r")) + 1
        unit = self._encoding.unit
        own = data[end * unit : units * unit]
        line = self._line + line_breaks(text, 0, len(text))
        return line, own if end else self._before + own


class Look:
    """One look through a document for all that is wrong with it, as far as it has come.

    Who reads the entries one by one does well to look at each at the same time, while what was read
    of it is at hand.
    """

    def __init__(self, bibliography: Document) -> None:
        self._bibliography = bibliography
        self._found = [*_encoding(bibliography), *_conflicts(bibliography)]
        self._heirs: list[Entry] = []
        self._passed = self._go()

    def reach(self, entry: Entry) -> None:
        """Look at all that comes before the end of an entry which was not yet looked at."""
        for passed in self._passed:
            if passed is entry:
                return

    def findings(self) -> list[Finding]:
        """Look at the rest; give all problems in the order of their lines, with the file's name."""
        for _ in self._passed:
            pass
        found, name = self._found, self._bibliography.name
        for entry, finding in inheritance.circles(self._bibliography, self._heirs):
            found.append(replace(finding, line=entry.line))
        found.sort(key=lambda finding: finding.line or 0)
        return [replace(finding, file=name) for finding in found]

    def _go(self) -> Iterator[Entry]:
        """Look at one piece after the other; give each entry that was looked at."""
        bibliography, found = self._bibliography, self._found
        mark = bibliography.encoding.mark
        place = _Place(bibliography)
        seen: dict[str, Entry] = {}
        is_in_text = False
        for piece in bibliography.pieces():
            data = piece.data.removeprefix(mark) if piece.start == 0 else piece.data
            entry = piece.entry
            if piece.kind == "text":
                # Between most entries there is but white space.
                is_in_text = not data.isspace()
                if is_in_text:
                    found += _text(data, place, bibliography)
                    is_in_text = _ends_in_text(bibliography.encoding.structure(data))
            elif entry is None or is_in_text or not self._is_sound(entry, seen):
                checks = _block(bibliography, piece, place, seen, is_in_text=is_in_text)
                found += (_at(place, finding) for finding in checks)
                is_in_text = False
            place.move(data)
            if entry is not None:
                yield entry

    def _is_sound(self, entry: Entry, seen: dict[str, Entry]) -> bool:
        """Tell at once that there is nothing wrong with an entry; most are like that."""
        fields = entry.as_dict()
        if inheritance.names_parents(fields):
            self._heirs.append(entry)
            if any(inheritance.problems(self._bibliography, entry.key, fields)):
                return False
        is_first = seen.setdefault(entry.key.lower(), entry) is entry if entry.key else True
        return is_first and entry.is_plain and entry.is_straight and dates.are_readable(fields)


def _at(place: _Place, finding: Finding) -> Finding:
    return finding if finding.line else replace(finding, line=place.line)


def _encoding(bibliography: Document) -> Iterator[Finding]:
    encoding = bibliography.encoding
    message = f"the file is not UTF-8 and is read as {encoding.name}"
    line, column = 1, None
    if encoding.is_mixed:
        mark = len(encoding.mark)
        first = first_undecodable(bibliography.data)
        line, column = _Place(bibliography).within(bibliography.data[mark:], first - mark)
        message = f"there are bytes here that are not UTF-8; they are read as {encoding.legacy}"
    if encoding.name != "utf-8" or encoding.is_mixed:
        yield Finding(
            code="not-utf-8",
            severity="warning",
            message=message,
            line=line,
            column=column,
            fix="save it as UTF-8",
        )


def _conflicts(bibliography: Document) -> Iterator[Finding]:
    if b"<<<<<<<" not in bibliography.structure:
        return
    data = bibliography.to_bytes()
    place = _Place(bibliography)
    position = 0
    for match in _CONFLICT.finditer(bibliography.encoding.structure(data)):
        unit = bibliography.unit
        place.move(data[position * unit : match.start(1) * unit])
        position = match.start(1)
        yield Finding(
            code="conflict-marker",
            severity="error",
            message="a merge has left a conflict here",
            line=place.line,
            column=1,
            fix="keep one of its two sides, and take out the lines <<<<<<<, ======= and >>>>>>>",
        )


def _ends_in_text(text: bytes) -> bool:
    line = max(text.rfind(b"\n"), text.rfind(b"\r")) + 1
    return bool(text[line:].strip())


def _text(data: bytes, place: _Place, bibliography: Document) -> Iterator[Finding]:
    text = bibliography.encoding.structure(data)
    if b"@" not in text:
        return
    for match in _LOOKALIKE.finditer(text):
        line, column = place.within(data, match.start(1))
        yield Finding(
            code="not-an-entry",
            severity="error",
            message="text looks like an entry but is none",
            line=line,
            column=column,
            key=bibliography.text_in(data, *match.span(2)),
            fix="write @, a type without blanks, and a brace that opens it",
        )


def _block(
    bibliography: Document, piece: Piece, place: _Place, seen: dict[str, Entry], *, is_in_text: bool
) -> Iterator[Finding]:
    if piece.kind == "broken":
        fault = read_broken(bibliography.encoding.structure(piece.data))
        yield _fault(bibliography, piece, fault, place)
        return
    if is_in_text and piece.kind != "comment":
        yield _in_text(piece, place.column)
    if piece.kind == "string":
        source = bibliography.string_source(piece)
        yield from _undefined(bibliography, [(piece.key, source)], piece.start, None)
    if piece.entry is not None:
        yield from _entry(bibliography, piece, piece.entry, place, seen)


def _in_text(piece: Piece, column: int) -> Finding:
    what = f"the entry {piece.key}" if piece.key else "an entry"
    return Finding(
        code="entry-in-text",
        severity="warning",
        message=f"{what} begins in the middle of a line of text, where biber may not see it",
        column=column,
        key=piece.key or None,
        fix="put its @ at the start of a line; if it is no entry, write the @ another way",
    )


def _entry(
    bibliography: Document, piece: Piece, entry: Entry, place: _Place, seen: dict[str, Entry]
) -> Iterator[Finding]:
    first = seen.setdefault(entry.key.lower(), entry) if entry.key else entry
    if first is not entry:
        yield Finding(
            code="duplicate-key",
            severity="warning",
            message=f"the key {entry.key} is taken: its first entry is on line {first.line}",
            column=place.column,
            key=entry.key,
            fix="rename one of them, or remove it",
        )
    if not entry.is_plain:
        for fault in entry.body.faults:
            if not _MARK.match(bibliography.encoding.structure(piece.data), fault.start):
                yield _fault(bibliography, piece, fault, place)
        yield from _within_value(bibliography, piece, place)
    if not entry.is_straight:
        sources = entry.sources
        yield from _repeated(entry, sources)
        yield from _undefined(bibliography, sources, entry.start, entry.key)
    fields = entry.as_dict()
    yield from dates.problems(fields, entry.key)
    yield from inheritance.problems(bibliography, entry.key, fields)


def _within_value(bibliography: Document, piece: Piece, place: _Place) -> Iterator[Finding]:
    structure = bibliography.encoding.structure(piece.data)
    at = next_entry(structure, 1)
    if at < len(structure):
        line, column = place.within(piece.data, at)
        yield Finding(
            code="entry-in-text",
            severity="warning",
            message=f"a line in a value of {piece.key} begins like an entry",
            line=line,
            column=column,
            key=piece.key or None,
            fix="if it is one, close the value before it",
        )


def _fault(bibliography: Document, piece: Piece, fault: Fault, place: _Place) -> Finding:
    what = f"the entry {piece.key}" if piece.key else f"an @{piece.type}"
    code, message, fix = _FAULTS[fault.code]
    line, column = place.within(piece.data, fault.start)
    text = re.sub(r"\s+", " ", bibliography.text_in(piece.data, fault.start, fault.end))[:_SHOWN]
    return Finding(
        code=code,
        severity="warning" if fault.code in _WARNINGS else "error",
        message=message.format(what=what, key=piece.key, text=text),
        line=line,
        column=column,
        key=piece.key or None,
        fix=fix,
    )


def _repeated(entry: Entry, sources: list[tuple[str, str]]) -> Iterator[Finding]:
    names: set[str] = set()
    for name, _ in sources:
        if name in names:
            yield Finding(
                code="duplicate-field",
                severity="warning",
                message=f"{entry.key} has the field {name} twice; the first one counts",
                key=entry.key,
                fix=f"keep one {name}",
            )
        names.add(name)


def _undefined(
    bibliography: Document, sources: list[tuple[str, str]], position: int, key: str | None
) -> Iterator[Finding]:
    for name, source in sources:
        if (source[:1] == "{" and "#" not in source) or source.isdecimal():
            continue
        for part in split_value(source)[0]:
            if part[0] in '{"' or part.isdecimal():
                continue
            if bibliography.macros.value(part, position) is None:
                yield Finding(
                    code="undefined-macro",
                    severity="warning",
                    message=f"{name} uses {part}, which no @string defines here",
                    key=key,
                    fix=f"define it before, or write {{{part}}}",
                )
