"""What has to be known of a whole bibliography before any part of it can be read.

Its encoding, where it can be cut between its blocks, its macros, the keys that more than one entry
has, and the entries that others take fields from.

An entry that is not closed is looked at for as far as `_AHEAD`; what would close it beyond that is
not seen.
"""

from __future__ import annotations

import gc
import re
from array import array
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from northbib.bibtex.document import Document
from northbib.bibtex.encoding import Encoding, detect, first_undecodable, judged, weighed
from northbib.bibtex.scan import Block, line_breaks, scan
from northbib.bibtex.values import keys_in
from northbib.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from northbib.bibtex.entry import Entry
    from northbib.bibtex.parents import Parents

__all__ = ["Known", "Repeated", "latest_macros", "repetitions", "surveyed"]

_SIZE = 1 << 20
_AHEAD = 1 << 22
_LONGEST = 1 << 25
_PARENTS = (b"crossref", b"xdata", b"entryset", b"xref")
_LONGEST_VALUE = 1 << 13
_VALUE = re.compile(rb"[{\"( \t\r\n]*+([^}\")\n]*+)")
_EQUALS = re.compile(rb"\s*=")
_GROUPS = 64
_ALIASES = "ids"
_NAMES_ALIASES = re.compile(rb"\bids\s*=")


class Repeated(NamedTuple):
    """An entry whose key an earlier one has: its key, its line, and that of the first one."""

    key: str
    line: int
    first: int


class _Chunk(NamedTuple):
    """Some whole blocks of a file.

    Attributes:
        data: Their bytes, and the text between them.
        start: Where they begin in the file.
        line: How many line breaks stand before them.
        blocks: The blocks.
    """

    data: bytes
    start: int
    line: int
    blocks: list[Block]

    @property
    def cut(self) -> _Cut:
        """What has to be known of it to come back to it."""
        strings = [each for each in self.blocks if each.kind == "string"]
        macros = b"".join([self.data[each.start : each.end] + b"\n" for each in strings])
        return _Cut(self.start, len(self.data), self.line, macros)


class _Cut(NamedTuple):
    """Where a chunk stands in the file.

    Attributes:
        start: Where it begins.
        size: How many bytes it has.
        line: How many line breaks stand before it.
        strings: Its `@string` blocks, a line break behind each.
    """

    start: int
    size: int
    line: int
    strings: bytes


def _keys(data: bytes, blocks: Iterable[Block], encoding: Encoding) -> Iterator[tuple[str, int]]:
    """Give the keys of the entries in some bytes, and where they begin."""
    for each in blocks:
        key = data[each.key_start : each.key_end] if each.kind == "entry" else b""
        if key:
            yield encoding.decode(key), each.start


def _chunks(source: BinaryIO, name: str) -> Iterator[_Chunk]:
    """Cut a file between its blocks."""
    rest, start, line = b"", 0, 0
    while piece := source.read(max(_SIZE, len(rest))):
        if not rest and not line:
            start = len(detect(piece[:4]).mark)
            piece = piece[start:]
        rest += piece
        blocks, end = _settled(rest)
        if not end and len(rest) > _LONGEST:
            raise InputError(
                f"what begins here does not end within {_LONGEST >> 20} MB",
                where=name,
                line=line + 1,
                hint="close its braces or quotes",
            )
        if end:
            yield _Chunk(rest[:end], start, line, blocks)
            start += end
            line += line_breaks(rest, 0, end)
            rest = rest[end:]
    yield _Chunk(rest, start, line, list(scan(rest)))


def _settled(data: bytes) -> tuple[list[Block], int]:
    """Give the blocks that stay as they are whatever follows, and where the last one ends."""
    blocks: list[Block] = []
    for block in scan(data):
        if block.kind == "broken" and len(data) - block.start < _AHEAD:
            break
        blocks.append(block)
    if blocks:
        return blocks, blocks[-1].end
    # Nothing but text: an entry may begin on its last line.
    return [], data.rfind(b"\n", 0, max(len(data) - _AHEAD, 0)) + 1


@dataclass(slots=True)
class Known:
    """What is known of a file once it has been gone through.

    Attributes:
        encoding: How it is read.
        parents: The entries that others name, by each key that they are named by.
        cuts: Where its chunks stand.
        repeated: The sums of the keys that more than one entry has.
        homes: The number of the chunk in which the entry of such a key stands.
    """

    encoding: Encoding
    parents: Parents
    cuts: list[_Cut] = field(default_factory=list)
    repeated: frozenset[int] = frozenset()
    homes: dict[str, int] = field(default_factory=dict)

    def is_strange_in(self, data: bytes) -> bool:
        """Tell whether the bytes show that the file is not UTF-8."""
        strange = self.encoding.is_mixed or self.encoding.name != "utf-8"
        return strange and first_undecodable(data) >= 0

    def parents_of(self, data: bytes, number: int) -> list[bytes]:
        """Give the entries elsewhere that those of a chunk take fields from, with their parents.

        Args:
            data: The bytes of the chunk.
            number: Its place among the chunks.
        """
        found: dict[str, bytes] = {}
        sources = [data] if self.parents else []
        while sources:
            for key in _named(sources.pop(), self.encoding):
                if key in self.parents and key not in found and not self._stands_in(number, key):
                    found[key] = self.parents[key]
                    sources.append(found[key])
        return list(dict.fromkeys(found.values()))

    def _stands_in(self, number: int, key: str) -> bool:
        return self.homes.get(key) == number and _sum(key) not in self.repeated


def surveyed(source: BinaryIO, name: str, parents: Parents) -> Known:
    """Go through a file for what has to be known before any part of it is read."""
    encoding, wanted = _first_look(source, name)
    known = Known(encoding, parents)
    if encoding.unit == 2:
        return known
    sums = array("q")
    macros = b""
    source.seek(0)
    for number, chunk in enumerate(_chunks(source, name)):
        known.cuts.append(chunk.cut)
        starts = set()
        for key, start in _keys(chunk.data, chunk.blocks, encoding):
            sums.append(_sum(key))
            if wanted and key.lower() in wanted:
                known.homes[key.lower()] = number
                starts.add(start)
        if wanted:
            for key, text in _wanted_in(chunk, starts, wanted, encoding, macros):
                parents.add(key, text)
            macros += known.cuts[-1].strings
            # Documents are circles, which nobody looks for while a caller has that turned off.
            gc.collect(0)
    known.repeated = _twice(sums)
    return known


def _first_look(source: BinaryIO, name: str) -> tuple[Encoding, frozenset[str]]:
    """Give the encoding of a file, and the keys that its entries name as their parents."""
    head = piece = source.read(_SIZE)
    encoding = detect(head)
    wanted: set[str] = set()
    good = bad = 0
    before = line = b""
    while piece and encoding.unit == 1:
        if b"\0" in piece:
            raise InputError("this is not a text file, nor BibTeX", where=name)
        wanted.update(_named(before + piece, encoding))
        before = piece[-_LONGEST_VALUE:]
        text = line + piece
        end = text.rfind(b"\n") + 1 or len(text)
        line = text[end:]
        good, bad = (one + more for one, more in zip((good, bad), weighed(text[:end]), strict=True))
        piece = source.read(_SIZE)
    if encoding.unit == 2:
        return encoding, frozenset()
    good, bad = (one + more for one, more in zip((good, bad), weighed(line), strict=True))
    return judged(head, encoding.mark, good, bad), frozenset(wanted)


def _named(data: bytes, encoding: Encoding) -> Iterator[str]:
    """Give the keys, in lower case, that entries in some bytes name as their parents.

    More may be given than there are: what is named in a value that is cut off, or in a comment.
    """
    # Plain searches in small letters take a tenth of the time of a pattern without case.
    lower = data.lower()
    for name in _PARENTS:
        for at in _places(lower, name):
            if match := _EQUALS.match(lower, at + len(name)):
                value = _VALUE.match(data, match.end(), match.end() + _LONGEST_VALUE)
                for key in keys_in(encoding.decode(value[1]).lower()) if value else ():
                    # A part of a data container is named by its key, the field and a number.
                    yield from _with_shorter(key)


def _places(data: bytes, word: bytes) -> Iterator[int]:
    """Give where a word stands."""
    at = data.find(word)
    while at >= 0:
        yield at
        at = data.find(word, at + 1)


def _names_aliases(data: bytes) -> bool:
    lower = data.lower()
    return any(_NAMES_ALIASES.match(lower, at) for at in _places(lower, b"ids"))


def _with_shorter(key: str) -> Iterator[str]:
    yield key
    for _ in range(2):
        key = key.rpartition("-")[0]
        yield key


def _wanted_in(
    chunk: _Chunk, starts: set[int], wanted: frozenset[str], encoding: Encoding, macros: bytes
) -> Iterator[tuple[str, bytes]]:
    """Give the parents in a chunk by their keys, each as it reads without the macros.

    Args:
        chunk: The chunk.
        starts: Where those of its entries begin whose keys are wanted.
        wanted: The keys.
        encoding: How the chunk is read.
        macros: The `@string` blocks before it.
    """
    has_aliases = _names_aliases(chunk.data)
    if not starts and not has_aliases:
        return
    # Of what is not wanted, only macros can bear on what is.
    data = (
        chunk.data
        if has_aliases
        else b"\n".join(
            chunk.data[block.start : block.end]
            for block in chunk.blocks
            if block.kind == "string" or block.start in starts
        )
    )
    encoding = replace(encoding, mark=b"")
    earlier = latest_macros(macros, encoding) if macros else None
    document = Document(data, encoding, None, earlier)
    for entry in document.entries:
        for key in [entry.key, *(keys_in(entry.get(_ALIASES, "")) if has_aliases else ())]:
            if key.lower() in wanted:
                yield key.lower(), _alone(entry, document.encoding)


def _alone(entry: Entry, encoding: Encoding) -> bytes:
    """Give the bytes of an entry with the meaning of macros in their place."""
    document = Document(entry.data, encoding, None)
    alone = document.entries[0]
    for name, value in entry.items():
        if alone[name] != value:
            alone[name] = value
    return document.to_bytes()


def repetitions(
    data: bytes, before: int, known: Known, firsts: dict[str, int]
) -> Iterator[Repeated]:
    """Give the entries of a chunk whose keys stand before.

    Args:
        data: The bytes of the chunk.
        before: How many line breaks stand before it.
        known: What is known of the file.
        firsts: The lines of the first entries of such keys; those of the chunk are put in.
    """
    if not known.repeated:
        return
    position, line = 0, before + 1
    for key, start in _keys(data, scan(data), known.encoding):
        if _sum(key) in known.repeated:
            line += line_breaks(data, position, start)
            position = start
            first = firsts.setdefault(key.lower(), line)
            if first != line:
                yield Repeated(key, line, first)


@lru_cache(maxsize=2)
def latest_macros(blocks: bytes, encoding: Encoding) -> dict[str, str]:
    """Give the macros that are in force behind some `@string` blocks."""
    # Most files have all of theirs on top, and so the same ones for each part.
    return Document(blocks, encoding, None).macros.latest


def _sum(key: str) -> int:
    # That two keys have the same is so rare that it may cost something; it makes nothing wrong.
    return hash(key.lower())


def _twice(sums: Iterable[int]) -> frozenset[int]:
    # Sorted all at once, the numbers would take five times the memory that they do in the array.
    groups = [array("q") for _ in range(_GROUPS)]
    for one in sums:
        groups[one % _GROUPS].append(one)
    return frozenset(
        one for group in groups for one, other in pairwise(sorted(group)) if one == other
    )
