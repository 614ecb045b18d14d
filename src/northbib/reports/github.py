"""Findings as workflow commands of GitHub Actions, which shows them beside the lines of a change.

Source: GitHub Actions documentation, "Workflow commands", and the escapes of actions/toolkit
(`command.ts`): in a message %, CR and LF; in a property : and , as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.findings import Finding
    from northbib.reports import Help

__all__ = ["write"]

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def write(findings: Sequence[Finding], rules: Sequence[Help]) -> str:  # noqa: ARG001
    """Give a command for each finding."""
    return "".join(f"{_command(finding)}\n" for finding in findings)


def _command(finding: Finding) -> str:
    where = {"file": finding.file, "line": finding.line, "col": finding.column}
    properties = {**where, "title": finding.code}
    written = ",".join(f"{name}={_property(str(v))}" for name, v in properties.items() if v)
    message = f"{finding.message}; {finding.fix}" if finding.fix else finding.message
    return f"::{_COMMANDS[finding.severity]} {written}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
