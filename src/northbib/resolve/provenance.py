"""Where the fields of a library's records come from, kept beside its files.

`.northbib/provenance.jsonl` has one line for each field that a source gave: the key of the record,
the field, its value as it was written, the source and the day. Lines are only ever added, and the
last one for a field counts; where the value in the library differs from it by now, a person has
edited the field, and it is theirs. The bibliographies themselves hold none of this.

A record is followed by its key, and by those that it had before, which rekeying and merging leave
as aliases (`ids`). The lines of a record that is removed stay, so that they are there again when
that is undone; a line without a field says that another work begins under the key.

A record that leaves the library may take its origins along in a field of its own, `provenance`,
which every format carries that carries such fields: `volume = registry:crossref, 2026-01-31,
3f2a9c1b; …`, the last being a sum of the value.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING

from northbib.errors import StoreError
from northbib.records import Date, fold, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from northbib.records import Record, Value
    from northbib.resolve.claims import Resolution

__all__ = [
    "FIELD",
    "MINE",
    "Origin",
    "Origins",
    "begin_anew",
    "origins_of",
    "read_origins",
    "same",
    "text_of_value",
    "was_edited",
    "with_origins",
    "write_origins",
]

FIELD = "provenance"
"""The field in which a record takes its origins along."""

MINE = "mine"
"""The source of a value that a person has kept, asked about another one."""

_FOLDER, _FILE = ".northbib", "provenance.jsonl"
_ALIASES = "ids"
_SIGNS = str.maketrans(";,=", "---")
_SUM = 8
_KEY = re.compile(rb'^\{"key": ("(?:[^"\\]|\\.)*")', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one field comes from.

    Attributes:
        key: The citation key of the record.
        field: A CSL variable.
        value: Its value when it was written, as one line of text; of an origin that came along with
            a record only the sum of it.
        source: Who said so (`registry:crossref`).
        day: The day on which it was said (ISO 8601), "" if it was read from a file.
    """

    key: str
    field: str
    value: str
    source: str
    day: str

    @property
    def is_decided(self) -> bool:
        """Whether a person has decided for this value where a source had another one."""
        return self.source == MINE

    def is_of(self, value: Value) -> bool:
        """Whether a value is the one that the source gave."""
        text = text_of_value(value)
        return self.value in (text, _sum(text))


class Origins:
    """The origins that a library knows.

    Args:
        lines: All of them, in the order in which they were written.
    """

    def __init__(self, lines: Iterable[Origin] = ()) -> None:
        self._by_key: dict[str, dict[str, Origin]] = {}
        for origin in lines:
            known = self._by_key.setdefault(origin.key.lower(), {})
            if origin.field:
                known[origin.field] = origin
            else:
                known.clear()

    def of(self, record: Record) -> dict[str, Origin]:
        """Give the origin of each field of a record, as far as one is known.

        Of several, that of the value which the record has counts; else the last under its own key.
        """
        found = _carried(record)
        for key in (*reversed(_keys_before(record)), record.key):
            for field, origin in self._by_key.get(key.lower(), {}).items():
                value, other = record.values.get(field), found.get(field)
                if other is None or value is None or origin.is_of(value) or not other.is_of(value):
                    found[field] = origin
        return found


def origins_of(key: str, resolution: Resolution, fields: Iterable[str]) -> list[Origin]:
    """Give the origins of some fields of a record that was resolved."""
    found = []
    for field in fields:
        claims, value = resolution.claims.get(field), resolution.record.values.get(field)
        if claims and value:
            found.append(Origin(key, field, text_of_value(value), claims[0].source, claims[0].day))
    return found


def write_origins(folder: Path, origins: Iterable[Origin]) -> None:
    """Add origins to those of the library in `folder`.

    Raises:
        StoreError: The file cannot be written.
    """
    rest = iter(origins)
    first = next(rest, None)
    if first is None:
        return
    path = folder / _FOLDER / _FILE
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("ab") as file:
            file.writelines(_line(origin) for origin in chain([first], rest))
    except OSError as error:
        raise StoreError(f"cannot be written: {error.strerror}", where=path) from error


def _line(origin: Origin) -> bytes:
    # Many are written, and `asdict` takes four times as long.
    fields = {name: getattr(origin, name) for name in Origin.__slots__}
    return (json.dumps(fields, ensure_ascii=False) + "\n").encode()


def begin_anew(folder: Path, keys: Iterable[str]) -> None:
    """Say that new works begin under some keys, where the library knows origins of older ones.

    Raises:
        StoreError: The file cannot be read or written.
    """
    known = {match[1].lower() for match in _KEY.finditer(_read(folder))}
    used = (key for key in keys if json.dumps(key, ensure_ascii=False).encode().lower() in known)
    write_origins(folder, (Origin(key, "", "", "", "") for key in used))


def read_origins(folder: Path) -> Origins:
    """Give the origins that the library in `folder` knows; what is not readable is passed over.

    Raises:
        StoreError: The file is there and cannot be read.
    """
    lines = _read(folder).decode("utf-8", "replace").split("\n")
    return Origins(origin for line in lines if (origin := _origin(line)) is not None)


def with_origins(record: Record, origins: Mapping[str, Origin]) -> Record:
    """Give a record that takes its origins along; those of fields that were edited stay behind."""
    parts = [
        f"{field} = {origin.source.translate(_SIGNS)}, {origin.day or '-'}, "
        f"{_sum(text_of_value(value))}"
        for field, origin in origins.items()
        if (value := record.values.get(field)) is not None and origin.is_of(value)
    ]
    extra = {name: text for name, text in record.extra.items() if name != FIELD}
    return record.replace(extra={**extra, FIELD: "; ".join(parts)} if parts else extra)


def _carried(record: Record) -> dict[str, Origin]:
    """Give the origins that a record has brought along."""
    found = {}
    for part in record.extra.get(FIELD, "").split(";"):
        field, _, rest = part.partition("=")
        source, _, dated = rest.partition(",")
        day, _, total = dated.partition(",")
        if total.strip():
            day = day.strip().strip("-")
            origin = Origin(record.key, field.strip(), total.strip(), source.strip(), day)
            found[origin.field] = origin
    return found


def _keys_before(record: Record) -> list[str]:
    return [key for each in record.extra.get(_ALIASES, "").split(",") if (key := each.strip())]


def _read(folder: Path) -> bytes:
    path = folder / _FOLDER / _FILE
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise StoreError(f"cannot be read: {error.strerror}", where=path) from error


def was_edited(record: Record, field: str, origin: Origin | None) -> bool:
    """Whether a person has changed a field since a source gave it."""
    value = record.values.get(field)
    return origin is not None and value is not None and not origin.is_of(value)


def same(one: Value, other: Value) -> bool:
    """Whether two values say the same, but for case, accents and punctuation."""
    if isinstance(one, Date) and isinstance(other, Date):
        return one == other
    return _bare(text_of_value(one)) == _bare(text_of_value(other))


def text_of_value(value: Value) -> str:
    """Give a value as one line of text."""
    if isinstance(value, tuple):
        return "; ".join(name.sort_form for name in value)
    return (value.literal or value.edtf()) if isinstance(value, Date) else plain(value)


def _origin(line: str) -> Origin | None:
    try:
        parts = json.loads(line)
        return Origin(**{name: str(parts[name]) for name in Origin.__slots__})
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _sum(text: str) -> str:
    # Of what counts in a value: other formats write dashes and accents in ways of their own.
    return sha256(_bare(text).encode()).hexdigest()[:_SUM]


def _bare(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())
