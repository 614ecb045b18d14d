"""Findings for scripts: one JSON array of objects, as `Finding.to_dict` gives them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.findings import Finding
    from northbib.reports import Help

__all__ = ["write"]


def write(findings: Sequence[Finding], rules: Sequence[Help]) -> str:  # noqa: ARG001
    """Give the array, empty for no findings."""
    found = [finding.to_dict() for finding in findings]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
