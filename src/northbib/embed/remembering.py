"""Which articles are up to date, told without reading them where that is sure."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, overload

from northbib.embed.article import Article
from northbib.embed.cache import Cache, Row, findings_of, text_of
from northbib.embed.comments import Comment
from northbib.embed.markers import BEGIN, Marker, words_of
from northbib.embed.request import asked
from northbib.embed.states import LibraryState, digest_of, settled_stamp_of, stamp_of
from northbib.embed.writing import RefreshedSection
from northbib.errors import NorthbibError
from northbib.library.disk.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.embed.markups import Markup
    from northbib.embed.refreshing import Refreshed
    from northbib.embed.request import Request
    from northbib.embed.shown import Shower
    from northbib.findings import Finding
    from northbib.library import Store

__all__ = ["Remembered"]

_NOTHING = "[]"
_NOWHERE = Comment(start=0, end=0, body=0, text="", indent="")

Known = tuple[Sequence[RefreshedSection], tuple["Finding", ...]]
"""The sections of an article that is up to date, and what is worth knowing of it."""


class Remembered:
    """What is known of articles from earlier runs, with a library in the state that it is in now.

    Attributes:
        cache: Where it is kept.
    """

    def __init__(self, library: Store, styles: Sequence[Path] = ()) -> None:
        """Look at the state of a library, of which nothing has been read yet.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        self.cache = Cache(library.root, styles)
        self._library = library
        self._state = LibraryState(library, self.cache)
        self._here = os.getcwd()  # noqa: PTH109 - to put paths after it, which may be any
        self._rows: dict[str, Row] = {}
        self._held: dict[str, bool] = {}

    def problems(self) -> tuple[Finding, ...]:
        """Give what is wrong with the library.

        Raises:
            StoreError: It cannot be read.
        """
        known = self.cache.problems(self._state.digest)
        if known is None:
            known = self._library.problems
            self.cache.keep_problems(self._state.digest, known)
        return known

    def look_up(self, paths: Iterable[str]) -> None:
        """Have at hand what is known of some articles, and no longer of others."""
        self._rows = self.cache.rows([self._place(path) for path in paths])

    def known(
        self, path: str, status: os.stat_result, markup: Markup, shower: Shower
    ) -> Known | None:
        """Give an article that was up to date and still is; None where that is not sure.

        Args:
            path: Its path.
            status: Its status from before it is read.
            markup: Its markup.
            shower: Tells what a list would show now, where the library has changed.
        """
        place = self._place(path)
        row = self._rows.get(place)
        if row is None:
            return None
        if stamp_of(status) != row.stamp:
            if digest_of(read_bytes(Path(path))) != row.digest:
                return None
            row = row._replace(stamp=settled_stamp_of(status))
        try:
            if not self._is_same(path, row, markup, shower):
                return None
            findings = _findings(row, path)
        except (ValueError, TypeError, KeyError):
            return None
        if row != self._rows[place] or row.library != self._state.digest:
            self.cache.keep_row(place, row._replace(library=self._state.digest))
        return _Sections(row), findings

    def keep(self, path: str, status: os.stat_result, data: bytes, found: Refreshed) -> None:
        """Remember an article that is up to date.

        Args:
            path: Its path.
            status: Its status from before it was read.
            data: Its bytes.
            found: What is known of it.
        """
        sections = [
            (section.line, section.words, section.entries, name.hex())
            for section, (_, name) in zip(found.sections, found.requests, strict=True)
        ]
        findings = (replace(each, file=None) for each in found.findings)
        row = Row(
            stamp=settled_stamp_of(status),
            digest=digest_of(data),
            library=self._state.digest,
            needs=json.dumps(found.needs),
            number=len(sections),
            sections=json.dumps(sections),
            findings=text_of(findings),
        )
        self.cache.keep_row(self._place(path), row)

    def save(self, shower: Shower) -> None:
        """Write down what is new, if nothing changed while it was found out."""
        if not self.cache.has_news:
            return
        if self._state.is_as_it_was() and shower.needs.are_as_they_were():
            self.cache.save()
        else:
            self.cache.forget()

    def _place(self, path: str) -> str:
        """Give what an article goes by: its path as it was given, and from where."""
        return f"{self._here}\x1f{path}".encode("utf-8", "backslashreplace").decode()

    def _is_same(self, path: str, row: Row, markup: Markup, shower: Shower) -> bool:
        """Tell whether all that an article's lists are made of is as it was."""
        held = self._held.get(row.needs)
        if held is None:
            held = self._held[row.needs] = shower.needs.hold(json.loads(row.needs))
        if not held or row.library == self._state.digest:
            return held
        return self._shows_the_same(Article.read(b"", path, markup), row, shower)

    def _shows_the_same(self, article: Article, row: Row, shower: Shower) -> bool:
        """Tell whether an article's lists would be made of the same now, as far as that is sure.

        Args:
            article: The article, without its text: where a list depends on what the text cites,
                nothing is sure.
            row: What is remembered of it.
            shower: Tells what a list would show.
        """
        listed: list[str] = []
        grouped = 0
        for _, words, _, name in json.loads(row.sections):
            marker = Marker(BEGIN, words_of(words), _NOWHERE)
            found = asked(article, marker, shower.maker.styles, listed, grouped)
            shown = self.cache.shown(bytes.fromhex(name))
            if shown is None or found.faults or _name(found.request, shower) != shown.name:
                return False
            listed += shown.keys
            grouped += bool(found.request.spec.group)
        return True


def _name(request: Request, shower: Shower) -> bytes:
    """Give the digest of a list as it would be made now, b"" if it would not."""
    try:
        return shower.name(request)
    except NorthbibError:
        return b""


def _findings(row: Row, path: str) -> tuple[Finding, ...]:
    if row.findings == _NOTHING:
        return ()
    return tuple(replace(each, file=path) for each in findings_of(row.findings))


class _Sections(Sequence[RefreshedSection]):
    """The sections of a row, which are read when one is asked for: mostly their number is."""

    def __init__(self, row: Row) -> None:
        self._row = row

    def __len__(self) -> int:
        return self._row.number

    @overload
    def __getitem__(self, index: int) -> RefreshedSection: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[RefreshedSection]: ...
    def __getitem__(self, index: int | slice) -> RefreshedSection | Sequence[RefreshedSection]:
        rows = json.loads(self._row.sections)
        return tuple(
            RefreshedSection(line, words, changed=False, entries=entries)
            for line, words, entries, _ in rows
        )[index]
