"""The inside of an entry, read field by field, faults and all.

What is well-formed is read by the regular expressions of `northbib.bibtex.grammar`; this is for the
rest. BibTeX drops an entry from its first fault on; here the reading goes on behind a fault as long
as it is clear where the entry ends, and the fault is kept with its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from northbib.bibtex.grammar import (
    ASSIGNMENT,
    BRACE,
    CLOSING,
    COMMENT_LINE,
    GROUP,
    HEADER,
    KEY,
    KEY_WITH_BLANKS,
    KEYLESS,
    NAME,
    QUOTE_OR_BRACE,
    SPACE,
    WORD,
)

__all__ = ["Body", "Broken", "Fault", "Span", "Unclosed", "group_end", "read_body", "value_end"]


class Span(NamedTuple):
    """Where a field stands; `comma` is the place of the comma behind it, -1 if there is none."""

    start: int
    name_end: int
    value_start: int
    value_end: int
    comma: int


class Fault(NamedTuple):
    """What is wrong at a place, as a code of a finding; `end` is where it ends."""

    code: str
    start: int
    end: int


class Broken(NamedTuple):
    """An entry that has no end: why, where that shows, and where the reading may go on.

    Attributes:
        fault: What is wrong.
        stop: The `@` of the next entry, or the limit.
        cut: Whether a value was under way at the limit.
        key: Where its key begins and ends.
    """

    fault: Fault
    stop: int
    cut: bool
    key: tuple[int, int]


@dataclass(slots=True)
class Body:
    """The inside of an entry: the places of its key and fields, its faults, and where it ends."""

    key: tuple[int, int] = (0, 0)
    end: int = 0
    fields: list[Span] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class Unclosed(Exception):  # noqa: N818 - a way out of the reader, caught in this module
    """A brace or a quote at `place` that nothing closes before the limit."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place


def read_body(source: bytes, start: int, opening: int, limit: int) -> Body | Broken:
    """Read an entry.

    Args:
        source: Bytes with the structure of a file.
        start: The place of its `@`.
        opening: The place of the brace or parenthesis that opens it.
        limit: Where it must have ended.
    """
    return _Reader(source, start, opening, limit).read()


def value_end(source: bytes, start: int, limit: int) -> int:
    """Give the end of a value with all that `#` joins to it; `start` where there is none.

    Raises:
        Unclosed: A part of it does not end before the limit.
    """
    end = position = start
    while (stop := _part_end(source, position, limit)) > position:
        end = stop
        position = _skip(source, stop, limit)
        if source[position : position + 1] != b"#" or position >= limit:
            break
        position = _skip(source, position + 1, limit)
    return end


class _Reader:
    """Reads one entry from the left to the right, each byte once."""

    def __init__(self, source: bytes, start: int, opening: int, limit: int) -> None:
        self.source = source
        self.limit = limit
        self.start = start
        self.opening = opening
        self.opener = source[opening : opening + 1]
        self.closer = CLOSING[self.opener]
        self.at = _skip(source, opening + 1, limit)
        self.body = Body()

    def read(self) -> Body | Broken:
        try:
            self._key()
            if self._fields():
                self.body.end = self.at
                return self.body
        except Unclosed as unclosed:
            code = "unclosed-value"
            if self.source[unclosed.place : unclosed.place + 1] == b"}":
                code = "unbalanced-quote"
            fault = Fault(code, unclosed.place, unclosed.place + 1)
            return Broken(fault, self.limit, cut=True, key=self.body.key)
        fault = Fault("unclosed-entry", self.start, self.opening + 1)
        return Broken(fault, self.at, cut=False, key=self.body.key)

    def _key(self) -> None:
        start = end = self.at
        blanks = KEY_WITH_BLANKS.match(self.source, start, self.limit)
        if KEYLESS.match(self.source, start, self.limit) is not None:
            pass
        elif blanks is not None:
            end = blanks.end(1)
            self._fault("key-with-blanks", start, end)
        else:
            match = KEY[self.opener].match(self.source, start, self.limit)
            end = self._end_of_key(start, match.end() if match else start)
        if start == end:
            self._fault("entry-without-key", self.start, self.opening + 1)
        self.body.key = (start, end)
        self._move(end)

    def _end_of_key(self, start: int, end: int) -> int:
        """Give the end of a key without the parenthesis that closes its entry."""
        following = _skip(self.source, end, self.limit)
        if self.opener == b"(" and self.source[following : following + 1] != b",":
            closing = self.source.find(b")", start, end)
            return closing if closing >= 0 else end
        return end

    def _fields(self) -> bool:
        """Read up to the end of the entry; False if it does not come."""
        keyless = self.body.key[0] == self.body.key[1]
        after_comma = keyless and self._sign() != b","
        while self.at < self.limit:
            sign = self._sign()
            if sign == self.closer:
                self.at += 1
                return True
            if sign == b",":
                if after_comma and not keyless:
                    self._fault("stray-text", self.at, self.at + 1)
                self._move(self.at + 1)
                after_comma = True
                continue
            if sign == b"@" and self._entry_begins():
                return False
            after_comma = self._field_or_stray(after_comma=after_comma)
        return False

    def _field_or_stray(self, *, after_comma: bool) -> bool:
        assignment = ASSIGNMENT.match(self.source, self.at, self.limit)
        if assignment is None:
            self._stray()
            return after_comma
        if not after_comma and not self._follows_stray():
            self._fault("missing-comma", self.at, assignment.end(1))
        self._field(self.at, assignment.end(1), assignment.end())
        return False

    def _field(self, start: int, name_end: int, value_start: int) -> None:
        end = value_end(self.source, value_start, self.limit)
        if end == value_start:
            self._fault("missing-value", start, value_start)
        self._move(end)
        comma = self.at if self._sign() == b"," else -1
        self.body.fields.append(Span(start, name_end, value_start, end, comma))

    def _stray(self) -> None:
        """Pass over what has no place in an entry."""
        start = self.at
        sign = self._sign()
        if sign == b"%":
            match = COMMENT_LINE.match(self.source, start, self.limit)
        else:
            match = WORD.match(self.source, start, self.limit)
        end = match.end() if match else start + 1
        code = "stray-text"
        if sign == b"{":
            end = group_end(self.source, start, self.limit)
        elif NAME.fullmatch(self.source, start, end):
            following = _skip(self.source, end, self.limit)
            if self.source[following : following + 1] in (b"{", b'"'):
                code, end = "missing-equals", value_end(self.source, following, self.limit)
        last = self.body.faults[-1] if self.body.faults else None
        if self._follows_stray() and last is not None and code == "stray-text":
            self.body.faults[-1] = last._replace(end=end)
        else:
            self._fault(code, start, end)
        self._move(end)

    def _follows_stray(self) -> bool:
        last = self.body.faults[-1] if self.body.faults else None
        return (
            last is not None
            and last.code == "stray-text"
            and last.end <= self.at
            and _skip(self.source, last.end, self.limit) == self.at
        )

    def _entry_begins(self) -> bool:
        header = HEADER.match(self.source, self.at, self.limit)
        return header is not None and header[1] is not None and header[2] is not None

    def _sign(self) -> bytes:
        return self.source[self.at : self.at + 1] if self.at < self.limit else b""

    def _move(self, place: int) -> None:
        self.at = _skip(self.source, place, self.limit)

    def _fault(self, code: str, start: int, end: int) -> None:
        self.body.faults.append(Fault(code, start, end))


def _part_end(source: bytes, start: int, limit: int) -> int:
    sign = source[start : start + 1] if start < limit else b""
    if sign == b"{":
        return group_end(source, start, limit)
    if sign == b'"':
        return _quoted_end(source, start, limit)
    name = NAME.match(source, start, limit)
    return name.end() if name and sign != b"@" else start


def group_end(source: bytes, start: int, limit: int) -> int:
    """Give the end of a group in braces.

    Raises:
        Unclosed: It does not end before the limit.
    """
    match = GROUP.match(source, start, limit)
    if match is not None:
        return match.end()
    depth = 0
    for brace in BRACE.finditer(source, start, limit):
        depth += 1 if brace.group() == b"{" else -1
        if depth == 0:
            return brace.end()
    raise Unclosed(start)


def _quoted_end(source: bytes, start: int, limit: int) -> int:
    position = start + 1
    while match := QUOTE_OR_BRACE.search(source, position, limit):
        if match.group() == b'"':
            return match.end()
        if match.group() == b"}":
            raise Unclosed(match.start())
        position = group_end(source, match.start(), limit)
    raise Unclosed(start)


def _skip(source: bytes, position: int, limit: int) -> int:
    match = SPACE.match(source, position, limit)
    return match.end() if match else position
