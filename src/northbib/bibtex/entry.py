"""One entry of a bibliography: a mapping of its fields, read when they are asked for."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, MutableMapping
from typing import TYPE_CHECKING, NamedTuple

from northbib.bibtex import layout
from northbib.bibtex.body import Body, read_body
from northbib.bibtex.grammar import FIELD, HEADER
from northbib.bibtex.scan import Block, scan
from northbib.bibtex.values import (
    UNFIT_FOR_KEYS,
    UNFIT_FOR_NAMES,
    is_balanced,
    read_value,
    split_value,
    squeezed,
)
from northbib.errors import UsageError

if TYPE_CHECKING:
    from northbib.bibtex.body import Span
    from northbib.bibtex.document import Document
    from northbib.bibtex.layout import Change

__all__ = ["Entry", "Field"]

_DELIMITERS = b'{"'


class Field(NamedTuple):
    """A field as it is written.

    Attributes:
        name: Its name in lower case.
        source: Its value with delimiters, `#` and all.
    """

    name: str
    source: str

    @property
    def parts(self) -> list[str]:
        """The parts of the value that `#` joins, each with its delimiters."""
        return split_value(self.source)[0]


class Entry(MutableMapping[str, str]):
    """One entry: a mapping of field name, without case, to the value as BibTeX reads it.

    Setting a field takes BibTeX source without delimiters, and changes only the bytes of that
    value; a new field is laid out as its neighbours are.

    Attributes:
        key: The citation key.
        type: The entry type in lower case.
        start: Its first byte in the file as it was parsed, counted from 0.
        end: The byte after its last there.
        index: The number of its block there, -1 for an entry that was added.
    """

    __slots__ = (
        "_block",
        "_document",
        "_is_straight",
        "_own",
        "_values",
        "end",
        "index",
        "key",
        "start",
        "type",
    )

    def __init__(self, document: Document, block: Block, index: int) -> None:
        self._document = document
        self.index = index
        self.start = block.start * document.unit
        self.end = block.end * document.unit
        self._load(block, None)

    @classmethod
    def added(cls, document: Document, data: bytes, place: int) -> Entry:
        """Give an entry of these bytes, to be added to a document at a place."""
        entry = cls(document, Block("entry", 0, 0, b"", 0, 0), -1)
        entry.start = entry.end = place
        [block] = scan(document.encoding.structure(data))
        entry._load(block, data)
        return entry

    def _load(self, block: Block, own: bytes | None) -> None:
        document = self._document
        self._block = block
        self._own = own
        self._values: dict[str, str] | None = None
        self._is_straight = False
        self.type = document.type_of(block)
        self.key = document.text_in(own, block.key_start, block.key_end)

    @property
    def data(self) -> bytes:
        """Its bytes, from the `@` to what closes it."""
        return self._document.data[self.start : self.end] if self._own is None else self._own

    @property
    def raw(self) -> str:
        """Its text, from the `@` to what closes it."""
        return self._document.encoding.decode(self.data)

    @property
    def line(self) -> int:
        """The line of the file on which it begins, counted from 1."""
        return self._document.line_of(self)

    @property
    def is_plain(self) -> bool:
        """Whether it is without a fault of syntax, as far as one look can tell."""
        return self._block.is_plain

    @property
    def is_straight(self) -> bool:
        """Whether it is plain, has each field once, no `#`, and no macro that is not defined."""
        self._read()
        return self._is_straight

    @property
    def fields(self) -> list[Field]:
        """Every field as it is written, repeats included."""
        if not self._is_simple:
            return [Field(self._name(span), self._source(span)) for span in self.body.fields]
        name_of, decode = self._document.name_of, self._document.encoding.decode
        return [Field(name_of(name), decode(first + more)) for name, first, more in self._matches()]

    @property
    def sources(self) -> list[tuple[str, str]]:
        """The name in lower case and the value source of every field, repeats included."""
        return [(name, source) for name, source in self.fields]

    @property
    def body(self) -> Body:
        """The places of its key and fields in the structure of its bytes, and the faults there."""
        structure = self._structure()
        header = HEADER.match(structure)
        opening = header.end() - 1 if header else 0
        body = read_body(structure, 0, opening, len(structure))
        return body if isinstance(body, Body) else Body()

    def _structure(self) -> bytes:
        return self._document.encoding.structure(self.data)

    def _name(self, span: Span) -> str:
        unit = self._document.unit
        return self._document.name_of(self.data[span.start * unit : span.name_end * unit])

    def _source(self, span: Span) -> str:
        unit = self._document.unit
        source = self.data[span.value_start * unit : span.value_end * unit]
        return self._document.encoding.decode(source)

    @property
    def _is_simple(self) -> bool:
        return self._block.is_plain and self._document.unit == 1

    def _matches(self) -> list[tuple[bytes, bytes, bytes]]:
        """Give name, first part and further parts of the fields of an entry without a fault."""
        data = self._document.data if self._own is None else self._own
        return FIELD.findall(data, self._block.start, self._block.end)

    def _read(self) -> dict[str, str]:
        if self._values is None:
            self._values = self._simple_values() if self._is_simple else self._faulty_values()
        return self._values

    def _simple_values(self) -> dict[str, str]:
        """Read the fields of an entry without a fault: most entries, and most of the time."""
        document = self._document
        names, errors = document.names, document.encoding.errors
        values: dict[str, str] = {}
        self._is_straight = True
        for written, first, more in self._matches():
            name = names[written]
            if name in values:
                self._is_straight = False
            elif more or first[0] not in _DELIMITERS:
                values[name] = self._bare_value(first, more)
            else:
                text = str(first[1:-1], "utf-8", errors)
                values[name] = squeezed(text).strip(" ")
        return values

    def _bare_value(self, first: bytes, more: bytes) -> str:
        """Read a number, a macro, or what `#` joins."""
        macros = self._document.macros
        source = str(first + more, "utf-8", self._document.encoding.errors)
        if not (more or first.isdigit()):
            value = macros.value(source, self.start)
            if value is not None:
                return value.strip(" ")
        if more or not first.isdigit():
            self._is_straight = False
        return read_value(source, macros, self.start)

    def _faulty_values(self) -> dict[str, str]:
        values: dict[str, str] = {}
        for name, source in self.fields:
            if name not in values:
                values[name] = read_value(source, self._document.macros, self.start)
        return values

    def __getitem__(self, name: str) -> str:
        return self._read()[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def items(self) -> ItemsView[str, str]:
        """Give the fields in order, name and value."""
        return self._read().items()

    def as_dict(self) -> dict[str, str]:
        """Give the fields in a dict, which is looked into faster than an entry."""
        return self._read().copy()

    def forget(self) -> None:
        """Let go of its fields, to save memory; they are read again when they are asked for."""
        self._values = None

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._read()

    def __setitem__(self, name: str, source: str) -> None:
        """Set a field to BibTeX source without delimiters.

        Raises:
            UsageError: The braces of the source do not balance, the name is none, or the file's
                encoding cannot hold the text; the entry is as it was.
        """
        self._check_name(name)
        self._check_value(name, source)
        structure, body = self._structure(), self.body
        span = self._span(body, name)
        like = span or (body.fields[-1] if body.fields else None)
        old = structure[like.value_start : like.value_end] if like else b""
        self._put(name, layout.delimited(source, old, keep_bare=span is not None))

    def set_source(self, name: str, source: str) -> None:
        """Set a field to BibTeX source as it is written, with delimiters, macros and `#`.

        Raises:
            UsageError: It is not one value, the name is none, or the file's encoding cannot hold
                the text; the entry is as it was.
        """
        self._check_name(name)
        before = self._block, self._own
        self._put(name, source)
        if not source or dict(reversed(self.sources))[name.lower()] != source:
            self._load(*before)
            raise UsageError(
                f"this is not a value for {name}: {source!r}",
                where=self._document.name,
                hint="write it in braces",
            )

    def _span(self, body: Body, name: str) -> Span | None:
        return next((span for span in body.fields if self._name(span) == name.lower()), None)

    def _put(self, name: str, value: str) -> None:
        structure, body = self._structure(), self.body
        span = self._span(body, name)
        if span is not None:
            change = layout.Change(span.value_start, span.value_end, value)
        elif body.fields:
            change = layout.next_field(structure, body, name, value)
        else:
            change = layout.first_field(structure, body, name, value, self._document.eol)
        self._change(change, name)

    def __delitem__(self, name: str) -> None:
        """Remove a field, every one of that name.

        Raises:
            KeyError: There is no such field.
        """
        if name not in self:
            raise KeyError(name)
        while name in self:
            body = self.body
            place = [self._name(span) for span in body.fields].index(name.lower())
            change = layout.without_field(self._structure(), body, place)
            self._change(change, name)

    def rename(self, key: str) -> None:
        """Give it another citation key, or its first; nothing else of it changes.

        Raises:
            UsageError: It is no key, or the file's encoding cannot hold it.
        """
        if not key or UNFIT_FOR_KEYS.search(key):
            raise UsageError(f"{key!r} cannot be a citation key", where=self._document.name)
        start, end = self.body.key
        following = self._structure()[end:].lstrip()[:1]
        comma = ", " if start == end and following not in (b",", b"}", b")") else ""
        self._change(layout.Change(start, end, key + comma), f"the key {key!r}", key=key)

    def retype(self, type_: str) -> None:
        """Give it another entry type; nothing else of it changes.

        Raises:
            UsageError: It is no type, or the file's encoding cannot hold it.
        """
        header = HEADER.match(self._structure())
        start, end = header.span(1) if header else (1, 1)
        self._change(layout.Change(start, end, type_), f"the type {type_!r}")

    def rewrite(self, source: str | bytes) -> None:
        """Put another text in the place of the whole entry, or bytes in the file's encoding.

        Raises:
            UsageError: It is not one entry, or the file's encoding cannot hold it.
        """
        encode = self._document.encoding.encode
        data = encode(source) if isinstance(source, str) else source
        self._replace(data, "the new text", None)

    def _check_name(self, name: str) -> None:
        if not name or UNFIT_FOR_NAMES.search(name):
            raise UsageError(f"{name!r} cannot be a field name", where=self._document.name)

    def _check_value(self, name: str, source: str) -> None:
        where = self._document.name
        if not is_balanced(source):
            hint = "close every { with a }"
            message = f"the braces of {name} do not balance: {source!r}"
            raise UsageError(message, where=where, hint=hint)
        if source.endswith("\\") and (len(source) - len(source.rstrip("\\"))) % 2:
            # BibTeX would read it, but most other readers take `\}` for a brace of the text.
            hint = "take the backslash at its end away"
            raise UsageError(f"{name} would hide its closing brace", where=where, hint=hint)

    def _change(self, change: Change, what: str, *, key: str | None = None) -> None:
        unit, data = self._document.unit, self.data
        new = self._document.encoding.encode(change.text)
        changed = data[: change.start * unit] + new + data[change.end * unit :]
        self._replace(changed, what, key or self.key)

    def _replace(self, data: bytes, what: str, key: str | None) -> None:
        # The new bytes are read before they count, so that no edit can break the entry.
        document = self._document
        structure = document.encoding.structure(data)
        block = next(scan(structure), None)
        if block is None or (block.kind, block.start, block.end) != ("entry", 0, len(structure)):
            block = None
        if block is None or key not in (
            None,
            document.text_in(data, block.key_start, block.key_end),
        ):
            raise UsageError(
                f"this would break the entry {self.key} when it is read again: {what}",
                where=document.name,
                hint="check its braces, quotes and backslashes",
            )
        self._load(block, data)
        document.changed(self)

    # A mapping has no hash of its own, and one written in Python is slow: entries are often keys.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"<Entry {self.key!r}>"
