"""CSL-JSON: the format of citation processors, Zotero and pandoc.

Source: https://github.com/citation-style-language/schema, csl-data.json.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

from northbib.errors import InputError
from northbib.exchange.keeping import with_kept
from northbib.exchange.protocol import Rejected, framed
from northbib.exchange.text_files import as_utf_8
from northbib.findings import Finding
from northbib.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read

__all__ = ["decode", "encode", "keep", "read", "read_items", "write"]

_SMALL = 1 << 24
"""A file up to this size is read at once, so that a fault in it has its line."""

_PATENT = "patent"
_COUNTRY = "publisher-place"
_SCOPE = "jurisdiction"
_OURS = "northbib"
_NESTED_TOO_DEEPLY = "nested too deeply to be CSL-JSON"


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read an array of items, one item, or an object that holds the array as `items`.

    Raises:
        InputError: It is not JSON, or holds no items.
    """
    text = as_utf_8(source)
    start = text.read(_SMALL)
    if len(start) < _SMALL or not start.lstrip().startswith(b"["):
        return read_items(_items(start + text.read(), name), name)
    return read_items(_streamed(start, text, name), name)


def read_items(items: Iterable[Any], name: str) -> Iterator[Read]:
    """Give the records of items; what is no object is rejected.

    Args:
        items: What JSON or YAML gave.
        name: Path of the file, for findings.
    """
    for number, item in enumerate(items, 1):
        yield decode(item) if isinstance(item, dict) else _no_item(item, number, name)


def decode(native: dict[str, Any]) -> Record:
    """Give the record of an item.

    The country of a patent is its `publisher-place`, as Zotero has it, unless `jurisdiction` is
    there as well.
    """
    if native.get("type") == _PATENT and _COUNTRY in native and _SCOPE not in native:
        native = {_SCOPE if name == _COUNTRY else name: value for name, value in native.items()}
    custom = native.get("custom")
    lines = custom.get(_OURS) if isinstance(custom, dict) else None
    if not isinstance(custom, dict) or not isinstance(lines, list):
        return Record.from_csl(native)
    others = {name: value for name, value in custom.items() if name != _OURS}
    record = Record.from_csl({**native, "custom": others})
    return with_kept(record, (line for line in lines if isinstance(line, str)))


def encode(record: Record) -> dict[str, Any]:
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


def keep(native: dict[str, Any], lines: Sequence[str]) -> dict[str, Any]:
    """Put notes into `custom`, the member that the schema leaves to each program."""
    return {**native, "custom": {**native.get("custom", {}), _OURS: list(lines)}}


def write(natives: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Write an array of items in UTF-8, in their order."""
    return framed(map(_written, natives), b"[\n", b",\n", b"\n]\n")


def _written(item: dict[str, Any]) -> bytes:
    text = json.dumps(item, ensure_ascii=False, indent=2)
    return "\n".join(f"  {line}" for line in text.split("\n")).encode("utf-8", "surrogatepass")


def _no_item(item: Any, number: int, name: str) -> Rejected:
    finding = Finding(
        code="not-an-item",
        severity="error",
        message=f"item {number} is no JSON object and was left out",
        file=name,
    )
    return Rejected(finding, json.dumps(item, ensure_ascii=False, default=str).encode())


def _items(data: bytes, name: str) -> list[Any]:
    try:
        value = json.loads(data)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", where=name, line=error.lineno) from error
    except RecursionError as error:
        raise InputError(_NESTED_TOO_DEEPLY, where=name) from error
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        value = value["items"]
    elif isinstance(value, dict) and not value.keys().isdisjoint(("id", "type", "title")):
        value = [value]
    if not isinstance(value, list):
        raise InputError("CSL-JSON is an array of items", where=name)
    return value


def _streamed(start: bytes, source: BinaryIO, name: str) -> Iterator[Any]:
    # Only a large file pays for the import.
    import ijson  # noqa: PLC0415

    pieces = chain((start,), iter(lambda: source.read(1 << 20), b""))
    try:
        yield from ijson.items(ijson.from_iter(pieces), "item", use_float=True)
    except ijson.JSONError as error:
        reason = str(error).partition("\n")[0]
        raise InputError(f"not JSON: {reason}", where=name) from error
    except RecursionError as error:
        raise InputError(_NESTED_TOO_DEEPLY, where=name) from error
