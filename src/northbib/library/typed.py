"""What somebody typed for a field of an entry: its name and its value, checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from northbib.bibtex import field_name, field_source
from northbib.bibtex.dates import read_year
from northbib.errors import UsageError
from northbib.records import Date
from northbib.records.identifiers import doi, isbn

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["checked_field", "checked_source"]

_FIELD = re.compile(r"[^\W\d][\w+:./-]*")
_NOT_FIELDS = {
    "id": "the citation key stands in the entry's first line",
    "citation-key": "the citation key stands in the entry's first line",
    "entrytype": "the type stands in the entry's first line",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_TEX = re.compile(r"\\(?=[&%#$_])|[{}]")
_ISBN = re.compile(r"(?:urn:)?isbn\b:?\s*", re.IGNORECASE)


def checked_field(typed: str, csl_type: str) -> str:
    """Give the BibLaTeX field that somebody means who names it, or a CSL variable.

    Args:
        typed: The name.
        csl_type: The CSL type of the record, which decides where its container goes.

    Raises:
        UsageError: It cannot be the name of a field.
    """
    name = field_name(typed.strip(), csl_type)
    if name in _NOT_FIELDS:
        raise UsageError(f"{typed} is no field of an entry", hint=_NOT_FIELDS[name])
    if not _FIELD.fullmatch(name):
        raise UsageError(
            f"{typed!r} cannot be the name of a field",
            hint="name a BibLaTeX field such as journaltitle, or a CSL variable such as"
            " container-title",
        )
    return name


def checked_source(typed: str, text: str, csl_type: str) -> str:
    """Give the BibTeX source, without delimiters, of what somebody typed for a field.

    Args:
        typed: The name of the field, as for `checked_field`.
        text: The value: plain text, or BibTeX if there is a backslash or a brace in it.
        csl_type: The CSL type of the record.

    Raises:
        UsageError: The value is empty, has a control character, is no date, year, DOI or ISBN
            where one is due, its braces do not balance, or the name is that of the key.
    """
    name = checked_field(typed, csl_type)
    if name == "key":
        # BibTeX has such a field, to sort by; it can be taken away.
        raise UsageError(f"{typed} is no field to set", hint=_NOT_FIELDS["citation-key"])
    if not text.strip():
        raise UsageError(f"{typed} would be empty", hint="unset it to take it away")
    if _CONTROL.search(text):
        raise UsageError(f"{typed} has a control character in it", hint="write plain text")
    check = _CHECKS.get(name)
    return field_source(name, text if check is None else check(typed, text))


def _date(typed: str, text: str) -> str:
    try:
        Date.from_edtf(text)
    except ValueError as error:
        raise UsageError(
            f"{text!r} is no date for {typed}",
            hint="write 2014, 2014-10, 2014-10-23, a range 2010/2016, or 2014~ for about 2014",
        ) from error
    return text


def _year(typed: str, text: str) -> str:
    if read_year(text).literal:
        raise UsageError(
            f"{text!r} is no {typed}",
            hint="write 2014, a range 2010/2016, or 2014~ for about 2014",
        )
    return text


def _doi(typed: str, text: str) -> str:
    """Give the DOI as it is typed, upper case and all, without resolver and full stop."""
    bare = unquote(_TEX.sub("", text))
    found = doi(bare)
    if found is None:
        raise UsageError(f"{text!r} is no {typed}", hint="write it as in 10.1093/cjres/rsx024")
    place = re.search(re.escape(found), bare, re.IGNORECASE)
    if place is None:
        return found
    # Publishers of the nineties had `<` and `>` in theirs: 10.1002/(SICI)…<377::AID-…>3.0.CO;2-P.
    return bare[place.start() :].split()[0] if bare.startswith("<", place.end()) else place[0]


def _isbn(typed: str, text: str) -> str:
    bare = _ISBN.sub("", text.strip(), count=1)
    if isbn(bare) is None:
        raise UsageError(
            f"{text!r} is no {typed}, or its check digit is wrong",
            hint="look at it again: an ISBN has 10 or 13 digits",
        )
    return bare


_CHECKS: dict[str, Callable[[str, str], str]] = {
    "date": _date,
    "eventdate": _date,
    "origdate": _date,
    "urldate": _date,
    "archivedate": _date,
    "year": _year,
    "doi": _doi,
    "isbn": _isbn,
}
"""BibLaTeX field -> what gives the value that is stored, or raises UsageError."""
