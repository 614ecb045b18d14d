"""Write generated items in the data format of hayagriva, the engine in typst."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TYPES = {
    "article-journal": "article",
    "book": "book",
    "chapter": "chapter",
    "report": "report",
    "webpage": "web",
    "thesis": "thesis",
    "legislation": "legislation",
}
PARENTS = {"article-journal": "periodical", "chapter": "anthology", "webpage": "web"}


def library(items: Iterable[Mapping[str, Any]]) -> str:
    """Write items as YAML; it is JSON, which YAML includes."""
    return json.dumps({item["id"]: _entry(item) for item in items}, ensure_ascii=False)


def _entry(item: Mapping[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "type": TYPES[item["type"]],
        "title": item["title"],
        "author": [_name(name) for name in item["author"]],
        "date": _date(item["issued"]),
    }
    numbers = {key: item[key] for key in ("volume", "issue") if key in item}
    if item["type"] in PARENTS:
        entry["parent"] = _parent(item) | numbers
    for key, name in (("page", "page-range"), ("edition", "edition"), ("genre", "genre")):
        if key in item:
            entry[name] = item[key]
    if "DOI" in item:
        entry["serial-number"] = {"doi": item["DOI"]}
    elif "number" in item:
        entry["serial-number"] = item["number"]
    if "URL" in item:
        entry["url"] = {"value": item["URL"], "date": _date(item["accessed"])}
    if "publisher" in item and "parent" not in entry:
        entry["publisher"] = _publisher(item)
    return entry


def _parent(item: Mapping[str, Any]) -> dict[str, Any]:
    parent: dict[str, Any] = {"type": PARENTS[item["type"]], "title": item["container-title"]}
    if "editor" in item:
        parent["editor"] = [_name(name) for name in item["editor"]]
    if "publisher" in item:
        parent["publisher"] = _publisher(item)
    return parent


def _publisher(item: Mapping[str, Any]) -> dict[str, str]:
    place = {"location": item["publisher-place"]} if "publisher-place" in item else {}
    return {"name": item["publisher"], **place}


def _name(name: Mapping[str, str]) -> dict[str, str]:
    if "literal" in name:
        return {"name": name["literal"]}
    return {"name": name["family"], "given-name": name["given"]}


def _date(date: Mapping[str, list[list[int]]]) -> str:
    parts = date["date-parts"][0]
    return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])
