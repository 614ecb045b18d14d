"""Reports of findings on standard output, for commands that check something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from northbib.cli.session import styled
from northbib.reports import FORMATS, write
from northbib.reports.text import line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.findings import Finding, Severity
    from northbib.reports import Help

__all__ = ["coloured", "format_options", "print_report", "summed_up"]

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
_NOUNS = {"error": "error", "warning": "warning", "info": "note"}

format_options = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Form of the report.",
)


def coloured(severity: Severity) -> str:
    """Give the word for a severity, in colour on a terminal."""
    return styled(severity, fg=_COLOURS[severity])


def print_report(form: str, findings: Sequence[Finding], rules: Sequence[Help] = ()) -> None:
    """Print a report on standard output, in colour if it is text for a terminal."""
    if form == "text":
        for finding in findings:
            click.echo(line(finding, coloured))
    else:
        click.echo(write(form, findings, rules), nl=False)


def summed_up(findings: Sequence[Finding], count: int, noun: str, plural: str) -> str:
    """Say how many things were looked at, and how much was found."""
    parts = []
    for severity, word in _NOUNS.items():
        number = sum(finding.severity == severity for finding in findings)
        parts += [_counted(number, word, f"{word}s")] if number else []
    return f"{_counted(count, noun, plural)}: {', '.join(parts) or 'no faults'}"


def _counted(number: int, noun: str, plural: str) -> str:
    return f"{number} {noun if number == 1 else plural}"
