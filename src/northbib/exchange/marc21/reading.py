"""From a MARC 21 record to a record; one of UNIMARC is read by its own tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.exchange.keeping import with_kept
from northbib.exchange.languages import tag_of
from northbib.exchange.marc21.tables import GENRES, OURS, TYPE_OF_LEADER
from northbib.exchange.marc21.unimarc import decode_unimarc
from northbib.exchange.people import name_of
from northbib.exchange.relators import role_of
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pymarc import Field
    from pymarc import Record as Marc

    from northbib.records import Value

__all__ = ["decode"]

_END = re.compile(r"\s*[/:;,=]\s*$")
_FULL_STOP = re.compile(r"(?<!\.)(?<!\b[A-Z])\.\s*$")
_YEAR = re.compile(r"\d{4}")
_PAGE_COUNT = re.compile(r"(\d+)\s*(?:unnumbered )?(?:p|pp|pages|leaves|S)\b\.?")
_ISBN = re.compile(r"[\dXx-]{10,17}")
_ACCESSED = re.compile(r"Accessed (.+)")
_RELATED = tuple(
    (variable, re.compile(rf"\b(?:{words})\b\.?\s*{value}", re.IGNORECASE))
    for variable, words, value in (
        ("volume", "v|vol|volume|bd|band|jg|t|tome", r"([^\s,;:()]+)"),
        ("issue", "no|nr|n|issue|iss|number|heft|h|pt", r"([^\s,;:()]+)"),
        ("chapter-number", "chapter", r"([^\s,;]+)"),
        ("page", "pages?|pp?|s|seiten?", r"(.+?)\s*$"),
    )
)
_STRUCTURED = re.compile(r"(?P<volume>[^:<]*)(?::(?P<issue>[^:<]*))?(?:[:\d]*)?(?:<(?P<page>.+))?")
_SUFFIXES = re.compile(r"(?:Jr|Sr|I{2,3}|IV|V)\.?")


def decode(native: Marc) -> Record:
    """Give the record of a MARC record."""
    if "245" not in native and "200" in native:
        return decode_unimarc(native)
    values: dict[str, Value] = {}
    _set_titles(values, native)
    _set_names(values, native)
    _set_publication(values, native)
    _set_numbers(values, native)
    _set_host(values, native)
    _set_notes(values, native)
    genres = [_trimmed(_first(field, "a")) for field in native.get_fields("655")]
    kind = _type(native, genres)
    if kind not in ("article-journal", "article-magazine", "article-newspaper", "review"):
        _rename(values, "issue", "number")
    own = [genre for genre in genres if genre.lower() not in GENRES]
    if own:
        values["genre"] = own[0]
    key = native["001"].data or "" if "001" in native else ""
    found = {name: value for name, value in values.items() if value}
    return with_kept(Record(key.strip(), kind, found, _topics(native)), _kept(native))


def _kept(native: Marc) -> list[str]:
    lines: list[str] = []
    for field in native.get_fields("887"):
        if _first(field, "2") == OURS:
            text = _first(field, "a")
            if text.startswith("+") and lines:
                lines[-1] += text[1:]
            else:
                lines.append(text)
    return lines


def _first(field: Field | None, *codes: str) -> str:
    if field is None:
        return ""
    return next((" ".join(value.split()) for value in field.get_subfields(*codes) if value), "")


def _all(field: Field, *codes: str) -> list[str]:
    return [" ".join(value.split()) for value in field.get_subfields(*codes) if value]


def _trimmed(text: str) -> str:
    """Give a text without the punctuation of ISBD that leads to what follows."""
    return _FULL_STOP.sub("", _END.sub("", text)).strip()


def _set_titles(values: dict[str, Value], native: Marc) -> None:
    field = native.get("245")
    if field is not None:
        values["title"] = _title(field)
    for other in native.get_fields("246", "210"):
        if other.tag == "246" and other.indicators is not None and other.indicators[1] == "0":
            values.setdefault("title-short", _first(other, "a"))
    uniform = native.get("765")
    if uniform is not None:
        values["original-title"] = _first(uniform, "t")
        *publisher, date = _first(uniform, "d").rpartition(", ")
        if date:
            values["original-date"] = Date.parse(date)
        values["original-publisher"] = publisher[0] if publisher else ""


def _title(field: Field) -> str:
    title = _END.sub("", _first(field, "a"))
    rest = [_END.sub("", part) for part in _all(field, "b")]
    title = ": ".join([title, *rest]) if rest else title
    parts = [_END.sub("", part) for part in _all(field, "n", "p")]
    return _trimmed(". ".join([_trimmed(title), *parts]) if parts else title)


def _set_names(values: dict[str, Value], native: Marc) -> None:
    for field in native.get_fields("100", "110", "111", "700", "710", "711", "720"):
        if field.tag in ("711", "111") and not field.get_subfields("4", "e", "j"):
            _set_event(values, field)
            continue
        if field.tag[0] == "7" and _first(field, "t"):
            continue
        role = next(filter(None, map(role_of, _all(field, "4", "e", "j"))), "")
        role = role or (
            "author" if field.tag[0] == "1" or "author" not in values else "contributor"
        )
        named = values.get(role, ())
        name = _name(field)
        if name != Name() and isinstance(named, tuple) and name not in named:
            values[role] = (*named, name)


def _name(field: Field) -> Name:
    whole = _first(field, "a").rstrip(" ,")
    if field.tag.endswith("10") or field.tag.endswith("11"):
        return Name(literal=". ".join(_trimmed(part) for part in _all(field, "a", "b")))
    whole = _FULL_STOP.sub("", whole)
    suffix = _first(field, "c").rstrip(",")
    if _SUFFIXES.fullmatch(suffix):
        return name_of(f"{whole}, {suffix}")
    return name_of(whole) if "," in whole else Name(literal=whole)


def _set_event(values: dict[str, Value], field: Field) -> None:
    if "event-title" in values or field.get_subfields("t"):
        return
    values["event-title"] = _trimmed(_first(field, "a"))
    values["event-place"] = _first(field, "c").strip("() :")
    if date := _first(field, "d").strip("() :"):
        values["event-date"] = Date.parse(date)


def _set_publication(values: dict[str, Value], native: Marc) -> None:
    made = [field for field in native.get_fields("264") if (field.indicators or " 1")[1] == "1"]
    for field in (*made, *native.get_fields("260"), *native.get_fields("264")):
        values.setdefault("publisher-place", "; ".join(_places(field)))
        values.setdefault("publisher", _trimmed(_first(field, "b")).strip("[]"))
        if written := _first(field, "c"):
            values.setdefault("issued", _date(written))
    values.setdefault("issued", _coded_date(native))
    values["edition"] = _edition(_first(native.get("250"), "a"))
    match = _PAGE_COUNT.search(_first(native.get("300"), "a"))
    values["number-of-pages"] = match[1] if match else ""
    for field in native.get_fields("490", "440", "830"):
        values.setdefault("collection-title", _trimmed(_first(field, "a")))
        values.setdefault("collection-number", _trimmed(_first(field, "v")))
    language = next((f for f in native.get_fields("041") if _first(f, "2") == "rfc5646"), None)
    values["language"] = _first(language, "a") or _language(native)


def _places(field: Field) -> list[str]:
    return [
        _trimmed(place).strip("[]") if "?" not in place else _trimmed(place)
        for place in _all(field, "a")
    ]


def _edition(text: str) -> str:
    return _END.sub("", text).removesuffix(".") if text else ""


def _date(text: str) -> Date | str:
    plain = text.strip(" .,;[]©c")
    date = Date.parse(plain)
    years = _YEAR.findall(text)
    if date.literal and years:
        is_circa = bool(re.search(r"\b(?:ca|circa)\b|\?|approximately|between", text))
        return Date(Day(int(years[0])), circa=is_circa)
    return date


def _coded_date(native: Marc) -> Date | str:
    coded = (native["008"].data or "" if "008" in native else "").ljust(40)
    year = coded[7:11]
    if not year.isdecimal() or not int(year):
        return ""
    return Date(Day(int(year)))


def _language(native: Marc) -> str:
    first = next(iter(native.get_fields("041")), None)
    code = _first(first, "a")[:3]
    coded = (native["008"].data or "" if "008" in native else "")[35:38].strip()
    code = code or coded
    return tag_of(code) if code.isalpha() and code not in ("und", "zxx", "mul") else ""


def _set_numbers(values: dict[str, Value], native: Marc) -> None:
    isbns = (match[0] for f in native.get_fields("020") if (match := _ISBN.search(_first(f, "a"))))
    values["ISBN"] = " ".join(dict.fromkeys(isbns))
    values["ISSN"] = " ".join(dict.fromkeys(_first(f, "a") for f in native.get_fields("022")))
    for field in native.get_fields("024"):
        variable = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID"}.get(_first(field, "2").lower())
        first = (field.indicators or "  ")[0]
        if variable:
            values[variable] = _first(field, "a").removeprefix("https://doi.org/")
        elif first == "8":
            values.setdefault("number", _first(field, "a"))
    for field in native.get_fields("088"):
        values.setdefault("number", _first(field, "a"))
    for field in native.get_fields("852"):
        values.setdefault("archive", _first(field, "a"))
        shelf = _first(field, "j") or " ".join(_all(field, "h", "i"))
        values.setdefault("call-number", shelf)
    for tag in ("050", "082", "090", "099"):
        for field in native.get_fields(tag):
            if not values.get("call-number"):
                values["call-number"] = " ".join(_all(field, "a", "b"))
    for field in native.get_fields("856"):
        if url := _first(field, "u"):
            values.setdefault("URL", url)
        match = _ACCESSED.fullmatch(_first(field, "z"))
        if match is not None:
            values.setdefault("accessed", Date.parse(match[1]))


def _set_host(values: dict[str, Value], native: Marc) -> None:
    field = native.get("773")
    if field is None:
        return
    values["container-title"] = _trimmed(_first(field, "t")) or _trimmed(_first(field, "s", "a"))
    values["container-title-short"] = _first(field, "p")
    for variable, code in (("ISSN", "x"), ("ISBN", "z")):
        if number := _first(field, code):
            values[variable] = number
    related = ", ".join(_all(field, "g"))
    for variable, pattern in _RELATED:
        match = pattern.search(related)
        if match is not None:
            values[variable] = match[1].rstrip(" .,")
            related = related[: match.start()] + related[match.end() :]
    structured = _STRUCTURED.match(_first(field, "q"))
    for variable, value in structured.groupdict().items() if structured else ():
        if value:
            values.setdefault(variable, value)
    if not values.get("issued") and (years := _YEAR.findall(related)):
        values["issued"] = Date(Day(int(years[-1])))


def _set_notes(values: dict[str, Value], native: Marc) -> None:
    values["note"] = "\n".join(_whole(native, "500"))
    values["abstract"] = "".join(_pieces(native, "520"))
    values["license"] = "".join(_pieces(native, "540"))
    values["annote"] = "".join(_pieces(native, "590"))
    thesis = native.get("502")
    if thesis is not None:
        values["genre"] = _first(thesis, "b")
        if school := _first(thesis, "c"):
            values["publisher"] = school


def _whole(native: Marc, tag: str) -> list[str]:
    return [" ".join(_all(field, "a", "3")) for field in native.get_fields(tag)]


def _pieces(native: Marc, tag: str) -> Iterable[str]:
    """Give the texts of a field as they are: a piece may begin or end with a space."""
    for field in native.get_fields(tag):
        yield from field.get_subfields("a", "b")


def _topics(native: Marc) -> tuple[str, ...]:
    topics = []
    for field in native.get_fields("600", "610", "611", "630", "648", "650", "651", "653"):
        codes = ("a",) if field.tag == "653" else ("a", "b", "x", "y", "z", "v")
        parts = _all(field, *codes)
        if field.tag == "653":
            topics += parts
        else:
            topics.append(" -- ".join(_trimmed(part) for part in parts))
    return tuple(dict.fromkeys(filter(None, topics)))


def _type(native: Marc, genres: Iterable[str]) -> str:
    known = [GENRES[genre.lower()] for genre in genres if genre.lower() in GENRES]
    if known:
        return known[0]
    if "502" in native:
        return "thesis"
    leader = str(native.leader)[6:8]
    found = TYPE_OF_LEADER.get(leader) or TYPE_OF_LEADER.get(leader[:1])
    if found is None and "773" in native:
        return "article-journal" if native["773"].get_subfields("x") else "chapter"
    return found or "book"


def _rename(values: dict[str, Value], old: str, new: str) -> None:
    if values.get(old) and not values.get(new):
        values[new] = values.pop(old)
