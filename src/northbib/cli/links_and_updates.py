"""What `check` does with --links and --updates: ask the network, report, and write what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.cli.checking import print_found, say_mended
from northbib.cli.fetching import fetching_settings
from northbib.cli.reporting import summed_up
from northbib.cli.session import FOUND, note, report
from northbib.errors import NetworkError
from northbib.library.mending import mend_found
from northbib.resolve.watching.watch import Wishes, left_over, watch

if TYPE_CHECKING:
    from northbib.cli.session import Session
    from northbib.library.checking.choice import Choice
    from northbib.resolve.watching.watch import Watched

__all__ = ["Wishes", "watch_over"]


def watch_over(
    session: Session, query: str, choice: Choice, wishes: Wishes, *, fix: bool, form: str
) -> int:
    """Watch over the links or updates of records, and give the exit status.

    Args:
        session: The library.
        query: Which records to look at, "" for all.
        choice: Which rules to ask, and what is excepted.
        wishes: What to watch over.
        fix: Whether to write new addresses and archived copies.
        form: The form of the report.

    Raises:
        NetworkError: Nobody could be reached; the report is printed all the same.
    """
    store = session.silent_store
    seen = watch(store, query, choice, fetching_settings(), wishes)
    report(seen.notices)
    found = seen.found
    status = 0
    if fix:
        mended = mend_found(store, found, "check --fix")
        status = say_mended(session, mended)
        if mended.change is not None:
            found = left_over(store, seen, mended.findings, choice)
    findings = print_found(form, found, seen.rules)
    if form == "text":
        note(_summed_up(summed_up(findings, seen.entries, "entry", "entries"), seen, wishes))
    if not seen.is_online:
        raise NetworkError(
            "nobody could be reached, so nothing was checked", hint="is this machine online?"
        )
    return FOUND if found or seen.leaves_gaps else status


def _summed_up(line: str, seen: Watched, wishes: Wishes) -> str:
    parts = [line]
    if wishes.links:
        parts.append(_checked(seen.addresses, seen.unchecked_addresses, "address", "addresses"))
    if wishes.updates:
        parts.append(_checked(seen.works, seen.unchecked_works, "work", "works"))
        if seen.nameless:
            without = "entry has" if seen.nameless == 1 else "entries have"
            parts.append(f"{seen.nameless} {without} no DOI, arXiv id or ISBN to ask by")
    return "; ".join(parts)


def _checked(count: int, unchecked: int, noun: str, plural: str) -> str:
    if not count:
        return f"no {plural}"
    counted = f"{count} {noun if count == 1 else plural}"
    return f"{counted}, {unchecked} unchecked" if unchecked else f"{counted}, all checked"
