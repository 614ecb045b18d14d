"""What a bibliography is made of when it is merged: units, and the white space between them.

A unit is a block with the comment lines right above it and what stands behind it on its line; or a
line of other text. Units that have a name, such as an entry, are the same in all versions of a file
wherever they stand; the others are the same where their bytes are.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from northbib.bibtex.document import Document, Entry, Piece
    from northbib.bibtex.merging.slots import Identity

__all__ = ["Parts", "Unit", "entry_name", "parts_of", "repeated"]

_LINE = re.compile(rb"\S(?:[^\r\n]*\S)?")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_METADATA = re.compile(rb"(?i)@\s*comment\s*[{(]\s*(jabref-meta:\s*[\w-]+)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A block or a line of a file.

    Attributes:
        identity: Which unit of the other versions is the same.
        kind: `entry`, `string` and so on, as the pieces of a document have it; or `text`.
        lead: The comment lines right above it, with the line end behind them.
        body: Its bytes.
        tail: What stands behind it on its line.
        name: What to call it for people.
        entry: The entry that it is.
    """

    identity: Identity
    kind: str
    body: bytes
    lead: bytes = b""
    tail: bytes = b""
    name: str = ""
    entry: Entry | None = None

    @property
    def data(self) -> bytes:
        """All its bytes."""
        return self.lead + self.body + self.tail


@dataclass(frozen=True, slots=True)
class Parts:
    """The units of a file in order, and the white space before each and behind the last."""

    units: Sequence[Unit]
    gaps: Sequence[bytes]


def _name(piece: Piece) -> str:
    """Give the name by which a piece is the same in all versions of a file, "" if it has none."""
    if piece.kind in ("entry", "broken"):
        return entry_name(piece.key) if piece.key else ""
    if piece.kind == "string":
        return f"string {piece.key.lower()}"
    if piece.kind == "preamble":
        return "preamble"
    match = _METADATA.match(piece.data) if piece.kind == "comment" else None
    return f"comment {match[1].decode()}" if match else ""


def entry_name(key: str) -> str:
    """Give the name of an entry by its key."""
    return f"entry {key.lower()}"


def repeated(documents: Iterable[Document]) -> set[str]:
    """Give the names that more than one piece of a document has."""
    found = set()
    for document in documents:
        counts = Counter(_name(piece) for piece in document.outline())
        found |= {name for name, count in counts.items() if count > 1}
    return found


def parts_of(document: Document, unnamed: Collection[str], renamed: Mapping[str, str]) -> Parts:
    """Take a file apart.

    Args:
        document: The file without byte order mark; a sign of BibTeX takes one byte.
        unnamed: Names by which nothing is to be recognised.
        renamed: Names that stand for others.
    """
    builder = _Builder(unnamed, renamed)
    for piece in document.pieces():
        if piece.kind == "text":
            builder.text(piece.data)
        else:
            builder.block(piece)
    return builder.finish()


class _Builder:
    """Takes the pieces of a file in order.

    Attributes:
        units: The units so far.
        gaps: The white space before each.
        pending: The text since the last block.
    """

    def __init__(self, unnamed: Collection[str], renamed: Mapping[str, str]) -> None:
        self.unnamed = unnamed
        self.renamed = renamed
        self.units: list[Unit] = []
        self.gaps: list[bytes] = []
        self.pending = b""

    def text(self, data: bytes) -> None:
        self.pending += data

    def block(self, piece: Piece) -> None:
        name = _name(piece)
        is_named = bool(name) and name not in self.unnamed
        gap, lead = self._lines(takes_lead=is_named)
        self.gaps.append(gap)
        self.units.append(
            Unit(
                self.renamed.get(name, name) if is_named else piece.data,
                piece.kind,
                piece.data,
                lead,
                name=piece.key or f"@{piece.type}",
                entry=piece.entry,
            )
        )

    def finish(self) -> Parts:
        gap, _ = self._lines(takes_lead=False)
        return Parts(self.units, [*self.gaps, gap])

    def _lines(self, *, takes_lead: bool) -> tuple[bytes, bytes]:
        """Make units of the lines of the pending text.

        Returns:
            The white space behind the last of them, and the lines that belong to what follows.
        """
        text, self.pending = self.pending, b""
        lines = list(_LINE.finditer(text))
        position = self._tail(text, lines)
        lead = self._lead_start(text, lines) if takes_lead else len(lines)
        for match in lines[:lead]:
            self.gaps.append(text[position : match.start()])
            self.units.append(Unit(match[0], "text", match[0]))
            position = match.end()
        if lead == len(lines):
            return text[position:], b""
        start = lines[lead].start()
        return text[position:start], text[start:]

    def _tail(self, text: bytes, lines: list[re.Match[bytes]]) -> int:
        """Give to the block before what stands on its line; say where the rest begins."""
        last = self.units[-1] if self.units else None
        if last is None or not lines or isinstance(last.identity, bytes):
            return 0
        end = lines[0].end()
        if _LINE_END.search(text, 0, lines[0].start()):
            return 0
        self.units[-1] = replace(last, tail=text[:end])
        del lines[0]
        return end

    def _lead_start(self, text: bytes, lines: Sequence[re.Match[bytes]]) -> int:
        """Give the number of the first line that stands right above the next block."""
        first, below = len(lines), len(text)
        while first and len(_LINE_END.findall(text, lines[first - 1].end(), below)) <= 1:
            first -= 1
            below = lines[first].start()
        # What the file begins with is about the file.
        return first if first or self.units else len(lines)
