"""Articles on disk: several in one run, all of them or none."""

from __future__ import annotations

import difflib
import errno
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from northbib.embed.encoding import decode
from northbib.embed.lines import Lines
from northbib.embed.markups import Markup, markup_of
from northbib.embed.refresh import RefreshedSection, refresh_with
from northbib.embed.rendering import Library, ListMaker
from northbib.errors import ArticleError, NorthbibError, NotFoundError, UsageError
from northbib.findings import Finding
from northbib.library.disk.files import file_error, may_write, read_bytes, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Embedded", "embed_files"]

_ESCAPED = {"\r\n": "\\r\\n", "\r": "\\r", "\n": "\\n", "": ""}
_CODES: dict[type[NorthbibError], str] = {
    NotFoundError: "no-such-article",
    UsageError: "unknown-markup",
}


@dataclass(frozen=True, slots=True)
class Embedded:
    """What became of one article.

    Attributes:
        path: The article, as it was given.
        before: Its bytes as they were found.
        after: Its bytes with all sections up to date.
        sections: Its sections in their order.
        findings: What is worth knowing and did not stand in the way.
    """

    path: Path
    before: bytes
    after: bytes
    sections: tuple[RefreshedSection, ...]
    findings: tuple[Finding, ...]

    @property
    def changed(self) -> bool:
        """Whether a section was not up to date."""
        return self.before != self.after

    @property
    def diff(self) -> str:
        """A unified diff with LF line ends, "" if nothing changed.

        Where nothing but line ends changed, they are shown as backslash escapes.
        """
        if not self.changed:
            return ""
        before, after = (self._lines(data) for data in (self.before, self.after))
        if [line for line, _ in before] == [line for line, _ in after]:
            old, new = ([line + _ESCAPED[end] for line, end in lines] for lines in (before, after))
        else:
            old, new = ([line for line, _ in lines] for lines in (before, after))
        name = str(self.path)
        lines = difflib.unified_diff(old, new, name, name, lineterm="")
        return "".join(f"{line}\n" for line in lines)

    def _lines(self, data: bytes) -> list[tuple[str, str]]:
        """Give the lines with their line ends apart."""
        declared = markup_of(self.path) == "html"
        return Lines(decode(data, str(self.path), declared=declared).text).pairs()


def embed_files(
    paths: Iterable[Path | str], library: Library, *, write: bool, styles: Sequence[Path] = ()
) -> list[Embedded]:
    """Refresh articles; a path that comes twice is one article.

    Args:
        paths: The articles; their names say in which markup they are.
        library: Where the records are; a `northbib.library.Store`.
        write: Whether to write the articles that change, each all or nothing.
        styles: Folders to look in for a style before those that are installed.

    Raises:
        NorthbibError: An article is not there, cannot be read, is in no markup that is known, or
            has a fault in a section. All faults of all articles are in its `findings`, or it is
            the only one; nothing was written then.
        StoreError: The library cannot be read, or an article cannot be written.
    """
    maker = ListMaker(library, styles)
    done: list[Embedded] = []
    errors: list[NorthbibError] = []
    for path in dict.fromkeys(Path(path) for path in paths):
        try:
            markup, data = markup_of(path), _read(path)
        except NorthbibError as error:
            errors.append(error)
            continue
        try:
            done.append(_embed(path, markup, data, maker))
        except ArticleError as error:
            errors.append(error)
    if errors:
        raise _together(errors)
    if write:
        _write([result for result in done if result.changed])
    return done


def _embed(path: Path, markup: Markup, data: bytes, maker: ListMaker) -> Embedded:
    found = refresh_with(maker, data, str(path), markup)
    return Embedded(path, data, found.data, found.sections, found.findings)


def _read(path: Path) -> bytes:
    if not path.exists():
        raise NotFoundError("there is no such article", where=path)
    return read_bytes(path)


def _write(changed: Sequence[Embedded]) -> None:
    """Write articles, none of them if one may not be written."""
    for result in changed:
        if not may_write(result.path):
            refused = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            raise file_error(refused, result.path, "written")
    for result in changed:
        write_atomically(result.path, result.after)


def _together(errors: Sequence[NorthbibError]) -> NorthbibError:
    """Make one error of the errors of several articles."""
    if len(errors) == 1:
        return errors[0]
    findings = [finding for error in errors for finding in error.findings or (_finding(error),)]
    kinds = {type(error) for error in errors}
    kind = kinds.pop() if len(kinds) == 1 else ArticleError
    return kind(f"there are faults in {len(errors)} articles", findings=findings)


def _finding(error: NorthbibError) -> Finding:
    return Finding(
        code=_CODES.get(type(error), "unreadable-article"),
        severity="error",
        message=error.message,
        file=None if error.where is None else str(error.where),
        line=error.line,
        fix=error.hint,
    )
