"""From a record to a MARC 21 record, with the punctuation of ISBD that MARC 21 still has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.exchange.languages import code_of
from northbib.exchange.marc21.dates import coded, printed
from northbib.exchange.marc21.record import Field, Marc
from northbib.exchange.marc21.tables import LEADER_OF, MARC_GENRES, OURS, TYPES
from northbib.exchange.people import inverted
from northbib.exchange.relators import CODES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.records import Date, Name, Record

__all__ = ["encode", "field_of_name", "keep"]

_LONGEST = 9000
"""Bytes of a piece of a text that is cut, since a field of ISO 2709 has 9,999."""

_ARTICLES = {
    "en": ("A ", "An ", "The "),
    "de": ("Der ", "Die ", "Das "),
    "fr": ("Le ", "La ", "L'"),
}
_HOSTED = frozenset({"aa", "ab"})
_FILL = "|"
_ROOM = 9_950
"""Bytes for all values of a field, beside its indicators and codes."""

_LONGEST_LETTER = 4
"""Bytes of a letter in UTF-8."""

_CONTROLS = dict.fromkeys(range(0x20))
"""Control characters, by which ISO 2709 tells fields and records."""


def encode(record: Record) -> Marc:
    """Give the MARC 21 record of a record."""
    kind = LEADER_OF.get(record.type, "am")
    names = list(_names(record))
    main = [field for field in names if field.tag < "200"]
    fields = [
        *([Field("001", record.key.translate(_CONTROLS))] if record.key else []),
        Field("008", _coded(record)),
        *_numbers(record, kind),
        *_languages(record),
        *main,
        *_titles(record, has_main_entry=bool(main)),
        *_publication(record),
        *_notes(record),
        *_topics(record),
        *(field for field in names if field.tag > "200"),
        *_event(record),
        *_original(record),
        *_host(record, kind),
        *_places(record),
    ]
    return Marc(f"00000n{kind} a2200000uu 4500", fields)


def keep(native: Marc, lines: Sequence[str]) -> Marc:
    """Put notes into fields 887, several for one that is too long for a field."""
    pieces = []
    for line in lines:
        first, *rest = _pieces(line)
        pieces += [first, *(f"+{more}" for more in rest)]
    kept = [_field("887", "  ", a=piece, **{"2": OURS}) for piece in pieces]
    return Marc(native.leader, (*native.fields, *kept))


def _field(tag: str, indicators: str, **subfields: str) -> Field:
    written, room = [], _ROOM
    for code, value in subfields.items():
        text = value if value.isprintable() else value.translate(_CONTROLS)
        if len(text) * _LONGEST_LETTER > room:
            text = text.encode()[:room].decode("utf-8", "ignore")
        room -= len(text.encode())
        if text:
            written.append((code, text))
    return Field(tag, "", indicators, written)


def _coded(record: Record) -> str:
    """Give field 008; what would tell the day of the writing is filled, so that a file stays."""
    language = code_of(record.plain("language")) or "und"
    middle = _FILL * 17
    return f"{_FILL * 6}{coded(record.date('issued'))}xx {middle}{language} d"


def _numbers(record: Record, kind: str) -> Iterator[Field]:
    if kind not in _HOSTED:
        for number in record.plain("ISBN").replace("-", "").split():
            yield _field("020", "  ", a=number)
        for number in record.plain("ISSN").split():
            yield _field("022", "  ", a=number)
    for variable, source in (("DOI", "doi"), ("PMID", "pmid"), ("PMCID", "pmcid")):
        if number := record.plain(variable):
            yield _field("024", "7 ", a=number, **{"2": source})
    if (number := record.plain("number")) and record.type == "report":
        yield _field("088", "  ", a=number)
    elif number and kind not in _HOSTED:
        yield _field("024", "8 ", a=number)


def _languages(record: Record) -> Iterator[Field]:
    if tag := record.plain("language"):
        yield _field("041", " 7", a=tag, **{"2": "rfc5646"})


def _names(record: Record) -> Iterator[Field]:
    is_first = True
    for role in CODES:
        for name in record.names(role) if role in record.values else ():
            main = is_first and role == "author"
            yield field_of_name(name, role, main=main)
            is_first = False


def field_of_name(name: Name, role: str, *, main: bool) -> Field:
    """Give the field of a name, the main entry or one added."""
    code, term = CODES[role]
    tag = f"{'1' if main else '7'}{'10' if name.literal else '00'}"
    whole = name.literal or inverted(_without_suffix(name))
    subfields = {"a": f"{whole},"}
    if name.suffix:
        subfields["c"] = f"{name.suffix},"
    subfields |= {"e": f"{term}.", "4": code}
    first = "2" if name.literal else "1" if name.given else "0"
    return _field(tag, f"{first} ", **subfields)


def _without_suffix(name: Name) -> Name:
    return type(name)(name.family, name.given, name.dropping_particle, name.non_dropping_particle)


def _titles(record: Record, *, has_main_entry: bool) -> Iterator[Field]:
    title = record.plain("title") or "[Without a title]"
    main, colon, rest = title.partition(": ")
    subfields = {"a": f"{main} :" if colon else main}
    if colon:
        subfields["b"] = rest
    last = "b" if colon else "a"
    if not subfields[last].endswith("."):
        subfields[last] += "."
    yield _field("245", f"{int(has_main_entry)}{_not_sorted(record, main)}", **subfields)
    if short := record.plain("title-short"):
        yield _field("246", "30", a=short)


def _not_sorted(record: Record, title: str) -> int:
    language = record.plain("language")[:2] or "en"
    leads = _ARTICLES.get(language, ())
    return next((len(lead) for lead in leads if title.startswith(lead)), 0)


def _publication(record: Record) -> Iterator[Field]:
    if edition := record.plain("edition"):
        yield _field("250", "  ", a=edition if edition.endswith(".") else f"{edition}.")
    place, publisher = record.plain("publisher-place"), record.plain("publisher")
    year = printed(record.date("issued"))
    parts = {
        "a": place and f"{place} :",
        "b": publisher and f"{publisher},",
        "c": year and f"{year}.",
    }
    if any(parts.values()):
        yield _field("264", " 1", **parts)
    if count := record.plain("number-of-pages"):
        yield _field("300", "  ", a=f"{count} pages")
    title, number = record.plain("collection-title"), record.plain("collection-number")
    if title:
        yield _field("490", "0 ", a=f"{title} ;" if number else title, v=number)


def _notes(record: Record) -> Iterator[Field]:
    for line in record.plain("note").split("\n"):
        yield from (_field("500", "  ", a=piece) for piece in _pieces(line))
    if record.type == "thesis" and record.plain("genre"):
        issued = record.date("issued")
        year = "" if issued is None or issued.year is None else str(issued.year)
        school = record.plain("publisher")
        yield _field("502", "  ", b=record.plain("genre"), c=school, d=year)
    yield from (_field("520", "  ", a=piece) for piece in _pieces(record.plain("abstract")))
    yield from (_field("540", "  ", a=piece) for piece in _pieces(record.plain("license")))
    yield from (_field("590", "  ", a=piece) for piece in _pieces(record.plain("annote")))


def _pieces(text: str) -> list[str]:
    """Cut a text at spaces, so that each piece fits into a field."""
    pieces: list[str] = []
    while len(text.encode()) > _LONGEST:
        cut = text.encode()[:_LONGEST].decode("utf-8", "ignore")
        at = cut.rfind(" ") if " " in cut else len(cut)
        pieces.append(text[:at])
        text = text[at:]
    return [*pieces, text] if text else pieces


def _topics(record: Record) -> Iterator[Field]:
    for topic in record.keywords:
        yield _field("653", "  ", a=topic)
    genre = TYPES.get(record.type, "document")
    source = "marcgt" if genre in MARC_GENRES else "local"
    yield _field("655", " 7", a=f"{genre}.", **{"2": source})
    if (own := record.plain("genre")) and record.type != "thesis":
        yield _field("655", " 4", a=own)


def _event(record: Record) -> Iterator[Field]:
    title, place, date = (
        record.plain("event-title"),
        record.plain("event-place"),
        record.date("event-date"),
    )
    if title:
        yield _field("711", "2 ", a=title, d=date.edtf() if date else "", c=place)


def _original(record: Record) -> Iterator[Field]:
    date = record.date("original-date")
    publisher = record.plain("original-publisher")
    if title := record.plain("original-title"):
        made = ", ".join(part for part in (publisher, date.edtf() if date else "") if part)
        yield _field("765", "08", i="Original:", t=title, d=made)


def _host(record: Record, kind: str) -> Iterator[Field]:
    title = record.plain("container-title")
    if not title and kind not in _HOSTED:
        return
    parts = {
        "t": title,
        "p": record.plain("container-title-short"),
        "g": _related_parts(record),
        "x": record.plain("ISSN") if kind in _HOSTED else "",
        "z": record.plain("ISBN") if kind in _HOSTED else "",
    }
    if any(parts.values()):
        yield _field("773", "0 ", **parts)


def _related_parts(record: Record) -> str:
    named = (
        ("Vol. ", record.plain("volume")),
        ("no. ", record.plain("issue") or record.plain("number")),
        ("chapter ", record.plain("chapter-number")),
        ("pages ", record.plain("page")),
    )
    return ", ".join(f"{word}{value}" for word, value in named if value)


def _places(record: Record) -> Iterator[Field]:
    archive, shelf = record.plain("archive"), record.plain("call-number")
    if archive or shelf:
        yield _field("852", "  ", a=archive, j=shelf)
    accessed: Date | None = record.date("accessed")
    if url := record.plain("URL"):
        yield _field("856", "40", u=url, z=f"Accessed {accessed.edtf()}" if accessed else "")
