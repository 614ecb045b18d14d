"""Findings as a report: for people, editors, scripts and code hosts.

`write(format, findings, rules)` gives the text of a report; each format is a module of its own
with a function `write`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from northbib.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.findings import Finding, Severity

__all__ = ["FORMATS", "Help", "write"]

FORMATS = ("text", "json", "errorformat", "github", "sarif")
"""The formats of reports; `northbib.reports` has a module for each."""


@dataclass(frozen=True, slots=True)
class Help:
    """What a report says of a rule.

    Attributes:
        code: The code of its findings.
        severity: Of its findings, unless somebody set another.
        sentence: What must be so.
        reason: What happens where it is not.
    """

    code: str
    severity: Severity
    sentence: str
    reason: str


def write(format_: str, findings: Sequence[Finding], rules: Sequence[Help] = ()) -> str:
    """Give a report.

    Args:
        format_: One of `FORMATS`.
        findings: What was found, in order.
        rules: The rules that were asked, for formats that explain them.

    Returns:
        Text that ends in a line break; "" where a format has nothing to say of no findings.

    Raises:
        UsageError: There is no such format.
    """
    if format_ not in FORMATS:
        hint = f"choose one of {', '.join(FORMATS)}"
        raise UsageError(f"no report has the format {format_!r}", hint=hint)
    written: str = import_module(f"{__name__}.{format_}").write(findings, rules)
    return written
