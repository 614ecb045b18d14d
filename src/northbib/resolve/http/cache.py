"""Answers kept on disk, so that nobody is asked twice for the same.

A cache is a convenience: one that cannot be read or written is said so once, and done without. It
holds what came, never what was sent: no keys, no e-mail addresses, no cookies.
"""

from __future__ import annotations

import json
import sqlite3
import struct
import zlib
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from requests_cache.backends.sqlite import SQLiteDict

from northbib.findings import Finding
from northbib.resolve.http.results import Redirect, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from northbib.resolve.http.results import Keep

__all__ = ["Cache", "Kept", "lifetime"]

_DAY = 86_400.0
_LIFETIMES: dict[Keep, float] = {
    "agency": 180 * _DAY,
    "record": 30 * _DAY,
    "page": 7 * _DAY,
    "news": 7 * _DAY,
    "never": 0.0,
}
_MISSING_FOR = _DAY
_MISSING = frozenset({404, 410})
_FORGOTTEN_AFTER = 365 * _DAY
_BUSY_SECONDS = 2.0
_PRIVATE_HEADERS = frozenset({"set-cookie", "set-cookie2", "www-authenticate", "authorization"})
_HEAD = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer from the cache.

    Attributes:
        response: The answer.
        fetched: When it came, in seconds since 1970.
        expires: Until when it is taken without asking again.
    """

    response: Response
    fetched: float
    expires: float


def lifetime(keep: Keep, status: int) -> float:
    """Give the seconds for which an answer is kept; 0 for not at all."""
    if keep == "never":
        return 0.0
    if 200 <= status < 300:
        return _LIFETIMES[keep]
    return _MISSING_FOR if status in _MISSING else 0.0


class Cache:
    """A file of answers.

    Args:
        path: The file; None for a cache that keeps nothing.
        notice: Is told when the file is of no use.
    """

    def __init__(self, path: Path | None, notice: Callable[[Finding], None]) -> None:
        self._path = path
        self._notice = notice
        self._lock = Lock()
        self._answers: _Answers | None = None
        if path is not None:
            self._open(path)

    def get(self, key: str) -> Kept | None:
        """Give what is kept under `key`, however old; None if nothing is."""
        with self._lock:
            if self._answers is None:
                return None
            try:
                return _read(self._answers[key])
            except KeyError:
                return None
            except (sqlite3.Error, ValueError, zlib.error) as error:
                self._give_up(error)
                return None

    def put(self, key: str, kept: Kept) -> None:
        """Keep an answer under `key`."""
        with self._lock:
            if self._answers is not None:
                try:
                    self._answers[key] = _Written(_written(kept), int(kept.expires))
                except sqlite3.Error as error:
                    self._give_up(error)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._answers is not None:
                self._answers.shut()
                self._answers = None

    def forget(self, wall: float) -> None:
        """Forget what ran out long ago."""
        with self._lock:
            if self._answers is not None:
                try:
                    self._answers.forget(int(wall - _FORGOTTEN_AFTER))
                except sqlite3.Error as error:
                    self._give_up(error)

    def _open(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._answers = _Answers(path)
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        answers, self._answers = self._answers, None
        if answers is not None:
            answers.shut()
        busy = isinstance(error, sqlite3.OperationalError) and "locked" in str(error)
        self._notice(
            Finding(
                code="cache-not-used",
                severity="warning",
                message="the cache of answers is "
                + ("in use by another program" if busy else "not usable")
                + "; this run does without it",
                file=str(self._path),
                fix="try again later" if busy else "delete it, or set NORTHBIB_CACHE to a file",
            )
        )


@dataclass(frozen=True, slots=True)
class _Written:
    data: bytes
    expires: int


class _Answers(SQLiteDict):
    """The table of requests-cache, with writes that fail, where its own would wait for ever."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            table_name="answers",
            serializer=None,
            wal=True,
            busy_timeout=int(_BUSY_SECONDS * 1000),
        )

    def init_db(self) -> None:
        """Make the table."""
        self._do(
            "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, value BLOB, expires INTEGER)"
        )
        self._do("CREATE INDEX IF NOT EXISTS answers_expires ON answers(expires)")

    def __setitem__(self, key: str, value: _Written) -> None:
        self._do("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", key, value.data, value.expires)

    def shut(self) -> None:
        """Close the file."""
        super().close()  # type: ignore[no-untyped-call]

    def forget(self, before: int) -> None:
        """Delete what ran out before that moment."""
        self._do("DELETE FROM answers WHERE expires < ?", before)

    def _do(self, statement: str, *values: Any) -> None:
        with self.connection() as connection:
            connection.execute(statement, values)
            connection.commit()


def _written(kept: Kept) -> bytes:
    response = kept.response
    headers = {n: v for n, v in response.headers.items() if n not in _PRIVATE_HEADERS}
    head = json.dumps(
        [
            *(response.url, response.status, headers, kept.fetched, kept.expires),
            [list(step) for step in response.redirects],
        ],
        ensure_ascii=True,
    ).encode()
    return _HEAD.pack(len(head)) + head + zlib.compress(response.body, 1)


def _read(data: object) -> Kept:
    if not isinstance(data, bytes) or len(data) < _HEAD.size:
        raise ValueError("not an answer")
    start = _HEAD.size
    end = start + _HEAD.unpack(data[:start])[0]
    head = json.loads(data[start:end])
    if not isinstance(head, list) or len(head) < 5 or not isinstance(head[2], dict):
        raise ValueError("not an answer")
    url, status, headers, fetched, expires, *steps = head
    body = zlib.decompress(data[end:])
    redirects = tuple(_steps(steps[0] if steps else []))
    response = Response(str(url), int(status), body, headers, redirects)
    return Kept(response, float(fetched), float(expires))


def _steps(steps: object) -> Iterator[Redirect]:
    for step in steps if isinstance(steps, list) else ():
        if not isinstance(step, list) or len(step) != 2:
            raise ValueError("not an answer")
        yield Redirect(int(step[0]), str(step[1]))
