"""Bibliographies of TEI: `listBibl` with `biblStruct`, as Zotero, GROBID and editors write them.

Source: TEI P5 Guidelines, 3.12 (Bibliographic Citations and References). Since TEI has no words for
types of works, they are those that Zotero writes. Other kinds of entries are read as text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from lxml import etree

from northbib.errors import InputError
from northbib.exchange import xml
from northbib.exchange.keeping import with_kept
from northbib.exchange.people import name_of
from northbib.exchange.protocol import framed
from northbib.exchange.worded_dates import worded_date
from northbib.exchange.xml_markup import Vocabulary, laid_out
from northbib.findings import Finding
from northbib.records import Date, Name, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from lxml.etree import _Element

    from northbib.exchange.protocol import Read
    from northbib.records import Value

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]

_NAMESPACE = "http://www.tei-c.org/ns/1.0"
_TEI = f"{{{_NAMESPACE}}}"
_MAP = cast("dict[str, str]", {None: _NAMESPACE})
_XML = "{http://www.w3.org/XML/1998/namespace}"

TYPES: dict[str, str] = {
    "article": "preprint",
    "article-journal": "journalArticle",
    "article-magazine": "magazineArticle",
    "article-newspaper": "newspaperArticle",
    "bill": "bill",
    "book": "book",
    "broadcast": "tvBroadcast",
    "chapter": "bookSection",
    "classic": "classic",
    "collection": "collection",
    "dataset": "dataset",
    "document": "document",
    "entry": "entry",
    "entry-dictionary": "dictionaryEntry",
    "entry-encyclopedia": "encyclopediaArticle",
    "event": "event",
    "figure": "figure",
    "graphic": "artwork",
    "hearing": "hearing",
    "interview": "interview",
    "legal_case": "case",
    "legislation": "statute",
    "manuscript": "manuscript",
    "map": "map",
    "motion_picture": "film",
    "musical_score": "musicalScore",
    "pamphlet": "pamphlet",
    "paper-conference": "conferencePaper",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "personal_communication": "letter",
    "post": "forumPost",
    "post-weblog": "blogPost",
    "regulation": "regulation",
    "report": "report",
    "review": "review",
    "review-book": "bookReview",
    "software": "computerProgram",
    "song": "audioRecording",
    "speech": "presentation",
    "standard": "standard",
    "thesis": "thesis",
    "treaty": "treaty",
    "webpage": "webpage",
}
"""CSL type -> type of `biblStruct`."""

_TYPE_OF = {word.lower(): type_ for type_, word in TYPES.items()} | {
    "article": "article-journal",
    "email": "personal_communication",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "instantmessage": "personal_communication",
    "misc": "document",
    "online": "webpage",
    "phdthesis": "thesis",
    "podcast": "broadcast",
    "proceedings": "book",
    "radiobroadcast": "broadcast",
    "videorecording": "motion_picture",
}

_SCOPES: dict[str, str] = {
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "chapter-number": "chapter",
    "part-number": "part",
    "section": "section",
}
_SCOPE_OF = {unit: variable for variable, unit in _SCOPES.items()} | {
    "pp": "page",
    "pages": "page",
    "vol": "volume",
    "number": "issue",
    "iss": "issue",
    "chap": "chapter-number",
}
_IDNOS = {
    "DOI": "DOI",
    "ISBN": "ISBN",
    "ISSN": "ISSN",
    "PMID": "PMID",
    "PMCID": "PMCID",
    "call-number": "callNumber",
    "number": "number",
}
_IDNO_OF = {kind.lower(): variable for variable, kind in _IDNOS.items()} | {
    "pmc": "PMCID",
    "eissn": "ISSN",
    "shelfmark": "call-number",
    "reportnumber": "number",
}
_RESPONSIBLE = ("translator", "illustrator", "compiler", "director", "composer", "interviewer")
_IN_HOST = frozenset(
    """
    article-journal article-magazine article-newspaper chapter entry entry-dictionary
    entry-encyclopedia paper-conference review review-book post post-weblog
    """.split()
)
_LEVELS = {"article-journal": "j", "article-magazine": "j", "article-newspaper": "j"}
_MARKS: dict[str, tuple[str, dict[str, str]]] = {
    "emphasis": (f"{_TEI}hi", {"rend": "italic"}),
    "strong": (f"{_TEI}hi", {"rend": "bold"}),
    "superscript": (f"{_TEI}hi", {"rend": "superscript"}),
    "subscript": (f"{_TEI}hi", {"rend": "subscript"}),
    "small-caps": (f"{_TEI}hi", {"rend": "smallcaps"}),
    "no-case": (f"{_TEI}seg", {"type": "nocase"}),
}
_KINDS = {
    "italic": "emphasis",
    "italics": "emphasis",
    "i": "emphasis",
    "it": "emphasis",
    "bold": "strong",
    "b": "strong",
    "sup": "superscript",
    "superscript": "superscript",
    "super": "superscript",
    "sub": "subscript",
    "subscript": "subscript",
    "smallcaps": "small-caps",
    "small-caps": "small-caps",
    "sc": "small-caps",
}
_DOI_LEAD = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z_][\w.-]*")
_YEAR = re.compile(r"\d{4}")
_OURS = "northbib"
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<listBibl xmlns="{_NAMESPACE}">\n'.encode()
_RANGE = re.compile(r"(?P<first>[^-–,;]+)[-–](?P<last>[^-–,;]+)")
_HOLD_TEXT = frozenset({"title", "note", "p"})


def _kind_of(element: _Element) -> str:
    tag = xml.local_name(element)
    if tag == "seg":
        return "no-case" if element.get("type") == "nocase" else ""
    if tag == "emph" or (tag == "hi" and not element.get("rend")):
        return "emphasis"
    return _KINDS.get((element.get("rend") or "").lower(), "") if tag == "hi" else ""


_MARKUP = Vocabulary(_MARKS, _kind_of)


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the entries of a bibliography; what a header says of the document itself is none.

    Raises:
        InputError: It is not well-formed XML, or holds no bibliography.
    """
    is_tei = False
    for element in xml.elements(
        source, name, "{*}biblStruct", "{*}bibl", "{*}listBibl", "{*}sourceDesc"
    ):
        is_tei = True
        if isinstance(element, Finding):
            yield element
        elif xml.local_name(element).startswith("bibl") and _is_entry(element):
            yield decode(element) if xml.local_name(element) == "biblStruct" else _loose(element)
    if not is_tei:
        raise InputError("not TEI: there is no biblStruct, bibl or listBibl in it", where=name)


def _is_entry(element: _Element) -> bool:
    above = [xml.local_name(parent) for parent in element.iterancestors()]
    if any(tag in ("biblStruct", "bibl", "relatedItem") for tag in above):
        return False
    if "listBibl" in above:
        return True
    return xml.local_name(element) == "biblStruct" and "sourceDesc" not in above


def _loose(element: _Element) -> Record:
    """Read an entry that is a text with tags in it, or without any."""
    record = decode(element)
    if record.title or not xml.text_of(element):
        return record
    return record.replace(values={"title": _MARKUP.text(element), **record.values})


def decode(native: _Element) -> Record:
    """Give the record of an entry."""
    analytic, monograph = native.find("{*}analytic"), native.find("{*}monogr")
    whole = monograph if monograph is not None else native
    values: dict[str, Value] = {}
    _set_titles(values, native, analytic, whole)
    _set_names(values, analytic, whole, native.find("{*}series"))
    _set_imprint(values, whole)
    _set_scopes(values, native)
    _set_identifiers(values, native)
    _set_series(values, native)
    notes = [note for note in native.iter("{*}note") if not _in_note(note)]
    kept = [_raw(note) for note in notes if note.get("type") == _OURS]
    values["note"] = "\n".join(
        _MARKUP.text(note) for note in notes if (note.get("type") or "") in _SHOWN
    )
    for variable, kind in (("abstract", "abstract"), ("genre", "genre"), ("URL", "url")):
        text = next((_MARKUP.text(note) for note in notes if note.get("type") == kind), "")
        values[variable] = values.get(variable) or text
    accessed = next((_raw(note) for note in notes if note.get("type") == "accessed"), "")
    if accessed and "accessed" not in values:
        values["accessed"] = Date.parse(accessed.partition("T")[0])
    found = {name: value for name, value in values.items() if value}
    key = native.get(f"{_XML}id", "")
    return with_kept(Record(key, _type(native, values, analytic), found, _topics(native)), kept)


_SHOWN = ("", "note", "annotation", "addition", "general")


def _raw(element: _Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _in_note(note: _Element) -> bool:
    return any(xml.local_name(parent) == "note" for parent in note.iterancestors())


def _topics(native: _Element) -> tuple[str, ...]:
    found = [note for note in native.iter("{*}note") if note.get("type") in ("tag", "keyword")]
    found += list(native.iterfind(".//{*}keywords//{*}term"))
    return tuple(dict.fromkeys(filter(None, map(_raw, found))))


def _titles(element: _Element | None, *levels: str) -> dict[str, str]:
    """Give the titles of an element by their kinds, of some levels only if any are named."""
    titles: dict[str, str] = {}
    for title in element.findall("{*}title") if element is not None else ():
        level, kind = title.get("level") or "", title.get("type") or "main"
        if not levels or not level or level in levels:
            titles.setdefault(kind, _MARKUP.text(title))
    if "sub" in titles and "main" in titles:
        titles["main"] = f"{titles['main']}: {titles['sub']}"
    return titles


def _set_titles(
    values: dict[str, Value], native: _Element, analytic: _Element | None, whole: _Element
) -> None:
    host = _titles(whole, "m", "j", "u")
    own = _titles(analytic) if analytic is not None else _titles(native, "a")
    if analytic is None and native is not whole:
        own = {}
    if own.get("main"):
        values["title"] = own["main"]
        values["title-short"] = own.get("short", "")
        hosts = host if native is not whole else _titles(native, "m", "j")
        values["container-title"] = "" if hosts == own else hosts.get("main", "")
        values["container-title-short"] = hosts.get("short", hosts.get("abbreviated", ""))
    else:
        values["title"] = host.get("main", "")
        values["title-short"] = host.get("short", "")
    title = next(native.iter("{*}title"), None)
    language = "" if title is None else title.get(f"{_XML}lang", "")
    text_language = native.find(".//{*}textLang")
    coded = "" if text_language is None else text_language.get("mainLang", "")
    values["language"] = coded or language


def _set_names(
    values: dict[str, Value],
    analytic: _Element | None,
    whole: _Element,
    series: _Element | None,
) -> None:
    named: dict[str, list[Name]] = {}
    for element in (analytic, whole):
        for child in element if element is not None else ():
            tag = xml.local_name(child)
            is_host = element is whole and analytic is not None
            if tag == "author":
                role = "container-author" if is_host and "author" in named else "author"
                named.setdefault(role, []).extend(_people(child))
            elif tag == "editor":
                role = (child.get("role") or "editor").lower()
                chosen = role if role in _RESPONSIBLE else "editor"
                named.setdefault(chosen, []).extend(_people(child))
            elif tag == "respStmt":
                named.setdefault(_responsible(child), []).extend(_people(child))
    for child in series.findall("{*}editor") if series is not None else ():
        named.setdefault("collection-editor", []).extend(_people(child))
    for role, names in named.items():
        values[role] = tuple(name for name in dict.fromkeys(names) if name != Name())


def _responsible(statement: _Element) -> str:
    word = xml.child_text(statement, "{*}resp").lower()
    roles = (*_RESPONSIBLE, "editor", "author")
    stems = {"translat": "translator", "edit": "editor", "illustrat": "illustrator"}
    found = next((role for stem, role in stems.items() if stem in word), "")
    return found or next((role for role in roles if role in word), "contributor")


def _people(element: _Element) -> list[Name]:
    inside = [e for e in element if xml.local_name(e) in ("persName", "orgName", "name")]
    if not inside:
        return [_name(element)]
    return [_name(each) for each in inside]


def _name(element: _Element) -> Name:
    family = " ".join(map(xml.text_of, element.iterfind(".//{*}surname")))
    given = " ".join(map(xml.text_of, element.iterfind(".//{*}forename")))
    if not family:
        text = given or xml.text_of(element)
        is_body = xml.local_name(element) == "orgName" or element.get("type") == "corp"
        return Name(literal=text) if is_body else name_of(text)
    if not given:
        return Name(literal=family)
    link = xml.child_text(element, ".//{*}nameLink")
    suffix = " ".join(map(xml.text_of, element.iterfind(".//{*}genName")))
    if link:
        return Name(family, given, dropping_particle=link, suffix=suffix)
    read_name = name_of(f"{family}, x")
    return Name(
        read_name.family, given, dropping_particle=read_name.dropping_particle, suffix=suffix
    )


def _set_imprint(values: dict[str, Value], whole: _Element) -> None:
    imprint = whole.find("{*}imprint")
    place = imprint if imprint is not None else whole
    publishers = (_MARKUP.text(each) for each in place.findall("{*}publisher"))
    values["publisher"] = "; ".join(filter(None, publishers))
    places = [xml.text_of(each) for each in place.findall("{*}pubPlace")]
    values["publisher-place"] = "; ".join(filter(None, places))
    for date in place.findall("{*}date"):
        variable = {"accessed": "accessed", "access": "accessed", "original": "original-date"}.get(
            date.get("type") or "", "issued"
        )
        if found := _date(date):
            values.setdefault(variable, found)
    values["edition"] = xml.child_text(whole, "{*}edition")
    for extent in whole.findall("{*}extent"):
        if match := re.match(r"\d+", xml.text_of(extent)):
            values["number-of-pages"] = match[0]
    meeting = whole.find("{*}meeting")
    if meeting is not None:
        where, when = meeting.find("{*}placeName"), meeting.find("{*}date")
        values["event-place"] = xml.text_of(where)
        values["event-date"] = ("" if when is None else _date(when)) or ""
        inside = ("placeName", "date", "address")
        values["event-title"] = _MARKUP.text(meeting, inside).rstrip(" ,;")


def _date(element: _Element) -> Date | None:
    if coded := element.get("when") or element.get("when-iso"):
        date = Date.parse(coded)
    elif element.get("from") or element.get("to"):
        date = Date.parse(f"{element.get('from', '..')}/{element.get('to', '..')}")
    elif element.get("notBefore") and element.get("notAfter"):
        date = Date.parse(f"{element.get('notBefore')}~/{element.get('notAfter')}~")
    else:
        text = xml.text_of(element)
        date = Date.parse(text)
        date = (worded_date(text) or date) if date.literal else date
    if element.get("cert") in ("low", "medium") and date.start is not None:
        return Date(date.start, date.end, is_range=date.is_range, circa=True)
    return None if date == Date() else date


def _set_scopes(values: dict[str, Value], native: _Element) -> None:
    for scope in native.iter("{*}biblScope"):
        if "series" in map(xml.local_name, scope.iterancestors()):
            continue
        variable = _SCOPE_OF.get((scope.get("unit") or scope.get("type") or "").lower(), "")
        first, last = scope.get("from", ""), scope.get("to", "")
        span = f"{first}-{last}" if last and last != first else first
        if variable and (text := xml.text_of(scope) or span):
            values.setdefault(variable, text)


def _set_identifiers(values: dict[str, Value], native: _Element) -> None:
    for idno in native.iter("{*}idno"):
        kind, text = (idno.get("type") or "").lower(), xml.text_of(idno)
        if kind == "doi":
            text = re.sub(
                r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text, flags=re.IGNORECASE
            )
        if (variable := _IDNO_OF.get(kind)) and text:
            values.setdefault(variable, text)
        elif kind in ("url", "uri") and "://" in text:
            values.setdefault("URL", text)
    for link in native.iter("{*}ptr", "{*}ref"):
        address = link.get("target") or ""
        if "://" in address:
            values.setdefault("URL", address)


def _set_series(values: dict[str, Value], native: _Element) -> None:
    series = native.find("{*}series")
    if series is not None:
        values["collection-title"] = _titles(series).get("main", "")
        values["collection-number"] = xml.child_text(series, "{*}biblScope")
    else:
        title = next((t for t in native.iter("{*}title") if t.get("level") == "s"), None)
        values["collection-title"] = _MARKUP.text(title)


def _type(native: _Element, values: dict[str, Value], analytic: _Element | None) -> str:
    written = (native.get("type") or "").lower()
    if written in _TYPE_OF:
        return _TYPE_OF[written]
    levels = {title.get("level") for title in native.iter("{*}title")}
    if analytic is not None or "a" in levels:
        if "j" in levels or values.get("volume"):
            return "article-journal"
        return "paper-conference" if values.get("event-title") else "chapter"
    return "book" if "m" in levels else "document"


def encode(record: Record) -> _Element:
    """Give the `biblStruct` of a record."""
    root = etree.Element(f"{_TEI}biblStruct", nsmap=_MAP)
    root.set("type", TYPES.get(record.type, "document"))
    if _ID.fullmatch(record.key):
        root.set(f"{_XML}id", record.key)
    host = record.type in _IN_HOST or bool(record.plain("container-title"))
    if host:
        _add_analytic(root, record)
    _add_monograph(root, record, is_host=host)
    _add_series(root, record)
    if url := record.plain("URL"):
        xml.add(root, f"{_TEI}ptr", target=url)
    for line in record.text("note").split("\n"):
        if line:
            _MARKUP.add(root, f"{_TEI}note", line)
    for kind in ("abstract", "genre"):
        if text := record.text(kind):
            _MARKUP.add(root, f"{_TEI}note", text, type=kind)
    if record.keywords:
        topics = xml.add(root, f"{_TEI}note", type="tags")
        for topic in record.keywords:
            xml.add(topics, f"{_TEI}note", topic, type="tag")
    return root


def _add_titles(parent: _Element, record: Record, level: str) -> None:
    if title := record.text("title"):
        element = _MARKUP.add(parent, f"{_TEI}title", title, level=level)
        if language := record.plain("language"):
            element.set(f"{_XML}lang", xml.writable(language))
    if short := record.text("title-short"):
        _MARKUP.add(parent, f"{_TEI}title", short, level=level, type="short")


def _add_analytic(root: _Element, record: Record) -> None:
    analytic = xml.add(root, f"{_TEI}analytic")
    _add_titles(analytic, record, "a")
    _add_people(analytic, "author", record.names())
    _add_responsible(analytic, record)
    _add_idnos(analytic, record, ("DOI", "PMID", "PMCID"))


def _add_monograph(root: _Element, record: Record, *, is_host: bool) -> None:
    whole = xml.add(root, f"{_TEI}monogr")
    if is_host:
        level = _LEVELS.get(record.type, "m")
        if title := record.text("container-title"):
            _MARKUP.add(whole, f"{_TEI}title", title, level=level)
        if short := record.text("container-title-short"):
            _MARKUP.add(whole, f"{_TEI}title", short, level=level, type="short")
        _add_people(whole, "author", record.names("container-author"))
        _add_people(whole, "editor", record.names("editor"))
    else:
        _add_titles(whole, record, "m")
        _add_people(whole, "author", record.names())
        _add_people(whole, "editor", record.names("editor"))
        _add_responsible(whole, record)
    in_analytic = ("DOI", "PMID", "PMCID") if is_host else ()
    _add_idnos(whole, record, tuple(name for name in _IDNOS if name not in in_analytic))
    _add_meeting(whole, record)
    if edition := record.plain("edition"):
        xml.add(whole, f"{_TEI}edition", edition)
    imprint = xml.add(whole, f"{_TEI}imprint")
    if place := record.plain("publisher-place"):
        xml.add(imprint, f"{_TEI}pubPlace", place)
    if publisher := record.text("publisher"):
        _MARKUP.add(imprint, f"{_TEI}publisher", publisher)
    _add_scopes(imprint, record)
    dates = (("issued", ""), ("original-date", "original"), ("accessed", "accessed"))
    for variable, kind in dates:
        _add_date(imprint, record.date(variable), kind)
    if count := record.plain("number-of-pages"):
        xml.add(whole, f"{_TEI}extent", f"{count} pages")


def _add_people(parent: _Element, tag: str, names: Iterable[Name], role: str = "") -> None:
    for name in names:
        element = xml.add(parent, f"{_TEI}{tag}", role=role)
        _add_name(element, name)


def _add_name(element: _Element, name: Name) -> None:
    if name.literal:
        xml.add(element, f"{_TEI}orgName", name.literal)
        return
    person = xml.add(element, f"{_TEI}persName")
    family = " ".join(part for part in (name.non_dropping_particle, name.family) if part)
    parts = (
        ("forename", name.given),
        ("nameLink", name.dropping_particle),
        ("surname", family),
        ("genName", name.suffix),
    )
    for tag, part in parts:
        if part:
            xml.add(person, f"{_TEI}{tag}", part)


def _add_responsible(parent: _Element, record: Record) -> None:
    for role in _RESPONSIBLE:
        _add_people(parent, "editor", record.names(role), role)


def _add_idnos(parent: _Element, record: Record, variables: tuple[str, ...]) -> None:
    for variable in variables:
        if text := record.plain(variable):
            xml.add(parent, f"{_TEI}idno", text, type=_IDNOS[variable])


def _add_meeting(whole: _Element, record: Record) -> None:
    title = record.text("event-title")
    if not title:
        return
    meeting = _MARKUP.add(whole, f"{_TEI}meeting", title)
    if place := record.plain("event-place"):
        xml.add(meeting, f"{_TEI}placeName", place)
    _add_date(meeting, record.date("event-date"), "")


def _add_scopes(imprint: _Element, record: Record) -> None:
    for variable, unit in _SCOPES.items():
        if text := record.plain(variable):
            scope = xml.add(imprint, f"{_TEI}biblScope", text, unit=unit)
            match = _RANGE.fullmatch(text) if variable == "page" else None
            if match is not None and " " not in text:
                scope.set("from", xml.writable(match["first"]))
                scope.set("to", xml.writable(match["last"]))


def _add_date(parent: _Element, date: Date | None, kind: str) -> None:
    if date is None:
        return
    element = xml.add(parent, f"{_TEI}date", date.edtf(), type=kind)
    ends = [(name, day) for name, day in (("from", date.start), ("to", date.end)) if day]
    if date.literal or any(day.season or not 0 < day.year < 10000 for _, day in ends):
        return
    if date.is_range:
        for name, day in ends:
            element.set(name, day.edtf())
    elif date.start is not None:
        element.set("when", date.start.edtf())
    if date.circa:
        element.set("cert", "medium")


def _add_series(root: _Element, record: Record) -> None:
    title, number = record.text("collection-title"), record.plain("collection-number")
    editors = record.names("collection-editor")
    if not (title or number or editors):
        return
    series = xml.add(root, f"{_TEI}series")
    if title:
        _MARKUP.add(series, f"{_TEI}title", title, level="s")
    _add_people(series, "editor", editors)
    if number:
        xml.add(series, f"{_TEI}biblScope", number, unit="volume")


def keep(native: _Element, lines: Sequence[str]) -> _Element:
    """Put notes into `note` elements of a type of ours."""
    for line in lines:
        xml.add(native, f"{_TEI}note", line, type=_OURS)
    return native


def write(natives: Iterable[_Element]) -> Iterator[bytes]:
    """Write a bibliography in UTF-8."""
    return framed(map(_source, natives), _HEAD, b"\n", b"\n</listBibl>\n")


def _source(native: _Element) -> bytes:
    laid_out(native, _HOLD_TEXT | {"publisher", "meeting"})
    written = etree.tostring(native, encoding="utf-8")
    return written.replace(f' xmlns="{_NAMESPACE}"'.encode(), b"", 1)
