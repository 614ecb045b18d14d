"""Every error that northbib raises on purpose.

    NorthbibError                something could not be done (status 1)
    ├── UsageError               the request itself makes no sense (status 2)
    ├── InputError               a file, style or page could not be read or written (status 3)
    │   ├── StyleError           a citation style that is not usable CSL
    │   ├── ArticleError         markers in an article that do not pair up, or name unknown things
    │   └── StoreError           a bibliography that could not be read, locked or written
    ├── NotFoundError            a key, bibliography, style or file that is not there (status 4)
    ├── ConflictError            a record that would overwrite another one (status 1)
    └── NetworkError             a host that did not answer, or answered with an error (status 5)

Each carries the exit status of the command line, where it happened and what to do next, so that a
caller can show it in one sentence and a script can act on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from northbib.findings import Finding

__all__ = [
    "ArticleError",
    "ConflictError",
    "InputError",
    "NetworkError",
    "NorthbibError",
    "NotFoundError",
    "StoreError",
    "StyleError",
    "UsageError",
]


class NorthbibError(Exception):
    """Base of all errors; catch this one to catch them all.

    Args:
        message: One clause that says what is wrong, without a full stop at its end.
        where: A file or URL that the message is about.
        line: The line in that file, counted from 1.
        hint: What to do next, as one clause.
        findings: Further faults of the same run, each with a place of its own.
    """

    exit_status: ClassVar[int] = 1

    def __init__(
        self,
        message: str,
        *,
        where: Path | str | None = None,
        line: int | None = None,
        hint: str | None = None,
        findings: Iterable[Finding] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.line = line
        self.hint = hint
        self.findings = tuple(findings)

    def __str__(self) -> str:
        """Give the whole sentence: `where:line: message: hint`."""
        place = "" if self.where is None else f"{self.where}: "
        if place and self.line is not None:
            place = f"{self.where}:{self.line}: "
        hint = "" if self.hint is None else f"; {self.hint}"
        return f"{place}{self.message}{hint}"


class UsageError(NorthbibError):
    """The request makes no sense: an unknown option, markup, field or query word."""

    exit_status = 2


class InputError(NorthbibError):
    """Something could not be read or written."""

    exit_status = 3


class StyleError(InputError):
    """A citation style is not well-formed XML, not CSL, or refers to what it does not have."""


class ArticleError(InputError):
    """An article has markers that do not pair up, or that name unknown keys, styles or options."""


class StoreError(InputError):
    """A bibliography could not be read, locked or written; its file is as it was."""


class NotFoundError(NorthbibError):
    """A key, bibliography, style, locale or file is not there."""

    exit_status = 4


class ConflictError(NorthbibError):
    """A record was not saved, since it would take the place of another."""


class NetworkError(NorthbibError):
    """A host could not be reached, or answered with an error."""

    exit_status = 5
