"""Citations of the legislation of the United Kingdom -> its path at legislation.gov.uk.

Sources: the URI set of legislation.gov.uk (legislation/data-documentation, "URIs"); the Acts of
Parliament Numbering and Citation Act 1962; the Statutory Instruments Regulations 1947 (S.I.
1948/1).
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

__all__ = ["LAWS", "law_in_address", "law_in_text", "law_number"]

LAWS = {
    "ukpga": ("{year} c. {number}", "UK Public General Act", "GB"),
    "ukla": ("{year} c. {roman}", "UK Local Act", "GB"),
    "ukppa": ("{year} c. {number}", "UK Private Act", "GB"),
    "asp": ("{year} asp {number}", "Act of the Scottish Parliament", "GB-SCT"),
    "asc": ("{year} asc {number}", "Act of Senedd Cymru", "GB-WLS"),
    "anaw": ("{year} anaw {number}", "Act of the National Assembly for Wales", "GB-WLS"),
    "mwa": ("{year} nawm {number}", "Measure of the National Assembly for Wales", "GB-WLS"),
    "ukcm": ("{year} No. {number}", "Church Measure", "GB-ENG"),
    "nia": ("{year} c. {number} (N.I.)", "Act of the Northern Ireland Assembly", "GB-NIR"),
    "apni": ("{year} c. {number} (N.I.)", "Act of the Northern Ireland Parliament", "GB-NIR"),
    "aosp": ("{year} c. {number}", "Act of the Old Scottish Parliament", "GB-SCT"),
    "aep": ("{year} c. {number}", "Act of the English Parliament", "GB-ENG"),
    "aip": ("{year} c. {number}", "Act of the Old Irish Parliament", "GB-NIR"),
    "apgb": ("{year} c. {number}", "Act of the Parliament of Great Britain", "GB"),
    "mnia": ("{year} c. {number} (N.I.)", "Measure of the Northern Ireland Assembly", "GB-NIR"),
    "uksi": ("SI {year}/{number}", "UK Statutory Instrument", "GB"),
    "wsi": ("WSI {year}/{number}", "Wales Statutory Instrument", "GB-WLS"),
    "ssi": ("SSI {year}/{number}", "Scottish Statutory Instrument", "GB-SCT"),
    "nisi": ("SI {year}/{number}", "Northern Ireland Order in Council", "GB-NIR"),
    "nisr": ("SR {year}/{number}", "Northern Ireland Statutory Rule", "GB-NIR"),
    "uksro": ("SR&O {year}/{number}", "UK Statutory Rules and Orders", "GB"),
    "nisro": ("SR&O {year}/{number}", "Northern Ireland Statutory Rules and Orders", "GB-NIR"),
    "ukci": ("CI {year}/{number}", "Church Instrument", "GB-ENG"),
    "ukmo": ("{year}/{number}", "UK Ministerial Order", "GB"),
    "ukmd": ("{year}/{number}", "UK Ministerial Direction", "GB"),
    "ukdsi": ("Draft SI {year}/{number}", "UK Draft Statutory Instrument", "GB"),
    "sdsi": ("Draft SSI {year}/{number}", "Scottish Draft Statutory Instrument", "GB-SCT"),
    "nidsr": ("Draft SR {year}/{number}", "Northern Ireland Draft Statutory Rule", "GB-NIR"),
    "eur": ("Regulation (EU) {year}/{number}", "Regulation originating from the EU", "EU"),
    "eudn": ("Decision (EU) {year}/{number}", "Decision originating from the EU", "EU"),
    "eudr": ("Directive (EU) {year}/{number}", "Directive originating from the EU", "EU"),
}
"""Type in addresses -> how it is numbered, what it is called, and whose law it is (ISO 3166-2)."""

_TYPES = "|".join(sorted(LAWS, key=len, reverse=True))
_REIGN = r"(?:Eliz|Geo|Edw|Will|Vict|Ann|Hen|Ja|Cha|Mar|Phil)[A-Za-z]*\d?"
_PATH = re.compile(
    rf"(?:id/)?(?P<type>{_TYPES})/(?P<year>\d{{4}}|{_REIGN}/[\d-]+)/(?P<number>\d+|[ivxlcdm]+)"
    r"(?:/.*)?",
    re.IGNORECASE,
)
_CHAPTER = re.compile(
    r"(\d{4})\s*,?\s*(?:c|ch|cap|chapter)\b\.?\s*(\d{1,4}|[ivxlcdm]+)(\s*\(N\.?I\.?\))?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(\d{4})\s*(asp|asc|anaw|nawm)\s*(\d{1,4})", re.IGNORECASE)
_INSTRUMENT = re.compile(
    r"(S\.?I\.?|S\.?S\.?I\.?|W\.?S\.?I\.?|S\.?R\.?(?:\s*\(N\.?I\.?\))?|S\.?R\.?\s*&\s*O\.?)\s*"
    r"(\d{4})\s*(?:/|,?\s*No\.?\s*)\s*(\d{1,5})(?:\s*\((?:[CWLS]|N\.?I\.?)\.?\s*\d+\))*",
    re.IGNORECASE,
)
_REGNAL = re.compile(
    r"(\d{1,2})(?:\s*(?:&|and|-)\s*(\d{1,2}))?\s*(Eliz|Geo|Edw|Will|Vict)\.?\s*(\d|I{1,3}|IV|VI{0,3})?"
    r"\.?,?\s*(?:c|ch|cap)\.?\s*(\d{1,4})",
    re.IGNORECASE,
)
_INSTRUMENTS = {"si": "uksi", "ssi": "ssi", "wsi": "wsi", "sr": "nisr", "srni": "nisr"}
_ORDINALS = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_SIGNS = (
    *(("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50)),
    *(("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1)),
)
_HOST = re.compile(r"(?:www\.)?legislation\.gov\.uk|(?:www-)?legislation-gov-uk\..+")


def law_in_text(text: str) -> str:
    """Give the path of what `text` cites (`2016 c. 1` -> `ukpga/2016/1`), "" if it is no citation.

    Takes chapters of Acts, numbers of statutory instruments, regnal years and the path itself.
    """
    text = " ".join(text.split()).strip(" .,;")
    for read in (_path, _chapter, _numbered, _instrument, _regnal):
        if found := read(text):
            return found
    return ""


def law_in_address(address: str) -> str:
    """Give the path of the law whose page at legislation.gov.uk this is, "" if it is none."""
    parts = urlsplit(address)
    if not _HOST.fullmatch(parts.hostname or ""):
        return ""
    path = unquote(parts.path).strip("/").removeprefix("cy/").removeprefix("en/")
    return _path(path)


def law_number(kind: str, year: str, number: str) -> str:
    """Give the number of a law as it is written.

    Args:
        kind: One of `LAWS`.
        year: Its year.
        number: Its number in that year, in digits.
    """
    return LAWS[kind][0].format(year=year, number=number, roman=_roman(int(number)))


def _roman(number: int) -> str:
    """Give a number in Roman figures, lower case, as local Acts are numbered."""
    text = ""
    for sign, value in _SIGNS:
        text += sign * (number // value)
        number %= value
    return text


def _path(text: str) -> str:
    match = _PATH.fullmatch(text)
    if match is None:
        return ""
    number = match["number"]
    return f"{match['type'].lower()}/{match['year']}/{number}"


def _chapter(text: str) -> str:
    match = _CHAPTER.fullmatch(text)
    if match is None:
        return ""
    year, number, northern = match.groups()
    if northern:
        return f"nia/{year}/{number}"
    return f"ukpga/{year}/{number}" if number.isdigit() else f"ukla/{year}/{_arabic(number)}"


def _numbered(text: str) -> str:
    match = _NUMBERED.fullmatch(text)
    if match is None:
        return ""
    kind = match[2].lower()
    return f"{'mwa' if kind == 'nawm' else kind}/{match[1]}/{match[3]}"


def _instrument(text: str) -> str:
    match = _INSTRUMENT.fullmatch(text)
    if match is None:
        return ""
    series = re.sub(r"[^a-z]", "", match[1].lower())
    return f"{_INSTRUMENTS.get(series, 'uksro')}/{match[2]}/{int(match[3])}"


def _regnal(text: str) -> str:
    match = _REGNAL.fullmatch(text)
    if match is None:
        return ""
    first, second, reign, ordinal, number = match.groups()
    years = f"{first}-{second}" if second else first
    monarch = reign.title() + _ORDINALS.get((ordinal or "").lower(), ordinal or "")
    return f"ukpga/{monarch}/{years}/{number}"


def _arabic(figures: str) -> int:
    values = [_ROMAN[figure] for figure in figures.lower()]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))
