"""Where the fields of a library's records come from, kept beside its files.

`.northbib/provenance.jsonl` has one line for each field that a source gave: the key of the record,
the field, its value as it was written, the source and the day. Lines are only ever added, and the
last one for a field counts; where the value in the library differs from it by now, a person has
edited the field, and it is theirs. The bibliographies themselves hold none of this.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from northbib.errors import StoreError
from northbib.records import Date, fold, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from northbib.records import Record, Value
    from northbib.resolve.claims import Resolution

__all__ = [
    "Origin",
    "origins_of",
    "read_origins",
    "same",
    "text_of_value",
    "was_edited",
    "write_origins",
]

_FOLDER, _FILE = ".northbib", "provenance.jsonl"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one field comes from.

    Attributes:
        key: The citation key of the record.
        field: A CSL variable.
        value: Its value when it was written, as one line of text.
        source: Who said so (`registry:crossref`).
        day: The day on which it was said (ISO 8601), "" if it was read from a file.
    """

    key: str
    field: str
    value: str
    source: str
    day: str


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
    lines = [json.dumps(asdict(origin), ensure_ascii=False) + "\n" for origin in origins]
    if not lines:
        return
    path = folder / _FOLDER / _FILE
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("ab") as file:
            file.write("".join(lines).encode())
    except OSError as error:
        raise StoreError(f"cannot be written: {error.strerror}", where=path) from error


def read_origins(folder: Path) -> Mapping[tuple[str, str], Origin]:
    """Give the last origin for each key and field; what is not readable is passed over.

    Raises:
        StoreError: The file is there and cannot be read.
    """
    path = folder / _FOLDER / _FILE
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StoreError(f"cannot be read: {error.strerror}", where=path) from error
    origins = (_origin(line) for line in data.decode("utf-8", "replace").splitlines())
    return {(o.key, o.field): o for o in origins if o is not None}


def was_edited(record: Record, field: str, origin: Origin | None) -> bool:
    """Whether a person has changed a field since a source gave it."""
    value = record.values.get(field)
    return origin is not None and value is not None and text_of_value(value) != origin.value


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


def _bare(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())
