"""Tidying a file: each entry by the rules of entries, and what stands between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.errors import UsageError
from northbib.findings import Finding
from northbib.library.changes.patches import Patch, with_context
from northbib.library.tidy.context import Context
from northbib.library.tidy.encoding import normalised
from northbib.library.tidy.form import Form
from northbib.library.tidy.rules import ENTRY_RULES, entry_rule
from northbib.library.tidy.settings import Settings
from northbib.library.tidy.sorting import in_order, is_behind_text
from northbib.library.tidy.source import Source
from northbib.progress import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from northbib.bibtex import Entry

__all__ = ["Tidied", "tidied"]

_BLANKS = b" \t\r\n"
_FIX = "northbib tidy mends it"


@dataclass(frozen=True, slots=True)
class Tidied:
    """A bibliography that was tidied.

    Attributes:
        data: Its bytes.
        findings: What was changed: one for each entry, and one for what is between them.
        patches: What was put in the place of what.
    """

    data: bytes
    findings: tuple[Finding, ...] = ()
    patches: tuple[Patch, ...] = ()


def tidied(
    data: bytes,
    settings: Settings | None = None,
    *,
    name: str | None = None,
    only: Collection[str] | None = None,
) -> Tidied:
    """Tidy a bibliography.

    What the rules do not speak of stays as it is, byte for byte: comments, `@string`, `@preamble`,
    text between entries, and entries that are broken or have something in them that is no field.
    A second run changes nothing.

    Args:
        data: The bytes of the file.
        settings: How it is to look.
        name: The name of the file, for the findings.
        only: Keys of the entries to tidy; None for all, and for what is between them.
    """
    settings = settings or Settings()
    before = data if only is not None else normalised(data, settings.rules)
    source = Source.of(before, name)
    raws, findings = _entries(source, settings, only)
    gaps, placed = list(source.gaps), raws
    if only is None and source.document.encoding.unit == 1:
        gaps, placed = _arranged(gaps, raws, source, settings)
    after = b"".join(_pieces(gaps, placed))
    if after == data or not _holds_the_same(source, after):
        return Tidied(data)
    is_in_place = before == data and placed == raws
    if not is_in_place or gaps != list(source.gaps):
        findings.append(_between(name))
    old = _pieces(source.gaps, [entry.data for entry in source.entries])
    pairs = zip(old, _pieces(gaps, placed), strict=True)
    patches = _patches(pairs) if is_in_place else [Patch(0, data, after)]
    return Tidied(after, tuple(findings), with_context(data, patches))


def _pieces(gaps: Sequence[bytes], raws: Sequence[bytes]) -> Iterator[bytes]:
    return (piece for pair in zip(gaps, [*raws, b""], strict=True) for piece in pair)


def _patches(pairs: Iterable[tuple[bytes, bytes]]) -> list[Patch]:
    """Give the patches that lead from one row of pieces to another; neighbours make one."""
    found: list[Patch] = []
    position = 0
    for old, new in pairs:
        if old != new and found and found[-1].end == position:
            last = found[-1]
            found[-1] = Patch(last.start, last.old + old, last.new + new)
        elif old != new:
            found.append(Patch(position, old, new))
        position += len(old)
    return found


def _entries(
    source: Source, settings: Settings, only: Collection[str] | None
) -> tuple[list[bytes], list[Finding]]:
    """Give the bytes of the entries as they should be, and what was changed."""
    context = Context(settings, source.document.eol, source.macros)
    wanted = None if only is None else {key.lower() for key in only}
    raws, findings = [], []
    pairs = list(zip(source.gaps, source.entries, strict=False))
    for gap, entry in counted(pairs, "tidying"):
        raw = entry.data
        if (wanted is None or entry.key.lower() in wanted) and not is_behind_text(gap):
            raw, followed = _entry(entry, source, context)
            if raw != entry.data:
                findings.append(_finding(entry, followed, source.document.name))
        raws.append(raw)
    return raws, findings


def _entry(entry: Entry, source: Source, context: Context) -> tuple[bytes, list[str]]:
    """Give the bytes of an entry as they should be, and the rules that changed something."""
    encoding = source.document.encoding
    form = Form.read(entry.raw, entry.sources)
    followed: list[str] = []
    if form is None:
        return entry.data, followed
    for name in ENTRY_RULES:
        if name in context.settings.rules:
            changed = entry_rule(name)(form, context)
            followed += [name] if changed != form else []
            form = changed
    try:
        is_exact = encoding.encode(entry.raw) == entry.data
        return (encoding.encode(form.text()) if is_exact else entry.data), followed
    except UsageError:
        return entry.data, followed


def _arranged(
    gaps: list[bytes], raws: list[bytes], source: Source, settings: Settings
) -> tuple[list[bytes], list[bytes]]:
    """Put the entries in order and a blank line between them, as far as the rules say so."""
    eol = source.document.eol.encode("ascii")
    if "sort" in settings.rules:
        gaps, raws = in_order(gaps, raws, source.entries, settings.sort, eol)
    if "blank-lines" in settings.rules:
        gaps = _with_blank_lines(gaps, eol)
    return gaps, raws


def _with_blank_lines(gaps: Sequence[bytes], eol: bytes) -> list[bytes]:
    """Set one blank line between two entries, none before the first and behind the last."""
    if len(gaps) == 1:
        return list(gaps)
    first, *between, last = gaps
    return [
        first if first.strip(_BLANKS) else b"",
        *(gap if gap.strip(_BLANKS) else eol * 2 for gap in between),
        last if last.strip(_BLANKS) else eol,
    ]


def _holds_the_same(source: Source, after: bytes) -> bool:
    """Tell whether a tidied file holds the same entries, macros and comments as before."""
    again = Source.of(after)
    return _entries_of(source) == _entries_of(again) and _others_of(source) == _others_of(again)


def _entries_of(source: Source) -> list[tuple[str, str]]:
    return sorted((entry.key, entry.type) for entry in source.entries)


def _others_of(source: Source) -> list[bytes]:
    return sorted(word for gap in source.gaps for word in gap.split())


def _finding(entry: Entry, rules: Sequence[str], name: str | None) -> Finding:
    return Finding(
        code="untidy",
        severity="warning",
        message=f"{entry.key} is not tidy: {', '.join(rules)}",
        file=name,
        line=entry.line,
        key=entry.key,
        fix=_FIX,
    )


def _between(name: str | None) -> Finding:
    return Finding(
        code="untidy",
        severity="warning",
        message="not tidy apart from its entries: encoding, line ends, blank lines or order",
        file=name,
        fix=_FIX,
    )
