"""An entry as rules see it, and the library that it stands in."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from northbib.bibtex.inheritance import Inherited
from northbib.bibtex.names import split_list
from northbib.bibtex.values import is_balanced, keys_in
from northbib.library.checking.macros import defined
from northbib.library.checking.places import offset_of, place_in
from northbib.library.checking.typeset import NAMES, PRINTED, masked
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from northbib.bibtex import Document, Entry
    from northbib.library.checking.rule import Edits

__all__ = ["Sheet", "Shelf", "Subject"]

_DEFINED = re.compile(
    r"\\(?:(?:re|provide)?(?:new)?command|DeclareRobustCommand|def|let)\s*\*?\s*\{?\s*\\([a-zA-Z]+)"
)
_SHORTEST_KEY = 3
_MOST_KEYS = 2000
_NO_WORKS = frozenset({"xdata", "set", "control"})


class Sheet:
    """One file of a library, with what all its entries share.

    Attributes:
        file: Its path, as findings name it.
        document: Its BibTeX.
    """

    def __init__(self, file: str, document: Document) -> None:
        self.file = file
        self.document = document
        self.inherited = Inherited(document)

    @cached_property
    def text(self) -> str:
        """Its text, good for what is ASCII in it."""
        document = self.document
        return document.encoding.structure(document.to_bytes()).decode("latin-1")

    def column_of(self, entry: Entry) -> int:
        """Give the column in which an entry begins in the file as it was read, from 1."""
        document = self.document
        unit = document.encoding.unit
        line = (
            max(document.structure.rfind(sign, 0, entry.start // unit) for sign in (b"\n", b"\r"))
            + 1
        )
        before = document.data[line * unit : entry.start].removeprefix(document.encoding.mark)
        return len(document.encoding.decode(before)) + 1

    @cached_property
    def commands(self) -> frozenset[str]:
        """The LaTeX commands that its text defines, in a `@preamble` as a rule."""
        return frozenset(_DEFINED.findall(self.text))

    @cached_property
    def macros(self) -> Mapping[str, int]:
        """Its `@string` macros, in lower case, each with the line that first defines it."""
        return defined(self.text)


class Shelf:
    """All entries of a library.

    Attributes:
        sheets: Its files.
        subjects: The entries that have a key, file by file.
    """

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self.sheets = sheets
        self.subjects = [
            Subject(entry, sheet, self)
            for sheet in sheets
            for entry in sheet.document.entries
            if entry.key
        ]

    @cached_property
    def macros(self) -> Mapping[str, str]:
        """The `@string` macros of all files, in lower case, each with the first that defines it."""
        found: dict[str, str] = {}
        for sheet in self.sheets:
            for macro in sheet.macros:
                found.setdefault(macro, sheet.file)
        return found

    @cached_property
    def by_key(self) -> Mapping[str, Subject]:
        """Key or alias (`ids`) in lower case -> the first entry that has it."""
        found: dict[str, Subject] = {}
        for subject in self.subjects:
            found.setdefault(subject.key.lower(), subject)
        for subject in self.subjects:
            for alias in subject.keys("ids"):
                found.setdefault(alias.lower(), subject)
        return found

    def near(self, key: str) -> str | None:
        """Give a hint that names near keys, None where none is near or there are too many."""
        if len(key) < _SHORTEST_KEY or len(self.by_key) > _MOST_KEYS:
            return None
        return did_you_mean(key, (subject.key for subject in self.subjects))


class Subject:
    """An entry under inspection.

    Attributes:
        entry: The entry.
        sheet: The file it stands in.
        shelf: The library it stands in.
        key: Its citation key.
        type: Its entry type, in lower case.
        values: Field, by its own name in lower case -> value as BibTeX reads it.
    """

    def __init__(self, entry: Entry, sheet: Sheet, shelf: Shelf) -> None:
        self.entry = entry
        self.sheet = sheet
        self.shelf = shelf
        self.key = entry.key
        self.type = entry.type
        self.values = dict(entry)
        self._masked: dict[str, str] = {}

    @property
    def is_work(self) -> bool:
        """Whether it is a work of its own, and no container of data such as `@xdata`."""
        return self.type not in _NO_WORKS

    @cached_property
    def is_ascii(self) -> bool:
        """Whether it has nothing but ASCII in it, so that most rules about characters pass."""
        return self.entry.raw.isascii()

    @cached_property
    def sources(self) -> list[tuple[str, str]]:
        """Every field as it is written: name in lower case and value source, repeats included."""
        return self.entry.sources

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """The fields by their biblatex names, with what is inherited."""
        return self.sheet.inherited.fields(self.entry)

    def place(self, field: str = "", repeat: int = 0) -> tuple[int, int]:
        """Give the line and column of a field in its file, or those of the entry.

        Args:
            field: The field, in lower case; "" for the entry.
            repeat: Which one of several fields of that name, counted from 0.
        """
        raw = self.entry.raw
        return self.place_of(raw, offset_of(raw, self.sources, field, repeat) if field else 0)

    def place_of(self, raw: str, offset: int) -> tuple[int, int]:
        """Give the line and column of an offset in the entry's text."""
        line, column = place_in(raw, offset)
        if line == 1:
            column += self.sheet.column_of(self.entry) - 1
        return self.entry.line + line - 1, column

    def keys(self, name: str) -> list[str]:
        """Give the keys that a field lists, such as `crossref` or `entryset`."""
        return keys_in(self.values.get(name, ""))

    def having(self, *names: str) -> Iterator[tuple[str, str]]:
        """Give those of the fields that are there and not empty, with their values."""
        values = self.values
        for name in names:
            if value := values.get(name):
                yield name, value

    def printed(self, signs: str = "") -> Iterator[tuple[str, str]]:
        """Give the fields that a style typesets, with their values.

        Args:
            signs: Characters of which one has to be there.
        """
        for name, value in self.values.items():
            if name in PRINTED and (not signs or any(sign in value for sign in signs)):
                yield name, value

    def masked(self, name: str) -> str:
        """Give the value of a field, with blanks for mathematics, addresses and such."""
        if name not in self._masked:
            self._masked[name] = masked(self.values[name])
        return self._masked[name]

    @cached_property
    def lists(self) -> dict[str, list[str]]:
        """Fields with names of people and bodies -> each name's source."""
        return {
            name: split_list(value)
            for name, value in self.values.items()
            if name in NAMES and value.strip() and "xdata=" not in value
        }

    @cached_property
    def literals(self) -> dict[str, str]:
        """Fields whose value is one text without macros -> that text as it is written."""
        found: dict[str, str] = {}
        seen: set[str] = set()
        for name, source in self.sources:
            if name not in seen and _is_one_text(source):
                found[name] = source[1:-1]
            seen.add(name)
        return found

    def replaced(self, name: str, text: str) -> Edits:
        """Give the edit that puts another text in the place of a field's."""
        return self.rewritten(name, lambda _: text)

    def rewritten(self, name: str, change: Callable[[str], str]) -> Edits:
        """Give the edit that changes the text of a field; none where it has macros or stays."""
        before = self.literals.get(name)
        if before is None:
            return {}
        after = change(before)
        is_fit = after != before and after.strip() and is_balanced(after)
        return {name: after} if is_fit else {}


def _is_one_text(source: str) -> bool:
    if len(source) < 2 or (source[0], source[-1]) not in (("{", "}"), ('"', '"')):
        return False
    inside = source[1:-1]
    if "{" not in inside and "}" not in inside:
        return '"' not in inside or source[0] == "{"
    depth = 0
    for sign in re.findall(r'[{}"]', inside):
        depth += (sign == "{") - (sign == "}")
        if depth < 0 or (sign == '"' and depth == 0 and source[0] == '"'):
            return False
    return depth == 0
