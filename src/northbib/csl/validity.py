"""The faults of a style: against the schema of CSL 1.0.2, and what no schema says."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, cast
from xml.parsers.expat import ExpatError, ParserCreate

from lxml import etree

from northbib.csl.conformance import schema_faults
from northbib.csl.installed import schema
from northbib.csl.references import reference_faults
from northbib.csl.sources import Source, read_source
from northbib.csl.structure import macro_faults
from northbib.csl.style import Style, load_parent, parent_link
from northbib.csl.xml import parse
from northbib.errors import StyleError
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lxml.etree import _Element

__all__ = ["check"]

_LAST_LINE = 2**16 - 1  # The last one that libxml2 lets us set.
_NAMESPACE = re.compile(r"\{[^}]*\}")


def check(style: Style | str | Path | bytes, folders: Sequence[Path] = ()) -> list[Finding]:
    """Find the faults of a style, in the order of its lines.

    A style without an error is valid CSL 1.0.2 by the official RELAX NG schema, has all macros
    that it calls, each once and none in a ring, and, if it is dependent, a parent that can be
    used. Warnings are macros that are never called and terms that are nowhere defined. Of a
    dependent style the parent is not checked.

    Args:
        style: The style, or what `Style.load` takes.
        folders: Where to look for a style before those that are installed.

    Raises:
        NotFoundError: There is no such style or file.
        StyleError: It is not XML, or not a style of CSL 1.0; with the line.
    """
    source = _source_of(style, folders)
    root = parse(source.data, source.file)
    _mend_lines(root, source.data)
    link = parent_link(root)
    found = _against_schema(root, source, dependent=link is not None)
    if link is None:
        found += macro_faults(root, source.file) + reference_faults(root, source.file)
    else:
        found += _without_parent(link, source, folders)
    return sorted(dict.fromkeys(found), key=lambda finding: finding.line or 0)


def _source_of(style: Style | str | Path | bytes, folders: Sequence[Path]) -> Source:
    if isinstance(style, Style):
        return Source(style.source, style.name, style.file)
    return read_source(style, folders)


def _against_schema(root: _Element, source: Source, *, dependent: bool) -> list[Finding]:
    """Ask libxml2 first, which is quick, and what is wrong only if something is."""
    validator = _schema()
    if validator.validate(root.getroottree()):
        return []
    found = schema_faults(root, dependent=dependent, file=source.file)
    return found or [_in_words_of_libxml2(validator, source.file)]


def _in_words_of_libxml2(validator: etree.RelaxNG, file: str | None) -> Finding:
    entry = validator.error_log[0]
    return Finding(
        code="style-schema",
        severity="error",
        message=_NAMESPACE.sub("", entry.message),
        file=file,
        line=cast("int", entry.line) or None,
    )


def _without_parent(link: _Element, source: Source, folders: Sequence[Path]) -> list[Finding]:
    try:
        load_parent(link, source.file, folders)
    except StyleError as error:
        finding = Finding(
            code="no-parent",
            severity="error",
            message=error.message,
            file=None if error.where is None else str(error.where),
            line=error.line,
            fix=error.hint,
        )
        return [finding]
    return []


def _mend_lines(root: _Element, data: bytes) -> None:
    """Give each element the line on which its tag begins; lxml has that on which it ends."""
    lines: list[int] = []
    parser = ParserCreate()
    parser.StartElementHandler = lambda _name, _attributes: lines.append(parser.CurrentLineNumber)
    try:
        parser.Parse(data, True)
    except (ExpatError, LookupError):
        return  # An encoding that libxml2 knows and expat does not.
    for element, line in zip(root.iter(), lines, strict=True):
        if line <= _LAST_LINE:
            element.sourceline = line  # type: ignore[assignment]  # The stubs take it for `...`.


@cache
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(schema())))
