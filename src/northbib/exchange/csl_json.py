"""CSL-JSON: the format of citation processors, Zotero and pandoc.

Source: https://github.com/citation-style-language/schema, csl-data.json.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from northbib.errors import InputError
from northbib.exchange.csl_notes import PLAIN, with_variables
from northbib.exchange.csl_terms import in_csl, in_schema, unknown_type
from northbib.exchange.keeping import with_kept
from northbib.exchange.protocol import AT_ONCE, Rejected, framed
from northbib.exchange.shapes import Values
from northbib.exchange.text_files import as_utf_8
from northbib.exchange.zotero.items import is_item
from northbib.findings import Finding
from northbib.records import Record
from northbib.records.vocabulary import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.records import Name

__all__ = [
    "VALUES",
    "Items",
    "decode",
    "encode",
    "item_of",
    "keep",
    "parts",
    "read",
    "read_items",
    "told_of_type",
    "write",
]

_SMALL = 1 << 24
"""A file up to this size is read at once, so that a fault in it has its line."""

_PIECE = 1 << 16
"""Bytes of a larger one that are read at a time: all items that end in them are then in memory."""

_TELLING = ("id", "title", "DOI", "URL", "author", "issued", "container-title")
"""Members of which an item has one."""

_IN_LINES = re.compile(rb"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")
"""JSON Lines: an object a line."""

_BEGIN = re.compile(r"\s*\[\s*")
_BETWEEN = re.compile(r"[\s,]*")

_PATENT = "patent"
_COUNTRY = "publisher-place"
_SCOPE = "jurisdiction"
_OURS = "northbib"
_INDENT = "\n  "
_PERSON = ["family", "given"]
_KEPT = 1 << 13
"""How many persons are in memory as they are written."""

_NESTED_TOO_DEEPLY = "nested too deeply to be CSL-JSON"
_TOO_LARGE = "a number in it has more digits than any in a record"


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read an array of items, one item, an object that holds items by key or as an array, or lines.

    An array that breaks off gives the items that are whole, then an error as a finding.

    Raises:
        InputError: It is not JSON before the end of the first item, or holds no items.
    """
    return read_items(_found(source, name), name)


def parts(source: BinaryIO, name: str) -> Iterator[Items]:
    """Cut a file into parts, of which any process makes records.

    Raises:
        InputError: As `read` does.
    """
    found = iter(_found(source, name))
    first = 1
    while some := tuple(islice(found, AT_ONCE)):
        yield Items(some, first, name)
        first += len(some)


@dataclass(frozen=True, slots=True)
class Items:
    """Some items of a file that stand one behind the other.

    Attributes:
        found: What JSON gave, and findings in place of some.
        first: The number of the first in the file, from 1.
        name: Path of the file.
    """

    found: tuple[Any, ...]
    first: int
    name: str

    def read(self) -> Iterator[Read]:
        """Give the records, and what was found in place of some."""
        return read_items(self.found, self.name, self.first)


def _found(source: BinaryIO, name: str) -> Iterable[Any]:
    text = as_utf_8(source)
    start = text.read(_SMALL)
    if _IN_LINES.match(start):
        return _of_lines(start, text, name)
    if len(start) < _SMALL or not start.lstrip().startswith(b"["):
        return _items(start + text.read(), name)
    return _streamed(start, text, name)


def _of_lines(start: bytes, text: BinaryIO, name: str) -> Iterator[Any]:
    """Give the items of JSON Lines; a line that is none is told and left out."""
    *lines, rest = start.split(b"\n")
    for number, line in enumerate(chain(lines, [rest + text.readline()], text), 1):
        if not line.strip():
            continue
        try:
            yield json.loads(line.decode())
        except (ValueError, RecursionError) as error:
            yield _broken_line(getattr(error, "msg", ""), name, number)


def _broken_line(message: str, name: str, line: int) -> Finding:
    return Finding(
        code="broken-json",
        severity="error",
        message=f"a line is not JSON and was left out: {message or 'it cannot be read'}",
        file=name,
        line=line,
    )


def read_items(items: Iterable[Any], name: str, first: int = 1) -> Iterator[Read]:
    """Give the records of items; what is no object is rejected, and a finding is passed on.

    Args:
        items: What JSON or YAML gave.
        name: Path of the file, for findings.
        first: The number of the first of them in the file.
    """
    for number, item in enumerate(items, first):
        if isinstance(item, dict):
            kind = item.get("type")
            if type(kind) is not str or kind not in TYPES:
                yield from told_of_type(item, name)
            yield decode(item)
        elif isinstance(item, Finding):
            yield item
        else:
            yield _no_item(item, number, name)


def told_of_type(native: dict[str, Any], name: str, line: int | None = None) -> Iterator[Finding]:
    """Say so where the type of an item is none of CSL; it is read as a document."""
    if kind := unknown_type(native):
        yield Finding(
            code="unknown-type",
            severity="warning",
            message=f"CSL has no type {kind[:40]!r}: it is read as document, and kept as `csltype`",
            file=name,
            line=line,
            key=str(native.get("id", "")) or None,
            fix="give it a type of CSL 1.0.2",
        )


def decode(native: dict[str, Any]) -> Record:
    """Give the record of an item.

    The country of a patent is its `publisher-place`, as Zotero has it, unless `jurisdiction` is
    there as well. A type that CSL has not becomes `document`, and its word `csltype` of `extra`.
    """
    native = in_csl(native)
    if native.get("type") == _PATENT and _COUNTRY in native and _SCOPE not in native:
        native = {_SCOPE if name == _COUNTRY else name: value for name, value in native.items()}
    custom = native.get("custom")
    lines = custom.get(_OURS) if isinstance(custom, dict) else None
    if not isinstance(custom, dict) or not isinstance(lines, list):
        return with_variables(Record.from_csl(native))
    others = {name: value for name, value in custom.items() if name != _OURS}
    record = with_variables(Record.from_csl({**native, "custom": others}))
    return with_kept(record, (line for line in lines if isinstance(line, str)))


def encode(record: Record) -> dict[str, Any]:
    """Give the item of a record with the members that the schema has."""
    return in_schema(item_of(record))


def item_of(record: Record) -> dict[str, Any]:
    """Give the item of a record; it holds all of it.

    The `jurisdiction` of a patent is written as Zotero has it; other programs end with an error
    where it is a text.
    """
    item = {**record.to_csl(), **({"citation-key": record.key} if record.key else {})}
    if record.type == _PATENT and _COUNTRY in item:
        item.setdefault(_SCOPE, "")
    elif record.type == _PATENT:
        item = {_COUNTRY if name == _SCOPE else name: value for name, value in item.items()}
    return item


def _is_whole(name: Name) -> bool:
    return bool(name.family or name.literal)


def _is_one_word(keyword: str) -> bool:
    return "," not in keyword and keyword == keyword.strip() != ""


VALUES = Values(bool, _is_whole, _is_one_word, forms={"note": PLAIN})
"""What is written as it is: all but some names, dates and keywords."""


def keep(native: dict[str, Any], lines: Sequence[str]) -> dict[str, Any]:
    """Put notes into `custom`, the member that the schema leaves to each program."""
    return {**native, "custom": {**native.get("custom", {}), _OURS: list(lines)}}


def write(natives: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Write an array of items in UTF-8, in their order."""
    return framed(map(_written, natives), b"[\n", b",\n", b"\n]\n")


def _written(item: dict[str, Any]) -> bytes:
    return f"  {_laid_out(item, _INDENT)}".encode("utf-8", "surrogatepass")


def _laid_out(value: Any, start: str) -> str:
    """Write a value as `json.dumps` does with an indent of two, in less than half the time.

    That one has a part in C only for what is written without line breaks.

    Args:
        value: The value.
        start: A line break, and what the line with the end of the value begins with.
    """
    if isinstance(value, str):
        return encode_basestring(value)
    if type(value) is int:
        return str(value)
    if not value or not isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    inner = start + "  "
    if isinstance(value, list):
        pieces = [
            _person(each["family"], each["given"], inner)
            if type(each) is dict and [*each] == _PERSON
            else _laid_out(each, inner)
            for each in value
        ]
        return f"[{inner}{f',{inner}'.join(pieces)}{start}]"
    pairs = [
        # Texts are most of what is written, and are spared the call.
        f"{encode_basestring(name)}: "
        f"{encode_basestring(each) if type(each) is str else _laid_out(each, inner)}"
        for name, each in value.items()
    ]
    return f"{{{inner}{f',{inner}'.join(pairs)}{start}}}"


@lru_cache(maxsize=_KEPT)
def _person(family: str, given: str, start: str) -> str:
    inner = start + "  "
    parts = f'"family": {encode_basestring(family)},{inner}"given": {encode_basestring(given)}'
    return f"{{{inner}{parts}{start}}}"


def _no_item(item: Any, number: int, name: str) -> Rejected:
    finding = Finding(
        code="not-an-item",
        severity="error",
        message=f"item {number} is no JSON object and was left out",
        file=name,
    )
    return Rejected(finding, json.dumps(item, ensure_ascii=False, default=str).encode())


def _items(data: bytes, name: str) -> list[Any]:
    fault: list[Finding] = []
    try:
        value = json.loads(data.decode())
    except json.JSONDecodeError as error:
        value = _items_before(error)
        if not value:
            raise InputError(f"not JSON: {error.msg}", where=name, line=error.lineno) from error
        fault = [_broken(error.msg, name, error.lineno)]
    except RecursionError as error:
        raise InputError(_NESTED_TOO_DEEPLY, where=name) from error
    except ValueError as error:
        raise InputError(_TOO_LARGE, where=name) from error
    listed = _listed(value) if isinstance(value, dict) else value
    objects = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    if not isinstance(listed, list) or (objects and not any(map(_is_item, objects))):
        raise InputError(
            "no items of CSL-JSON are in it",
            where=name,
            hint="items have an id, a type or a title; `northbib formats` lists other formats",
        )
    return [*listed, *fault]


def _items_before(error: json.JSONDecodeError) -> list[Any]:
    """Give the members of an array that are whole before a fault in it."""
    found: list[Any] = []
    begun = _BEGIN.match(error.doc)
    decoder, place = json.JSONDecoder(), begun.end() if begun else error.pos
    while place < error.pos and error.doc[place] != "]":
        try:
            value, place = decoder.raw_decode(error.doc, place)
        except json.JSONDecodeError:
            # The one in which the fault is.
            break
        found.append(value)
        place = _BETWEEN.match(error.doc, place).end()  # type: ignore[union-attr]
    return found


def _broken(reason: str, name: str, line: int | None = None) -> Finding:
    return Finding(
        code="broken-json",
        severity="error",
        message=f"not JSON: {reason}; the items before it were read",
        file=name,
        line=line,
    )


def _listed(value: dict[str, Any]) -> list[Any]:
    """Give the items of an object: of its list, each by its key, or itself."""
    for name in ("items", "references"):
        if isinstance(value.get(name), list):
            return list(value[name])
    if value and all(isinstance(one, dict) and _is_item(one) for one in value.values()):
        return [{"id": key, **one} for key, one in value.items()]
    return [value]


def _is_item(value: dict[str, Any]) -> bool:
    """Tell an item from an object of something else, of which a type may be all that is alike."""
    if value.keys().isdisjoint(_TELLING):
        if is_item(value):
            return True
        return bool(value.get("type")) and not unknown_type(value)
    return True


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    """Read piece by piece; within a long text each is twice as long as the one before.

    The parser begins a text that a piece breaks off anew with each piece.
    """
    size = _PIECE
    while piece := source.read(size):
        yield piece
        size = _PIECE if b'"' in piece else 2 * size


def _streamed(start: bytes, source: BinaryIO, name: str) -> Iterator[Any]:
    # Only a large file pays for the import.
    import ijson  # noqa: PLC0415

    first = (start[place : place + _PIECE] for place in range(0, len(start), _PIECE))
    pieces = ijson.from_iter(chain(first, _pieces(source)))
    count = 0
    try:
        for item in ijson.items(pieces, "item", use_float=True):
            count += 1
            yield item
    except ijson.JSONError as error:
        reason = str(error).partition("\n")[0]
        if not count:
            raise InputError(f"not JSON: {reason}", where=name) from error
        yield _broken(f"{reason}, behind item {count}", name)
    except RecursionError as error:
        raise InputError(_NESTED_TOO_DEEPLY, where=name) from error
    except ValueError as error:
        raise InputError(_TOO_LARGE, where=name) from error
