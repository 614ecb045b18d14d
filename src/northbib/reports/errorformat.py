r"""Findings for editors: `file:line:column: severity: message [code]`.

It is the form of the GNU Coding Standards, "Formatting Error Messages", which Emacs and reviewdog
know. Vim: `set errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:%c:\ %tnfo:\ %m`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.findings import Finding
    from northbib.reports import Help

__all__ = ["write"]


def write(findings: Sequence[Finding], rules: Sequence[Help]) -> str:  # noqa: ARG001
    """Give a line for each finding; a place that is not known is line 1, column 1."""
    return "".join(f"{_line(finding)}\n" for finding in findings)


def _line(finding: Finding) -> str:
    place = f"{finding.file or '-'}:{finding.line or 1}:{finding.column or 1}"
    message = " ".join(finding.message.split())
    return f"{place}: {finding.severity}: {message} [{finding.code}]"
