"""Entries as text: taken out of a library, changed by hand, and put back in their places."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from northbib.bibtex import Document
from northbib.errors import ConflictError, UsageError
from northbib.findings import Finding
from northbib.library.adding import check_key
from northbib.library.changes.opening import opened, whole, written
from northbib.library.references import aliases, referred
from northbib.library.rekeying import carry_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from northbib.bibtex import Entry
    from northbib.bibtex.encoding import Encoding
    from northbib.findings import Severity
    from northbib.library.bibliography import Bibliography
    from northbib.library.changes.change import Change
    from northbib.library.changes.opening import Opened
    from northbib.library.store import Store
    from northbib.library.stored import Stored

__all__ = ["Changed", "Extract", "changed", "put_back", "take_out", "text_of"]

_LINE = re.compile(rb"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_LINE_END = re.compile(r"\r\n|\r|\n")
_WEIGHED: Mapping[str, Severity] = {"duplicate-key": "error", "missing-parent": "warning"}
"""Problems that weigh more in an entry alone, or less."""


@dataclass(frozen=True, slots=True)
class Extract:
    """An entry that was taken out.

    Attributes:
        key: Its citation key.
        text: Its own text, with LF at the end of lines.
        data: Its bytes in the file.
        bibliography: The bibliography that it stands in.
        line: The line there where it begins.
    """

    key: str
    text: str
    data: bytes
    bibliography: Bibliography
    line: int


@dataclass(frozen=True, slots=True)
class Changed:
    """What entries have become.

    Attributes:
        pairs: Each entry as it was taken out, with what it has become; none if there are more or
            fewer than before.
        problems: What is wrong with the text, and what is worth a look.
    """

    pairs: tuple[tuple[Extract, Entry], ...] = ()
    problems: tuple[Finding, ...] = ()

    @property
    def renamed(self) -> dict[str, str]:
        """Old key -> new key, of those that have another one now."""
        return {extract.key: new.key for extract, new in self.pairs if new.key != extract.key}

    @property
    def is_sound(self) -> bool:
        """Whether it can be put back."""
        return not any(problem.severity == "error" for problem in self.problems)


def take_out(store: Store, keys: Iterable[str]) -> list[Extract]:
    """Take entries out, to be changed as text.

    Raises:
        NotFoundError: There is no such entry.
        ConflictError: More than one entry has a key.
        StoreError: A file cannot be read, or is no BibTeX.
    """
    return [
        Extract(
            each.entry.key,
            _LINE_END.sub("\n", each.entry.raw),
            each.entry.data,
            each.bibliography,
            each.line,
        )
        for each in opened(store, keys)
    ]


def text_of(extracts: Sequence[Extract]) -> str:
    """Give the text of some entries, with a blank line between them."""
    return "\n\n".join(extract.text for extract in extracts) + "\n"


def changed(store: Store, extracts: Sequence[Extract], text: str, name: str) -> Changed:
    """Read what entries have become, and look for what is wrong with it.

    Args:
        store: The library, where the keys are to be free that entries are renamed to.
        extracts: The entries as they were taken out.
        text: Their text now, in any order.
        name: What the text is called in messages.
    """
    document = Document.parse(text, name)
    problems = [*_problems(store, document, extracts), *_around(document, name)]
    entries = document.entries
    if len(entries) != len(extracts):
        # An entry that is broken is not gone.
        if not any(problem.severity == "error" for problem in problems):
            problems.append(_miscounted(extracts, entries, name))
        return Changed(problems=tuple(problems))
    pairs = tuple(_paired(extracts, entries))
    problems += _unfit_keys(store, pairs, name)
    return Changed(pairs, tuple(problems))


def put_back(store: Store, changes: Changed) -> list[Stored]:
    """Put entries back in their places; nothing else in their files changes.

    An entry that has another key keeps the old one as an alias (`ids`), and entries that name it
    name the new one.

    Args:
        store: The library.
        changes: What the entries have become; `Changed.is_sound`.

    Raises:
        ConflictError: Another program has changed one of the entries since it was taken out.
        UsageError: The encoding of a file cannot hold the text.
        StoreError: A file cannot be read, locked or written; all are as they were.
    """
    keys = [extract.key for extract, _ in changes.pairs]
    with store.changing("edit") as change:
        there = (whole if changes.renamed else opened)(store, keys)
        for each, (extract, new) in zip(there, changes.pairs, strict=True):
            _check_unchanged(each, extract)
            each.entry.rewrite(_bytes_of(extract, new.raw, each.document.encoding))
        if not changes.renamed:
            return written(change, there)
        return _with_new_keys(store, change, there, changes)


def _problems(store: Store, document: Document, extracts: Sequence[Extract]) -> Iterator[Finding]:
    """Give what is wrong with the text as BibTeX; what stands elsewhere is looked for there.

    What was worth no more than a warning before is not said again.
    """
    known = {_said(problem) for problem in Document.parse(text_of(extracts)).problems}
    for problem in document.problems:
        severity = _WEIGHED.get(problem.code, problem.severity)
        entry = document.get(problem.key or "")
        if severity != "error" and _said(problem) in known:
            continue
        if problem.code == "undefined-macro" and entry and _has_macros(entry, extracts):
            continue
        if problem.code == "missing-parent" and entry and _has_parents(entry, store):
            continue
        yield replace(problem, severity=severity)


def _said(problem: Finding) -> tuple[str, str]:
    message = problem.message
    return problem.code, message.replace(problem.key, "") if problem.key else message


def _has_macros(entry: Entry, extracts: Sequence[Extract]) -> bool:
    """Tell whether the files that entries come from define all macros which an entry names."""
    parts = [part for own in entry.fields for part in own.parts]
    names = [part for part in parts if part[:1] not in ("{", '"') and not part.isdecimal()]
    files = {id(each.bibliography): each.bibliography for each in extracts}.values()
    return all(
        file.document.macros.value(name, len(file.data)) is not None
        for file in files
        for name in names
    )


def _has_parents(entry: Entry, store: Store) -> bool:
    return all(store.known.is_taken(key) for key in referred(entry))


def _around(document: Document, name: str) -> Iterator[Finding]:
    """Refuse what is no entry: there is no place that it would be put back to."""
    for piece in document.pieces():
        if piece.kind not in ("entry", "broken") and piece.data.strip():
            line = document.data[: piece.start].count(b"\n") + 1
            yield Finding(
                code="text-between-entries",
                severity="error",
                message="only the entry itself is edited here, and this is no part of one",
                file=name,
                line=line + len(piece.data[: -len(piece.data.lstrip())].splitlines()),
                fix="take it out, or write it into the bibliography itself",
            )


def _miscounted(extracts: Sequence[Extract], entries: Sequence[Entry], name: str) -> Finding:
    there = {entry.key.lower() for entry in entries}
    gone = [extract.key for extract in extracts if extract.key.lower() not in there]
    if len(entries) < len(extracts):
        message = f"there is no entry for {', '.join(gone)}"
        fix = f"put it back, or discard this: northbib remove {' '.join(gone)} removes it"
    else:
        were = "was" if len(extracts) == 1 else "were"
        message = f"there are {len(entries)} entries here where there {were} {len(extracts)}"
        fix = "take out what is new: northbib add adds it"
    return Finding(code="other-entries", severity="error", message=message, file=name, fix=fix)


def _paired(
    extracts: Sequence[Extract], entries: Sequence[Entry]
) -> Iterator[tuple[Extract, Entry]]:
    """Give each entry with what it has become: by key, and of those that are left, in order."""
    by_key = {entry.key.lower(): entry for entry in reversed(entries)}
    known = {extract.key.lower() for extract in extracts}
    others = iter([entry for entry in entries if entry.key.lower() not in known])
    for extract in extracts:
        yield extract, by_key.get(extract.key.lower()) or next(others)


def _unfit_keys(
    store: Store, pairs: Iterable[tuple[Extract, Entry]], name: str
) -> Iterator[Finding]:
    for extract, new in pairs:
        if new.key == extract.key:
            continue
        fault = _fault_of_key(store, extract, new)
        if fault:
            yield Finding(
                code="unfit-key",
                severity="error",
                message=fault,
                file=name,
                line=new.line,
                key=new.key,
                fix=f"choose another one, or keep {extract.key}",
            )


def _fault_of_key(store: Store, extract: Extract, new: Entry) -> str:
    try:
        check_key(new.key)
    except UsageError as error:
        return error.message
    own = {extract.key.lower(), *(alias.lower() for alias in aliases(new))}
    if new.key.lower() not in own and store.known.is_taken(new.key):
        return f"the key {new.key} is taken by another record"
    return ""


def _check_unchanged(there: Opened, extract: Extract) -> None:
    if there.entry.data != extract.data:
        raise ConflictError(
            f"{extract.key} has been changed by another program meanwhile",
            where=there.bibliography.file,
            line=there.line,
            hint="nothing was written: look at what is there now",
        )


def _with_new_keys(
    store: Store, change: Change, there: Sequence[Opened], changes: Changed
) -> list[Stored]:
    for each, (extract, _) in zip(there, changes.pairs, strict=True):
        each.entry.rename(extract.key)
    touched, _ = carry_out(store, {old.lower(): new for old, new in changes.renamed.items()})
    edited = [each.bibliography.name for each in there]
    for name in dict.fromkeys([*touched, *edited]):
        change.write(store.bibliographies[name])
    change.commit()
    return [stored for each in there for stored in each.bibliography.stored_of([each.entry.key])]


def _bytes_of(extract: Extract, text: str, encoding: Encoding) -> bytes:
    """Give the bytes of what an entry has become: lines that stayed keep their own, ends and all.

    Raises:
        UsageError: The encoding cannot hold the text.
    """
    before, after = _lines(extract.data, encoding), text.split("\n")
    eol = before[0].end or encoding.encode(extract.bibliography.document.eol)
    bare = [encoding.decode(line.content) for line in before]
    found: list[_Line] = []
    matcher = SequenceMatcher(None, bare, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            found += before[start:end]
        else:
            found += [_Line(encoding.encode(line), eol) for line in after[new_start:new_end]]
    *lines, last = found
    return b"".join(line.content + (line.end or eol) for line in lines) + last.content


class _Line(NamedTuple):
    content: bytes
    end: bytes


def _lines(data: bytes, encoding: Encoding) -> list[_Line]:
    unit = encoding.unit
    return [
        _Line(
            data[match.start() * unit : match.end(1) * unit],
            data[match.end(1) * unit : match.end() * unit],
        )
        for match in _LINE.finditer(encoding.structure(data))
    ]
