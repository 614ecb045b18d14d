"""The members and types of CSL-JSON: those of its schema, and what else programs write for them.

Sources: csl-data.json of CSL 1.0.2 (https://github.com/citation-style-language/schema), CSL 1.0.1
and citeproc-js for the older names of members. A processor takes a type that it does not know as
none of those that a style asks for, as it does `document`; so does Zotero.
"""

from __future__ import annotations

import re
from typing import Any

from northbib.exchange.people import name_of
from northbib.exchange.registry_types import REGISTRY_TYPES
from northbib.exchange.zotero import items as zotero
from northbib.exchange.zotero.terms import TYPE_OF as ZOTERO_TYPES
from northbib.records import Date
from northbib.records.vocabulary import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    TEXT_VARIABLES,
    TYPES,
)

__all__ = ["in_csl", "in_schema", "unknown_type"]

_UNKNOWN_TYPE = "csltype"
"""Where a record keeps the word for a type that CSL does not know."""

_OTHER_NAMES = {
    "title-short": ("shortTitle", "short-title"),
    "container-title-short": ("journalAbbreviation",),
    "event-title": ("event",),
    "part-number": ("part",),
    "printing-number": ("printing",),
    "supplement-number": ("supplement",),
    "DOI": ("doi",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "URL": ("url",),
}
"""CSL variable -> members that programs, and the schema, have for it."""

_VARIABLE_OF = {member: name for name, members in _OTHER_NAMES.items() for member in members}
_MEMBER_OF = {f"{name}-number": name for name in ("part", "printing", "supplement")}
"""CSL variable -> the member that the schema has for it."""

_KEY = "citation-key"
_NO_VARIABLES = frozenset({"id", "type", "custom", "categories"})
_NAMED = DATE_VARIABLES | NAME_VARIABLES | NUMBER_VARIABLES | TEXT_VARIABLES | _NO_VARIABLES
_SCHEMA = _NAMED - {*_MEMBER_OF, "license", "editor-translator"} | {*_MEMBER_OF.values()}
_LISTED = NAME_VARIABLES | {"keyword", "categories"}
_NO_NAME = re.compile(r"^[^A-Za-z]+|[^\w.+-]")

_TYPE_OF = ZOTERO_TYPES | REGISTRY_TYPES
"""What else stands for a type -> CSL type."""


def unknown_type(native: dict[str, Any]) -> str:
    """Give the type of an item if there is one that says nothing in CSL, else ""."""
    kind = native.get("type")
    return "" if kind is None or kind == "" or _type_of(kind) else str(kind)


def _type_of(kind: object) -> str:
    if not isinstance(kind, str):
        return ""
    if kind in TYPES:
        return kind
    small = kind.lower()
    return small if small in TYPES else _TYPE_OF.get(kind) or _TYPE_OF.get(small, "")


def in_csl(native: dict[str, Any]) -> dict[str, Any]:
    """Give an item as CSL 1.0.2 has it: its types and variables, and texts where there are lists.

    What CSL has no variable for goes into `custom`; a type that it has not is `document`, and its
    word is kept there as `csltype`. The key that people cite by goes before an `id`, which may be
    any; an `id` that is an address is kept as `id` in `custom`.
    """
    if _is_csl(native):
        return native
    if zotero.is_item(native):
        native = zotero.in_csl_json(native)
    item: dict[str, Any] = {}
    others: dict[str, Any] = {}
    for member, value in native.items():
        name = member if member in _NAMED else _VARIABLE_OF.get(member, "")
        if not name:
            others[_NO_NAME.sub("", member)] = value
        elif name == member or name not in native:
            item[name] = _value(name, value)
    item["type"] = _type_of(native.get("type")) or "document"
    if kind := unknown_type(native):
        others[_UNKNOWN_TYPE] = kind
    key, own = native.get(_KEY), native.get("id")
    if isinstance(key, str) and key not in ("", own):
        item["id"] = key
        others |= {"id": own} if isinstance(own, str) and "://" in own else {}
    return _with_others(item, others)


def _is_csl(native: dict[str, Any]) -> bool:
    kind = native.get("type")
    if not native.keys() <= _NAMED or not isinstance(kind, str) or kind not in TYPES:
        return False
    for name, value in native.items():
        if name in DATE_VARIABLES:
            if type(value) is not dict:
                return False
        elif type(value) is list and name not in _LISTED:
            return False
    return native.get(_KEY, native.get("id")) == native.get("id")


def _value(name: str, value: Any) -> Any:
    """Give a value as CSL has it: EDTF as a date, names of the forms that registries have."""
    if name in DATE_VARIABLES:
        return Date.parse(str(value)).to_csl() if type(value) in (str, int) else value
    if name in NAME_VARIABLES:
        return [_name(each) for each in value] if isinstance(value, list) else value
    return value if name in _LISTED else _text_of(name, value)


def _name(value: Any) -> Any:
    if isinstance(value, str):
        return name_of(value).to_csl()
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return {"literal": value["name"], **value}
    return value


def _text_of(name: str, value: Any) -> Any:
    """Join a list of texts; of titles the first counts, the others are translations of it."""
    if not isinstance(value, list):
        return value
    texts = [str(each) for each in value if isinstance(each, (str, int)) and each != ""]
    return ", ".join(texts[:1] if "title" in name else texts)


def _with_others(item: dict[str, Any], others: dict[str, Any]) -> dict[str, Any]:
    """Give an item with what are texts, numbers or lists of them in `custom`."""
    texts = {name: _text_of(name, value) for name, value in others.items() if name}
    kept = {
        name: value
        for name, value in texts.items()
        if value != "" and isinstance(value, (str, int, float)) and not isinstance(value, bool)
    }
    custom = item.get("custom")
    return {**item, "custom": kept | (custom if isinstance(custom, dict) else {})} if kept else item


def in_schema(item: dict[str, Any]) -> dict[str, Any]:
    """Give an item with the members that the schema of CSL-JSON allows, by its names for them."""
    if item.keys() <= _SCHEMA:
        return item
    named = {_MEMBER_OF.get(name, name): value for name, value in item.items()}
    return {name: value for name, value in named.items() if name in _SCHEMA}
