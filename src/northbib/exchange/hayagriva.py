"""Hayagriva: the YAML in which Typst keeps bibliographies.

Source: the file format of hayagriva 0.9 (docs/file-format.md), and which part of an entry or of its
parents each variable of CSL is taken from there. An entry has no markup but braces, in which a
title keeps its case. What has no place is listed under `custom`, which Typst passes over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from northbib.errors import InputError
from northbib.exchange import yaml
from northbib.exchange.hayagriva_text import formattable, person, person_of, text_of
from northbib.exchange.keeping import with_kept
from northbib.exchange.protocol import Rejected, framed
from northbib.findings import Finding
from northbib.records import Date, Record
from northbib.records.identifiers import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.records import Value

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]

Native = tuple[str, dict[str, Any]]
"""The key of an entry, and its fields."""

TYPES: dict[str, str] = {
    "article": "article/repository",
    "article-journal": "article/periodical",
    "article-magazine": "article/periodical",
    "article-newspaper": "article/newspaper",
    "bill": "legislation",
    "book": "book",
    "broadcast": "video/video",
    "chapter": "chapter/book",
    "classic": "book",
    "collection": "anthology",
    "dataset": "repository",
    "document": "misc",
    "entry": "entry/reference",
    "entry-dictionary": "entry/reference",
    "entry-encyclopedia": "entry/reference",
    "event": "conference",
    "figure": "artwork",
    "graphic": "artwork",
    "hearing": "legislation",
    "interview": "misc",
    "legal_case": "case/anthology",
    "legislation": "legislation/anthology",
    "manuscript": "manuscript",
    "map": "artwork",
    "motion_picture": "video",
    "musical_score": "book",
    "pamphlet": "book",
    "paper-conference": "article/proceedings",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "personal_communication": "misc",
    "post": "post/thread",
    "post-weblog": "article/blog",
    "regulation": "legislation",
    "report": "report",
    "review": "article/periodical",
    "review-book": "article/periodical",
    "software": "repository",
    "song": "audio",
    "speech": "misc",
    "standard": "report",
    "thesis": "thesis",
    "treaty": "legislation",
    "webpage": "web/web",
}
"""CSL type -> type of the entry, and behind a slash that of what it is in."""

_KINDS = {
    "anthology": "book",
    "anthos": "chapter",
    "article": "article",
    "article/anthology": "chapter",
    "article/book": "chapter",
    "article/conference": "paper-conference",
    "article/periodical": "article-journal",
    "article/reference": "entry",
    "article/thread": "post",
    "article/web": "webpage",
    "artwork": "graphic",
    "audio": "song",
    "blog": "webpage",
    "book": "book",
    "case": "legal_case",
    "chapter": "chapter",
    "conference": "event",
    "entry": "entry",
    "entry/reference": "entry",
    "exhibition": "event",
    "legislation": "legislation",
    "misc": "document",
    "newspaper": "periodical",
    "original": "document",
    "post": "post",
    "proceedings": "book",
    "reference": "book",
    "report": "report",
    "repository": "software",
    "scene": "motion_picture",
    "thread": "post",
    "video": "motion_picture",
    "web": "webpage",
}
_KIND_OF = {native: kind for kind, native in TYPES.items()} | _KINDS
_HELD = {"article", "chapter", "entry", "anthos", "web", "post", "case", "scene"}
"""Types of entries whose parent is what they are in; that of all others is their series."""
_PARENTS = {
    "article": "periodical",
    "chapter": "book",
    "entry": "reference",
    "anthos": "anthology",
    "web": "web",
    "scene": "video",
    "artwork": "exhibition",
    "legislation": "anthology",
    "post": "post",
    "video": "video",
    "audio": "audio",
}
"""Type of an entry -> that of a parent that names none."""
_EVENTS = {"conference", "exhibition"}

ROLES: dict[str, str] = {
    "compiler": "compiler",
    "composer": "composer",
    "contributor": "collaborator",
    "director": "director",
    "executive-producer": "executive-producer",
    "illustrator": "illustrator",
    "narrator": "narrator",
    "organizer": "organizer",
    "performer": "cast-member",
    "producer": "producer",
    "script-writer": "writer",
    "translator": "translator",
}
"""CSL name variable -> role of those that are affiliated with a work."""
_ROLE_OF = {native.replace("-", ""): role for role, native in ROLES.items()}

_TEXTS = {
    "abstract": "abstract",
    "genre": "genre",
    "call-number": "call-number",
    "archive": "archive",
    "archive_location": "archive-location",
    "authority": "organization",
    "note": "note",
}
_NUMBERS = {
    "page": "page-range",
    "chapter-number": "chapter",
    "number-of-pages": "page-total",
}
_OF_WHOLE = {
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "number-of-volumes": "volume-total",
}
_SERIALS = {
    "DOI": "doi",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "number": "serial",
    "version": "version",
    "printing-number": "printing",
}
_SERIALS_OF_WHOLE = {"ISBN": "isbn", "ISSN": "issn"}
_EXTRA = "hayagriva-"
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
_WHOLE_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_ADDRESS = re.compile(r"https?://[\w.-]+(?::[0-9]{1,4})?(?:[/?#][^\s<>\"{}|\\^`]*)?", re.ASCII)
_TIME = re.compile(r"(?:[0-9]+:){0,2}[0-9]+:[0-5][0-9](?:,[0-9]+)?")
_DATE = re.compile(r"[+-]?[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_COUNTS = {"page-total", "volume-total"}


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the entries of a file.

    Raises:
        InputError: It is not YAML, or no mapping of entries.
    """
    is_hayagriva = False
    for item in yaml.items(source, name):
        if isinstance(item, Finding):
            yield item
        elif isinstance(item.value, dict):
            is_hayagriva = True
            yield decode((item.key, item.value))
        else:
            yield _no_entry(item, name)
    if not is_hayagriva:
        raise InputError("not Hayagriva: no name stands for an entry", where=name)


def _no_entry(item: yaml.Item, name: str) -> Rejected:
    finding = Finding(
        code="not-an-entry",
        severity="error",
        message=f"{item.key or 'an item'} is no mapping of fields and was left out",
        file=name,
        line=item.line,
    )
    return Rejected(finding, "\n".join(yaml.lines({item.key: item.value})).encode())


def decode(native: Native) -> Record:
    """Give the record of an entry."""
    key, entry = native
    left = {name: value for name, value in entry.items() if value not in ("", [], {})}
    own = _type(left.pop("type", "misc")) or "misc"
    parents = [_typed(parent, own) for parent in _listed(left.pop("parent", [])) if parent]
    lines = [line for line in _listed(left.pop("custom", [])) if isinstance(line, str)]
    whole, event, original = _told_apart(parents)
    kind = _kind(own, whole.get("type", ""))
    is_held = own in _HELD or (bool(whole) and f"{own}/{whole['type']}" in _KIND_OF)
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
        extra |= {_EXTRA + prefix + name: text_of(value) for name, value in part.items()}
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
    kind = _type(parent.get("type")) or _PARENTS.get(own, "misc")
    return {**{name: value for name, value in parent.items() if value}, "type": kind}


def _told_apart(parents: list[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Tell what a work is in from the event that it belongs to, and from what it was before."""
    whole: dict[str, Any] = {}
    event: dict[str, Any] = {}
    original: dict[str, Any] = {}
    for parent in parents:
        if parent.get("type") in _EVENTS and not event:
            event = parent
        elif parent.get("type") == "original" and not original:
            original = parent
        elif not whole:
            whole = parent
    return whole, event, original


def _kind(own: str, parent: str) -> str:
    return _KIND_OF.get(f"{own}/{parent}") or _KIND_OF.get(own) or "document"


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
        role = _ROLE_OF.get(named.replace("-", ""))
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
    for variable, name in (*_TEXTS.items(), *_NUMBERS.items(), *_OF_WHOLE.items()):
        _put(values, variable, part.pop(name, ""))
    _put(values, "dimensions", part.pop("runtime", ""))
    _put(values, "language", part.pop("language", ""))
    serials = part.pop("serial-number", {})
    if not isinstance(serials, dict):
        serials = {"serial": serials}
    serials = {_type(name): value for name, value in serials.items()}
    for variable, name in (*_SERIALS.items(), *_SERIALS_OF_WHOLE.items()):
        _put(values, variable, serials.pop(name, ""))
    for name, value in serials.items():
        part.setdefault(name, value)


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
        "language": language if _LANGUAGE.fullmatch(language := record.plain("language")) else "",
        "serial-number": _serials(record, _SERIALS),
        "runtime": time if _TIME.fullmatch(time := record.plain("dimensions")) else "",
        **{name: _number(record, variable, name) for variable, name in _NUMBERS.items()},
        **{name: formattable(record.text(variable)) for variable, name in _TEXTS.items()},
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
    if _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    return "" if name in _COUNTS else text


def _written(date: Date | None) -> str | int:
    if date is None or date.start is None:
        return ""
    text = date.start.edtf()
    if not _DATE.fullmatch(text) or date.start.season:
        return ""
    if date.circa:
        return f"~{text}"
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else text


def _address(record: Record) -> Any:
    address = record.plain("URL")
    if not _ADDRESS.fullmatch(address) or web_address(address) is None:
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
        **{name: _number(record, variable, name) for variable, name in _OF_WHOLE.items()},
        "publisher": _publisher(record, "publisher", "publisher-place"),
        "serial-number": _serials(record, _SERIALS_OF_WHOLE),
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


def keep(native: Native, lines: Sequence[str]) -> Native:
    """Put notes into a field that readers of the format pass over."""
    key, entry = native
    return key, {**entry, "custom": list(lines)}


def write(natives: Iterable[Native]) -> Iterator[bytes]:
    """Write a file in UTF-8."""
    return framed(map(_source, natives), b"", b"\n", b"")


def _source(native: Native) -> bytes:
    key, entry = native
    return "".join(f"{line}\n" for line in yaml.lines({key: entry})).encode("utf-8", "replace")
