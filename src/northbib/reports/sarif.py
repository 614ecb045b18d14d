"""Findings as SARIF, which code hosts and editors read.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from northbib.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.findings import Finding, Replacement
    from northbib.reports import Help

__all__ = ["write"]

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def write(findings: Sequence[Finding], rules: Sequence[Help]) -> str:
    """Give a log of one run, with the rules that it went by."""
    places = {rule.code: index for index, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "northbib",
                "version": __version__,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, places) for finding in findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Help) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.sentence},
        "fullDescription": {"text": f"{rule.sentence} {rule.reason}"},
        "help": {"text": f"{rule.reason} northbib check --explain {rule.code} says more."},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, places: dict[str, int]) -> dict[str, Any]:
    message = f"{finding.message}; {finding.fix}" if finding.fix else finding.message
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
    }
    if finding.code in places:
        result["ruleIndex"] = places[finding.code]
    if finding.file:
        result["locations"] = [_location(finding)]
    if finding.key:
        result["partialFingerprints"] = {"northbib/v1": f"{finding.code}/{finding.key}"}
    if finding.file and finding.replacements:
        result["fixes"] = [_fix(finding)]
    return result


def _location(finding: Finding) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(finding)}
    if finding.line:
        region = {"startLine": finding.line, "startColumn": finding.column}
        place["region"] = {name: value for name, value in region.items() if value}
    location: dict[str, Any] = {"physicalLocation": place}
    if finding.key:
        location["logicalLocations"] = [{"name": finding.key, "kind": "object"}]
    return location


def _artifact(finding: Finding) -> dict[str, Any]:
    path = PurePath(finding.file or "")
    return {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}


def _fix(finding: Finding) -> dict[str, Any]:
    replacements = [_replacement(each) for each in finding.replacements]
    change = {"artifactLocation": _artifact(finding), "replacements": replacements}
    return {
        "description": {"text": finding.fix or finding.message},
        "artifactChanges": [change],
    }


def _replacement(each: Replacement) -> dict[str, Any]:
    return {
        "deletedRegion": {
            "startLine": each.line,
            "startColumn": each.column,
            "endLine": each.end_line,
            "endColumn": each.end_column,
        },
        "insertedContent": {"text": each.text},
    }
