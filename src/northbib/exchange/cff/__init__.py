"""Citation File Format: how a piece of software asks to be cited, and what it refers to.

Source: the schema guide of CFF 1.2.0. A file is about one work: software or data that comes first
is that work itself, any other work that comes first is its preferred citation, and what follows
are its references. Citation keys are identifiers, and notes of ours stand in `notes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from northbib.errors import InputError
from northbib.exchange import yaml
from northbib.exchange.cff.terms import (
    IN_BOOK,
    KEY,
    MEMBERS,
    NOBODY,
    OWN_TYPES,
    PEOPLE,
    PERSON,
    STATES,
    TEXTS,
    TOP,
    TYPE_OF,
    TYPES,
)
from northbib.exchange.cff.writing import encode
from northbib.exchange.keeping import is_kept, with_kept
from northbib.exchange.people import name_of
from northbib.findings import Finding
from northbib.records import Date, Name, Record
from northbib.records.identifiers import doi

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.records import Value

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]

_REQUIRED = ("cff-version", "message", "title", "authors")
_ENVELOPE = {"cff-version", "message", "title", "authors", "preferred-citation", "references"}
_MESSAGE = "If you use this work, please cite it as below."
_EXTRA = "cff-"
_ON_TOP = ("title", "authors", "abstract", "doi", "identifiers", "keywords", "url", "version")


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the work that a file is about, its preferred citation, and its references.

    What the schema asks for and is not there, and what it does not know, are findings.

    Raises:
        InputError: It is not YAML, or says neither its version nor a title.
    """
    top: dict[str, Any] = {}
    places: dict[str, int] = {}
    references = []
    for item in yaml.items(source, name, listed="references"):
        if isinstance(item, Finding):
            yield item
        elif item.key == "references" and item.value != "":
            references.append(item)
        else:
            top[item.key] = item.value
            places[item.key] = item.line
    if not top.keys() & {"cff-version", "title", "authors", "message"}:
        raise InputError("not a citation file: there is no cff-version and no title", where=name)
    yield from _findings(top, places, name)
    preferred = top.get("preferred-citation")
    if not _is_envelope(top, preferred) and top.get("title"):
        yield decode({**top, "type": top.get("type") or "software"})
    if isinstance(preferred, dict):
        yield decode(preferred)
    for item in references:
        if isinstance(item.value, dict):
            yield from _unknown(item.value, MEMBERS, item.line, name)
            yield decode(item.value)
        else:
            what = "a reference is no mapping"
            yield yaml.left_out(item, [item.value], "not-a-reference", what, name)


def _is_envelope(top: Mapping[str, Any], preferred: Any) -> bool:
    """Tell whether a file says nothing more of its work than its preferred citation does."""
    if not isinstance(preferred, dict) or not top.keys() <= _ENVELOPE:
        return False
    return all(top.get(name) == preferred.get(name) for name in ("title", "authors"))


def _findings(top: Mapping[str, Any], places: Mapping[str, int], name: str) -> Iterator[Finding]:
    for member in _REQUIRED:
        if not top.get(member):
            yield _finding("missing-member", f"a citation file needs {member}", name, 1)
    yield from _unknown(top, TOP, 0, name, places)
    released = top.get("date-released", "")
    if released and Date.parse(str(released)).literal:
        message = f"date-released is no date: {released}"
        yield _finding("bad-date", message, name, places.get("date-released", 0))
    if not isinstance(top.get("authors", []), list):
        yield _finding("bad-authors", "authors is no list", name, places.get("authors", 0))


def _unknown(
    node: Mapping[str, Any],
    known: frozenset[str],
    line: int,
    name: str,
    places: Mapping[str, int] | None = None,
) -> Iterator[Finding]:
    for member in node:
        if member not in known:
            place = (places or {}).get(member, line)
            yield _finding("unknown-member", f"{member} is not in CFF 1.2.0", name, place)


def _finding(code: str, message: str, name: str, line: int) -> Finding:
    return Finding(code=code, severity="warning", message=message, file=name, line=line or None)


def decode(native: dict[str, Any]) -> Record:
    """Give the record of a reference, or of the work that a file is about."""
    kind = TYPE_OF.get(str(native.get("type", "")).lower(), "document")
    if kind == "document" and _name_of(native.get("collection-title")):
        kind = "chapter"
    values: dict[str, Value] = {}
    for variable, member in TEXTS.items():
        values[variable] = _text(native.get(member))
    for variable, member in PEOPLE.items():
        values[variable] = _people(native.get(member))
    values["author"] = values["author"] or _people(native.get("senders"))
    if "-" in str(values["number-of-pages"]):
        values["page"] = values.pop("number-of-pages")
    ends = (_text(native.get("start")), _text(native.get("end")))
    values["page"] = "-".join(filter(None, ends)) or values.get("page", "")
    collection = _text(native.get("collection-title"))
    values["container-title"] = _text(native.get("journal"))
    if collection and not values["container-title"] and kind in IN_BOOK:
        values["container-title"] = collection
    else:
        values["collection-title"] = collection
    _put_bodies(values, native)
    _put_dates(values, native)
    values["status"] = {word: own for own, word in STATES.items()}.get(
        _text(native.get("status")), _text(native.get("status"))
    )
    values["language"] = next(iter(_texts(native.get("languages"))), "")
    values["license"] = ", ".join(_texts(native.get("license"))) or _text(native.get("license-url"))
    key = _put_identifiers(values, native)
    lines = str(native.get("notes", "")).split("\n")
    values["note"] = "\n".join(line for line in lines if line and not is_kept(line))
    found = {name: value for name, value in values.items() if value}
    topics = tuple(dict.fromkeys(_texts(native.get("keywords"))))
    return with_kept(Record(key, kind, found, topics, _extras(native)), lines)


def _text(value: Any) -> str:
    return "" if isinstance(value, (dict, list)) or value is None else str(value).strip()


def _texts(value: Any) -> list[str]:
    return [text for one in (value if isinstance(value, list) else [value]) if (text := _text(one))]


def _people(value: Any) -> tuple[Name, ...]:
    several = value if isinstance(value, list) else [value]
    names = tuple(filter(None, map(_person, several)))
    return () if names == (Name(literal=NOBODY),) else names


def _person(value: Any) -> Name | None:
    if not isinstance(value, dict):
        return name_of(str(value)) if value else None
    parts = {own: _text(value.get(member)) for own, member in PERSON.items()}
    if parts["family"]:
        return Name(**parts)
    literal = _text(value.get("name")) or parts["given"] or _text(value.get("alias"))
    return Name(literal=literal) if literal else None


def _name_of(value: Any) -> str:
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _place_of(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    place = ", ".join(filter(None, (_text(value.get(part)) for part in ("city", "region"))))
    return place or _text(value.get("location")) or _text(value.get("country"))


def _put_bodies(values: dict[str, Value], native: Mapping[str, Any]) -> None:
    for member in ("publisher", "institution"):
        body = native.get(member)
        values["publisher"] = values.get("publisher") or _name_of(body)
        values["publisher-place"] = values.get("publisher-place") or _place_of(body)
    if held := native.get("location"):
        values["archive"] = values["archive"] or _name_of(held)
        values["archive-place"] = _place_of(held)
    meeting = native.get("conference")
    values["event-title"] = _name_of(meeting)
    values["event-place"] = _place_of(meeting)
    if isinstance(meeting, dict) and (start := _text(meeting.get("date-start"))):
        end = _text(meeting.get("date-end"))
        values["event-date"] = Date.parse(start if end in ("", start) else f"{start}/{end}")


def _put_dates(values: dict[str, Value], native: Mapping[str, Any]) -> None:
    year, month = _text(native.get("year")), _text(native.get("month"))
    parts = [year, month.zfill(2)] if year and month.isdecimal() else [year]
    for text in (
        _text(native.get("date-published")),
        _text(native.get("date-released")),
        "-".join(parts),
        _text(native.get("issue-date")),
    ):
        if text and "issued" not in values:
            values["issued"] = Date.parse(text)
    for variable, member in (("accessed", "date-accessed"), ("original-date", "year-original")):
        if text := _text(native.get(member)):
            values[variable] = Date.parse(text)


def _put_identifiers(values: dict[str, Value], native: Mapping[str, Any]) -> str:
    if not doi(str(values["DOI"])):
        values["DOI"] = ""
    key = ""
    identifiers = native.get("identifiers")
    for one in identifiers if isinstance(identifiers, list) else []:
        if not isinstance(one, dict):
            continue
        kind, value = _text(one.get("type")), _text(one.get("value"))
        if _text(one.get("description")) == KEY:
            key = value
        elif kind in ("doi", "url"):
            values[kind.upper()] = values[kind.upper()] or value
    for member in ("repository-code", "repository", "repository-artifact"):
        values["URL"] = values["URL"] or _text(native.get(member))
    return key


def _extras(native: Mapping[str, Any]) -> dict[str, str]:
    """Give what CSL has no variable for."""
    extra = {}
    for member in ("commit", "scope", "department", "data-type", "term", "entry", "issue-title"):
        if text := _text(native.get(member)):
            extra[_EXTRA + member] = text
    if native.get("url") and (code := _text(native.get("repository-code"))):
        extra[_EXTRA + "repository-code"] = code
    return extra


def keep(native: dict[str, Any], lines: Sequence[str]) -> dict[str, Any]:
    """Put notes into `notes`, a line each."""
    said = [native["notes"]] if native.get("notes") else []
    return {**native, "notes": "\n".join((*said, *lines))}


def write(natives: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Write a file in UTF-8: the first work is what it is about, the others are references."""
    following = iter(natives)
    first = next(following, None)
    yield _lines({"cff-version": "1.2.0", "message": _MESSAGE})
    if first is None:
        return
    if _stands_on_top(first):
        yield _lines({**first, "type": TYPE_OF[first["type"]]})
    else:
        yield _lines({name: first[name] for name in ("title", "authors")})
        yield _lines({"preferred-citation": first})
    for number, native in enumerate(following):
        yield (b"" if number else b"references:\n") + _lines([native])


def _stands_on_top(native: Mapping[str, Any]) -> bool:
    """Tell whether a work can be what a file is about, with all that is said of it."""
    is_own = TYPE_OF.get(native["type"]) in OWN_TYPES
    return is_own and native.keys() <= {*_ON_TOP, "type", "date-released"}


def _lines(value: Any) -> bytes:
    return "".join(f"{line}\n" for line in yaml.lines(value)).encode("utf-8", "replace")
