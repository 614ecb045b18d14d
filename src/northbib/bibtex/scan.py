"""The blocks of a `.bib` text and where each of them stands, as bibtexparser splits it.

bibtexparser finds the blocks and cuts the entries into fields; it gives their text but not their
place. Every block's own text stands in the file as it is and in order, so each is found from the
end of the one before.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bibtexparser import model
from bibtexparser.splitter import Splitter

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Block", "Span", "line_breaks", "lookalikes", "own_name", "scan", "spans"]

# Its warnings about broken entries come back as blocks; they must not reach standard error.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

_START_AT_END = re.compile(r"@\w*[ \t]*\Z")
_COMMA = re.compile(r"(?<!\\),")
_LOOKALIKE = re.compile(
    r"^[ \t]*@[ \t]*(?P<type>[^\s@{}(),=\"#%'\\]+)\s*[{(]\s*(?P<key>[^\s{}(),=\"#%'\\]+)\s*,",
    re.MULTILINE,
)
_NO_KEY = re.compile(r"@\w*[ \t]*[{(]\s*(?:,|\w[\w-]*\s*=)")
_KEY = re.compile(r"@\w*[ \t]*[{(]\s*(?P<key>[^\s{}(),=\"#%'\\]+)")


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a file.

    Attributes:
        kind: `entry`, `string`, `preamble`, `comment`, or `broken` for what ends too early.
        start: Where its `@` stands in the text, in characters.
        raw: Its text, from the `@` to the closing brace.
        name: The entry type in lower case, "string" and so on.
        key: Citation key, or the name of the macro.
        fields: Pairs of name and value source, as written, in order.
        reason: What is wrong with a broken block, as a code of a finding.
    """

    kind: str
    start: int
    raw: str
    name: str = ""
    key: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a field stands in the text of its entry; `comma` is -1 if none follows it."""

    name: str
    start: int
    value_start: int
    value_end: int
    comma: int


def scan(text: str) -> Iterator[Block]:
    """Give the blocks of a `.bib` text in order; what lies between them is no block."""
    position = 0
    for block in Splitter(text).split().blocks:
        found = _unwrapped(block)
        if isinstance(found, model.ImplicitComment):
            continue
        raw = found.raw or ""
        start = text.index(raw, position)
        position = start + len(raw)
        if isinstance(found, model.ParsingFailedBlock):
            # A block that broke off at the start of the next one may end with that start.
            overlap = _START_AT_END.search(raw, 1)
            raw = raw[: overlap.start()] if overlap else raw
            position = start + len(raw)
        yield _block(found, start, raw)


def _unwrapped(block: model.Block) -> model.Block:
    while isinstance(block, (model.DuplicateBlockKeyBlock, model.DuplicateFieldKeyBlock)):
        if block.ignore_error_block is None:
            break
        block = block.ignore_error_block
    return block


def _block(found: Any, start: int, raw: str) -> Block:
    if isinstance(found, model.Entry):
        fields = tuple((field.key, field.value) for field in found.fields)
        return Block("entry", start, raw, found.entry_type, found.key, fields)
    if isinstance(found, model.String):
        return Block("string", start, raw, "string", found.key, ((found.key, found.value),))
    if isinstance(found, model.Preamble):
        return Block("preamble", start, raw, "preamble")
    if isinstance(found, model.ExplicitComment):
        return Block("comment", start, raw, "comment")
    key = _KEY.match(raw)
    return Block(
        "broken",
        start,
        raw,
        key="" if key is None or _NO_KEY.match(raw) else key["key"],
        reason=_reason(str(found.error.abort_reason), raw),
    )


def _reason(reason: str, raw: str) -> str:
    if _NO_KEY.match(raw):
        return "entry-without-key"
    unclosed = reason.startswith(("Unexpectedly reached", "Unexpected block start"))
    return "unclosed-entry" if unclosed else "broken-entry"


def lookalikes(text: str) -> Iterator[tuple[int, str]]:
    """Give place and key of what looks like an entry in text that is taken for a comment."""
    for match in _LOOKALIKE.finditer(text):
        if match["type"].lower() != "comment":
            yield match.start() + match.group().index("@"), match["key"]


def line_breaks(text: str) -> int:
    """Count the line breaks of a text: LF, CRLF and CR."""
    if "\r" in text:
        return text.count("\n") + text.count("\r") - text.count("\r\n")
    return text.count("\n")


def spans(raw: str, fields: tuple[tuple[str, str], ...]) -> list[Span]:
    """Find the fields of an entry in its text, which is that of the same scan."""
    found = []
    comma_after_key = _COMMA.search(raw)
    position = comma_after_key.end() if comma_after_key else 0
    for name, value in fields:
        start = raw.index(name, position) if name else _skip(raw, position)
        equals = raw.index("=", start + len(name))
        value_start = raw.index(value, equals + 1) if value else equals + 1
        value_end = value_start + len(value)
        after = _skip(raw, value_end)
        comma = after if raw[after : after + 1] == "," else -1
        # Stray text before a name, such as a `%` comment, is no part of it.
        start += len(name) - len(own_name(name))
        found.append(Span(own_name(name).lower(), start, value_start, value_end, comma))
        position = after + (comma >= 0)
    return found


def own_name(name: str) -> str:
    """Give the field's own name, where stray text before it was taken for a part of it."""
    return name.rsplit(None, 1)[-1] if name else name


def _skip(raw: str, position: int) -> int:
    while raw[position : position + 1].isspace():
        position += 1
    return position
