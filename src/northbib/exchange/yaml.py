"""YAML from outside, read as hostile and item by item; and YAML to write.

Every scalar is read as the text that it is written as, so that a version `1.10` stays one and no
tag makes an object. Tags beside those of the core schema are refused, and what aliases may unfold
to is bounded, as are depth and the length of an item. A control character, which YAML does not
allow (5.1), costs no more than itself: it is read as a space. Source: YAML 1.2.2.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from northbib.errors import InputError
from northbib.exchange.protocol import Rejected
from northbib.exchange.text_files import as_utf_8
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

__all__ = ["Item", "Value", "items", "left_out", "lines", "scalar"]

Value = Any
"""Text, a list of values or a dict of them; to be written, also a whole number."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 40
_MOST_UNFOLDED = 100_000
_LONGEST_ITEM = 1 << 24
_CORE_TAG = re.compile(r"!|tag:yaml\.org,2002:(?:str|int|float|bool|null|timestamp|map|seq)")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_RESERVED = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})
_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.;/()'’+–-]*[\w.;/()'’+])?")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_CONTROL = re.compile(
    rb"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x84\x86-\x9f]|\xef\xbf[\xbe\xbf]"
)
"""What a YAML stream may not hold (5.1), in UTF-8."""

_BREAKS = tuple(sign.encode() for sign in "\x85\u2028\u2029")
"""What ends a line in YAML 1.1, as the parser has it, and no more in 1.2 (5.4)."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Item:
    """A member of the mapping, or of the list, that a document is.

    Attributes:
        key: Its name; for a member of a list the name of that, "" where the document is the list.
        value: What it holds.
        line: Where it begins.
    """

    key: str
    value: Value
    line: int


class _FaultError(Exception):
    """What is wrong with a document, and in which line."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def items(source: BinaryIO, name: str, *, listed: str = "") -> Iterator[Item | Finding]:
    """Give the members of the first document of a file, each when all of it has been read.

    Args:
        source: The YAML.
        name: Path of the file, for findings.
        listed: Name of a member whose own members are given, if it is a list.

    Returns:
        The members in their order, then what is to be said of them. A file that breaks off yields
        what is whole, then an error as a finding.

    Raises:
        InputError: There is a fault before the first member, or the document is neither a mapping
            nor a list.
    """
    limited = _Limited(source)
    reader = _Reader(limited)
    is_begun = False
    try:
        for item in reader.items(listed):
            is_begun = True
            limited.left = _LONGEST_ITEM
            yield item
        yield from _strange(limited, reader.line, name)
    except (yaml.YAMLError, _FaultError) as error:
        message, line = _said(error)
        if not is_begun:
            raise InputError(message, where=name, line=line) from error
        yield Finding(
            code="broken-yaml",
            severity="error",
            message=f"{message}; what stands before was read",
            file=name,
            line=line,
        )


def _strange(limited: _Limited, last: int, name: str) -> Iterator[Finding]:
    """Say where the first control character stands, if it is in the document and not behind it."""
    if 0 < limited.strange <= last:
        yield Finding(
            code="control-character",
            severity="warning",
            message="YAML allows no control characters: read as a space",
            file=name,
            line=limited.strange,
            fix="take it out, or write it as an escape in double quotes",
        )


def _said(error: yaml.YAMLError | _FaultError) -> tuple[str, int | None]:
    if isinstance(error, _FaultError):
        return str(error), error.line or None
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
    return f"not YAML: {problem}", mark.line + 1 if mark else None


class _Limited:
    """A file of which no more is given than one item may take, until `left` is set again.

    Attributes:
        left: How many bytes may still come.
        strange: The line of the first control character, 0 if there is none.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._source = as_utf_8(source)
        self._lines = 0
        self.left = _LONGEST_ITEM
        self.strange = 0

    def read(self, size: int = 1 << 16) -> bytes:
        # Up to the end of a line, so that no character is cut in two.
        data = self._source.read(size) + self._source.readline(_LONGEST_ITEM)
        self.left -= len(data)
        if self.left < 0:
            raise _FaultError(f"an item of more than {_LONGEST_ITEM >> 20} MB is no record", 0)
        if not self.strange and (found := _CONTROL.search(data)):
            self.strange = self._lines + data.count(b"\n", 0, found.start()) + 1
        self._lines += data.count(b"\n")
        for sign in _BREAKS:
            data = data.replace(sign, b" ")
        return _CONTROL.sub(b" ", data) if self.strange else data


class _Reader:
    """Builds values from the events of a parser; holds what anchors stand for.

    Attributes:
        line: The line on which the document ends, once it has been read.
    """

    def __init__(self, source: _Limited) -> None:
        self._events = yaml.parse(source, Loader=_LOADER)
        self.line = 0
        self._anchors: dict[str, tuple[Value, int]] = {}
        self._size = 0
        self._unfolded = 0

    def items(self, listed: str) -> Iterator[Item]:
        event = next(self._events)
        while isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
            event = next(self._events)
        if isinstance(event, yaml.SequenceStartEvent):
            yield from self._members("")
        elif isinstance(event, yaml.MappingStartEvent):
            yield from self._pairs(listed)
        elif not isinstance(event, yaml.StreamEndEvent):
            raise _FaultError("the document is neither a mapping nor a list", _line(event))

    def _pairs(self, listed: str) -> Iterator[Item]:
        for event in iter(lambda: next(self._events), None):
            if isinstance(event, yaml.MappingEndEvent):
                self.line = _line(event)
                return
            key = self._key(event)
            value = next(self._events)
            if listed and key == listed and isinstance(value, yaml.SequenceStartEvent):
                yield from self._members(key)
            else:
                yield Item(key, self._value(value, 1), _line(event))

    def _members(self, key: str) -> Iterator[Item]:
        for event in iter(lambda: next(self._events), None):
            if isinstance(event, yaml.SequenceEndEvent):
                self.line = _line(event)
                return
            yield Item(key, self._value(event, 1), _line(event))

    def _key(self, event: Any) -> str:
        key = self._value(event, 1)
        if not isinstance(key, str):
            raise _FaultError("the name of a member is no text", _line(event))
        return key

    def _value(self, event: Any, depth: int) -> Value:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if event.tag and not _CORE_TAG.fullmatch(event.tag):
            raise _FaultError(f"the tag {event.tag} is not read", _line(event))
        if depth > _DEEPEST:
            raise _FaultError("nested too deeply to be a record", _line(event))
        before = self._size
        self._size += 1
        value = self._built(event, depth)
        if event.anchor:
            self._anchors[event.anchor] = (value, self._size - before)
        return value

    def _built(self, event: Any, depth: int) -> Value:
        if isinstance(event, yaml.ScalarEvent):
            return "" if event.implicit[0] and event.value in _NULLS else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            members: list[Value] = []
            while not isinstance(inner := next(self._events), yaml.SequenceEndEvent):
                members.append(self._value(inner, depth + 1))
            return members
        mapping: dict[str, Value] = {}
        while not isinstance(inner := next(self._events), yaml.MappingEndEvent):
            key = self._key(inner)
            value = self._value(next(self._events), depth + 1)
            if key == "<<" and isinstance(value, dict):
                mapping = {**value, **mapping}
            else:
                mapping[key] = value
        return mapping

    def _alias(self, event: Any) -> Value:
        if event.anchor not in self._anchors:
            raise _FaultError(f"nothing whole is called &{event.anchor}", _line(event))
        value, size = self._anchors[event.anchor]
        self._size += size
        self._unfolded += size
        if self._unfolded > _MOST_UNFOLDED:
            raise _FaultError("its aliases unfold to more than any bibliography", _line(event))
        return value


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def left_out(item: Item, value: Value, code: str, what: str, name: str) -> Rejected:
    """Reject an item that is no record.

    Args:
        item: The item.
        value: What is kept of it for a person to mend.
        code: The code of the finding.
        what: What it is, in words.
        name: Path of the file as the user gave it.
    """
    finding = Finding(
        code=code,
        severity="error",
        message=f"{what} and was left out",
        file=name,
        line=item.line,
    )
    return Rejected(finding, "\n".join(lines(value)).encode())


def lines(value: Value, indent: str = "") -> Iterator[str]:
    """Write a list or a dict as lines in block style, without their ends."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _led(f"{indent}{scalar(str(key))}:", member, indent)
    else:
        for member in value:
            if isinstance(member, (dict, list)) and member:
                inner = list(lines(member, f"{indent}  "))
                yield f"{indent}- {inner[0].lstrip(' ')}"
                yield from inner[1:]
            else:
                yield f"{indent}- {scalar(member)}"


def _led(head: str, member: Value, indent: str) -> Iterator[str]:
    if isinstance(member, (dict, list)) and member:
        yield head
        yield from lines(member, f"{indent}  ")
    else:
        yield f"{head} {scalar(member)}"


def scalar(value: Value) -> str:
    """Write a text or a whole number; a text that could be anything else is quoted."""
    if isinstance(value, (dict, list)):
        return "{}" if isinstance(value, dict) else "[]"
    if not isinstance(value, str):
        return str(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    quoted = json.dumps(_SURROGATE.sub("\ufffd", value), ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
