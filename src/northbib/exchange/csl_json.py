"""CSL-JSON: the format of citation processors, Zotero and pandoc.

Source: https://github.com/citation-style-language/schema, csl-data.json.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from northbib.errors import InputError
from northbib.exchange.formats import Reading
from northbib.findings import Finding
from northbib.records import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["read", "write"]


def read(data: bytes, name: str) -> Reading:
    """Read an array of items, one item, or an object that holds the array as `items`.

    Raises:
        InputError: It is not JSON, not UTF-8, or holds no items.
    """
    items = _items(data, name)
    good = [item for item in items if isinstance(item, dict)]
    findings = tuple(
        Finding(
            code="not-an-item",
            severity="error",
            message=f"item {number} is no JSON object and was left out",
            file=name,
        )
        for number, item in enumerate(items, 1)
        if not isinstance(item, dict)
    )
    return Reading(tuple(Record.from_csl(item) for item in good), findings)


def write(items: Sequence[Record]) -> bytes:
    """Write an array of items in UTF-8, in their order."""
    text = json.dumps([record.to_csl() for record in items], ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def _items(data: bytes, name: str) -> list[Any]:
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start}", where=name) from error
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", where=name, line=error.lineno) from error
    except RecursionError as error:
        raise InputError("nested too deeply to be CSL-JSON", where=name) from error
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        value = value["items"]
    elif isinstance(value, dict) and not value.keys().isdisjoint(("id", "type", "title")):
        value = [value]
    if not isinstance(value, list):
        raise InputError("CSL-JSON is an array of items", where=name)
    return value
