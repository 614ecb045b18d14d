"""What is wrong with a library: every rule asked of every entry, but for what is excepted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from northbib.findings import Finding
from northbib.library.checking.choice import Choice
from northbib.library.checking.exceptions import Exceptions
from northbib.library.checking.subject import Sheet, Shelf, Subject
from northbib.library.rules import all_codes
from northbib.progress import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from northbib.library.checking.rule import Edits, Fault, Rule
    from northbib.library.store import Store

__all__ = ["Checked", "Found", "check", "entries_at", "inspect", "places", "reported"]


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and what puts it right.

    Attributes:
        finding: The finding.
        subject: The entry that it is about; None for a file as a whole.
        edits: The edits of that entry; empty where only a person can.
    """

    finding: Finding
    subject: Subject | None = None
    edits: Edits | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What came out of a check.

    Attributes:
        found: Everything that was found, file by file and line by line.
        rules: The rules that were asked.
        entries: How many entries were looked at.
    """

    found: tuple[Found, ...]
    rules: tuple[Rule, ...]
    entries: int

    @property
    def findings(self) -> list[Finding]:
        """The findings alone."""
        return [each.finding for each in self.found]


def check(store: Store, query: str = "", choice: Choice | None = None) -> Checked:
    """Look for what is wrong with a library.

    Args:
        store: The library.
        query: Which records to look at, "" for all; then only what is said of their entries counts.
        choice: Which rules to ask, and what is excepted.

    Raises:
        UsageError: The query makes no sense.
        NotFoundError: It names a bibliography that is not there.
        StoreError: The library cannot be read.
    """
    return inspect(store, places(store, query), choice or Choice())


def places(store: Store, query: str) -> frozenset[tuple[str, str]] | None:
    """Give file and key of the records that a query finds; None for all, if it is "".

    Raises:
        UsageError: The query makes no sense.
        NotFoundError: It names a bibliography that is not there.
        StoreError: The library cannot be read.
    """
    if not query:
        return None
    return frozenset((str(each.file), each.record.key) for each in store.find(query))


def inspect(store: Store, wanted: frozenset[tuple[str, str]] | None, choice: Choice) -> Checked:
    """Look for what is wrong with the entries at some places of a library, or with all of it.

    Args:
        store: The library; what was changed in its documents and not yet written counts.
        wanted: As `places` gives them.
        choice: Which rules to ask, and what is excepted.

    Raises:
        StoreError: The library cannot be read.
    """
    shelf, subjects = entries_at(store, wanted)
    rules = choice.rules()
    found = [*_asked(rules, shelf, subjects), *_read(store, rules, subjects, wanted)]
    found = _without_excepted(found, shelf.sheets, subjects, choice, is_whole=wanted is None)
    return Checked(_in_order(found, shelf, choice), tuple(rules), len(subjects))


def entries_at(
    store: Store, wanted: frozenset[tuple[str, str]] | None
) -> tuple[Shelf, list[Subject]]:
    """Give the entries at some places of a library, or all of them, and all that there are.

    Raises:
        StoreError: The library cannot be read.
    """
    sheets = [Sheet(str(each.file), each.document) for each in store.bibliographies.values()]
    shelf = Shelf(sheets)
    places = ((each.sheet.file, each.key) for each in shelf.subjects)
    chosen = zip(shelf.subjects, places, strict=True)
    return shelf, [each for each, place in chosen if wanted is None or place in wanted]


def reported(
    faults: Iterable[tuple[Rule, Subject, Fault]], shelf: Shelf, choice: Choice
) -> tuple[Found, ...]:
    """Give faults that were found in another way as a check gives its own.

    Args:
        faults: The faults, each with its rule and its entry.
        shelf: The library.
        choice: What is excepted, and how much each rule weighs.
    """
    exceptions = Exceptions(shelf.sheets, choice)
    found = (_found(rule, subject, fault) for rule, subject, fault in faults)
    left = [each for each in found if not exceptions.match(each.finding, each.subject)]
    return _in_order(left, shelf, choice)


def _in_order(found: Iterable[Found], shelf: Shelf, choice: Choice) -> tuple[Found, ...]:
    order = {sheet.file: index for index, sheet in enumerate(shelf.sheets)}
    weighed = [_weighed(each, choice) for each in found]
    return tuple(sorted(weighed, key=lambda each: _order(each.finding, order)))


def _order(finding: Finding, files: dict[str, int]) -> tuple[int, str, int, int, str]:
    file = finding.file or ""
    place = (finding.line or 0, finding.column or 0, finding.code)
    return (files.get(file, len(files)), file, *place)


def _asked(rules: Sequence[Rule], shelf: Shelf, subjects: Sequence[Subject]) -> Iterator[Found]:
    """Ask the rules, of each entry and of all together."""
    by_entry = [(each, each.entry) for each in rules if each.entry is not None]
    for subject in counted(subjects, "checking"):
        for asked, find in by_entry:
            for fault in find(subject):
                yield _found(asked, subject, fault)
    chosen = set(subjects)
    for asked in rules:
        for subject, fault in asked.library(shelf.subjects) if asked.library else ():
            if subject in chosen:
                yield _found(asked, subject, fault)


def _found(asked: Rule, subject: Subject, fault: Fault) -> Found:
    line, column = subject.place(fault.field, fault.repeat)
    finding = Finding(
        code=asked.code,
        severity=asked.severity,
        message=f"{subject.key}: {fault.message}",
        file=subject.sheet.file,
        line=line,
        column=column,
        key=subject.key,
        fix=fault.advice,
    )
    return Found(finding, subject, fault.edits)


def _read(
    store: Store,
    rules: Sequence[Rule],
    subjects: Sequence[Subject],
    wanted: frozenset[tuple[str, str]] | None,
) -> Iterator[Found]:
    """Give what the reader of BibTeX found, but for what rules of ours look for themselves."""
    passed = set(all_codes()) - {each.code for each in rules if each.is_read}
    by_place = {(each.sheet.file, each.key): each for each in reversed(subjects)}
    for bibliography in store.bibliographies.values():
        for finding in bibliography.problems:
            place = (finding.file or "", finding.key or "")
            if finding.code not in passed and (wanted is None or place in wanted):
                yield Found(finding, by_place.get(place))


def _weighed(found: Found, choice: Choice) -> Found:
    severity = choice.severity.get(found.finding.code)
    if severity is None:
        return found
    return replace(found, finding=replace(found.finding, severity=severity))


def _without_excepted(
    found: Iterable[Found],
    sheets: Sequence[Sheet],
    subjects: Sequence[Subject],
    choice: Choice,
    *,
    is_whole: bool,
) -> list[Found]:
    """Leave out what is excepted, and add the exceptions that match nothing."""
    exceptions = Exceptions(sheets, choice)
    left = [each for each in found if not exceptions.match(each.finding, each.subject)]
    places = {(each.sheet.file, each.entry.line) for each in subjects}
    asked = {each.code for each in choice.rules()}
    if "unused-exception" in asked:
        left += map(Found, exceptions.unused(asked, places, is_whole=is_whole))
    return left
