"""What is excepted from rules, in comments and in the settings, and whether there was need to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.findings import Finding
from northbib.library.checking.comments import comments_before
from northbib.library.rules import all_codes, rule
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.library.checking.choice import Choice
    from northbib.library.checking.subject import Sheet, Subject

__all__ = ["Exceptions"]


class Exceptions:
    """The exceptions of a library, and which of them have matched something."""

    def __init__(self, sheets: Sequence[Sheet], choice: Choice) -> None:
        self._choice = choice
        self._used: set[tuple[str, int | str, str]] = set()
        self._by_entry: dict[tuple[str, int], list[tuple[int, str]]] = {}
        for sheet in sheets:
            for entry_line, line, codes in comments_before(sheet):
                there = self._by_entry.setdefault((sheet.file, entry_line), [])
                there += [(line, code) for code in codes]

    def match(self, finding: Finding, subject: Subject | None) -> bool:
        """Whether a finding is excepted."""
        is_excepted = False
        file, line = finding.file or "", finding.line or 0
        entry_line = subject.entry.line if subject is not None else line
        for comment, code in self._by_entry.get((file, entry_line), ()):
            if code == finding.code:
                self._used.add((file, comment, code))
                is_excepted = True
        for pattern, code in self._choice.exceptions(finding.key or ""):
            if code == finding.code:
                self._used.add(("", pattern, code))
                is_excepted = True
        return is_excepted

    def unused(
        self, asked: set[str], places: set[tuple[str, int]], *, is_whole: bool
    ) -> Iterator[Finding]:
        """Give a finding for each exception that has matched nothing."""
        for (file, entry_line), codes in self._by_entry.items():
            for line, code in codes if is_whole or (file, entry_line) in places else ():
                if (file, line, code) not in self._used and _counts(code, asked):
                    yield _unused(code, "here", file, line)
        for pattern, names in self._choice.keys.items() if is_whole else ():
            for code in names:
                if ("", pattern, code) not in self._used and _counts(code, asked):
                    yield _unused(code, f"for {pattern}", self._choice.file, None)


def _counts(code: str, asked: set[str]) -> bool:
    return code in asked or code not in all_codes()


def _unused(code: str, where: str, file: str | None, line: int | None) -> Finding:
    is_known = code in all_codes()
    near = None if is_known else did_you_mean(code, all_codes())
    return Finding(
        code="unused-exception",
        severity=rule("unused-exception").severity,
        message=f"{code} finds nothing {where}" if is_known else f"no rule is called {code}",
        file=file,
        line=line,
        fix=near or "take the exception out",
    )
