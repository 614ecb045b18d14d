"""The options of a reading list: one table for markers, for the command line and for Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from northbib.csl.engines import engine
from northbib.csl.locale import choose_locale
from northbib.errors import UsageError
from northbib.lists.fields import group_field, sort_field
from northbib.lists.notes import notes_of
from northbib.lists.spec import ListSpec
from northbib.lists.web import Web
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

__all__ = [
    "OPTIONS",
    "WEB",
    "Option",
    "attribute_of",
    "list_spec",
    "several",
    "value_of",
    "yes_or_no",
]


@dataclass(frozen=True, slots=True)
class Option:
    """An option.

    Attributes:
        read: Gives the value of what is written; a UsageError or a NotFoundError says what is
            wrong with it.
        meaning: What it does, in a few words.
        shape: What its value looks like, `yes`, `no` or `yes/no` for one that is on or off.
    """

    read: Callable[[str], Any]
    meaning: str
    shape: str

    @property
    def is_flag(self) -> bool:
        """Whether it is on or off."""
        return self.read is yes_or_no


def value_of(name: str, text: str, options: Mapping[str, Option]) -> Any:
    """Give the value of an option that is written as text.

    Args:
        name: The name of the option.
        text: What is written.
        options: The options that there are.

    Raises:
        UsageError: There is no such option, or it cannot have this value.
        NotFoundError: It names something that is not there.
    """
    if name not in options:
        hint = did_you_mean(name, options) or f"options are {', '.join(options)}"
        raise UsageError(f"there is no option {name}", hint=hint)
    if not text:
        raise UsageError(f"the option {name} has no value", hint=f"it {options[name].meaning}")
    return options[name].read(text)


def list_spec(
    given: Mapping[str, Any],
    *,
    is_web: bool = False,
    styles: Iterable[Path] = (),
    number: int = 1,
) -> ListSpec:
    """Make a spec of options, by their names or as Python has them: `id_prefix`, `as_`.

    Args:
        given: Name -> value, as text or read; None for an option that is not set. Of notes, a
            mapping of citation keys to texts will do.
        is_web: Whether the list is to stand on a web page; otherwise `WEB` means
            nothing, but for COinS that are asked for.
        styles: Folders to look in for a style before those that are installed.
        number: Which of the lists of its page that have groups this is.

    Raises:
        UsageError: There is no such option, or it cannot have this value.
        NotFoundError: It names something that is not there.
    """
    values: dict[str, Any] = {}
    for name, value in given.items():
        if value is not None:
            own = name.rstrip("_").replace("_", "-")
            values[own] = _read(own, value)
    web = {WEB[name]: values.pop(name) for name in WEB.keys() & values.keys()}
    attributes = {attribute_of(name): value for name, value in values.items()}
    attributes |= {"styles": tuple(styles), "web": Web(**web) if is_web else None}
    attributes["coins"] = not is_web and web.get("coins") is True
    # Where no anchor tells, lists that are alike shall be one.
    return ListSpec(number=number if is_web and attributes.get("group") else 1, **attributes)


def attribute_of(name: str) -> str:
    """Give the attribute of a `ListSpec` that an option sets."""
    return "form" if name == "as" else name.replace("-", "_")


def _read(name: str, value: Any) -> Any:
    if name == "notes":
        return notes_of(value)
    if isinstance(value, str) and value:
        return value_of(name, value, OPTIONS)
    if name not in OPTIONS:
        return value_of(name, "", OPTIONS)
    return tuple(value) if isinstance(value, list | tuple) else value


def several(text: str) -> tuple[str, ...]:
    """Read names with commas between, or with semicolons where names have commas in them.

    Raises:
        UsageError: There is nothing between two of them.
    """
    values = tuple(value.strip() for value in text.split(";" if ";" in text else ","))
    if not all(values):
        raise UsageError(f"{text!r} has an empty place", hint="write one comma between two names")
    return values


def yes_or_no(text: str) -> bool:
    """Read `yes` or `no`.

    Raises:
        UsageError: It is neither.
    """
    if text not in ("yes", "no"):
        raise UsageError(f"{text!r} is neither yes nor no")
    return text == "yes"


def _fields(check: Callable[[str], object]) -> Callable[[str], tuple[str, ...]]:
    def read(text: str) -> tuple[str, ...]:
        names = several(text)
        for name in names:
            check(name)
        return names

    return read


def _engine(text: str) -> str:
    engine(text)
    return text


def _locale(text: str) -> str:
    choose_locale(text)
    return text


def _form(text: str) -> str:
    if text not in ("description", "thebibliography"):
        hint = "without the option it is an itemize, or an enumerate with ordered=yes"
        raise UsageError(f"{text!r} is neither description nor thebibliography", hint=hint)
    return text


def _links(text: str) -> tuple[str, ...]:
    return ListSpec(links=several(text)).links


def _prefix(text: str) -> str:
    return Web(prefix=text).prefix


def _number(first: int, last: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and first <= int(text) <= last):
            raise UsageError(f"{text!r} is not a number from {first} to {last}")
        return int(text)

    return read


_COUNT = _number(1, 99999)

OPTIONS: dict[str, Option] = {
    "style": Option(str, "sets the citation style, by its name or its path", "NAME"),
    "locale": Option(_locale, "sets the language of terms, dates, headings and order", "TAG"),
    "sort": Option(_fields(sort_field), "sorts by these fields, - for descending", "FIELD,-FIELD"),
    "group": Option(
        _fields(group_field),
        "puts a heading over each group; groups of a second field stand inside those of the first",
        "FIELD,FIELD",
    ),
    "order": Option(several, "puts these groups before the others", "GROUP,GROUP"),
    "level": Option(_number(1, 6), "sets the level of the outermost headings", "N"),
    "limit": Option(_COUNT, "cuts the list off after so many works", "N"),
    "limit-per-group": Option(_COUNT, "cuts each innermost group off after so many works", "N"),
    "ordered": Option(yes_or_no, "numbers the entries", "yes"),
    "as": Option(_form, "makes a description or a thebibliography of the list, in LaTeX", "FORM"),
    "intro": Option(str, "puts a paragraph before the list", "TEXT"),
    "annotate": Option(yes_or_no, "puts the annotation of each work below its entry", "yes"),
    "links": Option(
        _links, "links title, doi, url or archive, and nothing else; or none", "KIND,KIND"
    ),
    "oa": Option(yes_or_no, "marks the works whose record says that all can read them", "yes"),
    "engine": Option(_engine, "sets the citation engine", "NAME"),
    "id-prefix": Option(_prefix, "begins the ids of entries with this, in HTML", "PREFIX"),
    "coins": Option(
        yes_or_no,
        "carries the COinS that Zotero reads: by itself in HTML, if asked in Markdown",
        "yes/no",
    ),
    "jsonld": Option(yes_or_no, "carries the works as JSON-LD, in HTML", "yes"),
    "bibtex": Option(yes_or_no, "carries the BibTeX of each entry, in HTML", "yes"),
}
"""Name -> option. All but those of `WEB` are attributes of `ListSpec`."""

WEB: dict[str, str] = {
    "id-prefix": "prefix",
    "coins": "coins",
    "jsonld": "jsonld",
    "bibtex": "bibtex",
}
"""Options that mean something in HTML only, or else there by themselves -> attributes of `Web`."""
