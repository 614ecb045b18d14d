"""EndNote XML: what EndNote, Zotero and Bookends export with nothing left out.

Source: the files that EndNote writes, and RSXML.dtd of EndNote 8 and later. Italics, bold, raised
and lowered letters are `style` elements with a `face`; references have the number of their type.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from northbib.errors import InputError
from northbib.exchange import enw, xml
from northbib.exchange.keeping import is_kept, with_kept
from northbib.exchange.protocol import framed
from northbib.exchange.scheme import HAS_PAGE_COUNT, Scheme, date_of, decoded, encoded
from northbib.exchange.tagged import Fields, all_of, first_of
from northbib.findings import Finding
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

TYPES = enw.TYPES

_NUMBERS: dict[str, int] = {
    "Aggregated Database": 55,
    "Ancient Text": 51,
    "Artwork": 2,
    "Audiovisual Material": 3,
    "Bill": 4,
    "Blog": 56,
    "Book": 6,
    "Book Section": 5,
    "Case": 7,
    "Catalog": 8,
    "Chart or Table": 38,
    "Classical Work": 49,
    "Computer Program": 9,
    "Conference Paper": 47,
    "Conference Proceedings": 10,
    "Dataset": 59,
    "Dictionary": 52,
    "Edited Book": 28,
    "Electronic Article": 43,
    "Electronic Book": 44,
    "Encyclopedia": 53,
    "Equation": 39,
    "Figure": 37,
    "Film or Broadcast": 21,
    "Generic": 13,
    "Government Document": 46,
    "Grant": 54,
    "Hearing": 14,
    "Journal Article": 17,
    "Legal Rule or Regulation": 50,
    "Magazine Article": 19,
    "Manuscript": 36,
    "Map": 20,
    "Music": 61,
    "Newspaper Article": 23,
    "Online Database": 45,
    "Online Multimedia": 48,
    "Pamphlet": 24,
    "Patent": 25,
    "Personal Communication": 26,
    "Report": 27,
    "Serial": 57,
    "Standard": 58,
    "Statute": 31,
    "Thesis": 32,
    "Unpublished Work": 34,
    "Web Page": 12,
}
"""EndNote's reference type -> its number; one without a number is written as Generic."""

_NAMES = {str(number): name for name, number in _NUMBERS.items()}

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
    others={
        "container-title": ("periodical/full-title",),
        "container-title-short": ("titles/alt-title", "periodical/abbr-2"),
        "URL": ("urls/web-urls/url",),
        "author": ("authors/author",),
    },
)

_ORDER = (
    "contributors",
    "titles",
    "periodical",
    "pages",
    "volume",
    "number",
    "num-vols",
    "section",
    "edition",
    "keywords",
    "dates",
    "pub-location",
    "publisher",
    "isbn",
    "call-num",
    "label",
    "work-type",
    "abstract",
    "notes",
    "research-notes",
    "urls",
    "electronic-resource-num",
    "remote-database-name",
    "remote-database-provider",
    "language",
    "access-date",
)
"""The order in which EndNote writes the parts of a record."""

_RICH = frozenset({"titles/title", "titles/secondary-title", "titles/tertiary-title", "abstract"})
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
    is_endnote = False
    for element in xml.elements(source, name, "{*}record"):
        if isinstance(element, Finding):
            yield element
        elif element.find("{*}ref-type") is not None or element.find("{*}titles") is not None:
            is_endnote = True
            yield decode(tuple(_fields(element)))
    if not is_endnote:
        raise InputError("not EndNote XML: there is no record with a ref-type", where=name)


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
    kind = enw.type_of(first_of(native, "ref-type"))
    dates: dict[str, Date | None] = {
        "issued": _issued(native),
        "accessed": date_of(all_of(native, "access-date")),
    }
    more: dict[str, Value] = {name: date for name, date in dates.items() if date is not None}
    if pages := first_of(native, "pages"):
        counts = pages.isdecimal() and kind in HAS_PAGE_COUNT
        more["number-of-pages" if counts else "page"] = pages
    lines = [line for text in all_of(native, "research-notes") for line in text.split("\n")]
    if lines:
        more["annote"] = "\n".join(line for line in lines if not is_kept(line))
    record = decoded(native, kind, _SCHEME, more)
    found = {name: value for name, value in record.values.items() if value}
    return with_kept(record.replace(values=found), lines)


def _issued(native: Fields) -> Date | None:
    year = first_of(native, "dates/year")
    written = first_of(native, "dates/pub-dates/date")
    day = date_of([written]) if written else None
    if day is not None and not day.literal:
        return day
    return date_of([text for text in (year, written) if text])


def encode(record: Record) -> Fields:
    """Give the parts of a record."""
    kind = TYPES.get(record.type, "Generic")
    fields = [("ref-type", kind if kind in _NUMBERS else "Generic")]
    fields += encoded(record, _SCHEME, _faced)
    issued, accessed = record.date("issued"), record.date("accessed")
    if issued is not None and issued.start is not None and issued.start.year > 0:
        fields.append(("dates/year", f"{issued.start.year:04d}"))
        if issued.start.month:
            fields.append(("dates/pub-dates/date", issued.start.edtf()))
    if accessed is not None and accessed.start is not None:
        fields.append(("access-date", accessed.start.edtf()))
    page = record.plain("page").replace("–", "-")
    count = "" if page or record.type not in HAS_PAGE_COUNT else record.plain("number-of-pages")
    fields.append(("pages", page or count))
    if record.type == "article-journal":
        fields.append(("periodical/full-title", record.plain("container-title")))
    return tuple((tag, value) for tag, value in fields if value)


def _faced(record: Record, variable: str) -> str:
    """Give a text with the markup that has a face."""
    is_rich = _SCHEME.texts.get(variable) in _RICH
    return _NOT_A_FACE.sub("", record.text(variable)) if is_rich else record.plain(variable)


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
    xml.add(root, "ref-type", str(_NUMBERS[kind]), name=kind)
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
    if path in _RICH:
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
