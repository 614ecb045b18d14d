"""The faults of a style: against the schema of CSL 1.0.2, and beyond it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, cast

from lxml import etree

from northbib.csl.installed import schema
from northbib.csl.structure import faults
from northbib.csl.xml import CSL, parse
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from northbib.csl.style import Style

__all__ = ["check"]

_NAMESPACE = re.compile(r"\{[^}]*\}")


def check(style: Style) -> list[Finding]:
    """Find the faults of a style as it was read, in the order of its lines.

    A dependent style is checked itself, not its parent. Without findings the style is valid CSL
    1.0.2 by the official RELAX NG schema, and has all macros that it calls.
    """
    root = parse(style.source, style.file)
    found = [*_schema_faults(root, style.file)]
    if root.find(f"{CSL}citation") is not None:
        found += faults(root, style.file)
    return sorted(dict.fromkeys(found), key=lambda finding: finding.line or 0)


def _schema_faults(root: _Element, file: str | None) -> Iterator[Finding]:
    validator = _schema()
    if validator.validate(root.getroottree()):
        return
    for entry in validator.error_log:
        yield Finding(
            code="style-schema",
            severity="error",
            message=_NAMESPACE.sub("", entry.message),
            file=file,
            line=cast("int", entry.line) or None,
        )


@cache
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(schema())))
