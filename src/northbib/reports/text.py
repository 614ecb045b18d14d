"""Findings for people: a line each, with the code and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from northbib.findings import Finding, Severity
    from northbib.reports import Help

__all__ = ["line", "write"]


def write(findings: Sequence[Finding], rules: Sequence[Help]) -> str:  # noqa: ARG001
    """Give `file:line:column: severity: message; fix [code]`, a line for each finding."""
    return "".join(f"{line(finding)}\n" for finding in findings)


def line(finding: Finding, paint: Callable[[Severity], str] = str) -> str:
    """Give the line of one finding.

    Args:
        finding: The finding.
        paint: Gives the word for its severity, in colour where there is one.
    """
    place = ":".join(str(part) for part in (finding.file, finding.line, finding.column) if part)
    head = f"{place}: " if place else ""
    tail = f"; {finding.fix}" if finding.fix else ""
    return f"{head}{paint(finding.severity)}: {finding.message}{tail} [{finding.code}]"
