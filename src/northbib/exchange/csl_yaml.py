"""CSL-YAML: the items of CSL-JSON as pandoc keeps them in YAML, also on top of an article.

Source: pandoc's manual, "Specifying bibliographic data": a list `references`, dates in EDTF, and
text in pandoc's Markdown. A file may be the list alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from northbib.errors import InputError
from northbib.exchange import csl_json, yaml
from northbib.exchange.pandoc_text import read_markdown, written_markdown
from northbib.exchange.people import name_of
from northbib.exchange.protocol import framed
from northbib.findings import Finding
from northbib.records import Date
from northbib.records.vocabulary import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.records import Record

__all__ = ["decode", "encode", "keep", "read", "write"]

_LIST = "references"
_AS_THEY_ARE = frozenset({"id", "type", "language", "citation-key", "custom"})
_WHOLE_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the list `references` of a file or of the front matter of an article, or a bare list.

    Raises:
        InputError: It is not YAML, or there is no such list.
    """
    is_csl = False
    for item in yaml.items(source, name, listed=_LIST):
        if isinstance(item, Finding):
            yield item
        elif item.key in ("", _LIST):
            is_csl = True
            if isinstance(item.value, dict):
                yield from csl_json.told_of_type(item.value, name, item.line)
                yield decode(item.value)
            elif item.value != "":
                what = "a reference is no mapping of variables"
                yield yaml.left_out(item, [item.value], "not-an-item", what, name)
    if not is_csl:
        raise InputError("not CSL-YAML: there is no list of references", where=name)


def decode(native: dict[str, Any]) -> Record:
    """Give the record of a reference."""
    item = {name: _read(name, value) for name, value in native.items() if value not in ("", [], {})}
    return csl_json.decode(item)


def _read(variable: str, value: Any) -> Any:
    if variable in _AS_THEY_ARE:
        return value
    if variable in DATE_VARIABLES:
        return _read_date(value)
    if variable in NAME_VARIABLES:
        return [_read_name(name) for name in (value if isinstance(value, list) else [value])]
    if isinstance(value, list):
        return ", ".join(read_markdown(str(one)) for one in value if not isinstance(one, dict))
    return read_markdown(str(value)) if isinstance(value, (str, int)) else None


def _read_name(name: Any) -> dict[str, str]:
    if not isinstance(name, dict):
        return name_of(read_markdown(str(name))).to_csl()
    if isinstance(name.get("name"), str):
        name = {"literal": name["name"]}
    return {part: read_markdown(value) for part, value in name.items() if isinstance(value, str)}


def _read_date(value: Any) -> dict[str, Any]:
    """Read a date as EDTF, as CSL-JSON has it, or as pandoc had it: years, months, days by name."""
    if isinstance(value, (str, int)):
        return Date.parse(str(value)).to_csl()
    days = value if isinstance(value, list) else [value]
    if days and all(isinstance(day, dict) and "year" in day for day in days):
        parts = [[day.get(part, 0) for part in ("year", "month", "day")] for day in days[:2]]
        more = {name: days[0][name] for name in ("season", "circa") if days[0].get(name)}
        return {"date-parts": parts, **more}
    return value if isinstance(value, dict) else {}


def encode(record: Record) -> dict[str, Any]:
    """Give the reference of a record; it holds all of it."""
    item = csl_json.item_of(record)
    return {name: _written(name, value, record) for name, value in item.items()}


def _written(variable: str, value: Any, record: Record) -> Any:
    if variable in _AS_THEY_ARE:
        return value
    if variable in DATE_VARIABLES:
        return _written_date(record.date(variable))
    if variable in NAME_VARIABLES:
        return [{part: written_markdown(text) for part, text in name.items()} for name in value]
    if variable in NUMBER_VARIABLES and _WHOLE_NUMBER.fullmatch(value):
        return int(value)
    return written_markdown(value)


def _written_date(date: Date | None) -> Any:
    if date is None or date.literal:
        return {} if date is None else {"literal": date.literal}
    text = date.edtf()
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else text


def keep(native: dict[str, Any], lines: Sequence[str]) -> dict[str, Any]:
    """Put notes into `custom`, the member that CSL leaves to each program."""
    return csl_json.keep(native, lines)


def write(natives: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Write a file in UTF-8 that pandoc takes as a bibliography, or in front of an article."""
    return framed(map(_source, natives), b"---\nreferences:\n", b"", b"...\n")


def _source(native: dict[str, Any]) -> bytes:
    return "".join(f"{line}\n" for line in yaml.lines([native])).encode("utf-8", "replace")
