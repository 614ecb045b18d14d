"""A bibliography as it is written: its bytes, its entries, and edits that touch nothing else.

The document is the row of its pieces: entries, other blocks, and the text between them. What
nobody edited is written back as it was read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING

from northbib.bibtex import layout, problems
from northbib.bibtex.encoding import Encoding, decode
from northbib.bibtex.scan import Block, line_breaks, own_name, scan, spans
from northbib.bibtex.values import UNFIT_FOR_NAMES, Macros, is_balanced, read_value
from northbib.errors import ConflictError, UsageError

if TYPE_CHECKING:
    from northbib.findings import Finding

__all__ = ["Document", "Entry", "Piece"]


class Entry(MutableMapping[str, str]):
    """One entry: a mapping of field name, without case, to the value as BibTeX reads it.

    Setting a field takes BibTeX source without delimiters, and changes only the bytes of that
    value; a new field is laid out as its neighbours are.
    """

    __slots__ = ("_document", "_values", "fields", "key", "position", "raw", "type")

    def __init__(self, document: Document, block: Block, position: int) -> None:
        self._document = document
        self.position = position
        self._load(block)

    def _load(self, block: Block) -> None:
        self.key = block.key
        self.type = block.name
        self.raw = block.raw
        self.fields = block.fields
        self._values: dict[str, str] | None = None

    @property
    def line(self) -> int:
        """The line of the file on which it begins, counted from 1."""
        return self._document.line_of(self)

    @property
    def sources(self) -> list[tuple[str, str]]:
        """Every field as it is written: name in lower case and value source, repeats included."""
        return [(own_name(name).lower(), source) for name, source in self.fields]

    def _read(self) -> dict[str, str]:
        if self._values is None:
            macros, position = self._document.macros, self.position
            values: dict[str, str] = {}
            for name, source in self.sources:
                if name and name not in values:
                    values[name] = read_value(source, macros, position)
            self._values = values
        return self._values

    def __getitem__(self, name: str) -> str:
        return self._read()[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._read()

    def __setitem__(self, name: str, source: str) -> None:
        """Set a field to BibTeX source without delimiters.

        Raises:
            UsageError: The braces of the source do not balance, the name is none, or the file's
                encoding cannot hold the text; the entry is as it was.
        """
        if not name or UNFIT_FOR_NAMES.search(name):
            raise UsageError(f"{name!r} cannot be a field name", where=self._document.name)
        if not is_balanced(source):
            raise UsageError(
                f"the braces of {name} do not balance: {source!r}",
                where=self._document.name,
                hint="close every { with a }",
            )
        found = spans(self.raw, self.fields)
        span = next((span for span in found if span.name == name.lower()), None)
        if span is None:
            raw = layout.insert_field(self.raw, found, name, source, self._document.eol)
        else:
            raw = layout.replace_value(self.raw, span, source)
        self._replace(raw, name)

    def __delitem__(self, name: str) -> None:
        """Remove a field, every one of that name.

        Raises:
            KeyError: There is no such field.
        """
        raw, found = self.raw, spans(self.raw, self.fields)
        if name not in self:
            raise KeyError(name)
        while name.lower() in (names := [span.name for span in found]):
            raw = layout.without_field(raw, found, names.index(name.lower()))
            found = spans(raw, next(scan(raw)).fields)
        self._replace(raw, name)

    def _replace(self, raw: str, name: str) -> None:
        # The new text is read before it counts, so that no edit can break the entry.
        blocks = list(scan(raw))
        found = [(block.kind, block.key, block.raw) for block in blocks]
        if found != [("entry", self.key, raw)]:
            raise UsageError(
                f"this would break the entry {self.key} when it is read again: {name}",
                where=self._document.name,
                hint="check its braces, quotes and backslashes",
            )
        self._document.encoding.encode(raw)
        self._load(blocks[0])
        self._document.changed()

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return f"<Entry {self.key!r}>"


Piece = str | Block | Entry


class Document:
    """A bibliography. Keys are found without case; of a repeated key, the first entry wins."""

    def __init__(self, text: str, encoding: Encoding, name: str | None) -> None:
        self.name = name
        self.encoding = encoding
        self.macros = Macros()
        self.eol = "\r\n" if "\r\n" in text else "\r" if "\r" in text.partition("\n")[0] else "\n"
        self._pieces = self._split(text)
        self.changed()

    @classmethod
    def parse(cls, data: bytes | str, name: str | None = None) -> Document:
        """Read a bibliography; never raises, whatever the input: see `problems`.

        Args:
            data: Its bytes, in UTF-8 or else Windows-1252; or its text.
            name: What to call it in problems: a path or a URL.
        """
        text, encoding = (data, Encoding()) if isinstance(data, str) else decode(data)
        return cls(text, encoding, name)

    def _split(self, text: str) -> list[Piece]:
        pieces: list[Piece] = []
        position = 0
        for block in scan(text):
            if block.start > position:
                pieces.append(text[position : block.start])
            if block.kind == "string":
                value = read_value(block.fields[0][1], self.macros, block.start)
                self.macros.define(block.key, value, block.start)
            is_entry = block.kind == "entry"
            pieces.append(Entry(self, block, block.start) if is_entry else block)
            position = block.start + len(block.raw)
        if position < len(text):
            pieces.append(text[position:])
        return pieces

    def changed(self) -> None:
        """Forget what was worked out from the pieces; every edit ends with this."""
        self._entries = tuple(piece for piece in self._pieces if isinstance(piece, Entry))
        self._by_key: dict[str, Entry] = {}
        for entry in self._entries:
            self._by_key.setdefault(entry.key.lower(), entry)
        self._problems: tuple[Finding, ...] | None = None
        self._lines: dict[Entry, int] | None = None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Everything that the file is made of, in order."""
        return tuple(self._pieces)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries in the order of the file, repeated keys included."""
        return self._entries

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with the file, each with its line; in order of lines."""
        if self._problems is None:
            self._problems = tuple(problems.find(self))
        return self._problems

    def line_of(self, entry: Entry) -> int:
        """Give the line on which an entry begins, counted from 1."""
        if self._lines is None:
            self._lines, line = {}, 1
            for piece in self._pieces:
                if isinstance(piece, Entry):
                    self._lines[piece] = line
                line += line_breaks(_text_of(piece))
        return self._lines[entry]

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

        Args:
            text: BibTeX source of nothing but entries.

        Raises:
            UsageError: It is not that, or the file's encoding cannot hold it.
            ConflictError: A key is there already. In both cases the document is as it was.
        """
        added = Document.parse(_with_line_ends(text.strip(), self.eol))
        for piece in self._checked(added):
            self._append(self._separator())
            self._pieces.append(Entry(self, _block(piece), sys.maxsize))
            self._append(self.eol)
        self.changed()

    def _append(self, gap: str) -> None:
        last = self._pieces[-1] if self._pieces else None
        if isinstance(last, str):
            self._pieces[-1] = last + gap
        elif gap:
            self._pieces.append(gap)

    def _checked(self, added: Document) -> tuple[Entry, ...]:
        others = (piece for piece in added.pieces if not isinstance(piece, Entry))
        stray = any(not isinstance(piece, str) or piece.strip() for piece in others)
        if stray or not added.entries or not all(entry.key for entry in added.entries):
            problem = next((f.message for f in added.problems if f.severity == "error"), None)
            raise UsageError(problem or "this is not a BibTeX entry with a key", where=self.name)
        keys = [entry.key.lower() for entry in added.entries]
        taken = next((key for i, key in enumerate(keys) if key in self or key in keys[:i]), None)
        if taken is not None:
            raise ConflictError(f"there is an entry {taken} already", where=self.name)
        for entry in added.entries:
            self.encoding.encode(entry.raw)
        return added.entries

    def _separator(self) -> str:
        tail = "".join(_text_of(piece) for piece in self._pieces[-2:])
        if not tail.strip("\r\n"):
            return ""
        last = tail[-4:].replace("\r\n", "\n").replace("\r", "\n")
        return self.eol * (2 - (len(last) - len(last.rstrip("\n"))))

    def remove(self, key: str) -> None:
        """Take an entry out, with the line break and the blank line that set it off.

        Raises:
            KeyError: There is no such entry.
        """
        index = self._pieces.index(self[key])
        first = index - 1 if index and isinstance(self._pieces[index - 1], str) else index
        last = index + 1
        if last < len(self._pieces) and isinstance(self._pieces[last], str):
            last += 1
        before = "".join(_text_of(piece) for piece in self._pieces[first:index])
        after = "".join(_text_of(piece) for piece in self._pieces[index + 1 : last])
        if first == 0 or before.endswith(("\n", "\r")):
            at_end = last == len(self._pieces)
            before, after = _closed_up(before, after, at_start=first == 0, at_end=at_end)
        self._pieces[first:last] = [before + after] if before + after else []
        self.changed()

    def to_bytes(self) -> bytes:
        """Give the file: byte for byte what was read, but for what was edited."""
        return self.encoding.encode("".join(map(_text_of, self._pieces)))


def _text_of(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece.raw


def _with_line_ends(text: str, eol: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines if eol == "\n" else lines.replace("\n", eol)


def _block(entry: Entry) -> Block:
    return Block("entry", 0, entry.raw, entry.type, entry.key, entry.fields)


def _closed_up(before: str, after: str, *, at_start: bool, at_end: bool) -> tuple[str, str]:
    """Take the line break after a removed entry away, and one of the blank lines around it."""
    rest = _without_line(after)
    if rest is None:
        return before, after
    lines = before.replace("\r\n", "\n").replace("\r", "\n")
    blank_before = lines.endswith("\n\n") or (at_start and not lines.strip("\n"))
    if not blank_before:
        return before, rest
    fewer = _without_line(rest)
    if fewer is not None:
        return before, fewer
    if at_end and not rest.strip() and lines.endswith("\n\n"):
        before = before[: -2 if before.endswith("\r\n") else -1]
    return before, rest


def _without_line(text: str) -> str | None:
    """Give what follows a line that is blank up to its end, None if it is not."""
    rest = text.lstrip(" \t")
    if rest[:1] not in ("\r", "\n"):
        return None
    return rest[2 if rest.startswith("\r\n") else 1 :]
