"""The blocks of a `.bib` file and where they stand, found over its bytes.

As in BibTeX, any `@` outside of a block begins one if a name and an opening brace or parenthesis
follow, wherever it stands; and as in biber, the braces of a `@comment` enclose a comment. Where a
block has no end, the reading goes on at the next line that begins with an entry. What lies between
the blocks is text, so that blocks and text together are the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from northbib.bibtex.body import Body, Broken, Fault, Unclosed, group_end, read_body, value_end
from northbib.bibtex.grammar import (
    ASSIGNMENT,
    CLOSING,
    HEADER,
    SPACE,
    WELL_FORMED,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

__all__ = ["Block", "line_breaks", "next_entry", "read_broken", "scan", "string_value"]

Place = tuple[int, int]
_NO_KEY: Place = (0, 0)
_PATIENCE = 8
"""How many times the file's length may be read in vain; beyond it, an entry ends before the next
line that begins with one, even in a value."""


class Block(NamedTuple):
    """One block of a file.

    Attributes:
        kind: `entry`, `string`, `preamble`, `comment`, or `broken` for what has no end.
        start: Where its `@` stands.
        end: Where it ends.
        type: The entry type as written; "string" and so on.
        key_start: Where the citation key or the name of a macro begins.
        key_end: Where that ends.
        is_plain: Whether an entry is without a fault and nested no deeper than patterns reach.
    """

    kind: str
    start: int
    end: int
    type: bytes
    key_start: int
    key_end: int
    is_plain: bool = False


def scan(source: bytes, start: int = 0) -> Iterator[Block]:
    """Give the blocks of a file in order.

    Args:
        source: One byte for each unit of the file: the file itself, or for UTF-16 what stands for
            it in `northbib.bibtex.encoding`.
        start: Where to begin, behind a byte order mark.
    """
    return _Scanner(source, start).blocks()


def line_breaks(source: bytes, start: int, end: int) -> int:
    """Count the line breaks between two places: LF, CRLF and CR."""
    breaks = source.count(b"\n", start, end)
    if returns := source.count(b"\r", start, end):
        breaks += returns - source.count(b"\r\n", start, end)
    return breaks


def next_entry(source: bytes, position: int) -> int:
    """Give the place of the `@` of the next line that begins with a block; else the length."""
    while (at := source.find(b"@", position)) >= 0:
        header = HEADER.match(source, at) if _begins_line(source, at, 0) else None
        if header is not None and header[1] is not None and header[2] is not None:
            return at
        position = at + 1
    return len(source)


def read_broken(source: bytes) -> Fault:
    """Say what is wrong with a broken block, of which these are the units."""
    header = HEADER.match(source)
    kind = header[1].lower() if header and header[1] else b""
    if header is None or kind == b"comment":
        return Fault("unclosed-comment", 0, len(source))
    if kind in _COMMANDS:
        return _broken_command(source, header)
    found = read_body(source, 0, header.end() - 1, len(source))
    return found.fault if isinstance(found, Broken) else Fault("unclosed-entry", 0, header.end())


def _broken_command(source: bytes, header: re.Match[bytes]) -> Fault:
    name = ASSIGNMENT.match(source, _behind_space(source, header.end()))
    value = name.end() if name else _behind_space(source, header.end())
    if name is None and header[1].lower() == b"string":
        return Fault("missing-equals", value, len(source))
    try:
        end = value_end(source, value, len(source))
    except Unclosed as unclosed:
        return Fault("unclosed-value", unclosed.place, unclosed.place + 1)
    if end == value:
        return Fault("missing-value", header.start(), end)
    rest = _behind_space(source, end)
    if rest == len(source):
        return Fault("unclosed-entry", header.start(), header.end())
    return Fault("stray-text", rest, len(source))


def string_value(source: bytes, block: Block) -> tuple[int, int]:
    """Give the place of the value of an `@string`."""
    assignment = ASSIGNMENT.match(source, block.key_start, block.end)
    start = assignment.end() if assignment else block.key_end
    return start, value_end(source, start, block.end)


class _Scanner:
    """Finds blocks from the left to the right.

    Attributes:
        boundary: The next line that begins with a block: what comes before is read first within
            this limit, so that the reading stays linear however much is not closed.
        patience: How many bytes may still be read in vain.
    """

    def __init__(self, source: bytes, start: int) -> None:
        self.source = source
        self.begin = self.done = start
        self.boundary = -1
        self.patience = _PATIENCE * len(source)

    def blocks(self) -> Iterator[Block]:
        source, position = self.source, self.begin
        while (at := source.find(b"@", position)) >= 0:
            header = HEADER.match(source, at)
            if header is None or header[1] is None or header[2] is None:
                position = header.end(1) if header and header[1] else at + 1
                continue
            if self.boundary <= at:
                self.boundary = next_entry(source, at + 1)
            block = self._block(header)
            if block is None:
                position = header.end()
                continue
            yield block
            position = self.done = block.end

    def _block(self, header: re.Match[bytes]) -> Block | None:
        """Give the block of a header, None if the header is text."""
        in_text = not _begins_line(self.source, header.start(), self.done)
        if in_text and self.patience <= 0:
            return None
        kind = header[1].lower()
        if kind in _COMMANDS:
            return _COMMANDS[kind](self, header)
        match = WELL_FORMED[header[2]].match(self.source, header.end(), self.boundary)
        if match is not None:
            return Block("entry", header.start(), match.end(), header[1], *match.span(1), True)
        return self._faulty(header, in_text=in_text)

    def _faulty(self, header: re.Match[bytes], *, in_text: bool) -> Block | None:
        start = header.start()
        found = read_body(self.source, start, header.end() - 1, self.boundary)
        if isinstance(found, Broken) and found.cut and self.boundary < len(self.source):
            found = self._beyond_boundary(header, found)
        if isinstance(found, Body):
            return Block("entry", start, found.end, header[1], *found.key)
        if in_text:
            self.patience -= self.boundary - start
            return None
        end = self._trimmed(start, found.stop)
        return Block("broken", start, end, header[1], *found.key)

    def _beyond_boundary(self, header: re.Match[bytes], within: Broken) -> Body | Broken:
        """Read an entry in which a line of a value looks like one, if it is without a fault."""
        if self.patience <= 0:
            return within
        found = read_body(self.source, header.start(), header.end() - 1, len(self.source))
        if isinstance(found, Body) and not found.faults:
            return found
        last = found.end if isinstance(found, Body) else found.stop
        self.patience -= last - header.start()
        return within

    def _comment(self, header: re.Match[bytes]) -> Block:
        start = header.start()
        end = self._closed(header.end() - 1, self.boundary)
        if end < 0 and self.patience > 0 and header[2] == b"{":
            # Entries may stand in it, at the start of a line as well.
            end = self._closed(header.end() - 1, len(self.source))
            self.patience -= len(self.source) - start if end < 0 else 0
        if end < 0:
            return Block("broken", start, header.end(), header[1], *_NO_KEY)
        return Block("comment", start, end, header[1], *_NO_KEY)

    def _closed(self, opening: int, limit: int) -> int:
        if self.source[opening : opening + 1] == b"(":
            return self.source.find(b")", opening, limit) + 1 or -1
        try:
            return group_end(self.source, opening, limit)
        except Unclosed:
            return -1

    def _string(self, header: re.Match[bytes]) -> Block:
        start = _behind_space(self.source, header.end())
        assignment = ASSIGNMENT.match(self.source, start)
        if assignment is None:
            return self._broken(header, _NO_KEY)
        return self._command(header, "string", assignment.end(), assignment.span(1))

    def _preamble(self, header: re.Match[bytes]) -> Block:
        start = _behind_space(self.source, header.end())
        return self._command(header, "preamble", start, _NO_KEY)

    def _command(self, header: re.Match[bytes], kind: str, value: int, name: Place) -> Block:
        """Read a command from its value on, beyond the next line that looks like one if need be."""
        for limit in (self.boundary, len(self.source))[: 1 + (self.patience > 0)]:
            try:
                end = value_end(self.source, value, limit)
            except Unclosed:
                self.patience -= limit - value
                continue
            last = _behind_space(self.source, end)
            if end > value and last < limit and self.source[last : last + 1] == CLOSING[header[2]]:
                return Block(kind, header.start(), last + 1, header[1], *name)
        return self._broken(header, name)

    def _broken(self, header: re.Match[bytes], name: Place) -> Block:
        end = self._trimmed(header.start(), self.boundary)
        return Block("broken", header.start(), end, header[1], *name)

    def _trimmed(self, start: int, end: int) -> int:
        """Give the end of a broken block without the white space before the next one."""
        return start + len(self.source[start:end].rstrip())


_COMMANDS = {
    b"comment": _Scanner._comment,  # noqa: SLF001
    b"string": _Scanner._string,  # noqa: SLF001
    b"preamble": _Scanner._preamble,  # noqa: SLF001
}


def _begins_line(source: bytes, at: int, start: int) -> bool:
    """Whether nothing but blanks stands before a place, on its line or since the start."""
    before = at - 1
    while before >= start and source[before] in b" \t":
        before -= 1
    return before < start or source[before] in b"\r\n"


def _behind_space(source: bytes, position: int) -> int:
    match = SPACE.match(source, position)
    return match.end() if match else position
