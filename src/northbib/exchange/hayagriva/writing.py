"""From a record to an entry of Hayagriva."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from northbib.exchange.hayagriva.tables import (
    ADDRESS,
    COUNTS,
    DATE,
    LANGUAGE,
    NUMBERS,
    OF_WHOLE,
    ROLES,
    SERIALS,
    SERIALS_OF_WHOLE,
    TEXTS,
    TIME,
    TYPES,
    WHOLE_NUMBER,
    Native,
)
from northbib.exchange.hayagriva.text import formattable, person
from northbib.records.identifiers import web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.records import Date, Record

__all__ = ["encode"]


def encode(record: Record) -> Native:
    """Give the entry of a record."""
    own, _, parent = TYPES.get(record.type, "misc").partition("/")
    is_held = bool(parent) and bool(record.text("container-title"))
    entry: dict[str, Any] = {
        "type": own,
        "title": _titles(record, "title", "title-short"),
        "author": _people(record, "author"),
        "editor": [] if is_held else _people(record, "editor"),
        "affiliated": [
            {"role": role, "names": people}
            for variable, role in ROLES.items()
            if (people := _people(record, variable))
        ],
        "date": _written(record.date("issued")),
        "url": _address(record),
        "language": language if LANGUAGE.fullmatch(language := record.plain("language")) else "",
        "serial-number": _serials(record, SERIALS),
        "runtime": time if TIME.fullmatch(time := record.plain("dimensions")) else "",
        **{name: _number(record, variable, name) for variable, name in NUMBERS.items()},
        **{name: formattable(record.text(variable)) for variable, name in TEXTS.items()},
    }
    whole = _whole(record)
    series = _series(record)
    if is_held:
        entry["parent"] = [_set({"type": parent, **_container(record), **whole, "parent": series})]
    else:
        numbers = {**entry["serial-number"], **whole.pop("serial-number")}
        entry |= {**whole, "serial-number": numbers, "parent": [series] if not parent else []}
    entry["parent"] += [_event(record), _original(record)]
    return record.key, _set(entry)


def _set(part: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty; a list of one is written as the one."""
    found: dict[str, Any] = {}
    for name, value in part.items():
        members = [one for one in value if one] if isinstance(value, list) else value
        if members:
            is_one = isinstance(members, list) and len(members) == 1
            found[name] = members[0] if is_one and name != "affiliated" else members
    return found


def _titles(record: Record, variable: str, short: str) -> Any:
    title = formattable(record.text(variable), is_title=True)
    brief = formattable(record.text(short), is_title=True)
    return {"value": title, "short": brief} if title and brief else title


def _people(record: Record, variable: str) -> list[Any]:
    return [person(name) for name in record.names(variable)]


def _number(record: Record, variable: str, name: str) -> str | int:
    text = record.plain(variable)
    if WHOLE_NUMBER.fullmatch(text):
        return int(text)
    return "" if name in COUNTS else text


def _written(date: Date | None) -> str | int:
    if date is None or date.start is None:
        return ""
    text = date.start.edtf()
    if not DATE.fullmatch(text) or date.start.season:
        return ""
    if date.circa:
        return f"~{text}"
    return int(text) if WHOLE_NUMBER.fullmatch(text) else text


def _address(record: Record) -> Any:
    address = record.plain("URL")
    if not ADDRESS.fullmatch(address) or web_address(address) is None:
        return ""
    seen = _written(record.date("accessed"))
    return {"value": address, "date": seen} if seen else address


def _serials(record: Record, names: Mapping[str, str]) -> dict[str, str]:
    pairs = ((name, record.plain(variable)) for variable, name in names.items())
    return {name: value for name, value in pairs if value}


def _publisher(record: Record, name: str, place: str) -> Any:
    body, where = formattable(record.text(name)), formattable(record.text(place))
    return _set({"name": body, "location": where}) if where else body


def _container(record: Record) -> dict[str, Any]:
    return {
        "title": _titles(record, "container-title", "container-title-short"),
        "author": _people(record, "container-author"),
        "editor": _people(record, "editor"),
    }


def _whole(record: Record) -> dict[str, Any]:
    """Give what is said of the whole that a work is in, or of itself if it is whole."""
    return {
        **{name: _number(record, variable, name) for variable, name in OF_WHOLE.items()},
        "publisher": _publisher(record, "publisher", "publisher-place"),
        "serial-number": _serials(record, SERIALS_OF_WHOLE),
    }


def _series(record: Record) -> dict[str, Any]:
    title = formattable(record.text("collection-title"), is_title=True)
    if not title:
        return {}
    number = _number(record, "collection-number", "volume")
    editors = _people(record, "collection-editor")
    return _set({"type": "anthology", "title": title, "editor": editors, "volume": number})


def _event(record: Record) -> dict[str, Any]:
    event = _set(
        {
            "title": formattable(record.text("event-title"), is_title=True),
            "date": _written(record.date("event-date")),
            "location": formattable(record.text("event-place")),
        }
    )
    return {"type": "conference", **event} if event else {}


def _original(record: Record) -> dict[str, Any]:
    original = _set(
        {
            "title": formattable(record.text("original-title"), is_title=True),
            "author": _people(record, "original-author"),
            "date": _written(record.date("original-date")),
            "publisher": _publisher(record, "original-publisher", "original-publisher-place"),
        }
    )
    return {"type": "original", **original} if original else {}
