"""Articles on disk: several in one run, all of them or none."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from northbib.embed.encoding import decode
from northbib.embed.lines import Lines
from northbib.embed.markups import EXTENSIONS, Markup, markup_of
from northbib.embed.needs import Needs
from northbib.embed.paths import Named
from northbib.embed.pending import Pending
from northbib.embed.refreshing import RefreshedSection, refresh_with
from northbib.embed.rendering import Library, ListMaker
from northbib.embed.shown import Oblivion, Shower
from northbib.errors import ArticleError, NorthbibError, NotFoundError, StoreError, UsageError
from northbib.findings import Finding
from northbib.library.disk.files import file_error, read_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from northbib.embed.remembering import Remembered

__all__ = ["Articles", "Embedded", "embed_files", "finding_of", "together"]

_AT_ONCE = 256
_ESCAPED = {"\r\n": "\\r\\n", "\r": "\\r", "\n": "\\n", "": ""}
_CODES: dict[type[NorthbibError], str] = {
    NotFoundError: "no-such-article",
    UsageError: "unknown-markup",
}


@dataclass(frozen=True, slots=True)
class Embedded:
    """What became of one article.

    Attributes:
        name: The article's path, as it was given.
        sections: Its sections in their order.
        findings: What is worth knowing and did not stand in the way.
        before: Its bytes as they were found; None where they need not be read.
        after: Its bytes with all sections up to date; None where they need not be read.
        error: What kept it from being refreshed.
    """

    name: str
    sections: Sequence[RefreshedSection] = ()
    findings: tuple[Finding, ...] = ()
    before: bytes | None = None
    after: bytes | None = None
    error: NorthbibError | None = None

    @property
    def path(self) -> Path:
        """The article."""
        return Path(self.name)

    @property
    def changed(self) -> bool:
        """Whether a section was not up to date."""
        return self.before != self.after

    @property
    def edited(self) -> bool:
        """Whether a section was edited by hand, and stays so."""
        return any(section.edited for section in self.sections)

    @property
    def diff(self) -> str:
        """A unified diff with LF line ends, "" if nothing changed.

        Where nothing but line ends changed, they are shown as backslash escapes.
        """
        if not self.changed:
            return ""
        before, after = (self._lines(data or b"") for data in (self.before, self.after))
        if [line for line, _ in before] == [line for line, _ in after]:
            old, new = ([line + _ESCAPED[end] for line, end in lines] for lines in (before, after))
        else:
            old, new = ([line for line, _ in lines] for lines in (before, after))
        lines = difflib.unified_diff(old, new, self.name, self.name, lineterm="")
        return "".join(f"{line}\n" for line in lines)

    def _lines(self, data: bytes) -> list[tuple[str, str]]:
        """Give the lines with their line ends apart."""
        declared = markup_of(self.path) == "html"
        lines = Lines(decode(data, str(self.path), declared=declared).text).pairs()
        # What comes after the last line end is no line if it is nothing.
        return lines[:-1] if lines[-1] == ("", "") else lines


class Articles:
    """A run over articles: they are refreshed one by one, and written in the end.

    As a context, what is not written by its end is given up.
    """

    def __init__(
        self,
        library: Library,
        styles: Sequence[Path] = (),
        *,
        remembered: Remembered | None = None,
        force: bool = False,
    ) -> None:
        """Begin a run.

        Args:
            library: Where the records are; a `northbib.library.Store`.
            styles: Folders to look in for a style before those that are installed.
            remembered: What earlier runs have found out, if that is to be used.
            force: Whether sections are written that somebody edited by hand.
        """
        memory = Oblivion() if remembered is None else remembered.cache
        self._shower = Shower(ListMaker(library, styles), Needs(styles), memory)
        self._remembered = remembered
        self._force = force
        self._pending = Pending()
        self._seen: set[object] = set()

    def __enter__(self) -> Articles:
        return self

    def __exit__(self, *_: object) -> None:
        self._pending.close()
        if self._remembered is not None:
            self._remembered.save(self._shower)
            self._remembered.cache.close()

    def refresh(self, articles: Iterable[Named], *, hold: bool = True) -> Iterator[Embedded]:
        """Refresh articles; a file that comes twice is one article.

        Args:
            articles: The articles. One that is not named itself is left out if it has no section.
            hold: Whether `write` is to write those that change.

        Raises:
            StoreError: The library cannot be read, or there is no room for temporary files.
        """
        rest = iter(articles)
        while some := list(islice(rest, _AT_ONCE)):
            if self._remembered is not None:
                self._remembered.look_up(each.path for each in some)
            for each in some:
                result = self._refreshed(each)
                if result is None:
                    continue
                if hold and result.changed:
                    self._pending.add(result.path, result.before or b"", result.after or b"")
                yield result
            if self._remembered is not None and self._remembered.cache.is_full:
                self._remembered.save(self._shower)

    def write(self) -> Iterator[tuple[Path, Finding | None]]:
        """Write the articles that change, each all or nothing.

        Returns:
            The articles; with a finding, those that stay as another program saved them meanwhile.

        Raises:
            StoreError: One cannot be written. If none may be, none is.
        """
        return self._pending.write()

    def _refreshed(self, named: Named) -> Embedded | None:
        name = named.path
        try:
            markup = _markup(name)
            status = _status(name)
            if (place := _identity(name, status)) in self._seen:
                return None
            self._seen.add(place)
            result = self._known(name, status, markup) or self._embedded(name, status, markup)
        except StoreError as error:
            if str(error.where) != str(Path(name)):
                raise
            return Embedded(name, error=error)
        except NorthbibError as error:
            return Embedded(name, error=error)
        return result if result.sections or named.is_meant else None

    def _known(self, name: str, status: os.stat_result, markup: Markup) -> Embedded | None:
        if self._remembered is None or self._force:
            return None
        known = self._remembered.known(name, status, markup, self._shower)
        return None if known is None else Embedded(name, *known)

    def _embedded(self, name: str, status: os.stat_result, markup: Markup) -> Embedded:
        data = read_snapshot(Path(name)).data or b""
        found = refresh_with(self._shower, data, name, markup, force=self._force)
        result = Embedded(name, found.sections, found.findings, data, found.data)
        if self._remembered is not None and not result.changed and not result.edited:
            self._remembered.keep(name, status, data, found)
        return result


def embed_files(
    paths: Iterable[Path | str],
    library: Library,
    *,
    write: bool,
    styles: Sequence[Path] = (),
    force: bool = False,
) -> list[Embedded]:
    """Refresh articles; a path that comes twice is one article.

    Args:
        paths: The articles; their names say in which markup they are.
        library: Where the records are; a `northbib.library.Store`.
        write: Whether to write the articles that change, each all or nothing.
        styles: Folders to look in for a style before those that are installed.
        force: Whether sections are written that somebody edited by hand.

    Raises:
        NorthbibError: An article is not there, cannot be read, is in no markup that is known, or
            has a fault in a section. All faults of all articles are in its `findings`, or it is
            the only one; nothing was written then.
        StoreError: The library cannot be read, or an article cannot be written.
    """
    with Articles(library, styles, force=force) as articles:
        named = (Named(str(path), is_meant=True) for path in paths)
        done = list(articles.refresh(named, hold=write))
        errors = [result.error for result in done if result.error is not None]
        if errors:
            raise together(errors)
        late = {path: finding for path, finding in articles.write() if finding is not None}
    return [_with(result, late.get(result.path)) for result in done]


def _with(result: Embedded, finding: Finding | None) -> Embedded:
    return replace(result, findings=(*result.findings, finding)) if finding else result


def _markup(name: str) -> Markup:
    ending = os.path.splitext(name)[1].lower()  # noqa: PTH122 - a site has thousands
    return EXTENSIONS.get(ending) or markup_of(name)


def _status(path: str) -> os.stat_result:
    try:
        return os.stat(path)  # noqa: PTH116 - a site has thousands
    except FileNotFoundError as error:
        what, hint = "there is no such article", None
        if os.path.islink(path):  # noqa: PTH114
            what, hint = "this link leads to no article", "mend the link, or delete it"
        raise NotFoundError(what, where=path, hint=hint) from error
    except OSError as error:
        raise file_error(error, Path(path), "read") from error


def _identity(path: str, status: os.stat_result) -> object:
    """Tell one file from another; what has several names on the disk is a file by each of them."""
    if status.st_nlink == 1 and status.st_ino:
        return status.st_dev, status.st_ino
    return os.path.realpath(path)


def together(errors: Sequence[NorthbibError]) -> NorthbibError:
    """Make one error of the errors of several articles."""
    if len(errors) == 1:
        return errors[0]
    findings = [finding for error in errors for finding in error.findings or (finding_of(error),)]
    kinds = {type(error) for error in errors}
    kind = kinds.pop() if len(kinds) == 1 else ArticleError
    return kind(f"there are faults in {len(errors)} articles", findings=findings)


def finding_of(error: NorthbibError) -> Finding:
    """Give an error as a finding."""
    return Finding(
        code=_CODES.get(type(error), "unreadable-article"),
        severity="error",
        message=error.message,
        file=None if error.where is None else str(error.where),
        line=error.line,
        fix=error.hint,
    )
