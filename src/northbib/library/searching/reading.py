"""A record as queries read it: its texts folded, so that case, accents and dashes do not count."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from northbib.records import Date, fold, plain
from northbib.records.vocabulary import NAME_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.records import Name, Record

__all__ = ["COLUMNS", "FREE", "TITLES", "VARIABLES", "Reading", "lines", "words"]

TITLES = ("title", "title-short", "original-title")
VARIABLES: dict[str, tuple[str, ...]] = {
    "titles": TITLES,
    "container": ("container-title",),
    "publisher": ("publisher",),
    "place": ("publisher-place",),
    "address": ("DOI", "URL"),
    "notes": ("note", "annote"),
    "abstract": ("abstract",),
    "rest": ("container-title-short", "collection-title", "event-title", "genre", "issued"),
    "others": (),
}
"""The columns of a record that hold its variables: those named here, and `others` all others."""

COLUMNS = (*VARIABLES, "names", "topics", "parts")
"""All columns: also all names, the topics, and the parts of the key."""

FREE = tuple(name for name in COLUMNS if name not in ("place", "others", "parts"))
"""The columns that free text is looked for in, besides the key itself."""

_NO_BLANKS = re.compile(r"(?:\s|[\0\ud800-\udfff])+")
_SEVERAL_BLANKS = re.compile(r" {2,}")
_BLANKS_OR_HYPHENS = re.compile(r"[ -]+")
_NAMES, _TOPICS = COLUMNS.index("names"), COLUMNS.index("topics")
_KEY_PARTS = COLUMNS.index("parts")
_FREE = tuple(map(COLUMNS.index, FREE))
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_KEPT = 1 << 13
"""How many names are kept in memory as they are compared: those of a library come back again."""
_PLACES = {name: place for place, names in enumerate(VARIABLES.values()) for name in names}
_OTHERS = len(VARIABLES) - 1


class Reading:
    """A record in the form in which queries compare; each text has a line for each value.

    The texts keep their hyphens; `words` takes them out, since no two people agree on them.

    Attributes:
        record: The record.
        bibliography: The name of its bibliography.
        file: The name of its file.
        is_duplicate: Whether the library has its work or its key more than once.
    """

    def __init__(
        self, record: Record, bibliography: str = "", file: str = "", *, is_duplicate: bool = False
    ) -> None:
        self.record = record
        self.bibliography = bibliography
        self.file = file
        self.is_duplicate = is_duplicate

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The folded texts, in the order of `COLUMNS`.

        Of names all kinds are there, with a line for each order of their parts; of the key, its
        letters and figures apart: `hall 2014 powerhouse`.
        """
        return _columns(self.record)

    @property
    def names(self) -> str:
        """All names of all kinds, a line for each order of its parts."""
        return self.columns[_NAMES]

    @property
    def topics(self) -> str:
        """The topics."""
        return self.columns[_TOPICS]

    @property
    def key(self) -> str:
        """The key."""
        return fold(self.record.key)

    @property
    def everything(self) -> str:
        """All that free text is looked for in."""
        return "\n".join([*(self.columns[place] for place in _FREE), self.key])

    def texts(self, names: Iterable[str]) -> str:
        """Give the values of some CSL variables or, by their BibTeX names, other fields."""
        return lines(text for name in names for text in _texts(self.record, name))


def _columns(record: Record) -> tuple[str, ...]:
    values, extra, keywords = record.values, record.extra, record.keywords
    names = [_folded(name) for each in values.values() if isinstance(each, tuple) for name in each]
    texts = [_text(each) for each in values.values() if not isinstance(each, tuple)]
    texts += extra.values()
    texts += keywords
    places = (*_places(tuple(values), len(extra)), *[_TOPICS] * len(keywords))
    if not all(texts):
        places = tuple([place for place, text in zip(places, texts, strict=True) if text])
    columns: list[str | None] = [None] * len(COLUMNS)
    # Folded all at once, which takes half the time.
    for place, text in zip(places, lines(texts).split("\n"), strict=False):
        before = columns[place]
        columns[place] = text if before is None else f"{before}\n{text}"
    columns[_NAMES] = "\n".join([name for name in names if name])
    columns[_KEY_PARTS] = " ".join(_PARTS.findall(fold(record.key)))
    return tuple([text or "" for text in columns])


def _text(value: str | Date) -> str:
    if isinstance(value, str):
        return value if "<" not in value else plain(value)
    return value.edtf()


@lru_cache(maxsize=_KEPT)
def _places(variables: tuple[str, ...], others: int) -> tuple[int, ...]:
    """Give the columns of some variables that are no names, and of so many other fields."""
    texts = [name for name in variables if name not in NAME_VARIABLES]
    return tuple([_PLACES.get(name, _OTHERS) for name in texts] + [_OTHERS] * others)


def lines(texts: Iterable[str]) -> str:
    """Fold some texts, each into a line of its own, with single blanks; empty ones are left out."""
    kept = [text for text in texts if text]
    folded = "\n".join(kept)
    if folded.isascii() and folded.replace("\n", "", len(kept) - 1).isprintable():
        folded = folded.lower()
    else:
        folded = "\n".join(map(_line, kept))
    return _SEVERAL_BLANKS.sub(" ", folded) if "  " in folded else folded


def _line(text: str) -> str:
    # What is printable has no white space but blanks, no NUL and no half of a surrogate pair.
    if not text.isprintable():
        text = _NO_BLANKS.sub(" ", text)
    return text.lower() if text.isascii() else fold(text)


def words(folded: str) -> str:
    """Put blanks for the hyphens of a folded text."""
    return _BLANKS_OR_HYPHENS.sub(" ", folded) if "-" in folded else folded


def _texts(record: Record, name: str) -> Iterable[str]:
    if name == "keyword":
        return record.keywords
    value = record.values.get(name)
    if value is None:
        return (record.extra.get(name, ""),)
    if isinstance(value, tuple):
        return [form for name in value for form in _forms(name)]
    return (value.edtf() if isinstance(value, Date) else plain(value),)


@lru_cache(maxsize=_KEPT)
def _folded(name: Name) -> str:
    return lines(_forms(name))


def _forms(name: Name) -> list[str]:
    is_simple = not (name.suffix or name.dropping_particle or name.non_dropping_particle)
    if name.literal or (is_simple and not name.given):
        return [name.literal or name.family]
    if is_simple and name.family:
        return [f"{name.given} {name.family}", f"{name.family}, {name.given}"]
    return [str(name), name.sort_form]
