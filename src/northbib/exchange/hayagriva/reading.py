"""From an entry of Hayagriva to a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from northbib.exchange.hayagriva.tables import (
    EVENTS,
    EXTRA,
    HELD,
    KIND_OF,
    NUMBERS,
    OF_WHOLE,
    PARENTS,
    ROLE_OF,
    SERIALS,
    SERIALS_OF_WHOLE,
    TEXTS,
    Native,
)
from northbib.exchange.hayagriva.text import person_of, text_of
from northbib.exchange.keeping import with_kept
from northbib.records import Date, Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from northbib.records import Value

__all__ = ["decode"]


def decode(native: Native) -> Record:
    """Give the record of an entry."""
    key, entry = native
    left = {name: value for name, value in entry.items() if value not in ("", [], {})}
    own = _type(left.pop("type", "misc")) or "misc"
    parents = [_typed(parent, own) for parent in _listed(left.pop("parent", [])) if parent]
    lines = [line for line in _listed(left.pop("custom", [])) if isinstance(line, str)]
    whole, event, original = _told_apart(parents)
    kind = _kind(own, whole.get("type", ""))
    is_held = own in HELD or (bool(whole) and f"{own}/{whole['type']}" in KIND_OF)
    series = _typed(_first(whole.pop("parent", {})), "anthology") if is_held else whole
    if not is_held:
        whole = {}
    values: dict[str, Value] = {}
    extra: dict[str, str] = {}
    _take_people(values, extra, left, {"author": "author", "editor": "editor"})
    _take_people(values, extra, whole, {"author": "container-author", "editor": "editor"})
    _take_people(values, extra, series, {"editor": "collection-editor"})
    _take_people(values, extra, original, {"author": "original-author"})
    _take_titles(values, left, "title", "title-short")
    _take_titles(values, whole, "container-title", "container-title-short")
    _take_titles(values, series, "collection-title")
    _take_titles(values, original, "original-title")
    _take_titles(values, event, "event-title")
    _take_dates(values, (left, whole), event, original)
    _take_publishers(values, (left, whole, series), kind)
    _take_original(values, event, original)
    for part in (left, whole):
        _take_parts(values, part)
    _put(values, "collection-number", series.pop("volume", ""))
    _take_parts(values, series)
    if "authority" in values and "publisher" not in values and kind not in ("legal_case", "patent"):
        values["publisher"] = values.pop("authority")
    parts = ((left, ""), (whole, "parent-"), (series, "series-"), (event, "event-"))
    for part, prefix in parts:
        part.pop("type", None)
        extra |= {EXTRA + prefix + name: text_of(value) for name, value in part.items()}
    found = {name: value for name, value in values.items() if value}
    extra = {name: value for name, value in extra.items() if value}
    return with_kept(Record(key, kind, found, extra=extra), lines)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _first(value: Any) -> Any:
    return next(iter(_listed(value)), {})


def _type(value: Any) -> str:
    return value.strip().lower() if isinstance(value, str) else ""


def _typed(parent: Any, own: str) -> dict[str, Any]:
    if not isinstance(parent, dict) or not parent:
        return {}
    kind = _type(parent.get("type")) or PARENTS.get(own, "misc")
    return {**{name: value for name, value in parent.items() if value}, "type": kind}


def _told_apart(parents: list[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Tell what a work is in from the event that it belongs to, and from what it was before."""
    whole: dict[str, Any] = {}
    event: dict[str, Any] = {}
    original: dict[str, Any] = {}
    for parent in parents:
        if parent.get("type") in EVENTS and not event:
            event = parent
        elif parent.get("type") == "original" and not original:
            original = parent
        elif not whole:
            whole = parent
    return whole, event, original


def _kind(own: str, parent: str) -> str:
    return KIND_OF.get(f"{own}/{parent}") or KIND_OF.get(own) or "document"


def _put(values: dict[str, Value], variable: str, value: Any) -> None:
    if variable not in values and value != "":
        text = text_of(value, is_title="title" in variable)
        if text:
            values[variable] = text


def _take_people(
    values: dict[str, Value],
    extra: dict[str, str],
    part: dict[str, Any],
    roles: Mapping[str, str],
) -> None:
    for member, variable in roles.items():
        names = tuple(filter(None, map(person_of, _listed(part.pop(member, [])))))
        if names and variable not in values:
            values[variable] = names
    for group in _listed(part.pop("affiliated", [])):
        if not isinstance(group, dict):
            continue
        named = _type(group.get("role"))
        role = ROLE_OF.get(named.replace("-", ""))
        names = tuple(filter(None, map(person_of, _listed(group.get("names", [])))))
        if role:
            values.setdefault(role, names)
        elif named and names:
            extra.setdefault(named, " and ".join(map(str, names)))


def _take_titles(
    values: dict[str, Value], part: dict[str, Any], variable: str, short: str = ""
) -> None:
    title = part.pop("title", "")
    _put(values, variable, title)
    if short and isinstance(title, dict):
        _put(values, short, title.get("short", ""))


def _take_dates(
    values: dict[str, Value],
    parts: Sequence[dict[str, Any]],
    event: dict[str, Any],
    original: dict[str, Any],
) -> None:
    found: list[tuple[str, Any]] = [("issued", part.pop("date", "")) for part in parts]
    found += [("event-date", event.pop("date", "")), ("original-date", original.pop("date", ""))]
    for part in parts:
        address = part.pop("url", "")
        if isinstance(address, dict):
            found.append(("accessed", address.get("date", "")))
            address = address.get("value", "")
        _put(values, "URL", address)
    for variable, text in found:
        if text not in ("", None) and variable not in values:
            values[variable] = _date(str(text))


def _date(text: str) -> Date:
    date = Date.parse(text.removeprefix("~").removeprefix("+"))
    circa = text.startswith("~") or date.circa
    return Date(date.start, date.end, date.is_range, circa=circa, literal=date.literal)


def _take_publishers(values: dict[str, Value], parts: Sequence[dict[str, Any]], kind: str) -> None:
    for part in parts:
        publisher = part.pop("publisher", "")
        is_pair = isinstance(publisher, dict) and not {"name", "location"}.isdisjoint(publisher)
        pair = publisher if is_pair else {"name": publisher}
        _put(values, "publisher", pair.get("name", ""))
        _put(values, "publisher-place", pair.get("location", ""))
        place = "event-place" if kind in ("event", "performance", "speech") else "publisher-place"
        _put(values, place, part.pop("location", ""))


def _take_original(
    values: dict[str, Value], event: dict[str, Any], original: dict[str, Any]
) -> None:
    publisher = original.pop("publisher", "")
    pair = publisher if isinstance(publisher, dict) else {"name": publisher}
    _put(values, "original-publisher", pair.get("name", ""))
    _put(values, "original-publisher-place", pair.get("location", ""))
    _put(values, "event-place", event.pop("location", ""))


def _take_parts(values: dict[str, Value], part: dict[str, Any]) -> None:
    for variable, name in (*TEXTS.items(), *NUMBERS.items(), *OF_WHOLE.items()):
        _put(values, variable, part.pop(name, ""))
    _put(values, "dimensions", part.pop("runtime", ""))
    _put(values, "language", part.pop("language", ""))
    serials = part.pop("serial-number", {})
    if not isinstance(serials, dict):
        serials = {"serial": serials}
    serials = {_type(name): value for name, value in serials.items()}
    for variable, name in (*SERIALS.items(), *SERIALS_OF_WHOLE.items()):
        _put(values, variable, serials.pop(name, ""))
    for name, value in serials.items():
        part.setdefault(name, value)
