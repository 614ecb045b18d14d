"""From a MARC 21 record to a record; one of UNIMARC is read by its own tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.exchange.extents import page_count
from northbib.exchange.keeping import with_kept
from northbib.exchange.languages import tag_of
from northbib.exchange.marc21.dates import coded_date, printed_date
from northbib.exchange.marc21.names import set_names
from northbib.exchange.marc21.tables import GENRES, OURS, TYPE_OF_LEADER
from northbib.exchange.marc21.texts import (
    all_of,
    first_of,
    trimmed,
    without_brackets,
    without_end,
)
from northbib.exchange.marc21.unimarc import decode_unimarc
from northbib.records import Date, Day, Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.exchange.marc21.record import Field, Marc
    from northbib.records import Value

__all__ = ["decode"]

_NUMBER_WORD = re.compile(r"^(?:v|vol|no|nr|bd|band)\b\.?\s*(?=\d)", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_ISBN = re.compile(r"[\dXx-]{10,17}")
_THESIS = re.compile(
    r"Thesis \((?P<degree>[^()]+)\)\s*[-–—]+\s*(?P<school>.+?)(?:, \d{4}\.?|\.)?\s*$"
)
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


def decode(native: Marc) -> Record:
    """Give the record of a MARC record."""
    if "245" not in native and "200" in native:
        return decode_unimarc(native)
    values: dict[str, Value] = {}
    _set_titles(values, native)
    set_names(values, native)
    _set_publication(values, native)
    _set_numbers(values, native)
    _set_host(values, native)
    _set_notes(values, native)
    _set_other_scripts(values, native)
    genres = [trimmed(first_of(field, "a")) for field in native.having("655")]
    kind = _type(native, genres)
    if kind not in ("article-journal", "article-magazine", "article-newspaper", "review"):
        _rename(values, "issue", "number")
    own = [genre for genre in genres if genre.lower() not in GENRES]
    if own:
        values["genre"] = own[0]
    key = native.data("001")
    found = {name: value for name, value in values.items() if value}
    return with_kept(Record(key.strip(), kind, found, _topics(native)), _kept(native))


def _kept(native: Marc) -> list[str]:
    lines: list[str] = []
    for field in native.having("887"):
        if first_of(field, "2") == OURS:
            text = "".join(field.texts("a"))
            if text.startswith("+") and lines:
                lines[-1] += text[1:]
            else:
                lines.append(text)
    return lines


def _set_titles(values: dict[str, Value], native: Marc) -> None:
    title = _title(native.first("245"))
    values["title"] = title
    for other in native.having("246"):
        is_portion = other.indicators[1] == "0"
        short = first_of(other, "a")
        if is_portion and title.startswith(short.removesuffix(".")):
            values.setdefault("title-short", short)
    original = native.first("765")
    if original is not None:
        values["original-title"] = first_of(original, "t")
        *publisher, date = first_of(original, "d").rpartition(", ")
        if date:
            values["original-date"] = Date.parse(date)
        values["original-publisher"] = publisher[0] if publisher else ""


def _title(field: Field | None) -> str:
    title = without_end(first_of(field, "a"))
    rest = [without_end(part) for part in all_of(field, "b")]
    if not title and not rest:
        # A collection of papers may have no title but what it is, and from when.
        return trimmed(" ".join(all_of(field, "k", "f", "g")))
    title = ": ".join([title, *rest]) if rest else title
    parts = [without_end(part) for part in all_of(field, "n", "p")]
    return trimmed(". ".join([trimmed(title), *parts]) if parts else title)


def _set_other_scripts(values: dict[str, Value], native: Marc) -> None:
    """Take what fields 880 say in the script of the work itself: its title, and the names."""
    lines = []
    for field in native.having("880"):
        linked = first_of(field, "6")[:3]
        if linked == "245":
            values["original-title"] = values.get("original-title") or _title(field)
        elif linked[1:] in ("00", "10", "11") and linked[0] in "17":
            lines.append(trimmed(", ".join(all_of(field, "a"))).rstrip(" ,"))
    if lines:
        note = values.get("note")
        values["note"] = "\n".join([*([note] if isinstance(note, str) and note else []), *lines])


def _set_publication(values: dict[str, Value], native: Marc) -> None:
    coded = coded_date(native)
    made = [field for field in native.having("264") if field.indicators[1] == "1"]
    for field in (*made, *native.having("260"), *native.having("264")):
        values.setdefault("publisher-place", "; ".join(_places(field)))
        values.setdefault("publisher", without_brackets(trimmed(first_of(field, "b"))))
        if written := first_of(field, "c"):
            values.setdefault("issued", _issued(written, coded))
    values.setdefault("issued", coded or "")
    values["edition"] = _edition(first_of(native.first("250"), "a"))
    values["number-of-pages"] = page_count(first_of(native.first("300"), "a"))
    for field in native.having("490", "440", "830"):
        values.setdefault("collection-title", trimmed(first_of(field, "a")))
        number = _NUMBER_WORD.sub("", trimmed(first_of(field, "v")))
        values.setdefault("collection-number", number)
    language = next((f for f in native.having("041") if first_of(f, "2") == "rfc5646"), None)
    values["language"] = first_of(language, "a") or _language(native)


def _issued(written: str, coded: Date | None) -> Date | str:
    """Give the date that is printed, or the coded one where that is the same and says more."""
    date = printed_date(written)
    if date is None or coded is None or coded.start is None:
        return date or coded or ""
    year = coded.start.year
    is_year = date == Date(Day(date.year or 0))
    # Years of other eras have the common one beside them: `1365 [1986]`.
    is_other_era = date.year != year and str(year) in written
    is_finer = date.year == year and bool(coded.start.month)
    return coded if is_year and (is_other_era or is_finer) else date


def _places(field: Field) -> list[str]:
    places = [place for whole in all_of(field, "a") for place in whole.split(" ;")]
    return [
        trimmed(place) if "?" in place else without_brackets(trimmed(place).strip())
        for place in places
        if place.strip()
    ]


def _edition(text: str) -> str:
    return without_end(text).removesuffix(".") if text else ""


def _language(native: Marc) -> str:
    first = next(iter(native.having("041")), None)
    code = first_of(first, "a")[:3]
    coded = native.data("008")[35:38].strip()
    code = code or coded
    return tag_of(code) if code.isalpha() and code not in ("und", "zxx", "mul") else ""


def _set_numbers(values: dict[str, Value], native: Marc) -> None:
    isbns = (match[0] for f in native.having("020") if (match := _ISBN.search(first_of(f, "a"))))
    values["ISBN"] = " ".join(dict.fromkeys(isbns))
    values["ISSN"] = " ".join(dict.fromkeys(first_of(f, "a") for f in native.having("022")))
    for field in native.having("024"):
        variable = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID"}.get(
            first_of(field, "2").lower()
        )
        first = field.indicators[0]
        if variable:
            values[variable] = first_of(field, "a").removeprefix("https://doi.org/")
        elif first == "8":
            values.setdefault("number", first_of(field, "a"))
    for field in native.having("088"):
        values.setdefault("number", first_of(field, "a"))
    for field in native.having("852"):
        values.setdefault("archive", first_of(field, "a"))
        shelf = first_of(field, "j") or " ".join(all_of(field, "h", "i"))
        values.setdefault("call-number", shelf)
    for tag in ("050", "082", "090", "099"):
        for field in native.having(tag):
            if not values.get("call-number"):
                parts = (first_of(field, "a"), first_of(field, "b"))
                values["call-number"] = " ".join(filter(None, parts))
    for field in native.having("856"):
        if url := first_of(field, "u"):
            values.setdefault("URL", url)
        match = _ACCESSED.fullmatch(first_of(field, "z"))
        if match is not None:
            values.setdefault("accessed", Date.parse(match[1]))


def _set_host(values: dict[str, Value], native: Marc) -> None:
    field = native.first("773")
    if field is None:
        return
    values["container-title"] = trimmed(first_of(field, "t")) or trimmed(first_of(field, "s", "a"))
    values["container-title-short"] = first_of(field, "p")
    for variable, code in (("ISSN", "x"), ("ISBN", "z")):
        if number := first_of(field, code):
            values[variable] = number
    related = ", ".join(all_of(field, "g"))
    for variable, pattern in _RELATED:
        match = pattern.search(related)
        if match is not None:
            values[variable] = match[1].strip(" .,:")
            related = related[: match.start()] + related[match.end() :]
    structured = _STRUCTURED.match(first_of(field, "q"))
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
    thesis = native.first("502")
    if thesis is not None:
        said = _THESIS.match(first_of(thesis, "a"))
        degree = f"{said['degree']} thesis" if said else ""
        values["genre"] = first_of(thesis, "b") or degree
        if school := first_of(thesis, "c") or (said["school"] if said else ""):
            values["publisher"] = school


def _whole(native: Marc, tag: str) -> list[str]:
    return [" ".join(all_of(field, "a", "3")) for field in native.having(tag)]


def _pieces(native: Marc, tag: str) -> Iterable[str]:
    """Give the texts of a field as they are: a piece may begin or end with a space."""
    for field in native.having(tag):
        yield from field.texts("a", "b")


def _topics(native: Marc) -> tuple[str, ...]:
    topics = []
    for field in native.having("600", "610", "611", "630", "648", "650", "651", "653"):
        if field.tag == "653":
            topics += all_of(field, "a")
            continue
        heading = " ".join(all_of(field, "a", "b")) if field.tag < "630" else first_of(field, "a")
        parts = [heading, *all_of(field, "b")] if field.tag > "630" else [heading]
        parts += all_of(field, "x", "y", "z", "v")
        topics.append(" -- ".join(trimmed(part) for part in parts if part))
    return tuple(dict.fromkeys(filter(None, topics)))


def _type(native: Marc, genres: Iterable[str]) -> str:
    known = [GENRES[genre.lower()] for genre in genres if genre.lower() in GENRES]
    if known:
        return known[0]
    if "502" in native:
        return "thesis"
    leader = native.leader[6:8]
    if leader[:1] == "m":
        return _electronic(native)
    found = TYPE_OF_LEADER.get(leader) or TYPE_OF_LEADER.get(leader[:1])
    # A volume of a work in several volumes has these as its host, and is a book.
    host = native.first("773")
    if found is None and host is not None and not (leader[1:] == "m" and "020" in native):
        return "article-journal" if host.texts("x") else "chapter"
    return found or "book"


def _electronic(native: Marc) -> str:
    """Tell what a computer file is: many a library calls electronic books so."""
    coded = native.data("008").ljust(40)[26]
    if coded in "ab":
        return {"a": "dataset", "b": "software"}[coded]
    if "020" in native or page_count(first_of(native.first("300"), "a")):
        return "book"
    return "webpage" if "856" in native else "software"


def _rename(values: dict[str, Value], old: str, new: str) -> None:
    if values.get(old) and not values.get(new):
        values[new] = values.pop(old)
