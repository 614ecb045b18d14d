"""What `add` and `resolve` look up: sources of all kinds, recognised before anything is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from northbib.cli.sources import looks_like_file, read_input
from northbib.errors import InputError, NorthbibError, UsageError
from northbib.exchange import format_of
from northbib.resolve import Settings, recognise, resolve
from northbib.resolve.files import address_in_page, identifiers_in_list, kind_of_file
from northbib.resolve.pdf import identifier_in_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.resolve import Resolution

__all__ = ["Found", "Wanted", "clipboard", "looked_up", "today", "wanted", "wanted_in"]

_SAYS_LITTLE = frozenset({".htm", ".html", ".txt"})
"""Endings of saved pages and lists of identifiers, which files of records may have, too."""

_READ_TOO = _SAYS_LITTLE | {".pdf", ".xhtml"}
"""Endings of files that are read though they may hold no records."""

_PATHS = ("./", "../", "/", "~")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to add.

    Attributes:
        source: What the user gave, for messages; a file of records if `is_file`.
        text: What is looked up; "" for a file of records.
        page: The page at the address `text`, if it need not be fetched.
        data: What the file of records holds.
    """

    source: str
    text: str = ""
    page: bytes | None = None
    data: bytes = b""

    @property
    def is_file(self) -> bool:
        """Whether it is a bibliography, which holds records."""
        return not self.text

    @property
    def name(self) -> str:
        """What the source is called in messages."""
        return _name(self.source)


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one thing to add: a resolution, or the reason why there is none."""

    wanted: Wanted
    resolution: Resolution | None = None
    error: NorthbibError | None = None


def wanted(
    sources: Sequence[str], page: str | None = None, format_name: str | None = None
) -> tuple[list[Wanted], list[NorthbibError]]:
    """Recognise all sources; nothing is fetched.

    Args:
        sources: Identifiers, addresses, words, names of files, `-` for standard input.
        page: The name of the saved page of the one source.
        format_name: The format of files of records, which then are not looked into.

    Returns:
        What to add, and an error for each source that is nothing of the kind.
    """
    found: list[Wanted] = []
    errors: list[NorthbibError] = []
    for source in sources:
        try:
            if page is not None:
                found.append(Wanted(source, recognise(source).written, read_input(page)))
            elif source == "-" or _names_file(source):
                inside, wrong = wanted_in(read_input(source), source, format_name)
                found += inside
                errors += wrong
            else:
                found.append(Wanted(source, recognise(source).written))
        except NorthbibError as error:
            errors.append(error)
    return found, errors


def looked_up(things: Sequence[Wanted], settings: Settings) -> Iterator[Found]:
    """Look things up, several at a time; in their order, files of records as they are."""
    many = import_module("northbib.resolve.batch")
    plain = [thing.text for thing in things if thing.text and thing.page is None]
    outcomes = many.resolve_all(plain, settings=settings, today=today()) if plain else iter(())
    for thing in things:
        if thing.is_file:
            yield Found(thing)
        elif thing.page is not None:
            yield _of_page(thing, settings)
        else:
            outcome = next(outcomes)
            yield Found(thing, outcome.resolution, outcome.error)


def clipboard() -> str:
    """Give the text on the clipboard.

    Raises:
        UsageError: There is no clipboard here, or it holds no text.
    """
    try:
        text = str(import_module("pyperclip").paste())
    except ImportError as error:
        raise UsageError("the clipboard cannot be read", hint="pip install pyperclip") from error
    except RuntimeError as error:
        raise UsageError("there is no clipboard here", hint="use - and standard input") from error
    if not text.strip():
        raise UsageError("there is no text on the clipboard")
    return text


def today() -> date:
    """Give the day, where the user is."""
    return datetime.now(UTC).astimezone().date()


def wanted_in(
    data: bytes, source: str, format_name: str | None = None
) -> tuple[list[Wanted], list[NorthbibError]]:
    """Say what a file holds: records, identifiers in a list, a PDF or a saved page.

    Args:
        data: What is in it.
        source: Its name, as the user gave it.
        format_name: The format of its records, if the content shall not tell it.

    Returns:
        What to add, and an error for each line of a list that is not recognised.

    Raises:
        InputError: It is empty, or nothing that is known.
    """
    name = _name(source)
    if not data.strip():
        raise InputError("nothing came in", where=name)
    kind = "" if format_name is not None else _kind(data, name)
    if kind == "pdf":
        return [Wanted(source, identifier_in_pdf(data, name).written)], []
    if kind == "page":
        return [Wanted(source, address_in_page(data, name), data)], []
    if kind == "list":
        listed, errors = identifiers_in_list(data, name)
        return [Wanted(each.written, each.written) for each in listed], list(errors)
    if format_name is None:
        # What is nothing that is known is said before anything is fetched.
        format_of(data, name)
    return [Wanted(source, data=data)], []


def _names_file(source: str) -> bool:
    """Whether a word can only be meant as the name of a file, be it there or not."""
    path = Path(source)
    if path.is_file():
        return True
    if not (looks_like_file(source) or path.suffix.lower() in _READ_TOO or path.is_dir()):
        return source.startswith(_PATHS)
    try:
        # bbc.co.uk/page.html is an address, too.
        return recognise(source).kind == "text"
    except UsageError:
        return True


def _kind(data: bytes, name: str) -> str:
    """Say what a file is that holds no records, "" for one that does."""
    ending = Path(name).suffix.lower()
    if looks_like_file(name) and ending not in _SAYS_LITTLE:
        return ""
    kind = kind_of_file(data, name)
    return "" if kind == "list" and _holds_records(data) else kind


def _holds_records(data: bytes) -> bool:
    """Whether a file is told by its content to be one of records."""
    try:
        format_of(data, "")
    except InputError:
        return False
    return True


def _name(source: str) -> str:
    return "<stdin>" if source == "-" else source


def _of_page(thing: Wanted, settings: Settings) -> Found:
    try:
        resolution = resolve(thing.text, settings=settings, page=thing.page, today=today())
    except NorthbibError as error:
        return Found(thing, error=error)
    return Found(thing, resolution)
