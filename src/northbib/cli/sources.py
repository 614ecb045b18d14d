"""What `render` reads: files, standard input, bibliographies, queries."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from northbib.errors import InputError, NotFoundError
from northbib.exchange import FORMATS, read
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.cli.session import Session
    from northbib.records import Record

__all__ = ["looks_like_file", "read_input", "records_of"]


def records_of(
    session: Session, sources: Sequence[str], format_name: str | None
) -> tuple[Record, ...]:
    """Give the records of all sources in their order, a record that comes twice once.

    Words that name no file, bibliography or key make one query together, whose records come last.

    Raises:
        NotFoundError: A file is not there, or nothing in the library answers to the words.
        InputError: A file cannot be read.
    """
    found: dict[str, Record] = {}
    query: list[str] = []
    for source in sources:
        if source == "-" or Path(source).is_file() or looks_like_file(source):
            records = _from_file(session, source, format_name)
        elif source in session.store.bibliographies:
            records = [stored.record for stored in session.store.find(f'in:"{source}"')]
        elif any(stored.record.key == source for stored in session.store.all()):
            records = [session.store.get(source).record]
        else:
            query.append(source)
            continue
        found.update((record.key, record) for record in records if record.key not in found)
    if query:
        found.update((r.key, r) for r in _from_query(session, query) if r.key not in found)
    return tuple(found.values())


def read_input(name: str) -> bytes:
    """Read a file, or standard input for `-`.

    Raises:
        NotFoundError: The file is not there.
        InputError: The system does not let us read it.
    """
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError("there is no such file", where=name) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"cannot be read: {reason}", where=name) from error


def looks_like_file(source: str) -> bool:
    """Whether a word can only be meant as the name of a file, be it there or not."""
    extensions = {extension for entry in FORMATS.values() for extension in entry.extensions}
    return PurePath(source).suffix.lower() in extensions and "://" not in source


def _from_file(session: Session, source: str, format_name: str | None) -> Sequence[Record]:
    reading = read(read_input(source), "<stdin>" if source == "-" else source, format_name)
    session.report(reading.findings)
    return reading.records


def _from_query(session: Session, words: Sequence[str]) -> Sequence[Record]:
    query = " ".join(words)
    found = session.store.find(query)
    if not found:
        there = session.store.bibliographies
        raise NotFoundError(
            f"no file, bibliography or record in {session.path} answers to {query}",
            hint=did_you_mean(query, there) or f"bibliographies: {', '.join(there) or 'none'}",
        )
    return [stored.record for stored in found]
