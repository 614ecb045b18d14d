"""EndNote XML: what EndNote, Zotero and Bookends export with nothing left out.

Source: the files that EndNote writes, and RSXML.dtd of EndNote 8 and later. Italics, bold, raised
and lowered letters are `style` elements with a `face`; references have the number of their type.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from northbib.exchange import endnote, endnote_xml_7, xml
from northbib.exchange.keeping import is_kept, with_kept
from northbib.exchange.pages import pages_in_one, pages_of
from northbib.exchange.protocol import framed
from northbib.exchange.scheme import Scheme, decoded, encoded
from northbib.exchange.tagged import Fields, all_of, first_of
from northbib.exchange.worded_dates import worded, worded_date, worded_or_literal
from northbib.markup.inline import parse_inline
from northbib.markup.tree import Styled, Text, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from lxml.etree import _Element

    from northbib.exchange.protocol import Read
    from northbib.markup.tree import Inlines
    from northbib.records import Date, Record, Value

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]

TYPES = endnote.TYPES

_NAMES = {str(number): name for name, number in endnote.NUMBERS.items()}

_PATHS = {
    "%A": "contributors/authors/author",
    "%E": "contributors/secondary-authors/author",
    "%Y": "contributors/tertiary-authors/author",
    "%?": "contributors/subsidiary-authors/author",
    "%T": "titles/title",
    "%B": "titles/secondary-title",
    "%J": "titles/secondary-title periodical/full-title",
    "%S": "titles/tertiary-title",
    "%!": "titles/short-title",
    "%Q": "titles/translated-title",
    "%(": "orig-pub",
    "%*": "reviewed-item",
    "%V": "volume",
    "%N": "number",
    "%6": "num-vols",
    "%7": "edition",
    "%&": "section",
    "%C": "pub-location",
    "%I": "publisher",
    "%@": "isbn",
    "%1": "custom1",
    "%2": "custom2",
    "%3": "custom3",
    "%4": "custom4",
    "%#": "custom5",
    "%$": "custom6",
    "%]": "custom7",
}
"""Tag of the tagged format -> path of the element that holds the same."""

_YEAR_OF_PROCEEDINGS = "custom2"

_SCHEME = Scheme(
    key="label",
    keyword="keywords/keyword",
    note="notes",
    serial="isbn",
    names={
        "author": "contributors/authors/author",
        "editor": "contributors/secondary-authors/author",
        "collection-editor": "contributors/tertiary-authors/author",
        "translator": "contributors/subsidiary-authors/author",
    },
    texts={
        "title": "titles/title",
        "container-title": "titles/secondary-title",
        "collection-title": "titles/tertiary-title",
        "title-short": "titles/short-title",
        "container-title-short": "periodical/abbr-1",
        "original-title": "orig-pub",
        "reviewed-title": "reviewed-item",
        "volume": "volume",
        "issue": "number",
        "number": "number",
        "number-of-volumes": "num-vols",
        "edition": "edition",
        "version": "edition",
        "chapter-number": "section",
        "publisher-place": "pub-location",
        "publisher": "publisher",
        "call-number": "call-num",
        "abstract": "abstract",
        "note": "notes",
        "annote": "research-notes",
        "genre": "work-type",
        "URL": "urls/related-urls/url",
        "DOI": "electronic-resource-num",
        "archive": "remote-database-name",
        "source": "remote-database-provider",
        "language": "language",
    },
    by_type={
        named: {name: " ".join(_PATHS[tag] for tag in tags.split()) for name, tags in table.items()}
        for named, table in endnote.BY_TYPE.items()
    },
    others={
        "container-title": ("periodical/full-title",),
        "container-title-short": ("titles/alt-title", "periodical/abbr-2"),
        "issue": ("issue",),
        "URL": ("urls/web-urls/url", "urls/text-urls/url"),
        "author": ("authors/author",),
        "translator": ("contributors/translated-authors/author",),
        "DOI": ("doi",),
    },
    extras={
        "accession-num": "accession",
        "auth-address": "affiliation",
        "auth-affiliation": "institution-of-author",
        "caption": "caption",
        **{f"custom{number}": f"custom{number}" for number in range(1, 8)},
        "reprint-edition": "reprint",
        "titles/translated-title": "translated-title",
        "urls/pdf-urls/url": "fulltext",
        "urls/image-urls/url": "image",
    },
    passed=frozenset(
        """
        ref-type pages access-date dates/year dates/pub-dates/date rec-number
        foreign-keys/key source-app database
        """.split()
    ),
    prefix="endnote-",
)

_ORDER = (
    "contributors",
    "auth-address",
    "auth-affiliation",
    "titles",
    "periodical",
    "pages",
    "volume",
    "number",
    "num-vols",
    "section",
    "edition",
    "reprint-edition",
    "keywords",
    "dates",
    "pub-location",
    "publisher",
    "isbn",
    "orig-pub",
    "accession-num",
    "call-num",
    "label",
    "work-type",
    "reviewed-item",
    "caption",
    "abstract",
    "notes",
    "research-notes",
    "urls",
    "custom1",
    "custom2",
    "custom3",
    "custom4",
    "custom5",
    "custom6",
    "custom7",
    "electronic-resource-num",
    "remote-database-name",
    "remote-database-provider",
    "language",
    "access-date",
)
"""The order in which EndNote writes the parts of a record."""

_RICH = frozenset({"title", "container-title", "collection-title", "abstract"})
_RICH_PATHS = frozenset(
    {
        "titles/title",
        "titles/secondary-title",
        "titles/tertiary-title",
        "periodical/full-title",
        "abstract",
        "custom3",
    }
)
_FACES = {"emphasis": "italic", "strong": "bold", "superscript": "superscript"} | {
    "subscript": "subscript"
}
_TAGS = {"italic": "i", "bold": "b", "superscript": "sup", "subscript": "sub"}
_NOT_A_FACE = re.compile(r"</?span[^>]*>|</?sc>")
_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the records of a file, or the citations in a document.

    Raises:
        InputError: It is not well-formed XML, or holds no records of EndNote.
    """
    refusal = "not EndNote XML: there is no record with a ref-type"
    return xml.records(source, name, ["{*}record", endnote_xml_7.RECORD], _record, refusal)


def _record(element: _Element) -> Record | None:
    if element.tag == endnote_xml_7.RECORD:
        return decode(tuple(endnote_xml_7.fields(element)))
    if element.find("{*}ref-type") is None and element.find("{*}titles") is None:
        return None
    return decode(tuple(_fields(element)))


def _fields(record: _Element) -> Iterator[tuple[str, str]]:
    """Give the parts of a record: the path of each element that holds text, and the text."""
    kind = record.find("{*}ref-type")
    if kind is not None:
        number = xml.text_of(kind)
        # The numbers of other programs are their own; the name counts.
        yield "ref-type", kind.get("name") or _NAMES.get(number, "")
    for part in record:
        yield from _parts(part, xml.local_name(part))


def _parts(element: _Element, path: str) -> Iterator[tuple[str, str]]:
    inside = [child for child in element if xml.local_name(child) not in ("style", "")]
    if inside:
        for child in inside:
            yield from _parts(child, f"{path}/{xml.local_name(child)}")
    elif path != "ref-type":
        text = _rich(element).replace("\r", "\n")
        lines = (" ".join(line.split()) for line in text.split("\n"))
        between = "\n" if path in _IN_LINES else " "
        yield path, between.join(filter(None, lines))


_IN_LINES = frozenset({"notes", "research-notes", "keywords/keyword"})


def _rich(element: _Element) -> str:
    pieces = [element.text or ""]
    for style in element:
        inside = _rich(style)
        for face in (style.get("face") or "").split():
            tag = _TAGS.get(face)
            inside = f"<{tag}>{inside}</{tag}>" if tag and inside else inside
        pieces += [inside, style.tail or ""]
    return "".join(pieces)


def decode(native: Fields) -> Record:
    """Give the record of the parts of one."""
    named, kind = endnote.types_of(all_of(native, "ref-type"))
    dates: dict[str, Date | None] = {
        "issued": _issued(native, named),
        "accessed": _accessed(native),
    }
    more: dict[str, Value] = {name: date for name, date in dates.items() if date is not None}
    more |= pages_of(first_of(native, "pages"), kind)
    lines = [line for text in all_of(native, "research-notes") for line in text.split("\n")]
    if lines:
        more["annote"] = "\n".join(line for line in lines if not is_kept(line))
    if named == "Conference Proceedings":
        native = tuple(field for field in native if field[0] != _YEAR_OF_PROCEEDINGS)
    usual = endnote.usual(native, named, _PATHS)
    record = decoded(usual, (named, kind), _SCHEME, more)
    found = {name: value for name, value in record.values.items() if value}
    return with_kept(record.replace(values=found), lines)


def _issued(native: Fields, named: str) -> Date | None:
    # In proceedings the other year is that of the conference.
    published = (_YEAR_OF_PROCEEDINGS,) if named == "Conference Proceedings" else ()
    year = first_of(native, *published, "dates/year")
    day = worded_date(first_of(native, "dates/pub-dates/date"), year)
    if day is not None and day.start and (day.start.month or not year):
        return day
    return worded_or_literal(year)


def _accessed(native: Fields) -> Date | None:
    return worded_or_literal(first_of(native, "access-date"))


def encode(record: Record) -> Fields:
    """Give the parts of a record."""
    named = endnote.type_named(record)
    named = named if named in endnote.NUMBERS else "Generic"
    fields = [("ref-type", named), *encoded(record, endnote.types_of([named]), _SCHEME, _faced)]
    issued, accessed = record.date("issued"), record.date("accessed")
    if issued is not None and issued.start is not None and issued.start.year > 0:
        fields.append(("dates/year", f"{issued.start.year:04d}"))
        if issued.start.month:
            fields.append(("dates/pub-dates/date", worded(issued.start)))
    if accessed is not None and accessed.start is not None:
        fields.append(("access-date", accessed.start.edtf()))
    fields.append(("pages", pages_in_one(record)))
    lines = tuple((tag, value) for tag, value in fields if value)
    return endnote.as_meeting(lines, _PATHS) if named in endnote.MEETINGS else lines


def _faced(record: Record, variable: str) -> str:
    """Give a text with the markup that has a face."""
    return (
        _NOT_A_FACE.sub("", record.text(variable)) if variable in _RICH else record.plain(variable)
    )


def keep(native: Fields, lines: Sequence[str]) -> Fields:
    """Put notes into the research notes, a line each."""
    own = first_of(native, "research-notes")
    others = tuple(field for field in native if field[0] != "research-notes")
    return (*others, ("research-notes", "\n".join((*([own] if own else []), *lines))))


def write(natives: Iterable[Fields]) -> Iterator[bytes]:
    """Write a file in UTF-8."""
    return framed(map(_source, natives), _HEAD, b"\n", b"\n</records></xml>\n")


def _source(native: Fields) -> bytes:
    root = etree.Element("record")
    kind = first_of(native, "ref-type")
    xml.add(root, "ref-type", str(endnote.NUMBERS[kind]), name=kind)
    parents: dict[str, _Element] = {}
    for path, value in sorted(native, key=_place):
        if path != "ref-type":
            _add(root, parents, path, value)
    return etree.tostring(root, encoding="utf-8")


def _place(field: tuple[str, str]) -> int:
    first = field[0].partition("/")[0]
    return _ORDER.index(first) if first in _ORDER else -1


def _add(root: _Element, parents: dict[str, _Element], path: str, value: str) -> None:
    folder, _, tag = path.rpartition("/")
    parent = root
    for depth, name in enumerate(folder.split("/") if folder else ()):
        so_far = "/".join(folder.split("/")[: depth + 1])
        if so_far not in parents:
            parents[so_far] = xml.add(parent, name)
        parent = parents[so_far]
    element = xml.add(parent, tag)
    if path in _RICH_PATHS:
        for node in parse_inline(value):
            _add_style(element, (node,), ())
    else:
        _style(element, value, "normal")


def _add_style(parent: _Element, content: Inlines, faces: tuple[str, ...]) -> None:
    for node in content:
        if isinstance(node, Text):
            _style(parent, node.text, " ".join(faces) or "normal")
        elif isinstance(node, Styled) and node.kind in _FACES:
            _add_style(parent, node.children, (*faces, _FACES[node.kind]))
        else:
            _style(parent, text_of((node,)), " ".join(faces) or "normal")


def _style(parent: _Element, text: str, face: str) -> None:
    xml.add(parent, "style", text, face=face, font="default", size="100%")
