"""A bibliography as it is written: its bytes, its entries, and edits that touch nothing else.

The blocks of a file and the text between them are the file. What nobody edited is written back
byte by byte, whatever it is; edits are kept as what they put in the place of what.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from northbib.bibtex.edits import Splice, applied, closed_up, content_end, joined
from northbib.bibtex.encoding import Encoding, detect
from northbib.bibtex.entry import Entry, Field
from northbib.bibtex.problems import Look
from northbib.bibtex.scan import Block, line_breaks, scan, string_value
from northbib.bibtex.values import Macros, read_macro
from northbib.errors import ConflictError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from northbib.findings import Finding

__all__ = ["Document", "Entry", "Field", "Piece", "Splice"]


class Piece(NamedTuple):
    """A part of a bibliography as it now is.

    Attributes:
        kind: `entry`, `string`, `preamble`, `comment`, `broken`, or `text` between those.
        data: Its bytes.
        type: The entry type as written, or "string" and so on; "" of text.
        key: The citation key, or the name of a macro.
        start: Where it begins in the file as it was parsed, in bytes.
        end: Where it ends there.
        entry: The entry that it is.
    """

    kind: str
    data: bytes
    type: str
    key: str
    start: int
    end: int
    entry: Entry | None = None


class _Names(dict[bytes, str]):
    """Names in lower case, each worked out when it is first asked for: a file has few."""

    def __init__(self, encoding: Encoding) -> None:
        self._encoding = encoding

    def __missing__(self, written: bytes) -> str:
        return self.setdefault(written, self._encoding.decode(written).lower())


class Document:
    """A bibliography. Keys are found without case; of a repeated key, the first entry wins.

    Attributes:
        data: The bytes of the file as it was parsed.
        encoding: How they are read.
        name: What it is called in problems.
        unit: The number of bytes that a sign of BibTeX takes.
        names: Name as it is written, of a field or a type -> the name in lower case.
    """

    def __init__(
        self,
        data: bytes,
        encoding: Encoding,
        name: str | None,
        macros: Mapping[str, str] | None = None,
    ) -> None:
        """Find the blocks.

        Args:
            data: The bytes of the file.
            encoding: How they are read.
            name: What it is called in problems.
            macros: `latest` of the macros before it, if it goes on from somewhere.
        """
        self._earlier = macros
        self.data = data
        self.encoding = encoding
        self.name = name
        self.unit = encoding.unit
        self.structure = encoding.structure(data)
        """One byte for each unit of the file: for UTF-8, the file itself."""
        self._blocks = list(scan(self.structure, len(encoding.mark) // encoding.unit))
        self.names = _Names(encoding)
        self._edited: dict[int, Entry] = {}
        self._removed: set[int] = set()
        self._gaps: dict[int, bytes] = {}
        self._added: list[Entry] = []
        self._rest = b""
        self._entries: tuple[Entry, ...] | None = None
        self._keys: dict[str, Entry] | None = None
        self._look: Look | None = None
        self._problems: tuple[Finding, ...] | None = None
        self._lines: dict[Entry, int] | None = None

    @classmethod
    def parse(cls, data: bytes | str, name: str | None = None) -> Document:
        """Read a bibliography; never raises, whatever the input: see `problems`.

        Args:
            data: Its bytes, in any encoding of `northbib.bibtex.encoding`; or its text.
            name: What to call it in problems: a path or a URL.
        """
        if isinstance(data, str):
            return cls(data.encode("utf-8", "surrogatepass"), Encoding(), name)
        return cls(data, detect(data), name)

    @cached_property
    def eol(self) -> str:
        """The line end that most of its lines have."""
        crlf = self.structure.count(b"\r\n")
        counts = {
            "\n": self.structure.count(b"\n") - crlf,
            "\r\n": crlf,
            "\r": self.structure.count(b"\r") - crlf,
        }
        return max(counts, key=counts.__getitem__)

    @cached_property
    def macros(self) -> Macros:
        """The macros that its `@string` blocks define."""
        macros = Macros(self._earlier)
        for block in self._blocks:
            if block.kind == "string":
                start = block.start * self.unit
                name = self.text_in(None, block.key_start, block.key_end)
                source = self.text_in(None, *string_value(self.structure, block))
                # In its own definition, a macro is empty.
                macros.define(name, "", start)
                macros.define(name, read_macro(source, macros, start + 1), start + 1)
        return macros

    @cached_property
    def _parsed(self) -> list[Entry]:
        return [
            Entry(self, block, index)
            for index, block in enumerate(self._blocks)
            if block.kind == "entry"
        ]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries in the order of the file, repeated keys included."""
        if self._entries is None:
            there = (entry for entry in self._parsed if entry.index not in self._removed)
            self._entries = (*there, *self._added)
        return self._entries

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with the file, each with its line; in order of lines."""
        if self._problems is None:
            self._problems = tuple(self._looking.findings())
            self._look = None
        return self._problems

    def look_at(self, entry: Entry) -> None:
        """Look for the problems of an entry, and of all before it, ahead of `problems`.

        Who goes through the entries has what was read of this one at hand, and need not keep it.
        """
        if self._problems is None:
            self._looking.reach(entry)

    @property
    def _looking(self) -> Look:
        if self._look is None:
            self._look = Look(self)
        return self._look

    def outline(self) -> Iterator[Piece]:
        """Give every block as it was parsed, without reading its fields."""
        return (self._piece(block) for block in self._blocks)

    def macro_blocks(self) -> Iterator[tuple[int, bytes]]:
        """Give the bytes of every `@string`, and how many entries stand before it."""
        before = 0
        for block in self._blocks:
            if block.kind == "string":
                yield before, self.data[block.start * self.unit : block.end * self.unit]
            before += block.kind == "entry"

    def pieces(self) -> Iterator[Piece]:
        """Give everything that the file now is made of; their bytes, joined, are the file."""
        return self._edited_pieces() if self._is_edited else self._parsed_pieces()

    def _parsed_pieces(self) -> Iterator[Piece]:
        entries = iter(self._parsed)
        end = 0
        for block in self._blocks:
            yield from self._text(self.data[end : block.start * self.unit], end)
            yield self._piece(block, next(entries) if block.kind == "entry" else None)
            end = block.end * self.unit
        yield from self._text(self.data[end:], end)

    def _edited_pieces(self) -> Iterator[Piece]:
        entries = {entry.index: entry for entry in self._parsed}
        for index, block in enumerate(self._blocks):
            yield from self._text(self._gap(index), self._gap_start(index))
            if index not in self._removed:
                yield self._piece(block, entries.get(index))
        place = self._gap_start(len(self._blocks))
        yield from self._text(self._gap(len(self._blocks)), place)
        for entry in self._added:
            yield from self._text(self._separator(entry), entry.start)
            yield Piece("entry", entry.data, entry.type, entry.key, entry.start, entry.end, entry)
            yield from self._text(self._eol, entry.start)
        yield from self._text(self._rest, len(self.data) - len(self._rest))

    def _piece(self, block: Block, entry: Entry | None = None) -> Piece:
        start, end = block.start * self.unit, block.end * self.unit
        if entry is not None:
            return Piece("entry", entry.data, entry.type, entry.key, start, end, entry)
        key = self.text_in(None, block.key_start, block.key_end)
        type_ = self.type_of(block)
        return Piece(block.kind, self.data[start:end], type_, key, start, end)

    def _text(self, data: bytes, start: int) -> Iterator[Piece]:
        if data:
            yield Piece("text", data, "", "", start, start + len(data))

    def string_source(self, piece: Piece) -> str:
        """Give the value of an `@string` as it is written."""
        structure = self.encoding.structure(piece.data)
        [block] = scan(structure)
        return self.text_in(piece.data, *string_value(structure, block))

    def line_of(self, entry: Entry) -> int:
        """Give the line on which an entry begins, counted from 1."""
        if self._lines is None:
            self._lines = dict(self._edited_lines() if self._is_edited else self._parsed_lines())
        return self._lines[entry]

    def _parsed_lines(self) -> Iterator[tuple[Entry, int]]:
        line, position, unit = 1, 0, self.unit
        for entry in self._parsed:
            start = entry.start // unit
            line += line_breaks(self.structure, position, start)
            position = start
            yield entry, line

    def _edited_lines(self) -> Iterator[tuple[Entry, int]]:
        line = 1
        for piece in self.pieces():
            if piece.entry is not None:
                yield piece.entry, line
            structure = self.encoding.structure(piece.data)
            line += line_breaks(structure, 0, len(structure))

    def name_of(self, written: bytes) -> str:
        """Give a name as it is written, of a field or a type, in lower case."""
        return self.names[written]

    def type_of(self, block: Block) -> str:
        """Give the type of a block in lower case, as far as it is ASCII in UTF-16."""
        if self.unit == 1:
            return self.name_of(block.type)
        return block.type.decode("ascii", "replace").lower()

    def text_in(self, data: bytes | None, start: int, end: int) -> str:
        """Give the text between two units of the file as it was parsed, or of other bytes."""
        source = self.data if data is None else data
        return self.encoding.decode(source[start * self.unit : end * self.unit])

    @property
    def _by_key(self) -> dict[str, Entry]:
        if self._keys is None:
            keys: dict[str, Entry] = {}
            for entry in self.entries:
                keys.setdefault(entry.key.lower(), entry)
            self._keys = keys
        return self._keys

    def __getitem__(self, key: str) -> Entry:
        return self._by_key[key.lower()]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key.lower() in self._by_key

    def __iter__(self) -> Iterator[str]:
        return (entry.key for entry in self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    def get(self, key: str) -> Entry | None:
        """Give the entry of a key, None if there is none."""
        return self._by_key.get(key.lower())

    def add(self, text: str) -> None:
        """Append one entry or more, a blank line before each, with the file's line ends.

        They come behind the last line that is not blank, so that blank lines at the end of the
        file stay there.

        Args:
            text: BibTeX source of nothing but entries.

        Raises:
            UsageError: It is not that, or the file's encoding cannot hold it.
            ConflictError: A key is there already. In both cases the document is as it was.
        """
        added = Document.parse(_with_line_ends(text.strip(), self.eol))
        sources = [self.encoding.encode(entry.raw) for entry in self._checked(added)]
        if not self._added:
            self._open_end()
        place = len(self.data) - len(self._rest)
        self._added += [Entry.added(self, source, place) for source in sources]
        self.changed()

    def _checked(self, added: Document) -> tuple[Entry, ...]:
        others = (piece for piece in added.pieces() if piece.kind != "entry")
        stray = any(piece.kind != "text" or piece.data.strip() for piece in others)
        if stray or not added.entries or not all(entry.key for entry in added.entries):
            problem = next((f.message for f in added.problems if f.severity == "error"), None)
            raise UsageError(problem or "this is not a BibTeX entry with a key", where=self.name)
        seen: set[str] = set()
        for key in (entry.key.lower() for entry in added.entries):
            if key in self or key in seen:
                raise ConflictError(f"there is an entry {key} already", where=self.name)
            seen.add(key)
        return added.entries

    def remove(self, key: str) -> None:
        """Take an entry out, with the line break and the blank line that set it off.

        Raises:
            KeyError: There is no such entry.
        """
        entry = self[key]
        if entry.index < 0:
            self._added.remove(entry)
        else:
            self._close_up(entry.index)
            self._edited.pop(entry.index, None)
            self._removed.add(entry.index)
        if not self._added:
            self._gaps[len(self._blocks)] = self._gap(len(self._blocks)) + self._rest
            self._rest = b""
        self.changed()

    def changed(self, entry: Entry | None = None) -> None:
        """Take note of an edit of an entry, or of what entries there are."""
        if entry is not None and entry.index >= 0:
            self._edited[entry.index] = entry
        if entry is None:
            self._entries = None
        self._keys = self._look = self._problems = self._lines = None

    @property
    def _is_edited(self) -> bool:
        return bool(self._edited or self._removed or self._added)

    @property
    def altered(self) -> list[tuple[int, int]]:
        """Where the entries stand, or are put, that were edited, removed or added.

        By the places of the file as it was parsed, in no order.
        """
        removed = (self._blocks[index] for index in self._removed)
        return [
            *((entry.start, entry.end) for entry in (*self._edited.values(), *self._added)),
            *((block.start * self.unit, block.end * self.unit) for block in removed),
        ]

    @property
    def splices(self) -> tuple[Splice, ...]:
        """What all edits together put in the place of what in the file as it was parsed."""
        return joined(self.data, self._spliced(), self.unit)

    def _spliced(self) -> Iterator[Splice]:
        unit, rest = self.unit, len(self._rest)
        for entry in self._edited.values():
            yield Splice(entry.start, entry.end - entry.start, entry.data)
        for block in (self._blocks[index] for index in self._removed):
            yield Splice(block.start * unit, (block.end - block.start) * unit, b"")
        for index, gap in self._gaps.items():
            start = self._gap_start(index)
            end = self._gap_end(index) - (rest if index == len(self._blocks) else 0)
            yield Splice(start, end - start, gap)
        for entry in self._added:
            new = self._separator(entry) + entry.data + self._eol
            yield Splice(len(self.data) - rest, 0, new)

    def to_bytes(self) -> bytes:
        """Give the file: byte for byte what was read, but for what was edited."""
        return applied(self.data, self.splices)

    # The text between the blocks; gap number n stands before block n.

    def _gap_start(self, index: int) -> int:
        return self._blocks[index - 1].end * self.unit if index else 0

    def _gap_end(self, index: int) -> int:
        is_last = index == len(self._blocks)
        return len(self.data) if is_last else self._blocks[index].start * self.unit

    def _gap(self, index: int) -> bytes:
        known = self._gaps.get(index)
        return self.data[self._gap_start(index) : self._gap_end(index)] if known is None else known

    def _close_up(self, index: int) -> None:
        """Take away from the text around an entry what goes with it."""
        count, first, last = len(self._blocks), index, index + 1
        while first > 0 and first - 1 in self._removed:
            first -= 1
        while last < count and last in self._removed:
            last += 1
        before = b"".join(map(self._gap, range(first, index + 1)))
        after = b"".join(map(self._gap, range(index + 1, last + 1)))
        at_end = last == count and not self._added
        mark = self.encoding.mark if first == 0 else b""
        fewer, skipped = closed_up(
            self.encoding.structure(before[len(mark) :]),
            self.encoding.structure(after),
            at_start=first == 0,
            at_end=at_end,
        )
        unit = self.unit
        self._gaps |= dict.fromkeys(range(first, last + 1), b"")
        self._gaps[index] = before[: len(before) - fewer * unit]
        self._gaps[last] = after[skipped * unit :]

    def _open_end(self) -> None:
        """Part the blank lines at the end of the file from the line that they follow."""
        last, unit = len(self._blocks), self.unit
        gap = self._gap(last)
        end = content_end(self.encoding.structure(gap)) * unit if self._has_content else len(gap)
        self._gaps[last], self._rest = gap[:end], gap[end:]

    @property
    def _has_content(self) -> bool:
        if len(self._removed) < len(self._blocks):
            return True
        text = b"".join(map(self._gap, range(len(self._blocks) + 1)))
        return bool(self.encoding.structure(text.removeprefix(self.encoding.mark)).strip())

    @property
    def _eol(self) -> bytes:
        return self.encoding.encode(self.eol)

    def _separator(self, entry: Entry) -> bytes:
        """Give what sets an added entry off from what stands before it."""
        if entry is not self._added[0]:
            return self._eol
        if not self._has_content:
            return b""
        gap = self.encoding.structure(self._gap(len(self._blocks)))
        # A line feed behind a lone carriage return would be one line end with it.
        ends_line = gap.endswith((b"\n", b"\r")) and not (gap[-1:] == b"\r" and self.eol == "\n")
        return self._eol * (1 if ends_line else 2)


def _with_line_ends(text: str, eol: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines if eol == "\n" else lines.replace("\n", eol)
