"""A run of `embed` over articles: what it says, and the status that it ends with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from northbib.cli.reporting import print_report
from northbib.cli.session import FOUND, note, report
from northbib.embed.files import Articles, finding_of, together
from northbib.embed.paths import named
from northbib.embed.remembering import Remembered
from northbib.errors import StoreError
from northbib.findings import Finding
from northbib.progress import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.cli.session import Session
    from northbib.embed.files import Embedded
    from northbib.errors import NorthbibError
    from northbib.library import Store

__all__ = ["Wishes", "refresh"]


_LONG = 60


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a run is to do.

    Attributes:
        names: Articles, folders and patterns.
        mends: The command that writes what a check finds.
        check: Whether nothing is written, and a report says what would change.
        diff: Whether nothing is written, and differences are shown.
        force: Whether sections that were edited by hand are written as well.
        form: The form of the report.
        goes_on: Whether articles are written though others have faults, and nothing is said of
            what is up to date: for a watch, during which somebody types.
    """

    names: tuple[str, ...]
    mends: str
    check: bool = False
    diff: bool = False
    force: bool = False
    form: str = "text"
    goes_on: bool = False


@dataclass(slots=True)
class _Tally:
    """What a run has come by so far."""

    articles: int = 0
    sections: int = 0
    stale: int = 0
    edited: int = 0
    last: str = ""
    errors: list[NorthbibError] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def take(self, result: Embedded) -> None:
        if result.error is not None:
            self.errors.append(result.error)
            return
        self.articles += 1
        self.sections += len(result.sections)
        if result.before is not None:
            self.stale += sum(section.changed for section in result.sections)
            self.edited += sum(section.edited for section in result.sections)
        self.last = result.name

    def sentence(self, done: str) -> str:
        """Say how many sections there are, and what became of them."""
        where = self.last if self.articles == 1 else f"{_count(self.articles, 'article')}"
        if not self.stale and not self.edited:
            return f"{where}: {_count(self.sections, 'section')} up to date"
        parts = {done: self.stale, "edited by hand": self.edited}
        parts["up to date"] = self.sections - self.stale - self.edited
        told = ", ".join(f"{number:,} {what}" for what, number in parts.items() if number)
        return f"{where}: {_count(self.sections, 'section')}, {told}"


def refresh(session: Session, wishes: Wishes, library: Store | None = None) -> int:
    """Refresh articles, or check them; give the exit status.

    Args:
        session: The run of the command line.
        wishes: What to do.
        library: The library, if it is not the session's.

    Raises:
        NorthbibError: An article has faults and nothing was written, or the library has.
    """
    store = session.silent_store if library is None else library
    remembered = Remembered(store, session.styles)
    try:
        _check_library(session, remembered)
    except BaseException:
        remembered.cache.close()
        raise
    with Articles(store, session.styles, remembered=remembered, force=wishes.force) as articles:
        tally = _Tally()
        results = _results(articles, wishes, tally)
        if wishes.check:
            return _checked(results, wishes, tally)
        if wishes.diff:
            return _shown(results, tally)
        return _written(results, articles, wishes, tally)


def _check_library(session: Session, remembered: Remembered) -> None:
    """Refuse a library of which a part cannot be read: its works would vanish from the articles."""
    problems = remembered.problems()
    session.report(problems)
    faults = [found for found in problems if found.severity == "error"]
    if faults:
        raise StoreError(
            f"{_count(len(faults), 'fault')} keep this library from being read whole",
            where=session.path,
            hint="mend what is named above first; no article was written",
        )


def _results(articles: Articles, wishes: Wishes, tally: _Tally) -> Iterator[Embedded]:
    writes = not (wishes.check or wishes.diff)
    files = counted(list(named(wishes.names)), "refreshing")
    for result in articles.refresh(files, hold=writes):
        tally.take(result)
        yield result


def _checked(results: Iterator[Embedded], wishes: Wishes, tally: _Tally) -> int:
    """Report what would change, and all that is wrong."""
    for result in results:
        if result.before is None and not result.findings and result.error is None:
            continue
        found = _findings(result, wishes)
        if wishes.form == "text":
            print_report("text", found)
        else:
            tally.findings += found
    if wishes.form != "text":
        print_report(wishes.form, tally.findings)
    status = FOUND if tally.stale or tally.edited else 0
    if wishes.form == "text" and (tally.articles or not tally.errors):
        click.echo(tally.sentence("would change"), err=bool(status or tally.errors))
    if tally.stale:
        note(f"to refresh: {wishes.mends}")
    return together(tally.errors).exit_status if tally.errors else status


def _findings(result: Embedded, wishes: Wishes) -> list[Finding]:
    """Give what a check says of an article."""
    if result.error is not None:
        return list(result.error.findings) or [finding_of(result.error)]
    stale = [
        Finding(
            code="stale-section",
            severity="error",
            message=f"this section would change: `{_cut(section.words)}`",
            file=result.name,
            line=section.line,
            fix=f"to refresh it: {wishes.mends}",
        )
        for section in result.sections
        if section.changed
    ]
    found = [*stale, *_worth_saying(result, wishes)]
    return sorted(found, key=lambda finding: finding.line or 0)


def _worth_saying(result: Embedded, wishes: Wishes) -> list[Finding]:
    """Leave out that an article has no section, unless it is the only one that was named."""
    is_one = len(wishes.names) == 1
    return [found for found in result.findings if is_one or found.code != "no-sections"]


def _shown(results: Iterator[Embedded], tally: _Tally) -> int:
    """Show what would change."""
    for result in results:
        report(result.findings)
        click.echo(result.diff, nl=False)
    if tally.errors:
        raise together(tally.errors)
    return FOUND if tally.stale or tally.edited else 0


def _written(results: Iterator[Embedded], articles: Articles, wishes: Wishes, tally: _Tally) -> int:
    """Write what changes, and say so."""
    written: dict[str, int] = {}
    for result in results:
        report(_worth_saying(result, wishes))
        if result.changed:
            stale = sum(section.changed for section in result.sections)
            written[str(result.path)] = stale
    if tally.errors and not wishes.goes_on:
        raise together(tally.errors)
    kept = 0
    for path, finding in articles.write():
        if finding is None:
            click.echo(f"{path}: {_count(written[str(path)], 'section')} written")
        else:
            report([finding])
            kept += 1
    if not wishes.goes_on and tally.articles != 1:
        note(tally.sentence("written"))
    elif not wishes.goes_on and not written:
        click.echo(tally.sentence("written"))
    if tally.errors:
        raise together(tally.errors)
    return FOUND if tally.edited or kept else 0


def _cut(words: str) -> str:
    """Cut words off where they get long."""
    return words if len(words) <= _LONG else f"{words[:_LONG]}…"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
