"""Files of tagged lines: their text, line by line, whatever they are encoded in.

RIS, refer, nbib and the exports of Web of Science are all such files.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.exchange.text_files import as_text
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

__all__ = [
    "ENTITY",
    "Fields",
    "Lines",
    "all_of",
    "cut_off",
    "first_of",
    "grouped",
    "joined",
    "numbered_lines",
    "one_line",
    "with_signs",
]

Fields = tuple[tuple[str, str], ...]
"""A record as its lines have it: tags and values, in their order."""

ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][\da-fA-F]{2,6}|[A-Za-z]\w{1,30});")
"""What stands for a sign in HTML."""

_LONGEST_LINE = 1 << 22
_PIECE = 1 << 16


def numbered_lines(
    source: BinaryIO, name: str, told: list[Finding] | None = None
) -> Iterator[tuple[int, str]]:
    """Give the lines of a file with their numbers from 1, without their ends (LF, CR LF or CR).

    Args:
        source: The bytes of the file.
        name: Its path as the user gave it.
        told: Is given what is to be said of the file: that it has signs without a meaning.

    Raises:
        InputError: A line is longer than any record.
    """
    text = as_text(source)
    number, rest = 0, ""
    while piece := text.read(_PIECE):
        if "\0" in piece and told is not None:
            if not told:
                before = piece[: piece.index("\0")]
                told.append(_damaged(name, number + 1 + before.count("\n")))
            piece = piece.replace("\0", "")
        # To cut a piece of many lines takes a fraction of the time of asking for each.
        *lines, rest = (rest + piece).split("\n")
        for line in lines:
            number += 1
            yield number, line
        if len(rest) >= _LONGEST_LINE:
            raise InputError(
                f"a line of more than {_LONGEST_LINE >> 20} MB is no part of a record",
                where=name,
                line=number + 1,
            )
    if rest:
        yield number + 1, rest


def _damaged(name: str, line: int) -> Finding:
    return Finding(
        code="null-bytes",
        severity="warning",
        message="bytes of 0 stand in the text, and were left out: the file may be damaged",
        file=name,
        line=line,
    )


def cut_off(end: str, name: str, line: int) -> Finding:
    """Say that the last record of a file has no end.

    Args:
        end: The tag that ends a record.
        name: The path of the file.
        line: Where the record begins.
    """
    return Finding(
        code="cut-off",
        severity="warning",
        message=f"no {end} stands behind the last record: the file may have been cut off",
        file=name,
        line=line,
    )


class Lines:
    """The lines of a record as they come; a value goes on in lines that have no tag."""

    __slots__ = ("_values",)

    def __init__(self) -> None:
        self._values: list[tuple[str, list[str]]] = []

    def __bool__(self) -> bool:
        return bool(self._values)

    def begin(self, tag: str, value: str) -> None:
        """Begin a value."""
        self._values.append((tag, [value]))

    def go_on(self, line: str) -> None:
        """Go on with the last value; an empty line, or one before any tag, says nothing."""
        if self._values and line.strip():
            self._values[-1][1].append(line)

    def taken(self, between: str = "\n") -> Fields:
        """Give the record, and begin another."""
        fields = tuple(
            [
                (tag, between.join(filter(None, map(str.strip, parts))))
                if parts[1:]
                else (tag, parts[0].strip())
                for tag, parts in self._values
            ]
        )
        self._values = []
        return fields


def joined(
    runs: Iterable[Fields | Finding], begin: str, titles: frozenset[str]
) -> Iterator[Fields | Finding]:
    """Put the runs of tags between blank lines together to records; findings pass as they are.

    A record may have blank lines in it. Another begins with the tag that each has, and where there
    is another title; with each run as long as no such tag has been seen.

    Args:
        runs: The runs, in their order.
        begin: The tag that a record has once.
        titles: Tags of titles.
    """
    record: list[tuple[str, str]] = []
    is_named = False
    for run in runs:
        if isinstance(run, Finding):
            yield run
            continue
        tags = {tag for tag, _ in run}
        is_named = is_named or begin in tags
        is_titled = not titles.isdisjoint(tags) and any(tag in titles for tag, _ in record)
        if record and (begin in tags or is_titled or not is_named):
            yield tuple(record)
            record = []
        record += run
    if record:
        yield tuple(record)


def with_signs(native: Fields) -> Fields:
    """Give the lines with the signs that entities of HTML stand for."""
    for _, value in native:
        if "&" in value:
            return tuple([(tag, ENTITY.sub(_sign, value)) for tag, value in native])
    return native


def _sign(entity: re.Match[str]) -> str:
    return unescape(entity[0])


def one_line(text: str) -> str:
    """Give a text as it can stand in one line: line breaks become spaces."""
    if text.isprintable():
        return text.strip()
    return " ".join(text.split()) if text.splitlines()[1:] else text.strip()


def first_of(fields: Fields, *tags: str) -> str:
    """Give the first value that is not empty, of the first of the tags that has one."""
    for tag in tags:
        for name, value in fields:
            if name == tag and value:
                return value
    return ""


def all_of(fields: Fields, *tags: str) -> list[str]:
    """Give the values of tags in their order, without the empty ones."""
    return [value for name, value in fields if name in tags and value]


def grouped(fields: Fields) -> dict[str, list[str]]:
    """Give the values of each tag in their order, without the empty ones."""
    groups: dict[str, list[str]] = {}
    for tag, value in fields:
        if not value:
            continue
        if tag in groups:
            groups[tag].append(value)
        else:
            groups[tag] = [value]
    return groups
