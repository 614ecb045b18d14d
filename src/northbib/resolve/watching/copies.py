"""Copies of pages in web archives, near the day on which somebody read them.

Sources: the Wayback Machine's availability API, https://archive.org/help/wayback_api.php; Memento
TimeGates, RFC 7089, 4. The API answers an overload as it answers an address that it does not know,
so a TimeGate is asked as well before it is said that there is no copy.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from northbib.errors import InputError, UsageError
from northbib.resolve.addresses import fit_address
from northbib.resolve.http.results import Request
from northbib.resolve.sources.payload import json_object, text_in, under
from northbib.resolve.watching.redirects import is_home

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from northbib.records import Date, Record
    from northbib.resolve.http.fetcher import Fetcher
    from northbib.resolve.http.results import Response

__all__ = ["Copy", "Sought", "day_of_reading", "find_copy"]

_STAMP = re.compile(r"\d{14}")
_ORIGINAL = re.compile(r"<([^<>]*)>\s*;\s*rel=\"?original\b")
_LONGEST_HEADER = 20_000
_OF_STATE = (".gov.uk", ".nhs.uk", ".police.uk", ".mod.uk")
_ANY = "*/*"
_FOUND = 200


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a page.

    Attributes:
        url: Its address.
        day: The day on which it was made, `2016-12-23`.
    """

    url: str
    day: str


@dataclass(frozen=True, slots=True)
class Sought:
    """What came of looking for a copy.

    Attributes:
        copy: The copy; None if none was found.
        failure: Why an archive could not be asked, if there may be a copy all the same; "" if not.
    """

    copy: Copy | None = None
    failure: str = ""


def day_of_reading(record: Record | None) -> datetime.date | None:
    """Give the day near which a copy is wanted: that of access, else of publication.

    Of a month or a year, it is the middle.
    """
    for variable in ("accessed", "issued"):
        date = record.date(variable) if record is not None else None
        if date is not None and (found := _middle(date)) is not None:
            return found
    return None


def find_copy(address: str, when: datetime.date | None, fetcher: Fetcher) -> Sought:
    """Look for a copy of a page.

    Args:
        address: The address of the page.
        when: The day near which it is wanted; None for the latest.
        fetcher: Asks.
    """
    failures = []
    for request, read in _places(address, when, fetcher):
        result = fetcher.get(request)
        if result.response is not None and result.outcome in ("found", "not_found", "gone"):
            try:
                copy = read(result.response)
            except InputError as error:
                failures.append(error.message)
                continue
            if copy is not None:
                return Sought(copy)
        else:
            failures.append(f"{urlsplit(request.url).hostname}: {result.reason}")
    return Sought(failure="; ".join(dict.fromkeys(failures)))


def _places(
    address: str, when: datetime.date | None, fetcher: Fetcher
) -> Iterator[tuple[Request, Callable[[Response], Copy | None]]]:
    """Give what to ask, and how its answer is read, in order."""
    url = fetcher.settings.url
    stamp = f"{when:%Y%m%d}120000" if when else ""
    if base := url("wayback"):
        near = f"&timestamp={stamp}" if stamp else ""
        asked = f"{base}wayback/available?url={quote(address, safe='')}{near}"
        yield Request(asked, accept="application/json", keep="page"), _available
    read = partial(_memento, address)
    gates = [("web_archive", "web/")]
    if (urlsplit(address).hostname or "").endswith(_OF_STATE):
        gates.insert(0, ("uk_government_archive", "ukgwa/"))
    for name, path in gates:
        if base := url(name):
            middle = f"{stamp}/" if stamp else ""
            yield _gate(f"{base}{path}{middle}{address}", when), read
    if base := url("memento"):
        yield _gate(f"{base}timegate/{address}", when), read


def _gate(address: str, when: datetime.date | None) -> Request:
    if when is None:
        return Request(address, accept=_ANY, enough=1)
    noon = datetime.datetime.combine(when, datetime.time(12), datetime.UTC)
    wanted = (("Accept-Datetime", format_datetime(noon, usegmt=True)),)
    return Request(address, accept=_ANY, enough=1, headers=wanted)


def _available(response: Response) -> Copy | None:
    answer = json_object(response.body, response.url, "The Wayback Machine")
    closest = under(answer, "archived_snapshots", "closest")
    address, stamp = text_in(closest, "url"), text_in(closest, "timestamp")
    is_whole = text_in(closest, "status") in ("200", "") and under(closest, "available") is True
    if not is_whole or not _STAMP.fullmatch(stamp):
        return None
    secure = re.sub(r"^http://(?=web\.archive\.org/)", "https://", address)
    try:
        day = datetime.date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]))
        return Copy(fit_address(secure), day.isoformat())
    except (UsageError, ValueError) as error:
        raise InputError("the Wayback Machine names no copy that can be asked for") from error


def _memento(address: str, response: Response) -> Copy | None:
    moment = response.headers.get("memento-datetime", "")
    if response.status != _FOUND or not moment:
        return None
    # Archives play redirects of old as well, to front pages among others.
    original = _ORIGINAL.search(response.headers.get("link", "")[:_LONGEST_HEADER])
    if original is not None and is_home(original[1]) and not is_home(address):
        return None
    try:
        day = parsedate_to_datetime(moment).date()
    except ValueError:
        return None
    return Copy(response.url, day.isoformat())


def _middle(date: Date) -> datetime.date | None:
    day = date.start
    if day is None or not datetime.MINYEAR <= day.year <= datetime.MAXYEAR:
        return None
    if not day.month:
        return datetime.date(day.year, 7, 1)
    return datetime.date(day.year, day.month, day.day or 15)
