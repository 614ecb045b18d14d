"""schema.org as JSON-LD: a graph of works in a file, or in the scripts of a web page.

Sources: JSON-LD 1.1, 4.1 (`@id`), 4.9 (`@graph`); HTML Living Standard, 4.12.1 (data blocks).
Notes of ours are the text of a `comment`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from northbib.errors import InputError
from northbib.exchange.keeping import is_kept, with_kept
from northbib.exchange.protocol import framed
from northbib.exchange.schema_org import terms
from northbib.exchange.schema_org import writing as schema_org
from northbib.exchange.schema_org.reading import is_work, record_of
from northbib.exchange.text_files import as_utf_8

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.records import Record

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]

TYPES = terms.TYPES

_HEAD = b'{\n"@context": "https://schema.org",\n"@graph": [\n'
_SCRIPT = re.compile(
    r"<script\b[^>]*?application/ld\+json[^>]*>(?P<text>.*?)</script", re.DOTALL | re.IGNORECASE
)
_FULL_NAME = re.compile(r"^(?:schema:|https?://schema\.org/)(?=[A-Za-z])")
"""What stands before the name of a member that no context makes short."""

_NAMES_IN_FULL = re.compile(r"\"(?:schema:|https?://schema\.org/)\w+\"\s*:")

_LISTS = ("@graph", "itemListElement", "item", "mainEntity", "hasPart")
_TITLES = {"name", "headline", "title"}
_DEEPEST = 20
_MOST_LINKS = 1000


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the works of an object, an array, a graph or a list, or of the scripts of a page.

    All of it is read first, since nodes may name each other wherever they stand.

    Raises:
        InputError: It is neither JSON nor HTML with such scripts, or holds no work.
    """
    text = as_utf_8(source).read().decode()
    blocks = [text]
    if text.lstrip()[:1] == "<":
        blocks = [match["text"] for match in _SCRIPT.finditer(text)]
    values = [
        value for block in blocks for value in _parsed(block, name, is_page=block is not text)
    ]
    nodes = [node for value in values for node in _works(value, 0)]
    known = {str(node["@id"]): node for value in values for node in _named(value, 0)}
    for node in nodes:
        yield decode(_Links(known).followed(node, 0))
    if not nodes:
        raise InputError("no work in the words of schema.org is in it", where=name)


def _parsed(block: str, name: str, *, is_page: bool) -> Iterator[Any]:
    hook = _short_named if _NAMES_IN_FULL.search(block) else None
    try:
        yield json.loads(block, strict=False, object_pairs_hook=hook)
    except json.JSONDecodeError as error:
        if not is_page:
            raise InputError(f"not JSON: {error.msg}", where=name, line=error.lineno) from error
    except RecursionError as error:
        raise InputError("nested too deeply to be JSON-LD", where=name) from error
    except ValueError as error:
        raise InputError("a number in it has too many digits", where=name) from error


def _short_named(members: list[tuple[str, Any]]) -> dict[str, Any]:
    return {_FULL_NAME.sub("", name): value for name, value in members}


def _works(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Give the works on top: not those that are only said to belong to others."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _works(one, depth + 1)
    elif isinstance(value, dict):
        is_ours = str(value.get("@id", "")).startswith("#")
        main = list(_works(value.get("mainEntity"), depth + 1))
        if main:
            # A page is less than the work that it is about.
            yield from main
        elif is_work(_types(value)) and (is_ours or value.keys() & _TITLES):
            yield value
        else:
            for member in _LISTS:
                yield from _works(value.get(member), depth + 1)


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [
        kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
    ]


def _named(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        if isinstance(value.get("@id"), str) and len(value) > 1:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            if isinstance(one, (dict, list)):
                yield from _named(one, depth + 1)


class _Links:
    """Follows `@id`; counts how often, for nodes that all name each other have no end."""

    def __init__(self, known: dict[str, dict[str, Any]]) -> None:
        self._known = known
        self._left = _MOST_LINKS

    def followed(self, node: dict[str, Any], depth: int) -> dict[str, Any]:
        if depth > 4:
            return node
        return {name: self._value(value, depth) for name, value in node.items()}

    def _value(self, value: Any, depth: int) -> Any:
        if isinstance(value, list):
            return [self._value(one, depth) for one in value]
        if not isinstance(value, dict):
            return value
        pointed = self._known.get(str(value.get("@id")))
        if pointed is not None and len(value) == 1 and self._left:
            self._left -= 1
            return self.followed(pointed, depth + 1)
        return value if len(value) == 1 else self.followed(value, depth + 1)


def decode(native: dict[str, Any]) -> Record:
    """Give the record of a node."""
    record = record_of(native)
    comment = native.get("comment")
    text = comment.get("text") if isinstance(comment, dict) else None
    lines = [line for line in str(text or "").split("\n") if is_kept(line)]
    return with_kept(record.replace(key=unquote(record.key)), lines)


def encode(record: Record) -> dict[str, Any]:
    """Give the node of a record."""
    address = {"@id": f"#{quote(record.key, safe='')}"} if record.key else {}
    return {**address, **schema_org.node(record)}


def keep(native: dict[str, Any], lines: Sequence[str]) -> dict[str, Any]:
    """Put notes into a comment, a line each."""
    return {**native, "comment": {"@type": "Comment", "text": "\n".join(lines)}}


def write(natives: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Write a graph in UTF-8, a node to a line."""
    return framed(map(_written, natives), _HEAD, b",\n", b"\n]\n}\n")


def _written(node: dict[str, Any]) -> bytes:
    return json.dumps(node, ensure_ascii=False).encode("utf-8", "replace")
